"""The names in the very hidden sheet `_meta` (表格标识): who a workbook of ours is, made for whom.

One row a name: the name in column A, its text in column B.
"""

from __future__ import annotations

META_SHEET = "_meta"
LISTS_SHEET = "_lists"
"""Very hidden sheets of our workbooks: who the form is, and choices too long for a drop-down."""

FORM = "form"
FILING, BALLOT, STAFF = "filing", "ballot", "staff"
"""What stands under FORM: 平台申报表, 专家评分表, evaluate.xlsm."""

EDITION = "edition"
EDITION_DIGEST = "edition.digest"
"""The digest that seals the case's copy of its edition (evaluate.xlsm only)."""
VERSION = "version"
PROGRAM = "program"
"""The version of the program that wrote the whole file last (evaluate.xlsm only)."""
YEAR = "year"
CASE = "case"
EXPERT = "expert"
SUPPLEMENT = "supplement"
RUBRIC = "rubric"
SEAL = "seal"
DRAWN = "drawn"
"""How many platforms the chart of scores has room for (evaluate.xlsm only)."""

LAST_CASE, LAST_FOLDER = "last_year", "last_year.folder"
"""The case of last year: its id, and its folder as seen from this one (evaluate.xlsm only)."""

BLANK = "blank"
"""The SHA-256 of the blank 平台申报表 as the case began with it (evaluate.xlsm only)."""

BLANK_BALLOT = "blank.ballot"
"""The SHA-256 of the blank 专家评分表 as the case began with it (evaluate.xlsm only)."""

COLUMNS = "columns."
"""Begins the row that says how many columns we use on a sheet without a heading row."""
