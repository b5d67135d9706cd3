"""What to write into an open workbook (要写的块): program columns only, found by their headings.

Staff columns stay where they are, so the program's columns go to their rows: a row on which
staff typed something keeps its platform, the others fill the rows left, in order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from xlpy.excel.live.book import Patch
from xlpy.forms.cells.labels import labels_of
from xlpy.forms.cells.layout import find_heading
from xlpy.model.grid import Grid
from xlpy.model.sheets.sheet import Document, Formula, Sheet
from xlpy.model.staff import Staff
from xlpy.policy.form import StaffForm, Table
from xlpy.report.workbook.table import HEADING, row_number
from xlpy.steps.live.blocks import Place, RowValues, blocks, whole_patch
from xlpy.steps.live.older import missing_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What one fill writes (填写计划): sheets to add, blocks, and notes for the operator."""

    add: tuple[str, ...] = ()
    patches: tuple[Patch, ...] = ()
    notes: tuple[str, ...] = ()


def filling_of(
    document: Document,
    grids: Mapping[str, Grid],
    form: StaffForm,
    staff: Staff,
    moved: Mapping[int, int],
    doubled: Collection[str] = (),
) -> Filling:
    """Return what brings the open workbook to `document`; `moved` as of `moved_rows`.

    Sheets of a name that is `doubled` are left alone: nobody knows which one is meant.
    """
    sheets = {sheet.name: sheet for sheet in document.sheets}
    clear = {name: grid for name, grid in grids.items() if name not in doubled}
    older = missing_of(document, clear, form, staff)
    grids = {**grids, **older.grids}
    fillings = [Filling(add=older.add, patches=older.patches, notes=older.notes)]
    for id, table in form.tables.items():
        sheet, grid = sheets[table.sheet], grids.get(table.sheet)
        if table.sheet in doubled:
            fillings.append(Filling(notes=(_doubled(table.sheet),)))
        else:
            fillings.append(_of_table(id, table, sheet, grid, staff, moved))
    # 操作台 last: nothing after it can be refused, so nobody has to know what stood there.
    for name in (form.charts, form.desk):
        if name in doubled:
            fillings.append(Filling(notes=(_doubled(name),)))
        else:
            fillings.append(_of_page(_spoken(_settled(sheets[name]), form), grids.get(name)))
    return Filling(
        add=tuple(name for filling in fillings for name in filling.add),
        patches=tuple(patch for filling in fillings for patch in filling.patches),
        notes=tuple(note for filling in fillings for note in filling.notes),
    )


def _of_table(
    id: str,
    table: Table,
    sheet: Sheet,
    grid: Grid | None,
    staff: Staff,
    moved: Mapping[int, int],
) -> Filling:
    """Return the plan for a table: one of the program's alone is written anew when it is lost."""
    own = any(field.staff for field in table.columns)
    if grid is None and own:  # an empty one in its place would hide the loss (R824)
        return Filling(notes=(_lost(table.sheet),))
    if id == "parameters":  # nothing there follows from a run
        return Filling()
    place = _place(table, grid) if grid else None
    if grid is None or place is None:
        if grid and grid.rows and own:  # without rows it is to be added
            return Filling(notes=(_left_alone(table, grid),))
        notes = () if grid and not grid.rows else (_rebuilt(table.sheet),)
        add = () if grid else (table.sheet,)
        return Filling(add=add, patches=(whole_patch(sheet, grid),), notes=notes)
    if id != "ballots":
        return Filling(patches=_one_format(_table_patches(id, sheet, place, staff, moved)))
    # Experts come and go between its first and its last column.
    width = max(place.columns.values()) + 1
    patch = whole_patch(sheet, grid, width=width)
    if _is_filled(grid, width, patch.span.right):
        return Filling(notes=(_in_the_way(table.sheet),))
    return Filling(patches=(patch,))


def _of_page(sheet: Sheet, grid: Grid | None) -> Filling:
    """Return the plan for a sheet that is no table."""
    patch = replace(whole_patch(sheet, grid, width=0), table=False)
    if grid is not None:
        return Filling(patches=(patch,))
    return Filling(add=(sheet.name,), patches=(patch,), notes=(_rebuilt(sheet.name),))


def _table_patches(
    id: str, sheet: Sheet, place: Place, staff: Staff, moved: Mapping[int, int]
) -> list[Patch]:
    typed = staff.typed.get(id, ())
    at = [row_number(row) - 1 for row in typed]
    valued = _valued(sheet, place.table)
    if id == "results":
        rows = _result_rows(valued, place, {new - 1: old - 1 for old, new in moved.items()}, at)
        return blocks(place, rows)
    first = max([place.heading, *at]) + 1
    wanted = [cells for _, cells in valued]
    added = dict(enumerate(wanted[len(at) :], first))
    patches = blocks(place, {**dict(zip(at, wanted, strict=False)), **added})
    if added and id == "roster":
        patches += blocks(replace(place, heading=first - 1, last=0), added, ids=("name", "code"))
    return patches


def _one_format(patches: Sequence[Patch]) -> tuple[Patch, ...]:
    """Return the blocks of a sheet with all their text formats set at once, by the first."""
    spans = tuple(span for patch in patches for span in patch.text)
    first, *others = patches
    return (replace(first, text=spans), *(replace(one, text=()) for one in others))


def _result_rows(
    valued: Sequence[tuple[int, RowValues]],
    place: Place,
    stays: Mapping[int, int],
    at: Sequence[int],
) -> dict[int, RowValues]:
    """Return the rows of 评价结果 by the row they go to: what staff typed on keeps its row."""
    taken = set(at)
    free = (row for row in range(place.heading + 1, 1 << 20) if row not in taken)
    return {stays[line] if line in stays else next(free): cells for line, cells in valued}


def _place(table: Table, grid: Grid) -> Place | None:
    """Return where the table stands; None when a heading is lost or doubled."""
    heading = find_heading(grid, labels_of(table.columns), 2)
    if heading is None or any(f.label not in heading.columns for f in table.columns):
        return None
    return Place(
        table=table,
        heading=heading.row,
        columns={field.id: heading.columns[field.label] for field in table.columns},
        last=len(grid.rows) - 1,
    )


def _valued(sheet: Sheet, table: Table) -> list[tuple[int, RowValues]]:
    """Return the rows of a table that hold something, with their row in the document."""
    ids = [field.id for field in table.columns]
    return [
        (row, dict(zip(ids, line.values, strict=True)))
        for row, line in enumerate(sheet.lines[HEADING + 1 :], HEADING + 1)
        if line.values
    ]


def _spoken(sheet: Sheet, form: StaffForm) -> Sheet:
    """Return 操作台 with its first column as text: the name of the case stands there."""
    if sheet.name != form.desk:
        return sheet
    lines = tuple(
        line._replace(values=(str(line.values[0]), *line.values[1:]))
        if line.values and line.values[0] is not None
        else line
        for line in sheet.lines
    )
    return replace(sheet, lines=lines)


def _settled(sheet: Sheet) -> Sheet:
    """Return 仪表盘 with what its formulas came to: rows may stand elsewhere in an open book."""
    lines = (
        line._replace(values=tuple(v.value if isinstance(v, Formula) else v for v in line.values))
        for line in sheet.lines
    )
    return replace(sheet, lines=tuple(lines))


def _rebuilt(name: str) -> str:
    return (
        f"工作表「{name}」被删除或改过名称、表头，已重新填写；"
        "格式和下拉列表在保存关闭后运行一次 xlpy evaluate 时恢复。"
    )


def _lost(name: str) -> str:
    return (
        f"没有找到工作表「{name}」，没有填写：其中有经办人填写的内容，程序不另建空表。"
        "请恢复它的名称，或从“输出/备份”中的工作簿取回。"
    )


def _doubled(name: str) -> str:
    return f"「{name}」没有填写：有几个名称近似的工作表，请只保留一个后再运行一次。"


def _is_filled(grid: Grid, left: int, right: int) -> bool:
    """Tell whether anything stands in these columns."""
    return any(cell not in ("", None) for row in grid.rows for cell in row[left : right + 1])


def _in_the_way(sheet: str) -> str:
    return f"「{sheet}」没有填写：右边的内容占了新增的栏目，请移走后再运行一次。"


def _left_alone(table: Table, grid: Grid) -> str:
    heading = find_heading(grid, labels_of(table.columns), 2)
    there = heading.columns if heading else {}
    lost = "、".join(f"“{f.label}”" for f in table.columns if f.label not in there)
    return f"「{table.sheet}」没有填写：没有找到唯一的栏目{lost}，请恢复后再运行一次。"
