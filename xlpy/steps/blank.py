"""The blank form in the case (空白申报表): renewed while nobody touched it, else left alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xlpy import __version__
from xlpy.excel.files.cures import UNREAD, cure
from xlpy.excel.reading.contents import same_content
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.cells.identity import read_meta
from xlpy.forms.filing.document import filing_document
from xlpy.model.identity import PROGRAM
from xlpy.model.staff import NO_OFFICE, Office
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms
from xlpy.steps.case import Case
from xlpy.steps.gather import Gathered
from xlpy.steps.log import journal


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """What becomes of the blank form (空白申报表): what is to be written, and what is told then.

    `renewed` is False where it stands already and only the log has to learn of it.
    """

    outputs: Mapping[Path, bytes] = field(default_factory=dict)
    renewed: bool = False
    notes: tuple[str, ...] = ()


def blank_bytes(edition: Edition, forms: Forms, year: int, office: Office) -> bytes:
    """Return the blank form of a year as a file, with the office that takes it."""
    return document_bytes(filing_document(edition=edition, forms=forms, year=year, office=office))


def renew(case: Case, gathered: Gathered) -> Blank:
    """Return how to bring the blank form to what 参数 says, where it is missing or ours.

    One that somebody changed, or that cannot be read, stays as it is, with a note.
    """
    path = case.folder / gathered.forms.filing.file
    name, fresh = case.relative(path), _made(gathered, gathered.staff.office)
    try:
        there = path.read_bytes() if path.exists() else None
        if there is not None and same_content(there, fresh):
            number = journal.writer(gathered.entries, name)
            logged = number is not None and gathered.entries[number]["outputs"][name]
            return Blank(outputs={} if logged == journal.digest(there) else {path: there})
        if there is not None and not _is_ours(there, name, gathered):
            return Blank(notes=_left_alone(name, gathered))
    except OSError as problem:
        return Blank(notes=(not_renewed(path, f"{cure(problem, UNREAD)}。"),))
    return Blank(outputs={path: fresh}, renewed=True, notes=(_told(name, gathered),))


def _told(name: str, gathered: Gathered) -> str:
    """Say why the form is written anew: by 参数, or only because another version made the case."""
    if read_meta(gathered.book).get(PROGRAM) == __version__:
        return f"空白的“{name}”已按「参数」重新写出，发给平台的请用新的。"
    return (
        f"空白的“{name}”已由 {__version__} 版按「参数」重新写出，还没有发给平台的请用新的；"
        "「参数」没有改过的，以前发出的仍然有效，照常接收。"
    )


def not_renewed(path: Path, why: object) -> str:
    """Return the note on a blank form that could not be written; `why` is a sentence."""
    return f"空白的“{path.name}”没有更新：{why}请处理后再运行一次校验。"


def _made(gathered: Gathered, office: Office) -> bytes:
    return blank_bytes(gathered.edition, gathered.forms, gathered.staff.year, office)


def _is_ours(there: bytes, name: str, gathered: Gathered) -> bool:
    """Tell whether the program wrote these bytes: by the log, by `new`, or by making them."""
    digest = journal.digest(there)
    known = {one["outputs"][name] for one in gathered.entries if name in one["outputs"]}
    if digest in known | {gathered.staff.blank}:
        return True
    return same_content(
        there, _made(gathered, NO_OFFICE)
    )  # of a case whose workbook does not say it


def _left_alone(name: str, gathered: Gathered) -> tuple[str, ...]:
    """Say that the form was changed; nothing where 参数 has nothing to put on it."""
    if gathered.staff.office == NO_OFFICE:
        return ()
    return (
        f"空白的“{name}”被改过，或不是本版程序写出的，没有按「参数」更新；"
        "要换成新的，请把它移走或删除，再运行一次校验，自己改的请另存为别的文件名。",
    )
