"""`xlpy check` (校验): all findings at once, and a feedback copy for every platform with some."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from xlpy.errors import FileBusyError, TooLargeError
from xlpy.excel.reading.book import read_book
from xlpy.excel.workers.pool import read_all
from xlpy.excel.workers.worker import Failure
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.filing.feedback import feedback_document
from xlpy.forms.filing.read import read_filing
from xlpy.model.decision import Evaluation
from xlpy.model.filing import Filing
from xlpy.model.finding import Finding
from xlpy.model.grid import Refusal
from xlpy.model.staff import Office
from xlpy.policy.editions.folder import Source
from xlpy.policy.editions.load import rulebook_of
from xlpy.policy.findings.catalogue import catalogue
from xlpy.report.register.document import register_document
from xlpy.steps.blank import not_renewed, renew
from xlpy.steps.case import Case, open_case
from xlpy.steps.evaluate import Run, decide
from xlpy.steps.gather import SECONDS_PER_FILE, Gathered, Progress, gather
from xlpy.steps.log import journal
from xlpy.steps.log.anew import begun_anew, make_output
from xlpy.steps.record import Record, begun
from xlpy.steps.rules.sealed import keep
from xlpy.steps.workbook import CLOSED, Workbook, copy_name, register_of

_UNMADE = (
    "“{}”的校验反馈没有生成（太大，或读取超时），请按「校验问题」中的各条告知平台，"
    "请其删去多余的行后重新报送。"
)


def check(
    folder: Path,
    *,
    today: date,
    progress: Progress | None = None,
    workbook: Workbook = CLOSED,
) -> Run:
    """Check everything in the case and write 校验反馈, evaluate.xlsm and the log.

    The blank form is renewed when 参数 says something else and nobody touched it.

    Raises CaseError and FileBusyError.
    """
    case = open_case(folder, workbook.file)
    make_output(case, lambda: workbook.shown(workbook.read(case)))
    with case.locked():
        mended = journal.confirm(case)
        gathered = gather(case, today=today, book=workbook.read(case), progress=progress)
        keep(case, gathered.policy)
        mended += gathered.policy.notes
        mended += begun_anew(case, gathered.entries, lambda: workbook.shown(gathered.book))
        evaluation = decide(gathered, today=today)
        outputs, unmade = _feedback(case, gathered, _for_platforms(evaluation), progress)
        run = begun("check", case, gathered, evaluation, workbook, today=today.isoformat())
        blank = renew(case, gathered)
        register, left = _register(run, outputs)
        done = run.write(
            outputs,
            perhaps={**blank.outputs, **register},
            leaving=_stale(case, gathered, outputs),
        )
        notes = (
            *mended,
            *unmade,
            *left,
            *_still_there(case, done.stuck),
            *(() if blank.outputs.keys() & done.failed.keys() else blank.notes),
            *_not_written(case, done.failed),
            *workbook.fill(case, gathered, evaluation, history=done.run.history),
        )
    quiet = () if blank.renewed else blank.outputs
    written = (*outputs, *(path for path in done.perhaps if path not in quiet))
    return Run(evaluation=evaluation, written=written, notes=notes)


def _register(
    run: Record, outputs: Mapping[Path, bytes]
) -> tuple[dict[Path, bytes], tuple[str, ...]]:
    """Return 收件登记.xlsx as the log tells it after this run; a note where it cannot be made."""
    case, gathered = run.case, run.gathered
    told = run.with_more(outputs={case.relative(path): "" for path in outputs})
    rows = register_of(case, gathered, run.evaluation, told.history)
    document = register_document(
        edition=gathered.edition,
        forms=gathered.forms,
        staff=gathered.staff,
        rows=rows,
        history=told.history,
    )
    try:
        return {case.register: document_bytes(document)}, ()
    except TooLargeError as problem:
        return {}, (f"没有更新 {case.register.name}：{problem}",)


def _not_written(case: Case, failed: Mapping[Path, FileBusyError]) -> Iterator[str]:
    """Yield a note on each output that this run can do without."""
    for path, problem in failed.items():
        if path == case.register:
            yield f"没有更新 {path.name}：{problem}"
        else:
            yield not_renewed(path, problem)


def _for_platforms(evaluation: Evaluation) -> tuple[Finding, ...]:
    """Return what a platform is to mend: nothing accepted, nothing that is the bureau's own."""
    return tuple(
        one
        for one in evaluation.findings
        if one.id not in evaluation.accepted and catalogue()[one.code].concerns == "sender"
    )


def _feedback(
    case: Case,
    gathered: Gathered,
    findings: Sequence[Finding],
    progress: Progress | None,
) -> tuple[dict[Path, bytes], tuple[str, ...]]:
    """Return the feedback copies by path, for the readable filings that have findings.

    And notes on those that could not be made: nobody is to think that nothing was wrong.
    """
    by_file = _by_filing(gathered.filings, findings)
    wanted = [f for f in gathered.filings if f.readable and f.file in by_file]
    staff = gathered.staff
    task = partial(_feedback_bytes, by_file, gathered.policy.source, staff.year, staff.office)
    count = (lambda done: progress("反馈", done, len(wanted))) if progress else None
    results = read_all(
        task,
        tuple(case.filings / filing.file for filing in wanted),
        seconds=SECONDS_PER_FILE,
        progress=count,
    )
    copies: dict[Path, bytes] = {}
    unmade = []
    for filing, content in zip(wanted, results, strict=True):
        if isinstance(content, bytes):
            copies[_free(case.feedback, copy_name(gathered.forms, filing), copies)] = content
        else:
            unmade.append(_UNMADE.format(filing.file))
    return copies, tuple(unmade)


def _by_filing(filings: Sequence[Filing], findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """Return the findings of each filing by its file.

    A ballot or the staff's workbook may go by the same file name: what stands there is not for
    the platform.
    """
    sent = {(filing.file, filing.digest) for filing in filings}
    by_file: dict[str, list[Finding]] = {}
    for one in findings:
        if (one.place.file, one.digest) in sent:
            by_file.setdefault(one.place.file, []).append(one)
    return by_file


def _feedback_bytes(
    by_file: dict[str, list[Finding]], source: Source, year: int, office: Office, path: Path
) -> bytes | Failure:
    """Make one feedback copy in a worker process."""
    edition, forms = rulebook_of(source)
    book = read_book(path, wanted=forms.filing.sheets)
    if isinstance(book, Refusal):
        return Failure(kind="failed")
    read = read_filing(book, edition=edition, forms=forms, year=year, content=True)
    assert read.content is not None
    return document_bytes(
        feedback_document(
            edition=edition,
            forms=forms,
            year=year,
            content=read.content,
            findings=by_file[path.name],
            office=office,
        )
    )


def _free(folder: Path, name: str, taken: dict[Path, bytes]) -> Path:
    """Return a path for `name` not used in this run, numbered when it must be."""
    path = folder / f"{name}.xlsx"
    number = 2
    while path in taken:
        path = folder / f"{name}-{number}.xlsx"
        number += 1
    return path


def _still_there(case: Case, stuck: Sequence[Path]) -> Iterator[str]:
    """Yield a note on each feedback copy that no longer applies and could not be removed."""
    for path in stuck:  # open in Excel
        where = case.relative(path)
        yield f"“{where}”已不再适用，但正被打开，没能删除：请关闭后自行删除。"


def _stale(case: Case, gathered: Gathered, outputs: dict[Path, bytes]) -> dict[Path, str]:
    """Return our own feedback copies of the last check that no longer apply, by their digest."""
    before = journal.last(gathered.entries, "check") or {"outputs": {}}
    wrote = {case.folder / name: digest for name, digest in before["outputs"].items()}
    return {
        path: digest
        for path, digest in wrote.items()
        if path not in outputs and path.parent == case.feedback and path.is_file()
    }
