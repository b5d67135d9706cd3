"""How a workbook hangs together (工作簿结构): sheets by name, and their parts.

Parts are found by their relationships alone, as Excel finds them, whatever their names are. A
part under the usual name that no relationship leads to would be taken by readers that go by
names: then there are two readings, and the file is refused.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import unquote

from xlpy.excel.reading.archive import Archive, folded
from xlpy.excel.reading.canonical.markup import remembered
from xlpy.excel.reading.canonical.walk import CONTENTS, LINKS, RELATIONS, SHEETS, Place, Walk
from xlpy.excel.reading.refused import LINKED, PART_BYTES, Refused, RefusedError
from xlpy.excel.reading.refused import SHEETS as MOST_SHEETS
from xlpy.model.signs.alike import match_key

_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MAIN_TYPE: Final = re.compile(
    r"application/vnd\.(?:openxmlformats-officedocument\.spreadsheetml\.(?:sheet|template)"
    r"|ms-excel\.(?:sheet|template|addin)\.macroenabled)\.main\+xml"
)
_CONTENTS_PART: Final = "[content_types].xml"
_USUAL: Final = {"sharedStrings": "sharedstrings.xml", "styles": "styles.xml"}
_BOOLEANS: Final = {"1": True, "true": True, "0": False, "false": False}


class Link(NamedTuple):
    """A relationship (部件关系): the last word of its type, and the part, "" outside the file."""

    kind: str
    part: str


class Layout(NamedTuple):
    """The workbook's own account of itself: worksheets in order with the folded part of each.

    A worksheet whose part nobody names has "". `main`, `strings` and `styles` are the folded names
    of those parts, the last two "" for none.
    """

    main: str
    sheets: Mapping[str, str]
    date1904: bool
    strings: str
    styles: str


def read_layout(archive: Archive) -> Layout:
    """Return how the workbook hangs together; raises `RefusedError` where readers could differ."""
    workbook = _main_part(archive)
    links = relations(archive, workbook)
    typed = _typed(_small(archive, _CONTENTS_PART)) if _CONTENTS_PART in archive.members else {}
    mains = {part for part, kind in typed.items() if _MAIN_TYPE.fullmatch(kind)}
    if mains and mains != {workbook}:
        raise RefusedError(Refused.ODD_PARTS, "目录里另有一个工作簿主部件")
    strings, styles = (_only(archive, links, workbook, typed, kind) for kind in _USUAL)
    book = _workbook(_small(archive, workbook))
    return Layout(
        main=workbook,
        sheets=_sheets(book, links),
        date1904=book.date1904,
        strings=strings,
        styles=styles,
    )


def _main_part(archive: Archive) -> str:
    """Return the folded name of the workbook's main part (主部件); raises `RefusedError`."""
    links = relations(archive, "").values()
    targets = {link.part for link in links if link.kind == "officeDocument"}
    part = targets.pop() if len(targets) == 1 else ""
    if not part or part not in archive.members:
        raise RefusedError(Refused.ODD_PARTS, "工作簿主部件")
    return part


def relations(archive: Archive, part: str) -> Mapping[str, Link]:
    """Return the relationships of a part by their ids, of the package itself for "".

    Raises `RefusedError` for a doubled id.
    """
    folder, path = _relations_part(part)
    return _linked(_small(archive, path), folder) if path in archive.members else {}


@lru_cache(maxsize=256)
def _relations_part(part: str) -> tuple[str, str]:
    """Return the folder of a part, and the part that holds its relationships."""
    folder, _, name = part.rpartition("/")
    return folder, posixpath.join(folder, "_rels", f"{name}.rels")


def sheet_key(name: str) -> str:
    """Return a sheet's name for comparing: blanks, width and signs nobody sees do not matter.

    >>> sheet_key(" 附件１\u200b ") == sheet_key("附件1")
    True
    """
    return match_key(name)


def _link(folder: str, attributes: Mapping[str, str]) -> Link:
    space, _, kind = attributes.get("Type", "").strip().rpartition("/")
    if attributes.get("TargetMode", "").strip().lower() == "external":
        return Link(kind, "")
    target = folded(unquote(attributes.get("Target", "").strip()))
    whole = posixpath.normpath(posixpath.join("/", folder, target))
    return Link(kind if space in LINKS or "/relationships" in space else "", whole.lstrip("/"))


def _small(archive: Archive, part: str) -> bytes:
    xml = archive.part(part)
    if xml is None:
        raise RefusedError(Refused.DAMAGED, f"缺少部件 {part}")
    if len(xml) > PART_BYTES:
        raise RefusedError(Refused.TOO_MANY, f"部件 {part}")
    return xml


@remembered
def _linked(xml: bytes, folder: str) -> Mapping[str, Link]:
    found: dict[str, Link] = {}

    def linked(attributes: Mapping[str, str]) -> None:
        if (key := attributes.get("Id", "")) in found:
            raise RefusedError(Refused.ODD_PARTS, "部件关系重复")
        if len(found) == LINKED:
            raise RefusedError(Refused.TOO_MANY, f"部件关系超过{LINKED}个")
        found[key] = _link(folder, attributes)

    Walk("部件关系", _RELATIONSHIPS, {"Relationship": linked}).through(xml)
    return found


@remembered
def _typed(xml: bytes) -> Mapping[str, str]:
    """Return the content type that the table of contents gives each part, both folded."""
    found: dict[str, str] = {}

    def typed(attributes: Mapping[str, str]) -> None:
        part = folded(unquote(attributes.get("PartName", ""))).lstrip("/")
        found[part] = attributes.get("ContentType", "").lower()

    Walk("部件目录", _CONTENTS, {"Override": typed}).through(xml)
    return found


@remembered
def _workbook(xml: bytes) -> _Workbook:
    book = _Workbook()
    Walk("工作簿", _WORKBOOK, {"workbookPr": book.settle, "sheet": book.add}).through(xml)
    return book


def _only(
    archive: Archive,
    links: Mapping[str, Link],
    workbook: str,
    typed: Mapping[str, str],
    kind: str,
) -> str:
    """Return the one part of a kind, "" for none."""
    parts = {link.part for link in links.values() if link.kind == kind}
    usual = posixpath.join(posixpath.dirname(workbook), _USUAL[kind])
    meant = f"{_TYPE}.{kind}+xml".lower()
    others = {usual, *(part for part, told in typed.items() if told == meant)} - parts
    if len(parts) > 1 or others & archive.members.keys():
        raise RefusedError(Refused.ODD_PARTS, usual)
    part = parts.pop() if parts else ""
    return part if part in archive.members else ""


class _Workbook:
    """What the main part says: the date system, and each sheet's name and relationship."""

    def __init__(self) -> None:
        self.date1904 = False
        self.sheets: list[tuple[str, str]] = []
        self._settings = 0

    def settle(self, attributes: Mapping[str, str]) -> None:
        """Take in the settings."""
        self._settings += 1
        told = attributes.get("date1904", "0").strip()
        if told not in _BOOLEANS or self._settings > 1:
            raise RefusedError(Refused.TWO_READINGS, f"日期系统 date1904=“{told[:12]}”")
        self.date1904 = _BOOLEANS[told]

    def add(self, attributes: Mapping[str, str]) -> None:
        """Take in a sheet."""
        ids = {attributes[key] for key in map("{}}}id".format, LINKS) if key in attributes}
        name = attributes.get("name", "")
        if len(ids) > 1:
            raise RefusedError(Refused.ODD_PARTS, f"工作表“{name}”")
        if len(self.sheets) == MOST_SHEETS:
            raise RefusedError(Refused.TOO_MANY, f"工作表超过{MOST_SHEETS}张")
        self.sheets.append((name, ids.pop() if ids else ""))


def _sheets(book: _Workbook, links: Mapping[str, Link]) -> dict[str, str]:
    sheets: dict[str, str] = {}
    seen: set[str] = set()
    for name, key in book.sheets:
        if name.lower() in seen:
            raise RefusedError(Refused.DOUBLED_SHEET, name)
        seen.add(name.lower())
        if not key:
            sheets[name] = ""  # a sheet that has lost its content
        elif key not in links:
            raise RefusedError(Refused.ODD_PARTS, f"工作表“{name}”")
        elif links[key].kind == "worksheet":
            sheets[name] = links[key].part
    parts = list(filter(None, sheets.values()))
    if len(set(parts)) < len(parts):
        raise RefusedError(Refused.ODD_PARTS, "两张工作表共用一个部件")
    return sheets


def _grammars() -> Iterator[Place]:
    ours = frozenset({"workbook", "workbookPr", "sheets", "sheet"})
    sheets = Place("sheets", Place("sheet"), ours=ours)
    yield Place("", Place("workbook", Place("workbookPr"), sheets, ours=ours)).of(SHEETS)
    ours = frozenset({"Relationships", "Relationship"})
    yield Place("", Place("Relationships", Place("Relationship"), ours=ours)).of(RELATIONS)
    ours = frozenset({"Types", "Override"})
    yield Place("", Place("Types", Place("Override"), Place("Default"), ours=ours)).of(CONTENTS)


_WORKBOOK, _RELATIONSHIPS, _CONTENTS = _grammars()
