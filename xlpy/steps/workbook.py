"""The staff's workbook (工作簿), closed or open in a live program: read it, fill it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from xlpy.errors import CaseError, FileBusyError, TooLargeError
from xlpy.excel.files.atomic import write_files
from xlpy.excel.files.names import safe_stem
from xlpy.excel.workers.beside import beside
from xlpy.model.decision import Evaluation
from xlpy.model.grid import Book
from xlpy.model.history import History
from xlpy.steps.case import WORKBOOK, Case
from xlpy.steps.evidence import read_evidence
from xlpy.steps.gather import Gathered, staff_book
from xlpy.steps.interpreter import mended, told
from xlpy.steps.mishap import open_now

if TYPE_CHECKING:
    from xlpy.model.filing import Filing
    from xlpy.model.sheets.sheet import Document
    from xlpy.policy.form import Forms
    from xlpy.report.register.row import RegisterRow

# What only writing needs is imported when it comes to that: see `evaluate`.

_MANY = 3_000  # platforms: a second process would copy much of what is known of them
_NAMED = 8  # things not known, named one by one
_ELSEWHERE = "本次结果已写入“输出”文件夹。"


class Workbook(Protocol):
    """Where the staff's workbook is (工作簿所在): what the steps need of it, and no more."""

    @property
    def file(self) -> str:
        """Return its file name."""

    def read(self, case: Case) -> Book:
        """Return its sheets; CaseError when that cannot be."""

    def shown(self, book: Book) -> Book:
        """Return the sheets `read` returned with all that the program fills, as displayed."""

    def fill(
        self, case: Case, gathered: Gathered, evaluation: Evaluation, *, history: History
    ) -> tuple[str, ...]:
        """Bring its program cells up to date, staff cells as they are; return notes.

        `history` is what the log tells, this run included.
        """

    def copy(self, case: Case, gathered: Gathered, evaluation: Evaluation) -> bytes:
        """Return a workbook file that holds every staff cell as it was read."""


@dataclass(frozen=True, slots=True)
class ClosedWorkbook:
    """The closed file evaluate.xlsm (未打开的工作簿), rebuilt as a whole."""

    @property
    def file(self) -> str:
        """Return the name it has in every case folder."""
        return WORKBOOK

    def read(self, case: Case) -> Book:
        """Return the sheets of the file."""
        return staff_book(case)

    def shown(self, book: Book) -> Book:
        """Return the same: a file is read as a whole."""
        return book

    def fill(
        self, case: Case, gathered: Gathered, evaluation: Evaluation, *, history: History
    ) -> tuple[str, ...]:
        """Rebuild the file; return notes."""
        conf = _conf(gathered)
        content = partial(_content, case, gathered, evaluation, history, conf)
        return _rebuild(case, gathered, conf, content)

    def copy(self, case: Case, gathered: Gathered, evaluation: Evaluation) -> bytes:
        """Return the file itself."""
        return case.workbook.read_bytes()


CLOSED = ClosedWorkbook()


def begun(
    workbook: Workbook, case: Case, gathered: Gathered, evaluation: Evaluation, *, history: History
) -> Callable[[], tuple[str, ...]]:
    """Begin to fill `workbook` (开始更新工作簿); what comes back ends it and returns notes.

    A closed file is made ready beside whatever is done until then, and changes only at the end;
    of a large case it is made then, too: time is spent to spare memory.
    """
    if workbook is not CLOSED:
        return partial(workbook.fill, case, gathered, evaluation, history=history)
    conf = _conf(gathered)
    content = partial(_content, case, gathered, evaluation, history, conf)
    later = len(evaluation.decisions) > _MANY or _why_not(case, gathered)
    begun = content if later else beside(content)
    return partial(_rebuild, case, gathered, conf, begun)


def _conf(gathered: Gathered) -> Mapping[str, str]:
    """Return the rows of xlwings.conf that a rebuilt workbook has otherwise than staff have."""
    return mended(gathered.staff.typed.get("conf", ()))


def _content(
    case: Case,
    gathered: Gathered,
    evaluation: Evaluation,
    history: History,
    conf: Mapping[str, str],
) -> bytes:
    from xlpy.excel.writing.write import document_bytes

    return document_bytes(workbook_of(case, gathered, evaluation, history, conf=conf))


def _rebuild(
    case: Case, gathered: Gathered, conf: Mapping[str, str], rebuilt: Callable[[], bytes]
) -> tuple[str, ...]:
    """Rebuild evaluate.xlsm; return notes for the operator.

    `conf` are the rows of xlwings.conf that change by it. The workbook is left alone, with a
    note saying why, while it is open elsewhere, when it holds anything we do not know, or when
    it was saved since we read it.
    """
    reason = _why_not(case, gathered)
    if reason:
        return (f"没有更新 {case.workbook.name}：{reason}{_ELSEWHERE}",)
    try:
        content = rebuilt()
    except (CaseError, TooLargeError) as problem:  # something in it finds no place
        return (f"没有更新 {case.workbook.name}：{problem}{_ELSEWHERE}",)
    old = case.workbook.read_bytes()
    if hashlib.sha256(old).hexdigest() != gathered.book.digest:
        return (f"没有更新 {case.workbook.name}：它刚刚被保存过，请再运行一次。{_ELSEWHERE}",)
    if content == old:
        return ()
    try:
        write_files({case.workbook: content}, folders=False)
    except FileBusyError as problem:
        return (f"没有更新 {case.workbook.name}：{problem}{_ELSEWHERE}",)
    return told(conf)


def workbook_of(
    case: Case,
    gathered: Gathered,
    evaluation: Evaluation | None,
    history: History,
    *,
    rows_stay: bool = False,
    drawn: int | None = None,
    conf: Mapping[str, str] | None = None,
) -> Document:
    """Return the staff's workbook as a document; `rows_stay` and `drawn` for one that is open.

    `conf` replaces rows of xlwings.conf.
    """
    from xlpy.report.workbook.document import workbook_document
    from xlpy.report.workbook.findings import paths_of

    return workbook_document(
        edition=gathered.edition,
        forms=gathered.forms,
        rules=gathered.rules,
        staff=gathered.staff,
        evaluation=evaluation,
        ballots=evaluation.marked(gathered.ballots) if evaluation else gathered.ballots,
        history=history,
        case_name=case.folder.name,
        rows_stay=rows_stay,
        paths=paths_of(gathered.inputs),
        drawn=drawn,
        conf=conf,
        register=register_of(case, gathered, evaluation, history),
    )


def register_of(
    case: Case, gathered: Gathered, evaluation: Evaluation | None, history: History
) -> tuple[RegisterRow, ...]:
    """Return the register (收件登记) as the log tells it."""
    from xlpy.report.register.rows import register_rows

    return tuple(
        register_rows(
            forms=gathered.forms,
            staff=gathered.staff,
            evaluation=evaluation,
            filings=gathered.filings,
            ballots=gathered.ballots,
            history=history,
            evidence=read_evidence(case),
            feedback=_feedback(gathered, history),
        )
    )


def copy_name(forms: Forms, filing: Filing) -> str:
    """Return the name of a feedback copy (校验反馈), without its ending."""
    form = forms.filing
    name = filing.text(form.field("name").label) or Path(filing.file).stem
    code = filing.text(form.field("code").label)
    return safe_stem(name, code[-4:] or "无代码")


def _feedback(gathered: Gathered, history: History) -> dict[str, str]:
    """Return the feedback copy of each filing, where the last check wrote one."""
    names = {filing.file: copy_name(gathered.forms, filing) for filing in gathered.filings}
    there = {Path(one).stem: one for one in history.feedback}
    return {file: there[name] for file, name in names.items() if name in there}


def _why_not(case: Case, gathered: Gathered) -> str:
    if told := open_now(case.workbook, "再运行一次"):
        return f"它{told}"
    if unknown := gathered.staff.unknown:
        where = "、".join(unknown[:_NAMED]) + (f"等{len(unknown)}处" * (len(unknown) > _NAMED))
        return (
            f"其中有程序不认识的内容或缺少工作表（{where}），为免丢失，请移走或恢复后再运行一次。"
        )
    return ""
