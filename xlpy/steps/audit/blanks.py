"""The blank forms in the case folder (空白表): as the program wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from xlpy import __version__
from xlpy.excel.files.cures import UNREAD
from xlpy.excel.files.cures import cure as reason
from xlpy.excel.reading.contents import same_content
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.ballot.document import ballot_document
from xlpy.model.staff import NO_OFFICE
from xlpy.policy.parameters.rules import parameter_values
from xlpy.steps.audit.files import written
from xlpy.steps.audit.told import Told, note
from xlpy.steps.blank import blank_bytes
from xlpy.steps.case import WORKBOOK, Case
from xlpy.steps.gather import Gathered
from xlpy.steps.log import journal

_FILING = "自己改的请另存为别的文件名；这份移走或删除后运行一次 xlpy check，即重新写出。"
_BALLOT = "自己改的请另存为别的文件名，并把这份移走：发给专家的评分表由“生成评分表”写出，不用它。"


def blank_problems(case: Case, gathered: Gathered) -> Iterator[Told]:
    """Yield what is wrong with the blank 平台申报表 and 专家评分表, as far as anybody knows them.

    A form that the log knows is held with the other outputs; one that is not there is none that
    could be sent out.
    """
    filing, ballot = (
        case.folder / form.file for form in (gathered.forms.filing, gathered.forms.ballot)
    )
    if case.relative(filing) not in written(gathered.entries):
        yield from _held(gathered, filing, gathered.staff.blank, _filings(gathered), _FILING)
    yield from _held(gathered, ballot, gathered.staff.blank_ballot, _ballots(gathered), _BALLOT)


def _held(
    gathered: Gathered, path: Path, digest: str, made: Iterator[bytes], cure: str
) -> Iterator[Told]:
    """Hold a form against those the program makes; the digest in evaluate.xlsm clears none.

    It lies in a file anybody may write, so it only tells of a form of another version.
    """
    try:
        there = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as problem:
        why = reason(problem, UNREAD)
        yield Told(f"空白的“{path.name}”读不了，没有核对：{why}。")
        return
    if any(same_content(there, one) for one in made):
        return
    kept = journal.digest(there) == digest
    of_before = any(one["version"] != __version__ for one in gathered.entries[:1])
    if digest and not kept:
        yield Told(f"空白的“{path.name}”与新建项目时写出的不同，被改动过。{cure}")
    elif kept and not of_before:
        yield Told(
            f"空白的“{path.name}”与程序写出的不同，只与 {WORKBOOK} 里记下的指纹相同：二者都被"
            f"改动过，或者新建以后换过程序、改过分值。{cure}"
        )
    elif kept:
        yield note(
            f"空白的“{path.name}”由 {gathered.entries[0]['version']} 版写出，与本版写出的不同，"
            f"与 {WORKBOOK} 里记下的指纹相同；内容没有核对。"
        )
    else:
        yield note(
            f"空白的“{path.name}”不是本版程序写出的样子：是较早版本写出的，或者被改过；"
            f"项目里没有留下它的指纹，不能核对。{cure}"
        )


def _filings(gathered: Gathered) -> Iterator[bytes]:
    """Yield the blank forms that may lie there: without an office and with today's."""
    for office in (NO_OFFICE, gathered.staff.office):
        yield blank_bytes(gathered.edition, gathered.forms, gathered.staff.year, office)


def _ballots(gathered: Gathered) -> Iterator[bytes]:
    """Yield the blank ballots that may lie there: of the default rubric, today's and the log's."""
    default, _ = parameter_values(gathered.edition, {})
    rubrics: dict[tuple[Decimal, ...], None] = {default.rubric: None, gathered.rules.rubric: None}
    for chosen in (one["parameters"] for one in gathered.entries):
        rubrics[parameter_values(gathered.edition, chosen)[0].rubric] = None
    for rubric in rubrics:
        document = ballot_document(
            edition=gathered.edition,
            forms=gathered.forms,
            rubric=rubric,
            year=gathered.staff.year,
        )
        yield document_bytes(document)
