"""Who reads what is printed, in which encoding (输出的编码)."""

from __future__ import annotations

import io
import json
import sys

import pytest

from xlpy.cli import commands, main, terminal
from xlpy.steps.case import Case

NAME = "示例㐂平台"  # one sign that code page 936 does not know


class Stream(io.TextIOWrapper):
    """What a process prints into: a pipe, or a terminal."""

    def __init__(self, *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(), encoding="latin-1")
        self._terminal = terminal

    def isatty(self) -> bool:
        """Tell whether a person looks on."""
        return self._terminal

    @property
    def raw_bytes(self) -> bytes:
        """Return what was written."""
        self.flush()
        return self.buffer.getvalue()  # type: ignore[attr-defined]


@pytest.fixture
def streams(monkeypatch: pytest.MonkeyPatch):
    """Put two streams in place, on a Windows whose console has code page 936."""

    def put(*, terminal_: bool = False) -> tuple[Stream, Stream]:
        out, err = Stream(terminal=terminal_), Stream(terminal=terminal_)
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        return out, err

    monkeypatch.setattr(terminal, "_console_encoding", lambda: "gbk")
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    return put


def test_a_pipe_on_windows_gets_the_code_page_of_the_console(streams) -> None:
    """`xlpy check 项目 | more` reads well; a sign it does not know costs itself only."""
    out, err = streams()
    terminal.settle_streams("win32")
    terminal.say(NAME)
    terminal.complain("无法运行。")
    assert out.raw_bytes.decode("gbk").strip() == "示例?平台"
    assert err.raw_bytes.decode("gbk").strip() == "无法运行。"


@pytest.mark.parametrize(("platform", "is_terminal"), [("win32", True), ("linux", False)])
def test_a_terminal_and_other_systems_get_utf8(streams, platform: str, is_terminal: bool) -> None:
    """Windows shows it through its wide interface."""
    out, _ = streams(terminal_=is_terminal)
    terminal.settle_streams(platform)
    terminal.say(NAME)
    assert out.raw_bytes.decode("utf-8").strip() == NAME


def test_json_is_utf8_everywhere(streams, ready: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the console's code page, the programs that read it take UTF-8."""
    out, _ = streams()
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(SystemExit):
        main(["evaluate", str(ready.folder), "--as-of", "2023-06-30", "--json"])
    text = out.raw_bytes.decode("utf-8")
    assert "已" in text or "平台" in text
    assert json.loads(text)["base"] == 4


def test_who_asks_for_an_encoding_gets_it(streams, monkeypatch: pytest.MonkeyPatch) -> None:
    """PYTHONIOENCODING is Python's own way to ask."""
    out, _ = streams()
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    terminal.settle_streams("win32")
    assert out.encoding == "latin-1"
    terminal.say(NAME)  # a sign that it cannot say costs itself only
    assert out.raw_bytes.strip() == b"?????"


def test_nothing_in_a_folders_name_is_expanded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Click would, on Windows only: `%年度%`, `~`, `[x]`. Tried in earnest by tests/windows."""
    asked: list[object] = []

    def run(arguments: object, **more: object) -> int:
        asked.append(more.get("windows_expand_args"))
        return 0

    monkeypatch.setattr(commands.cli, "main", run)
    with pytest.raises(SystemExit):
        main(["evaluate", "%PATH%"])
    assert asked == [False]
