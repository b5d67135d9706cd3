"""A ballot filled in LibreOffice by its expert: typed, calculated, saved, and read by us."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from tests.kit.platforms import YEAR, made_up, rules
from tests.kit.typed_ballot import BallotSheet, Opinion
from tests.kit.typist import Typed, Typist
from xlpy.demo.ballots import spread
from xlpy.excel.reading.book import read_book
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.ballot.document import ballot_document
from xlpy.forms.ballot.read import read_ballot
from xlpy.model.ballot import Ballot
from xlpy.model.grid import Book
from xlpy.policy.parameters.rules import default_rules

EDITION, FORMS = rules()
RUBRIC = default_rules(EDITION).rubric
GOOD, FAIR, OWN, HALF, FINE, HIGH, LATER = (one.name for one in made_up(7))
FULL = spread(Decimal("88.7"), RUBRIC)
OPINIONS: dict[str, Opinion] = {
    GOOD: FULL,
    FAIR: ("０", *spread(Decimal(60), RUBRIC)[1:]),
    OWN: (),
    HALF: (*FULL[:4], "", *FULL[5:]),
    FINE: (*FULL[:9], "5.55"),
    HIGH: ("12.5", *FULL[1:]),
}
HEAD = {"signature": "张三", "signed_on": "2023年6月1日", "unit": "市科技局（二科）"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A ballot sent back (交回的评分表), with 合计 as LibreOffice shows it, by platform."""

    sheet: BallotSheet
    typed: Typed
    ballot: Ballot

    def total(self, name: str) -> str:
        return dict(zip(self.sheet.rows, (one.text for one in self.typed.seen), strict=True))[name]

    def codes(self, cell: str) -> set[str]:
        return {one.code for one in self.ballot.findings if one.place.cell == cell}


@pytest.fixture(scope="module")
def sent(typist: Typist, tmp_path_factory: pytest.TempPathFactory) -> Sent:
    folder = tmp_path_factory.mktemp("ballot")
    issued, path = folder / "03.xlsx", folder / "03 张三.xlsx"
    document = ballot_document(
        edition=EDITION,
        forms=FORMS,
        rubric=RUBRIC,
        rows=tuple((one.name, one.code, one.level) for one in made_up(7)),
        expert=("03", "张三", "", "科技"),
        case="c-1",
        year=YEAR,
    )
    issued.write_bytes(document_bytes(document))
    sheet = BallotSheet(issued)
    steps = sheet.typing(HEAD, OPINIONS)
    typed = typist.work(issued, steps, save=path, look=list(sheet.totals().values()))
    return Sent(sheet=sheet, typed=typed, ballot=read(path))


def read(path: Path) -> Ballot:
    book = read_book(path)
    assert isinstance(book, Book), book
    return read_ballot(book, edition=EDITION, forms=FORMS, rubric=RUBRIC)


def row(sent: Sent, name: str):
    return next(one for one in sent.ballot.rows if one.name == name)


def test_the_ballot_takes_all_that_its_expert_types(sent):
    """Head, scores and 回避 are open, and no formula ends in an error."""
    assert (sent.typed.refused, sent.typed.errors) == ((), ())


def test_the_ballot_is_still_that_of_its_expert_and_case(sent):
    """What LibreOffice does to the hidden sheet keeps whose ballot it is."""
    one = sent.ballot
    assert (one.expert, one.case, one.rubric, one.counted) == ("03", "c-1", RUBRIC, True)
    assert (one.person, one.unit, one.category) == ("张三", "市科技局（二科）", "科技")


def test_the_total_of_the_sheet_is_the_total_we_count(sent):
    """合计 calculated by LibreOffice equals the exact sum, a typed zero included."""
    counted = [row(sent, name).total for name in (GOOD, FAIR)]
    assert [Decimal(sent.total(name)) for name in (GOOD, FAIR)] == counted
    assert counted[0] == Decimal("88.7")
    assert row(sent, FAIR).scores[0] == 0


def test_a_full_row_counts_as_typed(sent):
    """Every score comes back exactly, with one decimal."""
    assert (row(sent, GOOD).scores, row(sent, GOOD).valid) == (FULL, True)


def test_a_recusal_is_no_score(sent):
    """回避 with an empty row has no total and no scores, and is no mistake."""
    assert sent.total(OWN) == ""
    one = row(sent, OWN)
    assert (one.recused, one.scores, one.valid) == (True, (), True)


def test_a_half_empty_row_is_not_counted(sent):
    """One missing score leaves 合计 empty and is B704, never a smaller sum."""
    assert sent.total(HALF) == ""
    assert not row(sent, HALF).valid
    assert sent.codes(sent.sheet.score(HALF, 4)) == {"B704"}


def test_two_decimals_and_too_many_points_are_found_at_their_cells(sent):
    """A second decimal is B703, more than the maximum B702; neither row is counted."""
    assert sent.codes(sent.sheet.score(FINE, 9)) == {"B703"}
    assert sent.codes(sent.sheet.score(HIGH, 0)) == {"B702"}
    assert not row(sent, FINE).valid
    assert not row(sent, HIGH).valid


def test_a_platform_left_out_is_no_row(sent):
    """A row nobody touched is missing, not nought."""
    assert LATER not in {one.name for one in sent.ballot.rows}
