"""The public list (公示名单): what everybody may see - name, level, grade - and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from xlpy.model.decision import Decision, Evaluation, Status
from xlpy.model.sheets.sheet import Document, Line, Sheet
from xlpy.model.sheets.titled import Banner, titled
from xlpy.model.staff import Office, Staff
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms
from xlpy.policy.forms.load import load_reports, paper_titles
from xlpy.report.papers.anchor import code_banner
from xlpy.report.papers.correction import Correction, corrected, correction_banner
from xlpy.report.papers.notice_words import (
    NO_DATE,
    announced,
    contacts,
    objecting,
    reminders,
)
from xlpy.report.papers.pages import (
    CORRECTED,
    fitted,
    fitting,
    heading,
    labels,
    styles,
    warning_banners,
    widths,
)

SHOWN = (Status.GRADED, Status.VETOED, Status.ABSENT)
"""Who stands on the list: whoever has a grade."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """One platform of the public list (一行公示)."""

    number: int
    name: str
    level: str
    grade: str
    code: str = ""  # not printed: tells platforms of one name apart

    @property
    def cells(self) -> tuple[str | int, ...]:
        """Return the values in the order of the columns."""
        return self.number, self.name, self.level, self.grade


def notice_rows(evaluation: Evaluation, edition: Edition) -> tuple[NoticeRow, ...]:
    """Return the graded, vetoed and absent platforms by grade, level, name, then code."""
    levels = [level.name for level in edition.levels]
    grades = [grade.name for grade in edition.grades]

    def order(one: Decision) -> tuple[int, int, str, str]:
        level = levels.index(one.level) if one.level in levels else len(levels)
        return grades.index(one.final or grades[-1]), level, one.name, one.code

    shown = sorted((one for one in evaluation.decisions if _is_shown(one)), key=order)
    return tuple(
        NoticeRow(
            number=number,
            name=one.name,
            level=one.level,
            grade=one.final or grades[-1],
            code=one.code,
        )
        for number, one in enumerate(shown, start=1)
    )


def notice_document(
    *,
    evaluation: Evaluation,
    edition: Edition,
    forms: Forms,
    staff: Staff,
    correction: Correction | None = None,
    code: str = "",
) -> Document:
    """Return 公示名单.xlsx: A4 upright, the heading on every page; what it corrects, its 核验码."""
    table = load_reports()["notice"]
    wide = widths(table.columns)
    title = f"{edition.city}{evaluation.year}年度{paper_titles(edition)['notice']}"
    title += CORRECTED if correction else ""
    head = [*_head(title, evaluation, edition, forms, staff), *correction_banner(correction)]
    above = fitted(head, wide)
    cells = [row.cells for row in notice_rows(evaluation, edition)]
    rows = [Line(one, styles(table.columns), fitting(one, wide, least=22)) for one in cells]
    below = fitted([*_foot(edition, staff.office), *code_banner(code)], wide)
    page = Sheet(
        name=table.sheet,
        lines=(*above, heading(labels(table.columns), wide), *rows, *below),
        widths=wide,
        gridlines=False,
    )
    document = Document(title=title, sheets=(titled(page, heading=len(above)),))
    return corrected(document, correction)


def _is_shown(decision: Decision) -> bool:
    # 未评分 with a grade: the meeting ruled it.
    return decision.status in SHOWN or decision.final is not None


def _head(
    title: str, evaluation: Evaluation, edition: Edition, forms: Forms, staff: Staff
) -> list[Banner]:
    body = f"　　{announced(evaluation, edition, forms, staff)}"
    reminded = (Banner((one,), "warning") for one in reminders(evaluation, forms, staff))
    banners = [Banner((title,), "title", 36), Banner((body,), "plain"), *reminded]
    return [*banners, *warning_banners(evaluation)]


def _foot(edition: Edition, office: Office) -> list[Banner]:
    """Say where to object; what 参数 does not say is left to be filled in by hand."""
    contact = "　".join(contacts(office))
    return [
        Banner((f"　　{objecting(edition.authority)}",), "plain"),
        Banner((contact,), "plain", None if office.address else 30),
        Banner((f"{edition.signatory}　　{NO_DATE}",), "plain.right", 36),
    ]
