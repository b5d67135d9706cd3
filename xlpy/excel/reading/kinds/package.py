"""What a zip is (压缩包甄别) where it may be no workbook: told by its types and member names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from xlpy.excel.reading.archive import Archive
from xlpy.excel.reading.canonical.markup import elements
from xlpy.excel.reading.kinds.names import suffix_of
from xlpy.excel.reading.kinds.signs import kind_by_name
from xlpy.excel.reading.refused import Refused, RefusedError

_TYPES: Final = "[content_types].xml"
_ROOT: Final = "_rels/.rels"
_WORKBOOK_TYPES: Final = ("spreadsheetml.", "ms-excel.")
_BINARY: Final = "ms-excel.sheet.binary."
_OFFICE_TYPES: Final = ("wordprocessingml.", "presentationml.", "ms-word.", "ms-powerpoint.")
_OTHERS: Final = (
    ("visio", "Visio 图"),
    ("package.xps", "XPS 版式文件"),
    ("nuspec", "软件包"),
    ("3dmanufacturing", "三维模型"),
    ("appx", "软件包"),
)
_MEMBERS: Final = (
    ("ofd.xml", Refused.OFD, ""),
    ("androidmanifest.xml", Refused.PROGRAM, ""),
    ("meta-inf/manifest.mf", Refused.PROGRAM, ""),
    ("meta-inf/container.xml", Refused.OTHER_PACKAGE, "电子书"),
)


def check_package(name: str, archive: Archive) -> None:
    """Raise `RefusedError` for a zip that is no xlsx workbook (不是工作簿的压缩包)."""
    members = archive.members
    if any(one.endswith("/workbook.bin") for one in members):
        raise RefusedError(Refused.XLSB)
    if _ROOT in members and any(one.endswith("/workbook.xml") for one in members):
        return
    if _TYPES in members or _ROOT in members:
        _check_types(archive)
    else:
        raise RefusedError(*_without_types(name, archive))


def failed_zip(name: str, raw: bytes, refused: RefusedError) -> RefusedError:
    """Return why a zip is not read that could not be opened as one (打不开的压缩包)."""
    if refused.kind is Refused.DAMAGED and b"PK\x05\x06" not in raw:
        if kind_by_name(name) is Refused.ARCHIVE:
            return RefusedError(Refused.ARCHIVE)
        return RefusedError(Refused.TRUNCATED, "缺少结尾")
    if kind_by_name(name) in (Refused.ARCHIVE, Refused.OTHER_OFFICE):
        kind = kind_by_name(name)
        assert kind is not None
        return RefusedError(kind)
    return refused


def _check_types(archive: Archive) -> None:
    """Raise `RefusedError` for a package whose content types are not a workbook's."""
    types = _content_types(archive)
    if types is None:
        return  # nobody can tell: the reading itself says what is wrong
    if any(_BINARY in one for one in types):
        raise RefusedError(Refused.XLSB)
    if any(_is_main(one, _WORKBOOK_TYPES) for one in types):
        return
    if any(_is_main(one, _OFFICE_TYPES) for one in types):
        raise RefusedError(Refused.OTHER_OFFICE)
    names = " ".join((*types, *archive.members))
    for sign, what in _OTHERS:
        if sign in names:
            raise RefusedError(Refused.OTHER_PACKAGE, what)
    if any(one.startswith(("word/", "ppt/")) for one in archive.members):
        raise RefusedError(Refused.OTHER_OFFICE)
    if any(one.startswith("xl/") for one in archive.members):
        return
    raise RefusedError(Refused.OTHER_PACKAGE)


def _is_main(type_: str, families: Iterable[str]) -> bool:
    """Tell whether a content type is that of a main part (document.main+xml, sheet.main+xml)."""
    return type_.endswith("main+xml") and any(family in type_ for family in families)


def _content_types(archive: Archive) -> frozenset[str] | None:
    try:
        xml = archive.part(_TYPES)
        found = elements(xml, _TYPES) if xml else ()
    except RefusedError:
        return None
    kinds = (attributes.get("ContentType", "").lower() for _, attributes in found)
    return frozenset(kinds) if found else None


def _without_types(name: str, archive: Archive) -> tuple[Refused, str]:
    """Return what a zip is that is no package of Office."""
    members = archive.members
    if not members:
        return Refused.EMPTY_ARCHIVE, ""
    if "content.xml" in members and "mimetype" in members:
        return _odf(archive), ""
    if kind_by_name(name) is Refused.ARCHIVE:
        return Refused.ARCHIVE, ""
    if "index.zip" in members or any(one.endswith(".iwa") for one in members):
        document = suffix_of(name) in (".pages", ".key")
        return (Refused.OTHER_OFFICE if document else Refused.NUMBERS), ""
    for member, kind, what in _MEMBERS:
        if member in members:
            return kind, what
    return Refused.ARCHIVE, ""


def _odf(archive: Archive) -> Refused:
    try:
        kind = (archive.part("mimetype") or b"")[:200]
    except RefusedError:
        kind = b""
    other = b"opendocument." in kind and b"opendocument.spreadsheet" not in kind
    return Refused.OTHER_OFFICE if other else Refused.ODS
