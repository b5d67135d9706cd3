"""What lies on the cells of a closed file, and in them: notes (批注), pictures (图片)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from xlpy.excel.reading.archive import Archive
from xlpy.excel.reading.canonical.markup import Elements, elements
from xlpy.excel.reading.canonical.walk import SHEETS, Place, Walk
from xlpy.excel.reading.parts import relations
from xlpy.excel.reading.refused import RefusedError
from xlpy.model.grid import column_number

_REF: Final = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_FORMULA: Final = re.compile(rb"<c(\s[^<>]*)>\s*<f(?:\s[^<>]*)?>([^<]*)</f>")
_IMAGE: Final = re.compile(rb"\bDISPIMG\s*\(", re.IGNORECASE)
_IMAGE_TEXT: Final = re.compile(r"=?(?:_xlfn\.)?DISPIMG\(.{0,200}\)?", re.DOTALL)
_RICH: Final = re.compile(
    rb"""<c(?=\s[^<>]*?\bt=["']e["'])(?=\s[^<>]*?\bvm=["']([0-9]{1,6})["'])(\s[^<>]*)>"""
    rb"""(?:\s*<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>))?\s*<v(?:\s[^<>]*)?>\#VALUE!"""
)
_AT: Final = re.compile(rb"""\sr=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_PICTURES: Final = frozenset({"_localimage", "_webimage"})


def cell_notes(archive: Archive, sheet: str) -> Mapping[tuple[int, int], str]:
    """Return the notes of a sheet, given its part, by zero-based (row, column).

    Raises `RefusedError` for a part that is no proper XML. Of the threaded kind Excel keeps a
    copy of the text here.
    """
    found: dict[tuple[int, int], str] = {}
    for part in _related(archive, sheet, "comments"):
        found |= _notes(part)
    return found


def has_pictures(archive: Archive, sheet: str) -> bool:
    """Tell whether charts, pictures or shapes lie on a sheet, given its part.

    Raises as `cell_notes` does. An empty drawing is none: LibreOffice saves those.
    """
    return any(
        tag.endswith("Anchor")
        for part in _related(archive, sheet, "drawing")
        for tag, _ in elements(part, "图片")
    )


def lies_under_pictures(archive: Archive, sheet: str) -> bool:
    """Tell the same of a sheet a stranger sent: a drawing that cannot be read is one, too."""
    try:
        return has_pictures(archive, sheet)
    except RefusedError:
        return True


def picture_cells(archive: Archive, marked: bytes) -> frozenset[tuple[int, int]]:
    """Return the cells that hold a picture (嵌入单元格的图片): WPS' DISPIMG, Excel's own.

    `marked` holds the cells with formulas and errors in one shape. A picture of Excel is an error
    with a rich value; one whose value is known to be something else is no picture.
    """
    formulas = _FORMULA.finditer(marked) if _named(marked) else ()
    found = [one[1] for one in formulas if _IMAGE.search(one[2])]
    if b"vm=" in marked:
        kinds = _rich_values(archive)
        found += [one[2] for one in _RICH.finditer(marked) if kinds.get(int(one[1]), True)]
    places = [at for attributes in found if (at := _AT.search(attributes))]
    return frozenset((int(at[2]) - 1, column_number(at[1])) for at in places)


def is_picture(text: str) -> bool:
    """Tell whether a text is what WPS leaves of a picture in a cell.

    >>> is_picture('=DISPIMG("ID_4F",1)'), is_picture("见DISPIMG")
    (True, False)
    """
    return _IMAGE_TEXT.fullmatch(text) is not None


def _named(marked: bytes) -> bool:
    return b"DISPIMG" in marked or b"dispimg" in marked.lower()


def _rich_values(archive: Archive) -> Mapping[int, bool]:
    """Return which rich values are pictures, by their number in cells (vm, from 1).

    A number that cannot be followed through the parts is absent.
    """
    kinds = [
        attributes.get("t", "").lower() in _PICTURES
        for attributes in _named_elements(archive, "/rdrichvaluestructure.xml", "s")
    ]
    values = [
        kinds[at] if (at := _number(attributes, "s")) < len(kinds) else None
        for attributes in _named_elements(archive, "/rdrichvalue.xml", "rv")
    ]
    blocks: list[int] = []
    found: dict[int, bool] = {}
    section, count = "", 0
    for tag, attributes in _part_elements(archive, "/metadata.xml"):
        name = tag.rpartition("}")[2]
        if name in ("futureMetadata", "valueMetadata", "cellMetadata"):
            section = name + attributes.get("name", "")
        elif name == "rvb":
            blocks.append(_number(attributes, "i"))
        elif name == "bk" and section == "valueMetadata":
            count += 1
        elif name == "rc" and section == "valueMetadata":
            block = blocks[at] if (at := _number(attributes, "v")) < len(blocks) else len(values)
            kind = values[block] if block < len(values) else None
            if kind is not None:
                found[count] = kind
    return found


def _number(attributes: Mapping[str, str], name: str) -> int:
    """Return a number of an element, a far too great one where there is none."""
    text = attributes.get(name, "")
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else 10**9


def _named_elements(archive: Archive, end: str, name: str) -> Iterator[Mapping[str, str]]:
    for tag, attributes in _part_elements(archive, end):
        if tag.rpartition("}")[2] == name:
            yield attributes


def _part_elements(archive: Archive, end: str) -> Elements:
    """Return the elements of the part whose name ends so; none of a part that is broken."""
    name = next((one for one in archive.members if f"/{one}".endswith(end)), "")
    try:
        xml = archive.part(name)
        return elements(xml, name) if xml else ()
    except RefusedError:
        return ()


def _related(archive: Archive, sheet: str, kind: str) -> Iterator[bytes]:
    """Yield the parts of a kind that belong to a sheet."""
    for link in relations(archive, sheet).values():
        part = archive.part(link.part) if link.kind == kind and link.part else None
        if part is not None:
            yield part


def _notes(xml: bytes) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    here: list[tuple[int, int]] = []

    def begun(attributes: Mapping[str, str]) -> None:
        here.clear()
        if at := _REF.fullmatch(attributes.get("ref", "").strip().upper()):
            here.append((int(at[2]) - 1, column_number(at[1])))
            found[here[0]] = ""

    def said(text: str) -> None:
        if here:
            found[here[0]] += text

    Walk("批注", _GRAMMAR, {"comment": begun}, {"t": said}).through(xml)
    return found


def _grammar() -> Place:
    text = Place("t", text=True)
    note = Place("comment", Place("text", text, Place("r", text)))
    return Place("", Place("comments", Place("commentList", note))).of(SHEETS)


_GRAMMAR: Final = _grammar()
