"""`xlpy report` (会议材料): what the meeting looks at, beside the result, never instead of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from xlpy.analysis.inquiry import Inquiry
from xlpy.errors import CaseError
from xlpy.excel.files.names import safe_stem
from xlpy.excel.writing.write import document_bytes
from xlpy.judge.order import changed_since
from xlpy.model.decision import Evaluation
from xlpy.model.history import NOTICE
from xlpy.report.letters.briefing import briefing_letter
from xlpy.report.letters.minutes import minutes_letter
from xlpy.report.letters.names import BRIEFING, MINUTES, ONE_PAGE, named_for
from xlpy.report.letters.one_page import one_page
from xlpy.report.papers.analysis import analysis_document
from xlpy.report.register.row import several
from xlpy.steps.audit.files import written as as_written
from xlpy.steps.case import BY_HAND, TABLES, Case, open_case
from xlpy.steps.evaluate import Run, decide
from xlpy.steps.filed.letters import named_letters
from xlpy.steps.gather import Gathered, Progress, gather
from xlpy.steps.log import journal
from xlpy.steps.log.anew import begun_anew, make_output
from xlpy.steps.log.history import MEETING, MEETING_BY_HAND
from xlpy.steps.meeting.asked import inquiry
from xlpy.steps.meeting.before import last_year
from xlpy.steps.meeting.private import private_of
from xlpy.steps.meeting.tables import csv_files
from xlpy.steps.meeting.waiting import confirm_statistics, waits
from xlpy.steps.record import begun, changes_since
from xlpy.steps.rules.sealed import keep
from xlpy.steps.workbook import CLOSED, Workbook

ANALYSIS = "会商分析.xlsx"

_STALE = "最近一次评价之后有改动，本材料按现在的材料重新评价得出，请先评价，再重新生成会议材料。"
_NEVER = "本项目还没有评价过，本材料按现在的材料得出，请先评价，再重新生成会议材料。"
_SINCE_NOTICE = (
    "公示名单（第{}版）导出以后，{}的等次或奖补金额有变动：应重新导出公示名单并公示，期满后再拨付。"
)
_NAMED = 5
_KEPT = "原来的会议材料被手工改过（或不在运行记录中），已另存为“{}”。"
_NO_TABLES = (
    "以前的数据表（会议材料/数据）已不是现在的结果，已移除；需要的，请加 --csv 再生成一次。"
)
_NOT_ALL = "有{}家平台不是每位专家都评了分或回避，其得分以后可能改变。"


def report(
    folder: Path,
    *,
    today: date,
    last: Path | None = None,
    tables: bool = False,
    progress: Progress | None = None,
    workbook: Workbook = CLOSED,
) -> Run:
    """Write 会议材料 and its line of the log; neither the result nor the workbook changes.

    `last` is last year's case where it is not the remembered one; with `tables` those for analysts
    are written too (数据). Raises FileBusyError, and
    CaseError while a listed expert's ballot is out: no score is shown before its panel is complete.
    """
    case = open_case(folder, workbook.file)
    confirm_statistics()
    make_output(case, lambda: workbook.shown(workbook.read(case)))
    with case.locked():
        mended = journal.confirm(case)
        gathered = gather(case, today=today, book=workbook.read(case), progress=progress)
        keep(case, gathered.policy)
        mended += gathered.policy.notes
        mended += begun_anew(case, gathered.entries, lambda: workbook.shown(gathered.book))
        evaluation = decide(gathered, today=today)
        if told := waits(gathered, evaluation):
            raise CaseError(told)
        before = last_year(case, gathered, last, today=today, progress=progress)
        cautions = tuple(_cautions(gathered, evaluation))
        asked = inquiry(gathered, evaluation, before)
        outputs = {
            case.meeting / ANALYSIS: _analysis(asked, cautions),
            **_letters(case, gathered, evaluation, cautions),
        }
        if tables:
            files = csv_files(case, gathered, evaluation, progress)
            outputs |= {case.meeting / TABLES / name: content for name, content in files.items()}
        copies = _by_hand(case, gathered, outputs)
        outputs |= copies
        run = begun("report", case, gathered, evaluation, workbook, today=today.isoformat())
        stale = _stale(case, gathered, outputs)
        done = run.write(outputs, leaving=stale)
    notes = (
        *mended,
        *([before.note] if before.note else []),
        *cautions,
        *(_KEPT.format(case.relative(path)) for path in copies),
        *([_NO_TABLES] if any(path.parent.name == TABLES for path in stale) else []),
        *_stuck(case, done.stuck),
    )
    written = tuple(path for path in _told(case, outputs) if path.name != BY_HAND)
    return Run(evaluation=evaluation, written=written, notes=notes)


def _analysis(asked: Inquiry, cautions: Sequence[str]) -> bytes:
    """Return 会商分析.xlsx."""
    from xlpy.analysis.meeting import boards

    caution = "".join(cautions)
    return document_bytes(
        analysis_document(boards(asked), asked.evaluation, asked.edition, caution)
    )


def _letters(
    case: Case, gathered: Gathered, evaluation: Evaluation, cautions: Sequence[str]
) -> dict[Path, bytes]:
    """Return the report to the meeting, the draft of its minutes, and a page a platform."""
    edition, forms, staff = gathered.edition, gathered.forms, gathered.staff
    private = private_of(gathered, evaluation)
    evaluation = replace(
        evaluation,
        causes=tuple(map(private.struck, evaluation.causes)),
        warnings=(*evaluation.warnings, *cautions),
    )
    briefing = briefing_letter(evaluation=evaluation, edition=edition, forms=forms, staff=staff)
    minutes = minutes_letter(evaluation=evaluation, edition=edition, forms=forms, staff=staff)
    one_each = partial(one_page, evaluation=evaluation, edition=edition, forms=forms)
    pages = (
        (safe_stem(*named_for(one.name, one.code)), one_each(one)) for one in evaluation.decisions
    )
    return {
        **named_letters(case.meeting, [(BRIEFING, briefing), (MINUTES, minutes)]),
        **named_letters(case.meeting / ONE_PAGE, pages),
    }


def _told(case: Case, outputs: Mapping[Path, bytes]) -> tuple[Path, ...]:
    """Return what was written as it is told: of a folder of many files the folder."""
    return tuple(
        dict.fromkeys(path if path.parent == case.meeting else path.parent for path in outputs)
    )


def _cautions(gathered: Gathered, evaluation: Evaluation) -> Iterator[str]:
    """Yield what a reader has to know of what he reads."""
    if journal.last(gathered.entries, "evaluate") is None:
        yield _NEVER
    elif changes_since(gathered, evaluation):
        yield _STALE
    notice = gathered.history.last_paper(NOTICE)
    if notice and (changed := changed_since(notice, evaluation.decisions)):
        yield _SINCE_NOTICE.format(notice.version, several(changed, _NAMED, "家"))
    panel = len(evaluation.experts)
    part = sum(
        len(one.score.totals) + len(one.score.recused) < panel
        for one in evaluation.decisions
        if one.rank
    )
    if part:
        yield _NOT_ALL.format(part)


def _by_hand(case: Case, gathered: Gathered, outputs: Mapping[Path, bytes]) -> dict[Path, bytes]:
    """Return copies of what somebody changed since it was written: the draft minutes above all.

    Of what lies there unknown to the log too, where this report writes something else.
    """
    stamp = journal.stamp().time[:19].replace(":", "").replace("T", "-")
    known = {name: d for name, d in as_written(gathered.entries).items() if _is_replaced(name)}
    copies: dict[Path, bytes] = {}
    for path in dict.fromkeys((*map(case.folder.joinpath, known), *outputs)):
        if not path.is_file() or (content := path.read_bytes()) == outputs.get(path):
            continue
        if journal.digest(content) != known.get(case.relative(path)):
            copies[case.meeting / BY_HAND / f"{path.stem}-{stamp}{path.suffix}"] = content
    return copies


def _stale(case: Case, gathered: Gathered, outputs: Mapping[Path, bytes]) -> dict[Path, str]:
    """Return what the report before wrote and this one does not, by its digest now.

    Of what somebody changed meanwhile there is a copy.
    """
    names = filter(_is_replaced, as_written(gathered.entries))
    left = [path for path in map(case.folder.joinpath, names) if path not in outputs]
    return {path: journal.digest(path.read_bytes()) for path in left if path.is_file()}


def _is_replaced(name: str) -> bool:
    return name.startswith(MEETING) and not name.startswith(MEETING_BY_HAND)


def _stuck(case: Case, paths: Sequence[Path]) -> Iterator[str]:
    for path in paths:
        yield f"“{case.relative(path)}”已不再适用，但正被打开，没能删除：请关闭后自行删除。"
