"""evaluate.xlsm to be written: every sheet with what the run found and what staff typed.

Never loses a staff cell: rows are matched by code and name, orphans are kept and marked.
"""
