"""A finding drawn (校验问题示例): the sheets as one would see them, and the whole sentence."""

from __future__ import annotations

from typing import NamedTuple

from tests.kit.drawn import filing, read
from xlpy.model.grid import Book, Grid


class Case(NamedTuple):
    """What is drawn, and the sentences of all its findings of this code."""

    code: str
    book: Book
    sentences: tuple[str, ...]

    def found(self) -> tuple[str, ...]:
        """Return what the reading says instead."""
        findings = read(self.book).filing.findings
        return tuple(one.sentence for one in findings if one.code == self.code)


def case(code: str, drawn: Grid | Book, *sentences: str) -> Case:
    """Return a case: one sheet put into a good filing, or a whole book."""
    return Case(code, drawn if isinstance(drawn, Book) else filing(drawn), sentences)
