"""What an OLE container holds (复合文档甄别): an old workbook, a document, or something locked.

Only names in its directory are looked for, where an entry can begin; no stream is opened.
"""

from __future__ import annotations

from typing import Final

from xlpy.excel.reading.kinds.names import suffix_of
from xlpy.excel.reading.refused import Refused

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_TRIES: Final = 1_000  # places looked at for one name; a directory has it once
_WPS: Final = frozenset({".et", ".ett"})
_DOCUMENTS: Final = frozenset(
    {*(".doc", ".dot", ".docx", ".docm", ".wps", ".wpt", ".ppt", ".pps", ".pptx", ".dps", ".dpt")}
)


def kind_of_ole(name: str, raw: bytes) -> tuple[Refused, str]:
    """Return what an OLE container is, and a fact or "".

    A workbook may have documents embedded and the other way round; then its suffix tells.
    """
    suffix = suffix_of(name)
    if _holds(raw, "DRMEncryptedDataSpace", "\tDRMContent", "\tDRMDataSpace"):
        return Refused.IRM, ""
    if _holds(raw, "EncryptedPackage"):
        return (Refused.OTHER_OFFICE if suffix in _DOCUMENTS else Refused.ENCRYPTED), ""
    document = _holds(raw, "WordDocument", "PowerPoint Document")
    workbook = _holds(raw, "Workbook", "Book", "WorkBook")
    if suffix in _DOCUMENTS or (document and not workbook):
        return Refused.OTHER_OFFICE, ""
    if not workbook and _holds(raw, "__properties_version1.0", "__nameid_version1.0"):
        return Refused.MAIL, ""
    if not workbook and _holds(raw, "VisioDocument"):
        return Refused.OTHER_PACKAGE, "Visio 图"
    if suffix in _WPS:
        return Refused.WPS, ""
    if not workbook and suffix == ".msi":
        return Refused.PROGRAM, ""
    return (Refused.OLD_XLS, "") if workbook or suffix == ".xls" else (Refused.UNKNOWN, "")


def _holds(raw: bytes, *names: str) -> bool:
    """Tell whether one of the names stands in the container as a whole entry."""
    return any(_entry(raw, name.encode("utf-16-le")) for name in names)


def _entry(raw: bytes, name: bytes) -> bool:
    at = raw.find(name)
    for _ in range(_TRIES):
        if at < 0:
            break
        # A name ends with a zero, and nothing of its own stands before it.
        before, after = raw[at - 2 : at], raw[at + len(name) : at + len(name) + 2]
        if after in (b"", b"\0\0") and (at % 128 == 0 or before in (b"\0\0", OLE[-2:])):
            return True
        at = raw.find(name, at + 2)
    return False
