"""Links from findings to files (链接到文件): to the file in the case folder, or to nothing."""

from __future__ import annotations

import pytest

from tests.kit.as_book import as_book
from tests.kit.decided import decision, evaluation, finding
from tests.report.workbook.test_workbook import FORM, built, read, rows, sheet
from xlpy.model.finding import Place
from xlpy.model.sheets.sheet import Formula
from xlpy.report.workbook.findings import file_link, paths_of
from xlpy.visible import visible

OWN = FORM.file


def target(name: str, folder: str = "申报材料", digest: str = "1") -> str | None:
    """Return where the link of a finding in this file leads; None when it is plain text."""
    paths = paths_of([(f"{folder}/{name}", "1")])
    link = file_link(Place(name, "附件1", "C5"), digest, paths=paths, own=OWN)
    if not isinstance(link, Formula):
        assert link == visible(name)
        return None
    assert link.value == name
    assert link.text.endswith(f',"{name}")')
    return link.text.removeprefix('=HYPERLINK("').split('"')[0]


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("甲平台.xlsx", "申报材料"),
        ("评分表-01.XLSX", "专家评分"),
        ("=1+1,(2)；'3'.xlsx", "申报材料"),
    ],
)
def test_a_link_leads_to_the_file_where_it_lies(name: str, folder: str):
    """By a path from the workbook's own folder, so that the case may be moved."""
    assert target(name, folder) == f"{folder}/{name}"


@pytest.mark.parametrize(
    "name",
    [
        'a","cmd|\' /C calc\'!A0",".xlsx',  # would end the text
        "a#B.xlsx",  # would be a place in the file
        "100%.xlsx",  # might be an escape
        "http:x.xlsx",
        "..\\..\\x.xlsx",
        "a\u202exslx.xlsx",  # turned round on the screen
        "a\n.xlsx",
        "甲平台.exe",
        "甲平台.xlsm",  # has macros
        "甲平台.xls",
        "甲" * 250 + ".xlsx",  # longer than a text in a formula may be
    ],
)
def test_an_odd_name_stays_plain_text(name: str):
    """Whoever sends a file chooses its name."""
    assert target(name) is None


def test_a_file_that_is_not_the_one_read_is_no_target():
    """Two files of one name in two folders are told apart by their content."""
    assert target("甲平台.xlsx", digest="2") is None


def test_a_finding_in_the_workbook_leads_to_its_cell():
    """On the sheet where staff have to mend it; a finding of a whole sheet to its beginning."""
    [cell, whole] = (
        file_link(Place(OWN, "参数", cell), "", paths={}, own=OWN) for cell in ("B4", "")
    )
    assert cell == Formula(f'=HYPERLINK("#\'参数\'!B4","{OWN}")', OWN)
    assert whole == Formula(f'=HYPERLINK("#\'参数\'!A1","{OWN}")', OWN)


def test_the_sheet_of_findings_shows_names_and_leads_to_files():
    """Rows without a file have neither; reading the workbook back finds nothing strange."""
    one = finding(place=Place("甲平台.xlsx", "附件3", "I17"), digest="1")
    two = finding(place=Place())
    judged = evaluation(decision("甲"), findings=(one, two))
    document = built(judged, paths={("甲平台.xlsx", "1"): "申报材料/甲平台.xlsx"})
    link = '=HYPERLINK("申报材料/甲平台.xlsx","甲平台.xlsx")'
    assert rows(document, "findings", "file", "cell") == [
        (Formula(link, "甲平台.xlsx"), "I17"),
        ("", ""),
    ]
    assert read(as_book(document)).unknown == ()


def test_only_links_look_like_links():
    """The look follows the cells, as an open workbook is filled without formats."""
    [look] = [c for c in sheet(built(), "校验问题").conditions if c.style == "link-like"]
    assert look.formula == '=LEFT(FORMULATEXT(D4),6)="=HYPER"'
    assert (look.span.left, look.span.right) == (3, 3)
    assert look.span.bottom >= 2000
