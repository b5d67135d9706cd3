"""The clerk at the bureau (经办人): types into evaluate.xlsm as people do, and saves it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.kit.platforms import rules
from xlpy.steps.case import Case
from xlpy.steps.gather import gather

FORM, FILING = rules()[1].staff, rules()[1].filing
VALID_UNTIL = date(2024, 3, 4)
DATES = {
    "meeting_on": date(2023, 7, 3),
    "minutes": "纪要〔2023〕7号",
    "notice_from": date(2023, 7, 4),
    "notice_to": date(2023, 7, 10),
}
"""What the year needs before the papers, for a case judged on 2023-06-30."""

Xlpy = Callable[..., tuple[int, str, str]]


def command_line(*words: object) -> tuple[int, str, str]:
    """Run the command line in this process; return exit status, what it printed, complained."""
    from xlpy.cli import main

    status, out, err = 0, StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main([str(word) for word in words])
        except SystemExit as stopped:
            status = int(stopped.code or 0)
    return status, out.getvalue(), err.getvalue()


class Clerk:
    """One clerk with one case (经办人): every method opens the workbook, types, and saves."""

    def __init__(self, case: Case, xlpy: Xlpy = command_line) -> None:
        """Take the case and the command line."""
        self.case = case
        self.xlpy = xlpy

    def run(self, *words: object) -> dict[str, Any]:
        """Run a command with --json and return what it printed; `status` is its exit status."""
        command, *more = words
        status, out, err = self.xlpy(command, self.case.folder, *more, "--json")
        assert out, err
        view: dict[str, Any] = json.loads(out)
        return {**view, "status": status}

    def parameters(self, **values: object) -> None:
        """Type dates and parameters by their ids."""
        labels = {field.id: field.label for field in FORM.dates}
        labels |= {one.id: one.label for one in rules()[0].parameters}
        with _Open(self.case.workbook, "parameters") as sheet:
            for id, value in values.items():
                sheet.set(sheet.row(labels[id], "label"), "value", value)

    def roster(self, name: str, /, **values: object) -> None:
        """Type into the row of a platform in 参评名单; a new row where there is none."""
        self._typed("roster", name, values)

    def results(self, name: str, /, **values: object) -> None:
        """Type into the row of a platform in 评价结果."""
        self._typed("results", name, values)

    def adds(self, table: str, **values: object) -> None:
        """Type a new row below the last one."""
        with _Open(self.case.workbook, table) as sheet:
            row = sheet.next_row()
            for id, value in values.items():
                sheet.set(row, id, value)

    def sets(self, table: str, text: str, column: str, **values: object) -> None:
        """Type into the row whose cell in `column` says `text`."""
        with _Open(self.case.workbook, table) as sheet:
            row = sheet.row(text, column)
            for id, value in values.items():
                sheet.set(row, id, value)

    def confirms(self, *names: str, until: date = VALID_UNTIL) -> None:
        """Hold everybody (or `names`) against the official list: as their forms claim it."""
        platforms, label = self.run("check")["platforms"], FILING.field("recognition").label
        filings = gather(self.case, today=date(2023, 7, 1)).filings
        numbers = {one.text(FILING.field("name").label): one.text(label) for one in filings}
        with _Open(self.case.workbook, "roster") as sheet:
            for one in platforms:
                if names and one["name"] not in names:
                    continue
                row = sheet.row(one["name"], "name")
                sheet.fill(row, "level", one["level"])
                sheet.fill(row, "number", numbers.get(one["name"]) or "示范平台〔2021〕示例号")
                sheet.fill(row, "valid_until", until)

    def accepts(self, reason: str = "经核实，同意", *, only: Iterable[str] = ()) -> list[str]:
        """Accept every open finding that may be accepted (of these codes); return the codes."""
        wanted = tuple(only)
        found = self.run("evaluate")["findings"]
        taken = [
            one
            for one in found
            if one["state"] == "待处理" and (not wanted or one["code"] in wanted)
        ]
        for one in taken:
            self.adds("acceptances", id=one["id"], accepted="是", reason=reason)
        return [one["code"] for one in taken]

    def text(self, table: str, text: str, column: str, wanted: str) -> str:
        """Return what stands in column `wanted` of the row whose `column` says `text`."""
        with _Open(self.case.workbook, table, save=False) as sheet:
            return str(sheet.get(sheet.row(text, column), wanted) or "")

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return all rows of a sheet, by column id."""
        with _Open(self.case.workbook, table, save=False) as sheet:
            return sheet.all_rows()

    def _typed(self, table: str, name: str, values: dict[str, object]) -> None:
        with _Open(self.case.workbook, table) as sheet:
            row = sheet.row(name, "name", new=table == "roster")
            sheet.fill(row, "name", name)
            for id, value in values.items():
                sheet.set(row, id, value)


class _Open:
    """A sheet of the workbook while it is open (打开的表)."""

    def __init__(self, path: Path, table: str, *, save: bool = True) -> None:
        self._path, self._save = path, save
        self._book = load_workbook(path, keep_vba=True)
        self._sheet = self._book[FORM.tables[table].sheet]
        labels = {column.label: column.id for column in FORM.tables[table].columns}
        for cells in self._sheet.iter_rows(max_row=8):
            columns = {labels[c.value]: c.column for c in cells if c.value in labels}
            if len(columns) > 1:
                self._columns, self._heading = columns, cells[0].row
                return
        raise AssertionError(f"no heading on {table}")

    def __enter__(self) -> _Open:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is None and self._save:
            self._book.save(self._path)

    def row(self, text: str, column: str, *, new: bool = False) -> int:
        """Return the row whose cell in `column` says `text`."""
        for row in range(self._heading + 1, self._sheet.max_row + 1):
            if str(self.get(row, column) or "") == text:
                return row
        if new:
            return self.next_row()
        raise AssertionError(f"no row with {text} in {column}")

    def next_row(self) -> int:
        """Return the row below the last one in use."""
        rows = range(self._sheet.max_row, self._heading, -1)
        used = (row for row in rows if any(c.value is not None for c in self._sheet[row]))
        return next(used, self._heading) + 1

    def get(self, row: int, column: str) -> Any:
        """Return a cell's value."""
        return self._sheet.cell(row, self._columns[column]).value

    def set(self, row: int, column: str, value: object) -> None:
        """Type a value, "" or None to empty the cell."""
        self._sheet.cell(row, self._columns[column]).value = None if value == "" else value

    def fill(self, row: int, column: str, value: object) -> None:
        """Type a value where nothing stands."""
        if self.get(row, column) in (None, ""):
            self.set(row, column, value)

    def all_rows(self) -> list[dict[str, Any]]:
        """Return the rows below the heading that hold something."""
        every = (
            {id: self.get(row, id) for id in self._columns}
            for row in range(self._heading + 1, self._sheet.max_row + 1)
        )
        return [one for one in every if any(value is not None for value in one.values())]


def sends(case: Case, name: str, path: Path) -> None:
    """Put a file a platform sent into 申报材料 under this name."""
    shutil.copy(path, case.filings / name)


def retype(path: Path, **answers: object) -> None:
    """Type other answers into 附件1 of a filing, by the ids of its fields."""
    form = FILING
    book = load_workbook(path)
    sheet = book[form.profile_sheet]
    for id, value in answers.items():
        label = form.field(id).label
        row = next(r for r in sheet.iter_rows() if _label(r[1].value) == label)
        row[2].value = value
    book.save(path)


def shorten(path: Path, rows: int) -> None:
    """Leave only the first `rows` activities in 附件3 of a filing."""
    form = FILING
    book = load_workbook(path)
    sheet = book[form.ledger.sheet]
    label = form.ledger.column("held_on").label
    heading = next(
        cells[0].row for cells in sheet.iter_rows() if label in {_label(c.value) for c in cells}
    )
    for cells in sheet.iter_rows(min_row=heading + 1 + rows):
        for cell in cells:
            if cell.data_type != "f" and type(cell).__name__ == "Cell":
                cell.value = None
    book.save(path)


def _label(value: object) -> str:
    return str(value or "").strip(" *")
