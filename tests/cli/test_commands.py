"""The command line speaks Chinese (命令行)."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from xlpy.cli import main
from xlpy.cli.commands import cli

_ENGLISH = re.compile("Usage|Options|Commands|Show this|Error|required", re.IGNORECASE)


def _run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        main(list(words))
    printed = capsys.readouterr()
    return int(stopped.value.code or 0), printed.out, printed.err


@pytest.mark.parametrize("command", ["", *sorted(cli.commands)])
def test_help_is_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = _run(capsys, *filter(None, (command, "--help")))
    assert status == 0
    assert "用法：xlpy" in out
    assert "显示帮助" in out
    assert not _ENGLISH.search(out)


def test_the_help_lists_every_command_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = _run(capsys, "--help")
    listed = {line.split()[0] for line in out.split("命令\n")[-1].splitlines() if line.strip()}
    words = {"new", "check", "ballots", "evaluate", "export", "verify", "demo", "build"}
    assert words <= set(re.findall("[a-z]+", " ".join(listed)))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("evaluat",), "没有命令"),
        (("evaluate",), "缺少“评价项目”"),
        (("new", "x"), "缺少“--year”"),
        (("new", "x", "--year", "二〇二二"), "“--year”的取值不对"),
        (("evaluate", "x", "--jsn"), "没有选项“--jsn”"),
        (("evaluate", "x", "--as-of", "昨天"), "“--as-of”的取值不对"),
    ],
)
def test_a_wrong_command_line_is_one_chinese_sentence(
    words: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = _run(capsys, *words)
    assert (status, out) == (2, "")
    assert says in err
    assert not _ENGLISH.search(err)


@pytest.mark.parametrize(
    "words", [("check",), ("verify",), ("edition", "check"), ("edition", "list"), ("desk",)]
)
def test_links_in_a_circle_are_one_chinese_sentence(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = tmp_path / "甲", tmp_path / "乙"
    one.symlink_to(other)
    other.symlink_to(one)
    status, out, err = _run(capsys, *words, str(one))
    assert (status, out) == (2, "")
    assert err.endswith("读不到（如链接绕成了圈），请核对路径。\n")


@pytest.mark.parametrize("command", ["new", "demo"])
def test_a_blank_edition_is_not_as_good_as_none(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    year = ["--year", "2022"] if command == "new" else []
    status, _, err = _run(capsys, command, str(tmp_path / "x"), *year, "--edition", " ")
    assert status == 2
    assert "没有写明政策版本" in err
    assert not (tmp_path / "x").exists()


def test_a_bare_call_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, err = _run(capsys)
    assert "用法：xlpy" in out + err


def test_the_start_imports_no_heavy_library() -> None:
    """Evaluating must not pay for pandas, openpyxl, rich or cn2an."""
    code = (
        "import sys, xlpy.cli, xlpy.steps.evaluate;"
        "print([n for n in ('pandas','openpyxl','rich','cn2an','xlwings') if n in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
