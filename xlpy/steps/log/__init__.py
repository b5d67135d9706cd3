"""What the case remembers (记录): the run log, what it tells, and dated copies of the workbook.

Append only; nothing here asks a person or judges.
"""
