"""The staff's workbook while it is open (打开着的工作簿): read live, filled live."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from xlpy.errors import CaseError, FileBusyError
from xlpy.excel.live.book import LiveBook
from xlpy.excel.reading.parts import sheet_key
from xlpy.forms.cells.identity import read_meta
from xlpy.model.decision import Evaluation
from xlpy.model.grid import Book, Grid
from xlpy.model.history import History
from xlpy.model.identity import DRAWN, META_SHEET
from xlpy.model.sheets.sheet import Document, Sheet, Span
from xlpy.policy.editions.load import DEFAULT
from xlpy.policy.form import StaffForm
from xlpy.report.workbook.results import moved_rows
from xlpy.report.workbook.table import HEADING
from xlpy.steps.case import WORKBOOK, Case
from xlpy.steps.gather import Gathered
from xlpy.steps.live.patches import filling_of
from xlpy.steps.rules.sealed import rules_of
from xlpy.steps.workbook import workbook_of

_META = Span(0, 0, 39, 1)  # all of `_meta` and room to spare
_SHORTER = 100  # so many rows a sheet of the program may lose between two runs
_NOT_FILLED = "打开的各表没有更新；运行记录和“输出”文件夹已是本次的结果。"
_READ_ONLY = "本工作簿是只读的：结果已填入打开的各表，请用“另存为”换一个文件名保存。"


class LiveWorkbook:
    """The open workbook as the steps see it; it may bear any name."""

    def __init__(self, live: LiveBook) -> None:
        """Take the open workbook."""
        self._live = live
        self._grids: dict[str, Grid] = {}
        self._alike: dict[str, Grid] = {}

    @property
    def file(self) -> str:
        """Return the file's name now."""
        return self._live.name

    def read(self, case: Case) -> Book:
        """Return the sheets as they stand on the screen, saved or not."""
        self._live.say("正在读取工作簿…")
        form = rules_of(DEFAULT).forms.staff  # the sheets have one name everywhere
        for name in _names(form):
            grid = self._live.read(name, _META if name == META_SHEET else None)
            if grid is not None:
                self._grids[name] = grid
        for name in (*_unread(form), form.desk):
            if self._live.has(name):
                self._grids[name] = Grid(name=name, rows=())
        self._alike = {name: grid for name in self._others() if (grid := self._live.read(name))}
        if META_SHEET not in self._grids:
            raise CaseError(
                f"这个工作簿不是由 xlpy 建立的，请打开评价项目文件夹中的 {WORKBOOK} 再试。"
            )
        return Book(  # 位置 in findings names the file by its own name, whatever it is called now
            file=WORKBOOK,
            digest="",
            grids=(*self._grids.values(), *self._alike.values(), Grid(name=form.conf, rows=())),
        )

    def shown(self, book: Book) -> Book:
        """Return the sheets with those that `read` leaves out, as they stand on the screen."""
        later = (grid.name for grid in book.grids if not grid.rows)
        grids = {name: grid for name in later if (grid := self._live.read(name))}
        return replace(book, grids=tuple(grids.get(one.name, one) for one in book.grids))

    def _others(self) -> Iterator[str]:
        """Yield the names of further sheets that are called as one of ours, but for blanks."""
        if self._live.count <= len(self._grids) + 1:  # all there are, and xlwings.conf
            return
        names = self._live.sheets
        for ours in self._grids:
            alike = [name for name in names if sheet_key(name) == sheet_key(ours)]
            taken = ours if ours in alike else next(iter(alike), "")
            yield from (name for name in alike if name != taken)

    def fill(
        self, case: Case, gathered: Gathered, evaluation: Evaluation, *, history: History
    ) -> tuple[str, ...]:
        """Write the program's columns, all blocks or none; return notes."""
        self._live.say("正在填写各表…")
        drawn = _drawn(gathered.book)
        document = workbook_of(case, gathered, evaluation, history, rows_stay=True, drawn=drawn)
        self._look_before_writing(document, gathered.forms.staff)
        filling = filling_of(
            document,
            self._grids,
            gathered.forms.staff,
            gathered.staff,
            moved_rows(gathered.staff, evaluation),
            doubled={name for name in self._grids if self._is_doubled(name)},
        )
        try:
            with self._live.still():
                for name in filling.add:
                    self._live.add(name)
                shown = self._live.write(filling.patches)
        except FileBusyError as problem:
            raise FileBusyError(f"{problem}{_NOT_FILLED}") from problem
        return (
            *filling.notes,
            *_lifted(shown),
            *((_READ_ONLY,) if self._live.read_only else ()),
        )

    def copy(self, case: Case, gathered: Gathered, evaluation: Evaluation) -> bytes:
        """Return a closed workbook with what stands on the screen: it may not be saved yet."""
        from xlpy.excel.writing.write import document_bytes

        return document_bytes(workbook_of(case, gathered, evaluation, gathered.history))

    def _look_before_writing(self, document: Document, form: StaffForm) -> None:
        """Read what the program alone fills, as far down as it will be filled and a bit more.

        All of that may have to come back. 操作台 is never read: it is written last.
        """
        for sheet in document.sheets:
            if sheet.name in self._grids and sheet.name in _unread(form):
                grid = self._live.read(sheet.name, _expected(sheet))
                if grid is not None and _goes_on(grid, sheet):
                    grid = self._live.read(sheet.name)
                if grid is not None:
                    self._grids[sheet.name] = replace(grid, rows=grid.rows[: _used(grid)])

    def _is_doubled(self, name: str) -> bool:
        return any(sheet_key(other) == sheet_key(name) for other in self._alike)


def folder_of(live: LiveBook, *, meant: str = "评价项目文件夹") -> Path:
    """Return the folder the open workbook lies in; CaseError when it lies nowhere here.

    `meant` is where it should lie, in words.
    """
    path = live.path
    if "://" in path:
        raise CaseError(
            "这个工作簿是从网络位置（如 OneDrive）打开的；"
            f"请把整个{meant}同步到本机，再从本机文件夹打开它。"
        )
    if not os.path.isabs(path):
        raise CaseError(f"这个工作簿还没有保存，请先保存到{meant}再试。")
    return Path(path).parent


def _lifted(sheets: Sequence[str]) -> tuple[str, ...]:
    named = "".join(f"「{sheet}」" for sheet in sheets)
    return (f"{named}的筛选已取消，以便填写全部行；需要时请重新筛选。",) if named else ()


def _drawn(book: Book) -> int | None:
    """Return how many platforms the open chart of scores has room for: it cannot grow here."""
    room = read_meta(book).get(DRAWN, "")
    return int(room) if room.isdecimal() else None


def _names(form: StaffForm) -> tuple[str, ...]:
    """Return the sheets to read: those with staff's own cells, and those of any width."""
    later = _unread(form)
    tables = (table.sheet for table in form.tables.values() if table.sheet not in later)
    return (META_SHEET, *tables)


def _unread(form: StaffForm) -> frozenset[str]:
    """Return the sheets of the program alone, of a width known beforehand: nothing to learn."""
    own = (
        table.sheet
        for id, table in form.tables.items()
        if id != "ballots" and not any(field.staff for field in table.columns)
    )
    return frozenset((*own, form.charts))


def _expected(sheet: Sheet) -> Span:
    """Return where a sheet of the program stood, unless it was much longer before."""
    width = max(len(sheet.widths), *(len(line.values) for line in sheet.lines))
    return Span(0, 0, len(sheet.lines) + _SHORTER, width - 1)


def _goes_on(grid: Grid, sheet: Sheet) -> bool:
    """Tell whether there is more than was read: rows below, or a heading somebody moved."""
    texts = {cell for row in grid.rows for cell in row if isinstance(cell, str)}
    heading = () if sheet.charts else sheet.lines[HEADING].values
    return _used(grid) == len(grid.rows) or not texts.issuperset(map(str, heading))


def _used(grid: Grid) -> int:
    """Return how many rows there are, without the blank ones at the end."""
    filled = (
        at for at, row in enumerate(grid.rows, 1) if any(one not in ("", None) for one in row)
    )
    return max(filled, default=0)
