"""What a click imports (启动): every click starts a Python."""

from __future__ import annotations

import subprocess
import sys

_STARTED = """
import sys, xlpy.addin, xlpy.steps.evaluate
from xlpy.excel.live.book import caller
try:
    caller()
except Exception:
    assert "xlwings" in sys.modules
print(*(name for name in ("pandas", "numpy", "openpyxl", "click", "rich") if name in sys.modules))
import pandas, numpy
print(pandas.DataFrame is not None)
"""


def test_a_click_imports_no_library_it_does_not_use():
    """And whoever needs pandas later still gets it."""
    printed = subprocess.run(
        [sys.executable, "-c", _STARTED], capture_output=True, encoding="utf-8", check=True
    )
    assert printed.stdout.splitlines() == ["", "True"]
