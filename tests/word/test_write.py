"""Letters as .docx files (写出公文)."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from defusedxml.ElementTree import fromstring

from tests.kit.letters import DRAWING, HOSTILE, LETTER, written
from xlpy.excel.writing.charted import charted
from xlpy.model.letter.blocks import Column, Listing, NewPage, Paragraph, Signature
from xlpy.model.letter.letter import Letter
from xlpy.word.reading import read_letter
from xlpy.word.texts import spoken
from xlpy.word.write import letter_bytes

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the parts of a file by name, in their order."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def body_of(letter: Letter):
    return fromstring(parts_of(written(letter))["word/document.xml"])


def letter_of(*blocks) -> Letter:
    return Letter(title="题", blocks=blocks)


def test_the_same_letter_gives_the_same_bytes():
    assert written(LETTER) == written(LETTER)


def test_another_process_gives_the_same_bytes():
    """No order of a set, no clock, no chance is in them."""
    code = (
        "import hashlib; from tests.kit.letters import LETTER, written;"
        "print(hashlib.sha256(written(LETTER)).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_every_member_is_dated_1980():
    with zipfile.ZipFile(BytesIO(written(LETTER))) as package:
        assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_file_has_only_the_parts_it_needs():
    """No thumbnail, no list of numbers, no second table of styles of the library's template."""
    assert list(parts_of(written(LETTER))) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/charts/_rels/chart1.xml.rels",
        "word/charts/chart1.xml",
        "word/embeddings/chart1.xlsx",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/settings.xml",
        "word/styles.xml",
        "word/theme/theme1.xml",
    ]


def test_what_is_read_back_is_what_was_said():
    assert read_letter(written(LETTER)) == spoken(LETTER)


def test_the_title_is_a_property_of_the_file():
    assert "关于评价结果的公示".encode() in parts_of(written(LETTER))["docProps/core.xml"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_strangers_stays_text(text: str):
    """It reads back as it may be shown, and the file has no field and no link in its body."""
    listing = Listing(columns=(Column(text, 1),), rows=((text,),), total=(text,))
    hostile = replace(letter_of(Paragraph(text), listing), footer=text, title=text)
    content = written(hostile)
    assert read_letter(content) == spoken(hostile)
    assert not re.search(
        rb"<w:(instrText|fldSimple|hyperlink)", parts_of(content)["word/document.xml"]
    )


def test_a_hostile_name_in_a_chart_stays_text():
    bars = tuple(replace_name(one, HOSTILE[2]) for one in DRAWING.bars)
    drawing = replace(DRAWING, title=HOSTILE[4], categories=HOSTILE[5:7], bars=bars)
    chart = parts_of(written(letter_of(drawing)))["word/charts/chart1.xml"]
    assert fromstring(chart).tag.endswith("chartSpace")
    assert b"<w:" not in chart


def replace_name(one, name):
    return one._replace(name=name)


def test_a_line_end_is_a_break():
    (paragraph,) = body_of(letter_of(Paragraph("甲\r\n乙"))).iter(f"{W}p")
    assert len(list(paragraph.iter(f"{W}br"))) == 1


def test_a_heading_row_comes_again_on_every_page():
    listing = Listing(columns=(Column("名称", 1),), rows=(("甲",),))
    rows = list(body_of(letter_of(listing)).iter(f"{W}tr"))
    assert [one.find(f"{W}trPr/{W}tblHeader") is not None for one in rows] == [True, False]


def test_no_row_is_split():
    rows = list(body_of(LETTER).iter(f"{W}tr"))
    assert all(one.find(f"{W}trPr/{W}cantSplit") is not None for one in rows)


@pytest.mark.parametrize(("rows", "together"), [(7, True), (8, True), (9, False)])
def test_a_table_of_up_to_eight_rows_stands_on_one_page(rows: int, together: bool):
    listing = Listing(columns=(Column("", 1),), rows=(("甲",),) * rows, headed=False)
    written_rows = list(body_of(letter_of(listing)).iter(f"{W}tr"))
    leads = [one.find(f".//{W}keepNext") is not None for one in written_rows]
    assert leads == [together] * (rows - 1) + [False]


def test_a_total_stays_with_the_three_rows_before_it():
    listing = Listing(columns=(Column("", 1),), rows=(("甲",),) * 20, total=("合计",), headed=False)
    rows = list(body_of(letter_of(listing)).iter(f"{W}tr"))
    leads = [one.find(f".//{W}keepNext") is not None for one in rows]
    assert leads[-5:] == [False, True, True, True, False]


def test_a_sentence_stays_with_what_is_attached_and_the_signature():
    """No last page without a sentence of the text."""
    blocks = (Paragraph("正文"), Paragraph("妥否，请批示。"), Paragraph("附件：表", "attachment"))
    paragraphs = list(body_of(letter_of(*blocks, Signature("某局", "某日"))).iter(f"{W}p"))
    leads = [one.find(f"{W}pPr/{W}keepNext") is not None for one in paragraphs]
    assert leads == [False, True, True, True, False]


def test_a_signature_stays_with_the_paragraph_before_it():
    blocks = [one for one in LETTER.blocks if not isinstance(one, Listing)][:3]
    signed = letter_of(*blocks, LETTER.blocks[6])
    paragraphs = list(body_of(signed).iter(f"{W}p"))
    assert [one.find(f"{W}pPr/{W}keepNext") is not None for one in paragraphs[2:]] == [
        True,
        True,
        False,
    ]


def test_two_tables_do_not_grow_together():
    listing = Listing(columns=(Column("", 1),), rows=(("甲",),), headed=False)
    body = body_of(letter_of(listing, listing))[0]
    assert [one.tag.removeprefix(W) for one in body] == ["tbl", "p", "tbl", "p", "sectPr"]


def test_the_number_of_the_page_stands_outside():
    """Right on odd pages, left on even ones."""
    parts = parts_of(written(LETTER))
    feet = [fromstring(parts[f"word/footer{number}.xml"]) for number in (1, 2)]
    numbered = [
        one for foot in feet for one in foot.iter(f"{W}p") if one.find(f"{W}fldSimple") is not None
    ]
    assert [one.find(f"{W}pPr/{W}jc").get(f"{W}val") for one in numbered] == ["right", "left"]
    assert b"evenAndOddHeaders" in parts["word/settings.xml"]


def test_a_tight_page_has_no_number():
    parts = parts_of(written(replace(LETTER, tight=True)))
    assert b"fldSimple" not in parts["word/footer1.xml"] + parts["word/footer2.xml"]


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Title", "方正小标宋简体", "44"),
        ("BodyText", "仿宋", "32"),
        ("Heading1", "黑体", "32"),
        ("Heading2", "楷体", "32"),
    ],
)
def test_the_fonts_are_those_of_official_letters(style: str, font: str, size: str):
    styles = fromstring(parts_of(written(LETTER))["word/styles.xml"])
    found = next(one for one in styles if one.get(f"{W}styleId") == style)
    assert found.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == font
    assert found.find(f"{W}rPr/{W}sz").get(f"{W}val") == size


def test_every_font_of_a_style_has_one_that_stands_in_for_it():
    parts = parts_of(written(LETTER))
    named = {
        one.get(f"{W}{which}")
        for one in fromstring(parts["word/styles.xml"]).iter(f"{W}rFonts")
        for which in ("ascii", "eastAsia")
    }
    table = fromstring(parts["word/fontTable.xml"])
    others = {one.get(f"{W}name"): one.find(f"{W}altName") for one in table}
    assert named == set(others)
    assert None not in others.values()


def test_the_margins_are_those_of_official_letters():
    """37, 28, 35 and 26 millimetres, in twips."""
    margins = next(body_of(LETTER).iter(f"{W}pgMar"))
    sides = ("top", "left", "bottom", "right")
    assert [int(margins.get(f"{W}{one}")) for one in sides] == [2098, 1587, 1984, 1474]


def test_a_chart_is_linked_to_its_figures():
    parts = parts_of(written(LETTER))
    assert b'<c:externalData r:id="rId1">' in parts["word/charts/chart1.xml"]
    assert b"embeddings/chart1.xlsx" in parts["word/charts/_rels/chart1.xml.rels"]
    assert parts["word/embeddings/chart1.xlsx"] == charted(DRAWING).workbook


def test_a_letter_without_its_charts_is_refused():
    with pytest.raises(ValueError, match="1 drawings, 0 charts"):
        letter_bytes(LETTER)


def test_a_new_page_that_begins_with_no_paragraph_is_refused():
    with pytest.raises(ValueError, match="begins with a paragraph"):
        written(letter_of(NewPage(), DRAWING))


def test_a_row_with_a_cell_too_many_is_refused():
    listing = Listing(columns=(Column("", 1),), rows=(("甲", "乙"),))
    with pytest.raises(ValueError, match="zip"):
        written(letter_of(listing))
