"""The sheet 自查: formulas that tell a platform its mistakes while it types.

Advice only: nothing here is read back, and no decision rests on it.
"""
