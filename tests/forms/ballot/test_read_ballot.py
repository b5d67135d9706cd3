"""Reading ballots (评分表读取): what counts, what does not, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from tests.kit.as_book import Edits, as_book, cell_of, edited, grid_of
from tests.kit.panel import issued_ballot
from xlpy.forms.ballot import rows as rows_of
from xlpy.forms.ballot.document import ballot_document
from xlpy.forms.ballot.read import read_ballot
from xlpy.model.ballot import Ballot, BallotRow
from xlpy.model.grid import Book, CellValue, Flaw
from xlpy.model.identity import META_SHEET
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import default_rules

EDITION = default_edition()
FORMS = load_forms(EDITION)
FORM = FORMS.ballot
RUBRIC = default_rules(EDITION).rubric
AREAS = len(EDITION.areas)
FIRST = 4  # column of the first area
TOTAL, RECUSED, COMMENT = FIRST + AREAS, FIRST + AREAS + 1, FIRST + AREAS + 2
PLATFORMS = (("甲平台", "91340300MA2N0ABC16", "省级"), ("乙平台", "91340300MA2MQ7F5XX", "国家级"))
SCORES = (11.3, 10.0, 9.0, 8.5, 11.0, 9.0, 9.0, 7.0, 5.0, 9.0)
SUM = Decimal("88.8")


@cache
def issued() -> Book:
    """Return a ballot of two platforms as it went out."""
    return as_book(issued_ballot(PLATFORMS), file="张三.xlsx")


def top() -> int:
    """Return the zero-based row of the first platform."""
    return cell_of(issued(), FORM.sheet, "甲平台")[0]


def filled(scores: tuple[CellValue, ...] = SCORES, **cells: CellValue) -> Book:
    """Return the ballot with the first row filled; `cells` sets total, recused, comment."""
    columns = {"total": TOTAL, "recused": RECUSED, "comment": COMMENT}
    edits: dict[tuple[int, int], CellValue] = {
        (top(), FIRST + number): score for number, score in enumerate(scores)
    }
    edits |= {(top(), columns[name]): value for name, value in cells.items()}
    return edited(issued(), FORM.sheet, edits)


def changed(edits: Edits) -> Book:
    """Return the filled ballot with more cells typed over, by (rows below the first, column)."""
    return edited(filled(), FORM.sheet, {(top() + row, at): v for (row, at), v in edits.items()})


def read(book: Book) -> Ballot:
    """Read a ballot with the default rubric."""
    return read_ballot(book, edition=EDITION, forms=FORMS, rubric=RUBRIC)


def found(book: Book) -> list[tuple[str, str]]:
    """Return the findings as (code, cell)."""
    return [(one.code, one.place.cell) for one in read(book).findings]


def first(book: Book) -> BallotRow:
    """Return the first row read."""
    return read(book).rows[0]


def test_a_filled_row_is_read_exactly_and_an_empty_row_is_no_row():
    """Float noise goes, the other platform's empty row is left to the judging."""
    noisy = (11.300000000000001, *SCORES[1:])
    assert read(filled(noisy)) == Ballot(
        file="张三.xlsx",
        digest="0" * 64,
        expert="01",
        person="张三",
        unit="市经信局",
        category="经信",
        case="case-1",
        rubric=RUBRIC,
        rows=(
            BallotRow(
                row=top() + 1,
                name="甲平台",
                code="91340300MA2N0ABC16",
                scores=tuple(Decimal(str(score)) for score in SCORES),
            ),
        ),
    )


def test_a_blank_ballot_lists_every_platform_without_findings():
    """So `ballots` run again knows who is out already."""
    ballot = read_ballot(issued(), edition=EDITION, forms=FORMS, rubric=RUBRIC, blank=True)
    assert [(row.name, row.code) for row in ballot.rows] == [row[:2] for row in PLATFORMS]
    assert ballot.findings == ()


@pytest.mark.parametrize("typed", ["１１．３", " 11.3 ", "11.3分", "11.30", "+11.3", "11\u200b.3"])
def test_scores_stored_as_text_or_full_width_are_accepted(typed):
    """A score may carry its own unit and blanks around it."""
    row = first(filled((typed, *SCORES[1:])))
    assert (row.scores[0], row.valid) == (Decimal("11.3"), True)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("-", "B701"),
        ("无", "B701"),
        ("约11", "B701"),
        ("1e1", "B701"),
        ("十一", "B701"),
        ("\u202e3.11", "B701"),
        ("11 3", "B701"),
        (True, "B701"),
        (date(2022, 1, 1), "B701"),
        (12.1, "B702"),
        (-0.5, "B702"),
        (11.25, "B703"),
        ("", "B704"),
        ("  ", "B704"),
    ],
)
def test_a_wrong_score_makes_its_row_not_count(typed, code):
    """The finding stands on the cell; the row is there and does not count."""
    book = filled((typed, *SCORES[1:]))
    assert found(book) == [(code, f"E{top() + 1}")]
    assert (first(book).scores, first(book).valid) == ((), False)


@pytest.mark.parametrize("score", [0, 12, 12.0])
def test_the_limits_of_a_score_belong_to_it(score):
    """0 and the maximum are scores; a zero is a real zero."""
    row = first(filled((score, *SCORES[1:])))
    assert (row.scores[0], row.valid) == (Decimal(score), True)


def test_an_empty_score_is_missing_and_never_zero():
    """All missing areas are named in one finding."""
    [finding] = read(filled(("", "", *SCORES[2:]))).findings
    assert finding.found == "“综合咨询服务”“产需对接服务”未评分"


@pytest.mark.parametrize(
    ("flaw", "code"),
    [
        (Flaw.ERROR, "C310"),
        (Flaw.UNCALCULATED, "C309"),
        (Flaw.PERCENT, "C306"),
        (Flaw.COVERED, "C318"),
        (Flaw.DOUBTFUL, "B701"),
        (Flaw.BEYOND, "B701"),
        (Flaw.PICTURE, "B701"),
    ],
)
def test_a_flawed_score_cell_makes_its_row_not_count(flaw, code):
    """Errors, formulas never calculated, per cents and merged cells are no scores."""
    book = filled()
    grid = replace(grid_of(book, FORM.sheet), flaws={(top(), FIRST): flaw})
    book = replace(book, grids=tuple(grid if g.name == grid.name else g for g in book.grids))
    assert (code, f"E{top() + 1}") in found(book)
    assert not first(book).valid


def test_a_score_nobody_can_hold_is_quoted_as_it_was_written():
    book = filled(("", *SCORES[1:]))
    at = (top(), FIRST)
    grid = replace(grid_of(book, FORM.sheet), flaws={at: Flaw.BEYOND}, error_texts={at: "1E+999"})
    book = replace(book, grids=tuple(grid if g.name == grid.name else g for g in book.grids))
    [finding] = read(book).findings
    assert finding.found == "“综合咨询服务”填写为“1E+999”"


def test_a_recusal_has_no_scores():
    """回避 = 是 with all scores empty leaves the average and is counted."""
    row = first(filled(("",) * AREAS, recused="是"))
    assert (row.recused, row.scores, row.valid) == (True, (), True)


def test_a_recusal_beside_scores_does_not_count():
    """Nobody guesses which of the two was meant."""
    book = filled(recused="是")
    assert [code for code, _ in found(book)] == ["B708"]
    assert not first(book).valid


@pytest.mark.parametrize(
    "words",
    [
        ("回避",) * AREAS,
        ("回 避", *("",) * (AREAS - 1)),
        ("是",) * AREAS,
        (*SCORES[1:], "利益相关"),
        ("本人系该平台的利害关系人，申请回避", *SCORES[1:]),
        ("回避", 99.0, "约10", *("",) * (AREAS - 3)),
    ],
)
def test_a_recusal_typed_over_scores_is_one_finding_and_the_row_does_not_count(words):
    book = filled(words)
    assert [code for code, _ in found(book)] == ["B726"]
    assert (first(book).valid, first(book).recused, first(book).scores) == (False, False, ())


def test_a_recusal_said_twice_is_told_to_leave_the_scores():
    """回避 = 是, and 回避 typed over the scores too: the second is what is to go."""
    assert [code for code, _ in found(filled(("回避",) * AREAS, recused="是"))] == ["B726"]


@pytest.mark.parametrize("word", ["不回避", "无利害关系", "否", "优"])
def test_a_word_that_recuses_nobody_is_no_score_and_nothing_else(word: str):
    assert [code for code, _ in found(filled((word, *SCORES[1:])))] == ["B701"]


def test_an_unknown_word_under_recusal_does_not_count():
    """B709 names the cell."""
    book = filled(recused="回避？")
    assert found(book) == [("B709", f"P{top() + 1}")]
    assert not first(book).valid


def test_a_plain_no_under_recusal_is_no_recusal():
    """否 leaves no doubt."""
    row = first(filled(recused="否"))
    assert (row.recused, row.valid) == (False, True)


def test_many_wrong_scores_of_one_area_are_one_finding_and_no_row_counts():
    """An expert who scored a whole column out of 100."""
    many = tuple((f"{n}号平台", f"{n:018}", "省级") for n in range(30))
    document = ballot_document(
        edition=EDITION,
        forms=FORMS,
        rubric=RUBRIC,
        rows=many,
        expert=("01", "张三", "市经信局", "经信"),
        case="case-1",
        year=2022,
    )
    scores = dict(enumerate((90.0, *SCORES[1:]), start=FIRST))
    edits = {(top() + n, at): score for n in range(30) for at, score in scores.items()}
    book = edited(as_book(document, file="张三.xlsx"), FORM.sheet, edits)
    assert found(book) == [("B702", f"E{top() + 1}:E{top() + 30}")]
    assert [row.valid for row in read(book).rows] == [False] * 30


def test_a_comment_is_kept_as_typed():
    """评语 goes with its row."""
    assert first(filled(comment=" 服务扎实（好） ")).comment == "服务扎实（好）"


def test_a_typed_total_that_agrees_is_fine():
    """Also as text and in full width."""
    assert [found(filled(total=total)) for total in (88.8, "８８．８", "88.8分")] == [[], [], []]


def test_a_typed_total_that_disagrees_makes_the_row_not_count():
    """B710 is an error: which of the numbers was meant?"""
    book = filled(total=90.0)
    assert found(book) == [("B710", f"O{top() + 1}")]
    assert (first(book).scores, first(book).valid) == ((), False)


def test_a_stale_formula_is_recomputed_and_the_row_counts():
    """B711 is a warning."""
    book = filled(total=90.0)
    grid = replace(grid_of(book, FORM.sheet), formulas=frozenset({(top(), TOTAL)}))
    book = replace(book, grids=tuple(grid if g.name == grid.name else g for g in book.grids))
    assert found(book) == [("B711", f"O{top() + 1}")]
    assert (first(book).total, first(book).valid) == (SUM, True)


def test_the_same_platform_twice_counts_neither():
    """B707 on both rows."""
    second = {(1, FIRST + number): score for number, score in enumerate(SCORES)}
    book = changed({**second, (1, 1): "甲平台", (1, 2): "91340300MA2N0ABC16"})
    assert [code for code, _ in found(book)] == ["B707", "B707"]
    assert [row.valid for row in read(book).rows] == [False, False]


def test_a_code_stored_as_a_number_does_not_count():
    """Its last digits are lost."""
    book = changed({(0, 2): 9.1340300123456e17})
    assert found(book) == [("C314", f"C{top() + 1}")]
    assert not first(book).valid


def rebuilt(turn: Callable[[list[list[CellValue]]], list[list[CellValue]]]) -> Book:
    """Return the filled ballot with its rows turned by `turn`."""
    book = filled()
    old = grid_of(book, FORM.sheet)
    width = max(map(len, old.rows))
    rows = turn([[*cells, *[""] * (width - len(cells))] for cells in old.rows])
    grid = replace(old, rows=rows, flaws={}, formulas=frozenset())
    return replace(book, grids=tuple(grid if g.name == grid.name else g for g in book.grids))


def test_moved_columns_and_inserted_rows_do_not_matter():
    """Columns are found by their heading."""
    turned = rebuilt(lambda rows: [[], [], *([*cells[::-1], "x"] for cells in rows)])
    plain = rebuilt(lambda rows: rows)
    assert first(turned)._replace(row=0) == first(plain)._replace(row=0)
    assert first(turned).row == first(plain).row + 2


def test_a_heading_without_points_is_known_by_its_name():
    """The points are in `_meta` anyway."""
    book = changed({(-1, FIRST): " 综合咨询服务 "})
    assert (found(book), first(book).valid) == ([], True)


def test_a_heading_with_other_points_is_a_finding():
    """The expert scored with another maximum in mind."""
    book = changed({(-1, FIRST): "综合咨询服务（15分）"})
    assert found(book) == [("B722", f"E{top()}")]


def test_a_lost_area_column_makes_no_row_count():
    """One finding at the heading instead of one a row."""
    book = changed({(-1, FIRST): "另外的栏目"})
    assert [code for code, _ in found(book)] == ["S203", "S206"]
    assert not first(book).valid


def test_an_empty_name_in_the_head_is_a_warning():
    """B716 names the cell where it is missing."""
    row, column = cell_of(issued(), FORM.sheet, "张三")
    ballot = read(edited(filled(), FORM.sheet, {(row, column): ""}))
    assert [(one.code, one.subject) for one in ballot.findings] == [("B716", "01")]


def test_a_wrong_category_in_the_head_is_a_warning():
    """B723 says which words there are."""
    row, column = cell_of(issued(), FORM.sheet, "经信")
    ballot = read(edited(filled(), FORM.sheet, {(row, column): "教育"}))
    assert [one.code for one in ballot.findings] == ["B723"]
    assert ballot.category == ""


def test_a_name_in_the_cell_of_its_label_is_read():
    """专家姓名：李四 in one cell."""
    label, cell = (cell_of(issued(), FORM.sheet, text) for text in ("专家姓名", "张三"))
    book = edited(filled(), FORM.sheet, {label: "专家姓名：李四", cell: ""})
    assert read(book).person == "李四"


def test_a_ballot_without_meta_is_not_counted():
    """B717: nobody knows whose it is."""
    book = replace(filled(), grids=tuple(g for g in filled().grids if g.name != META_SHEET))
    ballot = read(book)
    assert [one.code for one in ballot.findings] == ["B717"]
    assert (ballot.counted, ballot.expert, ballot.case) == (False, "", "")


def test_the_blank_template_filled_in_is_nobodys_ballot():
    """B717: it names no expert, and must not be dropped silently."""
    row, column = cell_of(filled(), META_SHEET, "expert")
    ballot = read(edited(filled(), META_SHEET, {(row, column + 1): ""}))
    assert ([one.code for one in ballot.findings], ballot.counted) == (["B717"], False)


def test_a_file_without_the_sheet_is_no_ballot():
    """F106 names the sheet."""
    book = replace(filled(), grids=tuple(g for g in filled().grids if g.name != FORM.sheet))
    ballot = read(book)
    assert [one.code for one in ballot.findings] == ["F106"]
    assert not ballot.counted


def test_a_ballot_of_another_version_is_a_warning():
    """F107; the ballot counts."""
    row, column = cell_of(filled(), META_SHEET, "version")
    ballot = read(edited(filled(), META_SHEET, {(row, column + 1): "0"}))
    assert ([one.code for one in ballot.findings], ballot.counted) == (["F107"], True)


def test_the_rubric_of_the_ballot_gives_the_limits():
    """A ballot made with another rubric is read by its own; the judging refuses it."""
    row, column = cell_of(filled(), META_SHEET, "rubric")
    text = "20, 4, 10, 10, 12, 10, 10, 8, 6, 10"
    ballot = read(edited(filled(), META_SHEET, {(row, column + 1): text}))
    assert ballot.rubric == tuple(map(Decimal, text.split(", ")))
    assert "B702" in [one.code for one in ballot.findings]


BELOW = len(PLATFORMS)


@pytest.mark.parametrize(
    "rows",
    [
        {(BELOW, 1): "平均分", (BELOW, FIRST): 10.123, (BELOW, TOTAL): 85.55},
        {(BELOW, 0): "最高分", **{(BELOW, FIRST + at): 9.0 for at in range(AREAS)}},
        {(BELOW + 1, 0): "名次", (BELOW + 1, TOTAL): 1.0},
        {(BELOW, 1): "专家签名：张三", (BELOW, FIRST + 3): "日期：2023-03-01"},
        {(BELOW, 0): "合计", (BELOW, TOTAL): 88.8, (BELOW + 2, 1): "总分", (BELOW + 2, TOTAL): 1.0},
    ],
)
def test_averages_and_signatures_below_are_one_hint_and_no_rows(rows: Edits):
    ballot = read(changed(rows))
    assert [one.code for one in ballot.findings] == ["S210"]
    assert [row.name for row in ballot.rows if row.valid] == ["甲平台"]


def test_a_platform_keeps_its_row_whatever_stands_before_it():
    """What has a code is a platform."""
    ballot = read(changed({(0, 0): "名次"}))
    assert (ballot.findings, len(ballot.rows)) == ((), 1)


def test_the_heading_once_more_is_one_hint():
    heading = {(BELOW, at): cell for at, cell in enumerate(grid_of(issued(), FORM.sheet).rows[3])}
    assert [one.code for one in read(changed(heading)).findings] == ["S211"]


@pytest.mark.parametrize(("count", "rows"), [(2, 3), (3, 4), (4, 0)])
def test_a_ballot_with_rows_without_end_is_not_counted(
    count: int, rows: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rows_of, "MOST_ROWS", 4)
    more = {(BELOW + at, 1): f"别的平台{at}" for at in range(count)}
    scored = {(BELOW + at, FIRST): 1.0 for at in range(count)}
    ballot = read(changed({**more, **scored}))
    assert (len(ballot.rows), ballot.counted) == (rows, bool(rows))
    assert ("B732" in [one.code for one in ballot.findings]) is not ballot.counted


def test_what_is_said_of_thousands_of_rows_is_one_finding():
    scored = {(BELOW + at, FIRST + column): "x" for at in range(1_000) for column in range(AREAS)}
    counts = {(one.code, one.count) for one in read(changed(scored)).findings}
    assert counts == {("B701", 1_000)}


def drawn(shown: dict[tuple[int, int], str], book: Book | None = None) -> Book:
    """Return the filled ballot with cells that show something of their own."""
    book = book or filled()
    grid = replace(grid_of(book, FORM.sheet), shown=shown)
    return replace(book, grids=tuple(grid if g.name == grid.name else g for g in book.grids))


def test_a_zero_nobody_sees_is_no_score():
    """It looks like a score that was not given: a sheet may hide its zeros."""
    book = drawn({(top(), FIRST): ""}, filled((0.0, *SCORES[1:])))
    assert found(book) == [("C324", f"E{top() + 1}")]
    assert not first(book).valid


@pytest.mark.parametrize("column", [1, 2])
def test_a_row_that_shows_another_platform_does_not_count(column):
    """Name and code are what the expert saw when he scored."""
    book = drawn({(top(), column): "乙平台"})
    assert found(book) == [("C325", f"{'ABC'[column]}{top() + 1}")]
    assert not first(book).valid


@pytest.mark.parametrize("column", [1, 2])
def test_a_row_whose_platform_readers_differ_on_does_not_count(column):
    """Whose score it is may not hang on the program."""
    book = filled()
    grid = replace(grid_of(book, FORM.sheet), flaws={(top(), column): Flaw.DOUBTFUL})
    book = replace(book, grids=tuple(grid if g.name == grid.name else g for g in book.grids))
    assert found(book) == [("C330", f"{'ABC'[column]}{top() + 1}")]
    assert not first(book).valid


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        ("99", "合计公式的结果为 88.8（显示为“99”），各项之和为 88.8"),
        ("89", ""),
        ("88.8分", ""),
        ("", ""),
    ],
)
def test_a_total_that_shows_another_is_told(shown, told):
    """The expert signed what he saw; a rounded total and a hidden one say nothing else."""
    book = drawn({(top(), TOTAL): shown}, filled(total=88.8))
    grid = replace(grid_of(book, FORM.sheet), formulas=frozenset({(top(), TOTAL)}))
    book = replace(book, grids=tuple(grid if g.name == grid.name else g for g in book.grids))
    assert [one.found for one in read(book).findings] == ([told] if told else [])
    assert first(book).valid


def test_a_name_in_the_head_that_shows_another_is_told():
    """The stored one is taken."""
    row, column = cell_of(issued(), FORM.sheet, "张三")
    book = drawn({(row, column): "李四"})
    [finding] = read(book).findings
    assert (finding.code, finding.found) == ("B723", "“专家姓名”填写为“张三”")
    assert read(book).person == "张三"
