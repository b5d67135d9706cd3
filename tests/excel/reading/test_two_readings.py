"""What readers by name and readers by namespace would see differently is refused, and said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.excel.books import LINK, MAIN, PACKAGE, Part, book, cell, parts, saved, sheet, zipped
from xlpy.excel.reading.book import read_book
from xlpy.excel.reading.refused import DEPTH, ELEMENTS_BYTES, MERGED, SHEETS, Refused
from xlpy.model.grid import Book, Flaw, Grid, Refusal

GOOD = parts({"附件1": cell(' t="s"><v>0</v></c>')})
TEXTS = f'<sst xmlns="{MAIN}"><si><t>6222</t></si></sst>'
IGNORED = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="y" '
    'xmlns:y="urn:y"'
)


def refused(path: Path) -> tuple[str, str]:
    got = read_book(path)
    return (got.kind, got.detail) if isinstance(got, Refusal) else ("read", "")


def grid(path: Path) -> Grid:
    got = read_book(path)
    assert isinstance(got, Book), got
    return got.grids[0]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ('<row r="1"><y:c r="A1"><y:v>2760</y:v></y:c></row>', "c r=A1 2760"),
        ('<row r="1"><y:w><c r="A1"><v>2760</v></c></y:w></row>', "c r=A1 2760"),
        ('<y:w><row r="1"><c r="A1"><v>2760</v></c></row></y:w>', "row r=1 2760"),
        ('<row r="1"><c r="A1"><y:v>2760</y:v></c></row>', "v 2760"),
        ('<row r="1"><c r="A1"><v>27<y:b>60</y:b></v></c></row>', "b 60"),
        ('<row r="1"><c r="A1" t="inlineStr"><is><y:t>甲</y:t></is></c></row>', "t 甲"),
        ('<row r="1"><c r="A1" t="inlineStr"><is><y:r><t>甲</t></y:r></is></c></row>', "r 甲"),
        ('<row r="1"><w><c r="A1"><v>2760</v></c></w></row>', "c r=A1 2760"),
        ('<row r="1" xmlns="urn:y"><c r="A1"><v>2760</v></c></row>', "row r=1 2760"),
        ('<row r="1"><c r="A1"><f xmlns="urn:y">1</f><v>2</v></c></row>', "f 1"),
        ('<row r="1"/><c r="A1"><v>1</v></c>', "c r=A1 1"),
        ('<row r="1"><c r="A1"><v>1</v></c><row r="2"/></row>', "row r=2"),
        (
            '<mc:AlternateContent><mc:Choice Requires="y"><row r="1"><c r="A1"><v>1</v></c></row>'
            "</mc:Choice></mc:AlternateContent>",
            "row r=1 1",
        ),
    ],
)
def test_a_cell_some_readers_see_and_some_do_not_is_refused(
    tmp_path: Path, rows: str, told: str
) -> None:
    """The refusal names the sheet and what the others would read."""
    xml = sheet(rows).replace("<worksheet", f"<worksheet {IGNORED}", 1)
    kind, detail = refused(book(tmp_path, xml))
    assert kind == Refused.TWO_READINGS
    assert "工作表“附件1”" in detail
    assert told in detail


@pytest.mark.parametrize(
    "after",
    [
        "<y:sheetData/>",
        "<y:w><sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData></y:w>",
        '<y:mergeCell ref="A1:B2"/>',
        '<mergeCells><y:mergeCell ref="A1:B2"/></mergeCells>',
    ],
)
def test_rows_and_merged_ranges_of_another_namespace_are_refused(
    tmp_path: Path, after: str
) -> None:
    """Around the rows as well as among them."""
    xml = sheet("", after=after).replace("<worksheet", f"<worksheet {IGNORED}", 1)
    assert refused(book(tmp_path, xml))[0] == Refused.TWO_READINGS


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/workbook.xml", "<sheets>", '<y:workbookPr date1904="1"/><sheets>'),
        ("xl/workbook.xml", "<sheets>", '<y:w><workbookPr date1904="1"/></y:w><sheets>'),
        ("xl/workbook.xml", "<sheets>", '<sheets><y:sheet name="附件1" sheetId="9" r:id="s9"/>'),
        ("xl/workbook.xml", "<sheets>", '<workbookPr date1904="yes"/><sheets>'),
        ("xl/workbook.xml", "<sheets>", '<workbookPr/><workbookPr date1904="1"/><sheets>'),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationship ",
            '<y:Relationship Id="x" Type="a/styles" Target="evil.xml"/><Relationship ',
        ),
        ("_rels/.rels", "<Relationship ", '<y:w><Relationship Id="q"/></y:w><Relationship '),
        ("xl/sharedStrings.xml", "<si>", "<si><y:t>6217</y:t>"),
        ("xl/sharedStrings.xml", "<si>", "<y:si><t>6217</t></y:si><si>"),
        ("xl/sharedStrings.xml", "6222", "62<y:b>17</y:b>22"),
    ],
)
def test_every_part_counts_its_own_namespace_only(
    tmp_path: Path, part: str, old: str, new: str
) -> None:
    """The workbook's date system and sheets, the relationships, the shared texts."""
    made: dict[str, Part] = {**GOOD, "xl/sharedStrings.xml": TEXTS}
    xml = str(made[part]).replace(old, new, 1)
    tag, rest = xml.split(" ", 1)
    raw = zipped({**made, part: f'{tag} xmlns:y="urn:y" {rest}'})
    assert refused(saved(tmp_path, raw))[0] == Refused.TWO_READINGS


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "_rels/.rels"])
def test_a_part_that_is_wholly_foreign_is_odd(tmp_path: Path, part: str) -> None:
    """Its root is not what it should be."""
    xml = str(GOOD[part]).replace('xmlns="http://schemas', 'xmlns="http://other', 1)
    assert refused(saved(tmp_path, zipped({**GOOD, part: xml})))[0] == Refused.ODD_PARTS


def test_merged_ranges_over_each_other_are_refused_at_once(tmp_path: Path) -> None:
    """Thousands of them over a large sheet would be looked at for minutes."""
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 2_000))
    ranges = '<mergeCell ref="A1:XFD1048576"/>' * 5_000
    xml = sheet(rows, after=f"<mergeCells>{ranges}</mergeCells>")
    assert refused(book(tmp_path, xml)) == (Refused.DISORDER, "合并区域互相重叠")


@pytest.mark.parametrize(("count", "expected"), [(MERGED, "read"), (MERGED + 1, Refused.TOO_MANY)])
def test_merged_ranges_have_a_limit(tmp_path: Path, count: int, expected: str) -> None:
    """20,000 of a sheet are read, one more is not."""
    ranges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, count + 1))
    xml = sheet("", after=f"<mergeCells>{ranges}</mergeCells>")
    assert refused(book(tmp_path, xml))[0] == expected


@pytest.mark.parametrize(
    "ref", ["", "Z", "Z:3", "A1:B2 C3:D4", "A0:B2", "无", "Sheet1!A1:B2", "=A1", "A1:B2:C3"]
)
def test_a_merged_range_that_is_none_is_passed_over(tmp_path: Path, ref: str) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    xml = sheet(cells, after=f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>')
    got = grid(book(tmp_path, xml))
    assert (got.merged, got.flaws) == ((), {})


@pytest.mark.parametrize(
    ("ref", "hidden"),
    [("Z:Z", set()), ("B:B", {(1, 1)}), ("$A:$B", {(0, 1), (1, 0), (1, 1)}), ("2:2", {(1, 1)})],
)
def test_a_merged_range_may_be_whole_columns_or_rows(
    tmp_path: Path, ref: str, hidden: set[tuple[int, int]]
) -> None:
    row = '<row r="{0}"><c r="A{0}"><v>1</v></c><c r="B{0}"><v>2</v></c></row>'
    xml = sheet(
        row.format(1) + row.format(2),
        after=f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>',
    )
    assert grid(book(tmp_path, xml)).flaws == dict.fromkeys(hidden, Flaw.COVERED)


def test_merged_ranges_that_are_none_count_towards_the_limit(tmp_path: Path) -> None:
    ranges = '<mergeCell ref=""/>' * (MERGED + 1)
    xml = sheet("", after=f"<mergeCells>{ranges}</mergeCells>")
    assert refused(book(tmp_path, xml))[0] == Refused.TOO_MANY


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (SHEETS - 1, ("read", "")),
        (SHEETS, ("read", "")),
        (SHEETS + 1, (Refused.TOO_MANY, "工作表超过1000张")),
        (100_000, (Refused.TOO_MANY, "工作表超过1000张")),
    ],
)
def test_sheets_have_a_limit(tmp_path: Path, count: int, expected: tuple[str, str]) -> None:
    more = "".join(f'<sheet name="附{n}" sheetId="{n + 9}"/>' for n in range(1, count))
    xml = str(GOOD["xl/workbook.xml"]).replace("</sheets>", f"{more}</sheets>")
    assert refused(saved(tmp_path, zipped({**GOOD, "xl/workbook.xml": xml}))) == expected


@pytest.mark.parametrize(("cells", "expected"), [(2_000, "read"), (2_100, Refused.TOO_MANY)])
def test_a_long_text_quoted_everywhere_is_refused(
    tmp_path: Path, cells: int, expected: str
) -> None:
    """One text of 32,767 signs in 2,048 cells is 64 MB; a file of 30 KB could ask for gigabytes."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, cells + 1)
    )
    texts = f'<sst xmlns="{MAIN}"><si><t>{"a" * 32_700}</t></si></sst>'
    made = parts({"附件1": sheet(rows)})
    assert refused(saved(tmp_path, zipped({**made, "xl/sharedStrings.xml": texts})))[0] == expected


@pytest.mark.parametrize("signs", [32_766, 32_767, 32_768, 100_000])
def test_a_text_no_cell_can_hold_is_cut_where_it_is_told(tmp_path: Path, signs: int) -> None:
    """One sign more than the limit is kept, so that it is seen to be too long."""
    texts = f'<sst xmlns="{MAIN}"><si><t>{"甲" * signs}</t></si></sst>'
    got = read_book(saved(tmp_path, zipped({**GOOD, "xl/sharedStrings.xml": texts})))
    assert not isinstance(got, Refusal)
    assert len(str(got.grids[0].rows[0][0])) == min(signs, 32_768)


@pytest.mark.parametrize(("depth", "expected"), [(DEPTH, "read"), (DEPTH + 1, Refused.TOO_MANY)])
def test_elements_within_elements_have_a_limit(tmp_path: Path, depth: int, expected: str) -> None:
    """Five million of them would take 700 MB of a parser that only counts them."""
    xml = sheet("", after="<b>" * depth + "</b>" * depth)
    assert refused(book(tmp_path, xml))[0] == expected


def test_a_drawing_of_millions_of_elements_is_not_listed(tmp_path: Path) -> None:
    """It counts as a picture, unread."""
    made = parts({"附件1": sheet("")})
    link = f'<Relationship Id="d" Type="{LINK}/drawing" Target="../drawings/d.xml"/>'
    made["xl/worksheets/_rels/sheet1.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}">{link}</Relationships>'
    )
    for count, expected in ((10, False), (ELEMENTS_BYTES // 4, True)):
        made["xl/drawings/d.xml"] = f"<d>{'<a/>' * count}</d>"
        got = read_book(saved(tmp_path, zipped(made)))
        assert not isinstance(got, Refusal)
        assert got.grids[0].pictures is expected
