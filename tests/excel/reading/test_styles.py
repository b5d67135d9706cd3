"""Which format draws a cell, and what its number shows (样式与显示)."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal
from html import escape
from pathlib import Path

import pytest

from tests.excel.books import MAIN, Part, parts, saved, sheet, zipped
from xlpy.excel.reading.book import read_book
from xlpy.excel.reading.refused import PART_BYTES, RefusedError
from xlpy.excel.reading.styles import Style, read_styles
from xlpy.model.grid import Book, Flaw, Grid, Refusal

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
WAN = '0!.0,"万"'


def formats(*codes: str, first: int = 164) -> str:
    """Return the formats of a styles part, numbered upwards."""
    return "".join(
        f'<numFmt numFmtId="{number}" formatCode="{escape(code)}"/>'
        for number, code in enumerate(codes, first)
    )


def styles(formats: str, *cells: str, more: str = "", space: str = MAIN) -> str:
    """Return a styles part: its formats, and the attributes of every style of cells."""
    drawn = "".join(f"<xf {attributes}/>" for attributes in cells)
    return (
        f'<styleSheet xmlns="{space}" xmlns:y="urn:other"><numFmts>{formats}</numFmts>'
        f"{more}<cellXfs>{drawn}</cellXfs></styleSheet>"
    )


def read(folder: Path, rows: str, part: str, **more: str) -> Grid:
    """Return the sheet of a workbook with these rows and this styles part."""
    members: dict[str, Part] = parts({"附件1": sheet(rows, **more)})
    got = read_book(saved(folder, zipped({**members, "xl/styles.xml": part})))
    assert isinstance(got, Book), got
    return got.grids[0]


def one(folder: Path, cell: str, part: str) -> Grid:
    """Return the sheet with one cell, A1: its attributes and what is in it."""
    return read(folder, f'<row r="1"><c r="A1"{cell}</c></row>', part)


def style(part: str) -> Style:
    """Return the first style of a part."""
    return read_styles(part.encode(), "xl/styles.xml").all[0]


@pytest.mark.parametrize(
    "attribute",
    ['s="1"', 's="01"', 's="0001"', "s='1'", 's=" 1 "', 's="+1"', 't="n" s="1"', 's="1" t="n"'],
)
def test_the_style_of_a_cell_is_a_number_however_it_is_written(
    tmp_path: Path, attribute: str
) -> None:
    got = one(tmp_path, f" {attribute}><v>12345</v>", styles(formats(WAN), "", 'numFmtId="164"'))
    assert (got.rows, got.shown) == ([[12345.0]], {(0, 0): "1.2万"})


@pytest.mark.parametrize("written", ["10", "010", " 10 ", "+10", "0000010"])
def test_the_format_of_a_style_is_a_number_however_it_is_written(
    tmp_path: Path, written: str
) -> None:
    got = one(tmp_path, ' s="0"><v>0.965</v>', styles("", f'numFmtId="{written}"'))
    assert (got.flaws, got.shown) == ({(0, 0): Flaw.PERCENT}, {(0, 0): "96.50%"})


def test_the_number_of_a_format_is_a_number_too(tmp_path: Path) -> None:
    part = styles('<numFmt numFmtId="0164" formatCode="0,"/>', 'numFmtId="164"')
    assert one(tmp_path, ' s="0"><v>2760000</v>', part).shown == {(0, 0): "2760"}


def test_a_cell_without_a_style_has_the_first(tmp_path: Path) -> None:
    got = one(tmp_path, "><v>12345</v>", styles(formats(WAN), 'numFmtId="164"'))
    assert got.shown == {(0, 0): "1.2万"}


@pytest.mark.parametrize("space", [MAIN, STRICT])
def test_both_namespaces_of_the_format_count(space: str) -> None:
    assert style(styles(formats(WAN), 'numFmtId="164"', space=space)).odd


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<numFmts>", '<numFmts><y:numFmt numFmtId="164" formatCode="0"/>'),
        ("<numFmts>", '<numFmts><y:z><numFmt numFmtId="164" formatCode="0"/></y:z>'),
        ("<cellXfs>", '<cellXfs><y:xf numFmtId="0"/>'),
        ("<cellXfs>", "<y:cellXfs><xf/></y:cellXfs><cellXfs>"),
    ],
)
def test_a_format_that_only_some_readers_see_is_refused(before: str, after: str) -> None:
    part = styles(formats(WAN), 'numFmtId="164"').replace(before, after)
    with pytest.raises(RefusedError) as refused:
        style(part)
    assert refused.value.kind == "two_readings"


def test_what_else_is_foreign_does_not_count() -> None:
    part = styles(formats(WAN), 'numFmtId="164"').replace("<cellXfs>", "<y:z/><cellXfs><y:z/>")
    assert style(part) == Style(WAN, odd=True)


@pytest.mark.parametrize(
    ("number", "code", "dated"),
    [(0, "General", False), (4, "#,##0.00", False), (14, "yyyy/m/d", True), (49, "@", False)]
    + [(id, 'yyyy"年"m"月"', True) for id in (27, 36, 50, 52, 57)]
    + [(id, 'm"月"d"日"', True) for id in (28, 29, 51, 53, 54, 58)]
    + [(31, 'yyyy"年"m"月"d"日"', True), (163, "General", False)],
)
def test_a_built_in_format_is_known(number: int, code: str, dated: bool) -> None:
    """Of 23 to 26, 59 and above a file that means something says what."""
    assert style(styles("", f'numFmtId="{number}"')) == Style(code, dated=dated)


@pytest.mark.parametrize("number", [5, 6, 7, 8, 42, 44])
def test_a_built_in_currency_is_shown(tmp_path: Path, number: int) -> None:
    got = one(tmp_path, ' s="0"><v>5000</v>', styles("", f'numFmtId="{number}"'))
    assert got.shown[0, 0].startswith("¥")


@pytest.mark.parametrize("number", [37, 38, 39, 40, 41, 43, 11, 12, 48])
def test_a_built_in_format_that_only_rounds_or_fills_is_plain(number: int) -> None:
    assert not style(styles("", f'numFmtId="{number}"')).odd


@pytest.mark.parametrize("number", [27, 31, 58, 14, 22])
def test_a_built_in_date_is_read_as_a_day(tmp_path: Path, number: int) -> None:
    """Those of Chinese programs too, which the library takes for numbers."""
    got = one(tmp_path, ' s="0"><v>44260</v>', styles("", f'numFmtId="{number}"'))
    assert (got.rows, got.shown) == ([[date(2021, 3, 5)]], {})


def test_where_two_formats_have_one_number_the_one_that_warns_is_taken(tmp_path: Path) -> None:
    for codes in ([WAN, "0"], ["0", WAN]):
        twice = "".join(formats(code) for code in codes)
        assert style(styles(twice, 'numFmtId="164"')) == Style(WAN, odd=True)


def test_a_built_in_format_written_anew_is_held_against_its_own() -> None:
    """Some readers take what the file says, some what they know."""
    assert style(styles(formats(WAN, first=2), 'numFmtId="2"')).odd
    assert style(styles(formats("0", first=9), 'numFmtId="9"')).odd
    assert not style(styles(formats('_ * #,##0.00_ ;_ * "-"??_ ;', first=43), "")).odd


def test_a_style_that_is_a_day_for_some_and_a_number_for_others_is_told(tmp_path: Path) -> None:
    part = styles(formats("0") + formats("yyyy-mm-dd"), 'numFmtId="164"')
    got = one(tmp_path, ' s="0"><v>44260</v>', part)
    assert (got.rows, got.shown) == ([[date(2021, 3, 5)]], {(0, 0): "44260"})


@pytest.mark.parametrize(("flag", "odd"), [("0", True), ("false", True), ("1", False), ("", False)])
def test_the_format_of_the_named_style_counts_where_the_own_one_is_off(
    flag: str, odd: bool
) -> None:
    """LibreOffice takes it then, Excel does not."""
    named = '<cellStyleXfs><xf/><xf numFmtId="164"/></cellStyleXfs>'
    off = f'applyNumberFormat="{flag}"' if flag else ""
    assert style(styles(formats(WAN), f'numFmtId="0" xfId="1" {off}', more=named)).odd is odd


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        (styles("", "").replace("</s", "<cellXfs><xf/></cellXfs></s"), "odd_parts"),
        (
            styles(
                '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
                'markup-compatibility/2006"><mc:Choice Requires="y">'
                '<numFmt numFmtId="164" formatCode="0"/></mc:Choice></mc:AlternateContent>',
                "",
            ),
            "two_readings",
        ),
    ],
)
def test_styles_that_readers_would_count_differently_are_refused(
    tmp_path: Path, part: str, kind: str
) -> None:
    members: dict[str, Part] = {**parts({"附件1": sheet("")}), "xl/styles.xml": part}
    got = read_book(saved(tmp_path, zipped(members)))
    assert isinstance(got, Refusal)
    assert got.kind == kind


def test_plain_formats_are_drawn_only_when_somebody_asks(tmp_path: Path) -> None:
    """A text cell with 3.1 behind 0.00 reads 3.10; a column of amounts costs nothing."""
    got = one(tmp_path, ' s="0"><v>3.1</v>', styles("", 'numFmtId="2"'))
    assert (got.shown, dict(got.behind)) == ({}, {(0, 0): (Decimal("3.1"), "3.10")})


def test_the_number_behind_a_date_format_is_known(tmp_path: Path) -> None:
    """60 firms are not the 59 that February 1900 would make of them."""
    got = one(tmp_path, ' s="0"><v>60</v>', styles("", 'numFmtId="14"'))
    assert got.behind[0, 0] == (Decimal(60), "1900/2/28")


def test_time_gone_by_is_a_number_no_calendar_holds(tmp_path: Path) -> None:
    """The library alone gives up the file."""
    got = one(tmp_path, ' s="0"><v>99999999999</v>', styles(formats("[h]:mm"), 'numFmtId="164"'))
    assert (got.rows, got.shown) == ([[99999999999.0]], {(0, 0): "########"})


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        (' t="str"><v>5000</v>', "5000亿元"),
        (' t="inlineStr"><is><t>5000</t></is>', "5000亿元"),
        ("><v>5000</v>", None),
    ],
)
def test_a_format_can_add_words_to_a_text(tmp_path: Path, inside: str, shown: str | None) -> None:
    part = styles(formats('0;-0;0;@"亿元"'), "", 'numFmtId="164"')
    assert one(tmp_path, f' s="1"{inside}', part).shown.get((0, 0)) == shown


CONDITION = (
    '<conditionalFormatting sqref="A1:B2 D1"><cfRule type="expression" dxfId="{id}" priority="1">'
    "<formula>1</formula></cfRule></conditionalFormatting>"
)
CONDITIONAL = (
    f"<dxfs><dxf><font/></dxf><dxf>{formats(WAN)}</dxf><dxf>{formats('#,##0.00')}</dxf></dxfs>"
)


@pytest.mark.parametrize(
    ("after", "shown"),
    [
        (CONDITION.format(id=1), {(0, 0): "1.2万", (0, 3): "1.2万"}),
        (CONDITION.format(id="01"), {(0, 0): "1.2万", (0, 3): "1.2万"}),
        (CONDITION.format(id=0), {}),
        (CONDITION.format(id=2), {}),
        ("", {}),
    ],
)
def test_a_format_that_a_condition_may_put_there_is_told(
    tmp_path: Path, after: str, shown: dict[tuple[int, int], str]
) -> None:
    """Whether its condition holds is not asked; texts and cells beside the range are let be."""
    rows = (
        '<row r="1"><c r="A1"><v>12345</v></c><c r="B1" t="str"><v>甲</v></c>'
        '<c r="C1"><v>5</v></c><c r="D1"><v>12345</v></c></row>'
    )
    assert read(tmp_path, rows, styles("", "", more=CONDITIONAL), after=after).shown == shown


def test_endless_conditional_formats_are_refused(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{r}"><c r="A{r}"><v>1</v></c></row>' for r in range(1, 2001))
    members: dict[str, Part] = parts(
        {"附件1": sheet(rows, after=CONDITION.format(id=1).replace("B2 D1", "A2000") * 60)}
    )
    members["xl/styles.xml"] = styles("", "", more=CONDITIONAL)
    got = read_book(saved(tmp_path, zipped(members)))
    assert isinstance(got, Refusal)
    assert got.kind == "too_many"


def test_many_odd_styles_and_cells_cost_no_more_than_their_number(tmp_path: Path) -> None:
    """3,000 styles, 30,000 cells: not their product."""
    rows = "".join(
        f'<row r="{r}">' + "".join(f'<c r="{c}{r}" s="{r}"><v>{r}.5</v></c>' for c in "ABCDEFGHIJ")
        + "</row>"
        for r in range(1, 3001)
    )  # fmt: skip
    part = styles(
        formats(*[f'0"{n}"' for n in range(3001)]), *[f'numFmtId="{164 + n}"' for n in range(3001)]
    )
    begun = time.perf_counter()
    assert len(read(tmp_path, rows, part).shown) == 30_000
    assert time.perf_counter() - begun < 5


X14 = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
XM = 'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'


def newer(rule: str, where: str = "A1") -> str:
    """Return a conditional format of a later year, among the extensions."""
    return (
        f'<extLst><ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" {X14}>'
        f"<x14:conditionalFormattings><x14:conditionalFormatting {XM}>"
        f'<x14:cfRule type="expression">{rule}</x14:cfRule><xm:sqref>{where}</xm:sqref>'
        "</x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"
    )


def older(rule: str) -> str:
    """Return a conditional format with this rule."""
    return f'<conditionalFormatting sqref="A1"><cfRule>{rule}</cfRule></conditionalFormatting>'


@pytest.mark.parametrize(
    ("after", "shown"),
    [
        (newer(f"<xm:f>1</xm:f><x14:dxf>{formats(';;;')}</x14:dxf>"), {(0, 0): "", (1, 0): ""}),
        (newer(f"<x14:dxf>{formats('0.00')}</x14:dxf>"), {}),
        (newer('<x14:dataBar showValue="0"/>'), {(0, 0): ""}),
        (newer('<x14:iconSet showValue="false"/>'), {(0, 0): ""}),
        (newer("<x14:dataBar/>"), {}),
        (older('<dataBar showValue="0"/>'), {(0, 0): ""}),
        (older('<iconSet showValue="false"/>'), {(0, 0): ""}),
        (older('<iconSet showValue="1"/>'), {}),
    ],
)
def test_a_condition_that_hides_a_number_is_told(
    tmp_path: Path, after: str, shown: dict[tuple[int, int], str]
) -> None:
    """Bars and icons without the number too, and the rules of later years; A2 is a text."""
    rows = '<row r="1"><c r="A1"><v>5</v></c></row><row r="2"><c r="A2" t="str"><v>甲</v></c></row>'
    after = after.replace("<xm:sqref>A1", "<xm:sqref>A1:A2")
    assert read(tmp_path, rows, styles("", ""), after=after).shown == shown


@pytest.mark.parametrize(
    ("where", "cells"),
    [
        ("B:B", {(0, 1), (1, 1)}),
        ("$A:$B", {(0, 0), (0, 1), (1, 0), (1, 1)}),
        ("2:3", {(1, 0), (1, 1)}),
        ("B2:A2", {(1, 0), (1, 1)}),
        ("A1 2:2", {(0, 0), (1, 0), (1, 1)}),
        ("C:XFD", set()),
    ],
)
def test_whole_columns_and_rows_have_a_condition(
    tmp_path: Path, where: str, cells: set[tuple[int, int]]
) -> None:
    rows = "".join(
        f'<row r="{r}"><c r="A{r}"><v>12345</v></c><c r="B{r}"><v>12345</v></c></row>'
        for r in (1, 2)
    )
    after = CONDITION.format(id=1).replace("A1:B2 D1", where)
    got = read(tmp_path, rows, styles("", "", more=CONDITIONAL), after=after)
    assert got.shown == dict.fromkeys(cells, "1.2万")


def test_a_condition_can_make_a_day_of_a_number(tmp_path: Path) -> None:
    more = f"<dxfs><dxf/><dxf>{formats('yyyy-m-d')}</dxf></dxfs>"
    rows = '<row r="1"><c r="A1"><v>44260</v></c></row>'
    got = read(tmp_path, rows, styles("", "", more=more), after=CONDITION.format(id=1))
    assert got.shown == {(0, 0): "2021-3-5"}


@pytest.mark.parametrize(("flag", "shown"), [("0", {(0, 0): ""}), ("1", {})])
def test_a_sheet_can_hide_its_zeros(
    tmp_path: Path, flag: str, shown: dict[tuple[int, int], str]
) -> None:
    rows = '<row r="1"><c r="A1"><v>0</v></c><c r="B1"><v>5</v></c></row>'
    views = f'<sheetViews><sheetView showZeros="{flag}" workbookViewId="0"/></sheetViews>'
    assert read(tmp_path, rows, styles("", ""), before=views).shown == shown


@pytest.mark.parametrize(
    ("code", "units"),
    [
        ('0"家"', {(0, 0): "家"}),
        ('#,##0.00" 万元"', {(0, 0): "万元"}),
        ('0!.0"万元"', {}),
        ('0,"万元"', {}),
        ('"约"0"家"', {}),
        ('0.0E+0"家"', {}),
        ('0"家";0"家"', {}),
    ],
)
def test_a_unit_is_all_that_is_odd_in_a_format(
    tmp_path: Path, code: str, units: dict[tuple[int, int], str]
) -> None:
    got = one(tmp_path, ' s="0"><v>12</v>', styles(formats(code), 'numFmtId="164"'))
    assert dict(got.units) == units


def test_many_formats_of_one_number_cost_no_more_than_their_number() -> None:
    """9,000 formats, 9,000 styles of them: not their product."""
    codes = "".join(formats(f'0"{n}"') for n in range(9_000))
    begun = time.perf_counter()
    assert style(styles(codes, *['numFmtId="164"'] * 9_000)).odd
    assert time.perf_counter() - begun < 8


@pytest.mark.parametrize(
    ("codes", "length", "refused"),
    [(10_000, 1, False), (10_001, 1, True), (500, 1_000, False), (501, 1_000, True)],
)
def test_more_formats_than_any_program_takes_are_refused(
    codes: int, length: int, refused: bool
) -> None:
    part = styles(formats(*["0" * length] * codes), "")
    if refused:
        with pytest.raises(RefusedError) as told:
            style(part)
        assert told.value.kind == "too_many"
    else:
        assert not style(part).odd


@pytest.mark.parametrize(("more", "refused"), [(-1, False), (0, False), (1, True)])
def test_styles_larger_than_any_are_refused(more: int, refused: bool) -> None:
    part = styles("", "")
    part += " " * (PART_BYTES + more - len(part))
    if refused:
        with pytest.raises(RefusedError) as told:
            style(part)
        assert told.value.kind == "too_many"
    else:
        assert style(part) == Style()
