"""Cases whose workbook is open in memory (内存中打开的评价项目)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlwings as xw

from tests.kit.case import make_case
from tests.kit.memory_engine import MemoryBook, opened
from xlpy.excel.read import read_book
from xlpy.model.grid import Book
from xlpy.steps.case import Case
from xlpy.steps.demo import demo


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "2022 年度 100%"
    make_case(folder, platforms=4, ledger=30, findings=0.0)
    return folder


@pytest.fixture(scope="session")
def _played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("played") / "示例"
    demo(folder, say=lambda text: None, show=lambda part, done: None)
    return folder


@pytest.fixture
def case(_made: Path, tmp_path: Path) -> Case:
    """A case of four platforms and seven experts, not evaluated yet."""
    return Case(Path(shutil.copytree(_made, tmp_path / _made.name)))


@pytest.fixture
def played(_played: Path, tmp_path: Path) -> Case:
    """The demo case, played to its end."""
    return Case(Path(shutil.copytree(_played, tmp_path / _played.name)))


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
