"""An xlwings engine in memory (内存中的工作簿): what `excel.live` needs of one, and no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import xlwings as xw

from tests.kit.memory_sheet import MemorySheet
from xlpy.model.grid import Grid


class MemoryEngine:
    """The engine, and its one application."""

    name = "memory"
    type = "desktop"

    def __init__(self) -> None:
        self.app = MemoryApp(self)

    @property
    def apps(self) -> MemoryEngine:
        return self

    def __iter__(self) -> Iterator[MemoryApp]:
        yield self.app

    def __len__(self) -> int:
        return 1


class MemoryApp:
    """What was shown to the operator is kept: `alerts`, `said`, `updating`."""

    pid = 1

    def __init__(self, engine: MemoryEngine) -> None:
        self._engine = engine
        self.alerts: list[tuple[str, str | None]] = []
        self.said: list[str | bool] = []
        self.updating: list[bool] = []
        self.front: MemoryBook | None = None

    @property
    def engine(self) -> Any:
        return self._engine

    @property
    def books(self) -> MemoryBooks:
        return MemoryBooks(self)

    @property
    def screen_updating(self) -> bool:
        return self.updating[-1] if self.updating else True

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        self.updating.append(value)

    @property
    def status_bar(self) -> str | bool:
        return self.said[-1] if self.said else False

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        self.said.append(value)

    def alert(self, prompt: str, title: str, buttons: str, mode: str | None, callback: Any) -> str:
        self.alerts.append((prompt, mode))
        return "ok"


class MemoryBooks:
    """The open books: the one in front is enough."""

    def __init__(self, app: MemoryApp) -> None:
        self._app = app

    @property
    def active(self) -> MemoryBook | None:
        return self._app.front


class MemoryBook:
    """An open workbook."""

    def __init__(self, path: Path | str, app: MemoryApp) -> None:
        self.fullname = str(path)
        self.name = Path(path).name
        self.pages: list[MemorySheet] = []
        self.ReadOnly = False
        self._app = app

    @property
    def app(self) -> MemoryApp:
        return self._app

    @property
    def api(self) -> MemoryBook:
        return self

    @property
    def sheets(self) -> MemorySheets:
        return MemorySheets(self)

    def page(self, name: str) -> MemorySheet:
        """Return a sheet for a test to look at or to type on."""
        return next(page for page in self.pages if page.name == name)


class MemorySheets:
    """The sheets of a book."""

    def __init__(self, book: MemoryBook) -> None:
        self._book = book

    def __call__(self, name: str) -> MemorySheet:
        for page in self._book.pages:
            if page.name == name:
                return page
        raise KeyError(name)

    def __len__(self) -> int:
        return len(self._book.pages)

    def __iter__(self) -> Iterator[MemorySheet]:
        return iter(self._book.pages)

    def add(self, before: Any = None, after: Any = None, name: str | None = None) -> MemorySheet:
        page = MemorySheet(str(name), self._book)
        at = self._book.pages.index(after) + 1 if after else 0
        self._book.pages.insert(at, page)
        return page


def opened(path: Path, grids: Sequence[Grid]) -> MemoryBook:
    """Return a workbook as opened, in front and the caller of what runs next."""
    book = MemoryBook(path, MemoryApp(MemoryEngine()))
    for grid in grids:
        page = MemorySheet(grid.name, book)
        page.fill(grid)
        book.pages.append(page)
    book.app.front = book
    xw.Book(impl=book).set_mock_caller()
    return book
