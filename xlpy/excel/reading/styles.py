"""Cell styles (单元格样式): which format draws the cells of each, and whether it needs a look.

Only elements of the spreadsheet's own namespaces count, where they belong; numbers are compared
as numbers. Where readers would take different formats for one style, the one that warns is taken.
The workbook library gets a part of our own with nothing in it but: a day, or a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from xlpy.excel.reading.canonical.markup import remembered
from xlpy.excel.reading.canonical.walk import SHEETS, Opened, Place, Walk
from xlpy.excel.reading.formats.kind import Kind, kind_of, unit_of
from xlpy.excel.reading.refused import PART_BYTES, Refused, RefusedError

GENERAL: Final = "General"

_LISTS: Final = frozenset({"numFmts", "cellStyleXfs", "cellXfs", "dxfs"})
_OURS: Final = _LISTS | {"styleSheet", "numFmt", "xf", "dxf"}
_NUMBER: Final = re.compile(r"\s*\+?([0-9]{1,9})\s*")
_FALSE: Final = frozenset({"0", "false"})
_MOST: Final = 100_000  # styles that are read; Excel takes 65,490
_FORMATS: Final = 10_000  # formats, and all their signs: Excel takes some hundreds
_SIGNS: Final = 500_000

_BUILT_IN: Final[Mapping[int, str]] = {
    int(line.partition(" ")[0]): line.partition(" ")[2]
    for line in r"""
0 General
1 0
2 0.00
3 #,##0
4 #,##0.00
5 "¥"#,##0;"¥"\-#,##0
6 "¥"#,##0;[Red]"¥"\-#,##0
7 "¥"#,##0.00;"¥"\-#,##0.00
8 "¥"#,##0.00;[Red]"¥"\-#,##0.00
9 0%
10 0.00%
11 0.00E+00
12 # ?/?
13 # ??/??
14 yyyy/m/d
15 d-mmm-yy
16 d-mmm
17 mmm-yy
18 h:mm AM/PM
19 h:mm:ss AM/PM
20 h:mm
21 h:mm:ss
22 yyyy/m/d h:mm
27 yyyy"年"m"月"
28 m"月"d"日"
29 m"月"d"日"
30 m-d-yy
31 yyyy"年"m"月"d"日"
32 h"时"mm"分"
33 h"时"mm"分"ss"秒"
34 上午/下午h"时"mm"分"
35 上午/下午h"时"mm"分"ss"秒"
36 yyyy"年"m"月"
37 #,##0_);(#,##0)
38 #,##0_);[Red](#,##0)
39 #,##0.00_);(#,##0.00)
40 #,##0.00_);[Red](#,##0.00)
41 _ * #,##0_ ;_ * \-#,##0_ ;_ * "-"_ ;_ @_
42 _ "¥"* #,##0_ ;_ "¥"* \-#,##0_ ;_ "¥"* "-"_ ;_ @_
43 _ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_
44 _ "¥"* #,##0.00_ ;_ "¥"* \-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_
45 mm:ss
46 [h]:mm:ss
47 mm:ss.0
48 ##0.0E+0
49 @
50 yyyy"年"m"月"
51 m"月"d"日"
52 yyyy"年"m"月"
53 m"月"d"日"
54 m"月"d"日"
55 上午/下午h"时"mm"分"
56 上午/下午h"时"mm"分"ss"秒"
57 yyyy"年"m"月"
58 m"月"d"日"
""".strip().splitlines()
}
"""The formats a file names by number alone, as Chinese programs draw them."""
_CURRENCIES: Final = frozenset((5, 6, 7, 8, 42, 44))
"""Of these the sign of the currency is the country's: a file that writes them out is believed."""


class Style(NamedTuple):
    """How cells of a style are drawn (样式): by which format, as a day, and whether to look."""

    code: str = GENERAL
    dated: bool = False
    odd: bool = False
    words: str = ""  # the format of texts, where it is not plain
    unit: str = ""  # all that stands beside the number, where nothing else is odd: 家


class Styles(NamedTuple):
    """All styles of a workbook (全部样式), by number.

    `odd` and `drawn` are the numbers of styles whose numbers may show something else, and of all
    that are not General; `words` of those whose texts do; `units` are what stands beside a
    number that is drawn as it is, by the style. `conditional` are formats that a condition may
    put in place of the cell's own, by their number. `part` is for the workbook library.
    """

    all: tuple[Style, ...] = ()
    odd: frozenset[int] = frozenset()
    drawn: frozenset[int] = frozenset()
    words: frozenset[int] = frozenset()
    units: Mapping[int, str] = {}
    conditional: Mapping[int, str] = {}
    part: bytes | None = None

    def code(self, number: int) -> str:
        """Return the format of a style; General for a number that no style has."""
        return self.all[number].code if number < len(self.all) else GENERAL


def read_styles(xml: bytes | None, part: str) -> Styles:
    """Return the styles of a workbook; raises `RefusedError` where cells could have two styles."""
    if xml is None:
        return Styles()
    if len(xml) > PART_BYTES:
        raise RefusedError(Refused.TOO_MANY, f"{part} 超过 {PART_BYTES // 2**20} MB")
    return _styles(xml, part)


def style_number(written: str) -> int:
    """Return a number written in an attribute; 0 for what is none, as readers take it.

    >>> style_number("017"), style_number(" 9 "), style_number("x")
    (17, 9, 0)
    """
    found = _NUMBER.fullmatch(written)
    return int(found[1]) if found else 0


# Forms filled with one program from one blank have the same styles.
@remembered
def _styles(xml: bytes, part: str) -> Styles:
    found = _Found(part)
    Walk(part, _GRAMMAR, found.opened()).through(xml)
    styles = tuple(found.styles())
    return Styles(
        all=styles,
        odd=frozenset(number for number, style in enumerate(styles) if style.odd),
        drawn=frozenset(number for number, style in enumerate(styles) if style.code != GENERAL),
        words=frozenset(number for number, style in enumerate(styles) if style.words),
        units={number: style.unit for number, style in enumerate(styles) if style.unit},
        conditional={
            number: code for number, code in enumerate(found.conditional) if code is not None
        },
        part=_part(styles),
    )


def _part(styles: Sequence[Style]) -> bytes:
    drawn = "".join(f'<xf numFmtId="{14 if style.dated else 0}"/>' for style in styles)
    return f'<styleSheet xmlns="{SHEETS[0]}"><cellXfs>{drawn}</cellXfs></styleSheet>'.encode()


class _Found:
    """What is found in the part while it is walked: formats, styles and conditional formats."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.formats: dict[int, dict[str, None]] = {}
        self.named: list[Mapping[str, str]] = []
        self.cells: list[Mapping[str, str]] = []
        self.conditional: list[str | None] = []
        self._in = ""
        self._once: set[str] = set()
        self._count = self._signs = 0
        self._kinds: dict[str, Kind] = {}

    def opened(self) -> Opened:
        """Return what takes in the elements."""
        lists = {name: partial(self._list, name) for name in _LISTS}
        return {**lists, "dxf": self._condition, "xf": self._style, "numFmt": self._format}

    def _list(self, name: str, _: Mapping[str, str]) -> None:
        self._in = name
        self._check_once(name)

    def _condition(self, _: Mapping[str, str]) -> None:
        self.conditional.append(None)
        self._bounded(len(self.conditional) > _MOST, f"条件格式的样式超过 {_MOST} 个")

    def _style(self, attributes: Mapping[str, str]) -> None:
        (self.cells if self._in == "cellXfs" else self.named).append(attributes)
        self._bounded(len(self.cells) > _MOST, f"样式超过 {_MOST} 个")
        self._bounded(len(self.named) > _MOST, f"样式超过 {_MOST} 个")

    def _format(self, attributes: Mapping[str, str]) -> None:
        number = style_number(attributes.get("numFmtId", ""))
        code = attributes.get("formatCode", "")
        self._count += 1
        self._signs += len(code)
        self._bounded(self._count > _FORMATS, f"数字格式超过 {_FORMATS} 个")
        self._bounded(self._signs > _SIGNS, f"数字格式合计超过 {_SIGNS} 个字")
        if self._in == "dxfs":
            self.conditional[-1] = code
        else:
            self.formats.setdefault(number, {})[code] = None

    def _bounded(self, beyond: bool, what: str) -> None:
        if beyond:
            raise RefusedError(Refused.TOO_MANY, f"{self.part} 的{what}")

    def _check_once(self, name: str) -> None:
        if name in self._once:
            raise RefusedError(Refused.ODD_PARTS, f"{self.part} 中的 {name} 重复")
        self._once.add(name)

    def styles(self) -> Iterator[Style]:
        """Yield how cells of each style are drawn; the same formats are chosen from once.

        Some readers take the format of the named style where `applyNumberFormat` is off.
        """
        codes: dict[int, tuple[str, ...]] = {}
        known: dict[tuple[int, int | None], Style] = {}
        for own in self.cells:
            mine, named = style_number(own.get("numFmtId", "0")), None
            if own.get("applyNumberFormat", "").strip() in _FALSE:
                parent = style_number(own.get("xfId", "0"))
                if parent < len(self.named):
                    named = style_number(self.named[parent].get("numFmtId", "0"))
            if (mine, named) not in known:
                for number in (mine, named):
                    if number is not None and number not in codes:
                        codes[number] = self._telling(self._codes(number))
                both = codes[mine] + (() if named is None else codes[named])
                known[mine, named] = self._chosen(both)
            yield known[mine, named]

    def _codes(self, number: int) -> tuple[str, ...]:
        """Return every format a reader may take: those in the file, and the one built in."""
        own = self.formats.get(number, {})
        built_in = _BUILT_IN.get(number)
        if built_in is None or (own and number in _CURRENCIES):
            return tuple(own) or (GENERAL,)
        return (*own, built_in)

    def _telling(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return of many formats with one number those that decide: the first of each kind."""
        first: dict[tuple[bool, bool, bool], str] = {}
        for code in codes:
            kind = self._kind(code)
            first.setdefault((kind.dated, kind.plain, kind.words), code)
        return tuple(first.values())

    def _kind(self, code: str) -> Kind:
        if code not in self._kinds:
            self._kinds[code] = kind_of(code)
        return self._kinds[code]

    def _chosen(self, codes: Iterable[str]) -> Style:
        """Return the style of the format that warns; the first where none does."""
        kinds = {code: self._kind(code) for code in codes}
        odd = [code for code, kind in kinds.items() if not kind.plain]
        dated = {kind.dated for kind in kinds.values()}
        words = next((code for code, kind in kinds.items() if kind.words), "")
        if len(dated) > 1:  # a day for some, a number for others: both are told
            number = next(code for code, kind in kinds.items() if not kind.dated)
            return Style(number, dated=True, odd=True, words=words)
        code = odd[0] if odd else next(iter(kinds))
        unit = unit_of(code) if len(odd) == 1 and len(kinds) == 1 else ""
        return Style(code, dated=dated.pop(), odd=bool(odd), words=words, unit=unit)


def _grammar() -> Place:
    style, code = Place("xf", ours=_OURS), Place("numFmt", ours=_OURS)
    lists = (
        Place("numFmts", code, ours=_OURS),
        Place("cellStyleXfs", style, ours=_OURS),
        Place("cellXfs", style, ours=_OURS),
        Place("dxfs", Place("dxf", code, ours=_OURS), ours=_OURS),
    )
    return Place("", Place("styleSheet", *lists, ours=_OURS)).of(SHEETS)


_GRAMMAR: Final = _grammar()
