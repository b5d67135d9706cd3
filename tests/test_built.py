"""What is built and checked in is what would be built now (不过期)."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlpy.excel.reading.contents import same_content
from xlpy.excel.writing import package
from xlpy.steps.build.templates import built, stale

_ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", sorted(built()))
def test_a_built_file_is_not_stale(name: str) -> None:
    kept = (_ROOT / name).read_bytes()
    assert same_content(kept, built()[name]), "run `xlpy build` and commit"


@pytest.mark.parametrize("level", [0, 9])
def test_another_zlib_makes_nothing_stale(level: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would pack the same parts to other bytes, as another level does."""
    kept = {path: path.read_bytes() for path in (_ROOT / "templates").iterdir()}
    monkeypatch.setattr(package, "_LEVEL", level)
    made = built(_ROOT)
    assert all(made[f"templates/{path.name}"] != content for path, content in kept.items())
    assert stale(_ROOT) == ()
