"""The package of a document (打包): what we need of the library's template, always the same."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from xlpy.model.letter.letter import Letter
from xlpy.visible import visible
from xlpy.word.styles import fill_styles, fonts_part

AUTHOR = "xlpy"
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
_TITLE = 200  # characters a property may hold, and some
_DOS_DAY = (1980, 1, 1, 0, 0, 0)
_ORDINARY = 0o600 << 16
_KEPT = (RT.CORE_PROPERTIES, RT.OFFICE_DOCUMENT, RT.STYLES, RT.SETTINGS, RT.THEME)
_FIRST = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")
_SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    "<w:compat><w:doNotExpandShiftReturn/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
)


def blank(letter: Letter) -> Any:
    """Return the library's document with our styles, fonts and settings, and nothing else in it."""
    document = Document()
    package, part = document.part.package, document.part
    for holder in (package, part):
        for name, relation in list(holder.rels.items()):
            if relation.reltype not in _KEPT:
                del holder.rels[name]
    fonts = Part(PackURI("/word/fontTable.xml"), CT.WML_FONT_TABLE, fonts_part(), package)
    part.relate_to(fonts, RT.FONT_TABLE)
    fill_styles(document.styles.element)
    _fill_settings(document.settings.element)
    _describe(document.core_properties, letter)
    return document


def packed(document: Any) -> bytes:
    """Return the document as a file: its parts in one order, dated 1980-01-01."""
    drawn, written = BytesIO(), BytesIO()
    document.save(drawn)
    with zipfile.ZipFile(drawn) as parts, zipfile.ZipFile(written, "w") as package:
        for name in sorted(parts.namelist(), key=_order):
            member = zipfile.ZipInfo(name, _DOS_DAY)
            member.create_system, member.external_attr = 0, _ORDINARY
            package.writestr(member, parts.read(name), zipfile.ZIP_DEFLATED, 1)
    return written.getvalue()


def _order(name: str) -> tuple[int, str]:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST), name


def _fill_settings(root: Any) -> None:
    for child in list(root):
        root.remove(child)
    root.extend(list(parse_xml(f"<w:settings {nsdecls('w')}>{_SETTINGS}</w:settings>")))


def _describe(properties: Any, letter: Letter) -> None:
    properties.title = visible(letter.title, _TITLE)
    properties.author = properties.last_modified_by = AUTHOR
    properties.created = properties.modified = _MADE
    properties.comments = properties.keywords = properties.subject = ""
    properties.revision = 1
