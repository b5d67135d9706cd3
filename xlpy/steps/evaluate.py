"""`xlpy evaluate` (评价): read everything, judge, write the result."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy import __version__
from xlpy.model.decision import Evaluation
from xlpy.model.finding import Severity
from xlpy.steps.case import WORKBOOK, open_case
from xlpy.steps.gather import Gathered, Progress, gather
from xlpy.steps.log import journal
from xlpy.steps.log.anew import begun_anew, make_output
from xlpy.steps.log.history import PAPERS
from xlpy.steps.record import begun
from xlpy.steps.rules.sealed import keep
from xlpy.steps.workbook import CLOSED, Workbook
from xlpy.steps.workbook import begun as filling

if TYPE_CHECKING:
    from xlpy.model.history import Paper
    from xlpy.model.sheets.sheet import Document

# Imported while others read the files: that is half of the start of a short run.
_LATER = (
    *("xlpy.judge.evaluate", "xlsxwriter.workbook", "xlpy.excel.writing.write"),
    *("xlpy.report.papers.result", "xlpy.report.workbook.document"),
)
_ONLY_LOOKED = "只是按另一个评价日期试看，没有写出任何文件，也没有记入运行记录。"
_LIBRARIES = ("python-calamine", "XlsxWriter", "openpyxl", "python-stdnum", "cn2an")
_INSTALLED = ".dist-info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run came to: the evaluation, the files written, and notes for the operator.

    `paper` is the one an export was about, `code` the 核验码 it prints.
    """

    evaluation: Evaluation
    written: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    paper: str = ""
    code: str = ""


def evaluate(
    folder: Path,
    *,
    today: date,
    as_of: date | None = None,
    progress: Progress | None = None,
    workbook: Workbook = CLOSED,
) -> Run:
    """Evaluate the case in `folder` and write 评价结果.xlsx, evaluate.xlsm and the log.

    With `as_of` it only looks at another day than the cell 评价日期, and writes nothing. Raises
    CaseError and FileBusyError.
    """
    case = open_case(folder, workbook.file)
    if as_of is not None:
        gathered = gather(case, today=today, book=workbook.read(case), progress=progress)
        return Run(evaluation=decide(gathered, today=today, as_of=as_of), notes=(_ONLY_LOOKED,))
    make_output(case, lambda: workbook.shown(workbook.read(case)))
    with case.locked():
        mended = journal.confirm(case)
        gathered = gather(
            case, today=today, book=workbook.read(case), progress=progress, meanwhile=_prepared()
        )
        keep(case, gathered.policy)
        mended += gathered.policy.notes
        mended += begun_anew(case, gathered.entries, lambda: workbook.shown(gathered.book))
        evaluation = decide(gathered, today=today)
        run = begun("evaluate", case, gathered, evaluation, workbook, today=today.isoformat())
        filled = filling(workbook, case, gathered, evaluation, history=run.history)
        outputs = {case.result: result_bytes(gathered, evaluation)}
        run.write(outputs)
        notes = (*mended, *filled(), *_outdated(gathered, evaluation))
    return Run(evaluation=evaluation, written=tuple(outputs), notes=notes)


def _outdated(gathered: Gathered, evaluation: Evaluation) -> Iterator[str]:
    """Yield the papers whose newest version shows anything else than would be filed now (9.5)."""
    for kind, name in PAPERS.items():
        paper = gathered.history.last_paper(kind)
        if paper is None:
            continue
        from xlpy.judge.order import changed_since

        words = f"“{name}”第{paper.version}版"
        if paper.content and not agrees(paper, gathered, evaluation):
            yield (
                f"提醒：已导出的{words}与现在的材料和工作簿不同（如等次、账号、收款单位、日期），"
                "请核对后重新导出。"
            )
        elif not paper.content and changed_since(paper, evaluation.decisions):
            yield f"提醒：已导出的{words}是按较早的评价导出的，结果已不同，请重新导出。"


def _prepared() -> Iterator[object]:
    """Yield what judging and writing need, one by one."""
    for name in _LATER:
        yield import_module(name)
    yield versions()


def decide(gathered: Gathered, *, today: date, as_of: date | None = None) -> Evaluation:
    """Return the evaluation of what was gathered, on the given or the typed evaluation date."""
    from xlpy.judge.evaluate import evaluate as judge

    return judge(
        edition=gathered.edition,
        forms=gathered.forms,
        rules=gathered.rules,
        year=gathered.staff.year,
        as_of=as_of or gathered.staff.as_of or today,
        filings=gathered.filings,
        ballots=gathered.ballots,
        staff=gathered.staff,
        history=gathered.history,
        today=today,
    )


def agrees(paper: Paper, gathered: Gathered, evaluation: Evaluation) -> bool:
    """Tell whether a filed version still shows what would be filed now."""
    return as_filed(paper, gathered, evaluation) is not None


def as_filed(paper: Paper, gathered: Gathered, evaluation: Evaluation) -> Evaluation | None:
    """Return the evaluation that a filed version still shows, None where it shows another.

    One made before its notice had run out says so, with the reason; when it has, that stays true:
    then it is the evaluation of the day it was made on.
    """
    from xlpy.steps.filed.papers import content_now

    if paper.content == content_now(paper.kind, gathered, evaluation):
        return evaluation
    then = decide(gathered, today=paper.made_on, as_of=evaluation.as_of)
    return then if paper.content == content_now(paper.kind, gathered, then) else None


def reminders(evaluation: Evaluation) -> Iterator[str]:
    """Yield the warnings about the staff's own workbook (提醒): theirs to heed."""
    for one in evaluation.findings:
        if one.severity is Severity.WARNING and one.place.file == WORKBOOK:
            yield f"提醒：{one.sentence}"


def result_bytes(gathered: Gathered, evaluation: Evaluation) -> bytes:
    """Return the result workbook as a file."""
    from xlpy.excel.writing.write import document_bytes

    return document_bytes(result_of(gathered, evaluation))


def result_of(gathered: Gathered, evaluation: Evaluation) -> Document:
    """Return the result workbook as a document."""
    from xlpy.report.papers.result import result_document

    return result_document(
        evaluation=evaluation,
        edition=gathered.edition,
        forms=gathered.forms,
        ballots=evaluation.marked(gathered.ballots),
        inputs=(*gathered.inputs, ("evaluate.xlsm（经办人填写的内容）", gathered.staff.digest)),
        versions=versions(),
    )


@cache
def versions() -> Mapping[str, str]:
    """Return the versions the bytes of the outputs depend on."""
    found = _installed()
    missing = [name for name in _LIBRARIES if _folded(name) not in found]
    if missing:
        from importlib.metadata import version

        found |= {_folded(name): version(name) for name in missing}
    return {"xlpy": __version__, **{name: found[_folded(name)] for name in _LIBRARIES}}


def _installed() -> dict[str, str]:
    """Return the versions of what is installed by folded name, as their folders are called.

    `importlib.metadata` reads them as mail, and takes as long to be imported as two forms to be
    read: it is asked for what has no such folder.
    """
    found: dict[str, str] = {}
    for place in sys.path:
        with suppress(OSError):
            for name in os.listdir(place or os.curdir):
                if name.endswith(_INSTALLED):
                    library, _, version = name.removesuffix(_INSTALLED).partition("-")
                    found.setdefault(_folded(library), version)
    return found


def _folded(library: str) -> str:
    return library.lower().replace("-", "_").replace(".", "_")
