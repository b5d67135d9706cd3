"""A filing as somebody types it into the blank form (照着填报): content to steps of a typist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import cycle

from tests.kit.platforms import rules
from tests.kit.typist import Step
from xlpy.forms.filing_blank.plan import FIRST, column_of, plan_of
from xlpy.model.filing import Answer, Content
from xlpy.model.grid import CellValue, address
from xlpy.model.number import plain

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def typing(content: Content, *, year: int) -> tuple[Step, ...]:
    """Return the steps that type the whole content: dates and numbers in every usual way."""
    days, counts = cycle(_DAYS), cycle(_COUNTS)
    return tuple(
        ("type", sheet, cell, _typed(value, days, counts))
        for sheet, cell, value in cells(content, year=year)
    )


def cells(content: Content, *, year: int) -> Iterator[tuple[str, str, CellValue]]:
    """Yield sheet, A1 address in our blank form, and value of every cell of the content."""
    edition, forms = rules()
    plan = plan_of(edition, forms.filing, year, content)
    profile = forms.filing.profile_sheet
    for label, value in content.answers.items():
        yield profile, address(*plan.place(profile, -1, label)), value
    for sheet, rows in content.rows.items():
        for at, row in enumerate(rows):
            for id, value in row.items():
                if id != "key" and value != "":
                    yield sheet, address(*plan.place(sheet, at, id)), value


def answer(id: str) -> tuple[str, str]:
    """Return sheet and cell of an answer of 附件1 in our blank form."""
    form = rules()[1].filing
    return _place(form.profile_sheet, -1, form.field(id).label)


def entry(row: int, id: str) -> tuple[str, str]:
    """Return sheet and cell in the ledger, by its zero-based row there."""
    return _place(rules()[1].filing.ledger.sheet, row, id)


def claim(row: int, id: str) -> tuple[str, str]:
    """Return sheet and cell of a figure of 附件4, by its zero-based row there."""
    summary = rules()[1].filing.summary
    return summary.sheet, address(FIRST + row, column_of(summary, id))


def answers_as_typed(content: Content) -> dict[str, Answer]:
    """Return the answers a reader has to find: exact numbers, dates, text."""
    return {label: _answer(value) for label, value in content.answers.items() if value != ""}


def _place(sheet: str, row: int, key: str) -> tuple[str, str]:
    edition, forms = rules()
    plan = plan_of(edition, forms.filing, None)
    return sheet, address(*plan.place(sheet, row, key))


def _answer(value: CellValue) -> Answer:
    if isinstance(value, int | float):
        return Decimal(str(value))
    assert isinstance(value, str | date)
    return value


def _typed(value: CellValue, days: Iterator[str], counts: Iterator[str]) -> str:
    if isinstance(value, date):
        return next(days).format(value.year, value.month, value.day)
    if isinstance(value, int):
        number = next(counts).format(value)
        return number.removesuffix("宽").translate(_WIDE) if number.endswith("宽") else number
    return plain(Decimal(str(value))) if isinstance(value, float) else str(value)


_DAYS = ("{}-{}-{}", "{}年{}月{}日", "{}/{}/{}", "{}.{}.{}")
_COUNTS = ("{}", "{}宽", "{:,}")
