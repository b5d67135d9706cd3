"""Reading the forms (读取表格说明): the common descriptions and what an edition changes in them.

Checked and frozen forms come out; the words of the edition stand in their texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from xlpy.errors import EditionError
from xlpy.policy.edition import Edition
from xlpy.policy.form import BallotForm, FilingForm, Forms, StaffForm, Table
from xlpy.policy.forms.ballot import ballot_form
from xlpy.policy.forms.fields import PRINTED, Names, table_of
from xlpy.policy.forms.filing import FREE, filing_form, summary_table
from xlpy.policy.forms.measures import units
from xlpy.policy.forms.staff import staff_form
from xlpy.policy.frozen import Frozen
from xlpy.policy.overlay import overlaid
from xlpy.policy.strict import FaultError, Faults, Strict
from xlpy.policy.toml import read_toml, strict_toml

T = TypeVar("T")

_FOLDER = Path(__file__).parent
_SORT = "表格说明"
_FREE: Mapping[str, frozenset[str]] = {
    "filing": FREE,
    "ballot": frozenset({"category"}),
    "staff": frozenset({"category"}),
    "report": frozenset(),
}
"""What an edition may do without (可以去掉的栏目), by form: nothing in the program asks for it."""

_PAPERS = ("results", "finance", "notice")
"""The papers an edition may give a title of its own."""

_REPORTS = ("results", "reasons", "averages", "run", "finance", "notice", "correction")

_MEETING = (
    *("points", "experts", "unusual", "agreement", "spread", "without", "ranks", "margins"),
    *("methods", "recusal", "targets", "years", "counties"),
)

_SURVEY = ("city", "level", "grade", "county", "cases", "platforms", "open", "editions")


class _Own(NamedTuple):
    """What of an edition the forms hang on (与表格有关的内容)."""

    name: str  # of its folder
    changes: Mapping[str, str]
    names: Names
    words: Mapping[str, str]


class _Partly(dict[str, str]):
    """Words of which some are lacking (不全的称呼), for a fault told elsewhere."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> str:
        return ""


def load_forms(edition: Edition, folder: Path = _FOLDER) -> Forms:
    """Return the forms of the edition; raises `EditionError` at the first fault."""
    return _forms(folder, _own(edition))


def faulty_forms(edition: Edition, faults: Faults, *, worded: bool) -> Forms | None:
    """Return the forms of the edition, and add all that is wrong in them to `faults`.

    None where one of them cannot be read at all. Without `worded` the edition's own words cannot
    all be read: those lacking are left blank.
    """
    own = _own(edition)
    if not worded:
        own = own._replace(words=_Partly(own.words))
    _part(lambda: _own_titles(_FOLDER, own, faults), faults, "report")
    filing = _part(lambda: _filing(_FOLDER, own, faults), faults, "filing")
    ballot = _part(lambda: _ballot(_FOLDER, own, faults), faults, "ballot")
    if filing is None:
        _part(lambda: _overlaid("staff", _FOLDER, own, faults), faults, "staff")
        return None
    staff = _part(lambda: _staff(_FOLDER, own, faults, filing), faults, "staff")
    return Forms(filing=filing, ballot=ballot, staff=staff) if ballot and staff else None


def _part(read: Callable[[], T], faults: Faults, form: str) -> T | None:
    """Return what `read` reads, None where the form is unread or reading cannot go on."""
    if f"{form}.toml" in faults.unread:
        return None
    try:
        return read()
    except FaultError as error:
        faults.found.setdefault(error.fault)
    except EditionError:
        pass  # what it follows from is told
    return None


@cache
def load_reports(folder: Path = _FOLDER) -> Mapping[str, Table]:
    """Return the tables of what comes out (输出表格) by id; raises `EditionError`."""
    root = Strict(sort=_SORT, file="report.toml", cells=_common(folder, "report"))
    root.only(*_REPORTS)
    return Frozen({key: table_of(root.table(key), Frozen(), PRINTED) for key in _REPORTS})


@cache
def load_meeting(folder: Path = _FOLDER) -> Mapping[str, Table]:
    """Return the tables of what the meeting looks at (会商分析) by id; raises `EditionError`."""
    return _hinted(folder, "meeting", _MEETING)


@cache
def load_survey(folder: Path = _FOLDER) -> Mapping[str, Table]:
    """Return the tables of many cases side by side (汇总) by id; raises `EditionError`."""
    return _hinted(folder, "survey", _SURVEY)


def _hinted(folder: Path, form: str, keys: Sequence[str]) -> Mapping[str, Table]:
    """Return tables with a line of hint each, which print figures to some places."""
    root = Strict(sort=_SORT, file=f"{form}.toml", cells=_common(folder, form))
    root.only(*keys)
    also = (*PRINTED, "places")
    return Frozen({key: table_of(root.table(key), Frozen(), also, own=("hint",)) for key in keys})


@cache
def typed_sheets() -> tuple[str, ...]:
    """Return the sheets of the staff's workbook that hold cells of theirs: under every edition."""
    tables = (one for one in _common(_FOLDER, "staff").values() if isinstance(one, Mapping))
    return tuple(
        table["sheet"]
        for table in tables
        if any(column.get("staff") for column in table.get("columns", ()))
    )


def paper_titles(edition: Edition) -> Mapping[str, str]:
    """Return what the edition calls the papers (评价结果、资金安排表、公示名单), by id.

    They stand behind city and year. Raises `EditionError`.
    """
    return _titles(_FOLDER, _own(edition))


def measure_units(own: str, name: str) -> Mapping[str, str] | None:
    """Return the unit of every measure of the ledger: 附件4 with what the edition changes there.

    `own` is the text of the edition's filing.toml ("" without one), `name` its folder. None where
    something there is wrong, which is told when the forms are read.
    """
    if "summary" not in own:
        return _common_units()
    faults = Faults()
    try:
        root = _overlaid(
            "filing", _FOLDER, _Own(name, {"filing": own}, Frozen(), _Partly()), faults
        )
        found = units(summary_table(root.table("summary"), Frozen()))
    except EditionError:
        return None
    return None if faults.within("summary") else found


@cache
def _common_units() -> Mapping[str, str]:
    root = Strict(sort=_SORT, file="filing.toml", cells=_common(_FOLDER, "filing"))
    return units(summary_table(root.table("summary"), Frozen()))


@lru_cache(maxsize=16)
def _forms(folder: Path, own: _Own) -> Forms:
    return _read(folder, own)


@lru_cache(maxsize=16)
def _titles(folder: Path, own: _Own) -> Mapping[str, str]:
    return _own_titles(folder, own, None)


def _own_titles(folder: Path, own: _Own, faults: Faults | None) -> Mapping[str, str]:
    """Return the titles of the papers: the common ones, or the edition's own."""
    load_reports(folder)  # a file of ours that lacks one says so itself
    common = Strict(sort=_SORT, file="report.toml", cells=_common(folder, "report"), faults=faults)
    root = strict_toml(own.changes.get("report", ""), _SORT, f"{own.name}/report.toml", faults)
    root.only(optional=_PAPERS)
    titles: dict[str, str] = {}
    for kind in _PAPERS:
        table = (root if kind in root.cells else common).table(kind).worded(own.words)
        if kind in root.cells:
            table.only("title")
        titles[kind] = table.text("title")
        city = own.words["city"]
        if kind in root.cells and city and titles[kind].startswith(city):
            wrong = "以城市开头，城市和年度会加在前面"
            table.fault("title", wrong, f"从“{city}”之后写起")
    return Frozen(titles)


def _read(folder: Path, own: _Own) -> Forms:
    filing = _filing(folder, own, None)
    _own_titles(folder, own, None)
    return Forms(
        filing=filing,
        ballot=_ballot(folder, own, None),
        staff=_staff(folder, own, None, filing),
    )


def _filing(folder: Path, own: _Own, faults: Faults | None) -> FilingForm:
    return filing_form(_overlaid("filing", folder, own, faults), own.names)


def _ballot(folder: Path, own: _Own, faults: Faults | None) -> BallotForm:
    return ballot_form(_overlaid("ballot", folder, own, faults), own.names)


def _staff(folder: Path, own: _Own, faults: Faults | None, filing: FilingForm) -> StaffForm:
    return staff_form(_overlaid("staff", folder, own, faults), own.names, filing)


def _own(edition: Edition) -> _Own:
    return _Own(edition.name, edition.changes, _names(edition), edition.wording)


def _names(edition: Edition) -> Names:
    return Frozen(
        {
            "levels": tuple(level.name for level in edition.levels),
            "listed_levels": (*(level.name for level in edition.levels), edition.not_listed),
            "areas": tuple(area.name for area in edition.areas),
            "functions": tuple(function.name for function in edition.functions),
            "grades": tuple(grade.name for grade in edition.grades),
            "attendance": tuple(edition.attendance.values()),
            "categories": (*edition.expert_categories, *edition.other_categories),
        }
    )


def _overlaid(form: str, folder: Path, own: _Own, faults: Faults | None) -> Strict:
    """Return the description of a form with what the edition changes, and its words to fill in."""
    common = Strict(sort=_SORT, file=f"{form}.toml", cells=_common(folder, form), faults=faults)
    if text := own.changes.get(form, ""):
        changes = strict_toml(text, _SORT, f"{own.name}/{form}.toml", faults)
        common = overlaid(common, changes, _FREE[form])
    return common.worded(own.words)


@cache
def _common(folder: Path, form: str) -> Mapping[str, Any]:
    return read_toml(folder / f"{form}.toml", _SORT).cells
