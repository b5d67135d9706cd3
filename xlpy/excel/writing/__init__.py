"""Documents to workbooks (写出): the same parts for the same document on any machine.

Never writes a text that begins with = + - @ as a formula, and nothing our own reader refuses.
"""
