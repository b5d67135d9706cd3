"""How filings of one edition are read (读取方案): everything that is the same for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from xlpy.forms.cells.aside import Continued
from xlpy.forms.cells.labels import Labels, labels_of
from xlpy.forms.cells.table import TablePlan, table_plan
from xlpy.model.identity import LISTS_SHEET, META_SHEET
from xlpy.policy.edition import Edition
from xlpy.policy.form import Field, FilingForm, Forms
from xlpy.policy.forms.measures import summed

FEEDBACK_SHEET: Final = "校验反馈"
"""The first sheet of a feedback copy; the reader of filings passes it over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPlan:
    """The plan (读取方案). `head` is the heading of 附件1: number, label, answer, unit, note.

    `summed` are the columns of 附件3 that are summed.
    """

    edition: Edition
    forms: Forms
    article: str
    head: Labels
    fields: dict[str, Field]
    labels: Labels
    products: TablePlan
    ledger: TablePlan
    summed: tuple[str, ...]
    summary: TablePlan
    rows: Labels
    continued: Continued

    @property
    def form(self) -> FilingForm:
        """Return the description of the form."""
        return self.forms.filing


_made: Final[list[ReadingPlan]] = []


def reading_plan(edition: Edition, forms: Forms) -> ReadingPlan:
    """Return the plan, made once for the edition and forms at hand."""
    # Every filing of a case comes with the same two objects: comparing them is nearly free.
    for plan in _made:
        if plan.edition is edition and plan.forms is forms:
            return plan
    plan = _plan(edition, forms)
    _made[:] = [plan]
    return plan


def _plan(edition: Edition, forms: Forms) -> ReadingPlan:
    form = forms.filing
    labels = labels_of(form.fields)
    products = table_plan(form.products, number=form.number)
    ledger = table_plan(form.ledger, number=form.number)
    summary = table_plan(form.summary, key=form.summary_key)
    return ReadingPlan(
        edition=edition,
        forms=forms,
        article=edition.articles.get("materials", ""),
        head=Labels(form.profile_columns),
        fields={field.label: field for field in form.fields},
        labels=labels,
        products=products,
        ledger=ledger,
        summed=summed(form.summary),
        summary=summary,
        rows=Labels(row.name for _, row in edition.area_rows),
        continued=Continued(
            tables={one.sheet: one.labels for one in (products, ledger, summary)},
            own=filing_sheets(form),
            profile=form.profile_sheet,
            labels=labels,
        ),
    )


def filing_sheets(form: FilingForm) -> tuple[str, ...]:
    """Return the sheets of the form that take no input (不填写的工作表): nobody reads them."""
    shown = (form.guide, form.pledge.sheet, form.check, form.overflow)
    return (*shown, FEEDBACK_SHEET, META_SHEET, LISTS_SHEET)
