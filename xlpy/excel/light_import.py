"""Importing xlwings without its friends (轻装导入): a button answers in half the time.

`import xlwings` imports pandas, numpy, polars and matplotlib wherever they are installed; on a
click that is half a second for nothing, since our port reads and writes plain blocks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_FRIENDS = ("numpy", "pandas", "polars", "matplotlib", "PIL", "plotly")


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
