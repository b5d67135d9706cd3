"""Native charts (图表) from values, in one sober look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from xlpy.excel.writing.rows import ShownCell, clean, number_text
from xlpy.model.look import colours, fonts, measures
from xlpy.model.number import plain
from xlpy.model.sheets.sheet import Chart, Formula, Series, Sheet, Span

COLOURS = colours.BARS
_FONT = {"name": fonts.TEXT.name, "size": measures.CHART_SIZE, "bold": False}
_TITLE_FONT = {"name": fonts.HEADING.name, "size": measures.SIGN_SIZE, "bold": False}
# Bars begin at nought: cut bars make small differences look large.
_MEASURE = {"min": 0, "major_gridlines": {"visible": True, "line": {"color": colours.GRID}}}
_TYPES: Mapping[str, dict[str, str]] = {
    "column": {"type": "column"},
    "stacked": {"type": "column", "subtype": "stacked"},
}


def add_chart(workbook: Any, sheet: Any, chart: Chart) -> None:
    """Place a chart on a sheet of an XlsxWriter workbook; titles as they stand on the screen."""
    drawn: Any = workbook.add_chart(_TYPES[chart.kind])
    for number, series in enumerate(chart.series):
        drawn.add_series(_series(series, series.colour or COLOURS[number % len(COLOURS)]))
    drawn.set_title({"name": _title(chart.title), "name_font": _TITLE_FONT, "overlay": False})
    measure = _MEASURE if chart.y_high is None else {**_MEASURE, "max": chart.y_high}
    if chart.signed:
        measure = {name: value for name, value in _MEASURE.items() if name != "min"}
    # Names of bars below nought stand below them all.
    names: dict[str, Any] = {"label_position": "low"} if chart.signed else {}
    if chart.named > 1:
        names |= {"interval_unit": chart.named}
    drawn.set_x_axis(_axis("") | names)
    drawn.set_y_axis(_axis(chart.y_title) | measure)
    drawn.set_legend({"position": "bottom", "font": _FONT})
    drawn.set_size({"width": chart.width, "height": chart.height})
    sheet.insert_chart(chart.row, chart.column, drawn, {"object_position": 2})


def cached_cells(sheet: Sheet, charts: tuple[Chart, ...]) -> Iterator[ShownCell]:
    """Yield the cells of this sheet that charts show, so that they are drawn before calculation."""
    spans = {
        span
        for chart in charts
        for series in chart.series
        if series.sheet == sheet.name
        for span in (series.categories, series.values)
    }
    for span in sorted(spans):
        for row in range(span.top, min(span.bottom + 1, len(sheet.lines))):
            values = sheet.lines[row].values
            for column in range(span.left, min(span.right + 1, len(values))):
                shown = _shown(values[column])
                if shown != "":
                    yield row, column, shown


def _shown(value: object) -> str | Decimal:
    stored = value.value if isinstance(value, Formula) else value
    if isinstance(stored, Decimal | int):
        return Decimal(stored) if number_text(stored) is not None else plain(stored)
    return "" if stored is None else clean(str(stored))


def _series(series: Series, colour: str) -> dict[str, Any]:
    return {
        "name": _title(series.name),
        "categories": _reference(series.sheet, series.categories),
        "values": _reference(series.sheet, series.values),
        "fill": {"color": colour},
        "gap": 60,
    }


def _reference(sheet: str, span: Span) -> list[str | int]:
    return [sheet, span.top, span.left, span.bottom, span.right]


def _axis(title: str) -> dict[str, Any]:
    named = {"name": _title(title), "name_font": _FONT} if title else {}
    return {**named, "num_font": _FONT}


def _title(text: str) -> str:
    return clean(text).lstrip("=")
