"""What numbers look like on a sheet (数字的外观): those behind a format that may say another.

Plain formats cost nothing here: their cells are drawn only when somebody asks for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final, NamedTuple

from xlpy.excel.reading.canon import Canon
from xlpy.excel.reading.formats.show import number_of, shown, shows_percent, text_shown
from xlpy.excel.reading.refused import Refused, RefusedError
from xlpy.excel.reading.styles import Styles, style_number
from xlpy.model.grid import CellValue, column_number

Cell = tuple[int, int]

_NUMBER: Final = re.compile(
    rb"<c(\s[^<>]*)>\s*(?:<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>)\s*)?<v(?:\s[^<>]*)?>([^<]+)</v>"
)
_ANY: Final = re.compile(rb"<c(\s[^<>/]*)>")
_ADDRESS: Final = re.compile(rb"""\sr=["']([A-Z]+)([0-9]+)["']""")
_TYPE: Final = re.compile(rb"""\st=["']\s*(\w*)\s*["']""")
_STYLE: Final = re.compile(rb"""\ss=["']([^"'<>]*)["']""")
_SPELT: Final = re.compile(rb"""\ss=(?:"(?:0[0-9]|[^0-9])|')""")
"""A style number not written as everybody does: 017, ' 17 ', in single quotes."""
_PADDED: Final = re.compile(rb' s="0[0-9]')
_NUMBERS: Final = frozenset({b"", b"n"})
_FEW: Final = 8
_CONDITIONAL: Final = re.compile(
    rb"<(?:[\w.-]+:)?conditionalFormatting(\s[^<>]*)?>(.*?)</(?:[\w.-]+:)?conditionalFormatting>",
    re.DOTALL,
)
_CONDITION: Final = re.compile(rb"""\sdxfId=["']([^"'<>]*)["']""")
_SQREF: Final = re.compile(rb"""\ssqref=["']([^"'<>]*)["']|<(?:[\w.-]+:)?sqref>([^<>]*)<""")
_RANGE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_VISITS: Final = 2_000_000
"""Cells looked at for the conditional formats of one sheet, those under several counted again."""


class Look(NamedTuple):
    """What a number is and what its cell shows; `percent` where it shows 100 times as much."""

    number: Decimal
    shown: str
    percent: bool


@dataclass(eq=False)
class Looks(Mapping[Cell, tuple[Decimal, str]]):
    """The numbers behind any format but General (各单元格的数与显示), drawn when asked for."""

    sheet: Canon
    styles: Styles
    date1904: bool

    @cached_property
    def _found(self) -> dict[Cell, Look]:
        return looks(self.sheet, self.styles, self.styles.drawn, date1904=self.date1904)

    def __getitem__(self, cell: Cell) -> tuple[Decimal, str]:
        """Return the number and what is shown."""
        return self._found[cell][:2]

    def __iter__(self) -> Iterator[Cell]:
        """Yield the cells."""
        return iter(self._found)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._found)


def looks(
    sheet: Canon, styles: Styles, wanted: frozenset[int], *, date1904: bool
) -> dict[Cell, Look]:
    """Return the cells with a number whose style is one of the wanted."""
    found: dict[Cell, Look] = {}
    for attributes, written in (one.groups() for one in _cells(sheet, wanted, _NUMBER)):
        kind = _TYPE.search(attributes)
        address = _ADDRESS.search(attributes)
        number = number_of(written.decode("ascii", "replace"))
        if number is None or address is None or (kind and kind[1] not in _NUMBERS):
            continue
        style = _STYLE.search(attributes)
        code = styles.code(style_number(style[1]) if style else 0)
        found[int(address[2]) - 1, column_number(address[1])] = Look(
            number,
            shown(code, number, date1904=date1904),
            shows_percent(code, number),
        )
    return found


def _cells(
    sheet: Canon, wanted: frozenset[int], pattern: re.Pattern[bytes]
) -> Iterator[re.Match[bytes]]:
    """Yield the cells in these styles, compared as numbers; the first group are attributes."""
    body = sheet.body
    spelt = _SPELT if sheet.marked is body else _PADDED
    if 0 in wanted or len(wanted) > _FEW or spelt.search(body):
        yield from _compared(body, wanted, pattern)
        return
    used = [number for number in wanted if b's="%d"' % number in body]
    if used:
        styles = b"|".join(b"%d" % number for number in used)
        narrowed = rb'<c((?=\s[^<>]*?\ss="(?:' + styles + rb')")'
        yield from re.finditer(narrowed + pattern.pattern.removeprefix(rb"<c("), body)


def _compared(
    body: bytes, wanted: frozenset[int], pattern: re.Pattern[bytes]
) -> Iterator[re.Match[bytes]]:
    known: dict[bytes, bool] = {}
    for found in pattern.finditer(body):
        style = _STYLE.search(found[1])
        written = style[1] if style else b"0"
        if written not in known:
            known[written] = style_number(written) in wanted
        if known[written]:
            yield found


def texts(sheet: Canon, styles: Styles, rows: Sequence[Sequence[CellValue]]) -> dict[Cell, str]:
    """Return what texts show behind a format that adds words to them, or hides them."""
    found: dict[Cell, str] = {}
    for attributes in (one[1] for one in _cells(sheet, styles.words, _ANY)):
        style, address = _STYLE.search(attributes), _ADDRESS.search(attributes)
        if address is None:
            continue
        row, column = int(address[2]) - 1, column_number(address[1])
        value = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
        if value != "" and isinstance(value, str):
            words = styles.all[style_number(style[1]) if style else 0].words
            if (drawn := text_shown(words, value)) != value:
                found[row, column] = drawn
    return found


def conditional(
    sheet: Canon,
    styles: Styles,
    rows: Sequence[Sequence[CellValue]],
    behind: Looks,
    *,
    date1904: bool,
) -> dict[Cell, str]:
    """Return what a conditional format may show instead (条件格式), where it is not plain.

    Whether its condition holds is not asked. Raises `RefusedError` for more of them than any
    person makes.
    """
    found: dict[Cell, str] = {}
    visits = 0
    if not styles.conditional or b"conditionalFormatting" not in sheet.tail:
        return found
    for block in _CONDITIONAL.finditer(sheet.tail):
        ids = {style_number(one) for one in _CONDITION.findall(block[0])}
        for code in (styles.conditional[one] for one in sorted(ids & styles.conditional.keys())):
            for top, left, bottom, right in _ranges(block[0]):
                for row in range(top, min(bottom + 1, len(rows))):
                    for column in range(left, min(right + 1, len(rows[row]))):
                        visits += 1
                        if (row, column) in found or rows[row][column] == "":
                            continue
                        value = _number(rows[row][column], (row, column), behind)
                        if value is not None:
                            found[row, column] = shown(code, value, date1904=date1904)
                    if visits > _VISITS:
                        raise RefusedError(Refused.BOMB, "条件格式的范围太多")
    return found


def _number(value: CellValue, cell: Cell, behind: Looks) -> Decimal | None:
    """Return the number in a cell; of a day its serial number."""
    if isinstance(value, bool | str):
        return None
    if isinstance(value, int | float):
        return number_of(repr(value))
    return behind[cell][0] if cell in behind else None


def _ranges(block: bytes) -> Iterator[tuple[int, int, int, int]]:
    for attribute, element in _SQREF.findall(block):
        for found in _RANGE.finditer((attribute or element).decode("ascii", "replace")):
            first, top, last, bottom = found.groups()
            yield (
                int(top) - 1,
                column_number(first),
                int(bottom or top) - 1,
                column_number(last or first),
            )
