"""Columns of cells in a formula (列): taken as a whole, for a ledger may have thousands of rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from operator import add, ge, gt, le, lt, mul
from typing import Any

from xlpy.forms.calculation.values import Scalar, UnknownError, is_number, number, text

_CRITERION = re.compile("(<>|<=|>=|<|>|=)?(.*)", re.DOTALL)
_FIGURE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_WILD = re.compile("[*?~]")
_PLAIN: dict[str, Callable[[Any, Any], Any]] = {"+": add, "*": mul}
_TESTS: dict[str, Callable[[Any, Any], bool]] = {"<": lt, ">": gt, "<=": le, ">=": ge}


class Column:
    """A column of cells: those down to the last row in use, and what all others hold.

    `counted` says that arithmetic or a comparison made it: there is no text in it and no blank.
    """

    __slots__ = ("_figures", "_met", "_same", "counted", "more", "rest", "values")

    def __init__(
        self, values: Sequence[Scalar], rest: Scalar, more: int, *, counted: bool = False
    ) -> None:
        """Take the cells in use, what the others hold, and how many these are."""
        self.values, self.rest, self.more, self.counted = values, rest, more, counted
        self._figures: list[int | float] | None = None
        self._same: dict[str, int] | None = None
        self._met: dict[Scalar, int] = {}

    def total(self, chosen: int = -1) -> int | float:
        """Return the sum of the numbers among the cells in use: all, or those of a bit mask."""
        if self._figures is None:
            self._figures = [one if is_number(one) else 0 for one in self.values]  # type: ignore[misc]
        if chosen == -1:
            return sum(self._figures)
        found: int | float = 0
        chosen &= (1 << len(self.values)) - 1
        while chosen:
            lowest = chosen & -chosen
            found += self._figures[lowest.bit_length() - 1]
            chosen ^= lowest
        return found

    def meeting(self, criterion: Scalar) -> int:
        """Return the cells that meet a criterion as a bit mask; the bit above is of the others."""
        if criterion not in self._met:
            self._met[criterion] = self._meeting(text(criterion))
        return self._met[criterion]

    def _meeting(self, criterion: str) -> int:
        """Return the same for a criterion such as `服务`, `<>招聘` or `>=5`."""
        found = _CRITERION.fullmatch(criterion)
        assert found
        sign, wanted = found[1] or "=", found[2]
        figure = _FIGURE.fullmatch(wanted)
        if figure and sign not in ("=", "<>"):
            limit, compare = float(wanted), _TESTS[sign]
            return _mask([is_number(one) and compare(one, limit) for one in self.values])
        if figure or not wanted or _WILD.search(wanted) or sign not in ("=", "<>"):
            raise UnknownError
        if self._same is None:
            self._same = {}
            for at, one in enumerate(self.values):
                if isinstance(one, str):
                    self._same[one.lower()] = self._same.get(one.lower(), 0) | 1 << at
        same = self._same.get(wanted.lower(), 0)
        return same if sign == "=" else ((1 << len(self.values) + 1) - 1) ^ same

    def number_of(self, chosen: int) -> int:
        """Return how many cells a bit mask of this column has."""
        own = 1 << len(self.values)
        return (chosen & (own - 1)).bit_count() + (self.more if chosen & own else 0)

    def product(self) -> int | float:
        """Return the sum over all cells, the others too."""
        return sum(map(number, self.values)) + number(self.rest) * self.more


def each(sign: str, made: Callable[[Scalar, Scalar], Scalar], one: Any, other: Any) -> Any:
    """Return the result of an operation, cell by cell where there is a column."""
    if not isinstance(one, Column):
        if not isinstance(other, Column):
            return made(one, other)
        values: list[Scalar] = [made(one, cell) for cell in other.values]
        return Column(values, made(one, other.rest), other.more, counted=True)
    if not isinstance(other, Column):
        rest = made(one.rest, other)
        return Column(_beside_one(sign, made, one, other), rest, one.more, counted=True)
    if (len(one.values), one.more) != (len(other.values), other.more):
        raise ValueError("columns of different lengths side by side")
    quick = _PLAIN.get(sign) if one.counted and other.counted else None
    values = list(map(quick or made, one.values, other.values))
    return Column(values, made(one.rest, other.rest), one.more, counted=True)


def _beside_one(
    sign: str, made: Callable[[Scalar, Scalar], Scalar], column: Column, other: Scalar
) -> list[Scalar]:
    """Return the results for a column and one value; the common tests without detours."""
    values = column.values
    if other == "" and sign in ("=", "<>"):
        blank = sign == "="
        return [(cell is None or cell == "") is blank for cell in values]
    if sign in _TESTS and column.counted and is_number(column.rest) and is_number(other):
        test = _TESTS[sign]
        return [test(cell, other) for cell in values]
    return [made(cell, other) for cell in values]


def _mask(chosen: Sequence[bool]) -> int:
    return int("".join(map(str, map(int, reversed(chosen)))) or "0", 2)
