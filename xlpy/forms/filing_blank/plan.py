"""Where everything stands in the blank filing form (版面): rows, references, the line of hints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from xlpy.model.filing import Content, match_key
from xlpy.model.grid import CellValue, address
from xlpy.model.sheets.formula import absolute, column_range, quoted
from xlpy.model.sheets.sheet import Formula
from xlpy.model.sheets.titled import Banner
from xlpy.policy.edition import AreaRow, Edition
from xlpy.policy.form import Field, FilingForm, Table

HINT, HEADING, FIRST = 1, 2, 3
"""Zero-based rows of every sheet people fill: title 0, hint, heading, first row below it."""

ANSWER = 2
"""Zero-based column of 填报内容 in 附件1; the label stands one to the left."""

BLOCK = 15
"""Rows a long text of 附件1 takes, together nearly a page: no row is higher than 409 points."""

_SPARE = 500  # rows the formulas see beyond the capacity, for inserted ones

STATE = (HINT, 1)
"""Zero-based cell of the overall result on 自查."""
BELOW, THERE = "见下面", "见该表"
"""Where the lines to be mended are: as 自查 says it, and as other sheets say it of 自查."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The places of one blank filing form (版面).

    `answers` maps 附件1 labels to zero-based rows; `last` maps a table's sheet to the last
    zero-based row its formulas and colours look at; `copied` gives the zero-based row of 附件4
    each row of the content is written to. `state` is the overall result of 自查 stored until the
    formulas are calculated.
    """

    edition: Edition
    form: FilingForm
    year: int | None
    answers: Mapping[str, int]
    last: Mapping[str, int]
    copied: tuple[int, ...] = ()
    state: str = ""

    def answer(self, label: str) -> str:
        """Return the reference of the input cell of a 附件1 label, from any sheet."""
        return f"'{self.form.profile_sheet}'!{absolute(self.answers[label], ANSWER)}"

    def column(self, table: Table, id: str) -> str:
        """Return the reference of all input rows of a column of 附件2 or 附件3, from any sheet."""
        cells = column_range(column_of(table, id), FIRST, self.last[table.sheet])
        return f"'{table.sheet}'!{cells}"

    def summary(self, row: AreaRow, id: str) -> str:
        """Return the reference of a figure of 附件4, from any sheet."""
        place = absolute(self.summary_row(row), column_of(self.form.summary, id))
        return f"'{self.form.summary.sheet}'!{place}"

    def summary_row(self, row: AreaRow) -> int:
        """Return the zero-based row of an area row on 附件4."""
        return FIRST + [one.name for _, one in self.edition.area_rows].index(row.name)

    def place(self, sheet: str, row: int, key: str) -> tuple[int, int]:
        """Return (row, column) of a cell of `Content`; KeyError when the form has none.

        `row` and `key` are what `Content.origins` gives; 附件4 rows are those of the content.
        """
        if sheet == self.form.profile_sheet:
            return self.answers[key], ANSWER
        tables = (self.form.products, self.form.ledger, self.form.summary)
        table = {one.sheet: one for one in tables}[sheet]
        down = self.copied[row] if table is self.form.summary else FIRST + row
        return down, 0 if key == "key" else column_of(table, key)


def plan_of(
    edition: Edition, form: FilingForm, year: int | None, content: Content | None = None
) -> Plan:
    """Return the plan; longer tables of the content make the ranges longer."""
    rows = content.rows if content else {}
    wanted = {form.products.sheet: form.product_rows, form.ledger.sheet: form.capacity}
    return Plan(
        edition=edition,
        form=form,
        year=year,
        answers=_answers(form),
        last={
            sheet: FIRST + max(most, len(rows.get(sheet, ()))) + _SPARE - 1
            for sheet, most in wanted.items()
        },
        copied=_copied(edition, rows.get(form.summary.sheet, ())),
    )


def long_fields(form: FilingForm) -> tuple[Field, ...]:
    """Return the fields of 附件1 that take a long text (长文)."""
    return tuple(field for field in form.fields if field.kind == "long")


def column_of(table: Table, id: str) -> int:
    """Return the zero-based sheet column of a table's column; column 0 is 序号 or a row's name."""
    ids = [field.id for field in table.columns]
    if id not in ids:
        raise KeyError(id)
    return 1 + ids.index(id)


def _answers(form: FilingForm) -> dict[str, int]:
    rows, row = {}, FIRST
    for _, fields in form.groups:
        row += 1  # the group's own line
        for field in fields:
            rows[field.label] = row
            row += BLOCK if field.kind == "long" else 1
    return rows


def _copied(edition: Edition, rows: Sequence[Mapping[str, CellValue]]) -> tuple[int, ...]:
    """Return where each row of 附件4 goes: to its area row, or below them when it has none."""
    free = {match_key(row.name): FIRST + n for n, (_, row) in enumerate(edition.area_rows)}
    spare = count(FIRST + len(free))
    places = []
    for row in rows:
        own = free.pop(match_key(str(row.get("key", ""))), None)
        places.append(next(spare) if own is None else own)
    return tuple(places)


def hint_line(plan: Plan, words: str) -> Banner:
    """Return the line: words for this sheet, then the overall result of 自查 as it stands."""
    check = plan.form.check
    lead = f"{words}「{check}」："
    state = f"SUBSTITUTE('{check}'!{address(*STATE)},{quoted(BELOW)},{quoted(THERE)})"
    shown = plan.state.replace(BELOW, THERE)
    return Banner((Formula(f"={quoted(lead)}&{state}", f"{lead}{shown}"),), "note", 30)
