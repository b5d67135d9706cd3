"""The rows of a sheet, written again in one shape (逐格重写): address, style, type, value.

Cells without content are left out, wherever they lie: a blank with a style costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from xlpy.excel.reading.canonical.values import Content, Doubt, content, doubled, escaped
from xlpy.excel.reading.canonical.walk import Closed, Opened
from xlpy.excel.reading.refused import (
    AREA,
    COLUMNS,
    DOUBTS,
    LAST_COLUMN,
    LAST_ROW,
    MARKED,
    ODD_CELLS,
    ROWS,
    Refused,
    RefusedError,
)
from xlpy.model.grid import Flaw, column_letters, column_number

_REF: Final = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_WHOLE: Final = re.compile(r"[ \t\r\n]*\+?0*([0-9]{1,9})[ \t\r\n]*")
_FORMULA_KIND: Final = frozenset({"t", "si", "ref"})


class Rows:
    """Takes in the elements of the rows in order and gives the rows again (`body`).

    Raises `RefusedError` for rows or cells that stand twice or out of order, and beyond the
    limits; a cell that two readers would read differently is left out and told in `flaws`.
    """

    def __init__(self, part: str) -> None:
        self.flaws: dict[tuple[int, int], tuple[Flaw, str]] = {}
        self._part = part
        self._row = 0
        self._column = 0  # of the last cell, from 1; 0 at the start of a row
        self._last_used = 0  # the last row that has cells
        self._lines: list[str] = []
        self._cells: list[str] = []
        self._count = self._marked = self._widest = self._deepest = 0
        self._attributes: Mapping[str, str] = {}
        self._formula: str | None = None
        self._value: str | None = None
        self._inline: list[str] | None = None
        self._twice: str | None = None  # what a second `<f>`, `<v>` or `<is>` put aside

    def opened(self) -> Opened:
        """Return what takes in the beginnings of elements."""
        return {
            "row": self._begin_row,
            "c": self._begin_cell,
            "f": self._begin_formula,
            "v": self._begin_value,
            "is": self._begin_inline,
        }

    def closed(self) -> Closed:
        """Return what takes in the ends of elements."""
        return {
            "row": self._end_row,
            "c": self._end_cell,
            "f": self._end_formula,
            "v": self._end_value,
            "t": self._end_text,
        }

    def body(self) -> bytes:
        """Return the rows that hold something."""
        return "".join(self._lines).encode("utf-8", "replace")

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        number = attributes.get("r")
        row = self._row + 1 if number is None else _number(number)
        if not 0 < row <= LAST_ROW:
            raise self._disorder(f"第“{number or row}”行没有这样的行号")
        if row != self._row:
            self._end_row("")
            self._column = 0
        self._row = row

    def _end_row(self, _: str) -> None:
        if self._cells:
            self._lines.append(f'<row r="{self._row}">{"".join(self._cells)}</row>')
            self._cells = []

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self._attributes = attributes
        self._formula = self._value = self._inline = self._twice = None
        self._place(attributes.get("r"))

    def _begin_formula(self, attributes: Mapping[str, str]) -> None:
        self._second(self._formula)
        kinds = (f' {k}="{_quoted(v)}"' for k, v in attributes.items() if k in _FORMULA_KIND)
        self._formula = "".join(kinds)

    def _end_formula(self, text: str) -> None:
        self._formula = f"<f{self._formula}>{escaped(text)}</f>"

    def _begin_value(self, _: Mapping[str, str]) -> None:
        self._second(self._value)

    def _end_value(self, text: str) -> None:
        self._value = text

    def _begin_inline(self, _: Mapping[str, str]) -> None:
        self._second(None if self._inline is None else "".join(self._inline))
        self._inline = []

    def _end_text(self, text: str) -> None:
        if self._inline is not None:
            self._inline.append(text)

    def _place(self, ref: str | None) -> None:
        """Find where the cell stands; raises `RefusedError` when it does not follow the last."""
        if self._row < self._last_used:
            raise self._disorder(f"第 {self._row} 行排在第 {self._last_used} 行之后")
        if ref is None:
            column = self._column + 1
        else:
            found = _REF.fullmatch(ref.strip().upper())
            if found is None or int(found[2]) != self._row:
                raise self._disorder(f"第 {self._row} 行里有单元格“{ref[:12]}”")
            column = column_number(found[1]) + 1
        if column <= self._column or column > LAST_COLUMN:
            where = f"{column_letters(column - 1)}{self._row}"
            twice = "出现两次" if column == self._column else "的位置不对"
            raise self._disorder(f"单元格 {where} {twice}")
        self._column, self._last_used = column, self._row

    def _end_cell(self, _: str) -> None:
        if self._value is None and self._formula is None and self._inline is None:
            return
        inline = None if self._inline is None else "".join(self._inline)
        kind = self._attributes.get("t", "n").strip()
        got = content(kind, self._value, inline, calculated=self._formula is not None)
        if self._twice is not None:
            got = doubled(self._twice, self._value if inline is None else inline)
        if got is None and self._formula is None:
            return
        self._counted(marked=self._formula is not None or kind == "e")
        if isinstance(got, Doubt):
            self.flaws[self._row - 1, self._column - 1] = (got.flaw, got.text)
            if len(self.flaws) > DOUBTS:
                raise RefusedError(Refused.TOO_MANY, f"{self._part}读不准的单元格超过{DOUBTS}个")
            return
        self._cells.append(self._written(got or Content("", "")))

    def _written(self, got: Content) -> str:
        look = self._numbered("s")
        kind = f' t="{got.kind}"' if got.kind else ""
        more = self._numbered("vm") if got.kind == "e" else ""  # of an error: perhaps a picture
        return f'<c r="{self._where()}"{look}{kind}{more}>{self._formula or ""}{got.xml}</c>'

    def _numbered(self, name: str) -> str:
        """Return an attribute of the cell that is a number, "" for 0 and for none."""
        written = self._attributes.get(name)
        number = 0 if written is None else _number(written)
        return f' {name}="{number}"' if number > 0 else ""

    def _second(self, before: str | None) -> None:
        if before is not None:
            self._twice = before

    def _counted(self, *, marked: bool) -> None:
        self._count += 1
        self._marked += marked
        self._widest = max(self._widest, self._column)
        self._deepest = self._row
        if self._column > COLUMNS or self._row > ROWS:
            raise RefusedError(Refused.FAR_CELL, f"{self._part}单元格 {self._where()}")
        if self._deepest * self._widest > AREA:
            raise RefusedError(Refused.FAR_CELL, f"{self._part}第 {self._deepest} 行")
        if self._count > ODD_CELLS:
            raise RefusedError(Refused.TOO_MANY, f"{self._part}有内容的单元格超过{ODD_CELLS}个")
        if self._marked > MARKED:
            raise RefusedError(Refused.TOO_MANY, f"{self._part}的公式超过{MARKED}个")

    def _where(self) -> str:
        return f"{column_letters(self._column - 1)}{self._row}"

    def _disorder(self, what: str) -> RefusedError:
        return RefusedError(Refused.DISORDER, f"{self._part}{what}")


def _number(text: str) -> int:
    found = _WHOLE.fullmatch(text)
    return int(found[1]) if found else -1


def _quoted(text: str) -> str:
    return escaped(text).replace('"', "&quot;")
