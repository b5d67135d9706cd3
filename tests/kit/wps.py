"""Workbooks of ours as WPS Office saves them again (WPS 的习惯), part by part.

What WPS writes is known from public files and descriptions of its format: no WPS has run here.
Unlike a `Dialect`, which writes values anew, this keeps our own cells, rules and macros and
changes what WPS changes around them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from tests.kit.taken_apart import LINKS, PACKAGE, ROOT, STRINGS, STYLES, TYPES, WORKBOOK, TakenApart

Habit = Callable[[TakenApart], None]

_ETC = "http://www.wps.cn/officeDocument/2017/etCustomData"
_WEB = "https://web.wps.cn/et/2018/main"
_IMAGE_TYPE = "application/vnd.wps-officedocument.cellimage+xml"
_IMAGE_LINK = "http://www.wps.cn/officeDocument/2020/cellImage"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PICTURE = b"\x89PNG\r\n\x1a\n"
_ID = "ID_8A3F5C0D1B2E4F60A7B8C9D0E1F2A3B4"
_ADDED_STYLES = 49
_WORDS_IN_RUNS = 4


def namespaces(parts: TakenApart) -> None:
    """Four namespaces on every sheet, its own `etc` among them, ignorable or unused."""
    declared = (
        f' xmlns:xdr="{_DRAWING}/spreadsheetDrawing" xmlns:x14="{_X14}" xmlns:mc="{_MC}"'
        f' xmlns:etc="{_ETC}"'
    ).encode()
    for number, part in enumerate(_sheets(parts)):
        ignorable = b' mc:Ignorable="x14 etc"' if number % 2 else b""
        parts.turn(part, lambda xml, more=ignorable: _on_root(xml, declared + more))
    parts.turn(WORKBOOK, lambda xml: _on_root(xml, declared))


def dimension(parts: TakenApart) -> None:
    """`A1` as the dimension of any sheet, whatever it holds."""
    for part in _sheets(parts):
        parts.turn(
            part, lambda xml: _once(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1"/>', xml)
        )


def views(parts: TakenApart) -> None:
    """Widths by the character, outline levels, validations and its own settings in extensions."""
    more = (
        f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{_X14}"'
        ' xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        '<x14:dataValidations count="1"><x14:dataValidation type="list" allowBlank="1">'
        "<x14:formula1><xm:f>$XFC$1:$XFC$3</xm:f></x14:formula1><xm:sqref>XFD1</xm:sqref>"
        '</x14:dataValidation></x14:dataValidations></ext><ext uri="{etc}" '
        f'xmlns:etc="{_ETC}"><etc:sheetProps tab="1"/></ext></extLst></worksheet>'
    ).encode()
    for part in _sheets(parts):
        parts.turn(part, lambda xml: _once(rb"<sheetFormatPr ", _FORMAT, xml))
        parts.turn(part, lambda xml: xml.replace(b"<sheetView ", b'<sheetView rightToLeft="0" ', 1))
        if b"<extLst>" not in parts.parts[part]:
            parts.change(part, "</worksheet>", more)


_FORMAT = b'<sheetFormatPr defaultColWidth="9" outlineLevelCol="7" '


def spans(parts: TakenApart) -> None:
    """`spans` on every row."""
    for part in _sheets(parts):
        parts.turn(part, lambda xml: xml.replace(b"<row r=", b'<row spans="1:18" r='))


def texts(parts: TakenApart) -> None:
    """Runs of rich text, the sound of a word beside it, blanks kept; counts left as they were."""
    parts.turn(STRINGS, lambda xml: _TEXT.sub(_in_runs, xml))


_TEXT = re.compile(rb"<si><t(?P<keep>[^>]*)>(?P<text>[^<&]*)</t></si>")
_RUN = (
    b'<r><rPr><sz val="11"/><rFont val="\xe5\xae\x8b\xe4\xbd\x93"/></rPr><t xml:space="preserve">'
)
_SOUND = b'<rPh sb="0" eb="1"><t>\xe3\x82\xab</t></rPh><phoneticPr fontId="1" type="noConversion"/>'


def _in_runs(found: re.Match[bytes]) -> bytes:
    text = found["text"].decode()
    if len(text) < _WORDS_IN_RUNS:
        return b"<si><t%s>%s</t>%s</si>" % (found["keep"], found["text"], _SOUND)
    first, rest = text[:2].encode(), text[2:].encode()
    plain = b'<r><t xml:space="preserve">%s</t></r>' % first
    return b"<si>%s%s%s</t></r>%s</si>" % (plain, _RUN, rest, _SOUND)


def styles(parts: TakenApart) -> None:
    """Dozens of styles in front of ours, all cells renumbered; formats of its own; many dxfs.

    A style that WPS writes for a date says `yyyy\\-mm\\-dd`, one for a number `#,##0_ `.
    """
    xml = parts.parts[STYLES]
    found = re.search(rb'<cellXfs count="(\d+)">(<xf [^>]*?/>|<xf [^>]*?>.*?</xf>)', xml, re.DOTALL)
    assert found
    xml = xml.replace(
        found[0],
        b'<cellXfs count="%d">' % (int(found[1]) + _ADDED_STYLES) + found[2] * (_ADDED_STYLES + 1),
    )
    xml = xml.replace(b'formatCode="yyyy-mm-dd"', b'formatCode="yyyy\\-mm\\-dd;@"')
    xml = xml.replace(b'formatCode="#,##0"', b'formatCode="#,##0_ "')
    xml = _once(rb'<numFmts count="\d+">', b"\\g<0>" + _MONEY, xml)
    dxf = b'<dxf><font><color rgb="FF9C0006"/></font></dxf>'
    xml = xml.replace(b"</dxfs>", dxf * 40 + b"</dxfs>")
    xml = xml.replace(b"</styleSheet>", b'<extLst><ext uri="{x}"/></extLst></styleSheet>')
    parts.parts[STYLES] = xml
    for part in _sheets(parts):
        parts.turn(part, lambda xml: _STYLED.sub(_renumbered, xml))


_MONEY = "".join(
    f'<numFmt numFmtId="{id}" formatCode="_ * #,##0.00_ ;_ * \\\\-#,##0.00_ ;_ @_ "/>'
    for id in (43, 44)
).encode()
_STYLED = re.compile(rb'(<(?:c|row|col) [^>]*?\b(?:s|style)=")(\d+)(")')


def _renumbered(found: re.Match[bytes]) -> bytes:
    return found[1] + b"%d" % (int(found[2]) + _ADDED_STYLES) + found[3]


def links(parts: TakenApart) -> None:
    """Relations in another order and of other names, with targets from the root of the package."""
    parts.turn(LINKS, lambda xml: _rooted(_reversed(xml), b"/xl/"))
    parts.turn(ROOT, lambda xml: _rooted(_reversed(xml), b"/"))
    for part in (WORKBOOK, LINKS):
        parts.turn(part, lambda xml: re.sub(rb'd="rId(\d+)"', rb'd="rId1\1"', xml))
    parts.turn(TYPES, lambda xml: _reversed(xml, b"Override"))
    parts.parts = dict(reversed(parts.parts.items()))


def cell_images(parts: TakenApart) -> None:
    """The store of pictures in cells: xl/cellimages.xml, its relations, a picture."""
    picture = (
        f'<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="{_ID}" descr="图"/>'
        '<xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill>'
        "<xdr:spPr/></xdr:pic></etc:cellImage>"
    )
    parts.parts["xl/cellimages.xml"] = (
        _HEAD
        + (
            f'<etc:cellImages xmlns:xdr="{_DRAWING}/spreadsheetDrawing"'
            f' xmlns:r="{_OFFICE}/relationships" xmlns:a="{_DRAWING}/main" xmlns:etc="{_ETC}">'
            f"{picture}</etc:cellImages>"
        ).encode()
    )
    parts.parts["xl/_rels/cellimages.xml.rels"] = _relations(
        {"media/image1.png": f"{_OFFICE}/relationships/image"}
    )
    parts.parts["xl/media/image1.png"] = _PICTURE
    parts.declare("xl/cellimages.xml", _IMAGE_TYPE)
    parts.change(TYPES, "<Default ", '<Default Extension="png" ContentType="image/png"/><Default ')
    _link(parts, LINKS, _IMAGE_LINK, "cellimages.xml")


def properties(parts: TakenApart) -> None:
    """Its build and the document's number in custom.xml, and who may edit what in customXml."""
    named = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{name}">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property>"
        for pid, name, value in (
            (2, "KSOProductBuildVer", "2052-12.1.0.16929"),
            (3, "ICV", "3D3104DE13954D2088C3AB089CA30F63_12"),
        )
    )
    parts.parts["docProps/custom.xml"] = (
        _HEAD
        + f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f"{named}</Properties>".encode()
    )
    parts.declare(
        "docProps/custom.xml",
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    )
    _link(parts, ROOT, f"{_OFFICE}/relationships/custom-properties", "docProps/custom.xml")
    parts.parts["customXml/item1.xml"] = (
        _HEAD
        + f'<allowEditUser xmlns="{_WEB}" hasInvisiblePropRange="0"><rangeList sheetStid="1"'
        ' master="" otherUserPermission="visible"/></allowEditUser>'.encode()
    )
    parts.parts["customXml/_rels/item1.xml.rels"] = _relations(
        {"itemProps1.xml": f"{_OFFICE}/relationships/customXmlProps"}
    )
    parts.parts["customXml/itemProps1.xml"] = (
        _HEAD
        + f'<ds:datastoreItem ds:itemID="{{D5662047-3127-477A-AC3A-1D340467FB41}}" xmlns:ds='
        f'"{_OFFICE}/customXml"><ds:schemaRefs/></ds:datastoreItem>'.encode()
    )
    parts.declare(
        "customXml/itemProps1.xml",
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    )
    _link(parts, LINKS, f"{_OFFICE}/relationships/customXml", "../customXml/item1.xml")


def workbook(parts: TakenApart) -> None:
    """The versions it claims, and no wish to be calculated anew, as ours has."""
    parts.turn(WORKBOOK, lambda xml: _once(rb"<fileVersion [^>]*/>", _VERSION, xml))
    parts.turn(WORKBOOK, lambda xml: _once(rb"<calcPr [^>]*/>", b'<calcPr calcId="144525"/>', xml))


_VERSION = b'<fileVersion appName="xl" lastEdited="3" lowestEdited="5" rupBuild="9302"/>'

HABITS: Mapping[str, Habit] = {
    "namespaces": namespaces,
    "dimension": dimension,
    "views": views,
    "spans": spans,
    "texts": texts,
    "styles": styles,
    "cell images": cell_images,
    "properties": properties,
    "workbook": workbook,
    "links": links,
}
"""Each by its name; `links` is the last, for it moves what the others add."""


def saved_by_wps(content: bytes, habits: Iterable[Habit] = HABITS.values()) -> bytes:
    """Return one of our workbooks as WPS would have saved it."""
    parts = TakenApart.of(content)
    for habit in habits:
        habit(parts)
    return parts.zipped(deflated=True)


def with_picture(content: bytes, sheet: str, cell: str) -> bytes:
    """Return the workbook saved by WPS, with a picture put into a cell (嵌入单元格)."""
    parts = TakenApart.of(content)
    call = f"DISPIMG(&quot;{_ID}&quot;,1)"
    parts.put(sheet, cell, f' t="str"><f>_xlfn.{call}</f><v>={call}</v></c>')
    return saved_by_wps(parts.zipped())


def _sheets(parts: TakenApart) -> list[str]:
    return [name for name in parts.parts if name.startswith("xl/worksheets/sheet")]


def _on_root(xml: bytes, declared: bytes) -> bytes:
    """Add to the attributes of the root element."""
    return _once(rb"<(worksheet|workbook) ", b"<\\1" + declared + b" ", xml)


def _once(pattern: bytes, new: bytes, xml: bytes) -> bytes:
    changed, times = re.subn(pattern, new, xml, count=1)
    assert times, f"{pattern!r} is not there"
    return changed


def _reversed(xml: bytes, name: bytes = b"Relationship") -> bytes:
    """Turn the order of the elements of that name round."""
    found = re.findall(rb"<%s [^>]*/>" % name, xml)
    assert len(found) > 1
    return xml.replace(b"".join(found), b"".join(reversed(found)))


def _rooted(xml: bytes, folder: bytes) -> bytes:
    """Let every target say its way from the root of the package."""
    xml = xml.replace(b'Target="../', b'Target="/')
    return re.sub(rb'Target="(?!/)', b'Target="' + folder, xml)


def _link(parts: TakenApart, rels: str, kind: str, target: str) -> None:
    id = f"rId9{len(parts.parts)}"
    added = f'<Relationship Id="{id}" Type="{kind}" Target="{target}"/></Relationships>'
    parts.change(rels, "</Relationships>", added)


def _relations(linked: Mapping[str, str]) -> bytes:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(linked.items(), 1)
    )
    return _HEAD + f'<Relationships xmlns="{PACKAGE}">{listed}</Relationships>'.encode()
