"""What comes out (输出): decisions as sheets to write."""
