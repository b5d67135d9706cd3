"""Ballots that nobody was given (冒名评分表), and the secret that shows them up."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from tests.kit.case import AS_OF
from tests.kit.panel import fill_ballots
from xlpy.excel.reading.book import read_book
from xlpy.forms.cells.identity import read_meta
from xlpy.model.grid import Book
from xlpy.steps.case import Case
from xlpy.steps.gather import gather
from xlpy.steps.new import new


def _meta(path: Path) -> dict[str, str]:
    book = read_book(path)
    assert isinstance(book, Book)
    return read_meta(book)


def _unpacked(path: Path) -> bytes:
    """Return what stands in a file, the parts of a workbook unpacked."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as package:
        return b"".join(map(package.read, package.namelist()))


def _stuff(case: Case, name: str, **marks: str) -> None:
    """Put a copy of an expert's ballot into 专家评分, `marks` typed over in its `_meta`."""
    book = load_workbook(min(case.ballots.iterdir()))
    for row in book["_meta"].iter_rows():
        if row[0].value in marks:
            row[1].value = marks[str(row[0].value)]
    book.save(case.ballots / name)


def _scores(out: str) -> list[tuple[int, str]]:
    return [(one["ballots"], one["score"]) for one in json.loads(out)["platforms"]]


def test_a_copy_with_a_made_up_expert_does_not_count(case: Case, xlpy) -> None:
    """The sheet 专家 is empty: nothing else would stop it."""
    _, before, _ = xlpy("evaluate", case.folder, "--json")
    _stuff(case, "冒名.xlsx", expert="08")
    _, after, _ = xlpy("evaluate", case.folder, "--json")
    assert _scores(after) == _scores(before)
    found = [one for one in json.loads(after)["findings"] if one["file"] == "冒名.xlsx"]
    assert [one["code"] for one in found] == ["B725"]


def test_nobody_can_take_the_ballot_of_another_out(ready: Case, xlpy) -> None:
    """A copy under 02's number is no second ballot of 02."""
    _, before, _ = xlpy("evaluate", ready.folder, "--json")
    _stuff(ready, "冒名.xlsx", expert="02")
    _, after, _ = xlpy("evaluate", ready.folder, "--json")
    assert _scores(after) == _scores(before)
    assert [one["code"] for one in json.loads(after)["findings"]] == ["B725"]


def test_a_ballot_that_is_no_longer_sealed_is_issued_again(case: Case, xlpy) -> None:
    first = min(case.issued.iterdir())
    book = load_workbook(first)
    next(row for row in book["_meta"].iter_rows() if row[0].value == "seal")[1].value = "0"
    book.save(first)
    xlpy("ballots", case.folder, "--experts", "7")
    again = case.issued / f"{first.stem}(2).xlsx"
    assert (_meta(again)["expert"], _meta(again)["supplement"]) == ("01", "0")


def test_every_new_case_has_a_secret_of_its_own(tmp_path: Path) -> None:
    secrets = [
        _meta(new(tmp_path / name, year=2022, as_of=date(2023, 6, 30)).workbook)["seal"]
        for name in ("甲", "乙")
    ]
    assert len(set(secrets)) == 2
    assert all(re.fullmatch("[0-9a-f]{64}", one) for one in secrets)


def test_the_secret_is_kept_and_stands_in_the_workbook_only(ready: Case, xlpy) -> None:
    """And in the copies of it: ballots, papers and the log show no trace."""
    folder = ready.folder
    assert _meta(ready.workbook)["seal"] == "kit"
    secret = "f0" * 32
    book = load_workbook(ready.workbook, keep_vba=True)
    next(row for row in book["_meta"].iter_rows() if row[0].value == "seal")[1].value = secret
    book.save(ready.workbook)
    for path in (*ready.issued.iterdir(), *ready.ballots.iterdir()):
        path.unlink()  # sealed with the other one
    xlpy("ballots", folder, "--experts", "7")
    fill_ballots(ready, today=AS_OF, seed=1)
    xlpy("check", folder)
    xlpy("evaluate", folder)
    assert xlpy("export", folder)[0] == 0
    assert _meta(ready.workbook)["seal"] == secret
    assert secret not in repr(gather(ready, today=AS_OF).staff)
    written = [path for path in ready.output.rglob("*") if path.is_file()]
    holding = [path for path in written if secret.encode() in _unpacked(path)]
    assert holding == list(ready.backups.glob("*-公示名单.xlsm"))
    assert len(holding) == 1


def test_the_secret_is_no_input(case: Case) -> None:
    """Else the digest of the staff cells would tell something of it."""
    before = gather(case, today=AS_OF).staff
    book = load_workbook(case.workbook, keep_vba=True)
    next(row for row in book["_meta"].iter_rows() if row[0].value == "seal")[1].value = "other"
    book.save(case.workbook)
    after = gather(case, today=AS_OF).staff
    assert (after.secret, after.digest) == ("other", before.digest)
