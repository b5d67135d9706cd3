"""Formulas that read outside the file or change by themselves: told by what they use."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.excel.books import book, cell, parts, saved, sheet, zipped
from xlpy.excel.reading.book import read_book
from xlpy.excel.reading.moving import moving_cells, uses
from xlpy.model.grid import Book, Flaw, Grid


def grid(path: Path) -> Grid:
    got = read_book(path)
    assert isinstance(got, Book), got
    return got.grids[0]


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("[1]S!A1", "[1]S!A1"),
        ("SUM([2]S1:S3!$A$1:$B$2)", "[2]S1:S3!$A$1:$B$2"),
        ("[1]!外部名称*2", "[1]!外部名称"),
        ("'[x.xlsx]S'!A1", "'[x.xlsx]S'!A1"),
        (r"'C:\d\[x.xls]S'!$A$1", r"'C:\d\[x.xls]S'!$A$1"),
        ("'https://example.com/[x.xlsx]S'!A1", "'https://example.com/[x.xlsx]S'!A1"),
        ("'file:///c:/x.xlsx'#$S.A1", "'file:///c:/x.xlsx'#$S.A1"),
        ("去年.xlsx!总额", "去年.xlsx!总额"),
        ("cmd|'/c calc'!A0", "cmd|'/c calc'!A0"),
        ("Excel|Book!R1C1", "Excel|Book"),
        ("TODAY()", "TODAY"),
        ("today ()", "TODAY"),
        ("IF(A1>0,Now(),0)", "NOW"),
        ("RAND()*RANDBETWEEN(1,9)", "RAND、RANDBETWEEN"),
        ("_xlfn.RANDARRAY(3)", "RANDARRAY"),
        ("_xlfn.WEBSERVICE(A1)", "WEBSERVICE"),
        ("_xlfn._xlws.FILTERXML(A1,B1)", "FILTERXML"),
        ('RTD("a",,"b")', "RTD"),
        ('INDIRECT("A"&1)', "INDIRECT"),
        ("OFFSET(A1,1,1)", "OFFSET"),
        ('CELL("filename")', "CELL"),
        ('INFO("osversion")', "INFO"),
        ('CALL("k","w","J")', "CALL"),
        ('REGISTER.ID("k","w")', "REGISTER.ID"),
        ("EVALUATE(A1)", "EVALUATE"),
        ("GET.WORKBOOK(1)", "GET.WORKBOOK"),
        ('CUBEVALUE("c","m")', "CUBEVALUE"),
        ('HYPERLINK("http://example.com","2760")', "HYPERLINK"),
        ('_xlfn.IMAGE("http://example.com")', "IMAGE"),
        ("_xlfn.STOCKHISTORY(A1,B1)", "STOCKHISTORY"),
        ("_xll.FDS(A1)", "FDS"),
        ('IFERROR(__xludf.DUMMYFUNCTION("IMPORTRANGE(1)"),5)', "DUMMYFUNCTION"),
        ("_xlfn.ORG.LIBREOFFICE.RAND.NV()", "RAND.NV"),
        ("TODAY()+NOW()+RAND()+INFO(1)", "TODAY、NOW、RAND等"),
    ],
)
def test_what_moves_is_told_as_it_is_used(formula: str, told: str) -> None:
    assert uses(formula) == told


@pytest.mark.parametrize(
    "formula",
    [
        *("SUM(A1:A9)", "RAND!A1", "TODAYS", "TODAYS()", "TODAY", "'RAND()'!A1", "NOWHERE(1)"),
        *('IF(A1="TODAY()","x","a""[1]S!A1""b")', "SUM(台账[参加企业数])", "[@家数]*2"),
        *("台账[[#This Row],[家数]]", "'S1:S2'!A1", "'it''s'!A1", "{1,2;3}", "附件3!$D:$D"),
        *("A1/B1", "1E5+A1", "#REF!+1", "COUNTIFS('附件3'!$D:$D,B5)/'附件4'!B1"),
    ],
)
def test_what_stays_is_not_told(formula: str) -> None:
    assert uses(formula) == ""


def test_a_cell_is_told_and_its_stored_value_is_read(tmp_path: Path) -> None:
    got = grid(book(tmp_path, cell("><f>[1]S!A1*2</f><v>2760</v></c>", ref="C7")))
    assert (got.moving, got.rows[6][2]) == ({(6, 2): "[1]S!A1"}, 2760.0)


@pytest.mark.parametrize("spelt", ["TODAY&#40;)", "&#84;ODAY()", "TODAY( )"])
def test_references_of_xml_hide_nothing(tmp_path: Path, spelt: str) -> None:
    got = grid(book(tmp_path, cell(f"><f>{spelt}</f><v>1</v></c>")))
    assert got.moving == {(0, 0): "TODAY"}


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_shared_formula_moves_in_all_its_cells(tmp_path: Path, quote: str) -> None:
    """Only the first of them has the text; another group is told apart by its number."""
    xml = sheet(
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">NOW()</f><v>1</v></c>'
        '<c r="B1"><f t="shared" ref="B1:B2" si="1">C1</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>1</v></c>'
        '<c r="B2"><f t="shared" si="1"/><v>1</v></c></row>'
    )
    xml = xml.replace('t="shared"', f"t={quote}shared{quote}")
    assert grid(book(tmp_path, xml)).moving == {(0, 0): "NOW", (1, 0): "NOW"}


def test_an_array_formula_moves_in_all_its_cells(tmp_path: Path) -> None:
    xml = sheet(
        '<row r="1"><c r="A1"><f t="array" ref="A1:A2">RAND()</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c></row>'
    )
    assert set(grid(book(tmp_path, xml)).moving) == {(0, 0), (1, 0)}


def names(listed: str, formula: str = "率*2") -> bytes:
    """Return a workbook with defined names and one formula."""
    members = parts({"附件1": cell(f"><f>{formula}</f><v>5</v></c>")})
    xml = str(members["xl/workbook.xml"])
    members["xl/workbook.xml"] = xml.replace(
        "</workbook>", f"<definedNames>{listed}</definedNames></workbook>"
    )
    return zipped(members)


@pytest.mark.parametrize(
    "listed",
    [
        '<definedName name="率">[1]S!$A$1</definedName>',
        '<definedName name="率"><![CDATA[[1]S!$A$1]]></definedName>',
        '<definedName name="率">底*2</definedName><definedName name="底">[1]S!$A$1</definedName>',
    ],
)
def test_a_name_that_refers_outside_moves_its_users(tmp_path: Path, listed: str) -> None:
    """Directly, or through another name."""
    (told,) = grid(saved(tmp_path, names(listed))).moving.values()
    assert "[1]S!$A$1" in told


def test_names_that_refer_to_each_other_end(tmp_path: Path) -> None:
    listed = '<definedName name="率">乙</definedName><definedName name="乙">率</definedName>'
    assert grid(saved(tmp_path, names(listed))).moving == {}


def test_names_are_compared_without_regard_to_case(tmp_path: Path) -> None:
    listed = '<definedName name="Rate">TODAY()</definedName>'
    assert list(grid(saved(tmp_path, names(listed, "rate+1"))).moving) == [(0, 0)]


@pytest.mark.parametrize(
    "marked",
    [
        b"<c r='A1'><f " * 200_000,
        b"<c r='A1'>" * 200_000,
        b"<c r='A1'><f>" + b"'" * 2_000_000 + b"</f></c>",
        b"<c r='A1'><f>" + b"[" * 2_000_000 + b"</f></c>",
        b"<c r='A1'><f>TODAY()</f></c>" * 50_000,
        b"<c r='A1'><f t='array' ref='A1:XFD1048576'>TODAY()</f></c>" * 50_000,
    ],
    ids=["unclosed", "no formula", "quotes", "brackets", "many", "spread"],
)
def test_the_time_grows_with_the_length_alone(marked: bytes) -> None:
    """The worst of them takes a second here."""
    begun = time.process_time()
    moving_cells(marked, {})
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "inside",
    [
        ' t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>',
        ' t="e"><f>_xlfn.DISPIMG("ID_1",1)</f><v>#NAME?</v></c>',
        '><f>DISPIMG("ID_1",1)</f></c>',
        ' t="str"><v>=DISPIMG("ID_1",1)</v></c>',
        ' t="inlineStr"><is><t>=DISPIMG("ID_1",1)</t></is></c>',
        ' t="e" vm="1"><v>#VALUE!</v></c>',
    ],
    ids=["WPS", "Excel", "never calculated", "a text", "a text of its own", "Excel's own"],
)
def test_a_picture_in_a_cell_is_a_picture_and_no_text(tmp_path: Path, inside: str) -> None:
    got = grid(book(tmp_path, cell(inside, ref="B2")))
    assert (got.flaws, got.rows[1][1]) == ({(1, 1): Flaw.PICTURE}, "")


def rich(kind: str) -> bytes:
    """Return a workbook whose cell A1 has a rich value of this kind behind an error."""
    members = parts({"附件1": cell(' t="e" vm="1"><v>#VALUE!</v></c>')})
    members["xl/metadata.xml"] = (
        '<metadata><futureMetadata name="XLRICHVALUE"><bk><x:rvb xmlns:x="r" i="0"/></bk>'
        '</futureMetadata><valueMetadata><bk><rc t="1" v="0"/></bk></valueMetadata></metadata>'
    )
    members["xl/richData/rdrichvalue.xml"] = '<rvData><rv s="0"/></rvData>'
    members["xl/richData/rdrichvaluestructure.xml"] = f'<a><s t="{kind}"/></a>'
    return zipped(members)


@pytest.mark.parametrize(
    ("kind", "flaw"),
    [
        ("_localImage", Flaw.PICTURE),
        ("_webimage", Flaw.PICTURE),
        ("_error", Flaw.ERROR),
        ("_linkedentity", Flaw.ERROR),
    ],
)
def test_an_error_with_a_rich_value_is_a_picture_only_where_it_is_one(
    tmp_path: Path, kind: str, flaw: Flaw
) -> None:
    """Excel writes #SPILL! as #VALUE! with a rich value, too."""
    assert grid(saved(tmp_path, rich(kind))).flaws == {(0, 0): flaw}


def test_a_text_that_speaks_of_a_picture_is_a_text(tmp_path: Path) -> None:
    got = grid(book(tmp_path, cell(' t="str"><v>用DISPIMG("x",1)插入</v></c>')))
    assert (got.flaws, got.rows) == ({}, [['用DISPIMG("x",1)插入']])


def test_unknown_sheets_are_glanced_at_and_known_ones_are_not(tmp_path: Path) -> None:
    """A broken one costs nothing; of a long one the first rows are seen."""
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 300))
    raw = zipped(
        parts(
            {"附件1": sheet(""), "草稿": "<broken", "自查": sheet(rows), "附件1 (2)": sheet(rows)}
        )
    )
    got = read_book(saved(tmp_path, raw), wanted=("附件1",), known=("自查",))
    assert isinstance(got, Book)
    assert got.others == ("草稿", "自查", "附件1 (2)")
    assert [(one.name, len(one.rows)) for one in got.glanced] == [("附件1 (2)", 120)]


@pytest.mark.parametrize(
    ("rows", "seen"),
    [("", [0]), ('<row r="1"/>', [0]), ('<row r="1"><c r="A1"><v>1</v></c></row>', [1])],
)
def test_a_sheet_without_a_filled_row_is_known_to_be_blank(
    tmp_path: Path, rows: str, seen: list[int]
) -> None:
    raw = zipped(parts({"附件1": sheet(""), "附件三": sheet(rows)}))
    got = read_book(saved(tmp_path, raw), wanted=("附件1",), known=())
    assert isinstance(got, Book)
    assert [len(one.rows) for one in got.glanced] == seen
