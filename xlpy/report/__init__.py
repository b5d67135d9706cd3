"""What comes out (输出): decisions as sheets, as JSON, as a line of the log.

Never decides or rounds anything again, and never writes a file.
"""
