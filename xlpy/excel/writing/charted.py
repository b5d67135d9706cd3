"""A drawing as files (图表部件): the chart of a sheet taken out, and the sheet it is drawn from.

For who shows a chart elsewhere than in a workbook: `word` embeds both.
"""

from __future__ import annotations

import re
from itertools import count
from typing import Final

from xlpy.excel.writing.package import packed
from xlpy.excel.writing.write import document_parts
from xlpy.model.letter.blocks import Drawing
from xlpy.model.letter.letter import Charted
from xlpy.model.look.measures import NAMED_BARS
from xlpy.model.sheets.sheet import Chart, Document, Line, Series, Sheet, Span

_SHEET: Final = "图表数据"
_PART: Final = "xl/charts/chart1.xml"
_MARKS: Final = b'<c:majorTickMark val="out"/><c:minorTickMark val="none"/>'
_LANGUAGE: Final = b'<c:lang val="en-US"/>'
_FILLED: Final = re.compile(b"(<c:spPr><a:solidFill><a:srgbClr[^>]*/></a:solidFill>)</c:spPr>")
_OUTLINED: Final = (
    rb'\1<a:ln w="6350"><a:solidFill><a:srgbClr val="404040"/></a:solidFill></a:ln></c:spPr>'
)
_STEPS: Final = 8  # of an axis, at most
_OUTLINES: Final = 60  # bars; of more the edges would be darker than the bars
_NAMES = 15  # below more than NAMED_BARS bars
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
    chart = _plainly(document_parts(Document(title=drawing.title, sheets=(drawn,)))[_PART], drawing)
    workbook = packed(document_parts(Document(title=drawing.title, sheets=(plain,))))
    return Charted(chart, workbook)


def _plainly(chart: bytes, drawing: Drawing) -> bytes:
    """Return the chart with what a workbook leaves unsaid, and other programs take otherwise.

    Marks on the axes, corners, an edge for light bars, whole steps for whole numbers.
    """
    found = chart.replace(b"<c:tickLblPos", _MARKS + b"<c:tickLblPos")
    if len(drawing.categories) <= _OUTLINES:
        found = _FILLED.sub(_OUTLINED, found)
    found = found.replace(_LANGUAGE, _LANGUAGE + b'<c:roundedCorners val="0"/>', 1)
    if step := _step(drawing):
        between = b'<c:crossBetween val="between"/>'
        found = found.replace(between, between + b'<c:majorUnit val="%d"/>' % step)
    return found


def _step(drawing: Drawing) -> int:
    """Return the step of the axis for whole numbers, 0 for others."""
    values = [one for bars in drawing.bars for one in bars.values if one is not None]
    if not all(isinstance(one, int) for one in values):
        return 0
    rows = [one.values for one in drawing.bars]
    heights = [sum(int(one or 0) for one in at) for at in zip(*rows, strict=True)]
    return max(1, -(-max(heights, default=0) // _STEPS))


def _named(bars: int) -> int:
    """Return under each how many bars a name stands.

    >>> [_named(bars) for bars in (1, 20, 21, 200, 2000)]
    [1, 1, 2, 20, 200]
    """
    if bars <= NAMED_BARS:
        return 1
    steps = (int(f"{step}{'0' * power}") for power in count() for step in (1, 2, 5))
    return next(step for step in steps if bars <= _NAMES * step)


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
        named=_named(last),
    )
