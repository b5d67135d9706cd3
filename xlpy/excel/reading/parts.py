"""How a workbook hangs together (工作簿结构): sheets by name, and their parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from xlpy.excel.reading.archive import Archive, folded
from xlpy.excel.reading.markup import Elements, elements
from xlpy.excel.reading.refused import Refused, RefusedError

_RELATIONSHIP_ID: Final = re.compile(r"[^}]*/relationships\}id")
_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


class Layout(NamedTuple):
    """The workbook's own account of itself: worksheets in order with the folded part of each.

    `strings` and `styles` are the folded names of those parts.
    """

    sheets: Mapping[str, str]
    date1904: bool
    strings: str
    styles: str


def read_layout(archive: Archive) -> Layout:
    """Return how the workbook hangs together; raises `RefusedError` where readers could differ."""
    folder = _folder(archive)
    targets = _relations(archive, folder, f"{folder}_rels/workbook.xml.rels")
    strings = _only(targets, "/sharedStrings", f"{folder}sharedstrings.xml")
    styles = _only(targets, "/styles", f"{folder}styles.xml")
    workbook = _elements(archive, f"{folder}workbook.xml")
    settings = [found for tag, found in workbook if tag.endswith("}workbookPr")]
    return Layout(
        sheets=_sheets(workbook, targets),
        date1904=any(found.get("date1904") in {"1", "true"} for found in settings),
        strings=strings,
        styles=styles,
    )


def sheet_key(name: str) -> str:
    """Return a sheet's name for comparing: full-width forms and blanks make no difference.

    >>> sheet_key(" 附件１ ") == sheet_key("附件1")
    True
    """
    return "".join(name.translate(_WIDE).split()).lower()


def _elements(archive: Archive, part: str) -> Elements:
    xml = archive.part(part)
    if xml is None:
        raise RefusedError(Refused.DAMAGED, f"缺少部件 {part}")
    return elements(xml, part)


def _folder(archive: Archive) -> str:
    targets = [
        attributes.get("Target", "")
        for tag, attributes in _elements(archive, "_rels/.rels")
        if attributes.get("Type", "").endswith("/relationships/officeDocument")
    ]
    target = folded(targets[0]).removeprefix("/") if len(targets) == 1 else ""
    if not target.endswith("workbook.xml") or target not in archive.members:
        raise RefusedError(Refused.ODD_PARTS, "工作簿主部件")
    return target.removesuffix("workbook.xml")


def _relations(archive: Archive, folder: str, part: str) -> dict[str, tuple[str, str]]:
    """Return type and folded part of each relation by its id."""
    found: dict[str, tuple[str, str]] = {}
    for tag, attributes in _elements(archive, part):
        if not tag.endswith("}Relationship"):
            continue
        target = folded(attributes.get("Target", ""))
        whole = target[1:] if target.startswith("/") else f"{folder}{target}"
        if (name := attributes.get("Id", "")) in found:
            raise RefusedError(Refused.ODD_PARTS, "部件关系重复")
        found[name] = (attributes.get("Type", ""), whole)
    return found


def _only(targets: Mapping[str, tuple[str, str]], kind: str, expected: str) -> str:
    # Some readers follow the relation, others take the usual name: both must be the same part.
    if any(part != expected for link, part in targets.values() if link.endswith(kind)):
        raise RefusedError(Refused.ODD_PARTS, expected)
    return expected


def _sheets(workbook: Elements, targets: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    sheets: dict[str, str] = {}
    seen: set[str] = set()
    for tag, attributes in workbook:
        if not tag.endswith("}sheet"):
            continue
        name = attributes.get("name", "")
        if name.lower() in seen:
            raise RefusedError(Refused.DOUBLED_SHEET, name)
        seen.add(name.lower())
        ids = [value for key, value in attributes.items() if _RELATIONSHIP_ID.fullmatch(key)]
        link, part = targets.get(ids[0], ("", "")) if len(ids) == 1 else ("", "")
        if not link:
            raise RefusedError(Refused.ODD_PARTS, f"工作表“{name}”")
        if link.endswith("/worksheet"):
            sheets[name] = part
    if len(set(sheets.values())) < len(sheets):
        raise RefusedError(Refused.ODD_PARTS, "两张工作表共用一个部件")
    return sheets
