"""The add-in file xlpy.xlam (加载项): one hidden book with the macros and a ribbon tab."""

from __future__ import annotations

from xlpy.excel.writing.package import packed
from xlpy.excel.writing.write import Macros, document_parts
from xlpy.model.sheets.sheet import Document

RIBBON_PART = "customUI/customUI14.xml"

_TYPES = "[Content_Types].xml"
_RELATIONS = "_rels/.rels"
_BOOK = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN = b"application/vnd.ms-excel.addin.macroEnabled.main+xml"
_RIBBON = (
    '<Relationship Id="rIdRibbon" '
    'Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility" '
    f'Target="{RIBBON_PART}"/></Relationships>'
).encode("ascii")


def addin_bytes(document: Document, macros: Macros, ribbon: bytes) -> bytes:
    """Return the document as an add-in: other than a workbook by its type and its ribbon tab.

    Raises ValueError where XlsxWriter's package is not the one we know.
    """
    parts = document_parts(document, macros)
    parts[_TYPES] = _replaced(parts[_TYPES], _BOOK, _ADDIN)
    parts[_RELATIONS] = _replaced(parts[_RELATIONS], b"</Relationships>", _RIBBON)
    parts[RIBBON_PART] = ribbon
    return packed(parts)


def _replaced(part: bytes, old: bytes, new: bytes) -> bytes:
    if part.count(old) != 1:
        raise ValueError(f"not exactly one {old.decode('ascii')}")
    return part.replace(old, new)
