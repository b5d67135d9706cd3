"""What a new version changes (更正说明): cells that people have seen otherwise, old and new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from xlpy.model.keys import Key
from xlpy.model.number import plain
from xlpy.model.sheets.sheet import Document, Sheet
from xlpy.model.sheets.titled import Banner
from xlpy.policy.form import Table
from xlpy.policy.forms.load import load_reports
from xlpy.report.papers.pages import labels, list_sheet

TOTAL = "合计"
WHOLE = "整行"
ADDED, GONE = "（新增）", "（不再列入）"
BLANK = "（空）"

Cells = Mapping[str, str]
"""One row of a paper by the labels of its columns, as printed."""


class Difference(NamedTuple):
    """One changed cell (更正): against which version, whose, which column, old and new."""

    against: str
    name: str
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What stood on a paper (一版的内容): its rows with their keys, its dates and its total.

    `total` is empty where there is none, or nobody knows it any more.
    """

    words: str
    rows: tuple[tuple[Key, Cells], ...]
    dates: Mapping[str, str]
    total: Cells = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Why a version replaces others (更正): which ones, in words, and every difference."""

    replaced: str
    differences: tuple[Difference, ...]

    @property
    def sentence(self) -> str:
        """Return what the sheet says of it at its top."""
        sheet = load_reports()["correction"].sheet
        return f"更正：本表代替{self.replaced}，更改之处见「{sheet}」。"


def rows_read(
    read: Sequence[Sequence[object]], table: Table, key: Callable[[Cells], Key]
) -> tuple[tuple[Key, Cells], ...]:
    """Return the numbered rows below the heading of a paper as read back; () without a heading."""
    names = labels(table.columns)
    places = [at for at, row in enumerate(read) if tuple(row[: len(names)]) == names]
    rows: list[tuple[Key, Cells]] = []
    for row in read[places[0] + 1 :] if places else ():
        if not isinstance(row[0], int | Decimal):
            break
        cells = {label: _text(value) for label, value in zip(names[1:], row[1:], strict=False)}
        rows.append((key(cells), cells))
    return tuple(rows)


def total_read(read: Sequence[Sequence[object]], table: Table) -> Cells:
    """Return what stands in the row 合计 of a paper as read back; {} where there is none."""
    names = labels(table.columns)
    rows = (row for row in read if row and row[0] == TOTAL)
    cells = zip(names[1:], next(rows, ())[1:], strict=False)
    return {label: _text(value) for label, value in cells if value is not None}


def differences(old: Version, new: Version, columns: Iterable[str]) -> Iterator[Difference]:
    """Yield every cell of these columns, of the total, and every date, that is not as it was.

    Rows are the same by code and name, by a code or a name alone where it stands there once.
    """
    wanted = tuple(columns)
    pairs, gone = paired(old.rows, new.rows)
    for was, is_now in pairs:
        yield from _row_differences(old.words, was, is_now, wanted)
    for row in gone:
        yield Difference(old.words, row[wanted[0]], WHOLE, _row(row, wanted), GONE)
    for label in (one for one in new.total if one in old.total):
        if old.total[label] != new.total[label]:
            yield Difference(old.words, TOTAL, label, old.total[label], new.total[label])
    for label, after in new.dates.items():
        before = old.dates.get(label)
        if before is not None and before != after:
            yield Difference(old.words, "—", label, before or BLANK, after or BLANK)


def _row_differences(
    against: str, was: Cells | None, is_now: Cells, wanted: Sequence[str]
) -> Iterator[Difference]:
    name = is_now[wanted[0]]
    if was is None:
        yield Difference(against, name, WHOLE, ADDED, _row(is_now, wanted))
        return
    for label in (one for one in wanted if one in was):  # of a lost file the log knows a few
        before, after = was[label], is_now.get(label, "")
        if before != after:
            yield Difference(against, name, label, before or BLANK, after or BLANK)


def correction_sheet(correction: Correction) -> Sheet:
    """Return the sheet 更正说明."""
    table = load_reports()["correction"]
    rows = [tuple(one) for one in correction.differences]
    return list_sheet(table, table.title, rows)


def corrected(document: Document, correction: Correction | None) -> Document:
    """Return a paper with its 更正说明 behind it; as it is where nothing is corrected."""
    if correction is None:
        return document
    return replace(document, sheets=(*document.sheets, correction_sheet(correction)))


def correction_banner(correction: Correction | None) -> list[Banner]:
    """Return the line that says what this paper replaces."""
    return [Banner((correction.sentence,), "warning")] if correction else []


def paired(
    old: Sequence[tuple[Key, Cells]], new: Sequence[tuple[Key, Cells]]
) -> tuple[list[tuple[Cells | None, Cells]], list[Cells]]:
    """Return each new row with the old one it continues, and the old rows left.

    Rows are the same by code and name, by a code or a name alone where it stands there once.
    """
    left = dict(enumerate(old))
    found: dict[int, Cells] = {}
    for mark in _MARKS:
        ours = Counter(mark(key) for key, _ in new)
        theirs = {mark(key): at for at, (key, _) in left.items()}
        twice = Counter(mark(key) for key, _ in left.values())
        for at, (key, _) in enumerate(new):
            here = mark(key)
            if at not in found and any(here) and ours[here] == twice[here] == 1:
                found[at] = left.pop(theirs[here])[1]
    pairs = [(found.get(at), cells) for at, (_, cells) in enumerate(new)]
    return pairs, [cells for _, cells in left.values()]


def _by_code(key: Key) -> tuple[str, ...]:
    return (key.code,)


def _by_name(key: Key) -> tuple[str, ...]:
    return (key.name,)


_MARKS: tuple[Callable[[Key], tuple[str, ...]], ...] = (tuple, _by_code, _by_name)


def _row(cells: Cells, wanted: Sequence[str]) -> str:
    return "，".join(cells.get(label, "") for label in wanted if cells.get(label))


def _text(value: object) -> str:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return plain(value)
    return "" if value is None else str(value)


def cells_of(values: Sequence[object], table: Table) -> Cells:
    """Return a row about to be printed, as it would be read back."""
    names = labels(table.columns)
    return {label: _text(value) for label, value in zip(names[1:], values[1:], strict=True)}
