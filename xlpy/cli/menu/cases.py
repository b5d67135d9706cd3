"""Which cases there are (有哪些评价项目), and which one a path means."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from xlpy.errors import CaseError
from xlpy.excel.files.cures import cure
from xlpy.steps.case import Case, open_case, within

_START, _CASES = "开始.bat", "评价项目"  # of the package for Windows
_MOVE = (
    "不能改变的，请把整个 xlpy 文件夹移到能写入的地方（如 D:\\），再双击“开始.bat”。"
    "这里不能新建项目；已有的项目，选 3 以后把它的文件夹拖进窗口。"
)
_PARTS = ("", "说明", "docs")
_MANUALS = tuple(f"使用手册.{kind}" for kind in ("html", "pdf", "docx", "md"))


class Home(NamedTuple):
    """Where cases lie (放评价项目的文件夹), and why none can be made there: "" where it can."""

    folder: Path
    closed: str = ""


def usual_home(executable: Path) -> Home:
    """Return where cases lie when nobody says it: in the package for Windows, else right here.

    The package's own folder for them (评价项目) is made. Where that cannot be (a stick that is
    write-protected), none is made in the package at all: it holds the program, and an upgrade
    would take them along. Cases that lie elsewhere are opened all the same.
    """
    package = executable.parent.parent
    if executable.parent.name != "python" or not (package / _START).is_file():
        return Home(Path())
    home = package / _CASES
    try:
        home.mkdir(exist_ok=True)
    except OSError as problem:
        return Home(package, f"不能建立“{home}”：{cure(problem)}。{_MOVE}")
    return Home(home)


def known_cases(home: Path) -> list[Case]:
    """Return the cases that lie in a folder, by name; what cannot be read is none."""
    found = []
    try:
        for folder in sorted(home.iterdir()):
            try:
                found.append(open_case(folder))
            except (CaseError, OSError):
                continue
    except OSError:
        return []
    return found


def case_at(path: Path) -> Case:
    """Return the case that a folder is, or that this folder or file lies in; CaseError for none."""
    folder = path.parent if path.is_file() else path
    around = within(folder.resolve())
    return open_case(around.folder if around else folder)


def free_name(home: Path, name: str) -> str:
    """Return a name nothing in `home` has, numbered when it must be."""
    wanted, number = name, 2
    while (home / wanted).exists():
        wanted, number = f"{name}-{number}", number + 1
    return wanted


def manual(home: Path) -> Path | None:
    """Return the manual (使用手册) that lies with the cases or with the program, if any."""
    program = Path(__file__).resolve().parents[3]
    places = (home, home.parent, program, program.parent)
    paths = (place / part / name for place in places for part in _PARTS for name in _MANUALS)
    try:
        return next((path for path in paths if path.is_file()), None)
    except OSError:
        return None
