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
from xlpy.excel.reading.formats.code import LONGEST
from xlpy.excel.reading.formats.kind import kind_of
from xlpy.excel.reading.formats.show import number_of, shown, shows_percent, text_shown
from xlpy.excel.reading.refused import Refused, RefusedError
from xlpy.excel.reading.styles import Styles, style_number
from xlpy.model.grid import CellValue, address, column_number

Cell = tuple[int, int]

# `canon` writes a cell's address, style, type in this order, and styles without leading zeros.
_CELL: Final = rb'<c r="([A-Z]+[0-9]+)"'
_ANY_STYLE: Final = rb'(?: s="([0-9]+)")?+'
_ANYTHING: Final = rb"[^<>/]*+>"
_NUMBER: Final = rb'(?: t="n")?+>(?:<f[^<>]*+(?:(?<=/)>|(?<!/)>[^<]*+</f>))?+<v>([^<]++)</v>'
_FEW: Final = 8

_RANGE: Final = re.compile(
    r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?"
    r"|\$?([A-Z]{1,3}):\$?([A-Z]{1,3})|\$?([0-9]{1,7}):\$?([0-9]{1,7})"
)
"""A1, A1:B2, whole columns A:C, whole rows 3:5."""
_VISITS: Final = 200_000
"""Cells and rows looked at for the conditional formats of one sheet, under several of them again;
a long code counts more, for it takes longer to draw."""
_CODES: Final = 1_000  # of conditional formats of one sheet
_SIGNS_A_VISIT: Final = 32


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

    def __contains__(self, cell: object) -> bool:
        """Tell whether a cell of these styles holds something that may be a number."""
        return cell in self._places

    def written(self, cell: Cell) -> tuple[str, Decimal]:
        """Return the format and the number of a cell; KeyError where there is none."""
        place = address(*cell).encode()
        number = self._number(place)
        if number is None:
            raise KeyError(cell)
        return self.styles.code(self.style_at(place)), number

    def style_at(self, place: bytes) -> int:
        """Return the number of the style of a cell that is there."""
        return int(self._found[place][0] or b"0")

    def _number(self, place: bytes) -> Decimal | None:
        found = self._found.get(place)
        return None if found is None else number_of(found[1].decode("ascii", "replace"))

    def __iter__(self) -> Iterator[Cell]:
        """Yield the cells."""
        return (_cell(at) for at in self._found if self._number(at) is not None)

    def __len__(self) -> int:
        """Return how many there are at most: one may hold what is no number."""
        return len(self._found)

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return bool(self._found)

    @cached_property
    def _places(self) -> frozenset[Cell]:
        return frozenset(map(_cell, self._found))

    @cached_property
    def _found(self) -> dict[bytes, tuple[bytes, bytes]]:
        """Style and number by address, as they are written."""
        found = _cells(self.sheet.body, self.wanted, _NUMBER)
        return {place: (style, number) for place, style, number in found}


@dataclass(eq=False)
class Units(Mapping[Cell, str]):
    """What stands beside numbers that are drawn as they are (数后面的字): 家 behind 0"家"."""

    numbers: Looks
    others: Mapping[Cell, str]

    def __getitem__(self, cell: Cell) -> str:
        """Return what stands there; KeyError for a cell that shows anything else."""
        place = address(*cell).encode()
        if cell in self.others or place not in self.numbers._found:
            raise KeyError(cell)
        return self.numbers.styles.units[self.numbers.style_at(place)]

    def __iter__(self) -> Iterator[Cell]:
        """Yield the cells."""
        return (cell for cell in self.numbers if cell in self)

    def __len__(self) -> int:
        """Return how many there are at most."""
        return len(self.numbers)


@dataclass(eq=False)
class Shown(Mapping[Cell, str]):
    """What cells show (显示的内容): numbers of odd styles when asked for, and others, known."""

    numbers: Looks
    others: Mapping[Cell, str]

    def __getitem__(self, cell: Cell) -> str:
        """Return what is shown."""
        return self.others[cell] if cell in self.others else self.numbers[cell][1]

    def __contains__(self, cell: object) -> bool:
        """Tell whether a cell may show another than its value; nothing is drawn."""
        return cell in self.others or cell in self.numbers

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return bool(self.others) or bool(self.numbers)

    def __iter__(self) -> Iterator[Cell]:
        """Yield the cells, each once."""
        yield from self.others
        yield from (cell for cell in self.numbers if cell not in self.others)

    def __len__(self) -> int:
        """Return how many there are at most."""
        return len(self.others) + len(self.numbers)


def looks_of(
    sheet: Canon, styles: Styles, rows: Sequence[Sequence[CellValue]], *, date1904: bool
) -> tuple[Mapping[Cell, str], Looks, Mapping[Cell, str]]:
    """Return what cells show that may say another than their value, all that is drawn, and units.

    What the cell's own format shows goes first, unless nothing but a unit is odd in it.
    Raises `RefusedError` for more conditional formats than any person makes.
    """
    used = _used(sheet.body, styles.odd | styles.words)
    odd = Looks(sheet, styles, styles.odd & used, date1904)
    drawn = Looks(sheet, styles, styles.drawn, date1904)
    others = _conditional(sheet, drawn, rows)
    if sheet.no_zeros:
        others |= dict.fromkeys(_zeros(rows), "")
    if others and odd:
        units = Units(odd, {})
        others = {cell: t for cell, t in others.items() if cell not in odd or cell in units}
    if words := styles.words & used:
        others |= _texts(sheet, styles, words, rows)
    if not (odd or others):
        return {}, drawn, {}
    return Shown(odd, others), drawn, Units(odd, others)


def percents(sheet: Canon, styles: Styles) -> Iterator[Cell]:
    """Yield the cells that show 100 times their number."""
    wanted = _used(sheet.body, frozenset(one for one in styles.odd if "%" in styles.code(one)))
    if wanted:
        found = Looks(sheet, styles, wanted, date1904=False)
        yield from (cell for cell in found if shows_percent(*found.written(cell)))


def _zeros(rows: Sequence[Sequence[CellValue]]) -> Iterator[Cell]:
    """Yield the cells that hold the number 0."""
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if isinstance(value, int | float) and not isinstance(value, bool) and value == 0:
                yield row, column


def _texts(
    sheet: Canon, styles: Styles, words: frozenset[int], rows: Sequence[Sequence[CellValue]]
) -> dict[Cell, str]:
    """Return what texts show behind a format that adds words to them, or hides them."""
    found: dict[Cell, str] = {}
    for place, style in _cells(sheet.body, words, _ANYTHING):
        row, column = _cell(place)
        value = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
        if value != "" and isinstance(value, str):
            drawn = text_shown(styles.all[int(style or b"0")].words, value)
            if drawn != value:
                found[row, column] = drawn
    return found


def _cells(body: bytes, wanted: frozenset[int], rest: bytes) -> Iterator[tuple[bytes, ...]]:
    """Yield address, style and what `rest` takes of the cells in these styles.

    A cell without a style has the first.
    """
    if 0 in wanted or len(wanted) > _FEW:
        known = {b"%d" % number for number in wanted} | ({b""} if 0 in wanted else set())
        everyone = re.findall(_CELL + _ANY_STYLE + rest, body)
        yield from (one for one in everyone if one[1] in known)
        return
    if wanted:
        numbers = b"|".join(b"%d" % number for number in wanted)
        yield from re.findall(_CELL + b' s="(' + numbers + b')"' + rest, body)


def _used(body: bytes, styles: frozenset[int]) -> frozenset[int]:
    """Return the styles that may be used in these rows; where they are many, all of them."""
    if len(styles) > _FEW:
        return styles
    return frozenset(one for one in styles if one == 0 or b' s="%d"' % one in body)


def _cell(place: bytes) -> Cell:
    letters = place.rstrip(b"0123456789")
    return int(place[len(letters) :]) - 1, column_number(letters)


def _conditional(
    sheet: Canon, drawn: Looks, rows: Sequence[Sequence[CellValue]]
) -> dict[Cell, str]:
    """Return what a conditional format may show instead (条件格式), where it is not the value.

    Whether its condition holds is not asked.
    """
    found: dict[Cell, str] = {}
    known = drawn.styles.conditional
    seen: set[str] = set()
    visits = 0
    for where, ids, own in sheet.conditional:
        if not known and not own:
            continue
        numbers = sorted(known.keys() & set(map(style_number, ids)))
        codes = dict.fromkeys((*(known[one] for one in numbers), *sorted(own)))
        seen |= codes.keys()
        if len(seen) > _CODES:
            raise RefusedError(Refused.TOO_MANY, f"条件格式的数字格式超过 {_CODES} 种")
        for code in codes:
            cost = 1 + len(code[:LONGEST]) // _SIGNS_A_VISIT
            for cell in _covered(where, rows):
                visits += cost
                if visits > _VISITS:
                    raise RefusedError(Refused.TOO_MANY, "条件格式的范围")
                if cell is None or cell in found:
                    continue
                text = _shown_by(code, rows[cell[0]][cell[1]], cell, drawn)
                if text is not None:
                    found[cell] = text
    return found


def _shown_by(code: str, value: CellValue, cell: Cell, drawn: Looks) -> str | None:
    """Return what a conditional format shows of a cell; None where that is its value."""
    kind = kind_of(code)
    if isinstance(value, str):
        text = text_shown(code, value) if kind.words and value else value
        return None if text == value else text
    if isinstance(value, bool) or (kind.plain and kind.dated is not isinstance(value, int | float)):
        return None
    number = _number(value, cell, drawn)
    return None if number is None else shown(code, number, date1904=drawn.date1904)


def _covered(where: str, rows: Sequence[Sequence[CellValue]]) -> Iterator[Cell | None]:
    """Yield the cells in the ranges of a conditional format, and None for every row."""
    for first, top, last, bottom, left, right, upper, lower in _RANGE.findall(where.upper()):
        high, low = sorted((int(top or upper or 1), int(bottom or lower or top or len(rows))))
        columns = [first or left or "A", last or right or first or "XFD"]
        start, end = sorted(map(column_number, columns))
        for row in range(max(high, 1) - 1, min(low, len(rows))):
            yield None
            yield from ((row, at) for at in range(start, min(end + 1, len(rows[row]))))


def _number(value: CellValue, cell: Cell, drawn: Looks) -> Decimal | None:
    """Return the number in a cell; of a day its serial number."""
    if isinstance(value, int | float):
        return number_of(repr(value))
    try:
        return drawn.written(cell)[1]
    except KeyError:
        return None
