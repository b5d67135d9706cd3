"""A case after a power cut: work goes on, nobody is accused, and it is told."""

from __future__ import annotations

import json
import shutil
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from tests.kit.killed import killed_at
from xlpy.errors import FileBusyError
from xlpy.steps.case import Case
from xlpy.steps.export import export
from xlpy.steps.log import journal

_TOLD = "上次运行在写运行记录时中断"


def _torn(case: Case, keep: float, tail: bytes = b"") -> bytes:
    """Leave this part of the last line, and `tail`; return the line."""
    content = case.log.read_bytes()
    start = content.rstrip(b"\n").rfind(b"\n") + 1
    last = content[start:]
    case.log.write_bytes(content[:start] + last[: int(len(last) * keep)] + tail)
    return last


@pytest.mark.parametrize(
    ("keep", "tail"), [(0.5, b""), (0.5, bytes(3_000)), (0.0, bytes(900)), (0.99, b"\xff")]
)
def test_a_torn_last_line_is_mended_and_told(
    keep: float, tail: bytes, ready: Case, xlpy, capsys: pytest.CaptureFixture[str]
) -> None:
    before = ready.log.read_bytes()
    _torn(ready, keep, tail)
    status, out, err = xlpy("evaluate", ready.folder)
    assert (status, err) == (0, "")
    assert _TOLD in "".join(out.split())
    assert ready.log.read_bytes().startswith(before)
    (aside,) = ready.torn
    assert "".join(out.split()).count(aside.name) == 1
    assert aside.read_bytes().endswith(tail)
    assert list(journal.lines(ready)[-1]["mended"]) == [ready.relative(aside)]
    status, out, _ = xlpy("verify", ready.folder)
    assert (status, "核验无误" in out, _TOLD in out) == (0, True, False)
    assert "mended" not in journal.lines(ready)[-1]


@pytest.mark.parametrize("head", ["", "half", "old", "zeros"])
def test_a_torn_head_is_mended_by_verify_too(head: str, ready: Case, xlpy) -> None:
    *_, old, new = (one["hash"] for one in journal.lines(ready))
    heads = {"": b"", "half": new[:20].encode(), "old": old.encode(), "zeros": bytes(65)}
    ready.log_head.write_bytes(heads[head])
    status, out, _ = xlpy("verify", ready.folder)
    assert (status, _TOLD in "".join(out.split())) == (0, True)
    assert ready.log_head.read_text(encoding="ascii").strip() == journal.lines(ready)[-1]["hash"]


def test_a_torn_line_of_verify_costs_that_line_only(played: Case, xlpy) -> None:
    before = journal.lines(played)
    assert before[-1]["command"] == "verify"
    _torn(played, 0.3)
    status, out, _ = xlpy("verify", played.folder)
    assert (status, "最后一行没有写完" in "".join(out.split())) == (0, True)
    assert journal.lines(played)[:-1] == before[:-1]


def test_a_last_line_taken_out_is_still_tampering(played: Case, xlpy) -> None:
    content = played.log.read_bytes()
    played.log.write_bytes(content[: content.rstrip(b"\n").rfind(b"\n") + 1])
    status, _, err = xlpy("evaluate", played.folder)
    assert (status, "运行记录已被改动" in err, "移到别处" in err) == (2, True, True)


def test_what_is_kept_of_a_torn_line_is_bounded_and_kept_once(ready: Case) -> None:
    for _ in range(2):
        content = ready.log.read_bytes()
        ready.log.write_bytes(content + b"x" * 3_000_000)
        with ready.locked():
            journal.confirm(ready)
    (aside,) = ready.torn
    assert 2**20 < aside.stat().st_size < 2**20 + 1_000


@pytest.mark.parametrize("command", ["evaluate", "check", "export"])
def test_after_a_run_killed_at_any_time_verify_accuses_nobody(
    command: str, ready: Case, xlpy, tmp_path: Path
) -> None:
    """A few moments out of all: see test_killed.py for every one."""
    step = getattr(import_module(f"xlpy.steps.{command}"), command)
    staff = ready.workbook.read_bytes()
    for number in range(5, 200, 11):
        case = Case(Path(shutil.copytree(ready.folder, tmp_path / str(number))))
        if not killed_at(number, lambda case=case: step(case.folder, today=date(2023, 7, 10))):
            break
        assert number < 150
        status, out, err = xlpy("verify", case.folder)
        assert (status, err) == (0, ""), (number, out)
        assert not [p for p in case.folder.rglob(".xlpy-*") if p.is_file()]
        if number < 20:
            assert case.workbook.read_bytes() == staff
        shutil.rmtree(case.folder)


def test_a_filed_paper_is_finished_with_its_version(ready: Case, tmp_path: Path) -> None:
    """Killed after it was announced: the next run, of whatever kind, brings it to its end."""
    for number in range(1, 200):
        case = Case(Path(shutil.copytree(ready.folder, tmp_path / str(number))))
        killed_at(number, lambda case=case: export(case.folder, today=date(2023, 7, 10)))
        if case.notice.exists():
            break
    with case.locked():
        (note,) = journal.confirm(case)
    assert note == "上次导出写文件时中断，已接着写完：输出文件和运行记录都是完整的。"
    entry = journal.lines(case)[-1]
    assert (entry["command"], [one["version"] for one in entry["papers"]]) == ("export", [1])
    for name, digest in (entry["outputs"] | entry["kept"]).items():
        assert journal.digest((case.folder / name).read_bytes()) == digest


def test_a_case_moved_away_in_mid_run_is_not_made_again(
    ready: Case, xlpy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = import_module("xlpy.steps.evaluate")
    whole = module.result_bytes

    def moving(*words: object) -> bytes:
        ready.folder.rename(tmp_path / "搬走了")
        return whole(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "result_bytes", moving)
    lines = len(journal.lines(ready))
    status, _, err = xlpy("evaluate", ready.folder)
    assert (status, "被移走或改名" in err, err.count("\n")) == (2, True, 1)
    assert not ready.folder.exists()
    monkeypatch.undo()
    moved = Case(tmp_path / "搬走了")
    assert len(journal.lines(moved)) == lines
    assert xlpy("evaluate", moved.folder)[0] == 0
    assert not list(moved.folder.rglob(".xlpy-*"))


def test_an_output_folder_moved_away_is_told(ready: Case, tmp_path: Path) -> None:
    def run() -> None:
        with ready.locked():
            ready.output.rename(tmp_path / "搬走了")
            journal.append(ready, "", json.dumps({"hash": "x"}) + "\n")

    with pytest.raises(FileBusyError, match="被移走或改名"):
        run()
    assert not ready.output.exists()
