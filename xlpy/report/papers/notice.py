"""The public list (公示名单): what everybody may see - name, level, grade - and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from xlpy.model.day import day_words
from xlpy.model.decision import Decision, Evaluation, Status
from xlpy.model.sheet import Document, Line, Sheet
from xlpy.model.staff import Office, Staff
from xlpy.model.titled import Banner, titled
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms
from xlpy.policy.forms.load import load_reports, paper_titles
from xlpy.report.papers.anchor import code_banner
from xlpy.report.papers.correction import Correction, corrected, correction_banner
from xlpy.report.papers.pages import (
    CORRECTED,
    date_label,
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

_SHORT = "R816"  # the finding of a notice period too short
_NO_DATE = "　　年　　月　　日"
_FILL_IN = "_" * 14


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
    days, _ = evaluation.chosen["notice_days"]
    start, end = day_words(staff.notice_from, _NO_DATE), day_words(staff.notice_to, _NO_DATE)
    dates = {"notice_from": staff.notice_from, "notice_to": staff.notice_to}
    empty = "、".join(date_label(forms, id) for id, value in dates.items() if value is None)
    short = any(one.code == _SHORT for one in evaluation.findings)
    least = "" if short else f"（不少于{days}个工作日）"
    body = (
        f"　　根据《{edition.title}》，经专家评分并报{edition.meeting}审定，"
        f"现将{evaluation.year}年度{paper_titles(edition)['results']}予以公示。公示期为{start}至{end}{least}。"
        f"（{date_label(forms, 'as_of')}：{day_words(evaluation.as_of)}）"
    )
    banners = [Banner((title,), "title", 36), Banner((body,), "plain")]
    where = f"工作簿「{forms.staff.tables['parameters'].sheet}」"
    if empty:
        text = f"提醒：{empty}尚未填写，请在{where}中填写后重新导出，再行公示。"
        banners.append(Banner((text,), "warning"))
    if short:
        text = f"提醒：公示期不足{days}个工作日，请在{where}中核对后重新导出，再行公示。"
        banners.append(Banner((text,), "warning"))
    return [*banners, *warning_banners(evaluation)]


def _foot(edition: Edition, office: Office) -> list[Banner]:
    """Say where to object; what 参数 does not say is left to be filled in by hand."""
    body = (
        f"　　公示期内，单位和个人对公示结果有异议的，可以书面形式向{edition.authority}反映，"
        "说明事实和理由，并提供联系方式；单位反映的应加盖公章，个人反映的应署真实姓名。"
    )
    contact = (
        f"受理科室：{office.room or _FILL_IN}　联系电话：{office.phone or _FILL_IN}　"
        f"通信地址：{office.address or 2 * _FILL_IN}"
    )
    return [
        Banner((body,), "plain"),
        Banner((contact,), "plain", None if office.address else 30),
        Banner((f"{_signed(edition)}　　{_NO_DATE}",), "plain.right", 36),
    ]


def _signed(edition: Edition) -> str:
    """Return who signs: the authority with its city, as 市某局 of 某市 is 某市某局."""
    if edition.authority.startswith(edition.city):
        return edition.authority
    return edition.city + edition.authority.removeprefix(edition.city[-1])
