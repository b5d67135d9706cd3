"""A ballot as its expert would fill it (填好的评分表): for the demo, the tests and the bench."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import islice

from xlpy.model.sheets.sheet import Document, Formula, Line, Sheet, Value
from xlpy.policy.form import BallotForm

Scores = tuple[Decimal, ...]
"""The points of one row by area; () is a recusal."""


def spread(total: Decimal, rubric: tuple[Decimal, ...]) -> Scores:
    """Return points by area that sum to `total`, with one decimal, each within the rubric.

    >>> [str(points) for points in spread(Decimal("91.5"), (Decimal(60), Decimal(40)))]
    ['54.9', '36.6']
    """
    tenths = [int(top * 10) for top in rubric]
    wanted = int(total * 10)
    points = [top * wanted // sum(tenths) for top in tenths]
    room = (at for at, top in enumerate(tenths) if points[at] < top)
    for at in islice(room, wanted - sum(points)):
        points[at] += 1
    return tuple(Decimal(point).scaleb(-1) for point in points)


def filled_ballot(
    document: Document, form: BallotForm, given: Mapping[str, Scores], *, signed_on: date
) -> Document:
    """Return a ballot with the scores `given` by credit code typed in, signed and dated.

    合计 gets the value a spreadsheet program would have stored. KeyError for a platform that
    `given` lacks.
    """
    sheets = tuple(
        _filled(sheet, form, given, signed_on) if sheet.name == form.sheet else sheet
        for sheet in document.sheets
    )
    return replace(document, sheets=sheets)


def _filled(sheet: Sheet, form: BallotForm, given: Mapping[str, Scores], signed_on: date) -> Sheet:
    heading = next(number for number, line in enumerate(sheet.lines) if form.total in line.values)
    total = sheet.lines[heading].values.index(form.total)
    lines = [
        *(_head(line, form, signed_on) for line in sheet.lines[:heading]),
        sheet.lines[heading],
        *(_scored(line, form, given, total) for line in sheet.lines[heading + 1 :]),
    ]
    return replace(sheet, lines=tuple(lines))


def _head(line: Line, form: BallotForm, signed_on: date) -> Line:
    label = next(field.label for field in form.head if field.id == "signed_on")
    if label not in line.values:
        return line
    at = line.values.index(label) + 1
    return line._replace(values=(*line.values[:at], signed_on, *line.values[at + 1 :]))


def _scored(line: Line, form: BallotForm, given: Mapping[str, Scores], total: int) -> Line:
    first = 1 + len(form.columns)
    code = next(n for n, field in enumerate(form.columns, 1) if field.id == "code")
    scores = given[str(line.values[code])]
    if not scores:
        cells: tuple[Value, ...] = (*line.values[: total + 1], form.recused_yes, None)
        return line._replace(values=cells)
    formula = line.values[total]
    assert isinstance(formula, Formula)
    summed = formula._replace(value=sum(scores, Decimal(0)))
    return line._replace(values=(*line.values[:first], *scores, summed, *line.values[total + 1 :]))
