"""The steps of the year's work (办理步骤) as the sheet 操作台 shows them: done or not, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xlpy.model.ballot import Ballot
from xlpy.model.decision import Evaluation, Status
from xlpy.model.finding import Finding
from xlpy.model.staff import Staff
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms
from xlpy.policy.parameters.rules import BY_DEFAULT


class Step(NamedTuple):
    """One step (步骤): whether it is done, the facts, how to do it."""

    title: str
    done: bool
    facts: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How far the year's work is (进度), in figures."""

    staff: Staff
    office: str
    sheets: Mapping[str, str]  # table id -> sheet name
    panel: tuple[int, int]  # least and most experts
    filed: int
    waiting: int
    states: Mapping[Status, int]
    scored: bool
    ties: int
    ballots: int
    chosen: int
    causes: int | None  # None: not evaluated


def steps_of(
    edition: Edition,
    forms: Forms,
    staff: Staff,
    evaluation: Evaluation | None,
    findings: Sequence[Finding],
    ballots: Sequence[Ballot],
) -> tuple[Step, ...]:
    """Return the steps in order, each with what is known of it."""
    accepted = evaluation.accepted if evaluation else frozenset()
    decisions = evaluation.decisions if evaluation else ()
    chosen = evaluation.chosen if evaluation else {}
    now = Figures(
        staff=staff,
        office=edition.office,
        sheets={id: f"「{table.sheet}」" for id, table in forms.staff.tables.items()},
        panel=edition.experts,
        filed=sum(d.filing is not None for d in decisions),
        waiting=sum(one.blocks and one.id not in accepted for one in findings),
        states={status: sum(d.status is status for d in decisions) for status in Status},
        scored=any(d.final and d.score.totals for d in decisions),
        ties=sum(d.tie for d in decisions),
        ballots=sum(ballot.counted for ballot in ballots),
        chosen=sum(who != BY_DEFAULT for _, who in chosen.values()),
        causes=len(evaluation.causes) if evaluation else None,
    )
    return tuple(step(now) for step in (_list, _check, _ballots, _evaluate, _rule, _export))


def _list(now: Figures) -> Step:
    rows = len(now.staff.typed.get("roster", ()))
    return Step(
        "核对参数和名单",
        bool(now.staff.as_of and rows),
        f"名单{rows}行，专家{len(now.staff.experts)}人，{now.office}确定的参数{now.chosen}项",
        f"在{now.sheets['parameters']}核对评价日期和各项参数，"
        f"在{now.sheets['roster']}和{now.sheets['experts']}列出平台和专家。",
    )


def _check(now: Figures) -> Step:
    pending = now.states[Status.PENDING]
    return Step(
        "收申报材料并校验",
        bool(now.filed) and not now.waiting and not pending,
        f"申报表{now.filed}份，待处理问题{now.waiting}项，待核实平台{pending}家",
        "把平台报来的文件放入“申报材料”文件夹，运行“校验”，把“输出/校验反馈”发还平台改正；"
        f"可以接受的在{now.sheets['acceptances']}逐条受理。",
    )


def _ballots(now: Figures) -> Step:
    low, high = now.panel
    unscored = now.states[Status.UNSCORED]
    return Step(
        "生成、收回评分表",
        now.ballots >= low and not unscored,
        f"计入的评分表{now.ballots}份（一般{low}至{high}位专家），未评分平台{unscored}家",
        "运行“生成评分表”，发给专家；收回后放入“专家评分”文件夹。",
    )


def _evaluate(now: Figures) -> Step:
    graded, vetoed = now.states[Status.GRADED], now.states[Status.VETOED]
    return Step(
        "评价",
        now.scored,
        f"已评等次{graded}家，一票否决{vetoed}家",
        f"运行“评价”，结果见{now.sheets['results']}和“输出/评价结果.xlsx”。",
    )


def _rule(now: Figures) -> Step:
    return Step(
        "局办公会审定",
        now.scored and not now.ties and bool(now.staff.meeting_on),
        f"并列待裁定平台{now.ties}家，局办公会日期{now.staff.meeting_on or '未填写'}",
        f"在{now.sheets['results']}填写并列裁定、审定等次和审定理由，"
        f"在{now.sheets['parameters']}填写会议日期和纪要号，再运行“评价”。",
    )


def _export(now: Figures) -> Step:
    staff = now.staff
    dated = bool(staff.notice_from and staff.notice_to and staff.meeting_on and staff.minutes)
    return Step(
        "公示并导出",
        now.causes == 0 and now.scored and dated,
        f"{_notice(staff)}，不能导出的原因{now.causes or 0}条",
        "运行“导出”：先公示名单，公示期满后将奖补资金安排表报财政。",
    )


def _notice(staff: Staff) -> str:
    """Say when the public notice is (公示期), as far as it is known."""
    if not (staff.notice_from or staff.notice_to):
        return "公示日期未定"
    return f"公示{staff.notice_from or '开始日未定'}至{staff.notice_to or '截止日未定'}"
