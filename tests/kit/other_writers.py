"""A filing written by other hands (别人的程序): openpyxl into our form, XlsxWriter from nothing."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

import openpyxl
import xlsxwriter

from tests.kit.platforms import YEAR, rules
from tests.kit.typed_content import cells
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.filing.document import filing_document
from xlpy.model.filing import Content
from xlpy.model.grid import CellValue
from xlpy.policy.form import Table

Spelling = Callable[[CellValue], Any]
"""How a value is put into a cell."""

_FULL = str.maketrans("0123456789,.-/", "０１２３４５６７８９，．－／")
_WIDE_LABEL = str.maketrans("()*", "（）\N{FULLWIDTH ASTERISK}")


def by_openpyxl(content: Content) -> bytes:
    """Return our blank form, filled and saved by openpyxl; its formulas have no values."""
    edition, forms = rules()
    blank = document_bytes(filing_document(edition=edition, forms=forms, year=YEAR))
    book = openpyxl.load_workbook(io.BytesIO(blank))
    for sheet, cell, value in cells(content, year=YEAR):
        book[sheet][cell].value = value
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def by_xlsxwriter(content: Content, spelling: Spelling, *, from_1904: bool = False) -> bytes:
    """Return a form laid out anew: columns turned round, rows between, wide labels, no `_meta`."""
    saved = io.BytesIO()
    settings = {"in_memory": True, "date_1904": from_1904, "default_date_format": "yyyy/m/d"}
    with xlsxwriter.Workbook(saved, settings) as book:
        _Copy(book, spelling).write(content)
    return saved.getvalue()


def natural(value: CellValue) -> Any:
    """Spell a value as its own kind: numbers as numbers, dates as dates."""
    return value


def as_text(value: CellValue) -> Any:
    """Spell numbers as full-width text with blanks around, dates in Chinese."""
    if isinstance(value, date):
        text = f"{value.year}年{value.month}月{value.day}日"
        return f" {text.translate(_FULL)}\n"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"　{value:,}".translate(_FULL) + " "
    return value


class _Copy:
    """A book with another layout (另一种版面)."""

    def __init__(self, book: Any, spelling: Spelling) -> None:
        self._book = book
        self._spelling = spelling
        self._form = rules()[1].filing

    def write(self, content: Content) -> None:
        """Write the sheets in another order, each with its columns turned round."""
        form = self._form
        self._book.add_worksheet("封面").write_string("B2", "某平台申报材料")
        self._table(form.summary, content, ("key", form.summary_key))
        self._table(form.ledger, content, ("", form.number))
        self._table(form.products, content, ("", form.number))
        self._profile(content)

    def _profile(self, content: Content) -> None:
        form = self._form
        _, label, answer, unit, _ = form.profile_columns
        lines = [
            (field.unit, content.answers.get(field.label, ""), f" {_wide(field.label)} ")
            for field in form.fields
        ]
        self._sheet(form.profile_sheet, (unit, answer, label), lines)

    def _table(self, table: Table, content: Content, first: tuple[str, str]) -> None:
        fields = [one for one in table.columns if one.kind != "computed"]
        columns = [first, *((one.id, one.label) for one in fields)][::-1]
        lines = [[row.get(id, "") for id, _ in columns] for row in content.rows[table.sheet]]
        self._sheet(table.sheet, [_wide(label) for _, label in columns], lines)

    def _sheet(
        self, name: str, heading: Sequence[str], lines: Iterable[Sequence[CellValue]]
    ) -> None:
        sheet = self._book.add_worksheet(name)
        sheet.write_string(1, 1, f"{name}（本单位留存）")
        for column, label in enumerate(heading, 2):
            sheet.write_string(4, column, label)
        for number, line in enumerate(lines):
            for column, value in enumerate(line, 2):
                if value != "":
                    # An empty row after every fourth one.
                    self._cell(sheet, 5 + number + number // 4, column, value)

    def _cell(self, sheet: Any, row: int, column: int, value: CellValue) -> None:
        spelt = self._spelling(value)
        if isinstance(spelt, str):
            sheet.write_string(row, column, spelt)
        elif isinstance(spelt, date) and not isinstance(spelt, datetime):
            sheet.write_datetime(row, column, datetime(spelt.year, spelt.month, spelt.day))  # noqa: DTZ001
        else:
            sheet.write(row, column, spelt)


def _wide(label: str) -> str:
    return label.translate(_WIDE_LABEL)
