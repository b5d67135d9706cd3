"""Reading whole books."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from tests.excel.books import book, cell, parts, saved, sheet, zipped
from xlpy.excel.reading import book as read
from xlpy.excel.reading.book import read_book
from xlpy.excel.reading.refused import Refused
from xlpy.model.grid import Book, Refusal


def opened(path: Path, wanted: tuple[str, ...] | None = None) -> Book:
    got = read_book(path, wanted=wanted)
    assert isinstance(got, Book), got
    return got


def test_a_book_knows_its_file_and_its_digest(tmp_path: Path) -> None:
    """The SHA-256 is that of the bytes that were read."""
    path = book(tmp_path, cell("><v>5</v></c>"))
    got = opened(path)
    assert (got.file, got.digest) == (
        "甲平台.xlsx",
        hashlib.sha256(path.read_bytes()).hexdigest(),
    )


def test_leading_blanks_keep_addresses(tmp_path: Path) -> None:
    """rows[0][0] is A1 whatever is empty."""
    assert opened(book(tmp_path, cell("><v>5</v></c>", ref="B3"))).grids[0].rows == [
        ["", ""],
        ["", ""],
        ["", 5.0],
    ]


def test_a_wrong_dimension_loses_nothing(tmp_path: Path) -> None:
    """WPS writes A1 for any sheet."""
    xml = sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="C9"><v>2</v></c></row>',
        before='<dimension ref="A1"/>',
    )
    assert opened(book(tmp_path, xml)).grids[0].rows[8] == ["", "", 2.0]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [("", date(2022, 3, 5)), ('<workbookPr date1904="1"/>', date(2026, 3, 6))],
)
def test_both_date_systems_are_read(tmp_path: Path, settings: str, expected: date) -> None:
    """The same number is 1,462 days later in a book of the 1904 system."""
    path = book(tmp_path, cell(' s="4"><v>44625</v></c>'), settings=settings)
    assert opened(path).grids[0].rows == [[expected]]


def test_hidden_sheets_are_read(tmp_path: Path) -> None:
    """_meta is very hidden."""
    raw = zipped(parts({"_meta": cell("><v>1</v></c>")}, states=' state="veryHidden"'))
    assert [grid.name for grid in opened(saved(tmp_path, raw)).grids] == ["_meta"]


def test_only_wanted_sheets_are_read_and_the_others_named(tmp_path: Path) -> None:
    """Blanks and full-width forms in a sheet's name make no difference."""
    raw = zipped(parts({" 附件１ ": sheet(""), "草稿": "<broken", "附件2": sheet("")}))
    got = opened(saved(tmp_path, raw), wanted=("附件1", "附件2"))
    assert ([grid.name for grid in got.grids], got.others) == ([" 附件１ ", "附件2"], ("草稿",))


def test_an_empty_sheet_has_no_rows(tmp_path: Path) -> None:
    """Also when it closes itself."""
    assert opened(book(tmp_path, sheet(""))).grids[0].rows == []
    for tag in ("<sheetData/>", "<sheetData />"):
        closed = sheet("").replace("<sheetData></sheetData>", tag)
        assert opened(book(tmp_path, closed)).grids[0].rows == []


def test_loosely_written_cells_are_read(tmp_path: Path) -> None:
    """Blanks before a slash, attributes in any order, a value that keeps its spaces."""
    xml = sheet(
        '<row spans="1:3" r="1" >\n<c s="1" r="A1" />\n<c t="n" r="B1"><v>5</v></c>\n'
        '<c r="C1" ><v xml:space="preserve">6</v></c>\n</row >\n<row r="2" />'
    )
    assert opened(book(tmp_path, xml)).grids[0].rows == [["", 5.0, 6.0]]


def test_a_sheet_without_its_part_is_lost(tmp_path: Path) -> None:
    """The workbook names it, the package has no such part."""
    members = parts({"附件1": sheet("")})
    del members["xl/worksheets/sheet1.xml"]
    assert opened(saved(tmp_path, zipped(members))).lost == {"附件1": "文件中缺少该工作表的内容"}


def test_texts_are_kept_as_typed(tmp_path: Path) -> None:
    """Shared and inline texts, entities, a leading = sign."""
    xml = sheet(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>=1+1</t></is></c>'
        '<c r="B1" t="str"><v>甲（蚌埠）&amp;乙</v></c><c r="C1" t="b"><v>1</v></c></row>'
    )
    assert opened(book(tmp_path, xml)).grids[0].rows == [["=1+1", "甲（蚌埠）&乙", True]]


class _PanicError(BaseException):
    """Like the library's PanicException, no Exception."""


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        (_PanicError("boom"), Refused.READER),
        (ValueError("x"), Refused.READER),
        (MemoryError(), Refused.MEMORY),
    ],
)
def test_whatever_the_library_throws_is_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raised: BaseException, kind: Refused
) -> None:
    """Without a word of the library's own."""

    def broken(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr(read, "repack", broken)
    got = read_book(book(tmp_path, cell("><v>1</v></c>")))
    assert isinstance(got, Refusal)
    assert (got.kind, got.detail, len(got.digest)) == (kind, "", 64)


def test_an_interrupt_is_not_swallowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C stops the program."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(read, "repack", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read_book(book(tmp_path, cell("><v>1</v></c>")))
