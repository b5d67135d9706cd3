"""The sheet 操作台: where the year's work stands, what comes next, what blocks the export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from xlpy.model.ballot import Ballot
from xlpy.model.decision import Evaluation, Status
from xlpy.model.finding import Finding, Severity
from xlpy.model.number import plain
from xlpy.model.sheet import Line, Page, Sheet, Span, Value
from xlpy.model.staff import Staff
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms
from xlpy.report.workbook_steps import Step, steps_of

DESK_COLUMNS = 5
BUTTON_ROWS = range(3, 6)
"""Zero-based rows left free for the buttons."""

_WIDTHS = (6.0, 26.0, 12.0, 46.0, 46.0)
DONE, NEXT, LATER = "已完成", "待办理", "未开始"
_LOOKS = {DONE: "ok", NEXT: "warning", LATER: "program.center"}


def desk_sheet(
    edition: Edition,
    forms: Forms,
    staff: Staff,
    evaluation: Evaluation | None,
    findings: Sequence[Finding],
    ballots: Sequence[Ballot],
    *,
    last_run: str,
    case_name: str,
) -> Sheet:
    """Return the sheet 操作台."""
    steps = steps_of(edition, forms, staff, evaluation, findings, ballots)
    lines = [
        _wide(forms.staff.title, "title", 36),
        _wide(_which(edition, staff, case_name), "subtitle", 22),
        _wide(f"上次运行：{last_run or '还没有运行'}", "subtitle", 22),
        *(_wide(None, "plain", 26) for _ in BUTTON_ROWS),
        _wide(_next(steps, evaluation), "hint", 40),
        *_step_lines(steps),
        *_count_lines(edition, evaluation, findings),
        *_listed("不能导出的原因", evaluation.causes if evaluation else (), "error"),
        *_listed("提醒", evaluation.warnings if evaluation else (), "warning"),
    ]
    return Sheet(
        name=forms.staff.desk,
        lines=tuple(lines),
        widths=_WIDTHS,
        merges=_merges(lines),
        page=Page(landscape=True, fit_height=1),
        gridlines=False,
        tab_colour="#1F4E79",
    )


def _which(edition: Edition, staff: Staff, case_name: str) -> str:
    words = (case_name, f"评价年度：{staff.year}年", f"依据：《{edition.title}》")
    return "　".join(word for word in words if word)


def _next(steps: Sequence[Step], evaluation: Evaluation | None) -> str:
    waiting = next((step for step in steps if not step.done), None)
    if waiting is None:
        return "各步均已完成，可以导出。"
    if evaluation is None:
        return f"下一步：{waiting.title}。填写后保存并关闭本工作簿，再运行“校验”。"
    return f"下一步：{waiting.title}。{waiting.how}"


def _step_lines(steps: Sequence[Step]) -> list[Line]:
    waiting = next((number for number, step in enumerate(steps) if not step.done), len(steps))
    head = Line(("步骤", "事项", "状态", "目前情况", "怎样办理"), "head.program", 24)
    lines = [Line(()), head]
    for number, step in enumerate(steps):
        state = DONE if step.done else NEXT if number == waiting else LATER
        values = (number + 1, step.title, state, step.facts, step.how)
        styles = ("program.center", "program", _LOOKS[state], "program", "program")
        lines.append(Line(values, styles, 50))
    return lines


def _count_lines(
    edition: Edition, evaluation: Evaluation | None, findings: Sequence[Finding]
) -> list[Line]:
    """Return the figures of the year, two on a line."""
    weights = Counter(one.severity for one in findings)
    facts: list[tuple[str, Value]] = [
        (f"校验问题：{severity}", weights[severity]) for severity in Severity
    ]
    if evaluation:
        facts += _outcome(edition, evaluation)
    if len(facts) % 2:
        facts.append(("", None))
    lines = [Line(()), Line(("数字", *[None] * (DESK_COLUMNS - 1)), "head.program", 24)]
    for left, right in zip(facts[::2], facts[1::2], strict=True):
        values = (None, left[0], left[1], right[0], right[1])
        styles = ("program", "program", "program.center", "program", "program.center")
        lines.append(Line(values, styles))
    return lines


def _outcome(edition: Edition, evaluation: Evaluation) -> list[tuple[str, Value]]:
    states = Counter(d.status for d in evaluation.decisions)
    finals = Counter(d.final for d in evaluation.decisions)
    shared = "、".join(grade.name for grade in edition.grades if grade.in_quota)
    facts: list[tuple[str, Value]] = [
        ("参评平台（比例的基数）", evaluation.base),
        (f"{shared}级名额", evaluation.quota),
    ]
    facts += [(f"评价等次：{grade.name}级", finals[grade.name]) for grade in edition.grades]
    facts += [(status.label, states[status]) for status in Status if status is not Status.GRADED]
    return [*facts, ("奖补资金合计（万元）", plain(evaluation.total_subsidy))]


def _listed(title: str, sentences: Sequence[str], look: str) -> list[Line]:
    if not sentences:
        return []
    lines = [Line(()), _wide(f"{title}（{len(sentences)}条）", "head.program", 24)]
    return lines + [_wide(f"{n}. {text}", look, 32) for n, text in enumerate(sentences, 1)]


def _wide(value: Value, style: str, height: float) -> Line:
    return Line((value, *[None] * (DESK_COLUMNS - 1)), style, height)


def _merges(lines: Sequence[Line]) -> tuple[tuple[Span, str], ...]:
    """Merge every line that holds one text over the whole width."""
    return tuple(
        (Span(row, 0, row, DESK_COLUMNS - 1), line.styles)
        for row, line in enumerate(lines)
        if isinstance(line.styles, str) and line.values and line.values[1] is None
    )
