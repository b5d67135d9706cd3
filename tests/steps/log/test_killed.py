"""Outputs and their line of the log are one: a run killed at any write leaves both or neither."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from tests.kit.killed import killed_at
from xlpy.errors import FileBusyError
from xlpy.report.runlog import Entry
from xlpy.steps.case import Case
from xlpy.steps.log import journal
from xlpy.steps.log.commit import commit

_OLD = {"评价结果.xlsx": b"old result", "公示名单.xlsx": b"old list"}
_NEW = {"评价结果.xlsx": b"new result", "公示名单.xlsx": b"new list", "已导出/第1版.xlsx": b"1"}
_STALE = "校验反馈/甲.xlsx"


_JUDGED: Entry = {
    "time": "2023-06-30T09:00:00+08:00",
    "version": "1.2.0",
    "edition": "bengbu-2022",
    "as_of": "2023-06-30",
    "parameters": {},
    "inputs": {},
    "staff": "",
    "base": 0,
    "quota": 0,
    "total_subsidy": "0",
    "decisions": [],
    "open_findings": 0,
}


def _entry(case: Case, files: dict[Path, bytes], **more: object) -> Entry:
    outputs = {case.relative(path): journal.digest(content) for path, content in files.items()}
    return {**_JUDGED, "command": "evaluate", "outputs": outputs, **more}


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case folder with a log of one line and its outputs, one of them stale."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    case = Case(tmp_path / "年度")
    case.output.mkdir(parents=True)
    files = {case.output / name: content for name, content in {**_OLD, _STALE: b"stale"}.items()}
    commit(case, _entry(case, files), files, {})
    return case


def _run(case: Case) -> None:
    files = {case.output / name: content for name, content in _NEW.items()}
    stale = {case.output / _STALE: journal.digest(b"stale")}
    commit(case, _entry(case, files, second=True), files, stale)


def _again(case: Case) -> None:
    journal.confirm(case)


def _outputs(case: Case) -> dict[str, bytes]:
    own = (case.log, case.log_head, case.log_last, *case.torn)
    paths = [path for path in case.output.rglob("*") if path.is_file() and path not in own]
    return {path.relative_to(case.output).as_posix(): path.read_bytes() for path in paths}


def _confirm_both_or_neither(case: Case, at: object) -> bool:
    """Return whether the run is there; fail unless it is wholly there, or not at all."""
    assert journal.problems(case) == (), at
    entries = journal.lines(case)
    done = "second" in entries[-1]
    assert (len(entries), _outputs(case)) == (
        (2, _NEW) if done else (1, {**_OLD, _STALE: b"stale"})
    ), at
    return done


def _copied(case: Case, to: Path) -> Case:
    shutil.rmtree(to, ignore_errors=True)
    return Case(Path(shutil.copytree(case.folder, to)))


def test_a_run_killed_at_any_write_is_finished_or_undone_by_the_next(
    small: Case, tmp_path: Path
) -> None:
    seen = set()
    for number in range(1, 500):
        case = _copied(small, tmp_path / "copy")
        if not killed_at(number, lambda case=case: _run(case)):
            break
        before = len(journal.lines(case))
        told = "".join(journal.confirm(case))
        done = _confirm_both_or_neither(case, number)
        seen.add(done)
        if len(journal.lines(case)) > before:
            assert "上次评价写文件时中断，已接着写完" in told
        else:
            assert bool(told) == ("已退回" in told)
    assert number > 30
    assert seen == {True, False}


def test_a_next_run_killed_as_well_is_no_harm(small: Case, tmp_path: Path) -> None:
    for number in range(1, 500, 5):
        case = _copied(small, tmp_path / "copy")
        if not killed_at(number, lambda case=case: _run(case)):
            break
        left = _copied(case, tmp_path / "left")
        for second in range(1, 500, 4):
            case = _copied(left, tmp_path / "copy")
            if not killed_at(second, lambda case=case: _again(case)):
                break
            _again(case)
            _confirm_both_or_neither(case, (number, second))
    assert number > 30, "the run was killed at every fifth write"


def test_on_a_disk_without_hard_links_too(
    small: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", no_links)
    for number in range(1, 500):
        case = _copied(small, tmp_path / "copy")
        if not killed_at(number, lambda case=case: _run(case)):
            break
        _again(case)
        _confirm_both_or_neither(case, number)
    assert number > 30, "the run was killed at every write"


def _killed_while_swapping(small: Case, tmp_path: Path) -> Case:
    """Return the case with one output new, the others not yet."""
    for number in range(1, 500):
        case = _copied(small, tmp_path / "copy")
        killed_at(number, lambda case=case: _run(case))
        if _outputs(case).get("评价结果.xlsx") == b"new result":
            return case
    raise AssertionError("no such moment")


def test_an_output_somebody_changed_after_the_crash_is_not_written_over(
    small: Case, tmp_path: Path
) -> None:
    case = _killed_while_swapping(small, tmp_path)
    case.notice.write_bytes(b"by hand")
    (note,) = journal.confirm(case)
    assert "上次评价写文件时中断，已退回到它之前的样子：请重新评价。" in note
    assert _outputs(case) == {**_OLD, _STALE: b"stale", "公示名单.xlsx": b"by hand"}
    assert len(journal.lines(case)) == 1


def test_fresh_files_that_are_gone_mean_the_old_state(small: Case, tmp_path: Path) -> None:
    case = _killed_while_swapping(small, tmp_path)
    for path in case.output.rglob("*.new.tmp"):
        path.unlink()
    journal.confirm(case)
    assert not _confirm_both_or_neither(case, "no fresh files")


def test_an_output_open_elsewhere_stops_the_next_run_with_its_name(
    small: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = _killed_while_swapping(small, tmp_path)
    whole = os.replace

    def busy(source: Path, target: Path) -> None:
        if Path(target) == case.notice:
            raise PermissionError(errno.EACCES, "open")
        whole(source, target)

    monkeypatch.setattr(os, "replace", busy)
    with pytest.raises(FileBusyError, match=r"上次评价写文件时中断，还没有恢复：.*公示名单"):
        journal.confirm(case)
    monkeypatch.undo()
    journal.confirm(case)
    assert _confirm_both_or_neither(case, "closed again")


def test_an_announcement_reaches_no_file_outside_the_rooms_of_the_case(small: Case) -> None:
    """Whoever sends a case folder along cannot have files of ours moved or removed."""
    outside = small.folder.parent / "别处.xlsx"
    outside.write_bytes(b"mine")
    line = small.log.read_text(encoding="utf-8")
    digest = journal.digest(b"mine")
    for path in ("../别处.xlsx", str(outside), "申报材料/甲.xlsx", "输出/../../别处.xlsx"):
        plan = f'{{"outputs":[],"leaving":{{"{path}":"{digest}"}}}}'
        small.log_last.write_text(f"{line}{plan}\n", encoding="utf-8")
        journal.confirm(small)
        assert outside.read_bytes() == b"mine"


def test_a_log_line_that_cannot_be_written_takes_the_outputs_back(
    small: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise FileBusyError("磁盘空间不足，请清理后再试。")

    before = small.log_last.read_bytes()
    monkeypatch.setattr(journal, "append_line", full)
    with pytest.raises(FileBusyError, match="磁盘空间不足"):
        _run(small)
    monkeypatch.undo()
    assert not _confirm_both_or_neither(small, "full")
    assert small.log_last.read_bytes() == before


@pytest.mark.parametrize("room", ["", "输出", "输出/校验反馈", "输出/备份"])
def test_what_dead_runs_left_is_cleared(room: str, small: Case) -> None:
    """One of them may be a copy of the workbook, with its secret."""
    folder = small.folder / room
    folder.mkdir(exist_ok=True)
    ours = folder / ".xlpy-0123456789abcdef.new.tmp"
    others = [folder / ".xlpy-0123.new.tmp", folder / "~$评价结果.xlsx", folder / "x.tmp"]
    for path in (ours, *others):
        path.write_bytes(b"x")
    journal.confirm(small)
    assert not ours.exists()
    assert all(path.exists() for path in others)


def test_a_temporary_file_held_open_is_left_for_the_next_time(
    small: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = small.output / ".xlpy-0123456789abcdef.old.tmp"
    held.write_bytes(b"x")

    def busy(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "open")

    monkeypatch.setattr(Path, "unlink", busy)
    assert journal.confirm(small) == ()
    monkeypatch.undo()
    journal.confirm(small)
    assert not held.exists()


def test_an_output_folder_moved_away_is_not_made_again(small: Case, tmp_path: Path) -> None:
    small.output.rename(tmp_path / "别处")
    with pytest.raises(FileBusyError):
        commit(small, {"command": "evaluate", "outputs": {}}, {small.result: b"x"}, {})
    assert not small.output.exists()
