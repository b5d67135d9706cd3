"""The buttons of the workbook and the add-in (按钮): what `RunPython` calls, one function each.

The functions find the workbook they were called from, run the same step as the command line,
and fill the open sheets. Nothing here raises: a person gets one sentence, in a cell and a box.
Every click starts a Python, so each function imports its own step and no other.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from xlpy.excel.live.book import ADDIN, LiveBook, Patch, caller
from xlpy.model.history import FINANCE, NOTICE
from xlpy.model.sheets.sheet import Span
from xlpy.policy.editions.load import DEFAULT
from xlpy.steps.case import outside
from xlpy.steps.live.workbook import LiveWorkbook, folder_of
from xlpy.steps.mishap import sentence
from xlpy.steps.rules.sealed import rules_of
from xlpy.visible import visible

if TYPE_CHECKING:
    from xlpy.steps.ballots import Issued
    from xlpy.steps.evaluate import Run
    from xlpy.steps.verify import Verification

_NOWHERE = (
    "找不到要处理的工作簿：请先打开它；它在“受保护的视图”中的，请先点“启用编辑”。然后再点一次按钮。"
)
_SAVE = "请保存本工作簿：已写出的表依据的是其中现在的内容。"
_LINES = 40  # in a message box: more would not fit on a screen
_MESSAGE = 2  # the zero-based row of 操作台 that tells the last run

Done = TypeVar("Done")


def check() -> Run | None:
    """校验: all findings into the sheets, a feedback copy for every platform with some."""
    return _on_case("校验", _check)


def ballots() -> Issued | None:
    """生成评分表: one workbook for every expert of the sheet 专家."""
    return _on_case("生成评分表", _ballots)


def evaluate() -> Run | None:
    """评价: judge, fill the sheets, write 评价结果.xlsx."""
    return _on_case("评价", _evaluate)


def notice() -> Run | None:
    """公示: the public list, or why not."""
    return _on_case("公示", partial(_export, paper=NOTICE))


def finance() -> Run | None:
    """资金: the subsidy sheet, or why not."""
    return _on_case("资金", partial(_export, paper=FINANCE))


def export() -> Run | None:
    """导出, the button of version 1.0: whichever paper is due, or why not."""
    return _on_case("导出", partial(_export, paper=""))


def report() -> Run | None:
    """会议材料: what the meeting looks at; no decision and no filed paper changes."""
    return _on_case("会议材料", _report)


def verify() -> Verification | None:
    """核验: whether log, inputs and outputs are as they were, and agree with today's judging."""
    return _on_case("核验", _verify)


def check_form() -> int | None:
    """校验本表: mark the wrong cells of the active workbook, whichever form it is."""
    return _told("校验本表", _check_form)


def new_case() -> Path | None:
    """新建评价: a case folder beside the active workbook, for the year before this one.

    Where that workbook lies in a case, beside the case: never one case inside another.
    """
    return _told("新建评价", _new_case)


def _check(live: LiveBook, folder: Path) -> Run:
    from xlpy.steps.check import check as step

    done = step(folder, today=_today(), workbook=LiveWorkbook(live))
    _tell(live, done.notes)
    return done


def _ballots(live: LiveBook, folder: Path) -> Issued:
    from xlpy.steps.ballots import ballots as step

    made = step(folder, experts=None, today=_today(), workbook=LiveWorkbook(live))
    said = f"已生成{len(made.written)}份评分表，共{made.platforms}家平台"
    _tell(live, (f"{said}，在“输出/专家评分表”中。", *made.notes))
    return made


def _evaluate(live: LiveBook, folder: Path) -> Run:
    from xlpy.steps.evaluate import evaluate as step

    done = step(folder, today=_today(), workbook=LiveWorkbook(live))
    _tell(live, done.notes)
    return done


def _export(live: LiveBook, folder: Path, *, paper: str) -> Run:
    from xlpy.steps.export import export as step
    from xlpy.steps.log.history import PAPERS

    done = step(folder, today=_today(), paper=paper, workbook=LiveWorkbook(live))
    if done.refused:
        causes = (f"{number}. {cause}" for number, cause in enumerate(done.refused, 1))
        head = f"暂不能导出{PAPERS[done.paper]}，请先处理以下事项："
        _tell(live, (head, *causes, *done.notes))
    else:
        _tell(live, (*(f"已写出：{path}" for path in done.written), *done.notes, _SAVE))
    return done


def _report(live: LiveBook, folder: Path) -> Run:
    from xlpy.steps.meeting.report import report as step

    done = step(folder, today=_today(), workbook=LiveWorkbook(live))
    _tell(live, (*(f"已写出：{path}" for path in done.written), *done.notes))
    return done


def _verify(live: LiveBook, folder: Path) -> Verification:
    from xlpy.steps.verify import verify as step

    seen = step(folder, today=_today(), workbook=LiveWorkbook(live))
    problems = (f"{number}. {problem}" for number, problem in enumerate(seen.problems, 1))
    _tell(live, (seen.summary, *problems, *(f"说明：{note}" for note in seen.notes)))
    return seen


def _check_form(live: LiveBook) -> int:
    from xlpy.steps.live.form_check import check_form as step

    found = step(live, today=_today())
    _tell(live, found.lines)
    return found.marked


def _new_case(live: LiveBook) -> Path:
    from xlpy.steps.new import new as step
    from xlpy.steps.rules.shelf import chosen

    year = _today().year - 1
    beside = outside(folder_of(live, meant="要建立评价项目的文件夹"))
    choice = chosen("", _today(), beside)
    made = step(beside / f"{year}年度", year=year, as_of=_today(), edition=choice.source)
    head = f"已建立评价项目：{made.folder}。请打开其中的 {made.workbook.name}。"
    _tell(live, (head, *choice.notes))
    return made.folder


def _on_case(what: str, step: Callable[[LiveBook, Path], Done]) -> Done | None:
    return _told(what, lambda live: step(live, folder_of(live)))


def _told(what: str, step: Callable[[LiveBook], Done]) -> Done | None:
    """Run a step; whatever goes wrong is told in one sentence."""
    live = _workbook()
    try:
        return step(live)
    except Exception as problem:
        _complain(live, f"{what}没有完成：{sentence(problem)}")
        return None
    finally:
        with suppress(Exception):
            live.release()


def _workbook() -> LiveBook:
    """Return the workbook that is meant: the add-in's ribbon means the active one.

    Without one there is no cell and no box to say anything in; what a program writes to its
    error stream, xlwings shows.
    """
    try:
        live = caller()
    except Exception as problem:
        # An OSError is Excel's window that does not answer: no file is meant.
        more = "" if isinstance(problem, OSError) else f"如果仍然这样：{visible(sentence(problem))}"
        raise _shown(f"{_NOWHERE}{more}") from None
    try:
        return live.active if live.name.lower().endswith(ADDIN) else live
    except Exception:
        raise _shown(_NOWHERE) from None


def _shown(text: str) -> SystemExit:
    """Return the end of this Python with a text for xlwings to show.

    On Windows it reads the error stream in the ANSI code page (本机代码页), whatever Python was
    told to write (PYTHONUTF8, PYTHONIOENCODING).
    """
    if sys.platform == "win32" and isinstance(sys.stderr, TextIOWrapper):
        with suppress(LookupError, OSError, ValueError):
            sys.stderr.reconfigure(encoding="mbcs", errors="replace")
    return SystemExit(text)


def _complain(live: LiveBook, problem: str) -> None:
    text = visible(problem)
    desk = rules_of(DEFAULT).forms.staff.desk  # named so under every edition
    message = Patch(
        sheet=desk,
        top=_MESSAGE,
        left=0,
        rows=((text,),),
        text=(Span(_MESSAGE, 0, _MESSAGE, 0),),
    )
    with suppress(Exception):  # a protected or a lost sheet: the box says it all the same
        if live.has(desk):
            live.write((message,))
    with suppress(Exception):
        live.alert(text, failed=True)


def _tell(live: LiveBook, lines: tuple[str, ...]) -> None:
    if lines:
        more = (f"……还有{len(lines) - _LINES}条。",) if len(lines) > _LINES else ()
        with suppress(Exception):  # macOS waits a minute for an answer, then calls it a failure
            live.alert("\n".join((*map(visible, lines[:_LINES]), *more)))


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the operator's own calendar day is meant
