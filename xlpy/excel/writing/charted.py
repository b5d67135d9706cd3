"""A drawing as files (图表部件): the chart of a sheet taken out, and the sheet it is drawn from.

For who shows a chart elsewhere than in a workbook: `word` embeds both.
"""

from __future__ import annotations

from typing import Final

from xlpy.excel.writing.package import packed
from xlpy.excel.writing.write import document_parts
from xlpy.model.letter import Charted, Drawing
from xlpy.model.sheet import Chart, Document, Line, Series, Sheet, Span

_SHEET: Final = "图表数据"
_PART: Final = "xl/charts/chart1.xml"
_PIXELS: Final = 96 / 25.4  # in a millimetre


def charted(drawing: Drawing) -> Charted:
    """Return the chart of a drawing with its figures, and a workbook of these figures.

    Raises ValueError for a drawing without a category or a series.
    """
    if not drawing.categories or not drawing.bars:
        raise ValueError(f"nothing to draw: {drawing.title!r}")
    lines = _lines(drawing)
    plain = Sheet(name=_SHEET, lines=lines, widths=(30.0, *(14.0,) * len(drawing.bars)))
    drawn = Sheet(name=_SHEET, lines=lines, charts=(_chart(drawing),))
    chart = document_parts(Document(title=drawing.title, sheets=(drawn,)))[_PART]
    workbook = packed(document_parts(Document(title=drawing.title, sheets=(plain,))))
    return Charted(chart, workbook)


def _lines(drawing: Drawing) -> tuple[Line, ...]:
    """Return a heading of the series, and a row a category."""
    head = Line(("", *(one.name for one in drawing.bars)), "head")
    rows = zip(*(one.values for one in drawing.bars), strict=True)
    body = zip(drawing.categories, rows, strict=True)
    return (head, *(Line((name, *values), "plain") for name, values in body))


def _chart(drawing: Drawing) -> Chart:
    last = len(drawing.categories)
    return Chart(
        kind=drawing.kind,
        title=drawing.title,
        row=0,
        column=0,
        width=round(drawing.width * _PIXELS),
        height=round(drawing.height * _PIXELS),
        series=tuple(
            Series(
                name=one.name,
                sheet=_SHEET,
                categories=Span(1, 0, last, 0),
                values=Span(1, number, last, number),
                colour=one.colour,
            )
            for number, one in enumerate(drawing.bars, start=1)
        ),
        y_title=drawing.unit,
        y_high=drawing.high,
    )
