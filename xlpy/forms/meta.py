"""The very hidden sheet `_meta` (表格标识): which form this is, of which edition, made for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from xlpy.model.number import plain
from xlpy.policy.form import META_SHEET

if TYPE_CHECKING:
    from xlpy.model.sheet import Sheet

FILING = "filing"
BALLOT = "ballot"

FORM = "form"
EDITION = "edition"
VERSION = "version"
YEAR = "year"
CASE = "case"
EXPERT = "expert"
SUPPLEMENT = "supplement"
RUBRIC = "rubric"
SEAL = "seal"
"""Names of the rows: the name in column A, its text in column B."""


def meta_sheet(rows: Mapping[str, str]) -> Sheet:
    """Return the sheet with one row a name, all as text."""
    from xlpy.model.sheet import Line, Sheet  # not needed for reading

    lines = tuple(Line((name, text), "text") for name, text in rows.items())
    return Sheet(name=META_SHEET, lines=lines, widths=(14, 60), hidden="very", protect=True)


def rubric_text(rubric: Sequence[Decimal]) -> str:
    """Return the points of the areas (分值) as one text, as parameters write them.

    >>> rubric_text([Decimal(12), Decimal("7.5")])
    '12, 7.5'
    """
    return ", ".join(plain(points) for points in rubric)
