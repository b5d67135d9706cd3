"""Reading a whole case (读取评价项目): the staff's workbook, every filing, every ballot."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from xlpy.errors import CaseError
from xlpy.excel.files.cures import UNREAD, cure
from xlpy.excel.reading.book import read_book
from xlpy.excel.reading.guard import maybe_workbook
from xlpy.excel.reading.kinds.names import litter, litter_folder, said
from xlpy.excel.reading.refused import Refused
from xlpy.excel.workers.pool import Crew, read_all
from xlpy.excel.workers.worker import Failure
from xlpy.forms.ballot.read import ballot_sheets, read_ballot
from xlpy.forms.ballot.seal import Origin
from xlpy.forms.cells.identity import read_meta
from xlpy.forms.filing.plan import filing_sheets
from xlpy.forms.filing.read import read_filing
from xlpy.forms.staff.read import read_staff
from xlpy.model.ballot import Ballot
from xlpy.model.filing import Filing
from xlpy.model.finding import Finding, Place
from xlpy.model.grid import Book, Refusal
from xlpy.model.history import NOTHING, History
from xlpy.model.identity import CASE, EDITION, EDITION_DIGEST, META_SHEET, SEAL, YEAR
from xlpy.model.once import Once
from xlpy.model.staff import Staff, expert_number
from xlpy.policy.edition import Edition, Rules
from xlpy.policy.editions.folder import Source
from xlpy.policy.editions.load import rulebook_of
from xlpy.policy.findings.catalogue import catalogue, finding, refusal
from xlpy.policy.form import Forms
from xlpy.policy.forms.load import typed_sheets
from xlpy.steps.case import POLICY, SUPERSEDED, Case
from xlpy.steps.log import journal
from xlpy.steps.log.anew import asked_again
from xlpy.steps.log.announced import read_announced
from xlpy.steps.log.backup import latest
from xlpy.steps.log.history import history_of
from xlpy.steps.rules.sealed import CaseRules, Sealed, case_rules, named_rule

Progress = Callable[[str, int, int], None]
"""Called with (what is done, how many are done, how many there are)."""

SECONDS_PER_FILE = 20.0

CHANGE = "edition"
"""The command that lets a case change its edition (xlpy edition apply)."""
VERIFIES = "verify"
"""The command that looks only: its lines are by whatever rule the workbook is sealed with."""
_YEAR = re.compile("2[0-9]{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Everything one case holds, read once.

    `inputs` maps the path of every file people sent (from the case folder) to its SHA-256.
    `book` is the staff's workbook as read, with the sheets a run asks again (all of them for who
    is audited). `entries` are the lines of the log before this run,
    `history` is what they tell. `policy` is the rule with its files.
    """

    edition: Edition
    forms: Forms
    rules: Rules
    staff: Staff
    filings: tuple[Filing, ...]
    ballots: tuple[Ballot, ...]
    inputs: tuple[tuple[str, str], ...]
    book: Book
    entries: tuple[Mapping[str, Any], ...] = ()
    history: History = NOTHING
    policy: CaseRules


def gather(
    case: Case,
    *,
    today: date,
    book: Book | None = None,
    rules: CaseRules | None = None,
    progress: Progress | None = None,
    meanwhile: Iterable[object] = (),
    audited: bool = False,
    crew: Crew | None = None,
) -> Gathered:
    """Return everything in the case. `today` stands in for a missing 评价日期 only.

    `book` is the staff's workbook as read; without it the closed file is read. `rules` stand in
    for those the case was sealed with, to see what would become of it. `meanwhile` is
    gone through, step by step, while others read the files. For who is `audited` a workbook
    sealed with another rule than the log's is read all the same, to tell of it. A `crew` that
    stays reads the files where one is given.

    CaseError when the staff's workbook cannot be read, or is sealed with another rule than the
    last run was made by; whatever is wrong in the files that people sent is a finding.
    """
    book = book or staff_book(case)
    entries = () if journal.problems(case) else journal.lines(case)
    if rules is None:
        sealed = sealed_in(case, book, entries)
        astray = is_astray(sealed, entries)
        if astray and not audited:
            raise CaseError(_astray(case, sealed, entries))
        rules = case_rules(case, sealed, as_built=astray)
    edition, forms = rules.edition, rules.forms
    history = history_of(entries)
    read = read_staff(book, edition=edition, forms=forms, fallback=today)
    book = book if audited else asked_again(book)
    filing_paths, filing_strays = _listing(case.filings)
    ballot_paths, ballot_strays = _listing(case.ballots)
    paths = (*filing_paths, *ballot_paths)
    origin = Origin(case=read.staff.case, secret=read.staff.secret)
    task = partial(
        _read_one,
        frozenset(ballot_paths),
        rules.source,
        history.editions,
        read.staff.year,
        read.rules.rubric,
        origin,
    )
    count = (lambda done: progress("读取", done, len(paths))) if progress else None
    catalogue()  # a forked worker finds it there
    read_each = crew.read if crew else read_all
    results = read_each(
        task,
        paths,
        seconds=SECONDS_PER_FILE,
        progress=count,
        meanwhile=meanwhile,
        taken=partial(_held_once, Once()),
    )
    received = tuple(
        _lost(path, result, case) if isinstance(result, Failure) else result
        for path, result in zip(paths, results, strict=True)
    )
    return Gathered(
        edition=edition,
        forms=forms,
        rules=read.rules,
        staff=replace(read.staff, findings=(*read.staff.findings, *filing_strays, *ballot_strays)),
        filings=tuple(got for got in received if isinstance(got, Filing)),
        ballots=tuple(_of_panel(got, read.staff) for got in received if isinstance(got, Ballot)),
        inputs=tuple(
            (case.relative(path), got.digest) for path, got in zip(paths, received, strict=True)
        ),
        book=book,
        entries=entries,
        history=history,
        policy=rules,
    )


def _held_once(once: Once, received: Filing | Ballot) -> Filing | Ballot:
    """Return what came from a worker, holding once what other files say alike."""
    return once.filing(received) if isinstance(received, Filing) else once.ballot(received)


def _of_panel(ballot: Ballot, staff: Staff) -> Ballot:
    """Return a ballot under the id its expert has in the sheet 专家: there 01 may stand as 1."""
    alike = [one.id for one in staff.experts if one.number == expert_number(ballot.expert)]
    return replace(ballot, expert=alike[0]) if len(alike) == 1 else ballot


def sealed_in(case: Case, book: Book, entries: Sequence[Mapping[str, Any]]) -> Sealed:
    """Return the edition the staff's workbook names; CaseError when it lost its hidden sheet.

    A workbook of before 1.3 that only ever stood open has no digest: the log's is meant then.
    """
    meta = read_meta(book)
    there = all(meta.get(one) for one in (EDITION, CASE, SEAL))
    if not (there and _YEAR.fullmatch(meta.get(YEAR, ""))):
        raise CaseError(
            f"{case.workbook.name} 的标识（隐藏工作表 {META_SHEET}）缺失或被改动，"
            f"不知道是哪个项目、哪个年度；请从“{latest(case)}”取回后再试。"
        )
    last = logged_rule(entries)
    logged = last.digest if last.id == meta[EDITION] else ""
    digest = meta.get(EDITION_DIGEST, "")
    return Sealed(meta[EDITION], digest or logged, logged=bool(logged and not digest))


def year_of(case: Case) -> int | None:
    """Return the year a case is about (评价年度), None where its workbook does not say."""
    book = read_book(case.workbook, wanted=(META_SHEET,))
    year = read_meta(book).get(YEAR, "") if isinstance(book, Book) else ""
    return int(year) if _YEAR.fullmatch(year) else None


def logged_rule(entries: Sequence[Mapping[str, Any]]) -> Sealed:
    """Return the edition the last run was made by, as the log says; without id where it does not.

    Lines of before 1.3 say no digest.
    """
    last = (ruled(entries) or [{"edition": "", "edition_digest": ""}])[-1]
    return Sealed(last["edition"], last["edition_digest"])


def ruled(entries: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the lines that say by which rule something was done; verifying is by any."""
    return [one for one in entries if "edition_digest" in one and one["command"] != VERIFIES]


def is_astray(sealed: Sealed, entries: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a workbook is sealed with another rule than the last run was made by.

    It is of before the rule was changed, and would bring the old rule back; or the log is.
    """
    logged = logged_rule(entries)
    return bool(logged.id) and (sealed.id, sealed.digest) != (logged.id, logged.digest)


def _astray(case: Case, sealed: Sealed, entries: Sequence[Mapping[str, Any]]) -> str:
    """Return what is told of such a workbook, with the way out."""
    _, unfinished = read_announced(case)
    if unfinished.outputs:
        return "上次改用政策版本没有写完（如断电、死机），请先运行一次 xlpy check，再做这一步。"
    logged = logged_rule(entries)
    kept = [
        path
        for one in ruled(entries)
        if one["edition_digest"] == logged.digest and one["command"] != CHANGE  # as it was before
        for path, digest in one.get("kept", {}).items()
        if path.endswith(".xlsm") and _is_there(case.folder / path, digest)
    ]
    copy = f"（如“{kept[-1]}”）" if kept else "（另存的一份）"
    return (
        f"{case.workbook.name} 封存的政策版本是{named_rule(sealed)}，而运行记录最近一次依据的是"
        f"{named_rule(logged)}：多半是换回了改用以前的工作簿，或“输出”文件夹是改用以前的。"
        f"请取回改用以后的工作簿{copy}或“输出”；只有这一份的，请把“{POLICY}”文件夹复制到项目以外，"
        "用它运行 xlpy edition apply 并写明理由，把这份工作簿改成要用的版本，复制的一份用完删去。"
    )


def _is_there(path: Path, digest: str) -> bool:
    return path.is_file() and journal.digest(path.read_bytes()) == digest


def staff_book(case: Case) -> Book:
    """Return the staff's workbook as read; CaseError when it cannot be."""
    book = read_book(case.workbook, notes=True, needed=_needed())
    if isinstance(book, Refusal):
        if book.kind in (Refused.UNREADABLE, Refused.TOO_LONG):  # it may well be whole
            raise CaseError(f"无法打开“{case.workbook.name}”：{_why_closed(case.workbook)}。")
        raise CaseError(
            f"{case.workbook.name} 读不了（{refusal(book)[0]}），请从“{latest(case)}”取回后再试。"
        )
    return book


def _why_closed(path: Path) -> str:
    """Return why the system does not let us read a file, and what to do."""
    try:
        path.open("rb").close()
    except OSError as problem:
        return cure(problem, UNREAD)
    return "刚才正被占用，请再试一次"


def _needed() -> tuple[str, ...]:
    """Return the sheets of the workbook that hold what staff typed, and which case it is."""
    return (*typed_sheets(), META_SHEET)


def _listing(folder: Path) -> tuple[tuple[Path, ...], tuple[Finding, ...]]:
    """Return the files of `folder` to be read, and findings for what else lies there."""
    paths: list[Path] = []
    strays: list[Finding] = []
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir(follow_symlinks=False):
            if entry.name != SUPERSEDED:
                strays.append(_folder(entry.name))
        elif (kind := litter(entry.name)) is not None:
            strays.append(_left_behind(entry.name, kind))
        else:
            paths.append(Path(entry.path))
    return tuple(paths), tuple(strays)


def _folder(name: str) -> Finding:
    """Return what is told of a folder: nobody's work, or files that nobody has read."""
    kind = litter_folder(name)
    return (
        finding("F102", Place(name), name=said(name)) if kind is None else _left_behind(name, kind)
    )


def _left_behind(name: str, kind: Refused) -> Finding:
    """Return what is told of something a system or a program left behind (系统遗留的文件)."""
    if kind is Refused.LOCK:
        return finding("F108", Place(name))
    found, needed, mend = refusal(Refusal(file=name, digest="", kind=kind))
    return finding("F109", Place(name), found=found, needed=needed, mend=mend)


def _read_one(
    ballots: frozenset[Path],
    source: Source,
    former: frozenset[str],
    year: int,
    rubric: tuple[Decimal, ...],
    origin: Origin,
    path: Path,
) -> Filing | Ballot:
    """Read one file in a worker process."""
    edition, forms = rulebook_of(source)
    if path in ballots:
        book = read_book(
            path, wanted=(forms.ballot.sheet, META_SHEET), known=ballot_sheets(forms.ballot)
        )
        if isinstance(book, Refusal):
            return Ballot(
                file=book.file, digest=book.digest, counted=False, findings=(_refused(book),)
            )
        return read_ballot(book, edition=edition, forms=forms, rubric=rubric, origin=origin)
    book = read_book(
        path, wanted=(*forms.filing.sheets, META_SHEET), known=filing_sheets(forms.filing)
    )
    if isinstance(book, Refusal):
        return Filing(
            file=book.file,
            digest=book.digest,
            readable=False,
            stray=not maybe_workbook(book.file, book.kind),
            findings=(_refused(book),),
        )
    read = read_filing(book, edition=edition, forms=forms, year=year, former=former)
    return read.filing


def _refused(book: Refusal) -> Finding:
    found, needed, mend = refusal(book)
    return finding(
        "F101", Place(book.file), digest=book.digest, found=found, needed=needed, mend=mend
    )


def _lost(path: Path, failure: Failure, case: Case) -> Filing | Ballot:
    """Return what stands for a file whose worker was stuck or died."""
    place = Place(path.name)
    if failure.kind == "stuck":
        problem = finding("F103", place, seconds=int(SECONDS_PER_FILE))
    elif failure.kind == "memory":
        problem = _refused(Refusal(file=path.name, digest="", kind=Refused.MEMORY))
    else:
        problem = finding("F104", place)
    if path.parent == case.ballots:
        return Ballot(file=path.name, digest="", counted=False, findings=(problem,))
    stray = not maybe_workbook(path.name, failure.kind)
    return Filing(file=path.name, digest="", readable=False, stray=stray, findings=(problem,))
