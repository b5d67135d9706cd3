"""Editions for tests: the real one with a few words replaced, as tests/broken/*.toml ask."""

from __future__ import annotations

import shutil
from pathlib import Path

import xlpy.policy.editions.load

REAL = Path(xlpy.policy.editions.load.__file__).with_name("bengbu-2022")
TEXT = (REAL / "edition.toml").read_text(encoding="utf-8")


def changed(*replacements: tuple[str, str], text: str = TEXT) -> str:
    """Return the real edition with each old text, standing there exactly once, replaced."""
    for old, new in replacements:
        assert text.count(old) == 1, f"{text.count(old)} times in the edition: {old}"
        text = text.replace(old, new)
    return text


def written(folder: Path, text: str, name: str = "huainan-2023") -> Path:
    """Write the rule of an edition, beside the real one's forms, and return its folder."""
    path = folder / name
    shutil.copytree(REAL, path, dirs_exist_ok=True)
    path.joinpath("edition.toml").write_text(text, encoding="utf-8")
    return path
