"""The findings of one file while it is read (校验问题的记录)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from xlpy.forms.cells.values.typed import Problem
from xlpy.model.finding import Finding, Place, Severity, in_order
from xlpy.policy.findings.catalogue import catalogue, finding
from xlpy.policy.findings.grouped import (
    MOST_ALIKE,
    MOST_MEMBERS,
    column_of,
    most_cells,
    of_column,
    within_file,
)


class Notes:
    """Gathers what is wrong in one file; nothing here stops the reading.

    `wording` is that of the edition; `article` the basis of every finding on a sheet that has none
    of its own. Of a kind in one
    column the first are kept with their words, more of them with their places, the rest counted:
    so the worst file costs little more than a good one.
    """

    __slots__ = ("_article", "_digest", "_file", "_piles", "_wording")

    def __init__(
        self, file: str, digest: str, wording: Mapping[str, str], article: str = ""
    ) -> None:
        self._file = file
        self._wording = wording
        self._digest = digest
        self._article = article
        self._piles: dict[tuple[str, str, str], _Pile] = {}

    def add(
        self,
        code: str,
        sheet: str,
        cell: str,
        words: Mapping[str, Any] | None = None,
        *,
        article: str = "",
    ) -> bool:
        """Note a finding; tell whether it is of severity 错误."""
        key = (code, sheet, column_of(cell))
        pile = self._piles.get(key)
        if pile is None:
            pile = self._piles[key] = _Pile(code)
        pile.count += 1
        if pile.wants_words or not cell:
            basis = article or (self._article if sheet else "")
            pile.notes.append(_Note(code, sheet, cell, words or {}, basis))
        else:
            pile.place(cell)
        return pile.error

    def problem(self, problem: Problem, sheet: str, cell: str) -> bool:
        """Note what is wrong with a cell; tell whether it is of severity 错误."""
        return self.add(problem.code, sheet, cell, problem.words)

    def has(self, code: str, sheet: str) -> bool:
        """Tell whether a finding of this code was noted on a sheet."""
        return any((one, at) == (code, sheet) for one, at, _ in self._piles)

    def findings(self, subject: str) -> tuple[Finding, ...]:
        """Return all findings in order of place, each with the platform it concerns.

        Many of a kind in one column are one, and a file with very many has fewer rows still.
        """
        # Worded last: who the platform is, is known only when its file has been read.
        found = (
            one
            for (_, _, column), pile in self._piles.items()
            for one in pile.findings(lambda note: self._worded(note, subject), bool(column))
        )
        return within_file(in_order(list(found)))

    def _worded(self, note: _Note, subject: str) -> Finding:
        return finding(
            note.code,
            Place(self._file, note.sheet, note.cell),
            wording=self._wording,
            article=note.article,
            subject=subject,
            digest=self._digest,
            **note.words,
        )


class _Note(NamedTuple):
    code: str
    sheet: str
    cell: str
    words: Mapping[str, Any]
    article: str

    @property
    def row(self) -> int:
        return _row(self.cell)


class _Pile:
    """What was noted of one kind in one column (一栏的同类问题)."""

    __slots__ = ("count", "error", "last", "most", "notes", "others")

    def __init__(self, code: str) -> None:
        self.error = catalogue()[code].severity is Severity.ERROR
        self.most = most_cells(code)
        self.count = 0
        self.notes: list[_Note] = []
        self.others: list[str] = []
        self.last = ""

    @property
    def wants_words(self) -> bool:
        """Tell whether the next one is still kept with its words."""
        return len(self.notes) < MOST_MEMBERS

    def place(self, cell: str) -> None:
        """Keep where one stands, and of the many more the last."""
        if len(self.others) < self.most:
            self.others.append(cell)
        elif (len(cell), cell) > (len(self.last), self.last):  # of one column: the lower one
            self.last = cell

    def findings(self, worded: Callable[[_Note], Finding], column: bool) -> Iterator[Finding]:
        """Yield each finding, or one for all of them where they are many in a column."""
        found = in_order([worded(note) for note in self.notes])
        if not column or len(found) + self.count - len(self.notes) <= MOST_ALIKE:
            yield from found
            return
        kept = dict.fromkeys((*(one.place.cell for one in found), *self.others))
        cells = sorted(kept, key=_row)
        beyond = self.count - len(self.notes) - len(self.others)
        ids = () if self.others else (one.id for one in found)
        last = [self.last] if beyond else []
        yield of_column(found[0], [*cells, *last], len(cells) + beyond, ids)


def _row(cell: str) -> int:
    digits = cell.partition(":")[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits or 0)


def is_error(problem: Problem) -> bool:
    """Tell whether a problem is of severity 错误."""
    return catalogue()[problem.code].severity is Severity.ERROR
