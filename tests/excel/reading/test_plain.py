"""The quick yes to plainly written rows."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineError, CalamineWorkbook

from tests.excel.books import MAIN
from xlpy.excel.reading.canonical import plain
from xlpy.excel.reading.canonical import sheet as slow
from xlpy.excel.reading.canonical.plain import plain_rows
from xlpy.excel.reading.canonical.sheet import Canon, canon
from xlpy.excel.reading.looks import Looks
from xlpy.excel.reading.refused import AREA, Refused, RefusedError
from xlpy.excel.reading.repack import repack
from xlpy.excel.reading.scan import readable_rows, scan
from xlpy.excel.reading.styles import Style, Styles

ROWS = (
    '<row r="1" spans="1:4" ht="30" x14ac:dyDescent="0.3"><c r="A1" s="1" t="s"><v>12</v></c>'
    '<c r="B1"/><c r="D1" t="n"><v>-1.5E-3</v></c></row><row r="2" s="3"/>'
    '<row r="10"><c r="A10"><f>B1&amp;"甲"</f><v></v></c><c r="AA10" t="e"><v>#REF!</v></c>'
    '<c r="AB10" t="str"><v>乙</v></c>'
    '<c r="AC10" t="inlineStr"><is><t>丙</t></is></c></row>'
)
FREE = (
    '<c r="A10"><f>B1&amp;"甲"</f><v></v></c><c r="AA10" t="e"><v>#REF!</v></c>'
    '<c r="AB10" t="str"><v>乙</v></c><c r="AC10" t="inlineStr"><is><t>丙</t></is></c>'
)


STYLED = Styles(all=(Style(), Style("0%", odd=True)), odd=frozenset({1}), drawn=frozenset({1}))
"""Style 1 shows per cent."""


def test_cells_with_a_text_of_their_own_are_told() -> None:
    """Formulas, errors and texts: what the plain pattern says nothing about."""
    assert plain_rows(ROWS.encode()) == (FREE.encode(), True)


def test_numbers_shared_texts_and_blanks_need_no_second_look() -> None:
    """Nor does a sheet without rows."""
    assert plain_rows(ROWS[: ROWS.index('<row r="10"')].encode()) == (b"", True)
    assert plain_rows(b"") == (b"", False)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"/><row r="1"/>',
        '<row r="1"/><row r="1"/>',
        '<row r="01"/>',
        "<row/>",
        '甲<row r="1"/>',
        '<Xrow r="1"/><row r="1"/>',
        '<row r="1" ht="1" ht="2"/>',
        '<row r="1" 2="2"/>',
        '<row r="1" r="2"/>',
        '<row r="1"><c r="B1"/><c r="A1"/></row>',
        '<row r="1"><c r="A1"/><c r="A1"/></row>',
        '<row r="1"><c r="A2"/></row>',
        '<row r="1"><c r="A11"/></row>',
        '<row r="1"><c r="A01"/></row>',
        '<row r="1"><c/></row>',
        '<row r="1"><c r="A1" t="s"><v>x</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v></v></c></row>',
        '<row r="1"><c r="A1"><v>１</v></c></row>',
        '<row r="1"><c r="A1"><v>1e999</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>',
        '<row r="1"><c r="A1"/>',
        '<row r="1"><c r="A1"/></row></row>',
        '<row r="1"><c r="A1"/></row><c r="B1"/>',
        '<row r="1048577"/>',
        '<row r="1"><c r="XFE1"/></row>',
        '<row r="200001"><c r="A200001"><v>1</v></c></row>',
        '<row r="1"><c r="ALM1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="b"><v>2</v></c></row>',
        '<row r="1" x15ac:a="1"/>',
        '<row r="1" xmlns="urn:y"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><f xmlns="urn:y">1</f><v>1</v></c></row>',
        '<row r="1"><c r="A1" s="01"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="e"><v></v></c></row>',
        '<row r="1"><c r="A1" t="e"><f>A2</f><v/></c></row>',
    ],
)
def test_anything_else_is_looked_at_closely(rows: str) -> None:
    """The quick way refuses nothing itself."""
    assert plain_rows(rows.encode()) is None


def outcome(xml: bytes, *, quickly: bool) -> object:
    """Return what is made of the sheet: its cells and what the scan finds, or the refusal."""
    with pytest.MonkeyPatch.context() as patch:
        if not quickly:
            patch.setattr(slow, "plain_rows", lambda body: None)
        try:
            made: Canon = canon(xml, "附件1")
        except RefusedError as refused:
            return refused.kind
    package = repack([readable_rows(made)], strings=STRINGS, styles=None, date1904=False)
    try:
        found = CalamineWorkbook.from_filelike(package).get_sheet_by_index(0)
    except CalamineError:
        return "lost"
    # Blanks around a text mean nothing to any form; the library keeps them where it is told to.
    rows = found.to_python(skip_empty_area=False)
    trimmed = [[cell.strip() if isinstance(cell, str) else cell for cell in row] for row in rows]
    drawn = Looks(made, STYLED, STYLED.odd, date1904=False)
    return trimmed, scan(made), dict(drawn)


STRINGS = f'<sst xmlns="{MAIN}">{"<si><t>甲</t></si>" * 60}</sst>'.encode()


@pytest.mark.parametrize("count", [1, plain._COUNTED - 1, plain._COUNTED, plain._COUNTED + 1])
def test_rows_that_follow_each_other_are_plain(count: int) -> None:
    """Their numbers are known up to a point; beyond it, and of others, they are read."""
    assert plain_rows(_rows(count).encode()) == (b"", False)


@pytest.mark.parametrize("count", [1, plain._COUNTED - 1, plain._COUNTED, plain._COUNTED + 1])
def test_a_cell_of_another_row_among_them_is_looked_at_closely(count: int) -> None:
    astray = _rows(count).replace(f'"B{count}"', f'"B{count + 1}"')

    assert plain_rows(astray.encode()) is None


def _rows(count: int) -> str:
    return "".join(
        f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="B{n}"/></row>' for n in range(1, count + 1)
    )


def test_free_cells_are_found_behind_rows_without_any() -> None:
    rows = f'{_rows(12)}<row r="14"><c r="C14"><f>A1</f><v>1</v></c></row>'

    assert plain_rows(rows.encode()) == (b'<c r="C14"><f>A1</f><v>1</v></c>', False)


def test_blanks_far_away_are_plain() -> None:
    """However far: nothing is kept of them."""
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="4"/></row><row r="200001"/>'
        '<row r="1048576" s="1"><c r="AMJ1048576" s="1"/></row>'
    )
    assert plain_rows(rows.encode()) == (b"", False)


@pytest.mark.parametrize(("row", "read"), [(AREA // 1000, True), (AREA // 1000 + 1, False)])
def test_a_sheet_too_large_to_keep_is_refused_at_once(row: int, read: bool) -> None:
    """All cells from A1 to the last filled one are kept."""
    rows = f'<row r="{row}"><c r="ALL{row}"><v>1</v></c></row>'.encode()
    if read:
        assert plain_rows(rows) == (b"", False)
        return
    with pytest.raises(RefusedError) as refused:
        plain_rows(rows)
    assert refused.value.kind == Refused.FAR_CELL


def test_rows_of_too_many_shapes_are_looked_at_closely(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where limits are lower: matching a million shapes would take seconds."""
    monkeypatch.setattr(plain, "_KINDS", 2)
    assert plain_rows(ROWS.encode()) is None
    assert plain_rows(b'<row r="1"/><row r="2"><c r="A2"><v>5</v></c></row>') is not None


def test_more_formulas_than_any_form_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is read, one more is not; and so with filled cells."""
    monkeypatch.setattr(plain, "MARKED", 2)
    monkeypatch.setattr(plain, "CELLS", 3)

    def rows(*cells: str) -> bytes:
        return "".join(
            f'<row r="{n}"><c r="A{n}"{c}</row>' for n, c in enumerate(cells, 1)
        ).encode()

    formula, number, blank = "><f>1</f><v>1</v></c>", "><v>1</v></c>", ' s="1"/>'
    assert plain_rows(rows(formula, formula, number, blank))
    for many in (rows(formula, formula, formula), rows(number, number, number, number)):
        with pytest.raises(RefusedError) as refused:
            plain_rows(many)
        assert refused.value.kind == Refused.TOO_MANY


SHEET = (
    f'<worksheet xmlns="{MAIN}" xmlns:x14ac="y">'
    f"<sheetData>{ROWS}</sheetData><pageMargins/></worksheet>"
).encode()
PIECES = (
    *(b"<", b">", b"&", b"'", b'"', b" ", b"0", b"A", b"/", b"=", b"\xff", b"\n", b"e999", b"x:"),
    *(b"<v>1</v>", b"</c>", b"</row>", b'<row r="9"/>', b'<c r="A1"/>', b"<!-- -->", b"</f>"),
    *(b' r="A1"', b' t="e"', b' t="s"', b"]]>", b"<![CDATA[1]]>", b"&#65;", b"<?x?>"),
)
CUTS = st.tuples(
    st.integers(0, len(SHEET)), st.integers(0, 9), st.sampled_from(PIECES) | st.just(b"")
)


@settings(max_examples=300)
@given(st.lists(CUTS, min_size=1, max_size=2))
@example([(SHEET.index(b"#REF!") + 5, 0, b">")])
def test_the_quick_way_comes_to_what_the_slow_way_comes_to(
    cuts: list[tuple[int, int, bytes]],
) -> None:
    """However a sheet is damaged, it is read or refused alike."""
    xml = SHEET
    for at, length, piece in cuts:
        xml = xml[:at] + piece + xml[at + length :]
    assert outcome(xml, quickly=True) == outcome(xml, quickly=False)


@pytest.mark.parametrize(
    "tail",
    [
        "<!-- </sheetData> -->",
        "<?x </sheetData>?>",
        "<extLst><ext><a></a><!--</sheetData>--></ext></extLst>",
    ],
)
def test_the_end_of_the_rows_may_be_named_again(tail: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind them it ends nothing, and the rows are plain all the same."""
    monkeypatch.setattr(slow, "Rows", None)  # the slow way would fail
    xml = SHEET.replace(b"<pageMargins/>", tail.encode())
    assert canon(xml, "附件1").body == ROWS.encode()


def test_the_undamaged_sheet_is_read_both_ways() -> None:
    """Else the comparison above would compare refusals only."""
    assert outcome(SHEET, quickly=True) == outcome(SHEET, quickly=False)
    assert isinstance(outcome(SHEET, quickly=True), tuple)
