"""What a workbook carries beside its cells: named, never opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.excel.books import LINK, ROOT, Part, cell, parts, saved, zipped
from xlpy.excel.reading.book import read_book
from xlpy.model.grid import Book

TEMPLATES = Path(__file__).parents[3] / "templates"
GOOD = parts({"附件1": cell("><v>5</v></c>")})
RELS = "xl/_rels/workbook.xml.rels"
MICROSOFT = "http://schemas.microsoft.com/office"


def carried(folder: Path, members: dict[str, Part]) -> tuple[str, ...]:
    got = read_book(saved(folder, zipped({**GOOD, **members})))
    assert isinstance(got, Book), got
    return got.carried


def linked(type_: str, *, target: str = "a.bin", mode: str = "") -> str:
    """Return the workbook's relations with one more."""
    more = f'<Relationship Id="x" Type="{type_}" Target="{target}"{mode}/></Relationships>'
    return str(GOOD[RELS]).replace("</Relationships>", more)


def typed(type_: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    part = f'<Override PartName="/xl/a.bin" ContentType="{type_}"/>'
    return f'<Types xmlns="{space}">{part}</Types>'


@pytest.mark.parametrize(
    ("members", "what"),
    [
        ({"xl/vbaProject.bin": b"x"}, "宏（VBA）"),
        ({"vbaProject.bin": b"x"}, "宏（VBA）"),
        ({"xl/macrosheets/sheet1.xml": "<a/>"}, "Excel 4.0 宏表"),
        ({"xl/dialogsheets/sheet1.xml": "<a/>"}, "对话框工作表"),
        ({"xl/embeddings/oleObject1.bin": b"x"}, "嵌入的对象（OLE）"),
        ({"xl/embeddings/Microsoft_Word.docx": b"x"}, "嵌入的对象（OLE）"),
        ({"xl/activeX/activeX1.xml": "<a/>"}, "ActiveX 控件"),
        ({"xl/externalLinks/externalLink1.xml": "<a/>"}, "外部链接"),
        ({"xl/connections.xml": "<a/>"}, "数据连接或查询"),
        ({"xl/queryTables/queryTable1.xml": "<a/>"}, "数据连接或查询"),
        ({"xl/webextensions/webextension1.xml": "<a/>"}, "Office 加载项（Web 扩展）"),
        ({"customUI/customUI14.xml": "<a/>"}, "自定义功能区"),
        ({"xl/media/setup.exe": b"MZ"}, "程序或脚本文件"),
        ({RELS: linked(f"{MICROSOFT}/2006/relationships/vbaProject")}, "宏（VBA）"),
        ({RELS: linked(f"{MICROSOFT}/2006/relationships/xlMacrosheet")}, "Excel 4.0 宏表"),
        ({RELS: linked(f"{LINK}/dialogsheet")}, "对话框工作表"),
        ({RELS: linked(f"{LINK}/externalLink")}, "外部链接"),
        ({RELS: linked(f"{LINK}/connections")}, "数据连接或查询"),
        ({RELS: linked(f"{LINK}/attachedTemplate")}, "附加模板"),
        ({RELS: linked(f"{LINK}/image", mode=' TargetMode="External"')}, "引用的外部文件"),
        (
            {"xl/worksheets/_rels/sheet1.xml.rels": linked(f"{LINK}/oleObject")},
            "嵌入的对象（OLE）",
        ),
        ({"xl/worksheets/_rels/sheet1.xml.rels": linked(f"{LINK}/control")}, "ActiveX 控件"),
        (
            {
                "_rels/.rels": ROOT.replace(
                    "</",
                    f'<Relationship Id="u" Type="{MICROSOFT}/2007/'
                    'relationships/ui/extensibility" Target="c.xml"/></',
                )
            },
            "自定义功能区",
        ),
        ({"[Content_Types].xml": typed("application/vnd.ms-office.vbaProject")}, "宏（VBA）"),
        (
            {"[Content_Types].xml": typed("application/vnd.ms-excel.macrosheet+xml")},
            "Excel 4.0 宏表",
        ),
        (
            {"[Content_Types].xml": typed("application/vnd.ms-office.&#118;baProject")},
            "宏（VBA）",
        ),
    ],
)
def test_what_is_carried_is_named_whatever_shows_it(
    tmp_path: Path, members: dict[str, Part], what: str
) -> None:
    """A member nobody links, a link to a part that is missing, a content type alone."""
    assert carried(tmp_path, members) == (what,)


def test_a_link_of_dde_is_told_beside_the_external_link(tmp_path: Path) -> None:
    link = '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    members: dict[str, Part] = {"xl/externalLinks/externalLink1.xml": link}
    assert carried(tmp_path, members) == ("DDE 链接", "外部链接")


def test_a_part_that_is_broken_costs_nothing(tmp_path: Path) -> None:
    """Nobody reads it for its cells."""
    members: dict[str, Part] = {"xl/drawings/_rels/drawing1.xml.rels": "<broken"}
    assert carried(tmp_path, members) == ()


@pytest.mark.parametrize(
    "members",
    [
        {
            "xl/worksheets/_rels/sheet1.xml.rels": linked(
                f"{LINK}/hyperlink", target="mailto:a@example.com", mode=' TargetMode="External"'
            )
        },
        {"docProps/custom.xml": "<a/>", "xl/calcChain.xml": "<a/>", "xl/theme/theme1.xml": "<a/>"},
        {"xl/cellimages.xml": "<a/>", "xl/media/image1.png": b"x"},
        {"customXml/item1.xml": "<a/>", "xl/printerSettings/printerSettings1.bin": b"x"},
    ],
)
def test_what_honest_programs_write_is_nothing(tmp_path: Path, members: dict[str, Part]) -> None:
    assert carried(tmp_path, members) == ()


@pytest.mark.parametrize("name", ["平台申报表.xlsx", "专家评分表.xlsx"])
def test_our_own_blank_forms_carry_nothing(name: str) -> None:
    got = read_book(TEMPLATES / name)
    assert isinstance(got, Book)
    assert got.carried == ()
