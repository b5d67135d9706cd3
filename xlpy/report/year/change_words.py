"""What staff changed, in words (变更的说法): one sentence for all that one run found in one row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from xlpy.model.history import EDITION_DIFFERENCES, EDITION_ID, EDITION_REASON, EDITION_TABLE
from xlpy.policy.edition import Edition
from xlpy.policy.form import Field, Forms

BLANK = "空"
_LONGEST = 200  # characters shown of a cell; the log holds all of it
_ACCEPTED = "accepted"
_CODE = re.compile("（[0-9A-Za-z]{8,}）")  # stands beside, in the column 对象

Cells = Mapping[str, tuple[str, str]]
"""What changed in one row in one run: old and new by column id."""


class Telling(NamedTuple):
    """How the changes of a table are told (说法).

    `head` begins the sentence, else the sheet's name does; `checked` does where a fact changed.
    A head names the {meeting} of the edition where that decided.
    What changed in the column `main` is told without its label; the column `why` is the reason
    for the rest, told as `reason`. A row is new where the columns `key` were blank before.
    """

    head: str = ""
    checked: str = ""
    main: str = ""
    why: str = ""
    reason: str = ""
    key: tuple[str, ...] = ()


_TELLINGS: Mapping[str, Telling] = MappingProxyType(
    {
        "parameters": Telling(main="value"),
        "roster": Telling(
            head="名单", checked="核实", why="explanation", reason="核实说明", key=("name", "code")
        ),
        "experts": Telling(main="name", key=("id", "name")),
        "acceptances": Telling(main=_ACCEPTED, why="reason", reason="理由"),
        "results": Telling(head="{meeting}审定", main="ruling", why="ruling_reason", reason="理由"),
        "objections": Telling(key=("platform", "text")),
    }
)


class ChangeWords:
    """The words of the forms for what changed (变更用语)."""

    def __init__(self, edition: Edition, forms: Forms) -> None:
        """Take the labels of sheets, columns, dates and parameters."""
        self._tables = forms.staff.tables
        self._meeting = edition.meeting
        labels = {one.id: one.label for one in forms.staff.dates}
        self._parameters = labels | {one.id: one.label for one in edition.parameters}

    def sheet(self, table: str) -> str:
        """Return the name of a table's sheet; a table no longer known keeps its id."""
        return self._tables[table].sheet if table in self._tables else table

    def row(self, table: str, row: str) -> str:
        """Return whose row it is; on 参数 the label of the date or parameter."""
        return self._parameters.get(row, row) if table == "parameters" else row

    def label(self, table: str, column: str) -> str:
        """Return what a column is called; one no longer known keeps its id."""
        field = self._field(table, column)
        return field.label if field else column

    def text(self, table: str, row: str, cells: Cells) -> str:
        """Return in one sentence what changed in a row.

        `局办公会审定：甲平台 B→A，理由：…`, `名单：新增甲平台（平台级别 国家级）`.
        """
        if table == EDITION_TABLE:
            return _edition(cells)
        telling = _TELLINGS.get(table, Telling())
        head = telling.head.format(meeting=self._meeting) or self.sheet(table)
        named = _CODE.sub("", self.row(table, row))
        if telling.key and _whole(telling, cells, before=0):
            return f"{head}：新增{named}{self._values(table, row, cells, 1)}"
        if telling.key and _whole(telling, cells, before=1):
            return f"{head}：删去{named}{self._values(table, row, cells, 0)}"
        if telling.checked and (telling.why in cells or self._facts(table, cells)):
            head = telling.checked
        return f"{head}：{named} {'，'.join(self._parts(table, telling, cells))}"

    def _parts(self, table: str, telling: Telling, cells: Cells) -> Iterator[str]:
        # The id of a finding is the name of its row.
        other = {id: p for id, p in cells.items() if id != telling.why}
        if table == "acceptances":
            other.pop("id", None)
        for id, (old, new) in other.items():
            if table == "acceptances" and id == _ACCEPTED:
                yield self._accepted(old, new)
            elif id == telling.main:
                yield _arrow(old, new)
            else:
                yield f"{self.label(table, id)} {_arrow(old, new)}"
        if telling.why in cells:
            old, new = cells[telling.why]
            alone = f"{self.label(table, telling.why)} {_arrow(old, new)}"
            yield f"{telling.reason}：{_short(new)}" if other else alone

    def _accepted(self, old: str, new: str) -> str:
        yes = self._tables["acceptances"].column(_ACCEPTED).choices[0]
        if new == yes:
            return "受理"
        return "撤销受理" if old == yes else _arrow(old, new)

    def _values(self, table: str, row: str, cells: Cells, side: int) -> str:
        told = (
            f"{self.label(table, id)} {_short(pair[side])}"
            for id, pair in cells.items()
            if pair[side] and not (id in _TELLINGS[table].key and pair[side] in row)
        )
        listed = "，".join(told)
        return f"（{listed}）" if listed else ""

    def _facts(self, table: str, cells: Cells) -> bool:
        fields = (self._field(table, id) for id in cells)
        return any(field and field.fact for field in fields)

    def _field(self, table: str, column: str) -> Field | None:
        fields = self._tables[table].columns if table in self._tables else ()
        return next((one for one in fields if one.id == column), None)


def _edition(cells: Cells) -> str:
    """Return that the case took another edition: which, why, and the differences."""
    told = f"改用政策版本：{_arrow(*cells[EDITION_ID])}，理由：{_short(cells[EDITION_REASON][1])}"
    return f"{told}；改动：{_short(cells[EDITION_DIFFERENCES][1])}"


def _whole(telling: Telling, cells: Cells, *, before: int) -> bool:
    """Tell whether all these cells were (0) or are (1) blank, those that name the row too."""
    named = any(id in cells for id in telling.key)
    return named and not any(pair[before] for pair in cells.values())


def _arrow(old: str, new: str) -> str:
    return f"{_short(old)}→{_short(new)}"


def _short(text: str) -> str:
    """Return a cell's text in one line, `空` for a blank."""
    line = " ".join(text.split())
    return (line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…") or BLANK
