"""The colours of the grades (等次颜色): the same on every sheet that shows one."""

from __future__ import annotations

from collections.abc import Sequence

from xlpy.model.formula import quoted
from xlpy.model.grid import address
from xlpy.model.sheet import Condition, Span
from xlpy.policy.edition import Edition
from xlpy.policy.form import Table

GRADE_STYLES = ("gradeA", "gradeB", "gradeC", "gradeD")


def grade_conditions(
    edition: Edition, table: Table, columns: Sequence[str], first: int, count: int
) -> tuple[Condition, ...]:
    """Return the colours in these columns of a table with `count` rows from row `first` on."""
    ids = [field.id for field in table.columns]
    found = []
    for column in (ids.index(name) for name in columns):
        span = Span(first, column, first + max(count, 1) - 1, column)
        corner = address(first, column)
        for grade, style in zip(edition.grades, GRADE_STYLES, strict=False):
            formula = f"={corner}={quoted(grade.name)}"
            found.append(Condition(span=span, formula=formula, style=style))
    return tuple(found)
