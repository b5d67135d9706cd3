"""The staff's workbook while it is open (打开着的工作簿): read live, filled live."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from xlpy.errors import CaseError, FileBusyError
from xlpy.excel.live.book import LiveBook
from xlpy.excel.reading.parts import sheet_key
from xlpy.forms.cells.identity import read_meta
from xlpy.model.decision import Evaluation
from xlpy.model.grid import Book, Grid
from xlpy.model.history import History
from xlpy.model.identity import DRAWN, META_SHEET
from xlpy.model.sheet import Span
from xlpy.policy.editions.load import default_edition
from xlpy.policy.form import StaffForm
from xlpy.report.workbook.results import moved_rows
from xlpy.steps.case import WORKBOOK, Case
from xlpy.steps.gather import Gathered, rules_of
from xlpy.steps.live.patches import filling_of
from xlpy.steps.workbook import workbook_of

_META = Span(0, 0, 39, 1)  # all of `_meta` and room to spare
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
        form = rules_of(default_edition().id)[1].staff
        for name in _names(form):
            grid = self._live.read(name, _META if name == META_SHEET else None)
            if grid is not None:
                self._grids[name] = grid
        if self._live.has(form.desk):  # nothing is read there, and it is written last
            self._grids[form.desk] = Grid(name=form.desk, rows=())
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
    """Return the sheets to read: all of ours but 操作台 and xlwings.conf."""
    tables = (table.sheet for table in form.tables.values())
    return (META_SHEET, *tables, form.charts)
