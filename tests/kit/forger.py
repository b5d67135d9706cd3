"""Somebody with write access (改动者): changes log, workbook or paper as such people would."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from xlpy.report.runlog import START, head_of, line
from xlpy.steps.case import Case
from xlpy.steps.log import journal

Entry = dict[str, Any]


def rewrite_log(case: Case, change: Callable[[Entry], object]) -> None:
    """Change the lines of the log, reckon every hash anew, and the head too.

    A line for which `change` returns False is left out.
    """
    text, previous = "", START
    for told in case.log.read_text(encoding="utf-8").splitlines():
        entry = {k: v for k, v in json.loads(told).items() if k not in ("prev", "hash")}
        if change(entry) is False:
            continue
        text += (added := line(entry, previous))
        previous = head_of(added)
    _put(case, text, previous)


def append_line(case: Case, entry: Entry) -> None:
    """Write a line below the last one, as a run would: all that stands above stays as it is."""
    text = case.log.read_text(encoding="utf-8")
    added = line(entry, head_of(text))
    _put(case, text + added, head_of(added))


def _put(case: Case, text: str, head: str) -> None:
    case.log.write_text(text, encoding="utf-8", newline="\n")
    case.log_head.write_text(f"{head}\n", encoding="ascii", newline="\n")
    case.log_last.unlink(missing_ok=True)


def pay(entry: Entry, name: str, amount: str) -> None:
    """Write another amount for a platform into a line, and into its total."""
    for decision in entry["decisions"]:
        if decision[1] == name and decision[5] != "None":
            entry["total_subsidy"] = str(
                int(entry["total_subsidy"]) - int(decision[5]) + int(amount)
            )
            decision[5] = amount


def edit_cell(path: Path, sheet: str, cell: str, value: object) -> None:
    """Type over a cell of a workbook and save it, macros kept."""
    book = load_workbook(path, keep_vba=path.suffix == ".xlsm")
    book[sheet][cell] = value
    book.save(path)


def edit_part(path: Path, part: str, pattern: str, text: str) -> None:
    """Change the XML of one part of a workbook and leave every other byte of its parts."""
    with zipfile.ZipFile(path) as old:
        parts = {one.filename: old.read(one) for one in old.infolist()}
    changed, count = re.subn(pattern, text, parts[part].decode("utf-8"), count=1)
    assert count, f"{pattern} is not in {part}"
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, changed.encode("utf-8") if name == part else content)
    path.write_bytes(packed.getvalue())


def adopt(entry: Entry, case: Case, path: Path) -> None:
    """Let a line of the log take a file as it lies there now for what its run wrote."""
    name = case.relative(path)
    digest = journal.digest(path.read_bytes())
    for key in ("outputs", "kept"):
        if name in entry.get(key, {}):
            entry[key][name] = digest
    for paper in entry.get("papers", ()):
        if paper["path"] == name:
            paper["digest"] = digest


def cell_of(path: Path, sheet: str, text: str, label: str) -> str:
    """Return the address in column `label` of the row one of whose cells says `text`."""
    rows = list(load_workbook(path)[sheet].iter_rows())
    heading = next(row for row in rows if label in [cell.value for cell in row])
    column = [cell.value for cell in heading].index(label)
    row = next(row for row in rows if text in [cell.value for cell in row])
    return str(row[column].coordinate)
