"""The steps after the judging (公示、报送资金、核验): what was filed, and if it still agrees."""

from __future__ import annotations

from xlpy.model.history import FINANCE, NOTICE, Paper
from xlpy.model.staff import Staff
from xlpy.report.register.row import clock, several
from xlpy.report.year.filed import differing
from xlpy.report.year.step import NAMED, Figures, Step

_NOT_DUE, _ELSEWHERE = "不需办理", "另行办理"
_EXPORTS = ("export", NOTICE, FINANCE)


def notice_step(now: Figures) -> Step:
    last = now.history.last_paper(NOTICE)
    changed = _changed(last, now)
    if last is None:
        facts = f"{_period(now.staff)}，{_refused(now)}不能导出的原因{now.causes}条"
    elif changed:
        facts = f"{_version(last)}之后有变：{several(changed, NAMED, '家')}；须重新公示"
    else:
        facts = f"{_version(last)}，{_period(now.staff)}"
    paid = now.history.last_paper(FINANCE) is not None
    return Step(
        "公示",
        last is not None and now.evaluation is not None and not changed,
        facts,
        f"在{now.sheets['parameters']}填写公示开始和公示截止，运行“公示”；"
        f"收到的异议记入{now.sheets['objections']}。",
        ran=last is not None or _was_tried(now, NOTICE),
        settled=_ELSEWHERE if last is None and paid else "",
    )


def finance_step(now: Figures) -> Step:
    last = now.history.last_paper(FINANCE)
    changed = _changed(last, now)
    waiting = sum(one.open for one in now.staff.objections)
    filed = now.staff.filed_on
    if last is None:
        tried = _refused(now) if now.history.last_paper(NOTICE) else ""
        facts = f"{tried}未办结的异议{waiting}件，不能导出的原因{now.causes}条"
    elif changed:
        facts = f"{_version(last)}之后有变：{several(changed, NAMED, '家')}；须重新导出"
    else:
        facts = f"{_version(last)}，{f'{filed}报送财政' if filed else '报送财政日期未填写'}"
    unpaid = last is None and now.scored and not (now.evaluation and now.evaluation.total_subsidy)
    return Step(
        "报送资金",
        last is not None and now.evaluation is not None and not changed,
        "没有需要奖补的平台" if unpaid else facts,
        f"公示期满、异议办结后运行“资金”；报出后在{now.sheets['parameters']}填写报送财政日期。",
        ran=last is not None or _was_tried(now, FINANCE),
        settled=_NOT_DUE if unpaid else "",
    )


def verify_step(now: Figures) -> Step:
    runs = [one for one in now.history.runs if one.papers or one.command == "verify"]
    run = now.history.last_run("verify")
    fresh = bool(runs) and runs[-1] is run
    return Step(
        "核验",
        fresh and run is not None and not run.refused,
        f"上次核验{clock(run.time)}{'，有不符' if run.refused else ''}" if run else "还没有核验",
        "运行“核验”，核对运行记录、材料和已导出的各版；归档以前再核验一次。",
        ran=run is not None,
    )


def _changed(paper: Paper | None, now: Figures) -> tuple[str, ...]:
    """Return what is not as in a filed version: `甲平台 B→A`."""
    return differing(paper, now.evaluation) if paper and now.evaluation else ()


def _version(paper: Paper) -> str:
    return f"第{paper.version}版（{clock(paper.time)}）"


def _period(staff: Staff) -> str:
    """Say when the public notice is (公示期), as far as it is known."""
    if not (staff.notice_from or staff.notice_to):
        return "公示日期未定"
    return f"公示{staff.notice_from or '开始日未定'}至{staff.notice_to or '截止日未定'}"


def _was_tried(now: Figures, kind: str) -> bool:
    """Tell whether a paper was refused; which one a refused `export` meant, their order says."""
    if now.history.last_run(kind) is not None:
        return True
    last = now.history.last_run(*_EXPORTS)
    due = FINANCE if now.history.last_paper(NOTICE) else NOTICE
    return last is not None and last.refused and kind == due


def _refused(now: Figures) -> str:
    last = now.history.last_run(*_EXPORTS)
    return f"上次导出被拒绝（{clock(last.time)}），" if last and last.refused else ""
