"""Cases whose workbook is open in memory (内存中打开的评价项目)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlwings as xw

from tests.kit.memory_engine import MemoryBook, opened
from xlpy.excel.reading.book import read_book
from xlpy.model.grid import Book


@pytest.fixture
def open_book() -> Iterator[Callable[[Path], MemoryBook]]:
    """Open a workbook in memory; it is the caller of what runs next."""

    def open_(path: Path) -> MemoryBook:
        book = read_book(path)
        assert isinstance(book, Book)
        return opened(path, book.grids)

    yield open_
    if hasattr(xw.Book, "_mock_caller"):
        del xw.Book._mock_caller
