"""What `verify` holds against what (核对): log, files, papers, blank forms, the shown workbook.

Everything is looked at, whatever a file says of itself; what cannot be held is told as a note,
never left out in silence. Nothing here writes.
"""
