"""A whole year without network (断网): no step looks a name up or reaches for an address."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.table import table
from xlpy.steps.case import Case

ROOT = Path(__file__).parents[2]
OFFLINE = ROOT / "tests" / "kit" / "offline"


class Offline:
    """Processes without network, and what they reached for all the same."""

    def __init__(self, told: Path) -> None:
        self.told = told

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        """Run Python with these words."""
        paths = os.pathsep.join((str(OFFLINE), str(ROOT)))
        place = {**os.environ, "PYTHONPATH": paths, "XLPY_OFFLINE": str(self.told)}
        return subprocess.run(
            [sys.executable, *map(str, words)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=place,
            check=False,
        )

    @property
    def reached(self) -> str:
        """Return what was reached for, a line each."""
        return self.told.read_text(encoding="utf-8") if self.told.exists() else ""


@pytest.fixture
def offline(tmp_path: Path) -> Offline:
    return Offline(tmp_path / "reached")


def test_a_year_from_its_folder_to_its_check_needs_no_network(
    ready: Case, offline: Offline, tmp_path: Path
) -> None:
    steps = (
        (0, "new", tmp_path / "又一年", "--year", "2022"),
        (0, "check", ready.folder),
        (0, "ballots", ready.folder, "--experts", "7"),
        (0, "evaluate", ready.folder),
        (0, "export", ready.folder),
        (0, "export", ready.folder),
        (0, "verify", ready.folder),
    )
    for status, *words in steps:
        done = offline.run("-m", "xlpy", *words)
        assert (done.returncode, done.stderr) == (status, ""), (words, done.stdout)
        assert offline.reached == "", words


def test_a_hostile_filing_reaches_for_nothing(ready: Case, offline: Offline) -> None:
    """Links, queries and web functions in a form are told of, never followed."""
    for number, id in enumerate(("A4: 收入 WEBSERVICE", "A4: 带有外部链接", "A4: 带有数据连接")):
        (ready.filings / f"客{number}.xlsx").write_bytes(table()[id].content())
    done = offline.run("-m", "xlpy", "evaluate", ready.folder)
    assert done.returncode in (0, 1), done.stderr
    assert offline.reached == ""


@pytest.mark.parametrize(
    "code",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('localhost', 9)",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
        "socket.socket(socket.AF_INET6).connect(('::1', 9))",
    ],
)
def test_a_process_that_reaches_for_the_network_is_seen(code: str, offline: Offline) -> None:
    wrapped = f"import socket\ntry:\n    {code}\nexcept Exception:\n    pass"
    assert offline.run("-c", wrapped).returncode == 0
    assert "socket." in offline.reached


def test_a_forked_process_is_without_network_too(offline: Offline) -> None:
    code = (
        "import os, socket\n"
        "if os.fork() == 0:\n"
        "    try: socket.create_connection(('127.0.0.1', 9))\n"
        "    finally: os._exit(0)\n"
        "os.wait()"
    )
    assert offline.run("-c", code).returncode == 0
    assert "socket." in offline.reached
