"""Documents to workbooks (写出), the same bytes for the same document on any machine.

Never writes a text that begins with = + - @ as a formula.
"""
