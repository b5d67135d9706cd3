"""A whole year under each made-up edition (整年): judged by its rule, told in its words alone."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.addin.conftest import open_book  # noqa: F401 - a fixture
from tests.kit.clerk import command_line
from tests.kit.memory_engine import MemoryBook
from tests.kit.other_editions import NAMES, Year, foreign, foreign_words, source_of, texts_of
from xlpy import addin
from xlpy.policy.editions.load import faults_of

Open = Callable[[Path], MemoryBook]

ENDS = {
    "wanglan-2031": (
        ["优秀", "优秀", *["良好"] * 5, "合格", "合格", "不合格", "不合格", None],
        ("159.5", 9, 2),
    ),
    "jihu-2032": (
        [
            "一等",
            "一等",
            "二等",
            "二等",
            "三等",
            "三等",
            "四等",
            "四等",
            "五等",
            "六等",
            "六等",
            None,
        ],
        ("123.6", 10, 6),
    ),
}
BUTTONS = ("check", "ballots", "evaluate", "notice", "finance", "verify")


@pytest.fixture(params=NAMES)
def year(request: pytest.FixtureRequest, years: Callable[[str], Year]) -> Year:
    return years(request.param)


@pytest.fixture
def view(year: Year) -> dict[str, Any]:
    """What `evaluate --json` prints of the case as it ended."""
    status, out, err = command_line("evaluate", year.case.folder, "--json")
    assert (status, err) == (0, "")
    seen: dict[str, Any] = json.loads(out)
    return seen


@pytest.mark.parametrize("name", NAMES)
def test_a_made_up_edition_has_no_fault(name: str):
    assert faults_of(source_of(name)) == ()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("报市经信局", "市经信局"),
        ("评为A级", "A级"),
        ("电话 0552-3112345", "0552-"),
        ("按第十八条", "第十八条"),
        ("不在名单上的选“未认定”", "未认定"),
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_the_search_finds_a_word_of_another_edition(name: str, text: str, word: str):
    """An empty answer means something."""
    if word not in "".join(source_of(name).texts.values()):
        assert word in foreign(text, name, foreign_words(name))


@pytest.mark.parametrize("name", NAMES)
def test_the_search_takes_no_code_of_a_paper_for_a_telephone(name: str):
    assert foreign("核验码：27D4-0552-0998-340E-2157", name, foreign_words(name)) == set()


def test_a_year_ends_without_a_problem(year: Year):
    """Every file and every line agrees, and the notes name nothing strange."""
    assert year.verified.problems == ()


def test_everybody_gets_the_grade_and_the_money_of_the_edition(year: Year, view: dict[str, Any]):
    """Also half units: 12.5万元."""
    finals, ends = ENDS[year.source.name]
    assert [one["final"] for one in view["platforms"]] == finals
    assert (view["total_subsidy"], view["base"], view["quota"]) == ends
    assert view["edition"] == year.source.name
    table = {one.name: one.subsidy for one in year.rules.edition.levels}
    graded = [one for one in view["platforms"] if one["final"] and one["subsidy"] is not None]
    assert {one["subsidy"] for one in graded} == {
        f"{table[one['level']][one['final']]}" for one in graded
    }


def test_the_story_has_all_a_clerk_should_have_seen(year: Year):
    """A tie, a veto, one out of date, one absent, a shortfall, mistakes, a corrected paper."""
    away = year.rules.edition.away["absent"]
    for words in ("并列待裁定", "一票否决", "不符合条件", away, "待补正", "约200"):
        assert words in year.console, words
    assert "（第2版，标明更正并附更正说明）" in year.console
    assert [one.name for one in sorted(year.case.filed.glob("*.xlsx"))] == [
        "公示名单-第1版.xlsx",
        "奖补资金安排表-第1版.xlsx",
        "奖补资金安排表-第2版.xlsx",
    ]


def test_the_edition_lies_in_the_case(year: Year):
    texts = {one.name: one.read_text(encoding="utf-8") for one in year.case.policy.iterdir()}
    assert texts == dict(year.source.texts)


def test_no_word_of_another_edition_stands_in_a_workbook(year: Year):
    """Cells, notes, drop-downs, titles, footers, charts: all that is in the file."""
    words = foreign_words(year.source.name)
    books = sorted(one for one in year.case.folder.rglob("*.xls?") if one.suffix != ".xls")
    assert len(books) > 30
    told = {
        str(book.relative_to(year.case.folder)): found
        for book in books
        if (found := foreign(texts_of(book), year.source.name, words))
    }
    assert told == {}


def test_no_word_of_another_edition_is_printed_or_logged(year: Year, view: dict[str, Any]):
    words = foreign_words(year.source.name)
    log = year.case.log.read_text(encoding="utf-8")
    for text in (year.console, json.dumps(view, ensure_ascii=False), log):
        assert foreign(text, year.source.name, words) == set()


def test_the_charts_have_a_series_for_every_grade(year: Year):
    """And each is called as the edition prints it."""
    printed = [one.printed for one in year.rules.edition.grades]
    levels = [one.name for one in year.rules.edition.levels]
    names = charts(year.case.workbook)
    assert names[0] == printed
    assert names[1] == printed
    assert len(names[2]) == 2
    assert names[3] == levels


def charts(workbook: Path) -> list[list[str]]:
    """Return the names of the series of each chart."""
    with zipfile.ZipFile(workbook) as parts:
        charts = [parts.read(f"xl/charts/chart{number}.xml").decode() for number in range(1, 5)]
    return [re.findall(r"<c:tx><c:v>([^<]+)</c:v></c:tx>", one) for one in charts]


@pytest.mark.parametrize("button", BUTTONS)
def test_every_button_works_on_the_open_workbook(
    year: Year,
    button: str,
    open_book: Open,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    """And what it shows is of this edition."""
    case = year.copied(tmp_path)
    monkeypatch.setattr("xlpy.addin._today", lambda: year.script["days"]["correction"])
    book = open_book(case.workbook)
    done = getattr(addin, button)()
    told = "\n".join(text for text, _ in book.app.alerts)
    assert done is not None, told
    cells = "\n".join(str(value) for page in book.pages for value in page.cells_.values())
    words = foreign_words(year.source.name)
    assert foreign(f"{told}\n{cells}", year.source.name, words) == set()
