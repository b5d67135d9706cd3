"""The walls of the house (分层约定): what a contract forbids is refused when somebody does it."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
FACES = {"cli", "addin", "frames", "udf"}
EFFECTS = {"bundle", "demo", "steps", "excel", "word"}  # values meet the disk here


def contracts() -> Mapping[str, Mapping[str, Any]]:
    """Return the contracts by name."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {one["name"]: one for one in settings["tool"]["importlinter"]["contracts"]}


def rooms(contract: str) -> set[str]:
    """Return the rooms right below xlpy that a contract binds."""
    return {name.removeprefix("xlpy.") for name in contracts()[contract]["source_modules"]}


def floors() -> set[str]:
    """Return every room right below xlpy."""
    layers = contracts()["The floors of the house"]["layers"]
    return {name.strip() for layer in layers for name in layer.split("|")}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the project to break."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    left_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "xlpy", tmp_path / "xlpy", ignore=left_out)
    return tmp_path


def broken(copy: Path) -> set[str]:
    """Return the contracts that are broken in a copy."""
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=copy, capture_output=True, text=True, encoding="utf-8"
    )
    names = set(re.findall(r"^(.+?) BROKEN", done.stdout, re.MULTILINE))
    assert (done.returncode == 0) is (not names), done.stdout + done.stderr
    return names


def add(path: Path, line: str) -> None:
    """Add a line at the end of a module."""
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")


def test_the_house_as_it_is_breaks_nothing(copy: Path) -> None:
    assert broken(copy) == set()


@pytest.mark.parametrize(
    ("package", "contract"),
    [
        ("stray", "The floors of the house"),
        ("forms/stray", "The rooms of the forms: no document knows another"),
        ("judge/stray", "The rooms of the judging"),
        ("policy/stray", "The rooms of the policy"),
        ("excel/stray", "The rooms of excel"),
    ],
)
def test_a_package_no_contract_names_is_refused(copy: Path, package: str, contract: str) -> None:
    folder = copy / "xlpy" / package
    folder.mkdir()
    (folder / "__init__.py").write_text('"""Stray."""\n', encoding="utf-8")
    assert contract in broken(copy)


@pytest.mark.parametrize(
    "module", ["os", "time", "random", "secrets", "subprocess", "socket", "pathlib"]
)
def test_a_pure_room_that_reaches_out_is_refused(copy: Path, module: str) -> None:
    add(copy / "xlpy/judge/terms.py", f"import {module}")
    assert broken(copy) == {"The pure rooms reach no disk, clock, chance or network"}


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("forms/staff/rows", "import xlpy.forms.ballot.seal", "The rooms of the forms"),
        ("report/runlog", "import xlpy.judge.terms", "The floors of the house"),
        ("excel/files/names", "import xlpy.policy.edition", "Excel is a library of its own"),
        ("judge/grading/rank", "import openpyxl", "Only excel knows a workbook library"),
        ("judge/grading/rank", "import pandas", "Only the analysis and the frames know pandas"),
        ("report/papers/notice", "import docx", "Only word knows a library of documents"),
        ("excel/writing/rows", "import pyopenvba", "Only the build knows pyOpenVBA"),
        ("steps/new", "import xlwings", "Only a live workbook"),
        ("steps/survey/here", "import distributed", "Only the cluster knows Dask"),
    ],
)
def test_a_look_in_the_wrong_direction_is_refused(
    copy: Path, module: str, line: str, contract: str
) -> None:
    add(copy / f"xlpy/{module}.py", line)
    assert any(name.startswith(contract) for name in broken(copy))


@pytest.mark.parametrize(
    "line",
    [
        "from datetime import datetime\n_NOW = datetime.now()",
        "import datetime as clock\n_NOW = clock.datetime.now()",
        "from datetime import date\n_TODAY = date.today()",
    ],
)
@pytest.mark.parametrize("room", ["judge/terms", "steps/export", "excel/writing/rows"])
def test_nobody_asks_the_clock_but_the_faces_and_the_log(copy: Path, room: str, line: str) -> None:
    path = copy / f"xlpy/{room}.py"
    add(path, line)
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", "--select", "TID251", path],
        cwd=copy,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 1
    assert "ask for the day as an argument" in done.stdout


def test_every_room_is_pure_or_known_to_have_effects() -> None:
    assert rooms("The pure rooms reach no disk, clock, chance or network") == (
        floors() - FACES - EFFECTS
    )


def test_every_room_but_excel_is_kept_from_the_workbook_libraries() -> None:
    assert rooms("Only excel knows a workbook library") == floors() - {"excel"}


FOLDERS = sorted({path.parent for path in (ROOT / "xlpy").rglob("*.py")})


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda one: str(one.relative_to(ROOT)))
def test_every_folder_says_what_it_promises_and_is_not_crowded(folder: Path) -> None:
    modules = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    lines = [line for line in said.splitlines() if line]
    assert len(modules) <= 15
    assert 1 <= len(lines) <= (6 if folder.name == "xlpy" else 3)


def test_the_plan_of_the_rooms_is_that_of_the_contracts() -> None:
    page = (ROOT / "docs/design.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| (`.+?)(?:;.*)? \|$", page, re.MULTILINE))
    for contract in contracts().values():
        if contract["type"] == "layers" and contract["containers"] != ["xlpy"]:
            (container,) = contract["containers"]
            plan = [layer.split(" · ") for layer in told[container[5:]].split(" → ")]
            layers = [[f"`{one}`" for one in layer.split(" | ")] for layer in contract["layers"]]
            assert plan == layers, container
