"""The sheets 校验问题 and 受理: what is wrong, with a link to its file, and what was accepted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from xlpy.model.filing import Answer, match_key
from xlpy.model.finding import Finding, Place, Severity
from xlpy.model.grid import address
from xlpy.model.sheets.sheet import Condition, Formula, Sheet, Span
from xlpy.model.staff import Staff
from xlpy.policy.findings.grouped import listed
from xlpy.policy.form import Forms, Table
from xlpy.report.papers.finding_rows import (
    ACCEPTED,
    ADVICE,
    CENTRED,
    OPEN,
    TO_MEND,
    finding_cells,
)
from xlpy.report.workbook.table import (
    HEADING,
    Row,
    at_own_rows,
    notes_by_row,
    row_number,
    table_sheet,
)
from xlpy.visible import visible

_LOOKS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "hint"}
_STATES = {ACCEPTED: "ok", ADVICE: "hint", OPEN: "warning", TO_MEND: "error"}
_CENTRED = dict.fromkeys(CENTRED, "program.center.wrap")

Paths = Mapping[tuple[str, str], str]
"""The path of every file people sent, from the case folder, by its name and digest."""

_LONGEST = 255  # characters of a text in a formula
_WORKBOOK = ".xlsx"
_ODD = re.compile(r'["#%\\:*?<>|]|//|\.\.')  # a quote, a place in the file, an escape, no name


def findings_sheet(
    forms: Forms,
    findings: Sequence[Finding],
    accepted: Set[str],
    moved: Mapping[int, int],
    paths: Paths,
) -> Sheet:
    """Return the sheet 校验问题: the findings with their states, each linked to its file.

    Where there are too many for one list, a row stands for many.
    `moved` says where the rows of 评价结果 stand now, so that addresses there still lead to them.
    """
    form = forms.staff
    results = (form.file, form.tables["results"].sheet)
    rows = []
    for one in listed(findings):
        ours = (one.place.file, one.place.sheet) == results
        place = one.place._replace(cell=_now_at(one.cell, moved if ours else {}))
        file = file_link(place, one.digest, paths=paths, own=form.file)
        cells = {**finding_cells(one, accepted), "file": file, "cell": place.cell}
        rows.append(Row(cells, _CENTRED))
    table = form.tables["findings"]
    return table_sheet(table, rows, frozen_columns=3, conditions=_colours(table, len(rows)))


def acceptances_sheet(
    forms: Forms, staff: Staff, findings: Sequence[Finding], accepted: Set[str]
) -> Sheet:
    """Return the sheet 受理: the rows as typed, each with what became of it."""
    table = forms.staff.tables["acceptances"]
    notes = notes_by_row(findings, forms.staff.file, table.sheet)
    known = {match_key(one.id): one for one in (*findings, *listed(findings))}
    rows = []
    for typed in staff.typed.get("acceptances", ()):
        note = notes.get(row_number(typed)) or _fate(typed, known, accepted)
        values = {key: value for key, value in typed.items() if key != "row"}
        rows.append((typed, Row({**values, "note": note})))
    return table_sheet(table, at_own_rows(rows), open_below=True)


def _colours(table: Table, count: int) -> Iterator[Condition]:
    """Yield the looks of links, severity and state: by what the cell holds, so they follow it."""
    ids = [field.id for field in table.columns]
    file, last = ids.index("file"), HEADING + max(count, 1)
    linked = f'=LEFT(FORMULATEXT({address(HEADING + 1, file)}),6)="=HYPER"'
    yield Condition(span=Span(HEADING + 1, file, last, file), formula=linked, style="link-like")
    state, severity = (address(HEADING + 1, ids.index(id)) for id in ("state", "severity"))
    over = Span(HEADING + 1, ids.index("severity"), last, ids.index("severity"))
    settled = f'=AND({severity}<>"",${state}="{ACCEPTED}")'
    yield Condition(span=over, formula=settled, style="ok")  # accepted: no longer red
    for id, looks in (("severity", _LOOKS), ("state", _STATES)):
        column = ids.index(id)
        span = Span(HEADING + 1, column, last, column)
        corner = address(HEADING + 1, column)
        for word, style in looks.items():
            yield Condition(span=span, formula=f'={corner}="{word}"', style=style)


def _now_at(cell: str, moved: Mapping[int, int]) -> str:
    letters = cell.rstrip("0123456789")
    row = cell[len(letters) :]
    return f"{letters}{moved.get(int(row), int(row))}" if row else cell


def _fate(
    typed: Mapping[str, Answer], known: Mapping[str, Finding], accepted: Set[str]
) -> str | None:
    name = match_key(str(typed.get("id", "")))
    if not name or not known:
        return None
    one = known.get(name)
    if one is None:
        return "已失效：没有这个编号的问题，可能已消除，或有关文件已改动。"
    if one.id in accepted:
        return f"已受理：{one.place} {visible(one.found)}"
    return "未受理：“受理”选“是”并写明理由后才生效。"


def paths_of(inputs: Iterable[tuple[str, str]]) -> Paths:
    """Return the paths by name and digest; `inputs` are (path from the case folder, digest)."""
    return {(path.rpartition("/")[2], digest): path for path, digest in inputs}


def file_link(place: Place, digest: str, *, paths: Paths, own: str) -> Formula | str:
    """Return the file's name as a link to it; `own` is our workbook: there, to the very cell.

    >>> file_link(Place("a.xlsx"), "1", paths={("a.xlsx", "1"): "申报材料/a.xlsx"}, own="").text
    '=HYPERLINK("申报材料/a.xlsx","a.xlsx")'
    """
    if place.file == own and place.sheet:
        return _link(f"#'{place.sheet}'!{place.cell.partition(':')[0] or 'A1'}", place.file)
    path = paths.get((place.file, digest), "")
    usual = path.lower().endswith(_WORKBOOK) and path.isprintable() and not _ODD.search(path)
    linked = usual and len(path) <= _LONGEST
    return _link(path, place.file) if linked else visible(place.file)


def _link(target: str, shown: str) -> Formula:
    return Formula(f'=HYPERLINK("{target}","{shown}")', shown)
