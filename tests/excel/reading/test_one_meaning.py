"""XML of one meaning is read however it is spelt."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.excel.books import LINK, MAIN, PACKAGE, Part, book, cell, parts, saved, sheet, zipped
from xlpy.excel.reading.book import read_book
from xlpy.excel.reading.refused import Refused
from xlpy.model.grid import Book, CellValue, Flaw, Grid, Refusal

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def grid(path: Path) -> Grid:
    got = read_book(path)
    assert isinstance(got, Book), got
    return got.grids[0]


def rows(path: Path) -> list[list[CellValue]]:
    return [list(row) for row in grid(path).rows]


@pytest.mark.parametrize(
    "body",
    [
        '<row r="1"><c r="A1"><v>5</v></c><c r="B1" t="str"><v>甲</v></c></row>',
        '<row r="1"><c r="a1"><v>5</v></c><c r="b1" t="str"><v>甲</v></c></row>',
        '<row r="1"><c r="A1"><v>5</v></c></row><row r="1"><c r="B1" t="str"><v>甲</v></c></row>',
        '<row><c><v>5</v></c><c t="str"><v>甲</v></c></row>',
        '<row r=" 1 "><c r="A1" t=" n "><v> 5 </v></c><c r="B1" t="str"><v>甲</v></c></row>',
        '<row r="01"><c r="A1"><v>+5</v></c><c r="B1" t="str"><v>甲</v></c></row>',
        '<row r="1"><c r="A1"><v>5.</v></c><c r="B1" t="inlineStr"><is><t>甲</t></is></c></row>',
        '<row r="1"><c r="A1"><v>05</v></c><c r="B1" t="str"><v><![CDATA[甲]]></v></c></row>',
        '<row r="1"><c r="A1"><!--7--><v>5<!--7--></v></c><c r="B1" t="str"><v>甲</v></c></row>',
        '<row r="1"><?x <c r="A1"/>?><c r="A1"><v>&#53;</v></c>'
        '<c r="B1" t="inlineStr"><is><r><rPr><b/></rPr><t>甲</t></r></is></c></row>',
        '<row r="1"><c r ="A1"  ><v>0.5E1</v></c><c r=\'B1\' x=">" t="str"><v>甲</v></c></row >',
        f'<x:row xmlns:x="{MAIN}" r="1"><x:c r="A1"><x:v>50e-1</x:v></x:c>'
        '<c r="B1" t="str"><v>甲</v></c></x:row>',
        '<row r="1"><c r="A1" t="n"><v>5</v><is/></c>'
        '<c r="B1" t="str"><v>甲</v><is><t/></is></c></row>',
        '<row r="1"><c r="A1"><v>5</v></c><c r="B1" t="inlineStr"><v/><is><t>甲</t>'
        '<rPh sb="0" eb="1"><t>jia</t></rPh></is></c></row>',
        '<row r="1"><extLst><ext><c r="A1"><v>9</v></c></ext></extLst>'
        '<c r="A1"><v>5</v></c><c r="B1" t="str"><v>甲</v></c></row>',
        '<row r="1"><c r="A1"><v>5</v></c><c r="B1" t="str"><v>甲</v></c><c r="C1"><v/></c>'
        '<c r="D1" t="s"><v></v></c><c r="E1" t="str"><v></v></c><c r="F1" t="inlineStr"/></row>',
    ],
)
def test_a_row_is_read_however_it_is_spelt(tmp_path: Path, body: str) -> None:
    """5 and 甲, in A1 and B1."""
    assert rows(book(tmp_path, sheet(body))) == [[5.0, "甲"]]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (".5", 0.5),
        ("-.5", -0.5),
        ("-0", 0.0),
        ("1E3", 1000.0),
        ("1e+003", 1000.0),
        ("1e-400", 0.0),
        ("0e999", 0.0),
        ("0.1000000000000000055511151231257827", 0.1),
        ("9.99999999999999e307", 9.99999999999999e307),
        ("0" * 50 + "7", 7.0),
        ("1" + "0" * 300, 1e300),
    ],
)
def test_a_number_is_read_in_every_spelling_of_the_standard(
    tmp_path: Path, value: str, expected: float
) -> None:
    """Those of xsd:double."""
    assert rows(book(tmp_path, cell(f"><v>{value}</v></c>"))) == [[expected]]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2022-03-05", "2022-03-05"),
        ("2022-03-05Z", "2022-03-05"),
        ("2022-03-05T00:00:00Z", "2022-03-05"),
        ("2022-03-05T10:30:00.000Z", "2022-03-05 10:30:00"),
        (" 2022-03-05T10:30 ", "2022-03-05 10:30:00"),
    ],
)
def test_a_day_in_iso_is_read(tmp_path: Path, value: str, expected: str) -> None:
    """Z is no other place: the day is meant as it stands."""
    got = rows(book(tmp_path, cell(f' t="d"><v>{value}</v></c>')))[0][0]
    assert isinstance(got, date)
    assert str(got).removesuffix(" 00:00:00") == expected


@pytest.mark.parametrize(
    ("inside", "flaw", "told"),
    [
        ("><v>１０</v></c>", Flaw.DOUBTFUL, "“１０”"),
        ("><v>1_000</v></c>", Flaw.DOUBTFUL, "“1_000”"),
        ("><v>1,000</v></c>", Flaw.DOUBTFUL, "“1,000”"),
        ("><v>0x10</v></c>", Flaw.DOUBTFUL, "“0x10”"),
        ("><v>NaN</v></c>", Flaw.DOUBTFUL, "“NaN”"),
        ("><v>.</v></c>", Flaw.DOUBTFUL, "“.”"),
        ("><v>1 0</v></c>", Flaw.DOUBTFUL, "“1 0”"),
        (f"><v>{'1' * 401}</v></c>", Flaw.DOUBTFUL, "“1111"),
        ("><v>1e999</v></c>", Flaw.BEYOND, "1e999"),
        ("><v>-18e307</v></c>", Flaw.BEYOND, "-18e307"),
        (' t="n"><v>十</v></c>', Flaw.DOUBTFUL, "“十”"),
        (' t="s"><v>1e0</v></c>', Flaw.DOUBTFUL, "文字的编号"),
        (' t="s"><v>１</v></c>', Flaw.DOUBTFUL, "文字的编号"),
        (' t="b"><v>true</v></c>', Flaw.DOUBTFUL, "是或否"),
        (' t="b"><v>2</v></c>', Flaw.DOUBTFUL, "是或否"),
        (' t="d"><v>2022-03-05T00:00:00+08:00</v></c>', Flaw.DOUBTFUL, "时区"),
        (' t="d"><v>2022年3月5日</v></c>', Flaw.DOUBTFUL, "日期"),
        (' t="x"><v>5</v></c>', Flaw.DOUBTFUL, "类型“x”"),
        ("><v>1</v><is><t>2</t></is></c>", Flaw.DOUBTFUL, "读作“2”，有的读作“1”"),
        (' t="inlineStr"><v>1</v><is><t>2</t></is></c>', Flaw.DOUBTFUL, "读作“2”，有的读作“1”"),
        (' t="inlineStr"><v>1</v></c>', Flaw.DOUBTFUL, "“1”"),
        ("><v>1</v><v>2</v></c>", Flaw.DOUBTFUL, "读作“1”，有的读作“2”"),
    ],
)
def test_a_cell_readers_read_differently_costs_itself_only(
    tmp_path: Path, inside: str, flaw: Flaw, told: str
) -> None:
    """It reads as blank, and both readings are told; its neighbour is read."""
    xml = sheet(f'<row r="7"><c r="C7"{inside}<c r="D7"><v>8</v></c></row>')
    got = grid(book(tmp_path, xml))
    assert got.rows[6] == ["", "", "", 8.0]
    assert got.flaws == {(6, 2): flaw}
    assert told in got.error_texts[6, 2]


def test_an_error_without_its_name_is_a_blank(tmp_path: Path) -> None:
    """Empty `<v>`s mean nothing, whatever type their cell names; a formula is without a result."""
    got = grid(book(tmp_path, cell(' t="e"><v></v></c>')))
    assert (got.flaws, [value for row in got.rows for value in row if value != ""]) == ({}, [])
    got = grid(book(tmp_path, cell(' t="e"><f>B1</f><v/></c>')))
    assert got.flaws == {(0, 0): Flaw.UNCALCULATED}


def test_a_boolean_of_the_plain_way_is_one_too(tmp_path: Path) -> None:
    """0 and 1, and nothing else, whichever way the rows are written."""
    assert rows(book(tmp_path, cell(' t="b"><v>1</v></c>'))) == [[True]]
    assert rows(book(tmp_path, cell(' t="b"><v> 0 </v></c>'))) == [[False]]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
@pytest.mark.parametrize("declared", ["", '<?xml version="1.0" encoding="{}"?>'])
def test_every_part_is_read_in_both_encodings(tmp_path: Path, encoding: str, declared: str) -> None:
    """UTF-8 and UTF-16, with their marks or without, declared or not."""
    head = declared.format(encoding.removesuffix("-sig"))
    made = parts({"附件1": cell(' t="s"><v>0</v></c>')})
    made["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}"><si><t>甲</t></si></sst>'
    raw = zipped({name: (head + str(xml)).encode(encoding) for name, xml in made.items()})
    assert rows(saved(tmp_path, raw)) == [["甲"]]


def test_an_ascii_part_may_call_itself_gbk(tmp_path: Path) -> None:
    """Every encoding of the country holds ASCII as it is."""
    xml = ('<?xml version="1.0" encoding="GB2312"?>' + cell("><v>5</v></c>")).encode()
    assert rows(book(tmp_path, xml)) == [[5.0]]


@pytest.mark.parametrize("first", ["utf-16", "gbk"])
@pytest.mark.parametrize("second", [' encoding="gbk"', ' encoding="utf-8"', ""])
@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
def test_a_part_declares_itself_once(tmp_path: Path, first: str, second: str, part: str) -> None:
    """No XML has two declarations: taking the first away must not hide that."""
    made = parts({"附件1": cell(' t="s"><v>0</v></c>')})
    made["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}"><si><t>A</t></si></sst>'
    declared = f'<?xml version="1.0" encoding="{first}"?>'
    one = {part: (declared + str(made[part])).encode(first)}
    assert rows(saved(tmp_path, zipped({**made, **one}))) == [["A"]]
    two = {part: (f'{declared}<?xml version="1.0"{second}?>' + str(made[part])).encode(first)}
    got = read_book(saved(tmp_path, zipped({**made, **two})))
    assert isinstance(got, Refusal)
    assert got.kind == Refused.DAMAGED


@pytest.mark.parametrize(
    ("main", "links", "target"),
    [
        ("xl/workbook22.xml", "xl/_rels/workbook22.xml.rels", "worksheets/sheet1.xml"),
        ("workbook.xml", "_rels/workbook.xml.rels", "/xl/worksheets/sheet1.xml"),
        ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "../xl/worksheets/sheet1.xml"),
        ("a/b/c.xml", "a/b/_rels/c.xml.rels", "../../xl/worksheets/./sheet1.xml"),
        ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "worksheets/Sheet1.XML"),
        ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "worksheets%2Fsheet1.xml"),
        ("XL/Workbook.xml", "XL/_rels/Workbook.xml.rels", "worksheets\\sheet1.xml"),
    ],
)
def test_parts_are_found_by_their_relationships(
    tmp_path: Path, main: str, links: str, target: str
) -> None:
    """Whatever their names are and however the way to them is written."""
    made = parts({"附件1": cell("><v>5</v></c>")})
    book_xml = made.pop("xl/workbook.xml")
    made.pop("xl/_rels/workbook.xml.rels")
    made.pop("xl/styles.xml")
    moved: dict[str, Part] = {
        **made,
        main: book_xml,
        links: f'<Relationships xmlns="{PACKAGE}"><Relationship Id="s1" Type="{LINK}/worksheet" '
        f'Target="{target}"/></Relationships>',
        "_rels/.rels": str(made["_rels/.rels"]).replace("xl/workbook.xml", main),
    }
    assert rows(saved(tmp_path, zipped(moved))) == [[5.0]]


def test_numbered_styles_and_texts_are_read(tmp_path: Path) -> None:
    """styles1.xml and sharedStrings22.xml, in a folder of their own."""
    made = parts({"附件1": cell(' s="1"><v>0.5</v></c>')})
    links = str(made["xl/_rels/workbook.xml.rels"])
    links = links.replace("styles.xml", "s/styles1.xml").replace("sharedS", "s/sharedS")
    made |= {"xl/_rels/workbook.xml.rels": links, "xl/s/styles1.xml": made.pop("xl/styles.xml")}
    assert grid(saved(tmp_path, zipped(made))).flaws == {(0, 0): Flaw.PERCENT}


def test_the_strict_kind_of_the_format_is_read(tmp_path: Path) -> None:
    """As Excel writes 严格开放 XML 电子表格."""
    made = {
        name: str(xml)
        .replace(MAIN, STRICT)
        .replace(LINK, "http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, xml in parts({"附件1": cell(' s="1"><v>0.5</v></c>')}).items()
    }
    assert grid(saved(tmp_path, zipped({**made}))).flaws == {(0, 0): Flaw.PERCENT}


@pytest.mark.parametrize("ref", ["A1048576", "XFD1", "AMJ1", "XFD1048576", "ALM200001"])
@pytest.mark.parametrize("filler", ["", "<v/>", "<v></v>"])
def test_styled_blanks_cost_nothing_wherever_they_lie(
    tmp_path: Path, ref: str, filler: str
) -> None:
    """LibreOffice, Gnumeric and Excel for Mac leave them at the end of the sheet."""
    number = ref.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    last = f'<c r="{ref}" s="1">{filler}</c>'
    row = f'<row r="{number}">{last}</row>' if number != "1" else ""
    xml = sheet(f'<row r="1"><c r="A1"><v>5</v></c>{"" if row else last}</row>{row}')
    assert rows(book(tmp_path, xml)) == [[5.0]]


def test_a_million_styled_rows_cost_nothing(tmp_path: Path) -> None:
    """Whole columns, down to the last row."""
    blanks = "".join(f'<row r="{n}" s="1"><c r="A{n}" s="1"/></row>' for n in range(2, 300_000))
    xml = sheet(f'<row r="1"><c r="A1"><v>5</v></c></row>{blanks}')
    assert rows(book(tmp_path, xml)) == [[5.0]]


def test_styled_rows_beside_a_row_spelt_otherwise_cost_nothing(tmp_path: Path) -> None:
    """Borders painted down the sheet in a program whose rows need the close look."""
    cells = "".join(f'<c r="{letter}%d" s="1"/>' for letter in "ABCDEFGHIJKLMNOPQR")
    blanks = "".join(f'<row r="{n}">{cells.replace("%d", str(n))}</row>' for n in range(2, 20_000))
    xml = sheet(f'<row  r="1"><c r="A1"><v>5</v></c></row>{blanks}')
    assert rows(book(tmp_path, xml)) == [[5.0]]


def test_blank_rows_of_ever_new_shapes_are_not_shortened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor do they change what is read; only a hostile sheet has so many."""
    monkeypatch.setattr("xlpy.excel.reading.canonical.sheet._BLANK_SHAPES", 0)
    blanks = '<row r="2"><c r="A2"/><c r="B2"/><c r="C2"/><c r="D2"/></row>'
    xml = sheet(f'<row  r="1"><c r="A1"><v>5</v></c></row>{blanks}')
    assert rows(book(tmp_path, xml)) == [[5.0]]


@pytest.mark.parametrize(
    "more", ['<row r="1"><c r="A1" s="1"/></row>', '<row r="2"><c r="A1"/></row>']
)
def test_a_blank_that_another_reader_would_put_in_place_of_a_value_is_refused(
    tmp_path: Path, more: str
) -> None:
    got = read_book(book(tmp_path, sheet(f'<row  r="1"><c r="A1"><v>5</v></c></row>{more}')))
    assert isinstance(got, Refusal)
    assert got.kind is Refused.DISORDER


def test_a_blank_row_within_a_text_is_text(tmp_path: Path) -> None:
    typed = '<row r="1"><c r="A1"/></row>'
    xml = sheet(f'<row  r="1"><c r="A1" t="str"><v><![CDATA[{typed}]]></v></c></row>')
    assert rows(book(tmp_path, xml)) == [[typed]]


def test_words_of_the_format_in_lists_and_texts_are_texts(tmp_path: Path) -> None:
    """A list of choices may hold the word sheetData."""
    after = (
        '<dataValidations><dataValidation sqref="A1"><formula1>"sheetData,&lt;/sheetData&gt;"'
        "</formula1></dataValidation></dataValidations>"
    )
    xml = sheet('<row r="1"><c r="A1" t="str"><v>sheetData</v></c></row>', after=after)
    assert rows(book(tmp_path, xml)) == [["sheetData"]]


def test_a_sheet_whose_relationship_is_blank_is_lost_alone(tmp_path: Path) -> None:
    """r:id="" leads nowhere."""
    made = parts({"附件1": cell("><v>5</v></c>"), "草稿": sheet("")})
    made["xl/workbook.xml"] = str(made["xl/workbook.xml"]).replace('r:id="s2"', 'r:id=""')
    got = read_book(saved(tmp_path, zipped(made)))
    assert isinstance(got, Book)
    assert ([one.name for one in got.grids], list(got.lost)) == (["附件1"], ["草稿"])


def test_controls_and_extensions_of_honest_files_are_no_doubt(tmp_path: Path) -> None:
    """A drawing's anchor has rows, an extension of the workbook has settings."""
    after = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility'
        '/2006"><mc:Choice Requires="x14"><controls><control><anchor><xdr:row xmlns:xdr="urn:d">3'
        "</xdr:row></anchor></control></controls></mc:Choice></mc:AlternateContent>"
        '<extLst><ext><x:c xmlns:x="urn:x" r="A1"/></ext></extLst>'
    )
    settings = (
        '<extLst><ext><x15:workbookPr xmlns:x15="urn:x15" chartTrackingRefBase="1"/></ext></extLst>'
    )
    path = book(tmp_path, sheet('<row r="1"><c r="A1"><v>5</v></c></row>', after=after))
    assert rows(path) == [[5.0]]
    made = parts({"附件1": cell("><v>5</v></c>")}, settings=settings)
    assert rows(saved(tmp_path, zipped(made))) == [[5.0]]


@pytest.mark.parametrize(
    ("spelt", "shown"),
    [
        ("甲_x4E59_乙", "甲乙乙"),
        ("_x00e9_", "é"),
        ("_xD83D__xDE00_", "😀"),
        ("_xD83D_", "\ufffd"),
        ("a_x202E_b", "a\u202eb"),
        ("_x005F_x4E59_", "_x4E59_"),
        ("_x4E5_", "_x4E5_"),
        ("&#95;x4E59_", "乙"),
        ("_&#x78;4E59&#x5f;", "乙"),
    ],
)
def test_signs_spelt_by_number_are_the_signs(tmp_path: Path, spelt: str, shown: str) -> None:
    """As Excel shows them: in shared texts, in cells, in results of formulas."""
    made = parts(
        {
            "附件1": sheet(
                f'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><v>{spelt}</v></c>'
                f'<c r="C1" t="inlineStr"><is><t>{spelt}</t></is></c>'
                f'<c r="D1" t="str"><f>"{spelt}"</f><v>{spelt}</v></c></row>'
            )
        }
    )
    made["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}"><si><t>{spelt}</t></si></sst>'
    assert rows(saved(tmp_path, zipped(made))) == [[shown] * 4]


@pytest.mark.parametrize("value", ["1.7976931348623157E+308", "-1.7976931348623157E+308"])
def test_the_largest_double_is_a_number(tmp_path: Path, value: str) -> None:
    """And the next one is none."""
    assert rows(book(tmp_path, cell(f"><v>{value}</v></c>"))) == [[float(value)]]
    beyond = grid(book(tmp_path, cell("><v>1.7976931348623159E+308</v></c>")))
    assert beyond.flaws == {(0, 0): Flaw.BEYOND}


def test_a_text_that_is_not_there_costs_its_cell_only(tmp_path: Path) -> None:
    """An index beyond the last shared text; its neighbours are read."""
    made = parts(
        {
            "附件1": sheet(
                '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>1</v></c>'
                '<c r="C1"><v>5</v></c></row>'
            )
        }
    )
    made["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}"><si><t>甲</t></si></sst>'
    got = grid(saved(tmp_path, zipped(made)))
    assert got.rows == [["甲", "", 5.0]]
    assert got.flaws == {(0, 1): Flaw.DOUBTFUL}
