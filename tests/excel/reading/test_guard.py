"""What is refused before it is read, and by which word."""

from __future__ import annotations

import errno
import os
import struct
from pathlib import Path

import pytest

from tests.excel.books import MAIN, Part, book, cell, parts, saved, sheet, zipped
from xlpy.excel.reading import guard
from xlpy.excel.reading.book import read_book
from xlpy.excel.reading.refused import FILE_BYTES, Refused
from xlpy.model.grid import Book, Refusal

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
GOOD = parts({"附件1": cell("><v>5</v></c>")})


def kind(path: Path) -> str:
    got = read_book(path)
    return got.kind if isinstance(got, Refusal) else "read"


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        ("甲.xls", OLE + "Workbook".encode("utf-16-le"), Refused.OLD_XLS),
        ("甲.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), Refused.ENCRYPTED),
        ("甲.doc", OLE + "WordDocument".encode("utf-16-le"), Refused.OTHER_OFFICE),
        ("甲.et", OLE, Refused.WPS),
        ("甲.wps", OLE, Refused.OTHER_OFFICE),
        ("甲.pdf", b"%PDF-1.7", Refused.PDF),
        ("甲.xlsx", b"%PDF-1.7", Refused.PDF),
        ("甲.png", b"\x89PNG\r\n\x1a\n", Refused.PICTURE),
        ("甲.jpg", b"\xff\xd8\xff\xe0", Refused.PICTURE),
        ("甲.gif", b"GIF89a", Refused.PICTURE),
        ("甲.xls", b"<html><table></table></html>", Refused.WEBPAGE),
        ("甲.xls", b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", Refused.TEXT),
        ("甲.csv", "平台,得分".encode("gbk"), Refused.TEXT),
        ("甲.rar", b"Rar!\x1a\x07\x00", Refused.ARCHIVE),
        ("甲.zip", zipped({"甲.xlsx": b"x"}), Refused.ARCHIVE),
        (
            "甲.docx",
            zipped({"[Content_Types].xml": "<a/>", "word/d.xml": ""}),
            Refused.OTHER_OFFICE,
        ),
        ("甲.ods", zipped({"mimetype": "m", "content.xml": "<a/>"}), Refused.ODS),
        ("甲.xlsb", zipped({"xl/workbook.bin": b"x"}), Refused.XLSB),
        ("甲.xlsx", b"", Refused.EMPTY),
        ("甲.xlsx", b"PK\x03\x04cut short", Refused.TRUNCATED),
        ("甲.xlsx", b"\x01\x02\x03\x04", Refused.SCRAMBLED),
        ("甲.bin", b"\x01\x02\x03\x04", Refused.UNKNOWN),
        ("甲.xlsx.bak", zipped(GOOD), Refused.SUFFIX),
        ("~$甲.xlsx", b"user", Refused.LOCK),
        (".DS_Store", b"Bud1", Refused.SYSTEM),
    ],
)
def test_a_file_is_named_for_what_it_is(
    tmp_path: Path, name: str, raw: bytes, expected: Refused
) -> None:
    """Content decides before the suffix does."""
    assert kind(saved(tmp_path, raw, name)) == expected


def test_a_staff_workbook_is_read_like_a_form(tmp_path: Path) -> None:
    """.xlsm differs by its macros only, which nobody looks at."""
    assert kind(saved(tmp_path, zipped(GOOD), "evaluate.XLSM")) == "read"


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    """A folder whose name ends in .xlsx is refused, not opened."""
    (tmp_path / "甲.xlsx").mkdir()
    assert kind(tmp_path / "甲.xlsx") == Refused.NOT_A_FILE


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """A symbolic link to a good workbook is refused."""
    (tmp_path / "乙.xlsx").symlink_to(saved(tmp_path, zipped(GOOD)))
    assert kind(tmp_path / "乙.xlsx") == Refused.NOT_A_FILE


def test_a_pipe_does_not_hang_the_reader(tmp_path: Path) -> None:
    """A named pipe would never end; it is refused unopened."""
    os.mkfifo(tmp_path / "甲.xlsx")
    assert kind(tmp_path / "甲.xlsx") == Refused.NOT_A_FILE


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    """A file deleted meanwhile is a refusal, without digest."""
    got = read_book(tmp_path / "没有.xlsx")
    assert got == Refusal(
        file="没有.xlsx", digest="", kind=Refused.UNREADABLE, detail="FileNotFoundError"
    )


@pytest.mark.parametrize(("signs", "word"), [(259, "unreadable"), (260, "too_long")])
def test_a_path_windows_cannot_take_is_told_as_too_long(
    signs: int, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows lists such a file, and then says that it is not there."""
    monkeypatch.setattr(guard, "_WINDOWS", True)
    path = tmp_path / ("深" * (signs - len(str(tmp_path)) - 1))
    monkeypatch.setattr(Path, "lstat", _not_there)
    assert kind(path) == word


def test_a_name_too_long_for_the_disk_is_told_as_that(tmp_path: Path) -> None:
    """As Linux says it."""
    assert kind(tmp_path / f"{'长' * 300}.xlsx") == Refused.TOO_LONG


def _not_there(path: Path) -> object:
    raise FileNotFoundError(errno.ENOENT, "系统找不到指定的路径。", str(path))


def test_a_file_that_grows_while_it_is_read_is_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy in progress: what came after its size was asked counts too, up to the limit."""
    path = tmp_path / "甲.xlsx"
    path.write_bytes(b"0123456789")
    whole = os.fstat
    monkeypatch.setattr(guard.os, "fstat", lambda number: _shorter(whole(number)))
    assert guard.take(path) == b"0123456789"


def _shorter(status: os.stat_result) -> os.stat_result:
    return os.stat_result((*status[:6], 4, *status[7:]))


def test_a_file_over_the_limit_is_too_big(tmp_path: Path) -> None:
    """One byte more than the limit is refused; the file is sparse, so the test is quick."""
    path = tmp_path / "甲.xlsx"
    with path.open("wb") as stream:
        stream.truncate(FILE_BYTES + 1)
    assert kind(path) == Refused.TOO_BIG


def test_a_member_that_unpacks_a_thousandfold_is_a_bomb(tmp_path: Path) -> None:
    """21 MB of zeros in 21 kB."""
    raw = zipped({**GOOD, "xl/media/a.bin": bytes(21 * 2**20)})
    assert kind(saved(tmp_path, raw)) == Refused.BOMB


def test_too_many_members_are_a_bomb(tmp_path: Path) -> None:
    """5,001 empty members."""
    raw = zipped({f"m{n}": b"" for n in range(5_001)})
    assert kind(saved(tmp_path, raw)) == Refused.BOMB


def test_a_member_larger_than_it_says_is_damaged(tmp_path: Path) -> None:
    """The sizes in both headers lie about the packed bytes."""
    raw = zipped(GOOD)
    size = struct.pack("<L", len(str(GOOD["xl/styles.xml"]).encode()))
    assert kind(saved(tmp_path, raw.replace(size, struct.pack("<L", 9)))) == Refused.DAMAGED


def test_members_that_share_bytes_are_refused(tmp_path: Path) -> None:
    """The second member's directory entry points into the first one's span."""
    raw = zipped(GOOD)
    entry = raw.rfind(b"PK\x01\x02")
    assert (
        kind(saved(tmp_path, raw[: entry + 42] + bytes(4) + raw[entry + 46 :])) == Refused.OVERLAP
    )


def test_a_local_name_that_disagrees_is_refused(tmp_path: Path) -> None:
    """A streaming reader would see another member than the directory names."""
    raw = zipped(GOOD).replace(b"xl/styles.xml", b"xl/STYLES.xml", 1)
    assert kind(saved(tmp_path, raw)) == Refused.OVERLAP


def test_bytes_before_or_after_the_zip_are_refused(tmp_path: Path) -> None:
    """A second zip could hide there."""
    raw = zipped(GOOD)
    assert kind(saved(tmp_path, raw + b"more")) == Refused.DAMAGED
    assert kind(saved(tmp_path, raw + raw)) == Refused.DAMAGED


def test_members_that_differ_in_case_only_are_refused(tmp_path: Path) -> None:
    """Some readers take the first, others the last."""
    raw = zipped({**GOOD, "xl/worksheets/Sheet1.XML": cell("><v>9</v></c>")})
    assert kind(saved(tmp_path, raw)) == Refused.DOUBLED_MEMBER


@pytest.mark.parametrize("name", ["/etc/passwd", "../up.xml", "xl/../../up.xml", "C:\\x.xml"])
def test_a_member_outside_the_package_is_refused(tmp_path: Path, name: str) -> None:
    """Absolute names and names that climb."""
    assert kind(saved(tmp_path, zipped({**GOOD, name: b"x"}))) == Refused.MEMBER_NAME


def test_an_encrypted_member_is_encrypted(tmp_path: Path) -> None:
    """Flag bit 0 in both headers."""
    raw = bytearray(zipped({"xl/workbook.xml": b"x"}))
    raw[6] |= 1
    raw[raw.rfind(b"PK\x01\x02") + 8] |= 1
    assert kind(saved(tmp_path, bytes(raw))) == Refused.ENCRYPTED


@pytest.mark.parametrize("part", sorted(GOOD))
def test_a_dtd_is_refused_in_every_part(tmp_path: Path, part: str) -> None:
    """No entity can be declared, so none can expand."""
    bomb = '<!DOCTYPE x [<!ENTITY a "aa">]>' + str(GOOD[part])
    assert kind(saved(tmp_path, zipped({**GOOD, part: bomb}))) == Refused.DTD


@pytest.mark.parametrize(
    "xml",
    [
        ('<?xml version="1.0" encoding="GBK"?>' + cell(' t="str"><v>甲</v></c>')).encode("gbk"),
        ('<?xml version="1.0" encoding="UTF-8"?>' + sheet("")).encode("utf-16"),
        ('<?xml version="1.0" encoding="UTF-16"?>' + sheet("")).encode(),
        ('<?xml version="1.0" encoding="EBCDIC"?>' + sheet("")).encode(),
        sheet("").encode("utf-32"),
    ],
)
def test_xml_in_an_encoding_readers_would_guess_is_refused(tmp_path: Path, xml: bytes) -> None:
    """Another encoding than UTF-8 or UTF-16, or one that is not what the part says it is."""
    assert kind(book(tmp_path, xml)) == Refused.NOT_UTF8


@pytest.mark.parametrize("part", ["_rels/.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_broken_xml_is_damaged(tmp_path: Path, part: str) -> None:
    """An end tag is missing."""
    assert kind(saved(tmp_path, zipped({**GOOD, part: str(GOOD[part])[:-3]}))) == Refused.DAMAGED


def test_two_main_parts_are_odd(tmp_path: Path) -> None:
    """The package points to one of them, and its contents name the other as well."""
    root = str(GOOD["_rels/.rels"]).replace("xl/workbook.xml", "xl/other.xml")
    kinds = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
        'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument'
        '.spreadsheetml.sheet.main+xml"/></Types>'
    )
    members: dict[str, Part] = {
        **GOOD,
        "_rels/.rels": root,
        "xl/other.xml": GOOD["xl/workbook.xml"],
        "xl/_rels/other.xml.rels": GOOD["xl/_rels/workbook.xml.rels"],
    }
    assert kind(saved(tmp_path, zipped(members))) == "read"
    raw = zipped({**members, "[Content_Types].xml": kinds})
    assert kind(saved(tmp_path, raw)) == Refused.ODD_PARTS


@pytest.mark.parametrize("name", ["styles", "sharedStrings"])
def test_a_part_nobody_links_to_under_the_usual_name_is_odd(tmp_path: Path, name: str) -> None:
    """Readers that go by names would take it, and Excel would not."""
    links = str(GOOD["xl/_rels/workbook.xml.rels"]).replace(f"{name}.xml", "own.xml")
    own = f'<sst xmlns="{MAIN}"/>' if name == "sharedStrings" else GOOD["xl/styles.xml"]
    members: dict[str, Part] = {**GOOD, "xl/_rels/workbook.xml.rels": links, "xl/own.xml": own}
    members.pop(f"xl/{name}.xml", None)
    assert kind(saved(tmp_path, zipped(members))) == "read"
    raw = zipped({**members, f"xl/{name}.xml": own})
    assert kind(saved(tmp_path, raw)) == Refused.ODD_PARTS


def test_sheets_of_one_name_are_refused(tmp_path: Path) -> None:
    """Excel allows no two names that differ in case only."""
    raw = zipped(parts({"Meta": sheet(""), "meta": sheet("")}))
    assert kind(saved(tmp_path, raw)) == Refused.DOUBLED_SHEET


@pytest.mark.parametrize(
    ("ref", "expected"),
    [("ALL1", "read"), ("ALM1", Refused.FAR_CELL), ("XFD1048576", Refused.FAR_CELL)],
)
def test_a_far_away_cell_is_refused(tmp_path: Path, ref: str, expected: str) -> None:
    """Column 1,000 is ALL; the reader would keep every cell between A1 and the last one."""
    row = ref.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    xml = sheet(f'<row r="{row}"><c r="{ref}"><v>1</v></c></row>')
    assert kind(book(tmp_path, xml)) == expected


def test_the_last_row_allowed_is_read(tmp_path: Path) -> None:
    """Row 200,000 is read, row 200,001 is not, nor are many columns down to there."""
    assert kind(book(tmp_path, cell("><v>1</v></c>", ref="A200000"))) == "read"
    assert kind(book(tmp_path, cell("><v>1</v></c>", ref="A200001"))) == Refused.FAR_CELL
    assert kind(book(tmp_path, cell("><v>1</v></c>", ref="Z200000"))) == Refused.FAR_CELL


@pytest.mark.parametrize(
    ("rows", "detail"),
    [
        ('<row r="1"><c r="A1"/></row><row r="1"><c r="A1"><v>2</v></c></row>', "A1 出现两次"),
        ('<row r="2"><c r="A2"/></row><row r="1"><c r="A1"/></row>', "第 1 行排在第 2 行之后"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "A1 出现两次"),
        ('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "A1 的位置不对"),
        ('<row r="1"><c r="A2"><v>1</v></c></row>', "第 1 行里有单元格“A2”"),
        ('<row r="1"><c r="甲1"><v>1</v></c></row>', "第 1 行里有单元格“甲1”"),
        ('<row r="0"/>', "第“0”行没有这样的行号"),
        ('<row r="1048577"/>', "第“1048577”行没有这样的行号"),
        ('<row r="1"><c r="XFE1"/></row>', "XFE1 的位置不对"),
    ],
)
def test_rows_and_cells_doubled_or_out_of_order_are_refused(
    tmp_path: Path, rows: str, detail: str
) -> None:
    """Some readers take the first, others the last; the refusal says where."""
    got = read_book(book(tmp_path, sheet(rows)))
    assert isinstance(got, Refusal)
    assert got.kind == Refused.DISORDER
    assert detail in got.detail


def test_a_second_body_is_refused(tmp_path: Path) -> None:
    """A sheet has its rows once."""
    xml = sheet("", after="<sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData>")
    assert kind(book(tmp_path, xml)) == Refused.DISORDER


@pytest.mark.parametrize("value", ["0", "-1.5", "4.0E-2", "1e+15", "44562.25"])
def test_a_number_as_excel_writes_it_is_read(tmp_path: Path, value: str) -> None:
    """All the shapes of a stored number."""
    got = read_book(book(tmp_path, cell(f"><v>{value}</v></c>")))
    assert isinstance(got, Book)
    assert got.grids[0].rows == [[float(value)]]


def test_an_announced_count_of_texts_that_lies_costs_nothing(tmp_path: Path) -> None:
    """The library would make room for a billion texts; it is not told."""
    strings = f'<sst xmlns="{MAIN}" uniqueCount="999999999"><si><t>a</t></si></sst>'
    raw = zipped({**GOOD, "xl/sharedStrings.xml": strings})
    assert kind(saved(tmp_path, raw)) == "read"
