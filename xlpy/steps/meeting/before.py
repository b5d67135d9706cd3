"""Last year's case (上年项目): the one this case was made from, or the one the operator names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from xlpy.errors import CaseError, XlpyError
from xlpy.excel.reading.book import read_book
from xlpy.forms.cells.identity import read_meta
from xlpy.model.decision import Evaluation
from xlpy.model.grid import Book
from xlpy.model.identity import CASE, META_SHEET
from xlpy.steps.case import Case, open_case
from xlpy.steps.evaluate import decide
from xlpy.steps.gather import Gathered, Progress, gather
from xlpy.steps.log import journal
from xlpy.steps.mishap import sentence
from xlpy.steps.record import changes_since

_CHANGED = (
    "上年项目“{}”的材料或填写内容在其最近一次评价以后有变动，年度对比中的上年数字按现在的材料得出，"
    "可能与当年公布的不同，请核对。"
)
_NO_RUN = (
    "上年项目“{}”没有评价记录（没有评价过，或“输出”文件夹已移走），年度对比中的上年数字"
    "按现在的材料得出，请与当年公布的核对。"
)
_MOST = 200  # folders beside the case that are looked at


class LastYear(NamedTuple):
    """Last year's case as it is judged now (上年的评价); `note` says what is to be known of it."""

    case: Case | None = None
    gathered: Gathered | None = None
    evaluation: Evaluation | None = None
    note: str = ""


def last_year(
    case: Case, gathered: Gathered, named: Path | None, *, today: date, progress: Progress | None
) -> LastYear:
    """Return last year's case, judged anew from what lies there; nothing is written there.

    `named` is what the operator said, else the case remembered by `new --from`: its path counts
    only where a case with that id lies there or beside this one. Raises CaseError for a case that
    was named and cannot be read, or is this one or a later one.
    """
    if named is None:
        return _remembered(case, gathered, today, progress)
    try:
        found = _judged(open_case(named), today, progress)
    except CaseError as problem:
        raise CaseError(f"上年项目“{named}”没有读成：{problem}") from problem
    assert found.gathered is not None
    if found.gathered.staff.case == gathered.staff.case:
        raise CaseError(f"--last 写的“{named}”就是本项目，请写上年的评价项目。")
    if found.gathered.staff.year >= gathered.staff.year:
        raise CaseError(
            f"--last 写的“{named}”评价的是{found.gathered.staff.year}年，不早于本项目的"
            f"{gathered.staff.year}年，请写上年的评价项目。"
        )
    return found


def _remembered(case: Case, gathered: Gathered, today: date, progress: Progress | None) -> LastYear:
    last = gathered.staff.last
    if last is None:
        return LastYear()
    for folder in _perhaps(case, last.folder):
        if _id_of(Case(folder)) == last.case:
            try:
                return _judged(open_case(folder), today, progress)
            except XlpyError as problem:
                return LastYear(note=f"上年项目“{folder.name}”没有读成，没有作年度对比：{problem}")
    return LastYear(
        note="本项目承接的上年项目不在原处，也不在本项目旁边，没有作年度对比；"
        "请用 xlpy report --last 指明。"
    )


def _perhaps(case: Case, remembered: str) -> Iterator[Path]:
    """Yield where last year's case may lie: where it lay, then the folders beside this one.

    The path is only tried where it leads from this folder to another by plain names.
    """
    try:
        if not PurePosixPath(remembered).is_absolute() and not set(remembered) & set(":\\"):
            yield (case.folder / remembered).resolve()
        beside = sorted(path for path in case.folder.parent.iterdir() if path.is_dir())
    except (OSError, ValueError):
        return
    yield from (path for path in beside[:_MOST] if path != case.folder)


def _id_of(case: Case) -> str:
    """Return the id of a case, "" where there is none that can be read."""
    try:
        if not case.workbook.is_file():
            return ""
        book = read_book(case.workbook, wanted=(META_SHEET,))
    except OSError:
        return ""
    return read_meta(book).get(CASE, "") if isinstance(book, Book) else ""


def _judged(case: Case, today: date, progress: Progress | None) -> LastYear:
    try:
        gathered = gather(case, today=today, progress=progress)
    except OSError as problem:
        raise CaseError(sentence(problem)) from problem
    evaluation = decide(gathered, today=today)
    told = ""
    if journal.last(gathered.entries, "evaluate") is None:
        told = _NO_RUN
    elif changes_since(gathered, evaluation):
        told = _CHANGED
    note = told.format(case.folder.name)
    return LastYear(case, gathered, evaluation, note)
