"""The XML of a part (部件的 XML): well formed, UTF-8, without a DTD, else refused."""

from __future__ import annotations

from pyexpat import ExpatError, ParserCreate
from typing import Any, NoReturn

from defusedxml.ElementTree import DefusedXMLParser

from xlpy.excel.refused import Refused, RefusedError

_WIDE = (b"\xff\xfe", b"\xfe\xff")
_UTF8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})


def check_markup(xml: bytes, part: str) -> bytes:
    """Return the XML without its byte order mark, after expat walked all of it.

    No callback runs for an element, so this takes about 7 ms a megabyte. It is what lets the
    scan use regular expressions, and it refuses what only lenient readers accept.
    """
    if xml[:2] in _WIDE or b"\0" in xml[:8]:
        raise RefusedError(Refused.NOT_UTF8, part)
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.XmlDeclHandler = _only_utf8
    try:
        parser.Parse(xml, True)
    except ExpatError:
        raise RefusedError(Refused.DAMAGED, part) from None
    except RefusedError as refused:
        raise RefusedError(refused.kind, part) from None
    return xml.removeprefix(b"\xef\xbb\xbf")


def elements(xml: bytes, part: str) -> list[tuple[str, dict[str, str]]]:
    """Return the elements of a small part in order: `{namespace}name` and attributes."""
    check_markup(xml, part)
    parser = DefusedXMLParser(target=_Collector(), forbid_dtd=True)
    parser.feed(xml)
    found: list[tuple[str, dict[str, str]]] = parser.close()
    return found


class _Collector:
    """Keeps start tags only; a tree of a workbook's styles can be large."""

    def __init__(self) -> None:
        self.found: list[tuple[str, dict[str, str]]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.found.append((tag, attributes))

    def end(self, tag: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass

    def close(self) -> list[tuple[str, dict[str, str]]]:
        return self.found


def _no_doctype(*_: Any) -> NoReturn:
    raise RefusedError(Refused.DTD)


def _only_utf8(version: str, encoding: str | None, standalone: int) -> None:
    if encoding is not None and encoding.lower() not in _UTF8:
        raise RefusedError(Refused.NOT_UTF8)
