"""输出 or the log moved away: never made again in silence, and every refusal has a way out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from importlib import import_module

import pytest

from xlpy.steps.case import Case
from xlpy.steps.log import journal
from xlpy.steps.new import new

Run = Callable[..., tuple[int, str, str]]
RUNS = ("check", "evaluate", "export", "ballots")


def _plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("command", [*RUNS, "verify"])
def test_output_renamed_after_reading_is_not_made_again(
    command: str, ready: Case, xlpy: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = import_module(f"xlpy.steps.{command}")
    whole = module.gather
    aside = ready.folder / "旧输出"

    def moving(*words: object, **more: object) -> object:
        found = whole(*words, **more)
        ready.output.rename(aside)
        return found

    monkeypatch.setattr(module, "gather", moving)
    before = (aside / ready.log.name, ready.log.read_bytes())
    more = ("--experts", "7") if command == "ballots" else ()
    status, _, err = xlpy(command, ready.folder, *more)
    assert (status, "被移走或改名" in err, "放回原处" in err) == (2, True, True), err
    assert not ready.output.exists()
    assert before[0].read_bytes() == before[1]


@pytest.mark.parametrize("command", RUNS)
def test_a_case_that_was_run_is_refused_without_its_output(
    command: str, ready: Case, xlpy: Run
) -> None:
    ready.output.rename(ready.folder.parent / "别处")
    staff = ready.workbook.read_bytes()
    more = ("--experts", "7") if command == "ballots" else ()
    status, _, err = xlpy(command, ready.folder, *more)
    assert (status, "不见了" in err, "放回" in err, "空文件夹" in err) == (2, True, True, True), err
    assert not ready.output.exists()
    assert ready.workbook.read_bytes() == staff


def test_put_back_it_goes_on(ready: Case, xlpy: Run) -> None:
    elsewhere = ready.output.rename(ready.folder.parent / "别处")
    assert xlpy("evaluate", ready.folder)[0] == 2
    elsewhere.rename(ready.output)
    lines = len(journal.lines(ready))
    assert xlpy("evaluate", ready.folder)[0] == 0
    assert len(journal.lines(ready)) == lines + 1


def test_an_empty_output_made_by_hand_begins_anew_and_says_so(ready: Case, xlpy: Run) -> None:
    shutil.rmtree(ready.output)
    ready.output.mkdir()
    status, out, _ = xlpy("evaluate", ready.folder)
    assert (status, "从这一次重新记起" in _plain(out)) == (0, True), out
    status, out, _ = xlpy("evaluate", ready.folder)
    assert (status, "从这一次重新记起" in _plain(out)) == (0, False), out


def test_a_log_that_is_gone_from_output_is_told(ready: Case, xlpy: Run) -> None:
    for path in (ready.log, ready.log_head, ready.log_last):
        path.unlink()
    status, out, _ = xlpy("check", ready.folder)
    assert (status, "从这一次重新记起" in _plain(out)) == (0, True), out


def test_verify_makes_no_output_and_says_that_it_is_gone(ready: Case, xlpy: Run) -> None:
    shutil.rmtree(ready.output)
    status, out, _ = xlpy("verify", ready.folder)
    assert (status, "运行记录不见了" in _plain(out), "放回原处" in _plain(out)) == (1, True, True)
    assert not ready.output.exists()


def test_a_new_case_without_output_is_run_and_nothing_is_said(case: Case, xlpy: Run) -> None:
    """`new` makes 输出; a packer that knows no empty folder loses it."""
    fresh = _fresh(case)
    shutil.rmtree(fresh.output)
    status, out, _ = xlpy("verify", fresh.folder)
    assert (status, "还没有评价" in _plain(out), "不见了" in _plain(out)) == (1, True, False)
    assert not fresh.output.exists()
    status, out, _ = xlpy("check", fresh.folder)
    assert (status, "重新记起" in _plain(out), len(journal.lines(fresh))) == (0, False, 1)


def test_verify_without_a_log_writes_none(case: Case, xlpy: Run) -> None:
    fresh = _fresh(case)
    xlpy("verify", fresh.folder)
    assert [one.name for one in fresh.output.iterdir() if one.name != ".lock"] == []


def test_a_case_of_1_0_is_known_to_have_been_run(old_case: Case, xlpy: Run) -> None:
    shutil.rmtree(old_case.output)
    status, _, err = xlpy("evaluate", old_case.folder)
    assert (status, "不见了" in err) == (2, True)


def _fresh(case: Case) -> Case:
    return new(case.folder.parent / "新项目", year=2022, as_of=date(2023, 6, 30))
