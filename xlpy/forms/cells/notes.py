"""The findings of one file while it is read (校验问题的记录)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from xlpy.forms.cells.grouped import grouped
from xlpy.forms.cells.typed import Problem
from xlpy.model.finding import Finding, Place, Severity
from xlpy.policy.findings.catalogue import catalogue, finding


class Notes:
    """Gathers what is wrong in one file; nothing here stops the reading.

    `article` is the basis of every finding on a sheet that has none of its own.
    """

    __slots__ = ("_article", "_digest", "_file", "_found")

    def __init__(self, file: str, digest: str, article: str) -> None:
        self._file = file
        self._digest = digest
        self._article = article
        self._found: list[_Note] = []

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
        basis = article or (self._article if sheet else "")
        self._found.append(_Note(code, sheet, cell, words or {}, basis))
        return catalogue()[code].severity is Severity.ERROR

    def problem(self, problem: Problem, sheet: str, cell: str) -> bool:
        """Note what is wrong with a cell; tell whether it is of severity 错误."""
        return self.add(problem.code, sheet, cell, problem.words)

    def has(self, code: str, sheet: str) -> bool:
        """Tell whether a finding of this code was noted on a sheet."""
        return any(note.code == code and note.sheet == sheet for note in self._found)

    def findings(self, subject: str) -> tuple[Finding, ...]:
        """Return all findings in order of place, each with the platform it concerns.

        Many of a kind in one column are one.
        """
        # Worded last: who the platform is, is known only when its file has been read.
        return grouped(self._worded(note, subject) for note in self._found)

    def _worded(self, note: _Note, subject: str) -> Finding:
        return finding(
            note.code,
            Place(self._file, note.sheet, note.cell),
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


def is_error(problem: Problem) -> bool:
    """Tell whether a problem is of severity 错误."""
    return catalogue()[problem.code].severity is Severity.ERROR
