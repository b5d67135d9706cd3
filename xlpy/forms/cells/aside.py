"""What stands beside the cells that are read (表外的内容): carried along, moving, never silent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from xlpy.forms.cells.labels import Labels, label_key
from xlpy.forms.cells.layout import find_heading
from xlpy.forms.cells.notes import Notes
from xlpy.forms.cells.values.typed import is_blank, shown
from xlpy.model.grid import Book, Flaw, Grid, address

_UNREAD = (Flaw.ERROR, Flaw.UNCALCULATED, Flaw.PICTURE, Flaw.DOUBTFUL, Flaw.BEYOND)
# What stands before a copied name, and what says that a sheet is something else after all.
# Few files have sheets of their own: `re` compiles and remembers these patterns when one does.
_BEFORE = r"(?:copyof|copy|副本|复件|备份|续|新|旧|原)[-_—.的]*"
_NO_TABLE = (
    r"说明|佐证|证明|照片|图片|截图|扫描|目录|封面|填写须知|注意事项|模板|样例|示例|范例|参考"
)
_ROUND = "[①-⒛⓪⓫-⓿㈠-㈩❶-➓]"
# Our sheets' names as people write them: 附件三, 附件（3）, 附件叁, 附表3.
_NUMBERED = (
    r"附(件|表)第?(?:\(\(?([0-9]{1,2}|[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3})\)\)?"
    r"|([0-9]{1,2}|[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3}))"
)
_NUMERALS = {one: n % 10 + 1 for n, one in enumerate("一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾")}
# What may follow 附表3, which a sheet of its own may be called, too: a mark of a copy.
_COPY = r"(?:[-_.]?(?:\([^()]{1,3}\)|[0-9a-z]{1,2})|[-_.(]*(?:续|副本|复件|备份|的|补|新|旧).*)?"
_LONGEST = 12  # characters added to a name; a longer one is a title of its own
_MOST = 20
_SHEETS = 1_000  # of a file, as many as are read
_NAME = 100  # characters of a name that are looked at: no spreadsheet lets it have more than 31
_DEEPEST = 200
_DIGITS = frozenset("0123456789")


def note_carried(book: Book, notes: Notes) -> None:
    """Note what the file carries beside its cells (F111): one finding a file."""
    if book.carried:
        notes.add("F111", "", "", {"carried": "、".join(book.carried)})


def note_moving(grid: Grid, rows: Iterable[int], columns: Iterable[int], notes: Notes) -> None:
    """Note the input cells whose formula reads outside the file or changes by itself (C340)."""
    if not grid.moving:
        return
    inputs = frozenset(columns)
    wanted = frozenset(rows)
    for (row, column), uses in sorted(grid.moving.items()):
        if row in wanted and column in inputs:
            note_moving_cell(grid, row, column, uses, notes)


def note_moving_cell(grid: Grid, row: int, column: int, uses: str, notes: Notes) -> None:
    """Note one such cell, unless nothing was read of it: then another finding says so."""
    if grid.flaws.get((row, column)) in _UNREAD:
        return
    cells = grid.rows[row] if row < len(grid.rows) else ()
    value = cells[column] if column < len(cells) else ""
    words = {"uses": uses, "value": shown(value)}
    notes.add("C340", grid.name, address(row, column), words)


class Continued(NamedTuple):
    """What the sheets of a form are told by (续表的识别): `tables` are their headings by name.

    `labels` are those that stand below one another on the sheet `profile`, if there is such a
    sheet. `own` are the other sheets of the form.
    """

    tables: Mapping[str, Labels]
    own: Sequence[str]
    profile: str = ""
    labels: Labels | None = None

    @property
    def sheets(self) -> Sequence[str]:
        """Return the names of the sheets that are read."""
        return (*((self.profile,) if self.profile else ()), *self.tables)


def note_continued(book: Book, form: Continued, notes: Notes) -> None:
    """Note sheets nobody reads that look like the continuation of one of the form (S208).

    They are told by their name (附件3 (2), 附件3续), or by their headings under any name.
    """
    present = {label_key(grid.name) for grid in book.grids}
    for name, sheet, rows in islice(_continued(book, form), _MOST):
        cure = (_CURE if label_key(sheet) in present else _RENAMED).format(sheet=sheet)
        words = {"name": shown(name), "sheet": sheet, "rows": rows, "cure": cure}
        notes.add("S208", name, "", words)


_CURE = (
    "请把其中要报的内容复制到“{sheet}”（名单、台账接在最后一行之下），再删去这张工作表；"
    "不要的直接删去。看不到这张工作表的，请右键工作表标签“取消隐藏”，"
    "仍看不到的，请把要报的内容填入下发的空白表格。"
)
_RENAMED = "请把这张工作表的名称改回“{sheet}”，或把内容填入下发表格的“{sheet}”。"


def _continued(book: Book, form: Continued) -> Iterator[tuple[str, str, str]]:
    """Yield the sheets with the one they continue and, in words, how many rows were seen."""
    seen = {grid.name: grid for grid in (*book.glanced, *book.grids)}
    read = {label_key(name) for name in (*form.sheets, *form.own)}
    names = dict.fromkeys((*(grid.name for grid in book.grids), *book.others))
    for name in islice(names, _SHEETS):
        if label_key(name) in read:
            continue
        grid = seen.get(name)
        if grid is not None and all(is_blank(cell) for row in grid.rows for cell in row):
            continue
        headed = "" if grid is None else _headed(grid, form)
        if sheet := headed or _named(name, form.sheets):
            yield name, sheet, _counted(grid, form.tables.get(sheet))


def _named(name: str, sheets: Sequence[str]) -> str:
    """Return the sheet whose name this one continues."""
    name = re.sub(_ROUND, r"(\g<0>)", name[:_NAME])  # 附件3② is a second 附件3, and no 附件32
    for key in (label_key(name), label_key("-".join(name.split()))):
        bare = re.sub(_BEFORE, "", key, count=1) if re.match(_BEFORE, key) else key
        for sheet in sorted(sheets, key=len, reverse=True):
            more = bare[len(label_key(sheet)) :]
            if not bare.startswith(label_key(sheet)) or more[:1] in _DIGITS or len(more) > _LONGEST:
                continue  # 附件31 is no 附件3
            if not re.search(_NO_TABLE, more):
                return sheet
        if (meant := _numbered(bare)) and meant[0] in sheets:
            sheet, more = meant
            if len(more) <= _LONGEST and not re.search(_NO_TABLE, more):
                return sheet
    return ""


def _numbered(key: str) -> tuple[str, str] | None:
    """Return the sheet a name numbers in another way, with what follows its number.

    >>> _numbered("附件三(2)"), _numbered("附表3"), _numbered("附表3参会名单")
    (('附件3', '(2)'), ('附件3', ''), None)
    """
    found = re.match(_NUMBERED, key)
    if found is None:
        return None
    kind, number, more = found[1], found[2] or found[3], key[found.end() :]
    if (number.isascii() and more[:1] in _DIGITS) or (
        kind == "表" and not re.fullmatch(_COPY, more)
    ):
        return None
    if not number.isascii():
        number = _value(number)
    return f"附件{number}", more


def _value(numerals: str) -> str:
    """Return a Chinese number below a hundred in digits (十三: 13)."""
    tens, ten, ones = numerals.replace("拾", "十").rpartition("十")
    if not ten:
        return "".join(str(_NUMERALS[one]) for one in ones)
    return "".join(str(_NUMERALS[one]) for one in tens or "一") + (
        "".join(str(_NUMERALS[one]) for one in ones) or "0"
    )


def _headed(grid: Grid, form: Continued) -> str:
    """Return the sheet of the form whose headings this one has, at least half of them."""
    best, most = "", 0.0
    for sheet, labels in form.tables.items():
        heading = find_heading(grid, labels, max(4, (len(labels.names) + 1) // 2))
        if heading is not None:
            share = (len(heading.columns) + len(heading.doubled)) / len(labels.names)
            best, most = (sheet, share) if share > most else (best, most)
    if not best and form.labels is not None:
        cells = (cell for row in grid.rows[:_DEEPEST] for cell in row)
        found = {form.labels.meant(cell) for cell in cells} - {None}
        return form.profile if 2 * len(found) >= len(form.labels.names) else ""
    return best


def _counted(grid: Grid | None, labels: Labels | None) -> str:
    """Return how many rows below the heading hold something beside their number, in words."""
    heading = find_heading(grid, labels, 2) if grid is not None and labels is not None else None
    if grid is None or heading is None:
        return ""
    columns = sorted(heading.columns.values())[1:]
    rows = grid.rows[heading.row + 1 :]
    count = sum(any(at < len(row) and not is_blank(row[at]) for at in columns) for row in rows)
    return f"（至少有{count}行内容）" if count else ""
