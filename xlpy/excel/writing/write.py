"""Documents to workbooks (写出工作簿): the same document gives the same parts, byte for byte."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.resources import files
from io import BytesIO
from typing import Any

from xlsxwriter.exceptions import XlsxWriterException

from xlpy.excel.writing.bounds import check_lines
from xlpy.excel.writing.charts import add_chart, cached_cells
from xlpy.excel.writing.layout import lay_out
from xlpy.excel.writing.package import VBA_PART, ParcelBook, Pressed, zipped
from xlpy.excel.writing.rows import clean, formula_text
from xlpy.excel.writing.styles import BODY, Formats
from xlpy.excel.writing.validations import Lists, validation_options
from xlpy.model.look import colours, fonts, measures
from xlpy.model.sheets.sheet import Chart, Document, Line, Sheet, Span

AUTHOR = "xlpy"
DOCUMENT_MODULES = tuple(f"Sheet{number}" for number in range(1, 16))
"""The sheets the macro project knows by code name (代码名): every one of evaluate.xlsm.

Excel ties a sheet to its module by this name (sheetPr/@codeName). A sheet without one it names
itself when it opens the file; a module without its sheet would stay behind in the project, so a
workbook with fewer sheets than modules is refused.
"""

_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
_NOTE_LOOK = {
    "font_name": fonts.TEXT.name,
    "font_size": measures.NOTE_SIZE,
    "color": colours.NOTE,
    "x_scale": 2,
}
_TALLEST_NOTE = 12  # times the usual: the rest is scrolled to


@dataclass(frozen=True, slots=True, kw_only=True)
class Macros:
    """A macro project (宏工程): vbaProject.bin, and its sheets by code name in their order."""

    project: bytes
    sheets: tuple[str, ...] = DOCUMENT_MODULES


def document_bytes(document: Document, macros: Macros | None = None) -> bytes:
    """Return the document as an .xlsx file, or as an .xlsm file when it asks for macros.

    `macros` takes the place of the project that is checked in. Raises TooLargeError for more than
    our own reader takes; ValueError, KeyError or TypeError for what no workbook can hold, a
    mistake of ours.
    """
    return zipped(_pressed(document, macros))


def document_parts(document: Document, macros: Macros | None = None) -> dict[str, bytes]:
    """Return the parts of the file by name; raises as `document_bytes` does."""
    return {name: part.body() for name, part in _pressed(document, macros).items()}


def _pressed(document: Document, macros: Macros | None) -> dict[str, Pressed]:
    try:
        return _parts(document, macros)
    except XlsxWriterException as error:
        raise ValueError(f"{document.title}: {error}") from error


def _parts(document: Document, macros: Macros | None) -> dict[str, Pressed]:
    workbook = ParcelBook(BODY)
    properties = {"title": clean(document.title), "author": AUTHOR, "created": _CREATED}
    workbook.set_properties(properties)
    formats, lists = Formats(workbook), Lists()
    charts = tuple(chart for sheet in document.sheets for chart in sheet.charts)
    pages = [_add_sheet(workbook, sheet, formats, lists, charts) for sheet in document.sheets]
    listed = lists.sheet()
    if listed is not None:
        _add_sheet(workbook, listed, formats, lists, ())
    for page, sheet in zip(pages, document.sheets, strict=True):
        for chart in sheet.charts:
            add_chart(workbook, page, chart)
    pages[_first(document)].activate()
    if document.vba:
        _add_macros(workbook, macros or _checked_in())
    workbook.close()
    return workbook.parts


def _add_sheet(
    workbook: Any, sheet: Sheet, formats: Formats, lists: Lists, charts: tuple[Chart, ...]
) -> Any:
    page = workbook.add_worksheet(sheet.name)
    lines = merged_lines(sheet)
    check_lines(sheet.name, lines)
    page.write_lines(lines, formats, cached_cells(replace(sheet, lines=lines), charts))
    lay_out(page, sheet, formats)
    for (row, column), note in sheet.notes.items():
        tall = min(1 + len(note) // 120, _TALLEST_NOTE)
        shape = {**_NOTE_LOOK, "author": AUTHOR, "y_scale": tall}
        _accepted(page.write_comment(row, column, clean(note), shape), f"note in {sheet.name}")
    for validation in sheet.validations:
        options = validation_options(validation, lists)
        _accepted(page.data_validation(*validation.span, options), f"validation in {sheet.name}")
    for condition in sheet.conditions:
        rule = {
            "type": "formula",
            "criteria": "=" + formula_text(condition.formula),
            "format": formats.condition(condition.style),
        }
        _accepted(page.conditional_format(*condition.span, rule), f"condition in {sheet.name}")
    return page


def merged_lines(sheet: Sheet) -> tuple[Line, ...]:
    """Return the lines with the cells of merges (合并单元格) in the merge's style.

    Raises ValueError where a merge would hide a value or lie on another.
    """
    if not sheet.merges:
        return sheet.lines
    lines = list(sheet.lines)
    taken: set[tuple[int, int]] = set()
    for span, style in sheet.merges:
        lines.extend([Line(())] * (span.bottom + 1 - len(lines)))
        for row in range(span.top, span.bottom + 1):
            cells = [(row, column) for column in range(span.left, span.right + 1)]
            if not taken.isdisjoint(cells):
                raise ValueError(f"{sheet.name}: merge {span} lies on another")
            taken.update(cells)
            lines[row] = _covered(lines[row], span, style, corner=row == span.top)
    return tuple(lines)


def _covered(line: Line, span: Span, style: str, *, corner: bool) -> Line:
    missing = max(span.right + 1 - len(line.values), 0)
    values = [*line.values, *[None] * missing]
    given = [line.styles] * len(line.values) if isinstance(line.styles, str) else line.styles
    styles = [*given, *["plain"] * missing]
    for column in range(span.left, span.right + 1):
        styles[column] = style
        if values[column] not in (None, "") and not (corner and column == span.left):
            raise ValueError(f"merge {span} hides {values[column]!r}")
    return Line(tuple(values), tuple(styles), line.height, line.grows)


def _first(document: Document) -> int:
    names: Sequence[str] = [sheet.name for sheet in document.sheets]
    visible = [number for number, sheet in enumerate(document.sheets) if not sheet.hidden]
    if document.active and document.active not in names:
        raise ValueError(f"no sheet {document.active!r} to show first")
    first = names.index(document.active) if document.active else next(iter(visible), -1)
    if first not in visible:
        raise ValueError(f"{document.title}: the sheet shown first must be visible")
    return first


def _add_macros(workbook: Any, macros: Macros) -> None:
    workbook.add_vba_project(BytesIO(macros.project), is_stream=True)
    workbook.set_vba_name("ThisWorkbook")
    pages = workbook.worksheets()
    if len(pages) < len(macros.sheets):
        raise ValueError(f"a workbook with these macros has at least {len(macros.sheets)} sheets")
    for number, page in enumerate(pages):
        page.set_vba_name(macros.sheets[number] if number < len(macros.sheets) else "")


def _checked_in() -> Macros:
    return Macros(
        project=files("xlpy.excel.macros").joinpath(VBA_PART.rpartition("/")[2]).read_bytes()
    )


def _accepted(status: int, what: str) -> None:
    if status:
        raise ValueError(f"XlsxWriter refused the {what} ({status})")
