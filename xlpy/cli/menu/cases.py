"""Which cases there are (有哪些评价项目), and which one a path means."""

from __future__ import annotations

from pathlib import Path

from xlpy.errors import CaseError
from xlpy.steps.case import Case, open_case, within

_START, _CASES = "开始.bat", "评价项目"  # of the package for Windows
_PARTS = ("", "说明", "docs")
_MANUALS = tuple(f"使用手册.{kind}" for kind in ("html", "pdf", "docx", "md"))


def usual_home(executable: Path) -> Path:
    """Return where cases lie when nobody says it: in the package for Windows, else right here.

    The package's own folder for them (评价项目) is made. Where that cannot be (a stick that is
    write-protected), it is the package itself: cases that lie elsewhere are opened all the same.
    """
    package = executable.parent.parent
    if executable.parent.name != "python" or not (package / _START).is_file():
        return Path()
    home = package / _CASES
    try:
        home.mkdir(exist_ok=True)
    except OSError:
        return package
    return home


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
