"""Reading a workbook a person sent (读取工作簿): grids of plain values, or why not."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from xlpy.excel.reading import guard
from xlpy.excel.reading.apart import Apart, canons
from xlpy.excel.reading.archive import Archive, open_archive
from xlpy.excel.reading.canonical.sheet import Canon, canon
from xlpy.excel.reading.canonical.strings import (
    Strings,
    check_quoted,
    shared_strings,
    without_lost,
)
from xlpy.excel.reading.carried import carried
from xlpy.excel.reading.cell_notes import (
    cell_notes,
    has_pictures,
    is_picture,
    lies_under_pictures,
    picture_cells,
)
from xlpy.excel.reading.kinds.glance import SHEETS_SEEN, first_rows
from xlpy.excel.reading.kinds.package import check_package, failed_zip
from xlpy.excel.reading.looks import looks_of, percents
from xlpy.excel.reading.moving import moving_cells, moving_names
from xlpy.excel.reading.parts import Layout, read_layout, sheet_key
from xlpy.excel.reading.refused import Refused, RefusedError
from xlpy.excel.reading.repack import repack
from xlpy.excel.reading.scan import covered, readable_rows, scan
from xlpy.excel.reading.styles import Styles, read_styles
from xlpy.model.grid import Book, CellValue, Flaw, Grid, Refusal


def read_book(
    path: Path,
    *,
    wanted: Collection[str] | None = None,
    known: Collection[str] | None = None,
    notes: bool = False,
    needed: Collection[str] | None = None,
) -> Book | Refusal:
    """Return the sheets of a workbook (.xlsx, .xlsm), hidden ones too, or its refusal.

    `wanted` names the sheets to read, blanks and full-width forms aside; None is all of them.
    `known` names other sheets that may well be there; of sheets that neither names the first rows
    are read (`glanced`), None of no sheet. `notes` asks for the notes on cells as well. A sheet
    that readers could differ on costs the file its reading; where `needed` is given and does not
    name it, it costs itself alone and goes to `lost`: nobody judges what stands there.
    The file's bytes are read exactly once, so nothing can change between check and reading.
    """
    digest = ""
    try:
        raw = guard.take(path)
        digest = hashlib.sha256(raw).hexdigest()
        return _book(path.name, raw, digest, wanted, known, notes, needed)
    except RefusedError as refused:
        return Refusal(file=path.name, digest=digest, kind=refused.kind, detail=refused.detail)
    except MemoryError:
        return Refusal(file=path.name, digest=digest, kind=Refused.MEMORY)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # the library's PanicException is no Exception
        return Refusal(file=path.name, digest=digest, kind=Refused.READER)


def _book(
    file: str,
    raw: bytes,
    digest: str,
    wanted: Collection[str] | None,
    known: Collection[str] | None,
    notes: bool,
    needed: Collection[str] | None,
) -> Book:
    guard.check_kind(file, raw)
    archive = _opened(file, raw)
    check_package(file, archive)
    guard.check_suffix(file)
    layout = read_layout(archive)
    keys = None if wanted is None else {sheet_key(name) for name in wanted}
    names = [name for name in layout.sheets if keys is None or sheet_key(name) in keys]
    wanted_parts = {name: layout.sheets[name] for name in names}
    spared = frozenset[str]()
    if needed is not None:
        spared = frozenset(wanted_parts) - _named(wanted_parts, needed)
    sheets, lost = canons(archive, wanted_parts, spared)
    texts = archive.part(layout.strings)
    strings = shared_strings(texts) if texts is not None else None
    grids = _grids(archive, layout, sheets, lost, strings, spared)
    grids = _with_beside(grids, archive, layout, sheets, strings)
    if notes:
        parts = layout.sheets
        grids = tuple(
            replace(
                grid,
                notes=cell_notes(archive, parts[grid.name]),
                pictures=has_pictures(archive, parts[grid.name]),
            )
            for grid in grids
        )
    others = tuple(name for name in layout.sheets if name not in names)
    return Book(
        file=file,
        digest=digest,
        grids=grids,
        lost=lost,
        others=others,
        carried=carried(archive),
        glanced=() if known is None else _glanced(archive, layout, others, known, strings),
    )


def _opened(file: str, raw: bytes) -> Archive:
    try:
        return open_archive(raw)
    except RefusedError as refused:
        raise failed_zip(file, raw, refused) from None


def _named(parts: Collection[str], names: Collection[str]) -> frozenset[str]:
    """Return the sheets that are called by one of these names, blanks and width aside."""
    keys = {sheet_key(name) for name in names}
    return frozenset(name for name in parts if sheet_key(name) in keys)


def _grids(
    archive: Archive,
    layout: Layout,
    sheets: Mapping[str, Canon],
    lost: dict[str, str],
    strings: Strings | None,
    spared: Collection[str] = (),
) -> tuple[Grid, ...]:
    """Return the grids of the sheets; one the library cannot read goes to `lost`."""
    styles = read_styles(archive.part(layout.styles), layout.styles)
    bodies = [readable_rows(sheet) for sheet in sheets.values()]
    if strings:
        check_quoted(strings, bodies)
    packed = partial(
        repack,
        strings=strings.xml if strings else None,
        styles=styles.part,
        date1904=layout.date1904,
    )
    workbook = CalamineWorkbook.from_filelike(packed(bodies))
    grids = []
    for number, (name, sheet) in enumerate(sheets.items()):
        try:
            found = workbook.get_sheet_by_index(number)
        except (CalamineError, OSError, ValueError):
            sheet = without_lost(sheet, strings.texts if strings else 0)
            again = CalamineWorkbook.from_filelike(packed([readable_rows(sheet)]))
            try:
                found = again.get_sheet_by_index(0)
            except (CalamineError, OSError, ValueError):
                lost[name] = "工作表内容不符合 xlsx 规范，无法读取"
                continue
        with Apart(name, lost, spared):
            grids.append(_grid(name, sheet, found, styles, date1904=layout.date1904))
    return tuple(grids)


def _grid(name: str, sheet: Canon, found: CalamineSheet, styles: Styles, *, date1904: bool) -> Grid:
    rows: list[list[CellValue]] = found.to_python(skip_empty_area=False)
    seen = covered(scan(sheet), rows)
    _reach(rows, seen.flaws)
    shown, behind, units = looks_of(sheet, styles, rows, date1904=date1904)
    flaws = {**dict.fromkeys(percents(sheet, styles), Flaw.PERCENT), **seen.flaws}
    return Grid(
        name=name,
        rows=rows,
        flaws=flaws,
        error_texts=seen.error_texts,
        formulas=seen.formulas,
        merged=seen.merged,
        shown=shown,
        behind=behind,
        units=units,
    )


def _glanced(
    archive: Archive,
    layout: Layout,
    others: Sequence[str],
    known: Collection[str],
    strings: Strings | None,
) -> tuple[Grid, ...]:
    """Return the first rows of sheets nobody asked for; what is wrong in them costs nothing."""
    passed = {sheet_key(name) for name in known}
    unknown = [name for name in others if sheet_key(name) not in passed][:SHEETS_SEEN]
    sheets: dict[str, Canon] = {}
    blank: list[Grid] = []
    for name in unknown:
        xml = first_rows(archive, layout.sheets[name])
        with suppress(RefusedError):
            if xml:
                sheets[name] = canon(xml, name)
            elif xml is not None:
                blank.append(Grid(name=name, rows=[]))
    try:
        found = _grids(archive, layout, sheets, {}, strings) if sheets else ()
        return (*blank, *found)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # as above
        return tuple(blank)


def _with_beside(
    grids: Sequence[Grid],
    archive: Archive,
    layout: Layout,
    sheets: Mapping[str, Canon],
    strings: Strings | None,
) -> tuple[Grid, ...]:
    """Return the grids with what no value tells: formulas that move, pictures in and on cells."""
    moved = moving_names(archive.part(layout.main) or b"")
    shared = strings is not None and b"DISPIMG" in strings.xml

    def told(grid: Grid) -> Grid:
        marked = sheets[grid.name].marked
        grid = _pictured(grid, archive, marked, shared)
        moving = moving_cells(marked, moved)
        pictures = lies_under_pictures(archive, layout.sheets[grid.name])
        return replace(grid, moving=moving, pictures=pictures) if moving or pictures else grid

    return tuple(map(told, grids))


def _pictured(grid: Grid, archive: Archive, marked: bytes, shared: bool) -> Grid:
    """Return the grid with its cells that hold a picture flawed, and blank whatever is stored."""
    found = set(picture_cells(archive, marked))
    if shared or b"DISPIMG" in marked:
        found |= {
            (at, column)
            for at, row in enumerate(grid.rows)
            for column, value in enumerate(row)
            if isinstance(value, str) and "DISPIMG" in value and is_picture(value)
        }
    if not found:
        return grid
    rows = [list(row) for row in grid.rows]
    _reach(rows, found)
    for row, column in found:
        rows[row][column] = ""
    return replace(grid, rows=rows, flaws={**grid.flaws, **dict.fromkeys(found, Flaw.PICTURE)})


def _reach(rows: list[list[CellValue]], cells: Iterable[tuple[int, int]]) -> None:
    # The library stops at the last value; a formula without one may stand beyond it.
    for row, column in cells:
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend([""] * (column + 1 - len(rows[row])))
