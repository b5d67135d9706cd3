"""Many cases in worker processes: a hostile file costs itself, a broken case costs itself."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.kit.whole import everything
from tests.steps.survey.conftest import SHOWN
from xlpy.excel.workers.limits import MEMORY
from xlpy.model.survey import SurveyedCase
from xlpy.steps import gather
from xlpy.steps.case import Case
from xlpy.steps.survey import one
from xlpy.steps.survey.here import here

TODAY = date(2023, 8, 1)
Act = Callable[[Path], None]


def look(province: Path, **more: object) -> list[SurveyedCase]:
    folders = [province / shown for shown in SHOWN]
    return list(here(folders, today=TODAY, **more))  # type: ignore[arg-type]


def when_reading(monkeypatch: pytest.MonkeyPatch, name: str, act: Act) -> None:
    """Have the reader of a file of this name do something first; forked children inherit it."""
    read = gather.read_book

    def reading(path: Path, **more: object) -> object:
        if path.name == name:
            act(path)
        return read(path, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(gather, "read_book", reading)


def when_judging(monkeypatch: pytest.MonkeyPatch, name: str, act: Act) -> None:
    """Have the worker of a case of this name do something first."""
    judged = one._judged

    def judging(case: Case, today: date) -> SurveyedCase:
        if case.folder.name == name:
            act(case.folder)
        return judged(case, today)

    monkeypatch.setattr(one, "_judged", judging)


def killed(_: Path) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hangs(_: Path) -> None:
    time.sleep(600)


def greedy(_: Path) -> None:
    bytes(MEMORY + 2**26)


def no_child_left() -> bool:
    """Tell whether every process this one started, and theirs, is gone."""
    return not multiprocessing.active_children()


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_cases_come_in_the_order_of_their_folders(province: Path, workers: int) -> None:
    found = look(province, workers=workers)
    assert [(each.problem, len(each.platforms)) for each in found] == [("", 2), ("", 3), ("", 4)]
    assert no_child_left()


def test_any_number_of_workers_finds_the_same(province: Path) -> None:
    alone = look(province, workers=1)
    assert look(province, workers=3) == alone
    assert [each.folder for each in alone] == [""] * 3


def test_no_case_at_all_is_no_work() -> None:
    assert here([], today=TODAY) == ()


def test_a_file_that_kills_its_reader_costs_itself_only(
    province: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = look(province)
    bad = max((province / SHOWN[1] / "申报材料").iterdir())
    bad.rename(bad.with_name("恶意.xlsx"))
    when_reading(monkeypatch, "恶意.xlsx", killed)
    found = look(province)
    assert [found[0], found[2]] == [plain[0], plain[2]]
    assert found[1].problem == ""
    statuses = [each.status.value for each in found[1].platforms]
    assert statuses.count("pending") == 1
    assert len(statuses) == 3


def test_a_file_that_takes_too_long_costs_itself_only(
    province: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = max((province / SHOWN[1] / "申报材料").iterdir())
    when_reading(monkeypatch, bad.name, hangs)
    monkeypatch.setattr(gather, "SECONDS_PER_FILE", 0.5)
    found = look(province, workers=1)
    assert [each.problem for each in found] == [""] * 3
    assert "pending" in {each.status.value for each in found[1].platforms}


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (killed, "评价它的进程意外中止，请在那个项目上单独运行 xlpy check"),
        (greedy, "用的内存超过每个项目的上限（1024MB）"),
        (hangs, "超过每个项目的时限（3秒）没有评价完，请用 --seconds 放宽时限"),
    ],
)
def test_a_case_that_takes_too_much_costs_itself_and_is_told(
    province: Path, monkeypatch: pytest.MonkeyPatch, act: Act, told: str
) -> None:
    plain = look(province)
    when_judging(monkeypatch, "甲", act)
    found = look(province, seconds=3)
    assert [found[0], found[2]] == [plain[0], plain[2]]
    assert told in found[1].problem
    assert no_child_left()


def test_a_worker_that_was_stopped_leaves_no_child_that_reads(
    province: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its child hangs in a file; the case is over its limit before the file is."""
    note = tmp_path / "pid"

    def hanging(_: Path) -> None:
        note.write_text(str(os.getpid()), encoding="utf-8")
        time.sleep(600)

    bad = max((province / SHOWN[1] / "申报材料").iterdir())
    when_reading(monkeypatch, bad.name, hanging)
    assert "超过每个项目的时限" in look(province, seconds=3)[1].problem
    child = int(note.read_text(encoding="utf-8"))
    deadline = time.monotonic() + 10
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{child}").exists()


def test_one_child_reads_all_cases_of_a_worker(
    province: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is started once and stays, which on Windows is most of the time of a small case."""
    note = tmp_path / "pids"

    def noted(_: Path) -> None:
        with note.open("a", encoding="utf-8") as file:
            file.write(f"{os.getpid()} {os.getppid()}\n")

    read = gather.read_book

    def reading(path: Path, **more: object) -> object:
        if path.parent.name == "申报材料":
            noted(path)
        return read(path, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(gather, "read_book", reading)
    look(province, workers=1)
    lines = note.read_text(encoding="utf-8").splitlines()
    assert (len(lines), len(set(lines))) == (9, 1)


def test_progress_counts_cases(province: Path) -> None:
    seen: list[int] = []
    look(province, progress=seen.append, workers=1)
    assert seen == [1, 2, 3]


def test_an_interrupted_survey_leaves_no_process(province: Path) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        look(province, progress=interrupt)
    assert no_child_left()


def test_no_file_of_any_case_changes(province: Path) -> None:
    cases = [Case(province / shown) for shown in SHOWN]
    for case in cases:
        (case.output / ".lock").unlink()
    before = [everything(case) for case in cases]
    look(province)
    assert [everything(case) for case in cases] == before
    assert not list(province.rglob(".lock"))
