"""What one cell, one column, one heading means (单元格): numbers, dates, codes, labels.

Never guesses: what is not plainly the one value is a finding.
"""
