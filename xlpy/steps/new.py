"""`xlpy new` (新建评价项目): the folder, the staff's workbook, the blank forms."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import sys
import tempfile
import uuid
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from xlpy.errors import CaseError, FileBusyError
from xlpy.excel.files.atomic import write_files
from xlpy.excel.files.cures import cure
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.ballot.document import ballot_document
from xlpy.model.staff import LastCase, Staff
from xlpy.policy.editions.folder import Source
from xlpy.policy.editions.load import rulebook_of
from xlpy.policy.parameters.rules import parameter_values
from xlpy.report.next_year import LastYear, taken
from xlpy.report.register.rows import register_rows
from xlpy.report.workbook.document import staff_skeleton, workbook_document
from xlpy.steps.blank import blank_bytes
from xlpy.steps.case import Case, open_case
from xlpy.steps.evaluate import decide
from xlpy.steps.gather import Gathered, Progress, gather
from xlpy.steps.interpreter import interpreter
from xlpy.steps.log.journal import digest
from xlpy.steps.mishap import open_now
from xlpy.steps.rules.sealed import policy_files
from xlpy.steps.rules.shelf import chosen, edition_around

_YEARS = range(2000, 2101)
_SECRET_BYTES = 32
_SCRATCH = re.compile(r"\.xlpy-[a-z0-9_]{8}")
_LOCK, _MADE = ".lock", "case"


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """A case made from last year's (承接上年的项目), and notes for the operator."""

    case: Case
    notes: tuple[str, ...]


def new(
    folder: Path,
    *,
    year: int,
    as_of: date,
    edition: Source | None = None,
    case_id: str = "",
    secret: str = "",
) -> Case:
    """Make the case folder of `year`; all of it or nothing.

    Without an `edition` it is the newest valid on `as_of` (`steps.rules.shelf`).

    The case's id, and the secret it seals its ballots with, are random unless given (the demo
    gives both, to be repeatable). CaseError when `folder` exists and holds anything, or the year
    cannot be meant.
    """
    _confirm_year(year)
    _confirm_free(folder)
    source = edition or chosen("", as_of, folder.parent).source
    _make(folder, _skeleton(source, year, as_of, case_id=case_id, secret=secret), source)
    return Case(folder.resolve())


def new_from(
    folder: Path,
    last: Path,
    *,
    year: int | None = None,
    as_of: date,
    edition: str = "",
    progress: Progress | None = None,
) -> Renewed:
    """Make a case folder with what the case in `last` hands on; nothing is written there.

    `year` is the one after that of `last`, unless given; `edition` an id or a folder, else the
    newest of the same city that is valid on `as_of`. Raises as `new` does; CaseError too when
    `last` is no case, its workbook is open or cannot be read, or `year` is not later.
    """
    _confirm_free(folder)
    before, gathered = _last_year(last, as_of, progress)
    wanted = _later(year, gathered.staff.year, last)
    choice = chosen(edition, as_of, folder.parent, gathered.policy.source)
    rules = rulebook_of(choice.source)
    got = taken(
        _skeleton(choice.source, wanted, as_of),
        LastYear(
            edition=gathered.edition,
            forms=gathered.forms,
            staff=gathered.staff,
            decisions=decide(gathered, today=as_of).decisions,
        ),
        edition=rules.edition,
        forms=rules.forms,
    )
    remembered = LastCase(case=gathered.staff.case, folder=_seen_from(folder, before.folder))
    _make(folder, replace(got.staff, last=remembered), choice.source)
    return Renewed(case=Case(folder.resolve()), notes=(*choice.notes, *got.notes))


def _later(year: int | None, earlier: int, last: Path) -> int:
    """Return the year of the new case; CaseError unless it is later than that of the last."""
    if year is not None and year <= earlier:
        raise CaseError(
            f"--year 写的是{year}，上年项目“{last}”评价的是{earlier}年；"
            f"请写晚于{earlier}的年度，或不写 --year（即{earlier + 1}）。"
        )
    wanted = year or earlier + 1
    _confirm_year(wanted)
    return wanted


def _last_year(last: Path, as_of: date, progress: Progress | None) -> tuple[Case, Gathered]:
    """Return last year's case and all it holds; CaseError with a way out when that cannot be."""
    try:
        case = open_case(last)
        if told := open_now(case.workbook, "再试"):
            raise CaseError(f"其中的 {case.workbook.name} {told}")
        return case, gather(case, today=as_of, progress=progress)
    except CaseError as problem:
        raise CaseError(
            f"不能承接上年项目“{last}”：{problem}不承接的，去掉 --from，写明 --year 新建。"
        ) from problem


def _seen_from(folder: Path, last: Path) -> str:
    """Return the way from a case's folder to last year's; on another drive its name alone."""
    try:
        return Path(os.path.relpath(last, folder.resolve())).as_posix()
    except ValueError:
        return last.name


def _confirm_year(year: int) -> None:
    if year not in _YEARS:
        raise CaseError(f"年度“{year}”不对，请写四位年度，如 --year 2022。")


def _confirm_free(folder: Path) -> None:
    if (around := edition_around(folder.parent)) is not None:
        raise CaseError(
            f"“{folder}”在政策版本“{around.name}”的文件夹里面；请把评价项目建在它的旁边，"
            f"如“{around.parent / folder.name}”。"
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CaseError(f"“{folder}”已经存在，请换一个文件夹名，以免覆盖已有的材料。")


def _skeleton(
    source: Source, year: int, as_of: date, *, case_id: str = "", secret: str = ""
) -> Staff:
    """Return the staff's part of a new case, with an id and a secret of its own."""
    edition, forms = rulebook_of(source)
    return staff_skeleton(
        edition=edition,
        forms=forms,
        case=case_id or uuid.uuid4().hex,
        year=year,
        as_of=as_of,
        secret=secret or secrets.token_hex(_SECRET_BYTES),
    )


def _make(folder: Path, staff: Staff, source: Source) -> None:
    """Make the folder with all that is in it, or nothing."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _clear(folder.parent)
        with (
            tempfile.TemporaryDirectory(dir=folder.parent, prefix=".xlpy-") as scratch,
            FileLock(Path(scratch) / _LOCK),
        ):
            made = Case(Path(scratch) / _MADE)
            _fill(made, staff, source, name=folder.name)
            if folder.exists():
                folder.rmdir()
            shutil.move(made.folder, folder)
    except OSError as problem:
        raise FileBusyError(f"不能建立“{folder}”：{cure(problem)}。") from problem


def _clear(folder: Path) -> None:
    """Take away what was half made here when a process died: there is a secret in it.

    Whoever is at work still holds the lock.
    """
    for scratch in folder.iterdir():
        lock = scratch / _LOCK
        if not _SCRATCH.fullmatch(scratch.name) or scratch.is_symlink() or not lock.is_file():
            continue
        with suppress(Timeout, OSError):
            with FileLock(lock, timeout=0):
                shutil.rmtree(scratch / _MADE, ignore_errors=True)
            shutil.rmtree(scratch, ignore_errors=True)


def _fill(case: Case, staff: Staff, source: Source, *, name: str) -> None:
    edition, forms = rulebook_of(source)
    rules, _ = parameter_values(edition, staff.chosen)
    rooms = (case.filings, case.ballots, case.evidence, case.policy, case.output)
    for part in rooms:
        part.mkdir(parents=True)
    filing = blank_bytes(edition, forms, staff.year, staff.office)
    ballot = document_bytes(
        ballot_document(edition=edition, forms=forms, rubric=rules.rubric, year=staff.year)
    )
    workbook = workbook_document(
        edition=edition,
        forms=forms,
        register=register_rows(forms=forms, staff=staff, evaluation=None),
        rules=rules,
        staff=replace(staff, blank=digest(filing), blank_ballot=digest(ballot)),
        evaluation=None,
        case_name=name,
        conf=interpreter(sys.platform, sys.executable),
    )
    write_files(
        {
            case.workbook: document_bytes(workbook),
            case.folder / forms.filing.file: filing,
            case.folder / forms.ballot.file: ballot,
            **policy_files(case, source),
        }
    )
