"""xlpy on Windows: a real CPython for Windows under Wine, prepared by `python -m tests.windows`."""
