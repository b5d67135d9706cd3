"""Reading evaluate.xlsm (读经办人工作簿): what staff typed, found by sheet name and heading."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from xlpy.forms.cells.at import filled_cells, place_words, typed_at, typed_text
from xlpy.forms.cells.identity import read_meta
from xlpy.forms.cells.labels import label_key
from xlpy.forms.cells.values.typed import narrow
from xlpy.forms.staff.notes import KEYS, read_notes
from xlpy.forms.staff.parameters import ParametersRead, read_parameters
from xlpy.forms.staff.rows import (
    day_of,
    read_acceptances,
    read_experts,
    read_objections,
    read_roster,
    read_rulings,
)
from xlpy.forms.staff.table import Reading, StaffTable, find_table
from xlpy.model.filing import Answer
from xlpy.model.finding import in_order
from xlpy.model.grid import Book, Grid
from xlpy.model.identity import (
    BLANK,
    BLANK_BALLOT,
    CASE,
    COLUMNS,
    EDITION,
    LAST_CASE,
    LAST_FOLDER,
    LISTS_SHEET,
    META_SHEET,
    SEAL,
    VERSION,
    YEAR,
)
from xlpy.model.staff import LAST_YEAR, LastCase, Office, Staff, StaffNote
from xlpy.policy.edition import Edition, Rules
from xlpy.policy.findings.catalogue import catalogue
from xlpy.policy.form import Forms, StaffForm

__all__ = ["StaffRead", "read_meta", "read_staff"]

_TYPED = ("roster", "experts", "acceptances", "results", "objections")
_OFFICE = {"room": "office", "phone": "phone", "address": "address"}
_YEAR = re.compile("[0-9]{4}")

APPENDED = "note"
"""The key of a row the program appended and nobody touched: it is no input."""

_NEWEST = 10_000
_NO_INPUT = frozenset({"conf"})
_NO_CELL = ("row", LAST_YEAR)  # where it stands, and the program's own words


class StaffRead(NamedTuple):
    """The staff's workbook as read, and the parameters in force (生效参数)."""

    staff: Staff
    rules: Rules


def read_staff(book: Book, *, edition: Edition, forms: Forms, fallback: date) -> StaffRead:
    """Return what staff typed; whatever is wrong is a finding, nothing is lost in `typed`.

    `fallback` is the date named when 评价日期 is missing; `staff.as_of` is then None.
    """
    form = forms.staff
    meta = read_meta(book)
    reading = Reading(file=book.file, wording=edition.wording, version=_version(meta))
    grids = _grids(book, form, reading)
    tables = {id: _table(id, form, grids, reading) for id in form.tables}
    _program_sheets(form, grids, meta, reading)
    reading.unknown.extend(_pictures(form, grids))
    parameters = read_parameters(
        tables["parameters"], edition=edition, form=form, fallback=fallback
    )
    typed = {
        "parameters": parameters.typed,
        **{id: _typed(tables[id], form, KEYS.get(id, ())) for id in _TYPED},
        "conf": tuple(_conf(grids.get(form.conf), reading)),
    }
    notes = read_notes(grids.values(), tables, reading)
    staff = _staff(meta, parameters, tables, typed, notes, reading)
    staff = replace(staff, digest=staff_digest(typed, form))
    return StaffRead(staff=staff, rules=parameters.rules)


def _staff(
    meta: Mapping[str, str],
    parameters: ParametersRead,
    tables: Mapping[str, StaffTable | None],
    typed: Mapping[str, tuple[Mapping[str, Answer], ...]],
    notes: tuple[StaffNote, ...],
    reading: Reading,
) -> Staff:
    dates = parameters.dates
    roster = read_roster(tables["roster"], typed["roster"])
    experts = read_experts(tables["experts"], typed["experts"])
    rulings = read_rulings(tables["results"], typed["results"])
    acceptances = read_acceptances(tables["acceptances"], typed["acceptances"])
    return Staff(
        case=meta.get(CASE, ""),
        secret=meta.get(SEAL, ""),
        last=_last_case(meta),
        blank=meta.get(BLANK, ""),
        blank_ballot=meta.get(BLANK_BALLOT, ""),
        year=int(meta[YEAR]) if _YEAR.fullmatch(meta.get(YEAR, "")) else 0,
        edition=meta.get(EDITION, ""),
        as_of=day_of(dates.get("as_of")),
        meeting_on=day_of(dates.get("meeting_on")),
        minutes=typed_text(dates.get("minutes")),
        notice_from=day_of(dates.get("notice_from")),
        notice_to=day_of(dates.get("notice_to")),
        filed_on=day_of(dates.get("filed_on")),
        office=Office(
            deadline=day_of(dates.get("deadline")),
            **{key: typed_text(dates.get(id)) for key, id in _OFFICE.items()},
        ),
        chosen=parameters.chosen,
        roster=roster,
        experts=experts,
        rulings=rulings,
        acceptances=acceptances,
        objections=read_objections(tables["objections"], typed["objections"]),
        findings=in_order(reading.findings),
        version=reading.version,
        unknown=tuple(dict.fromkeys(reading.unknown)),
        typed=typed,
        notes=notes,
    )


def _grids(book: Book, form: StaffForm, reading: Reading) -> dict[str, Grid]:
    """Return our sheets by name; a missing one is noted, a strange one is unknown.

    A missing sheet of the program comes back with the next rebuild (R815). One with staff's own
    cells does not (R824): rebuilding would put an empty one in its place and hide the loss.
    Of two sheets of the same name neither is read (R823): nobody chooses silently.
    """
    ours = (*(table.sheet for table in form.tables.values()), form.desk, form.charts, form.conf)
    known = {label_key(name): name for name in (*ours, META_SHEET)}
    staffs = {t.sheet for t in form.tables.values() if any(c.staff for c in t.columns)}
    later = {t.sheet for t in form.tables.values() if t.since > reading.version}
    grids: dict[str, list[Grid]] = {name: [] for name in known.values()}
    for grid in book.grids:
        name = known.get(label_key(grid.name))
        if name is not None:
            grids[name].append(grid)
        elif grid.name != LISTS_SHEET:
            reading.unknown.append(f"工作表“{grid.name}”")
    reading.unknown.extend(f"工作表“{name}”" for name in book.others)
    reading.unknown.extend(f"工作表“{name}”读不了：{why}" for name, why in book.lost.items())
    for name, alike in grids.items():
        if not alike and name in later:
            continue
        if not alike and name in staffs:
            reading.note("R824", name, sheet=name)
            reading.unknown.append(f"缺少工作表“{name}”")
        elif not alike:
            reading.note("R815", name, sheet=name)
        elif len(alike) > 1:
            reading.note("R823", name, sheet=name, count=str(len(alike)))
            reading.unknown.extend(f"工作表“{grid.name}”" for grid in alike)
    return {name: alike[0] for name, alike in grids.items() if len(alike) == 1}


def _table(
    id: str, form: StaffForm, grids: Mapping[str, Grid], reading: Reading
) -> StaffTable | None:
    table = form.tables[id]
    grid = grids.get(table.sheet)
    if grid is None:
        return None
    return find_table(grid, table, reading, key=KEYS.get(id, ()), inner=id == "ballots")


def _program_sheets(
    form: StaffForm, grids: Mapping[str, Grid], meta: Mapping[str, str], reading: Reading
) -> None:
    """Note cells beside what the program wrote on the sheets without a heading row."""
    for name in (form.desk, form.charts):
        width = meta.get(f"{COLUMNS}{name}", "")
        if name in grids and re.fullmatch("[0-9]{1,4}", width):
            reading.unknown.extend(_beyond(grids[name], int(width)))


def _pictures(form: StaffForm, grids: Mapping[str, Grid]) -> Iterator[str]:
    """Yield the sheets with pictures of the staff's own: 仪表盘 has charts, 操作台 buttons."""
    for name, grid in grids.items():
        if grid.pictures and name not in (form.desk, form.charts):
            yield f"「{name}」上的图片或图表"


def _beyond(grid: Grid, width: int) -> Iterator[str]:
    for row in range(len(grid.rows)):
        yield from (place_words(grid, row, at) for at in filled_cells(grid, row) if at >= width)


def _typed(
    table: StaffTable | None, form: StaffForm, key: Sequence[str]
) -> tuple[Mapping[str, Answer], ...]:
    if table is None:
        return ()
    rows = []
    for row, cells in table.rows(key):
        said = _said(table, row)
        mark = _appended(table, said, cells, form)
        last = _last_year(table, said, form)
        told = {id: text for id, text in ((APPENDED, mark), (LAST_YEAR, last)) if text}
        rows.append({"row": Decimal(row + 1), **cells, **told})
    return tuple(rows)


def _said(table: StaffTable, row: int) -> str:
    """Return what the program says beside a row (程序提示)."""
    if APPENDED not in table.columns:
        return ""
    return typed_text(typed_at(table.grid, row, table.columns[APPENDED]))


def _appended(table: StaffTable, said: str, cells: Mapping[str, Answer], form: StaffForm) -> str:
    """Return the program's mark of a row it appended and staff left as it was, else ""."""
    typed = {id for id in cells if not table.table.column(id).idle}
    if typed != {"name", "code"}:
        return ""
    mark = form.notes["appended"].format(
        name=typed_text(cells["name"]), code=typed_text(cells["code"])
    )
    return mark if said.startswith(mark) else ""


def _last_year(table: StaffTable, said: str, form: StaffForm) -> str:
    """Return the line of 程序提示 that says what last year's list had, else ""."""
    if table.table is not form.tables["roster"]:
        return ""
    begins = form.notes[LAST_YEAR].partition("{")[0]
    return next((line for line in said.splitlines() if line.startswith(begins)), "")


def _conf(grid: Grid | None, reading: Reading) -> Iterator[Mapping[str, Answer]]:
    """Yield the rows of xlwings.conf: a key, a value."""
    for row in range(len(grid.rows) if grid else 0):
        assert grid is not None
        key = typed_at(grid, row, 0)
        value = typed_at(grid, row, 1)
        if key is not None:
            yield {"id": typed_text(key), "value": typed_text(value)}
        strays = (at for at in filled_cells(grid, row) if at > 1 or key is None)
        reading.unknown.extend(place_words(grid, row, at) for at in strays)


def staff_digest(typed: Mapping[str, tuple[Mapping[str, Answer], ...]], form: StaffForm) -> str:
    """Return the SHA-256 of the staff cells and parameters that the judging reads.

    The bytes of the file, the order of rows, what the program wrote and what no judging reads
    (dates after 评价日期, contacts, acceptances that only a paper waits for) play no part.
    """
    content = {
        table: sorted(cells for row in rows if (cells := _judged(table, row, form)))
        for table, rows in typed.items()
        if table not in _NO_INPUT
    }
    filled = {table: rows for table, rows in content.items() if rows}
    text = json.dumps(filled, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _judged(table: str, row: Mapping[str, Answer], form: StaffForm) -> list[tuple[str, str]]:
    """Return the cells of a row that the judging reads, in order."""
    if APPENDED in row or _is_of_papers(table, row):
        return []
    idle = _idle(form)[table]
    if table == "parameters":
        return [] if row["id"] in idle else _cells(row)
    cells = [(id, text) for id, text in _cells(row) if id not in idle]
    keys = KEYS.get(table, ())
    return cells if any(id not in keys for id, _ in cells) else []


def _is_of_papers(table: str, row: Mapping[str, Answer]) -> bool:
    """Tell whether a row of 受理 accepts what only a paper waits for."""
    code = _finding_code(row) if table == "acceptances" else ""
    return code in catalogue() and bool(catalogue()[code].stage)


def _finding_code(row: Mapping[str, Answer]) -> str:
    return narrow(typed_text(row.get("id"))).partition("-")[0].upper()


@cache
def _idle(form: StaffForm) -> Mapping[str, frozenset[str]]:
    """Return by table the columns that no judging reads; of 参数 the dates."""
    idle = {
        id: frozenset(column.id for column in table.columns if column.idle)
        for id, table in form.tables.items()
    }
    return idle | {"parameters": frozenset(one.id for one in form.dates if one.idle)}


def _cells(row: Mapping[str, Answer]) -> list[tuple[str, str]]:
    return sorted((id, typed_text(value)) for id, value in row.items() if id not in _NO_CELL)


def _last_case(meta: Mapping[str, str]) -> LastCase | None:
    case = meta.get(LAST_CASE, "")
    return LastCase(case=case, folder=meta.get(LAST_FOLDER, "")) if case else None


def _version(meta: Mapping[str, str]) -> int:
    """Return the version of the workbook's form; the newest where it does not say."""
    text = meta.get(VERSION, "")
    return int(text) if re.fullmatch("[0-9]{1,4}", text) else _NEWEST
