"""The formulas of our own forms, worked out (公式求值): what a spreadsheet would show in them.

Knows the functions our forms use and no others; what programs could differ on stays unknown.
"""
