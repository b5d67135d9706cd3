"""Rows to XML (行写入): the inner loop of all writing, three times as fast as cell by cell.

XlsxWriter keeps a tuple for every cell and walks them again on closing. Here each line becomes
XML at once; everything around the rows stays XlsxWriter's. A test compares both, cell for cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import repeat
from typing import Any

from xlsxwriter.worksheet import Worksheet

from xlpy.excel.writing.styles import HEIGHTS, Formats
from xlpy.model.grid import column_letters
from xlpy.model.number import plain
from xlpy.model.sheets.sheet import Formula, Line

LONGEST = 32767
CUT = "…（已截断）"
_REMEMBERED = 4096  # formulas: more than two forms have
_BLOCK = 2_000  # rows that are one text: of all of them there would be two for a while
_DIGITS = 15  # what Excel keeps of a number
_HIGHEST = 409.5  # points of a row
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEX = re.compile(r"(_x[0-9a-fA-F]{4}_)")
_FUTURE = re.compile(
    r"(?<![\w.])(CONCAT|DAYS|IFNA|IFS|MAXIFS|MINIFS|NUMBERVALUE|SWITCH|TEXTJOIN|XLOOKUP|XOR|FORMULATEXT)\("
)
_PLAIN = re.compile(r"-?[0-9]{1,15}|-?[0-9]{1,13}\.[0-9]*[1-9]")
_BLANK = "/>"
_SHARED = ' t="s"><v>'

ShownCell = tuple[int, int, str | Decimal]
"""Row, column and stored value of a cell in a chart."""


def clean(text: str) -> str:
    """Return text as a cell can hold it: legal characters, `\\n` line ends, at most 32,767."""
    text = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) * 2 <= LONGEST or width16(text) <= LONGEST:
        return text
    kept = text.encode("utf-16-le")[: (LONGEST - len(CUT)) * 2]
    return kept.decode("utf-16-le", errors="ignore") + CUT


def escape(text: str) -> str:
    """Return text as XML holds it; the library's own such function brings half the network."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def width16(text: str) -> int:
    """Return the length as Excel counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def formula_text(formula: str) -> str:
    """Return a formula as the file holds it: without `=`, newer functions with `_xlfn.`.

    >>> formula_text("=TEXTJOIN(A1,B1)")
    '_xlfn.TEXTJOIN(A1,B1)'
    """
    if not formula.startswith("=") or len(formula) < 2:
        raise ValueError(f"a formula begins with '=': {formula!r}")
    return _FUTURE.sub(r"_xlfn.\1(", formula[1:])


@lru_cache(maxsize=_REMEMBERED)
def _formula_xml(formula: str) -> str:
    """Return a formula as XML holds it; copies of one form have the same ones."""
    return escape(formula_text(formula))


def number_text(value: Decimal | int) -> str | None:
    """Return the exact plain text of a number, or None when Excel would lose digits of it.

    >>> number_text(Decimal("91.29")), number_text(Decimal("4E+4")), number_text(10**15 + 1)
    ('91.29', '40000', None)
    """
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"not a number to write: {value}")
    text = plain(value)
    digits = text.lstrip("-").replace(".", "").lstrip("0")
    return text if len(digits) <= _DIGITS else None


def serial(day: date) -> int | None:
    """Return Excel's number of a day (日期序号); None before 1900, which Excel does not know."""
    if day.year < 1900:
        return None
    number = day.toordinal() - 693594
    return number if number > 60 else number - 1  # Excel believes in 1900-02-29


class LineSheet(Worksheet):  # type: ignore[misc, unused-ignore]
    """A worksheet whose rows are written from `Line`s (工作表)."""

    _rows_xml: Sequence[str] = ()

    def write_lines(
        self, lines: Sequence[Line], formats: Formats, shown: Iterable[ShownCell] = ()
    ) -> None:
        """Write all rows, the first line in row 1; once for a sheet, before the workbook closes.

        `shown` are the cells charts show; XlsxWriter draws its charts from them.
        """
        wide = max((len(line.values) for line in lines), default=0)
        letters = [column_letters(column) for column in range(wide)]
        ink = _Ink(self.str_table._get_shared_string_index, formats)
        counted = self.str_table.count
        self._rows_xml = [
            "".join([ink.row(number, line, letters) for number, line in block])
            for block in _blocks(lines)
        ]
        if any(self._rows_xml):
            # Tells XlsxWriter how far the sheet reaches; these cells themselves are not used.
            corner = formats.cell("plain")
            self.write_blank(0, 0, None, corner)
            self.write_blank(len(lines) - 1, max(wide - 1, 0), None, corner)
        for row, column, value in shown:
            write = self.write_string if isinstance(value, str) else self.write_number
            write(row, column, value)
        self.str_table.count = counted + sum(xml.count(_SHARED) for xml in self._rows_xml)

    def _write_rows(self) -> None:
        for xml in self._rows_xml:
            self.fh.write(xml)
        self._rows_xml = ()  # written once, and large

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        # Those of rules and validations come from `formula_text`, their newer functions named as
        # the file has them: the library would look for a hundred and fifty names in each.
        return formula.removeprefix("=")


class _Heads(dict[str, str]):
    """The rest of a cell's opening tag, `" s="7"`, by style name."""

    def __init__(self, chosen: Callable[[str], Any]) -> None:
        self._chosen = chosen

    def __missing__(self, style: str) -> str:
        head = self[style] = f'" s="{self._chosen(style)._get_xf_index()}"'
        return head


class _Ink:
    """Turns values into cells; texts and styles seen once are remembered."""

    def __init__(self, string_index: Callable[[str], int], formats: Formats) -> None:
        self._string_index = string_index
        self._texts = {"": _BLANK}
        self._heads = _Heads(formats.cell)
        self._dated = _Heads(formats.dated)
        self._writers: dict[type, Callable[[Any], str]] = {
            Decimal: self._number,
            int: self._number,
            Formula: self._formula,
        }

    def row(self, number: int, line: Line, letters: Sequence[str]) -> str:
        """Return one row as XML; nothing for an empty line of ordinary height."""
        values, styles, height, grows = line
        if height is None:
            if not values:
                return ""
            height = HEIGHTS.get(styles if isinstance(styles, str) else next(iter(styles), ""))
        names = _names(number, line)
        texts, heads = self._texts, self._heads
        cells = []
        for letter, value, style in zip(letters, values, names, strict=False):
            kind = type(value)
            head = heads[style]
            if kind is str:
                tail = texts.get(value) or self._text(value)  # type: ignore[arg-type]
            elif value is None:
                tail = _BLANK
            elif kind is date:
                head, tail = self._day(value, style)  # type: ignore[arg-type]
            else:
                tail = self._rare(kind)(value)
            cells.append(f'<c r="{letter}{number}{head}{tail}')
        kept = "" if grows else ' customHeight="1"'
        tall = "" if height is None else f' ht="{min(height, _HIGHEST):.16g}"{kept}'
        return f'<row r="{number}"{tall}>{"".join(cells)}</row>'

    def _text(self, value: str) -> str:
        text = clean(value)
        if not text:
            tail = _BLANK
        elif text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter would take such a shared string for its own markup.
            inner = _HEX.sub(r"_x005F\1", escape(text))
            tail = f' t="inlineStr"><is><t xml:space="preserve">{inner}</t></is></c>'
        else:
            tail = f"{_SHARED}{self._string_index(text)}</v></c>"
        self._texts[value] = tail
        return tail

    def _number(self, value: Decimal | int) -> str:
        text = str(value)
        if len(text) <= _DIGITS and _PLAIN.fullmatch(text):
            return f"><v>{text}</v></c>"
        exact = number_text(value)
        return self._text(plain(value)) if exact is None else f"><v>{exact}</v></c>"

    def _day(self, value: date, style: str) -> tuple[str, str]:
        number = serial(value)
        if number is None:
            return self._heads[style], self._text(value.isoformat())
        return self._dated[style], f"><v>{number}</v></c>"

    def _formula(self, value: Formula) -> str:
        stored = value.value
        if isinstance(stored, str):
            kind, result = ' t="str"', escape(clean(stored))
        elif stored is None:
            kind, result = "", ""  # so LibreOffice calculates on opening
        else:
            kind, result = "", number_text(stored) or plain(stored)
        return f"{kind}><f>{_formula_xml(value.text)}</f><v>{result}</v></c>"

    def _rare(self, kind: type) -> Callable[[Any], str]:
        """Return the writer for a kind of value: numbers, formulas, and enums of text."""
        writer = self._writers.get(kind)
        if writer is None and issubclass(kind, str):
            writer = self._writers[kind] = lambda value: self._text(str(value))
        if writer is None:
            raise TypeError(f"a cell cannot hold {kind.__name__}")
        return writer


def _blocks(lines: Sequence[Line]) -> Iterator[Iterable[tuple[int, Line]]]:
    """Yield the lines with their row numbers, some thousands at a time."""
    for at in range(0, len(lines), _BLOCK):
        yield enumerate(lines[at : at + _BLOCK], at + 1)


def _names(number: int, line: Line) -> Iterable[str]:
    styles = line.styles
    if isinstance(styles, str):
        return repeat(styles)
    if len(styles) != len(line.values):
        raise ValueError(f"row {number}: {len(line.values)} values, {len(styles)} styles")
    return styles
