"""Where LibreOffice is (寻找 LibreOffice): its program, and a Python that has its `uno` module."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xlpy.errors import OfficeError

_HOW_TO_GET = {
    "linux": "请安装后再试，如：sudo apt install libreoffice-calc python3-uno。",
    "darwin": "请从 LibreOffice 官方网站下载安装到“应用程序”文件夹后再试。",
    "win32": "请从 LibreOffice 官方网站下载安装（用默认选项即可）后再试。",
}
_PROGRAMS = ("soffice", "libreoffice")
_LINUX = ("/usr/lib/libreoffice/program", "/usr/lib64/libreoffice/program")
_MACOS = "LibreOffice.app/Contents"
_REGISTRY_KEY = r"SOFTWARE\LibreOffice\UNO\InstallPath"
_PATIENCE = 20.0  # seconds for a Python to say whether it has `uno`


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A usable LibreOffice: its program, and the Python that can talk to it."""

    program: Path
    python: Path


def find_office() -> Office:
    """Return the LibreOffice of this machine; OfficeError says what to install."""
    program = next(_programs(), None)
    if program is None:
        raise OfficeError(f"本机没有找到 LibreOffice，{_advice()}")
    for python in _pythons(program):
        if _has_uno(python):
            return Office(program=program, python=python)
    raise OfficeError(
        f"找到了 LibreOffice，但没有能与它对话的 Python（缺少 uno 模块），{_advice()}"
    )


def clean_environment() -> dict[str, str]:
    """Return the environment for another Python: without what belongs to ours."""
    ours = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "PYTHONIOENCODING": "utf-8"}


def _programs() -> Iterator[Path]:
    """Give the programs that are there, the likeliest first."""
    found = (shutil.which(name) for name in _PROGRAMS)
    yield from (Path(one) for one in found if one)
    name = "soffice.exe" if sys.platform == "win32" else "soffice"
    yield from (folder / name for folder in _folders() if (folder / name).is_file())


def _folders() -> Iterator[Path]:
    """Give the folders LibreOffice is installed in when it is not on the PATH."""
    if sys.platform == "win32":
        yield from _windows_folders()
    elif sys.platform == "darwin":
        for top in (Path("/Applications"), Path.home() / "Applications"):
            yield top / _MACOS / "MacOS"
    else:
        yield from map(Path, _LINUX)
        yield from sorted(Path("/opt").glob("libreoffice*/program"), reverse=True)


def _windows_folders() -> Iterator[Path]:
    if sys.platform == "win32":
        import winreg

        for root in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
            try:
                yield Path(winreg.QueryValue(root, _REGISTRY_KEY))
            except OSError:  # not installed for this user, or not for all
                continue
    for name in ("ProgramW6432", "ProgramFiles", "ProgramFiles(x86)"):
        if top := os.environ.get(name):
            yield Path(top, "LibreOffice", "program")


def _pythons(program: Path) -> Iterator[Path]:
    """Give the Pythons that may have `uno`: LibreOffice's own first, then ours and the system's."""
    beside = program.resolve().parent
    resources = beside.parent / "Resources"  # macOS
    names = ("python.exe", "python", "python.bin")
    yield from (path for folder in (beside, resources) for name in names if (path := folder / name))
    yield Path(sys.executable)
    found = (shutil.which(name) for name in ("/usr/bin/python3", "python3"))
    yield from (Path(one) for one in found if one)


def _has_uno(python: Path) -> bool:
    if not python.is_file():
        return False
    try:
        run = subprocess.run(
            [python, "-c", "import uno"],
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
            env=clean_environment(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return run.returncode == 0


def _advice() -> str:
    return _HOW_TO_GET.get(sys.platform, _HOW_TO_GET["linux"])
