"""LibreOffice as an engine of xlwings (LibreOffice 引擎), over UNO, in a process of its own.

Never imports `uno` here: `bridge.py` is run by a Python that has it.
"""
