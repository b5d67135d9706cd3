"""The forms of rules of another shape: few areas and many, no functions, another city's office."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.kit.as_book import as_book, cell_of, edited
from tests.kit.judging import EDITION, FORMS
from tests.kit.other_shapes import (
    elsewhere,
    forms_without_functions,
    with_areas,
    with_levels,
    without_field,
    without_functions,
)
from xlpy.excel.reading.book import read_book
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.ballot.document import ballot_document
from xlpy.forms.ballot.read import read_ballot
from xlpy.forms.filing.document import filing_document
from xlpy.forms.filing.read import read_filing
from xlpy.model.grid import Book
from xlpy.model.sheets.sheet import Document, Formula, Sheet
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import default_rules

YEAR = 2022
HEAD = ("甲平台", "91340300MA2N0ABC16", "国家级")


def blank(edition: Edition, forms: Forms | None = None) -> Document:
    """Return the blank form of an edition."""
    return filing_document(edition=edition, forms=forms or load_forms(edition), year=YEAR)


def back(document: Document, path: Path) -> Book:
    """Return the document as it is read from its file."""
    path.write_bytes(document_bytes(document))
    return read_book(path)


def ballot(edition: Edition) -> Document:
    """Return the ballot of one platform."""
    forms, rubric = load_forms(edition), default_rules(edition).rubric
    return ballot_document(edition=edition, forms=forms, rubric=rubric, rows=[HEAD], year=YEAR)


def texts(*sheets: Sheet) -> str:
    """Return all that stands on the sheets."""
    values = (value for one in sheets for line in one.lines for value in line.values)
    texts = (value.text if isinstance(value, Formula) else value for value in values)
    feet = (one.page.footer for one in sheets)
    return "\n".join(str(text) for text in (*texts, *feet) if text is not None)


def sheets_of(document: Document, *names: str) -> list[Sheet]:
    """Return sheets by name."""
    return [next(one for one in document.sheets if one.name == name) for name in names]


@pytest.mark.parametrize("count", [1, 2, 3, 12, 24])
def test_a_ballot_of_any_number_of_areas_is_written_and_read(count: int, tmp_path: Path):
    edition = with_areas(count)
    forms, rubric = load_forms(edition), default_rules(edition).rubric
    book = back(ballot(edition), tmp_path / "张三.xlsx")
    row, _ = cell_of(book, forms.ballot.sheet, HEAD[0])
    scores = {(row, 4 + number): float(points) for number, points in enumerate(rubric)}
    read = read_ballot(
        edited(book, forms.ballot.sheet, {**scores, (row, 4 + count): 100.0}),
        edition=edition,
        forms=forms,
        rubric=rubric,
    )
    assert [one.scores for one in read.rows] == [rubric]
    assert {one.place.sheet for one in read.findings if one.code.startswith("S")} == set()


@pytest.mark.parametrize("count", [1, 3, 12])
def test_a_blank_form_of_any_number_of_areas_is_written_and_read(count: int, tmp_path: Path):
    edition = with_areas(count)
    book = back(blank(edition), tmp_path / "甲.xlsx")
    read = read_filing(book, edition=edition, forms=load_forms(edition), year=YEAR)
    assert [one for one in read.filing.findings if one.code.startswith(("S", "F"))] == []
    assert list(read.filing.proof.by_row) == [row.name for _, row in edition.area_rows]


def test_a_blank_form_offers_the_levels_of_the_edition():
    edition = with_levels("国家级", "省级", "市级")
    guide, profile = sheets_of(blank(edition), "填报说明", "附件1")
    assert "市级（由" in texts(guide)
    offered = [one.choices for one in profile.validations if one.choices]
    assert ("国家级", "省级", "市级") in offered


def test_a_form_without_functions_says_nothing_of_them():
    """Neither the guide, whose parts keep their numbers in order, nor the self-check."""
    document = blank(without_functions(), forms_without_functions())
    guide, check = sheets_of(document, "填报说明", "自查")
    said = texts(guide, check)
    assert "服务功能" not in said
    assert "至少" not in said
    parts = [line.values[0] for line in guide.lines if str(line.values[0])[1:2] == "、"]
    assert [str(part)[:4] for part in parts] == ["一、依据", "二、填写", "三、填写", "四、服务"]
    before, _ = sheets_of(blank(EDITION), "填报说明", "自查")
    assert "五、服务类别和年度目标" in texts(before)
    assert "至少具备一项" in texts(before)


def test_a_form_without_functions_is_written_and_read(tmp_path: Path):
    edition, forms = without_functions(), forms_without_functions()
    book = back(blank(edition, forms), tmp_path / "甲.xlsx")
    read = read_filing(book, edition=edition, forms=forms, year=YEAR)
    assert [one for one in read.filing.findings if one.code.startswith(("S", "F"))] == []
    assert read.filing.proof.by_function == {}


def test_a_guide_lists_no_papers_where_the_form_asks_for_none():
    document = blank(EDITION, without_field("application"))
    (guide,) = sheets_of(document, "填报说明")
    assert "\n佐证材料按「附件3」中的编号排列。" in texts(guide)
    assert "一并报送" not in texts(guide)


def test_the_column_of_functions_is_not_missed_where_there_is_none():
    """A ledger without it proves all the same."""
    edition, forms = without_functions(), forms_without_functions()
    book = as_book(blank(edition, forms))
    assert not read_filing(book, edition=edition, forms=forms, year=YEAR).filing.unproved
    with_them = replace(FORMS, filing=replace(FORMS.filing, ledger=forms.filing.ledger))
    lacking = read_filing(book, edition=EDITION, forms=with_them, year=YEAR)
    assert lacking.filing.unproved


def test_the_forms_name_the_office_of_the_edition():
    """Guide, self-check and ballot."""
    document = blank(elsewhere())
    guide, check = sheets_of(document, "填报说明", "自查")
    said = texts(guide, check)
    assert "以市工信局通知为准" in said
    assert "以市工信局校验为准" in said
    assert "请向市工信局说明" in said
    said = texts(*ballot(elsewhere()).sheets)
    assert "示例，市工信局可调整" in said
    assert "发回市工信局，打印" in said
    assert "以市工信局确定的为准" in said
    assert "经信局" not in said + texts(*document.sheets)
