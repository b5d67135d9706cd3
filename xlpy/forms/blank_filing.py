"""The platform's form as a document (平台申报表): blank, or holding what was read from a filing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from xlpy.forms import meta
from xlpy.forms.blank_cells import uncalculated
from xlpy.forms.blank_check import check_sheet, overall
from xlpy.forms.blank_guide import guide_sheet
from xlpy.forms.blank_marks import Marks, marked
from xlpy.forms.blank_plan import Plan, plan_of
from xlpy.forms.blank_profile import profile_sheet
from xlpy.forms.blank_summary import summary_sheet
from xlpy.forms.blank_tables import ledger_sheet, products_sheet
from xlpy.model.filing import Content
from xlpy.model.sheet import Document, Sheet
from xlpy.policy.edition import Edition
from xlpy.policy.form import FilingForm, Forms


def filing_document(
    *,
    edition: Edition,
    forms: Forms,
    year: int | None,
    content: Content | None = None,
    marks: Marks | None = None,
) -> Document:
    """Return the form (平台申报表) of the edition, for one year when it is known.

    With `content` the cells hold what was read, and every formula waits to be calculated on
    opening. `marks` maps (sheet, row of the content or -1, label or column id) to (style, note).
    """
    plan = plan_of(edition, forms.filing, year, content)
    check = check_sheet(plan)
    filled = _filled(replace(plan, state=overall(check)), content or Content())
    sheets = (guide_sheet(plan), *(marked(plan, one, marks or {}) for one in filled), check)
    if content is not None:
        sheets = tuple(map(_waiting, sheets))
    return Document(
        title=forms.filing.title,
        sheets=(*sheets, meta.meta_sheet(_identity(edition, forms.filing, year))),
    )


def _filled(plan: Plan, content: Content) -> Iterator[Sheet]:
    rows = content.rows
    yield profile_sheet(plan, content)
    yield products_sheet(plan, rows.get(plan.form.products.sheet, ()))
    yield ledger_sheet(plan, rows.get(plan.form.ledger.sheet, ()))
    yield summary_sheet(plan, rows.get(plan.form.summary.sheet, ()))


def _waiting(sheet: Sheet) -> Sheet:
    lines = (line._replace(values=tuple(map(uncalculated, line.values))) for line in sheet.lines)
    return replace(sheet, lines=tuple(lines))


def _identity(edition: Edition, form: FilingForm, year: int | None) -> Mapping[str, str]:
    return {
        meta.FORM: meta.FILING,
        meta.EDITION: edition.id,
        meta.VERSION: str(form.version),
        meta.YEAR: str(year or ""),
    }
