"""Reading the forms (读取表格说明): four TOML files in, checked and frozen forms out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms, Table
from xlpy.policy.forms.ballot import ballot_form
from xlpy.policy.forms.fields import PRINTED, Names, table_of
from xlpy.policy.forms.filing import filing_form, summary_table
from xlpy.policy.forms.staff import staff_form
from xlpy.policy.frozen import Frozen
from xlpy.policy.strict import Strict
from xlpy.policy.toml import read_toml

_FOLDER = Path(__file__).parent
_REPORTS = ("results", "reasons", "ballots", "run", "finance", "notice", "correction")


def load_forms(edition: Edition, folder: Path = _FOLDER) -> Forms:
    """Return the forms with the names of the edition; raises `EditionError`."""
    return _forms(folder, _names(edition))


@cache
def load_reports(folder: Path = _FOLDER) -> Mapping[str, Table]:
    """Return the tables of what comes out (输出表格) by id; raises `EditionError`."""
    root = _root(folder, "report")
    root.only(*_REPORTS)
    return Frozen({key: table_of(root.table(key), Frozen(), PRINTED) for key in root.cells})


@cache
def load_summary(folder: Path = _FOLDER) -> Table:
    """Return the description of 附件4 (成效汇总), the same under every edition."""
    return summary_table(_root(folder, "filing").table("summary"), Frozen())


@cache
def _forms(folder: Path, names: Names) -> Forms:
    filing = filing_form(_root(folder, "filing"), names)
    return Forms(
        filing=filing,
        ballot=ballot_form(_root(folder, "ballot"), names),
        staff=staff_form(_root(folder, "staff"), names, filing),
    )


def _names(edition: Edition) -> Names:
    return Frozen(
        {
            "levels": tuple(level.name for level in edition.levels),
            "listed_levels": (*(level.name for level in edition.levels), edition.not_listed),
            "areas": tuple(area.name for area in edition.areas),
            "functions": tuple(function.name for function in edition.functions),
            "grades": tuple(grade.name for grade in edition.grades),
            "attendance": tuple(edition.attendance.values()),
        }
    )


@cache
def _root(folder: Path, name: str) -> Strict:
    return read_toml(folder / f"{name}.toml", "表格说明")
