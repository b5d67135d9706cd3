"""The same year on Windows and on Linux: the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.windows import same_demo
from tests.windows.machine import PYTHON, ROOT, Machine


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def test_the_code_page_is_that_of_a_chinese_windows(windows: Machine) -> None:
    """Whatever else is tested here would mean little on another."""
    asked = (
        "import locale, sys; print(locale.getpreferredencoding(), sys.getwindowsversion().major)"
    )
    assert windows.run(PYTHON, "-c", asked).text.split() == ["cp936", "10"]


def test_the_demo_has_the_same_bytes_as_on_linux(windows: Machine, tmp_path: Path) -> None:
    """Every file of the case, the log and its hashes too; nothing may differ.

    Both by processes of their own, with their workers, on a path with Chinese and blanks.
    """
    script = Path(same_demo.__file__)
    here = tmp_path / "示例 一"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, script, here], check=True, env=environment)
    home = windows.folder("演示 的年度")
    (home / "same_demo.py").write_bytes(script.read_bytes())
    there = home / "示例 一"
    done = windows.run(PYTHON, windows.name(home / "same_demo.py"), windows.name(there))
    assert done.status == 0, done.why
    ours, theirs = _files(here), _files(there)
    assert set(theirs) == set(ours)
    assert [name for name in ours if theirs[name] != ours[name]] == []
    assert len(ours) > 40
    assert windows.xlpy("verify", windows.name(there)).status == 0
    out = home / "汇总.xlsx"
    told = windows.xlpy("survey", windows.name(home), "--json", "--out", windows.name(out))
    command = (sys.executable, "-m", "xlpy", "survey", tmp_path, "--json", "--out", tmp_path)
    here_too = subprocess.run(command, check=True, capture_output=True, env=environment)
    assert told.status == 0, told.why
    assert {**json.loads(told.raw), "folders": []} == {**json.loads(here_too.stdout), "folders": []}
    assert out.read_bytes() == (tmp_path / "汇总.xlsx").read_bytes()
