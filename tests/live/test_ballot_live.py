"""The ballot on its way: made, filled, saved by LibreOffice, and read again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from tests.kit.office import recalculated
from tests.kit.panel import issued_ballot
from xlpy.excel.reading.book import read_book
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.ballot.read import read_ballot
from xlpy.model.ballot import Ballot
from xlpy.model.grid import Book
from xlpy.model.sheets.sheet import Document, Line
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import default_rules

EDITION = default_edition()
FORMS = load_forms(EDITION)
RUBRIC = default_rules(EDITION).rubric
CODE = "91340300MA2MQ7F5XX"
PLATFORMS = [("=甲平台", CODE, "省级"), ("乙平台", CODE, "国家级"), ("丙平台", CODE, "省级")]
SCORES = tuple(points - Decimal("0.5") for points in RUBRIC)


def filled() -> Document:
    """Return a ballot with one full row, one recusal and one empty row."""
    blank = issued_ballot(PLATFORMS, expert=("03", "张三", "市科技局", "科技"))
    scores = next(sheet for sheet in blank.sheets if sheet.name == FORMS.ballot.sheet)
    first, second, third = scores.lines[-3:]
    lines = (*scores.lines[:-3], scored(first), recused(second), third)
    sheets = (replace(one, lines=lines) if one is scores else one for one in blank.sheets)
    return replace(blank, sheets=tuple(sheets))


def scored(line: Line) -> Line:
    return line._replace(values=(*line.values[:4], *SCORES, *line.values[14:]))


def recused(line: Line) -> Line:
    return line._replace(values=(*line.values[:15], "是", *line.values[16:]))


def sent_back(folder: Path) -> Ballot:
    path = folder / "03.xlsx"
    path.write_bytes(recalculated(document_bytes(filled())))
    book = read_book(path)
    assert isinstance(book, Book), book
    return read_ballot(book, edition=EDITION, forms=FORMS, rubric=RUBRIC)


def test_a_ballot_sent_back_keeps_whose_it_is(tmp_path):
    """Case, expert and rubric come back from `_meta`, the person from the head."""
    ballot = sent_back(tmp_path)
    who = (ballot.case, ballot.expert, ballot.person, ballot.unit, ballot.category)
    assert who == ("case-1", "03", "张三", "市科技局", "科技")
    assert ballot.rubric == RUBRIC


def test_scores_and_recusals_come_back_exactly(tmp_path):
    """A full row counts, a recusal is no zero, and a name that begins with `=` is text."""
    first, second = [row for row in sent_back(tmp_path).rows if row.valid]
    assert (first.name, first.scores, first.recused) == ("=甲平台", SCORES, False)
    assert (second.name, second.scores, second.recused) == ("乙平台", (), True)
