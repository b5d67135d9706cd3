"""Writing workbooks: what stands in the file, exactly."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from decimal import Decimal
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
import xlwings
from openpyxl import load_workbook
from openpyxl.workbook import Workbook as ReadWorkbook
from xlsxwriter.workbook import Workbook

from tests.excel.sample import LONG_LIST, rich_document
from xlpy.excel.writing.package import VBA_PART, extract_vba
from xlpy.excel.writing.rows import LONGEST, clean, formula_text, number_text, serial
from xlpy.excel.writing.styles import BODY, STYLES, Formats
from xlpy.excel.writing.validations import LISTS_SHEET
from xlpy.excel.writing.write import DOCUMENT_MODULES, document_bytes
from xlpy.model.finding import Severity
from xlpy.model.sheets.sheet import Document, Formula, Line, Sheet, Span, Validation, Value


def one_sheet(*values: Value, **fields: object) -> Document:
    """Return a document whose only sheet holds these values in row 1."""
    return Document(title="t", sheets=(Sheet(name="表", lines=(Line(values),), **fields),))  # type: ignore[arg-type]


def part(content: bytes, name: str) -> str:
    """Return a part of the written file as text."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        return package.read(name).decode("utf-8")


def stored(*values: Value) -> list[str]:
    """Return the `<v>` texts of row 1 as they stand in the file."""
    return re.findall(
        "<v>(.*?)</v>", part(document_bytes(one_sheet(*values)), "xl/worksheets/sheet1.xml")
    )


def read(document: Document) -> ReadWorkbook:
    """Return the document as openpyxl reads it."""
    return load_workbook(BytesIO(document_bytes(document)))


def row1(*values: Value) -> list[object]:
    """Return row 1 as openpyxl reads it."""
    return [cell.value for cell in read(one_sheet(*values))["表"][1]]


NUMBERS = [
    "91.29",
    "0.1",
    "0.30",
    "99999999.99",
    "-0.05",
    "40000",
    "4E+4",
    "1E-7",
    "123456789012.345",
]


@pytest.mark.parametrize("text", NUMBERS)
def test_a_decimal_stands_in_the_file_as_its_plain_text(text: str):
    """91.29 is written 91.29, where XlsxWriter's float would give 91.29000000000001."""
    assert [Decimal(v) for v in stored(Decimal(text))] == [Decimal(text)]
    assert stored(Decimal(text)) == [number_text(Decimal(text))]


def test_numbers_excel_would_shorten_are_written_as_text():
    """Integers over 15 digits and longer decimals stay whole, as text."""
    long = Decimal("0.1234567890123456")
    assert row1(1234567890123456, long, 123456789012345) == [
        "1234567890123456",
        "0.1234567890123456",
        123456789012345,
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-5", "@SUM(A1)", "http://a.cn", "007", "<r><t>x</t></r>"]
)
def test_text_is_text_whatever_it_begins_with(text: str):
    """Nothing a person typed becomes a formula, a link, a number or markup."""
    cell = read(one_sheet(text))["表"]["A1"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_markup_and_escapes_in_text_survive():
    """Ampersands, quotes and Excel's own escapes are read back as they were."""
    text = '甲&乙 <b>"丙"</b>\n第二行'
    assert row1(text) == [text]
    assert "_x005F_x0041_" in part(document_bytes(one_sheet("_x0041_")), "xl/sharedStrings.xml")


def test_illegal_characters_are_removed_and_long_text_is_cut_visibly():
    """A cell holds 32,767 UTF-16 units; what is cut says so."""
    assert clean("甲\x00\x0b乙\ufffe\ud800\r\n丙") == "甲乙\n丙"
    cut = clean("😀" * 20000)
    assert cut.endswith("😀…（已截断）")
    assert len(cut.encode("utf-16-le")) // 2 in (LONGEST - 1, LONGEST)


def test_dates_are_excel_dates_in_a_date_format():
    """A date in a style without date format gets yyyy-mm-dd; before 1900 it is text."""
    cells = read(one_sheet(date(2022, 8, 23), date(1899, 12, 31)))["表"][1]
    assert [(c.number_format, str(c.value)) for c in cells] == [
        ("yyyy-mm-dd", "2022-08-23 00:00:00"),
        ("General", "1899-12-31"),
    ]


@pytest.mark.parametrize(
    ("day", "number"), [("1900-01-01", 1), ("1900-02-28", 59), ("1900-03-01", 61)]
)
def test_excel_counts_a_day_that_never_was(day: str, number: int):
    """Around 1900-02-29 the numbers are Excel's."""
    assert serial(date.fromisoformat(day)) == number


def test_formulas_keep_their_stored_value_and_newer_functions_their_prefix():
    """The value stands beside the formula until it is calculated."""
    content = document_bytes(
        one_sheet(Formula('=IF(A2<1,"是","")', "是"), Formula("=A2", Decimal("0.3")))
    )
    xml = part(content, "xl/worksheets/sheet1.xml")
    assert 't="str"><f>IF(A2&lt;1,"是","")</f><v>是</v>' in xml
    assert "<f>A2</f><v>0.3</v>" in xml
    assert (
        formula_text("=IFERROR(TEXTJOIN(A1),MAXIFS(B1))")
        == "IFERROR(_xlfn.TEXTJOIN(A1),_xlfn.MAXIFS(B1))"
    )


def test_blank_cells_keep_their_format_and_enums_are_text():
    """None is a formatted blank; a severity is written as its word."""
    cells = read(one_sheet(None, Severity.ERROR))["表"][1]
    assert [(c.value, c.border.left.style) for c in cells] == [(None, "thin"), ("错误", "thin")]


@pytest.mark.parametrize("wrong", [True, 1.5, Decimal("NaN")])
def test_what_no_cell_may_hold_is_refused(wrong: object):
    """A truth value, a float and a NaN are mistakes of the program."""
    with pytest.raises((TypeError, ValueError)):
        document_bytes(one_sheet(wrong))  # type: ignore[arg-type]


def test_an_unknown_style_is_named():
    """The error says which name is unknown and which are known."""
    document = Document(title="t", sheets=(Sheet(name="表", lines=(Line(("a",), "fancy"),)),))
    with pytest.raises(KeyError, match=r"unknown style 'fancy'; known are .*cell\.wrap"):
        document_bytes(document)


def test_values_and_styles_of_a_line_must_pair():
    """Two values with one style name each must be two names."""
    with pytest.raises(ValueError, match="row 1: 2 values, 1 styles"):
        document_bytes(
            Document(title="t", sheets=(Sheet(name="表", lines=(Line((1, 2), ("cell",)),)),))
        )


def test_the_same_document_gives_the_same_bytes():
    """Twice written, to the byte the same, compressed and dated 1980, with macros too."""
    for vba in (False, True):
        content = document_bytes(rich_document(vba=vba))
        assert content == document_bytes(rich_document(vba=vba))
        members = zipfile.ZipFile(BytesIO(content)).infolist()
        assert {m.compress_type for m in members if m.file_size >= 1000} == {zipfile.ZIP_DEFLATED}
        kept = {(m.date_time, m.create_system, m.external_attr) for m in members}
        assert kept == {((1980, 1, 1, 0, 0, 0), 0, 0o600 << 16)}


def test_rows_are_written_as_xlsxwriter_itself_would():
    """Our own inner loop gives the cells XlsxWriter gives, written one by one."""
    lines = (
        Line(("甲 & 乙", 7, None, "=x"), "cell", 30),
        Line((Decimal("0.25"), "甲 & 乙"), ("decimal", "text")),
    )
    file = BytesIO()
    with Workbook(
        file,
        {"in_memory": True, "strings_to_formulas": False, "default_format_properties": dict(BODY)},
    ) as book:
        page, formats = book.add_worksheet("表"), Formats(book)
        page.set_row(0, 30)
        for row, line in enumerate(lines):
            names = (line.styles,) * 4 if isinstance(line.styles, str) else line.styles
            for column, (value, name) in enumerate(zip(line.values, names, strict=False)):
                page.write(row, column, value, formats.cell(name))
    ours = document_bytes(Document(title="t", sheets=(Sheet(name="表", lines=lines),)))
    theirs = re.sub(r' spans="[^"]*"', "", part(file.getvalue(), "xl/worksheets/sheet1.xml"))
    rows = re.compile("<dimension.*?/>|<sheetData>.*</sheetData>")
    assert rows.findall(part(ours, "xl/worksheets/sheet1.xml")) == rows.findall(theirs)
    assert part(ours, "xl/sharedStrings.xml") == part(file.getvalue(), "xl/sharedStrings.xml")


def test_input_and_staff_cells_stay_open_and_all_others_are_locked():
    """Protection without a password leaves exactly these cells open."""
    form = read(rich_document())["附件1"]
    rules = form.protection
    assert (rules.sheet, rules.password) == (True, None)
    allowed = ("formatCells", "formatColumns", "formatRows", "insertRows", "sort", "autoFilter")
    assert [getattr(rules, name) for name in allowed] == [False] * len(allowed)
    assert rules.objects is False, "Excel would let nobody put a note on a cell"
    assert (form["B5"].protection.locked, form["A5"].protection.locked) == (False, True)
    assert form.column_dimensions["B"].protection.locked is False
    opened = {name for name in STYLES if not STYLES[name].get("locked", True)}
    assert opened == {name for name in STYLES if name.startswith(("input", "staff"))}


def test_every_style_is_centred_vertically():
    """All but the long texts, which begin at the top; conditional colours carry no alignment."""
    numbered = (
        f"{kind}.{n}" for kind, last in (("grade", 8), ("heat", 3)) for n in range(1, last + 1)
    )
    conditional = {"missing", "failed", "reached", *numbered}
    assert {n for n in STYLES if STYLES[n].get("valign") != "vcenter"} - {
        "input.report"
    } == conditional


def test_validations_are_native_with_chinese_hint_and_error():
    """Each kind is read back with its bounds and its texts."""
    found = read(rich_document())["附件1"].data_validations.dataValidation
    rules = {str(v.sqref): v for v in found}
    assert {v.prompt for v in found} == {"请按说明填写\n第二行"}
    assert {(v.error, v.errorTitle) for v in found} == {("请填写“是”或“否”<&>", "填写有误")}
    facts = {at: (v.type, v.operator, v.formula1, v.formula2) for at, v in rules.items()}
    assert facts == {
        "B4:B10": ("list", None, '"是,否"', None),
        "C4:C10": ("list", None, f"{LISTS_SHEET}!$A$1:$A$40", None),
        "D4:D10": ("list", None, f"{LISTS_SHEET}!$B$1:$B$2", None),
        "E4:E10": ("list", None, "评价结果!$A$3:$A$5", None),
        "F4:F10": ("whole", "greaterThanOrEqual", "1", None),
        "G4:G10": ("decimal", None, "0", "12.5"),
        "H4:H10": ("date", None, "44562", "44926"),
        "I4:I10": ("textLength", "lessThanOrEqual", "500", None),
        "J4:J10": ("custom", None, "LEN(J4)=18", None),
        "K4:K10": (None, None, None, None),
        "L4:L10": ("whole", None, "-999999999999999", "999999999999999"),
    }
    assert (rules["B4:B10"].errorStyle, rules["G4:G10"].errorStyle) == (None, "warning")


@pytest.mark.parametrize(("height", "kept"), [(409.5, "409.5"), (410, "409.5"), (9000, "409.5")])
def test_no_row_is_higher_than_a_spreadsheet_shows(height: float, kept: str):
    """However long a text is that a row would grow by."""
    sheet = Sheet(name="表", lines=(Line(("甲",), "cell", height),))
    written = part(document_bytes(Document(title="t", sheets=(sheet,))), "xl/worksheets/sheet1.xml")
    assert f'<row r="1" ht="{kept}" customHeight="1">' in written


@pytest.mark.parametrize(("length", "boxes"), [(119, 1), (1319, 11), (32_767, 12)])
def test_the_box_of_a_note_is_no_higher_than_a_screen(length: int, boxes: int):
    note = one_sheet(1, notes={(0, 0): "字" * length})
    drawn = part(document_bytes(note), "xl/drawings/vmlDrawing1.vml")
    height = float(re.findall(r"height:([0-9.]+)pt", drawn)[0])
    assert height == pytest.approx(55.5 * boxes, rel=0.02)


def test_long_lists_stand_on_a_very_hidden_sheet():
    """255 characters are Excel's limit for a list in the validation itself."""
    lists = read(rich_document())[LISTS_SHEET]
    assert lists.sheet_state == "veryHidden"
    assert [row[0].value for row in lists.iter_rows()] == list(LONG_LIST)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "list"},
        {"kind": "any"},
        {"kind": "whole", "low": date(2022, 1, 1)},
        {"kind": "date", "low": 1},
        {"kind": "custom", "formula": "A1"},
        {"kind": "length", "hint_title": "题" * 33},
        {"kind": "length", "error": "错" * 256},
    ],
)
def test_a_validation_excel_would_refuse_is_refused_before(fields: dict[str, object]):
    """Mistakes of the program are a ValueError, not a broken file."""
    rule = Validation(span=Span(0, 0, 0, 0), **fields)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"validation|formula"):
        document_bytes(one_sheet(1, validations=(rule,)))


def test_merges_keep_the_value_of_their_corner_only():
    """The corner's value stands in the merge's style; a hidden value or an overlap is refused."""
    form = read(rich_document())["附件1"]
    assert {str(r) for r in form.merged_cells.ranges} == {"A1:L1", "A2:L2"}
    assert (form["A1"].value, form["A1"].font.size) == ("附件1 示范平台年度运营服务情况报告", 16)
    with pytest.raises(ValueError, match="hides 2"):
        document_bytes(one_sheet(1, 2, merges=((Span(0, 0, 0, 1), "cell"),)))
    both = ((Span(0, 0, 1, 1), "cell"), (Span(1, 1, 2, 2), "cell"))
    with pytest.raises(ValueError, match="lies on another"):
        document_bytes(one_sheet(1, merges=both))


def test_a_title_is_tall_enough_without_being_told():
    """A line in the title's style gets the title's height, other lines grow by themselves."""
    heights = read(rich_document())["评价结果"].row_dimensions
    assert (heights[1].height, heights[2].height) == (30, None)


@pytest.mark.parametrize(("grows", "kept"), [(False, ' customHeight="1"'), (True, "")])
def test_only_a_row_that_does_not_grow_keeps_its_height(grows: bool, kept: str):
    """A spreadsheet makes a row higher while typing, unless the file says its height is given."""
    sheet = Sheet(name="表", lines=(Line(("甲",), "input.long", 45, grows=grows),))
    written = part(document_bytes(Document(title="t", sheets=(sheet,))), "xl/worksheets/sheet1.xml")
    assert f'<row r="1" ht="45"{kept}>' in written


def test_a_button_runs_its_macro():
    """The button stands in the file with its caption and macro."""
    content = document_bytes(rich_document(vba=True))
    assert "[0]!xlwings.RunPython" in part(content, "xl/drawings/vmlDrawing1.vml")


def test_page_panes_and_filter_are_set():
    """A4, repeated heading, frozen panes, filter, first sheet, hidden sheets."""
    book = read(rich_document())
    form, result = book["附件1"], book["评价结果"]
    page = form.page_setup
    assert (page.paperSize, page.orientation, page.fitToWidth, page.fitToHeight) == (
        9,
        "landscape",
        None,
        0,
    )
    assert (form.print_title_rows, form.print_area) == ("$3:$3", "'附件1'!$A$1:$L$10")
    assert (form.freeze_panes, result.auto_filter.ref) == ("B4", "A2:F8")
    assert form.oddFooter.center.text == "第 &P 页，共 &N 页"
    assert (book.active.title, book["_meta"].sheet_state) == ("附件1", "veryHidden")
    assert form["B3"].comment.text == "建议格式"
    assert (book.properties.title, book.properties.creator) == ("示例文件", "xlpy")
    assert len(result._charts) == 2


def test_conditions_colour_by_formula():
    """Each grade has its own colour, and missing cells theirs."""
    book = read(rich_document())
    rules = {r.formula[0] for rs in book["评价结果"].conditional_formatting for r in rs.rules}
    assert rules == {f'$F3="{grade}"' for grade in "ABCD"}


def test_charts_hold_exact_values_before_any_calculation():
    """The chart's stored points are the sheet's decimals."""
    xml = part(document_bytes(rich_document()), "xl/charts/chart1.xml")
    assert "<c:v>90.29</c:v>" in xml
    assert "<c:v>平台6</c:v>" in xml


@pytest.mark.parametrize(
    "document",
    [
        Document(title="t", sheets=(Sheet(name="表", lines=(), hidden="hidden"),)),
        Document(title="t", sheets=(Sheet(name="表", lines=()),), active="别的"),
        Document(title="t", sheets=(Sheet(name="表", lines=()), Sheet(name="表", lines=()))),
        Document(title="t", sheets=(Sheet(name="表/一", lines=()),)),
        Document(title="t", sheets=(Sheet(name="表", lines=()),), vba=True),
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_document_no_workbook_can_hold_is_refused(document: Document):
    """No visible sheet, unknown or doubled or illegal names, macros without their sheets."""
    with pytest.raises(ValueError, match=r"."):
        document_bytes(document)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_macros_and_code_names_agree():
    """The sheets named in the file are those the macro project knows; Excel names the rest."""
    from oletools.olevba import VBA_Parser

    content = document_bytes(rich_document(vba=True))
    project = VBA_Parser("vbaProject.bin", data=zipfile.ZipFile(BytesIO(content)).read(VBA_PART))
    modules = {
        name.removesuffix(".cls") for _, _, name, _ in project.extract_macros() if ".cls" in name
    }
    assert modules - {"Dictionary"} == {"ThisWorkbook", *DOCUMENT_MODULES}
    assert '<workbookPr codeName="ThisWorkbook"' in part(content, "xl/workbook.xml")
    names = [
        re.findall('codeName="(.*?)"', part(content, f"xl/worksheets/sheet{n}.xml"))
        for n in range(1, len(DOCUMENT_MODULES) + 2)
    ]
    assert names == [*([name] for name in DOCUMENT_MODULES), []]
    assert "macroEnabled" in part(content, "[Content_Types].xml")


def test_the_macro_project_is_taken_from_a_workbook(tmp_path: Path):
    """What is put in comes out; a workbook without macros is refused by name."""
    file = tmp_path / "evaluate.xlsm"
    file.write_bytes(document_bytes(rich_document(vba=True)))
    checked_in = files("xlpy.excel.macros").joinpath("vbaProject.bin").read_bytes()
    assert extract_vba(file) == checked_in
    standalone = Path(xlwings.__file__).parent / "quickstart_standalone.xlsm"
    assert len(extract_vba(standalone)) > 10_000
    file.write_bytes(document_bytes(one_sheet(1)))
    with pytest.raises(ValueError, match=r"no macro project in evaluate\.xlsm"):
        extract_vba(file)
