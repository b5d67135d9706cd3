"""A case of thousands (大项目): its workbook is made after the result, not beside it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.kit.case import AS_OF
from xlpy.excel.workers.beside import beside
from xlpy.steps.case import Case
from xlpy.steps.gather import gather


@pytest.mark.parametrize(("many", "apart"), [(3, False), (4, True), (5, True)])
def test_more_platforms_than_many_need_no_second_process(
    case: Case, xlpy, monkeypatch: pytest.MonkeyPatch, many: int, apart: bool
) -> None:
    """The case has four; a second process would copy what is known of them."""
    begun: list[Callable[[], bytes]] = []
    monkeypatch.setattr(
        "xlpy.steps.workbook.beside", lambda work: begun.append(work) or beside(work)
    )
    monkeypatch.setattr("xlpy.steps.workbook._MANY", many)
    assert xlpy("evaluate", case.folder)[0] == 1
    assert bool(begun) is apart


@pytest.mark.usefixtures("clock")
def test_the_workbook_is_the_same_when_it_is_made_last(
    case: Case, xlpy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = Case(Path(shutil.copytree(case.folder, tmp_path / "again" / case.folder.name)))
    xlpy("evaluate", case.folder)
    monkeypatch.setattr("xlpy.steps.workbook._MANY", 3)
    xlpy("evaluate", other.folder)
    assert case.workbook.read_bytes() == other.workbook.read_bytes()


def test_a_run_keeps_of_the_workbook_what_it_looks_at_again(case: Case) -> None:
    """The tables of thousands of platforms were read, and are large."""
    gathered = gather(case, today=AS_OF)
    assert {one.name for one in gathered.book.grids} == {"_meta", "操作台", "变更记录"}


def test_who_looks_at_what_it_shows_keeps_all_of_it(case: Case) -> None:
    gathered = gather(case, today=AS_OF, audited=True)
    assert {"评价结果", "参评名单"} < {one.name for one in gathered.book.grids}
