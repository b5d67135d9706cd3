"""What is built and checked in is what would be built now (不过期)."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlpy.excel.reading.contents import same_content
from xlpy.steps.build.templates import built

_ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", sorted(built()))
def test_a_built_file_is_not_stale(name: str) -> None:
    kept = (_ROOT / name).read_bytes()
    assert same_content(kept, built()[name]), "run `xlpy build` and commit"
