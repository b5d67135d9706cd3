"""Charts in a document (图表): a chart part with its cached figures, its workbook beside it."""

from __future__ import annotations

import re
from typing import Any, Final

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from xlpy.model.letter.blocks import Drawing
from xlpy.model.letter.letter import Charted
from xlpy.model.look import fonts
from xlpy.word.looks import BODY, SECTION
from xlpy.word.markup import Element, under
from xlpy.word.texts import shown

_EMU: Final = 36_000  # in a millimetre
_LATIN = re.compile(b'<a:latin typeface="([^"]*)"/>')
_SETTINGS = b"<c:printSettings>"
_SPACE = b"</c:chartSpace>"
_TITLE_FONT = fonts.HEADING.name


def add_figure(
    document: Any, paragraph: Element, drawing: Drawing, files: Charted, at: int
) -> None:
    """Place a chart in a paragraph; `at` numbers the charts of the document from 1."""
    package = document.part.package
    book = Part(PackURI(f"/word/embeddings/chart{at}.xlsx"), CT.SML_SHEET, files.workbook, package)
    chart = Part(PackURI(f"/word/charts/chart{at}.xml"), CT.DML_CHART, b"", package)
    # The blob has to name the relationship, which is only known once the part is there.
    linked = chart.relate_to(book, RT.PACKAGE)
    chart._blob = _embedded(files.chart, linked)
    name = document.part.relate_to(chart, RT.CHART)
    holder = under(paragraph, "r")
    holder.append(_inline(drawing, at, name))


def _embedded(chart: bytes, name: str) -> bytes:
    """Return the chart's XML with its link to the workbook, its fonts for Chinese as well."""
    link = f'<c:externalData r:id="{name}"><c:autoUpdate val="0"/></c:externalData>'.encode()
    found = _LATIN.sub(_both, chart)
    before = _SETTINGS if _SETTINGS in found else _SPACE
    return found.replace(before, link + before, 1)


def _both(match: re.Match[bytes]) -> bytes:
    font = (SECTION if match[1].decode() == _TITLE_FONT else BODY).encode()
    return b'<a:latin typeface="%s"/><a:ea typeface="%s"/>' % (font, font)


def _inline(drawing: Drawing, at: int, name: str) -> Element:
    """Return the frame of a chart, as large as the drawing; its title is the text for who hears."""
    wide, high = drawing.width * _EMU, drawing.height * _EMU
    frame: Element = parse_xml(
        f"<w:drawing {nsdecls('w', 'wp', 'a', 'r')}>"
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="{at}" name=""/>'
        "<wp:cNvGraphicFramePr/><a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        f'r:id="{name}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    about = frame[0].find("{*}docPr")
    about.set("name", f"图{at}")
    about.set("descr", shown(drawing.title))
    return frame
