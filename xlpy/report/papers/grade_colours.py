"""The colours of the grades (等次颜色): the same on every sheet that shows one."""

from __future__ import annotations

from collections.abc import Sequence

from xlpy.model.grid import address
from xlpy.model.sheets.formula import quoted
from xlpy.model.sheets.sheet import Condition, Span
from xlpy.policy.edition import Edition
from xlpy.policy.form import Table

GRADE_STYLES = tuple(f"grade.{number}" for number in range(1, 9))
"""The looks from the best grade to the last."""


def spread(looks: Sequence[str], grades: int) -> tuple[str, ...]:
    """Return one look a grade: the first for the best, the last for the last, others between.

    >>> spread("12345678", 4), spread("12345678", 3)
    (('1', '3', '6', '8'), ('1', '5', '8'))
    """
    steps, last = grades - 1, len(looks) - 1  # an edition has two grades at least
    return tuple(looks[(2 * at * last + steps) // (2 * steps)] for at in range(grades))


def grade_conditions(
    edition: Edition, table: Table, columns: Sequence[str], first: int, count: int
) -> tuple[Condition, ...]:
    """Return the colours in these columns of a table with `count` rows from row `first` on."""
    ids = [field.id for field in table.columns]
    looks = spread(GRADE_STYLES, len(edition.grades))
    found = []
    for column in (ids.index(name) for name in columns):
        span = Span(first, column, first + max(count, 1) - 1, column)
        corner = address(first, column)
        for grade, style in zip(edition.grades, looks, strict=True):
            formula = f"={corner}={quoted(grade.name)}"
            found.append(Condition(span=span, formula=formula, style=style))
    return tuple(found)
