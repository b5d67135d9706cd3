"""From the text of a formula to what it does (解析): once for a text, by descent."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Protocol

from xlpy.forms.calculation.column import Column, each
from xlpy.forms.calculation.functions import FUNCTIONS
from xlpy.forms.calculation.values import (
    SIGNS,
    ErrorValueError,
    Scalar,
    difference,
    figure,
    number,
    quotient,
    text,
    truth,
)

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
      | (?P<call>[A-Z]+)\(
      | (?:'(?P<sheet>[^']+)'!)?\$?(?P<left>[A-Z]{1,3})\$?(?P<top>[0-9]+)
        (?::\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>[0-9]+))?
      | (?P<number>[0-9]+(?:\.[0-9]+)?)
      | (?P<sign><=|>=|<>|[-+*/&=<>(),])
    """,
    re.VERBOSE,
)
_REMEMBERED = 4096  # formulas of two editions' forms
_LEVELS: Sequence[frozenset[str]] = (
    frozenset(SIGNS),
    frozenset("&"),
    frozenset("+-"),
    frozenset("*/"),
)


class Cells(Protocol):
    """The cells a formula looks at, and the answers already found, by the text of the question."""

    known: dict[tuple[str, str], Any]

    def cell(self, sheet: str, row: int, column: int) -> Scalar:
        """Return what a cell holds, by zero-based place; a formula's result."""
        ...

    def column(self, sheet: str, column: int, first: int, last: int) -> Column:
        """Return the cells of a column from row to row."""
        ...


Work = Callable[[Cells, str], Any]
"""Works a formula out among cells, for a cell on the sheet of this name."""


@lru_cache(maxsize=_REMEMBERED)
def parsed(formula: str) -> Work:
    """Return what a formula beginning with `=` does.

    Raises ValueError for one our forms do not have: a mistake of ours.
    """
    reader = _Reader(formula)
    work = reader.level(0)
    if reader.at < len(formula):
        raise ValueError(f"not understood: {formula[reader.at :]}")
    return work


class _Reader:
    """Reads one formula from left to right."""

    def __init__(self, formula: str) -> None:
        self.formula = formula
        self.at = 1
        self.token: re.Match[str] | None = None
        self._look()

    def level(self, depth: int) -> Work:
        """Read operands of one precedence and what joins them; the loosest is 0."""
        if depth == len(_LEVELS):
            return self._operand()
        work = self.level(depth + 1)
        while (sign := self._sign()) in _LEVELS[depth]:
            self._next()
            work = _joined(sign, work, self.level(depth + 1))
        return work

    def _operand(self) -> Work:
        token = self.token
        if token is None:
            raise ValueError(f"not understood: {self.formula[self.at :]}")
        if token["text"] is not None:
            return self._constant(token["text"][1:-1].replace('""', '"'))
        if token["number"] is not None:
            whole = token["number"]
            return self._constant(float(whole) if "." in whole else int(whole))
        if token["left"] is not None:
            self._next()
            return _place(token)
        if token["call"] is not None:
            return self._call(token["call"])
        self._next()
        if token["sign"] == "(":
            work = self.level(0)
            asked = self.formula[token.start() : self.at]
            self._expect(")")
            return _once(work, asked) if ":" in asked else work  # of whole columns
        if token["sign"] == "-":
            return _negative(self._operand())
        raise ValueError(f"not understood: {self.formula[token.start() :]}")

    def _call(self, name: str) -> Work:
        start = self.at
        self._next()
        arguments: list[Work] = []
        while self._sign() != ")":
            arguments.append(self.level(0))
            if self._sign() == ",":
                self._next()
        asked = self.formula[start : self.at + 1]
        self._expect(")")
        return _called(name, arguments, asked)

    def _constant(self, value: Scalar) -> Work:
        self._next()
        return lambda cells, sheet: value

    def _sign(self) -> str:
        return (self.token["sign"] or "") if self.token else ""

    def _expect(self, sign: str) -> None:
        if self._sign() != sign:
            raise ValueError(f"no {sign} at {self.formula[self.at :]}")
        self._next()

    def _next(self) -> None:
        assert self.token
        self.at = self.token.end()
        self._look()

    def _look(self) -> None:
        self.token = _TOKEN.match(self.formula, self.at)


def _joined(sign: str, one: Work, other: Work) -> Work:
    if sign == "&":
        return lambda cells, sheet: text(one(cells, sheet)) + text(other(cells, sheet))
    made = _MADE[sign]
    return lambda cells, sheet: each(sign, made, one(cells, sheet), other(cells, sheet))


_MADE: dict[str, Callable[[Scalar, Scalar], Scalar]] = {
    **SIGNS,
    "+": lambda one, other: figure(one) + figure(other),
    "-": difference,
    "/": quotient,
    "*": lambda one, other: number(one) * number(other),
}


def _negative(work: Work) -> Work:
    return lambda cells, sheet: each("-", difference, 0, work(cells, sheet))


def _place(token: re.Match[str]) -> Work:
    named, left, top = token["sheet"], _column(token["left"]), int(token["top"]) - 1
    if token["right"] is None:
        return lambda cells, sheet: cells.cell(named or sheet, top, left)
    bottom = int(token["bottom"]) - 1
    if token["right"] != token["left"]:
        raise ValueError(f"more than a column: {token[0]}")
    return lambda cells, sheet: cells.column(named or sheet, left, top, bottom)


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _called(name: str, arguments: Sequence[Work], asked: str) -> Work:
    if name in _WAITING:
        return _WAITING[name](*arguments)
    if name not in FUNCTIONS:
        raise ValueError(f"unknown function: {name}")
    function = FUNCTIONS[name]

    def work(cells: Cells, sheet: str) -> Any:
        return function(*[argument(cells, sheet) for argument in arguments])

    return _once(work, asked) if ":" in asked else work  # of whole columns


def _once(work: Work, asked: str) -> Work:
    def remembered(cells: Cells, sheet: str) -> Any:
        question = (sheet, asked)
        if question not in cells.known:
            cells.known[question] = work(cells, sheet)
        return cells.known[question]

    return remembered


def _if(test: Work, then: Work, otherwise: Work) -> Work:
    return lambda cells, sheet: (then if truth(test(cells, sheet)) else otherwise)(cells, sheet)


def _if_error(value: Work, otherwise: Work) -> Work:
    def work(cells: Cells, sheet: str) -> Any:
        try:
            return value(cells, sheet)
        except ErrorValueError:
            return otherwise(cells, sheet)

    return work


def _is_error(value: Work) -> Work:
    def work(cells: Cells, sheet: str) -> bool:
        try:
            value(cells, sheet)
        except ErrorValueError:
            return True
        return False

    return work


def _is_number(value: Work) -> Work:
    def work(cells: Cells, sheet: str) -> bool:
        try:
            return bool(FUNCTIONS["ISNUMBER"](value(cells, sheet)))
        except ErrorValueError:
            return False

    return work


_WAITING: dict[str, Callable[..., Work]] = {
    "IF": _if,
    "IFERROR": _if_error,
    "ISERROR": _is_error,
    "ISNUMBER": _is_number,
}
"""Functions that look at their arguments in their own order, or at what goes wrong in them."""
