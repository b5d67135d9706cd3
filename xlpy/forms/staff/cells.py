"""Staff cells as the log keeps them (经办人填写的格): each under its own name, as short text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from xlpy.forms.cells.at import typed_text
from xlpy.forms.staff.notes import KEYS
from xlpy.forms.staff.read import APPENDED
from xlpy.model.filing import Answer
from xlpy.model.keys import kept
from xlpy.model.staff import LAST_YEAR, Staff

CellKey = tuple[str, str, str]
"""Table by id, row in words, column by id: 评价结果 of 甲平台（9134…）, 审定等次."""

_TABLES = ("parameters", "roster", "experts", "acceptances", "results", "objections")
_LONGEST = 200
_NAMED = ("name", "code")


def staff_cells(staff: Staff) -> dict[CellKey, str]:
    """Return every staff cell that holds something; what the program wrote is none.

    A row goes by what it is about, so that rows may move; a second row of the same name has its
    number behind. Texts are cut at 200 characters, and so are names (see `kept`).
    """
    cells: dict[CellKey, str] = {}
    for table in _TABLES:
        seen: Counter[str] = Counter()
        for row in staff.typed.get(table, ()):
            name = _name(table, row)
            seen[name] += 1
            name = f"{name}#{seen[name]}" if seen[name] > 1 else name
            cells |= {(table, name, id): text for id, text in _texts(table, row)}
    return cells


def _texts(table: str, row: Mapping[str, Answer]) -> Iterator[tuple[str, str]]:
    aside = {"row", LAST_YEAR, *KEYS.get(table, ())} | ({"id"} if table == "parameters" else set())
    if APPENDED in row:  # name and code are the program's
        aside |= {APPENDED, *_NAMED}
    for id, value in row.items():
        if id not in aside and (text := typed_text(value)):
            yield id, text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _name(table: str, row: Mapping[str, Answer]) -> str:
    """Return what a row is about (对象)."""
    if table in ("roster", "results"):
        name, code = (kept(typed_text(row.get(id))) for id in _NAMED)
        return f"{name}（{code}）" if name and code else name or code
    if table == "objections":
        return f"第{typed_text(row['row'])}行"
    return typed_text(row.get("id"))[:_LONGEST]
