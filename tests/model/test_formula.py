"""Texts in formulas: in pieces that a spreadsheet takes."""

from __future__ import annotations

import re

import pytest

from xlpy.model.sheets.formula import quoted


@pytest.mark.parametrize(("length", "pieces"), [(0, 1), (125, 1), (126, 2), (2000, 16)])
def test_a_long_text_is_joined_from_short_ones(length: int, pieces: int) -> None:
    """Excel takes 255 UTF-16 units in a literal, a doubled quote counted as two."""
    literals = re.findall('"((?:[^"]|"")*)"', quoted('"' * length))
    assert len(literals) == pieces
    assert "".join(literals) == '""' * length
    assert max(map(len, literals)) <= 255
