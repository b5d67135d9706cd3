"""How the process ends (进程的结束): with its status, and nothing printed is lost unsaid."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from xlpy.cli.commands import CANNOT_RUN, FINDINGS, FINE

XLPY = (sys.executable, "-m", "xlpy")


def ended(*words: str, **streams: object) -> subprocess.CompletedProcess[bytes]:
    """Run xlpy as a process whose output is buffered, as it is into a file."""
    buffered = {name: one for name, one in os.environ.items() if name != "PYTHONUNBUFFERED"}
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.run([*XLPY, *words], check=False, env=buffered, **given)  # type: ignore


def test_what_was_printed_last_is_there() -> None:
    done = ended("--version")

    assert done.returncode == FINE
    assert done.stdout.startswith(b"xlpy ")


def test_the_status_of_what_cannot_be_done_reaches_the_shell(tmp_path: Path) -> None:
    done = ended("check", str(tmp_path / "没有"))

    assert done.returncode == CANNOT_RUN
    assert "没有" in done.stderr.decode()


@pytest.mark.skipif(sys.platform != "linux", reason="a device of Linux that is always full")
@pytest.mark.parametrize("words", [("--help",), ("edition", "list")])  # written out, and at hand
def test_a_full_disk_is_told_once(words: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        done = ended(*words, stdout=full)

    assert done.returncode == CANNOT_RUN
    assert done.stderr.decode().strip() == "文件读写出错：磁盘空间不足，请清理磁盘后重试。"


@pytest.mark.skipif(os.name == "nt", reason="pipes of Windows break otherwise")
def test_a_reader_that_left_hears_no_complaint() -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    try:
        done = ended("--help", stdout=theirs)
    finally:
        os.close(theirs)

    assert (done.returncode, done.stderr) == (FINDINGS, b"")


@pytest.mark.skipif(os.name == "nt", reason="a shell of Unix closes the stream")
def test_a_closed_stream_is_no_mishap() -> None:
    done = subprocess.run(["sh", "-c", '"$0" -m xlpy --version >&-', XLPY[0]], check=False)

    assert done.returncode == FINE
