"""What cells show beside their value (显示的内容): numbers behind odd formats, texts, conditions.

A plain format costs nothing here, and of the others a cell is drawn when somebody asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from xlpy.excel.reading.canonical.sheet import Canon
from xlpy.excel.reading.formats.show import number_of, shown, shows_percent, text_shown
from xlpy.excel.reading.refused import Refused, RefusedError
from xlpy.excel.reading.styles import Styles, style_number
from xlpy.model.grid import CellValue, address, column_number

Cell = tuple[int, int]

# A cell with its address and style; what its attributes are followed by is added.
_HEAD: Final = rb"""<c(?=\s[^<>]*?(?<=\s)r=["']([A-Z]+[0-9]+)["'])%s%s\s[^<>]*(?<!/)>"""
_ANY_STYLE: Final = rb"""(?:(?=\s[^<>]*?(?<=\s)s=["']([^"'<>]*)["'])|(?!\s[^<>]*?(?<=\s)s=["']))"""
_NO_TEXT: Final = rb"""(?!\s[^<>]*?(?<=\s)t=["']\s*(?!n?\s*["']))"""
_NUMBER: Final = rb"\s*(?:<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>)\s*)?<v(?:\s[^<>]*)?>([^<]+)</v>"
_STYLE: Final = re.compile(rb"""\ss=["']([^"'<>]*)["']""")
_SPELT: Final = re.compile(rb"""\ss=(?:"(?:0[0-9]|[^0-9])|')""")
"""A style not written as everybody does: 017, ' 17 ', in single quotes."""
_PADDED: Final = re.compile(rb' s="0[0-9]')
_FEW: Final = 8

_RANGE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_VISITS: Final = 1_000_000
"""Cells looked at for the conditional formats of one sheet, those under several counted again."""


@dataclass(eq=False)
class Looks(Mapping[Cell, tuple[Decimal, str]]):
    """Numbers and what their cells show (数与显示), of the wanted styles; drawn when asked for."""

    sheet: Canon
    styles: Styles
    wanted: frozenset[int]
    date1904: bool

    def __getitem__(self, cell: Cell) -> tuple[Decimal, str]:
        """Return the number and what is shown."""
        code, number = self.written(cell)
        return number, shown(code, number, date1904=self.date1904)

    def written(self, cell: Cell) -> tuple[str, Decimal]:
        """Return the format and the number of a cell; KeyError where there is none."""
        style, written = self._found[address(*cell).encode()]
        number = number_of(written.decode("ascii", "replace"))
        if number is None:
            raise KeyError(cell)
        return self.styles.code(style_number(style)), number

    def __iter__(self) -> Iterator[Cell]:
        """Yield the cells."""
        return (cell for cell in map(_cell, self._found) if cell in self)

    def __len__(self) -> int:
        """Return how many there are at most: one may hold what is no number."""
        return len(self._found)

    @cached_property
    def _found(self) -> dict[bytes, tuple[bytes, bytes]]:
        """Style and number by address, as they are written."""
        found = _cells(self.sheet, self.wanted, _NO_TEXT, _NUMBER) if self.wanted else ()
        return {place: (style, number) for place, style, number in found}


@dataclass(eq=False)
class Shown(Mapping[Cell, str]):
    """What cells show (显示的内容): numbers of odd styles when asked for, and others, known."""

    numbers: Looks
    others: Mapping[Cell, str]

    def __getitem__(self, cell: Cell) -> str:
        """Return what is shown."""
        return self.others[cell] if cell in self.others else self.numbers[cell][1]

    def __iter__(self) -> Iterator[Cell]:
        """Yield the cells, each once."""
        yield from self.others
        yield from (cell for cell in self.numbers if cell not in self.others)

    def __len__(self) -> int:
        """Return how many there are at most."""
        return len(self.others) + len(self.numbers)


def looks_of(
    sheet: Canon, styles: Styles, rows: Sequence[Sequence[CellValue]], *, date1904: bool
) -> tuple[Shown, Looks]:
    """Return what cells show that may say another than their value, and all that is drawn.

    Raises `RefusedError` for more conditional formats than any person makes.
    """
    odd = Looks(sheet, styles, styles.odd, date1904)
    drawn = Looks(sheet, styles, styles.drawn, date1904)
    others = _conditional(sheet, drawn, rows)
    if others:  # what the cell's own format shows goes first
        others = {cell: text for cell, text in others.items() if cell not in odd}
    if styles.words:
        others |= _texts(sheet, styles, rows)
    return Shown(odd, others), drawn


def percents(sheet: Canon, styles: Styles) -> Iterator[Cell]:
    """Yield the cells that show 100 times their number."""
    wanted = frozenset(one for one in styles.odd if "%" in styles.code(one))
    found = Looks(sheet, styles, wanted, date1904=False)
    yield from (cell for cell in found if shows_percent(*found.written(cell)))


def _texts(sheet: Canon, styles: Styles, rows: Sequence[Sequence[CellValue]]) -> dict[Cell, str]:
    """Return what texts show behind a format that adds words to them, or hides them."""
    found: dict[Cell, str] = {}
    for place, style in _cells(sheet, styles.words, b"", b""):
        row, column = _cell(place)
        value = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
        if value != "" and isinstance(value, str):
            drawn = text_shown(styles.all[style_number(style)].words, value)
            if drawn != value:
                found[row, column] = drawn
    return found


def _cells(
    sheet: Canon, wanted: frozenset[int], kind: bytes, inside: bytes
) -> Iterator[tuple[bytes, ...]]:
    """Yield address, style and what `inside` takes of the cells in these styles.

    Styles are compared as numbers; a cell without one has the first.
    """
    body = sheet.body
    spelt = _SPELT if sheet.marked is body else _PADDED
    if 0 in wanted or len(wanted) > _FEW or spelt.search(body):
        known = {style: style_number(style) in wanted for style in {*_STYLE.findall(body), b""}}
        everyone = re.findall(_HEAD % (kind, _ANY_STYLE) + inside, body)
        yield from (one for one in everyone if known[one[1]])
        return
    used = [number for number in wanted if b's="%d"' % number in body]
    if used:
        styles = b"|".join(b"%d" % number for number in used)
        of_these = rb'(?=\s[^<>]*?(?<=\s)s="(' + styles + rb')")'
        yield from re.findall(_HEAD % (kind, of_these) + inside, body)


def _cell(place: bytes) -> Cell:
    letters = place.rstrip(b"0123456789")
    return int(place[len(letters) :]) - 1, column_number(letters)


def _conditional(
    sheet: Canon, drawn: Looks, rows: Sequence[Sequence[CellValue]]
) -> dict[Cell, str]:
    """Return what a conditional format may show instead (条件格式), where it is not plain.

    Whether its condition holds is not asked.
    """
    found: dict[Cell, str] = {}
    codes = drawn.styles.conditional
    visits = 0
    for where, formats in sheet.conditional if codes else ():
        ids = set(map(style_number, formats))
        for code in (codes[one] for one in sorted(ids & codes.keys())):
            for cell in _covered(where, rows):
                visits += 1
                value = _number(rows[cell[0]][cell[1]], cell, drawn)
                if value is not None and cell not in found:
                    found[cell] = shown(code, value, date1904=drawn.date1904)
                if visits > _VISITS:
                    raise RefusedError(Refused.TOO_MANY, "条件格式的范围")
    return found


def _covered(where: str, rows: Sequence[Sequence[CellValue]]) -> Iterator[Cell]:
    """Yield the cells in the ranges of a conditional format."""
    for first, top, last, bottom in _RANGE.findall(where):
        left, right = column_number(first), column_number(last or first)
        for row in range(int(top) - 1, min(int(bottom or top), len(rows))):
            yield from ((row, at) for at in range(left, min(right + 1, len(rows[row]))))


def _number(value: CellValue, cell: Cell, drawn: Looks) -> Decimal | None:
    """Return the number in a cell; of a day its serial number."""
    if isinstance(value, bool | str):
        return None
    if isinstance(value, int | float):
        return number_of(repr(value))
    return drawn.written(cell)[1] if cell in drawn else None
