"""How often Excel is called for one 评价 (COM 调用次数): as often for 600 platforms as for 6."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from tests.kit.as_book import as_book
from tests.kit.decided import EDITION, FORMS, POLICY, decision, evaluation, filing, finding
from tests.kit.fake_com import Application, Calls, CDispatch, windows_engine
from tests.kit.memory_engine import MemoryBook, opened
from xlpy import addin
from xlpy.forms.staff.read import read_staff
from xlpy.model.decision import Evaluation
from xlpy.model.finding import Place
from xlpy.model.history import Change, History
from xlpy.policy.parameters.rules import default_rules
from xlpy.report.workbook.document import staff_skeleton, workbook_document
from xlpy.steps.case import Case
from xlpy.steps.evaluate import Run
from xlpy.steps.gather import Gathered
from xlpy.steps.workbook import Workbook

MOST = 119
"""99 in version 1.0, and 20 more for its three new sheets 异议, 收件登记 and 变更记录."""


def judged(platforms: int) -> Evaluation:
    """Return an evaluation of this many platforms, as many findings."""
    codes = (f"91340300MA2N{number:06d}" for number in range(platforms))
    decisions = (
        decision(f"={number}号平台", code=code, filing=filing(f"={number}号平台", code=code))
        for number, code in enumerate(codes, 1)
    )
    findings = (
        finding(place=Place(f"{number}.xlsx", "附件3", f"I{number}"))
        for number in range(1, platforms + 1)
    )
    return evaluation(*decisions, findings=tuple(findings))


def changed(rows: int) -> Iterator[Change]:
    """Yield as many changes of the staff's cells."""
    for row in range(1, rows + 1):
        yield Change(
            time="2023-06-30T09:00:00+08:00",
            login="staff",
            command="check",
            table="roster",
            row=f"={row}号平台",
            column="level",
            old="",
            new="省级",
        )


def empty_book(folder: Path) -> MemoryBook:
    """Open the workbook of a new case."""
    skeleton = staff_skeleton(
        edition=EDITION, forms=FORMS, case="c", year=2022, as_of=judged(0).as_of
    )
    document = workbook_document(
        edition=EDITION,
        forms=FORMS,
        rules=default_rules(EDITION),
        staff=skeleton,
        evaluation=None,
    )
    return opened(folder / "evaluate.xlsm", as_book(document).grids)


def step(platforms: int) -> Callable[..., Run]:
    """Return the step 评价 without its files: what it does to the open workbook is left."""

    def run(folder: Path, *, today: Any, workbook: Workbook) -> Run:
        case = Case(folder)
        book = workbook.read(case)
        read = read_staff(book, edition=EDITION, forms=FORMS, fallback=today)
        gathered = Gathered(
            edition=EDITION,
            forms=FORMS,
            rules=read.rules,
            staff=read.staff,
            filings=(),
            ballots=(),
            inputs=(),
            book=book,
            policy=POLICY,
        )
        done, told = judged(platforms), History(changes=tuple(changed(platforms)))
        return Run(evaluation=done, notes=workbook.fill(case, gathered, done, history=told))

    return run


def clicked(
    platforms: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[MemoryBook, list[str]]:
    """Click 评价 in an Excel of fake objects; return the book and every invoke."""
    book = empty_book(folder)
    (folder / "evaluate.xlsm").touch()
    monkeypatch.setattr("xlpy.steps.evaluate.evaluate", step(platforms))
    calls = Calls()
    with windows_engine() as engine:
        excel = engine.COMRetryObjectWrapper(CDispatch(calls, Application(book.app, book)))
        xw.Book(impl=engine.App(xl=excel).books("evaluate.xlsm")).set_mock_caller()
        try:
            assert addin.evaluate() is not None, book.app.alerts
        finally:
            del xw.Book._mock_caller
    return book, calls.made


def test_one_evaluation_takes_at_most_119_invokes(tmp_path, monkeypatch):
    """Finding the workbook, reading, progress, writing: all of it."""
    _, calls = clicked(6, tmp_path, monkeypatch)
    assert len(calls) <= MOST, calls


def test_invokes_do_not_grow_with_platforms_or_changes(tmp_path, monkeypatch):
    """Blocks, never cells."""
    (_, few), (book, many) = (clicked(count, tmp_path, monkeypatch) for count in (6, 600))
    assert few == many
    assert len(book.page("收件登记").rows()) >= 603
    assert len(book.page("变更记录").rows()) == 603


def test_all_platforms_arrive_and_text_stays_text(tmp_path, monkeypatch):
    """A name that begins with `=` is no formula, a code of digits no number."""
    book, _ = clicked(600, tmp_path, monkeypatch)
    page = book.page("评价结果")
    rows = page.rows()[3:]
    assert len(rows) == 600
    assert rows[0][1] == "=1号平台"
    assert len(book.page("参评名单").rows()) == 603
    assert {page.name for page in book.pages if page.formulas} == {"校验问题"}, "files by name"
    assert rows[599][4] == float(Decimal("90.75"))


def test_the_screen_and_the_status_bar_are_given_back(tmp_path, monkeypatch):
    """Off once, on once; three words of progress."""
    book, _ = clicked(6, tmp_path, monkeypatch)
    assert book.app.updating == [False, True]
    assert book.app.said[-1] is False
    assert len(book.app.said) <= 5
