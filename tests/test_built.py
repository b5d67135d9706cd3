"""What is built and checked in is what would be built now (不过期)."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlpy.steps.build.templates import built

_ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", sorted(built()))
def test_a_built_file_is_not_stale(name: str) -> None:
    assert (_ROOT / name).read_bytes() == built()[name], "run `xlpy build` and commit"
