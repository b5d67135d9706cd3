"""What the formulas of our forms come to; beside other programs in tests/live."""
