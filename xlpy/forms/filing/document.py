"""The platform's form as a document (平台申报表): blank, or filled and marked from a filing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from xlpy.forms.calculation.sheets import calculated
from xlpy.forms.cells.identity import meta_sheet
from xlpy.forms.drawing.cells import uncalculated
from xlpy.forms.filing_blank.guide import guide_sheet
from xlpy.forms.filing_blank.overflow import depending, overflow_sheet
from xlpy.forms.filing_blank.plan import Plan, plan_of
from xlpy.forms.filing_blank.pledge import pledge_sheet
from xlpy.forms.filing_blank.profile import profile_sheet
from xlpy.forms.filing_blank.summary import summary_sheet
from xlpy.forms.filing_blank.tables import ledger_sheet, products_sheet
from xlpy.forms.selfcheck.sheet import check_sheet, overall
from xlpy.model import identity as meta
from xlpy.model.filing import Content
from xlpy.model.sheets.sheet import Condition, Document, Sheet, Span
from xlpy.model.staff import NO_OFFICE, Office
from xlpy.policy.edition import Edition
from xlpy.policy.form import FilingForm, Forms

Spot = tuple[str, int, str]
"""A cell of our form: sheet, row of the content or -1, label or column id."""

Marks = Mapping[Spot, tuple[str, str]]
"""(sheet, row of the content or -1 for 附件1, label or column id) -> (style, note or "")."""


def filing_document(
    *,
    edition: Edition,
    forms: Forms,
    year: int | None,
    content: Content | None = None,
    marks: Marks | None = None,
    office: Office | None = None,
) -> Document:
    """Return the form (平台申报表) of the edition, for one year when it is known.

    With `content` the cells hold what was read, and the formulas what they come to. `marks` maps
    (sheet, row of the content or -1, label or column id) to (style, note).
    The guide names the `office` that takes the form, as far as it is known.
    """
    plan = plan_of(edition, forms.filing, year, content)
    check = check_sheet(plan)
    filled = _filled(replace(plan, state=overall(check)), content or Content())
    sheets = (
        guide_sheet(plan, office or NO_OFFICE),
        *(marked(plan, one, marks or {}) for one in filled),
        pledge_sheet(plan),
        check,
        overflow_sheet(plan, content.answers if content else {}),
    )
    if content is not None:
        sheets = _calculated(plan, sheets, content)
    return Document(
        title=forms.filing.title,
        sheets=(*sheets, meta_sheet(_identity(edition, forms.filing, year))),
    )


def _filled(plan: Plan, content: Content) -> Iterator[Sheet]:
    rows = content.rows
    yield profile_sheet(plan, content)
    yield products_sheet(plan, rows.get(plan.form.products.sheet, ()))
    yield ledger_sheet(plan, rows.get(plan.form.ledger.sheet, ()))
    yield summary_sheet(plan, rows.get(plan.form.summary.sheet, ()))


def _calculated(plan: Plan, sheets: tuple[Sheet, ...], content: Content) -> tuple[Sheet, ...]:
    """Return the sheets with the formulas' results for this content, not for a blank form."""
    most = {plan.form.overflow: depending(plan.form, content.answers)}
    return calculated([_waiting(sheet, most.get(sheet.name)) for sheet in sheets])


def _waiting(sheet: Sheet, most: int | None) -> Sheet:
    """Return the sheet with its formulas uncalculated; of all its lines, or of the first ones."""
    lines = (
        line._replace(values=tuple(map(uncalculated, line.values))) for line in sheet.lines[:most]
    )
    rest = () if most is None else sheet.lines[most:]
    return replace(sheet, lines=(*lines, *rest))


def _identity(edition: Edition, form: FilingForm, year: int | None) -> Mapping[str, str]:
    return {
        meta.FORM: meta.FILING,
        meta.EDITION: edition.id,
        meta.VERSION: str(form.version),
        meta.YEAR: str(year or ""),
    }


def marked(plan: Plan, sheet: Sheet, marks: Marks) -> Sheet:
    """Return the sheet with its marks as conditional colours and cell notes (批注).

    The style of the cell itself stays: it keeps the number format and leaves the cell open.
    """
    own = {
        plan.place(sheet.name, row, key): mark
        for (name, row, key), mark in marks.items()
        if name == sheet.name
    }
    if not own:
        return sheet
    return replace(
        sheet,
        notes={**sheet.notes, **{cell: note for cell, (_, note) in sorted(own.items()) if note}},
        conditions=(*_colours(own), *sheet.conditions),
    )


def _colours(own: Mapping[tuple[int, int], tuple[str, str]]) -> Iterator[Condition]:
    """Yield one condition for each run of cells below one another of the same style."""
    cells = sorted((column, style, row) for (row, column), (style, _) in own.items())
    numbered = ((column, style, row, row - n) for n, (column, style, row) in enumerate(cells))
    for (column, style, _), run in groupby(numbered, key=lambda one: (*one[:2], one[3])):
        rows = [row for _, _, row, _ in run]
        span = Span(rows[0], column, rows[-1], column)
        yield Condition(span=span, formula="=TRUE", style=style)
