"""What every step of the judging looks at (评价条件): the rules in force and their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from xlpy.model.filing import Answer, Filing
from xlpy.model.finding import Finding, Place
from xlpy.model.number import plain
from xlpy.model.staff import Ruling
from xlpy.policy.edition import Condition, Edition, Rules
from xlpy.policy.findings.catalogue import finding
from xlpy.policy.form import Forms
from xlpy.policy.parameters.rules import BY_DEFAULT

Facts = Mapping[str, Answer]
"""Facts by label (事实): what the form says, replaced by what staff verified."""

ROSTER, EXPERTS, RESULTS, ACCEPTANCES = "roster", "experts", "results", "acceptances"
OBJECTIONS = "objections"


class Labels(NamedTuple):
    """The labels of 附件1 the judging asks for (栏目名称), and that of the fact 未参加."""

    name: str
    code: str
    level: str
    number: str
    recognised_on: str
    valid_until: str
    attendance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The rules of one evaluation (评价条件): edition, forms, parameters and the date."""

    edition: Edition
    forms: Forms
    rules: Rules
    year: int
    as_of: date
    labels: Labels
    claimed: frozenset[str]  # labels of 附件1: what a form can say

    @property
    def lowest(self) -> str:
        """Return the last grade (末等): what a veto leaves."""
        return self.edition.grades[-1].name

    def decided(self, parameter: str) -> str:
        """Say who decides what the rule leaves open (由谁确定), and where nobody did yet."""
        _, by = self.rules.chosen[parameter]
        told = f"由{self.edition.bureau}确定"
        return f"{told}，现用默认值" if by == BY_DEFAULT else told

    def in_quota(self, grade: str | None) -> bool:
        """Tell whether `grade` takes one of the places the share holds down (名额)."""
        return any(one.name == grade and one.in_quota for one in self.edition.grades)

    def applies(self, condition: Condition) -> bool:
        """Tell whether the bureau's choices leave `condition` in force."""
        if condition.when is None:
            return True
        parameter, value = condition.when
        return self.rules.chosen[parameter][0] == value

    def in_profile(self, filing: Filing, label: str) -> Place:
        """Return the place of an answer of 附件1; the sheet where its cell is not known."""
        sheet = self.forms.filing.profile_sheet
        return Place(filing.file, sheet, filing.places.get(label, ""))

    def in_staff(self, table: str, row: int) -> Place:
        """Return the place of one row of the staff's workbook."""
        return Place(self.forms.staff.file, self.forms.staff.tables[table].sheet, f"A{row}")

    def finding(self, code: str, place: Place, /, **words: Any) -> Finding:
        """Return a finding in the words of this edition; raises as `catalogue.finding` does."""
        return finding(code, place, wording=self.edition.wording, **words)

    def of_staff(
        self, code: str, table: str, row: int, /, *, subject: str = "", **words: Any
    ) -> Finding:
        """Return a finding in one row of the staff's workbook.

        It has no digest: the staff's cells change with every acceptance typed into them. Rows of
        评价结果 move with every ranking, so there its place is the sheet.
        """
        place = self.in_staff(table, row)
        if table == RESULTS:
            made = self.finding(code, place._replace(cell=""), subject=subject, **words)
            return replace(made, now=place.cell)
        return self.finding(code, place, subject=subject, **words)

    def of_ruling(self, code: str, ruling: Ruling, column: str, /, **words: Any) -> Finding:
        """Return a finding in a cell of 评价结果 the meeting decided in, by the column's id."""
        place = self.in_staff(RESULTS, ruling.row)
        words.setdefault("name", ruling.name)
        made = self.finding(code, place._replace(cell=""), subject=ruling.name, **words)
        return replace(made, now=ruling.cells.get(column, place.cell))


def terms_of(*, edition: Edition, forms: Forms, rules: Rules, year: int, as_of: date) -> Terms:
    """Return the terms of one evaluation; the labels are looked up once."""
    roster = forms.staff.tables[ROSTER]
    ids = ("name", "code", "level", "recognised_on", "valid_until")
    labels = {id: forms.filing.field(id).label for id in ids}
    return Terms(
        edition=edition,
        forms=forms,
        rules=rules,
        year=year,
        as_of=as_of,
        labels=Labels(
            attendance=roster.column("attendance").fact,
            number=forms.filing.field("recognition").label,
            **labels,
        ),
        claimed=frozenset(field.label for field in forms.filing.fields),
    )


def said(answer: Answer | None) -> str:
    """Return an answer as people write it, 未填写 for none."""
    if answer is None:
        return "未填写"
    return plain(answer) if isinstance(answer, Decimal) else str(answer)
