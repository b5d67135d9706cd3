"""`xlpy survey` (汇总): every case below some folders, evaluated as it lies, in one workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from xlpy.errors import CaseError
from xlpy.excel.files.atomic import confirm_place, write_files
from xlpy.model.private import NOTHING_PRIVATE
from xlpy.model.survey import RuleOf, Survey, SurveyedCase
from xlpy.steps.case import TABLES, within
from xlpy.steps.gather import Progress
from xlpy.steps.survey.found import Found, Search, search
from xlpy.steps.survey.here import SECONDS, here
from xlpy.visible import visible

NAME = "汇总.xlsx"
_LONGEST = 2_000  # signs of a path or a sentence with paths
_WHAT = "汇总"  # as the progress bar calls it


class Surveyed(NamedTuple):
    """What a survey came to (一次汇总的结果), the files written, and notes on the way it went.

    Which worker of a cluster was lost stands in no file: on any way the same bytes come out.
    """

    survey: Survey
    written: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()


class How(NamedTuple):
    """How cases are gone through (汇总方式): where, by how many, how long each may take.

    `dask` is the address of a cluster, "" for this machine; `workers` are processes on it, None
    for one a core; `seconds` is the limit of each case.
    """

    dask: str = ""
    workers: int | None = None
    seconds: float = SECONDS


USUAL = How()


def survey(
    folders: Sequence[Path],
    *,
    today: date,
    out: Path = Path(NAME),
    how: How = USUAL,
    tables: bool = False,
    progress: Progress | None = None,
) -> Surveyed:
    """Evaluate every case that is one of the folders or lies below, and write 汇总.xlsx to `out`.

    Nothing in any case is written or locked. With `tables` those for analysts are written beside
    it. Raises CaseError (no case, a file that would lie within one, an address or a cluster that
    cannot be used) and FileBusyError.
    """
    path = _out(out)
    room = path.with_name(f"{path.stem}{TABLES}") if tables else None
    there = search(folders)
    _confirm_outside(path, there.found)
    _confirm_free(path, room)
    if tables:
        from xlpy.steps.meeting.waiting import confirm_statistics

        confirm_statistics()
    found, notes = _surveyed(folders, there, today, how, progress)
    files = {path: _workbook(found)}
    if room:
        files |= {room / name: content for name, content in _tables(found).items()}
    write_files(files)
    return Surveyed(found, tuple(files), notes)


def look(
    folders: Sequence[Path],
    *,
    today: date,
    how: How = USUAL,
    progress: Progress | None = None,
) -> Survey:
    """Return what every case comes to; nothing is written anywhere. Raises CaseError."""
    return _surveyed(folders, search(folders), today, how, progress)[0]


def _surveyed(
    asked: Sequence[Path], there: Search, today: date, how: How, progress: Progress | None
) -> tuple[Survey, tuple[str, ...]]:
    wanted = [one for one in there.found if not one.problem]
    paths = [one.folder for one in wanted]
    count = (lambda done: progress(_WHAT, done, len(paths))) if progress else None
    notes: tuple[str, ...] = ()
    if not how.dask:
        cases = here(paths, today=today, workers=how.workers, seconds=how.seconds, progress=count)
    else:
        from xlpy.steps.survey.cluster.there import there as on_cluster

        cases, notes = on_cluster(how.dask, paths, today=today, seconds=how.seconds, progress=count)
    judged = dict(zip(paths, cases, strict=True))
    rules: dict[RuleOf, RuleOf] = {}  # they came one by one, and are few
    found = Survey(
        asked=tuple(_told(str(one)) for one in asked),
        today=today,
        cases=tuple(_case(one, judged, rules) for one in there.found),
        notes=tuple(map(_told, there.notes)),
    )
    return found, notes


def _case(
    one: Found, judged: dict[Path, SurveyedCase], rules: dict[RuleOf, RuleOf]
) -> SurveyedCase:
    """Return a case under its name in 汇总."""
    if one.problem:
        return SurveyedCase(folder=_told(one.shown), problem=_told(one.problem))
    case = judged[one.folder]
    rule = rules.setdefault(case.rule, case.rule) if case.rule else None
    return replace(case, folder=_told(one.shown), problem=_told(case.problem), rule=rule)


def _told(text: str) -> str:
    """Return what names a folder, as every output spells it: all of it seen, no telephone in it."""
    return NOTHING_PRIVATE.struck(visible(text, _LONGEST))


def _out(out: Path) -> Path:
    """Return the file to write, of whoever named a folder the usual name in it."""
    path = out / NAME if out.is_dir() else out
    if path.suffix.lower() != ".xlsx":
        raise CaseError(f"汇总写成 .xlsx 文件，“{out}”不是；请改写 --out，如 --out {NAME}。")
    if not path.absolute().parent.is_dir():
        raise CaseError(f"找不到文件夹“{path.absolute().parent}”，请先建立它，或改写 --out。")
    return path.resolve()


def _confirm_outside(path: Path, found: Sequence[Found]) -> None:
    """Raise CaseError for a file that would lie within a case: there only its own runs write."""
    cases = [one.folder for one in found if one.folder in path.parents and not one.problem]
    inner = within(path.parent)
    if cases or inner:
        case = cases[0] if cases else inner.folder if inner else path.parent
        raise CaseError(
            f"“{path}”在评价项目“{case}”里面，汇总不写入任何项目；"
            "请换一个文件夹运行，或用 --out 写明放在哪里。"
        )


def _confirm_free(path: Path, room: Path | None) -> None:
    """Raise CaseError or FileBusyError where the files could not be written in the end."""
    if path.is_dir():
        raise CaseError(f"“{path}”是文件夹，请移走它，或用 --out 写明另一个文件。")
    if room and room.exists() and not room.is_dir():
        raise CaseError(f"数据表写在文件夹“{room}”里，而它是文件，请移走它，或改写 --out。")
    confirm_place(path)


def _workbook(found: Survey) -> bytes:
    from xlpy.excel.writing.write import document_bytes
    from xlpy.report.survey.document import survey_document

    return document_bytes(survey_document(found))


def _tables(found: Survey) -> dict[str, bytes]:
    from xlpy.analysis.frames.survey import survey_csv

    return survey_csv(found)


def complete(found: Survey) -> bool:
    """Tell whether every case could be evaluated and none has an error that is still open."""
    return not found.failed and not any(one.open_errors for one in found.judged)
