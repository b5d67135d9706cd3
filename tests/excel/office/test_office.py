"""Where LibreOffice is found (寻找 LibreOffice), and what is said when it is not."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from xlpy.errors import OfficeError
from xlpy.excel.office import link as office_link
from xlpy.excel.office import program as office


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the one folder where programs are looked for: a machine with nothing on it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_folders", lambda: iter((tmp_path / "office",)))
    monkeypatch.setattr(office, "_pythons", lambda _: iter((tmp_path / "python",)))
    return tmp_path


def test_without_libreoffice_we_say_what_to_install(bare: Path) -> None:
    """One sentence with the cure."""
    with pytest.raises(OfficeError, match="没有找到 LibreOffice，请"):
        office.find_office()


def test_without_uno_we_say_what_to_install(bare: Path) -> None:
    """LibreOffice is there, but no Python can talk to it."""
    _program(bare / "soffice", "exit 0")
    _program(bare / "python", "exit 1")
    with pytest.raises(OfficeError, match="缺少 uno 模块"):
        office.find_office()


def test_a_python_with_uno_is_taken(bare: Path) -> None:
    """Found beside the program, though not on the PATH."""
    (bare / "office").mkdir()
    _program(bare / "office" / "soffice", "exit 0")
    _program(bare / "python", "exit 0")
    found = office.find_office()
    assert (found.program, found.python) == (bare / "office" / "soffice", bare / "python")


def test_without_a_screen_the_command_line_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a server there is nothing to show a window on."""
    monkeypatch.setattr(office_link.sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(OfficeError, match="请改用 xlpy check"):
        office_link.connect(office.Office(program=Path("soffice"), python=Path("python")))


def test_our_own_python_settings_are_not_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another Python would look for its library in the wrong place."""
    monkeypatch.setenv("PYTHONHOME", "/ours")
    assert "PYTHONHOME" not in office.clean_environment()


def _program(path: Path, does: str) -> None:
    path.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
