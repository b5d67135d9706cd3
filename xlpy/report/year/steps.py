"""The steps of the year's work (办理步骤) as the sheet 操作台 shows them: done or not, and why.

What ran stands in the log: a step that ran is never 未开始, one that never ran never 已完成.
"""

from __future__ import annotations

from collections.abc import Sequence

from xlpy.model.ballot import Ballot
from xlpy.model.decision import Evaluation, Status
from xlpy.model.finding import Finding
from xlpy.model.history import History
from xlpy.model.staff import Staff
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms
from xlpy.policy.parameters.rules import BY_DEFAULT
from xlpy.report.register.row import EXPERT, PLATFORM, RegisterRow, clock, several
from xlpy.report.register.rows import missing
from xlpy.report.year.filed import last_evaluated, outdated
from xlpy.report.year.paper_steps import finance_step, notice_step, verify_step
from xlpy.report.year.step import NAMED, Figures, Step


def steps_of(
    edition: Edition,
    forms: Forms,
    staff: Staff,
    evaluation: Evaluation | None,
    findings: Sequence[Finding],
    ballots: Sequence[Ballot],
    *,
    history: History,
    register: Sequence[RegisterRow],
) -> tuple[Step, ...]:
    """Return the steps in order, each with what is known of it."""
    accepted = evaluation.accepted if evaluation else frozenset()
    decisions = evaluation.decisions if evaluation else ()
    chosen = evaluation.chosen if evaluation else {}
    now = Figures(
        staff=staff,
        office=edition.bureau,
        meeting=edition.meeting,
        sheets={id: f"「{table.sheet}」" for id, table in forms.staff.tables.items()},
        panel=edition.experts,
        filed=sum(d.filing is not None for d in decisions),
        waiting=sum(one.blocks and one.id not in accepted for one in findings),
        states={status: sum(d.status is status for d in decisions) for status in Status},
        scored=any(d.final and d.score.totals for d in decisions),
        ties=sum(d.tie for d in decisions),
        ballots=sum(ballot.counted for ballot in ballots),
        chosen=sum(who != BY_DEFAULT for _, who in chosen.values()),
        causes=len(evaluation.causes) if evaluation else 0,
        history=history,
        evaluation=evaluation,
        evaluated=last_evaluated(history),
        stale=outdated(history, forms.staff),
        late=missing(register, PLATFORM),
        out=missing(register, EXPERT),
    )
    steps = (*_BEFORE, notice_step, finance_step, verify_step)
    return tuple(step(now) for step in steps)


def _list(now: Figures) -> Step:
    rows = len(now.staff.typed.get("roster", ()))
    return Step(
        "核对参数和名单",
        bool(now.staff.as_of and rows),
        f"名单{rows}行，专家{len(now.staff.experts)}人，{now.office}确定的参数{now.chosen}项",
        f"在{now.sheets['parameters']}核对评价日期和各项参数，"
        f"在{now.sheets['roster']}和{now.sheets['experts']}列出平台和专家。",
        ran=bool(rows),
    )


def _check(now: Figures) -> Step:
    pending = now.states[Status.PENDING]
    ran = now.history.last_run("check", "evaluate") is not None
    late = f"还没交：{several(now.late, NAMED, '家')}；" if now.late else ""
    return Step(
        "收申报材料并校验",
        ran and bool(now.filed) and not now.waiting and not pending,
        f"{late}申报表{now.filed}份，待处理问题{now.waiting}项，待核实平台{pending}家",
        "把平台报来的文件放入“申报材料”文件夹，运行“校验”，把“输出/校验反馈”发还平台改正；"
        f"催报见{now.sheets['register']}，可以接受的在{now.sheets['acceptances']}逐条受理。",
        ran=ran,
    )


def _ballots(now: Figures) -> Step:
    low, high = now.panel
    unscored = now.states[Status.UNSCORED]
    out = f"还没交：{several(now.out, NAMED, '人')}；" if now.out else ""
    ran = bool(now.history.last_run("ballots") or now.ballots)
    return Step(
        "生成、收回评分表",
        ran and now.ballots >= low and not unscored and not now.out,
        f"{out}计入的评分表{now.ballots}份（一般{low}至{high}位专家），未评分平台{unscored}家",
        "运行“生成评分表”，发给专家；收回后放入“专家评分”文件夹。",
        ran=ran,
    )


def _evaluate(now: Figures) -> Step:
    graded, vetoed = now.states[Status.GRADED], now.states[Status.VETOED]
    facts = f"已评等次{graded}家，一票否决{vetoed}家"
    if now.evaluated is None:
        facts = "还没有运行“评价”"
    elif now.stale:
        facts = f"{clock(now.evaluated.time)}评价，此后材料或填写的内容有改动；{facts}"
    return Step(
        "评价",
        now.scored and now.evaluated is not None and not now.stale,
        facts,
        f"运行“评价”，结果见{now.sheets['results']}和“输出/评价结果.xlsx”。",
        ran=now.evaluated is not None,
    )


def _rule(now: Figures) -> Step:
    met = now.staff.meeting_on
    done = now.evaluated is not None and now.scored and not now.ties
    minutes = f"，{now.staff.minutes}" if now.staff.minutes else ""
    return Step(
        f"{now.meeting}审定",
        done and bool(met),
        f"并列待裁定平台{now.ties}家，{now.meeting}日期{met or '未填写'}{minutes}",
        f"在{now.sheets['results']}填写并列裁定、审定等次和审定理由，"
        f"在{now.sheets['parameters']}填写会议日期和纪要号，再运行“评价”。",
        ran=bool(met or any(not one.blank for one in now.staff.rulings)),
    )


_BEFORE = (_list, _check, _ballots, _evaluate, _rule)
