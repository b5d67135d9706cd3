"""Imports without friends (轻装导入): what libraries import only because it is installed too.

xlwings and openpyxl ask for pandas, numpy and others wherever they find them: that is most of a
second of every click, and under Wine the end of the process.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_FRIENDS = ("numpy", "pandas", "polars", "matplotlib", "PIL", "plotly", "lxml")


@contextmanager
def without_friends() -> Iterator[None]:
    """Let what is imported inside find only those of them that were imported before."""
    hidden = [name for name in _FRIENDS if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # "not installed", in here
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
