"""An open workbook of an older version (旧版工作簿): what it lacks is put beside what it has.

New columns go to the right, new rows below, new sheets behind: readers find them by their names.
Looks and drop-downs come when the closed file is built again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from xlpy.excel.live.book import Patch
from xlpy.forms.cells.at import cell_at, filled_cells
from xlpy.forms.cells.labels import labels_of
from xlpy.forms.cells.layout import Heading, find_heading
from xlpy.model.grid import Grid
from xlpy.model.sheets.sheet import Document, Sheet, Span
from xlpy.model.staff import Staff
from xlpy.policy.form import Field, StaffForm, Table
from xlpy.report.workbook.table import HEADING, ROOM
from xlpy.steps.live.blocks import Place, RowValues, blocks

_TEXTS = ("text", "code")
_LEAST = 2  # headings that make a heading row
_NEW_BUTTONS = ("notice", "finance", "report", "verify")


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What is put into an older workbook (补上的内容): sheets to add, blocks, and one note.

    `grids` are the sheets that change by it, as they stand then.
    """

    grids: Mapping[str, Grid] = field(default_factory=dict)
    add: tuple[str, ...] = ()
    patches: tuple[Patch, ...] = ()
    notes: tuple[str, ...] = ()


def missing_of(
    document: Document, grids: Mapping[str, Grid], form: StaffForm, staff: Staff
) -> Missing:
    """Return what the open workbook lacks; nothing for one of today's version."""
    if staff.version >= form.version:
        return Missing()
    tables = [table for id, table in form.tables.items() if id != "parameters"]
    wider = [
        (grid, patch)
        for table in tables
        if (grid := grids.get(table.sheet)) and (patch := _columns(table, grid, staff.version))
    ]
    add = [one.sheet for one in tables if staff.version < one.since and one.sheet not in grids]
    labels, below = _parameters(document, grids, form)
    told = [f"在「{grid.name}」右边补上{_quoted(patch.rows[0])}" for grid, patch in wider]
    told += [f"在「{form.tables['parameters'].sheet}」下面补上{_quoted(labels)}"] if labels else []
    told += [f"新建{''.join(f'「{name}」' for name in add)}"] if add else []
    return Missing(
        grids={
            **{name: Grid(name=name, rows=()) for name in add},
            **{grid.name: _with(grid, patch) for grid, patch in wider},
        },
        add=tuple(add),
        patches=(*(patch for _, patch in wider), *below),
        notes=(_note(form, told),) if told else (),
    )


def _columns(table: Table, grid: Grid, version: int) -> Patch | None:
    """Return the headings of the columns the sheet lacks, right of everything on it."""
    heading = find_heading(grid, labels_of(table.columns), _LEAST)
    if heading is None:
        return None
    fields = [one for one in table.columns if one.since > version and _lacks(heading, one)]
    if not fields:
        return None
    left = max(max(filled_cells(grid, row), default=-1) for row in range(len(grid.rows))) + 1
    top, right = heading.row, left + len(fields) - 1
    texts = [left + at for at, one in enumerate(fields) if one.kind in _TEXTS]
    return Patch(
        sheet=table.sheet,
        top=top,
        left=left,
        rows=(tuple(one.label for one in fields),),
        text=(
            Span(top, left, top, right),
            *(Span(top + 1, column, top + ROOM, column) for column in texts),  # telephones
        ),
    )


def _lacks(heading: Heading, one: Field) -> bool:
    return one.label not in heading.columns and one.label not in heading.doubled


def _with(grid: Grid, patch: Patch) -> Grid:
    """Return the sheet with the headings in it."""
    rows = [list(cells) for cells in grid.rows]
    cells = rows[patch.top]
    cells += [""] * (patch.left - len(cells))
    cells[patch.left :] = map(str, patch.rows[0])
    return replace(grid, rows=rows)


def _parameters(
    document: Document, grids: Mapping[str, Grid], form: StaffForm
) -> tuple[Sequence[str], Sequence[Patch]]:
    """Return the labels of 参数 that are missing, and the blocks with their rows."""
    table = form.tables["parameters"]
    grid = grids.get(table.sheet)
    heading = grid and find_heading(grid, labels_of(table.columns), _LEAST)
    if not grid or not heading or any(_lacks(heading, one) for one in table.columns):
        return (), ()
    columns = {one.id: heading.columns[one.label] for one in table.columns}
    wanted = _rows(table, next(one for one in document.sheets if one.name == table.sheet))
    labels = labels_of(form.dates, *wanted.keys() - {one.label for one in form.dates})
    there = {labels.meant(cell_at(grid, row, columns["label"])) for row in range(len(grid.rows))}
    lost = [values for label, values in wanted.items() if label not in there]
    last = max(row for row in range(len(grid.rows)) if any(True for _ in filled_cells(grid, row)))
    place = Place(table=table, heading=last, columns=columns, last=last)
    rows = dict(enumerate(lost, last + 1))
    return [str(values["label"]) for values in lost], blocks(place, rows) if lost else ()


def _rows(table: Table, sheet: Sheet) -> dict[str, RowValues]:
    """Return the rows of 参数 by label, in their order."""
    ids = [one.id for one in table.columns]
    rows = (dict(zip(ids, line.values, strict=True)) for line in sheet.lines[HEADING + 1 :])
    return {str(values["label"]): values for values in rows}


def _quoted(labels: Iterable[object]) -> str:
    return "、".join(f"“{label}”" for label in labels)


def _note(form: StaffForm, told: Sequence[str]) -> str:
    buttons = _quoted(_captions(form))
    return (
        f"本工作簿由旧版软件建立，本次已{'，'.join(told)}，可以直接填写。"
        f"新栏目的格式和下拉列表、{buttons}按钮，在保存并关闭后运行一次 xlpy check 时补齐；"
        "在那以前，导出请点“导出”，程序写出到期的那一份。"
    )


def _captions(form: StaffForm) -> Iterator[str]:
    return (one.caption for one in form.buttons if one.id in _NEW_BUTTONS)
