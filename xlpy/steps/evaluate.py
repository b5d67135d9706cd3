"""`xlpy evaluate` (评价): read everything, judge, write the result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from xlpy import __version__
from xlpy.excel.atomic import write_files
from xlpy.excel.write import document_bytes
from xlpy.judge.evaluate import evaluate as judge
from xlpy.model.decision import Evaluation
from xlpy.model.sheet import Document
from xlpy.report.result import result_document
from xlpy.steps import journal
from xlpy.steps.case import open_case
from xlpy.steps.gather import Gathered, Progress, gather
from xlpy.steps.workbook import CLOSED, Workbook

_LIBRARIES = ("python-calamine", "XlsxWriter", "openpyxl", "python-stdnum", "cn2an")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run came to: the evaluation, the files written, and notes for the operator."""

    evaluation: Evaluation
    written: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def evaluate(
    folder: Path,
    *,
    today: date,
    as_of: date | None = None,
    progress: Progress | None = None,
    workbook: Workbook = CLOSED,
) -> Run:
    """Evaluate the case in `folder` and write 评价结果.xlsx, evaluate.xlsm and the log.

    `as_of` overrides the cell 评价日期 for this run. Raises CaseError and FileBusyError.
    """
    case = open_case(folder)
    with case.locked():
        journal.confirm(case)
        gathered = gather(case, today=today, book=workbook.read(case), progress=progress)
        evaluation = decide(gathered, today=today, as_of=as_of)
        outputs = {case.result: document_bytes(result_of(gathered, evaluation))}
        write_files(outputs)
        notes = workbook.fill(case, gathered, evaluation, last_run=f"评价（{evaluation.as_of}）")
        journal.record(
            case,
            "evaluate",
            gathered,
            as_of=evaluation.as_of.isoformat(),
            outputs=outputs,
            summary=summary(evaluation),
        )
    return Run(evaluation=evaluation, written=tuple(outputs), notes=notes)


def decide(gathered: Gathered, *, today: date, as_of: date | None = None) -> Evaluation:
    """Return the evaluation of what was gathered, on the given or the typed evaluation date."""
    return judge(
        edition=gathered.edition,
        forms=gathered.forms,
        rules=gathered.rules,
        year=gathered.staff.year,
        as_of=as_of or gathered.staff.as_of or today,
        filings=gathered.filings,
        ballots=gathered.ballots,
        staff=gathered.staff,
    )


def result_of(gathered: Gathered, evaluation: Evaluation) -> Document:
    """Return the result workbook as a document."""
    return result_document(
        evaluation=evaluation,
        edition=gathered.edition,
        forms=gathered.forms,
        ballots=gathered.ballots,
        inputs=(*gathered.inputs, ("evaluate.xlsm（经办人填写的内容）", gathered.staff.digest)),
        versions=versions(),
    )


def versions() -> dict[str, str]:
    """Return the versions the bytes of the outputs depend on."""
    return {"xlpy": __version__, **{name: version(name) for name in _LIBRARIES}}


def summary(evaluation: Evaluation) -> dict[str, object]:
    """Return what the log keeps of an evaluation."""
    return {
        "base": evaluation.base,
        "quota": evaluation.quota,
        "total_subsidy": str(evaluation.total_subsidy),
        "decisions": [
            [d.code, d.name, d.status.value, str(d.score.value), d.final, str(d.subsidy)]
            for d in evaluation.decisions
        ],
        "open_findings": sum(
            f.blocks and f.id not in evaluation.accepted for f in evaluation.findings
        ),
    }
