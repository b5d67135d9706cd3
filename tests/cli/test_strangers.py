"""Names that strangers chose, on a real terminal (陌生人起的名字): shown, never obeyed."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.kit.clerk import command_line
from tests.kit.terminal import on_terminal
from xlpy.cli import terminal
from xlpy.steps.case import Case

pytest.importorskip("pty")

BAD = "[red]x[/] [/] [link=file:///x]甲[/link] :smile:"
SIGNS = "\x1b[2J \x1b]8;;file:///x\x1b\\y \x9b31m \u202e反 \u200b \u2028行\n一切正常\r\t\x07"
_OURS = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")
"""What rich itself sends for colours, the cursor and the bar."""


def _retyped(path: Path, answers: dict[str, str]) -> None:
    """Type answers of 附件1 with another program; a control as spreadsheets write it."""
    book = load_workbook(path)
    for row in book["附件1"].iter_rows():
        if value := answers.get(str(row[1].value).rstrip("*")):
            row[2].value = re.sub("[\x00-\x1f]", lambda one: f"_x{ord(one[0]):04X}_", value)
    book.save(path)


def _file(text: str) -> str:
    return text.replace("/", "-")


@pytest.fixture(scope="module")
def _haunted(_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of four with names of all these kinds, in forms and of files; evaluated."""
    case = Case(Path(shutil.copytree(_made, tmp_path_factory.mktemp("haunted") / _made.name)))
    first, second, third, _ = sorted(case.filings.iterdir())
    _retyped(first, {"平台名称": BAD})
    _retyped(second, {"平台名称": f"乙{SIGNS}"})
    _retyped(third, {"运营单位": f"丙{SIGNS}{BAD}", "年服务企业数": f"约{SIGNS}"})
    second.rename(second.with_name(f"{_file(SIGNS)}.xlsx"))
    (case.filings / f"{_file(BAD)}.txt").write_bytes(b"text")
    (case.filings / os.fsdecode(b"\xbc\xd7\x1b[2J.xlsx")).write_bytes(b"text")
    (case.filings / "长".join("\x1b" * 60)).mkdir()
    command_line("evaluate", case.folder)
    return case.folder


@pytest.fixture
def haunted(_haunted: Path, tmp_path: Path) -> Case:
    """A copy of that case, and one more such file that came in afterwards."""
    case = Case(Path(shutil.copytree(_haunted, tmp_path / _haunted.name)))
    (case.filings / f"{_file(SIGNS)}2.txt").write_bytes(b"text")
    return case


def _harmless(sent: bytes) -> bool:
    """Tell whether nothing but text, line ends and rich's own signs was sent."""
    text = _OURS.sub(b"", sent).replace(b"\r\n", b"\n").replace(b"\r", b"").decode("utf-8")
    unseen = [one for one in text if not terminal.is_visible(one) and one != "\n"]
    cleared = re.findall(rb"\x1b\[[23]J|\x1b\]8|\x1b\[31m", sent)
    return not unseen and not cleared and "\n一切正常" not in text


@pytest.mark.parametrize("command", ["check", "evaluate", "export", "verify"])
def test_a_terminal_shows_the_names_and_obeys_none(command: str, haunted: Case) -> None:
    """And the exit status is that of findings."""
    status, sent = on_terminal(command, haunted.folder)
    assert _harmless(sent), sent
    assert status == 1
    assert "内部错误" not in sent.decode()


def test_the_table_shows_markup_as_it_was_typed(haunted: Case) -> None:
    _, sent = on_terminal("evaluate", haunted.folder)
    assert BAD.encode() in sent
    assert b"<U+001B>[2J <U+001B>]8;;file:---x" in sent  # no name could be read: the file's


def test_no_sheet_that_is_written_holds_a_sign_nobody_sees(haunted: Case) -> None:
    """Not even where the name of a file stands for that of a platform nobody could read."""
    command_line("check", haunted.folder)
    command_line("evaluate", haunted.folder)
    for path in (haunted.result, haunted.register, haunted.workbook):
        cells = [cell for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]
        texts = [cell.value for cell in cells if isinstance(cell.value, str)]
        unseen = "\x1b\x9b\u202e\u200b\u2028"
        assert [text for text in texts if set(text) & set(unseen) or "_x001B_" in text] == []
        assert any("<U+001B>[2J" in text for text in texts)


@pytest.mark.parametrize("drawn", [True, False])
def test_a_table_shows_a_sign_for_what_nobody_sees(
    drawn: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a terminal and into a pipe, where a tab would be another column."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: drawn)
    monkeypatch.setenv("COLUMNS", "200")
    terminal.show_table(("名称", "等次"), [(f"{BAD}\t\x9b31m\u202e", "A")])
    assert f"{BAD} <U+009B>31m<U+202E>" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["check", "evaluate", "export", "verify"])
def test_json_stays_one_object_without_anything_unseen(command: str, haunted: Case) -> None:
    status, sent = on_terminal(command, haunted.folder, "--json")
    text = sent.decode().replace("\r\n", "\n")
    assert isinstance(json.loads(text), dict)
    assert [one for one in text if not terminal.is_visible(one) and one != "\n"] == []
    assert status == 1


def test_json_keeps_a_name_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    name = SIGNS + BAD + "\U000e0041\udcbc\ue000"
    terminal.print_json({"name": name, "more": [{"名": (name,)}]})
    out = capsys.readouterr().out
    assert json.loads(out) == {"name": name, "more": [{"名": [name]}]}


@pytest.mark.parametrize(("length", "kept"), [(5000, 5000), (5001, 5001), (20_000_000, 5001)])
def test_json_holds_no_text_without_an_end(
    length: int, kept: int, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal.print_json({"name": "长" * length})
    assert len(json.loads(capsys.readouterr().out)["name"]) == kept


@pytest.mark.parametrize(
    "words",
    [
        ("check", "没有\x1b[31m\n一切正常"),
        ("check\x1b[2J",),
        ("check", "x", "--\x9b31m\u202e"),
        ("check", os.fsdecode(b"\xbc\xd7")),
        ("desk", "没有\x1b[31m"),
        ("new", "x", "--from", "没有\x1b]8;;file:///x\x1b\\", "--year", "2023"),
    ],
)
def test_a_wrong_command_line_is_not_echoed_raw(words: tuple[str, ...], tmp_path: Path) -> None:
    status, sent = on_terminal(*words)
    assert _harmless(sent), sent
    assert status == 2


def test_a_bar_shows_its_words_as_they_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with terminal.progress() as advance:
        assert advance is not None
        advance("[/][red]\x1b[2J", 1, 2)
    shown = capsys.readouterr().err
    assert "[/][red]<U+001B>[2J" in shown
