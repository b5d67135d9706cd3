"""The sheet 操作台: where the year's work stands, what comes next, what blocks the export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from xlpy.model.ballot import Ballot
from xlpy.model.decision import Evaluation, Status
from xlpy.model.finding import Finding, Severity
from xlpy.model.history import History
from xlpy.model.look import colours
from xlpy.model.number import plain
from xlpy.model.sheets.sheet import Button, Condition, Line, Merge, Page, Sheet, Span
from xlpy.model.sheets.titled import Banner, titled
from xlpy.model.staff import Staff
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms, StaffForm
from xlpy.report.papers.pages import fitting
from xlpy.report.register.row import EXPERT, PLATFORM, RegisterRow, several
from xlpy.report.register.rows import missing
from xlpy.report.year.runs import run_words
from xlpy.report.year.step import NAMED, Step
from xlpy.report.year.steps import steps_of
from xlpy.visible import visible

DESK_COLUMNS = 5
BUTTON_ROWS = range(3, 6)
"""Zero-based rows left free for the buttons."""
_BUTTON_WIDTH, _BUTTON_HEIGHT, _BUTTON_GAP = 92, 64, 8  # pixels
_BUTTON_TOP = 12
_NEXT_BUTTON = _BUTTON_WIDTH + _BUTTON_GAP
_BUTTON_CORNERS = (
    (1, 0),
    (3, 0),
    (3, _NEXT_BUTTON),
    (3, 2 * _NEXT_BUTTON),
    (4, 0),
    (4, _NEXT_BUTTON),
    (4, 2 * _NEXT_BUTTON),
)
"""Column and pixels from its edge. No button crosses an edge: it would stretch with the column."""

_WIDTHS = (6.0, 24.0, 12.0, 42.0, 54.0)
_LABEL = 2  # columns under the name of a figure
DONE, NEXT, BEGUN, LATER = "已完成", "待办理", "办理中", "未开始"
_LOOKS = {DONE: "ok", NEXT: "warning", BEGUN: "hint"}
_CAUSES, _WARNINGS = "不能导出的原因", "提醒"
_LISTED = 40
"""Rows kept for causes and warnings: an open workbook is filled where its merged cells lie."""


def desk_sheet(
    edition: Edition,
    forms: Forms,
    staff: Staff,
    evaluation: Evaluation | None,
    findings: Sequence[Finding],
    ballots: Sequence[Ballot],
    *,
    history: History,
    register: Sequence[RegisterRow],
    case_name: str,
) -> Sheet:
    """Return the sheet 操作台."""
    steps = steps_of(
        edition, forms, staff, evaluation, findings, ballots, history=history, register=register
    )
    lines = [
        Banner((forms.staff.title,), "title", 36),
        Banner((_which(edition, staff, case_name),), "subtitle", 22),
        Banner((f"上次运行：{_last_run(forms.staff, history)}",), "subtitle", 22),
        *(Banner((None,), "plain", 26) for _ in BUTTON_ROWS),
        Banner((_next(steps, evaluation),), "hint", 40),
        *_step_lines(steps),
        *_count_lines(edition, evaluation, findings, register),
    ]
    listed = [
        *_listed(_CAUSES, evaluation.causes if evaluation else ()),
        *_listed(_WARNINGS, evaluation.warnings if evaluation else ()),
    ]
    by_state = _colours(len(lines), max(len(listed), _LISTED))
    lines += listed + [Banner((None,), "plain", 32)] * (_LISTED - len(listed))
    sheet = Sheet(
        name=forms.staff.desk,
        lines=tuple(lines),
        widths=_WIDTHS,
        merges=tuple(_figure_merges(lines)),
        conditions=by_state,
        buttons=_buttons(forms),
        page=Page(landscape=True, fit_height=1),
        gridlines=False,
        tab_colour=colours.TAB_DESK,
    )
    return titled(sheet)


def _buttons(forms: Forms) -> tuple[Button, ...]:
    """Put the buttons in a row, in the order of the year's work."""
    return tuple(
        Button(
            row=BUTTON_ROWS.start,
            column=column,
            left=left,
            top=_BUTTON_TOP,
            width=_BUTTON_WIDTH,
            height=_BUTTON_HEIGHT,
            caption=button.caption,
            macro=button.macro,
        )
        for button, (column, left) in zip(forms.staff.buttons, _BUTTON_CORNERS, strict=True)
    )


def _which(edition: Edition, staff: Staff, case_name: str) -> str:
    words = (case_name, f"评价年度：{staff.year}年", f"依据：《{edition.title}》")
    return "　".join(word for word in words if word)


def _last_run(form: StaffForm, history: History) -> str:
    run = history.last_run()
    return run_words(form, run) if run else "还没有运行"


def _next(steps: Sequence[Step], evaluation: Evaluation | None) -> str:
    at = _waiting(steps)
    if at is None:
        return "各步均已完成，请将评价项目文件夹归档。"
    waiting = steps[at]
    if evaluation is None:
        return f"下一步：{waiting.title}。填写后点“校验”；用命令行的，先保存并关闭本工作簿。"
    return f"下一步：{waiting.title}。{waiting.how}"


def _waiting(steps: Sequence[Step]) -> int | None:
    """Return the first step that is still to be done here."""
    return next((at for at, one in enumerate(steps) if not (one.done or one.settled)), None)


def _state(step: Step, *, is_next: bool) -> str:
    """Return the state of a step; what was begun is never 未开始."""
    if step.done:
        return DONE
    return step.settled or (NEXT if is_next else BEGUN if step.ran else LATER)


def _step_lines(steps: Sequence[Step]) -> list[Line]:
    waiting = _waiting(steps)
    head = Line(("步骤", "事项", "状态", "目前情况", "怎样办理"), "head.program", 24)
    lines = [Line(()), head]
    for number, step in enumerate(steps):
        state = _state(step, is_next=number == waiting)
        values = (number + 1, step.title, state, step.facts, step.how)
        styles = ("program.center", "program", "program.center", "program", "program")
        lines.append(Line(values, styles, fitting(values, _WIDTHS, least=50, around=8)))
    return lines


def _count_lines(
    edition: Edition,
    evaluation: Evaluation | None,
    findings: Sequence[Finding],
    register: Sequence[RegisterRow],
) -> list[Line]:
    """Return the figures of the year, a line for each kind."""
    weights = Counter(one.severity for one in findings)
    late, out = missing(register, PLATFORM), missing(register, EXPERT)
    facts = [
        ("还没交材料的平台", several(late, NAMED, "家") or "无"),
        ("还没交评分表的专家", several(out, NAMED, "人") or "无"),
    ]
    facts += [("校验问题", _counted((severity, weights[severity], "项") for severity in Severity))]
    facts += _outcome(edition, evaluation)
    rest = (None,) * (DESK_COLUMNS - _LABEL - 1)
    styles = ("program",) * DESK_COLUMNS
    wide = sum(_WIDTHS[_LABEL:])
    lines = [
        Line(
            (label, *[None] * (_LABEL - 1), text, *rest),
            styles,
            fitting((text,), (wide,), least=28),
        )
        for label, text in facts
    ]
    return [Line(()), Banner(("数字",), "head.program", 24), *lines]


def _outcome(edition: Edition, evaluation: Evaluation | None) -> list[tuple[str, str]]:
    """Return the figures of the evaluation; before it the same rows, blank."""
    shared = f"{edition.quota_grades}名额"
    names = ("参评平台（比例的基数）", shared, "评价等次", "其他平台", "奖补资金合计")
    if evaluation is None:
        return [(name, "评价之后显示") for name in names]
    states = Counter(d.status for d in evaluation.decisions)
    finals = Counter(d.final for d in evaluation.decisions)
    others = [status for status in Status if status is not Status.GRADED]
    if "absent" not in edition.attendance:
        others.remove(Status.ABSENT)
    figures = (
        f"{evaluation.base}家",
        f"{evaluation.quota}家",
        _counted((one.printed, finals[one.name], "家") for one in edition.grades),
        _counted((edition.called(status), states[status], "家") for status in others),
        f"{plain(evaluation.total_subsidy)}万元",
    )
    return list(zip(names, figures, strict=True))


def _counted(counts: Iterable[tuple[str, int, str]]) -> str:
    return "　　".join(f"{name} {count}{unit}" for name, count, unit in counts)


def _listed(title: str, sentences: Sequence[str]) -> list[Line]:
    if not sentences:
        return []
    texts = (
        "",
        f"{title}（{len(sentences)}条）",
        *(visible(f"{number}. {text}") for number, text in enumerate(sentences, 1)),
    )
    return [Banner((text or None,), "plain", 32) for text in texts]


def _colours(top: int, count: int) -> tuple[Condition, ...]:
    """Return the colours of states and lists: by what a cell says, so that they follow it."""
    state = Span(0, 2, top, 2)
    listed = Span(top, 0, top + count, DESK_COLUMNS - 1)
    row, above = f"$A{top + 1}", f"$A${top + 1}:$A{top + 1}"
    heads = {title: f'LEFT({row},{len(title)})="{title}"' for title in (_CAUSES, _WARNINGS)}
    warned = f'ISNUMBER(MATCH("{_WARNINGS}（*",{above},0))'
    return (
        *(Condition(span=state, formula=f'=$C1="{word}"', style=s) for word, s in _LOOKS.items()),
        Condition(span=listed, formula=f"=OR({','.join(heads.values())})", style="head.program"),
        Condition(span=listed, formula=f'=AND({row}<>"",{warned})', style="warning"),
        Condition(span=listed, formula=f'={row}<>""', style="error"),
    )


def _figure_merges(lines: Iterable[Line]) -> Iterator[Merge]:
    """Yield the merges of the figures: the name in two columns, the text in the rest."""
    for row, line in enumerate(lines):
        if len(line.values) > 1 and line.values[1] is None:
            yield Span(row, 0, row, _LABEL - 1), line.styles[0]
            yield Span(row, _LABEL, row, DESK_COLUMNS - 1), line.styles[_LABEL]
