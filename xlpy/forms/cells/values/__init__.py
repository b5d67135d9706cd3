"""What one cell says (单元格的值): numbers, days, codes and texts as people type them, made exact.

Never raises for what was typed and never guesses: what is wrong comes back as a `Problem`.
"""
