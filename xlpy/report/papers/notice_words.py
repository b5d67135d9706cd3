"""What a notice says beside its list (公示的文字): the same on the sheet and in the letters."""

from __future__ import annotations

from xlpy.model.day import day_words
from xlpy.model.decision import Evaluation
from xlpy.model.staff import Office, Staff
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms
from xlpy.policy.forms.load import paper_titles
from xlpy.report.papers.pages import date_label

NO_DATE = "　　年　　月　　日"
"""A day to fill in by hand."""

FILL_IN = "_" * 14
"""Words to fill in by hand."""

_SHORT = "R816"  # the finding of a notice period too short


def period(staff: Staff) -> str:
    """Return from when to when the list is public (公示期), blanks for what is not known yet."""
    start, end = day_words(staff.notice_from, NO_DATE), day_words(staff.notice_to, NO_DATE)
    return f"{start}至{end}"


def announced(evaluation: Evaluation, edition: Edition, forms: Forms, staff: Staff) -> str:
    """Return the paragraph that announces the results: by which rule, how long, as of when."""
    days, _ = evaluation.chosen["notice_days"]
    least = "" if _is_short(evaluation) else f"（不少于{days}个工作日）"
    return (
        f"根据《{edition.title}》，经专家评分并报{edition.meeting}审定，"
        f"现将{evaluation.year}年度{paper_titles(edition)['results']}予以公示。公示期为{period(staff)}{least}。"
        f"（{date_label(forms, 'as_of')}：{day_words(evaluation.as_of)}）"
    )


def reminders(evaluation: Evaluation, forms: Forms, staff: Staff) -> tuple[str, ...]:
    """Return what is to be mended before the list is published (提醒), () for nothing."""
    days, _ = evaluation.chosen["notice_days"]
    dates = {"notice_from": staff.notice_from, "notice_to": staff.notice_to}
    empty = "、".join(date_label(forms, id) for id, value in dates.items() if value is None)
    where = f"工作簿「{forms.staff.tables['parameters'].sheet}」"
    found = []
    if empty:
        found.append(f"提醒：{empty}尚未填写，请在{where}中填写后重新导出，再行公示。")
    if _is_short(evaluation):
        found.append(f"提醒：公示期不足{days}个工作日，请在{where}中核对后重新导出，再行公示。")
    return tuple(found)


def objecting(authority: str) -> str:
    """Return how anybody may object (异议), and to whom."""
    return (
        f"公示期内，单位和个人对公示结果有异议的，可以书面形式向{authority}反映，"
        "说明事实和理由，并提供联系方式；单位反映的应加盖公章，个人反映的应署真实姓名。"
    )


def contacts(office: Office) -> tuple[str, ...]:
    """Return who takes objections: office, telephone, address; blanks for a pen."""
    return (
        f"受理科室：{office.room or FILL_IN}",
        f"联系电话：{office.phone or FILL_IN}",
        f"通信地址：{office.address or 2 * FILL_IN}",
    )


def _is_short(evaluation: Evaluation) -> bool:
    return any(one.code == _SHORT for one in evaluation.findings)
