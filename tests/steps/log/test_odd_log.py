"""A log that is whole and yet not as the program wrote it: told as what it is, and how to go on."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.kit.forger import append_line, rewrite_log
from xlpy.steps.case import Case
from xlpy.steps.log import journal

Run = Callable[..., tuple[int, str, str]]

ODD: dict[str, Any] = {
    "time": "x",
    "as_of": "nonsense",
    "command": 7,
    "version": None,
    "edition": [],
    "parameters": {"line_a": 90},
    "inputs": ["x"],
    "staff": 1,
    "outputs": {"输出/x\0": "y"},
    "base": "ten",
    "quota": True,
    "total_subsidy": "many",
    "decisions": [["x"]],
    "open_findings": 1.5,
    "login": 1,
    "who": {"x": []},
    "changed": [["a"]],
    "papers": [{"kind": "notice"}],
    "shown": {"by": [["1", 0, [9], False]], "figures": []},
    "kept": {"/dev/zero": "x"},
    "mended": {"../../x": "x"},
    "refused": [1],
    "today": "2023-02-30",
    "kind": "letter",
    "problems": "x",
}


def _plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", ODD)
def test_a_chained_line_with_an_odd_field_is_a_problem_of_that_line(name: str, ready: Case) -> None:
    entry = {k: v for k, v in journal.lines(ready)[-1].items() if k not in ("prev", "hash")}
    number = len(journal.lines(ready)) + 1
    append_line(ready, {**entry, name: ODD[name]})
    wanted = f"运行记录第{number}行：内容不完整或格式不对（{name}），请与备份核对。"
    assert journal.problems(ready) == (wanted,)


@pytest.mark.parametrize("command", ["verify", "check", "evaluate"])
@pytest.mark.parametrize("entry", [{"time": "x"}, {"as_of": "nonsense"}, {}])
def test_such_a_line_ends_no_run_in_an_error_of_the_program(
    command: str, entry: dict[str, str], ready: Case, xlpy: Run
) -> None:
    append_line(ready, entry)
    status, out, err = xlpy(command, ready.folder)
    told = _plain(out + err)
    assert status == (1 if command == "verify" else 2)
    assert "内容不完整或格式不对" in told
    assert "程序内部错误" not in told
    assert command == "verify" or "移到别处" in told


def test_a_command_of_a_later_version_is_no_fault(ready: Case) -> None:
    rewrite_log(ready, lambda entry: entry.update(command="publish", more={"x": [1]}))
    assert journal.problems(ready) == ()


def test_every_line_the_program_writes_is_in_order(played: Case, old_case: Case) -> None:
    assert (journal.problems(played), journal.problems(old_case)) == ((), ())


@pytest.mark.parametrize("names", [("log",), ("log_head",), ("log", "log_head", "log_last")])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_changed_line_ends_are_told_as_that_alone(
    names: tuple[str, ...], mark: bytes, ready: Case, xlpy: Run
) -> None:
    for name in names:
        path: Path = getattr(ready, name)
        path.write_bytes(mark + path.read_bytes().replace(b"\n", b"\r\n"))
    before = ready.log.read_bytes()
    # The next line brings the head back to what the program writes.
    for command in ("verify", "evaluate") if "log" in names else ("verify",):
        status, out, _ = xlpy(command, ready.folder)
        told = _plain(out)
        assert (status, "成了Windows式" in told, "内容没有改动" in told) == (0, True, True)
    assert ready.log.read_bytes().startswith(before)
    assert journal.problems(ready) == ()


@pytest.mark.parametrize(("before", "between", "behind"), [("", "", "\n\n"), ("\n", "\n", "\r\n")])
def test_blank_lines_are_told_as_that_alone(
    before: str, between: str, behind: str, ready: Case, xlpy: Run
) -> None:
    lines = ready.log.read_text("utf-8").replace("\n", f"\n{between}")
    ready.log.write_bytes(f"{before}{lines}{behind}".encode())
    for command in ("verify", "evaluate", "verify"):
        status, out, _ = xlpy(command, ready.folder)
        assert (status, "多了空行" in _plain(out)) == (0, True)
    assert journal.problems(ready) == ()


def test_a_changed_sign_beside_changed_line_ends_is_tampering(ready: Case) -> None:
    content = ready.log.read_bytes().replace(b"\n", b"\r\n")
    ready.log.write_bytes(content.replace(b'"base":', b'"base": ', 1))
    assert any("哈希不符" in one or "不是程序写下" in one for one in journal.problems(ready))


@pytest.mark.parametrize("command", ["verify", "evaluate"])
def test_a_missing_head_is_written_again_from_what_was_announced(
    command: str, ready: Case, xlpy: Run
) -> None:
    ready.log_head.unlink()
    status, out, _ = xlpy(command, ready.folder)
    told = _plain(out)
    assert (status, "运行记录.head”不见了" in told, "已按留底补写" in told) == (0, True, True)
    assert ready.torn == ()
    assert ready.log_head.read_text("ascii").strip() == journal.lines(ready)[-1]["hash"]


def test_a_missing_head_that_nothing_stands_for_is_named(ready: Case, xlpy: Run) -> None:
    ready.log_head.unlink()
    ready.log_last.unlink()
    status, _, err = xlpy("evaluate", ready.folder)
    told = _plain(err)
    assert (status, "运行记录.head）不见了" in told, "移到别处" in told) == (2, True, True)
    assert "不符" not in told


def test_a_line_cut_off_together_with_the_head_is_seen(ready: Case) -> None:
    content = ready.log.read_bytes()
    ready.log.write_bytes(content[: content.rstrip(b"\n").rfind(b"\n") + 1])
    ready.log_head.unlink()
    assert "不见了，末行无从核对" in journal.problems(ready)[0]


def test_what_was_mended_is_told_once_in_a_run(ready: Case, xlpy: Run) -> None:
    content = ready.log.read_bytes()
    ready.log.write_bytes(content[: len(content) - 200])
    status, out, _ = xlpy("verify", ready.folder)
    (aside,) = ready.torn
    told = _plain(out)
    assert (status, told.count(aside.name), "还没有记入" in told) == (0, 1, False)


@pytest.mark.parametrize(
    ("number", "cure"),
    [
        (errno.EROFS, "所在磁盘是只读的"),
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EACCES, "没有写入权限"),
        (errno.EPERM, "没有写入权限"),
        (errno.EIO, "磁盘读写出错"),
    ],
)
def test_a_disk_that_refuses_is_told_in_chinese(
    number: int, cure: str, ready: Case, xlpy: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*words: object, **more: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(import_module("xlpy.steps.case").FileLock, "acquire", refuse)
    status, _, err = xlpy("evaluate", ready.folder)
    assert (status, cure in err, os.strerror(number) in err) == (2, True, False), err
