"""What the papers of the meeting wait for (等候评分表): no score before its panel is complete."""

from __future__ import annotations

from importlib import import_module

from xlpy.errors import CaseError
from xlpy.model.decision import Evaluation
from xlpy.model.staff import expert_number
from xlpy.report.register.expert_rows import NOT_ISSUED, OUT, PARTLY, expert_rows
from xlpy.steps.gather import Gathered

_NAMED = 8


def confirm_statistics() -> None:
    """See that the libraries of statistics are there; CaseError says where they come from.

    They are left out of the package for Windows, and come in a second one.
    """
    try:
        import_module("pandas")
    except ImportError as problem:  # left out, or unpacked in part: it needs numpy and others
        raise CaseError(
            "会议材料和数据表要用统计组件（pandas），这里没有装好：用便携包的，"
            "请把“xlpy-版本-windows-会议材料.zip”解压到同一个文件夹，覆盖后再试；"
            "其他电脑请管理员运行 python -m pip install --force-reinstall pandas。"
        ) from problem


def waits(gathered: Gathered, evaluation: Evaluation) -> str:
    """Return whose ballots the meeting's papers wait for, with the way out; "" for nobody's."""
    staff = gathered.staff
    rows = expert_rows(staff, evaluation, gathered.ballots, gathered.history)
    listed = {one.number for one in staff.experts if one.id}
    out = [
        f"专家{row.code}（{row.state}）"
        for row in rows
        if row.state in (OUT, PARTLY, NOT_ISSUED)
        and (not listed or expert_number(row.code) in listed)
    ]
    counted = {expert_number(id) for id, _ in evaluation.experts}
    back = {expert_number(one.expert) for one in gathered.ballots if one.expert}
    void = [
        f"专家{one.id}（交回的没有计入）" for one in staff.experts if one.number in back - counted
    ]
    if not listed:
        void = [f"专家{number}（交回的没有计入）" for number in sorted(back - counted)]
    if out or void:
        names = "、".join((out + void)[:_NAMED])
        many = f"等{len(out + void)}位" if len(out + void) > _NAMED else ""
        return (
            f"会议材料要等评分表收齐才能生成：{names}{many}。请收齐、改正后再生成；"
            "不再参加评分的专家，请从工作簿「专家」中删去（交回过的，把其评分表移入“作废”），再生成一次。"
        )
    if not evaluation.experts:
        return "还没有计入的评分表，没有可以提交会议的得分；请收齐专家评分表，评价以后再生成。"
    return ""
