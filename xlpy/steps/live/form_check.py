"""校验本表: check the form that is open, as `xlpy check` would, and mark its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from xlpy.errors import CaseError
from xlpy.excel.live.book import LiveBook
from xlpy.excel.live.marks import clear_marks, mark
from xlpy.excel.live.native import span_of
from xlpy.forms.ballot.read import read_ballot
from xlpy.forms.cells.identity import read_meta
from xlpy.forms.filing.read import read_filing
from xlpy.forms.staff.read import read_staff
from xlpy.model import identity as meta
from xlpy.model.finding import Finding, Severity, in_order
from xlpy.model.grid import Book, Flaw, Grid
from xlpy.model.identity import LISTS_SHEET, META_SHEET
from xlpy.policy.parameters.rules import default_rules
from xlpy.steps.live.meant import folder_or_none, meant
from xlpy.visible import visible

_YEAR = re.compile("[0-9]{4}")
_MOST = 12  # findings named in the box; all stand in the notes
_MARKED, _MOST_MARKS = 100, 1_000  # cells of one finding, and of all: each costs several calls

CellMarks = dict[tuple[int, int], tuple[Severity, str]]
"""What to mark on a sheet: colour and text by row and column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCheck:
    """What a form was found to be (校验本表的结果): findings, cells marked, what is said.

    `left` are cells that were not marked, by sheet, row and column.
    """

    title: str
    findings: tuple[Finding, ...]
    marked: int
    left: frozenset[tuple[str, int, int]] = frozenset()

    @property
    def lines(self) -> tuple[str, ...]:
        """Return what the operator is told, line by line."""
        if not self.findings:
            return (f"这是《{self.title}》，没有发现问题。",)
        counts = Counter(one.severity for one in self.findings)
        words = "，".join(f"{one.value}{counts[one]}条" for one in Severity if counts[one])
        head = f"这是《{self.title}》，发现{words}；已在{self.marked}个单元格上着色并加批注。"
        if any(one.count > _MARKED for one in self.findings) or self.marked >= _MOST_MARKS:
            head += "同类问题很多的，只标出前面一些单元格。"
        rest = [one.sentence for one in self.findings if not self._is_marked(one)]
        return (head, *rest[:_MOST])

    def _is_marked(self, one: Finding) -> bool:
        cells = {(one.place.sheet, *span_of(cell)[:2]) for cell in one.places}
        return bool(cells) and self.left.isdisjoint(cells)


def check_form(live: LiveBook, *, today: date) -> FormCheck:
    """Check the open form and mark the wrong cells; marks of the run before go first.

    CaseError when it is none of our forms.
    """
    live.say("正在校验本表…")
    book = _read(live)
    title, findings = _findings(book, folder_or_none(live), today)
    marks = _marks(findings)
    with live.still():
        clear_marks(live, [grid.name for grid in book.grids if grid.name not in _HIDDEN])
        names = set(live.sheets)
        left = {
            (sheet, *cell)
            for sheet, cells in marks.items()
            for cell in (mark(live, sheet, cells) if sheet in names else cells)
        }
    count = sum(map(len, marks.values())) - len(left)
    return FormCheck(title=title, findings=findings, marked=count, left=frozenset(left))


_HIDDEN = (META_SHEET, LISTS_SHEET)


def _read(live: LiveBook) -> Book:
    grids = [grid for name in live.sheets if (grid := live.read(name))]
    return Book(file=live.name, digest="", grids=tuple(_with_looks(live, g) for g in grids))


def _with_looks(live: LiveBook, grid: Grid) -> Grid:
    looks = {} if grid.name in _HIDDEN else live.looks(grid.name)
    percents = {cell: Flaw.PERCENT for cell, (_, percent) in looks.items() if percent}
    shown = {cell: text for cell, (text, _) in looks.items()}
    return replace(grid, flaws={**grid.flaws, **percents}, shown=shown)


def _findings(book: Book, folder: Path | None, today: date) -> tuple[str, tuple[Finding, ...]]:
    """Return the form's title and what is wrong in it."""
    identity = read_meta(book)
    if identity.get(meta.FORM) not in (meta.FILING, meta.BALLOT, meta.STAFF):
        raise CaseError(
            f"“{book.file}”不是平台申报表、专家评分表或评价工作簿；"
            "请打开要校验的表，使它在最前面，再试一次。"
        )
    edition, forms = meant(identity, folder)
    year = identity.get(meta.YEAR, "")
    found: Sequence[Finding]
    match identity.get(meta.FORM):
        case meta.FILING:
            judged = int(year) if _YEAR.fullmatch(year) else today.year - 1
            read = read_filing(book, edition=edition, forms=forms, year=judged)
            title, found = forms.filing.title, read.filing.findings
        case meta.BALLOT:
            rubric = default_rules(edition).rubric
            ballot = read_ballot(book, edition=edition, forms=forms, rubric=rubric)
            title, found = forms.ballot.title, ballot.findings
        case _:
            staff = read_staff(book, edition=edition, forms=forms, fallback=today).staff
            title, found = forms.staff.title, staff.findings
    return title, in_order(tuple(found))


def _marks(findings: Sequence[Finding]) -> dict[str, CellMarks]:
    """Return what to mark, by sheet and cell: the worst colour, all the texts.

    Of very many cells only the first.
    """
    count = 0
    marks: dict[str, CellMarks] = {}
    worst = list(Severity)
    for one in findings:
        needed = f"，{one.needed}" if one.needed else ""
        text = visible(f"{one.severity.value}：{one.found}{needed}。{one.mend}")
        for place in one.places[:_MARKED]:
            cells = marks.setdefault(one.place.sheet, {})
            at = span_of(place)[:2]
            if at not in cells and count == _MOST_MARKS:
                continue
            count += at not in cells
            severity, before = cells.get(at, (one.severity, ""))
            worse = min(severity, one.severity, key=worst.index)
            cells[at] = (worse, f"{before}\n{text}".strip())
    return marks
