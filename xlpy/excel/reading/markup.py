"""The XML of a part (部件的 XML): well formed, UTF-8, without a DTD, else refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pyexpat import ExpatError, ParserCreate
from typing import Any, Final, NoReturn

from xlpy.excel.reading.refused import Refused, RefusedError

Elements = Sequence[tuple[str, Mapping[str, str]]]

SHORT: Final = 2**17
"""Bytes of XML worth remembering: forms begun from one blank are alike but for their cells."""

_WIDE = (b"\xff\xfe", b"\xfe\xff")
_UTF8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})


def check_markup(xml: bytes, part: str) -> bytes:
    """Return the XML without its byte order mark, after expat walked all of it.

    No callback runs for an element, so this takes about 7 ms a megabyte. It is what lets the
    scan use regular expressions, and it refuses what only lenient readers accept.
    """
    _walk(xml, part, None)
    return xml.removeprefix(b"\xef\xbb\xbf")


def elements(xml: bytes, part: str) -> Elements:
    """Return the elements of a small part in order: `namespace}name` and attributes."""
    return (_known_elements if len(xml) <= SHORT else _elements)(xml, part)


def _elements(xml: bytes, part: str) -> Elements:
    found: list[tuple[str, Mapping[str, str]]] = []
    _walk(xml, part, lambda tag, attributes: found.append((tag, attributes)))
    return tuple(found)


_known_elements: Final = lru_cache(maxsize=16)(_elements)


def _walk(xml: bytes, part: str, start: Callable[[str, dict[str, str]], None] | None) -> None:
    # What defusedxml forbids is forbidden here too: every entity needs a DTD, and no DTD passes.
    if xml[:2] in _WIDE or b"\0" in xml[:8]:
        raise RefusedError(Refused.NOT_UTF8, part)
    parser = ParserCreate(namespace_separator="}" if start else None)
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.XmlDeclHandler = _only_utf8
    parser.StartElementHandler = start
    try:
        parser.Parse(xml, True)
    except ExpatError:
        raise RefusedError(Refused.DAMAGED, part) from None
    except RefusedError as refused:
        raise RefusedError(refused.kind, part) from None


def _no_doctype(*_: Any) -> NoReturn:
    raise RefusedError(Refused.DTD)


def _only_utf8(version: str, encoding: str | None, standalone: int) -> None:
    if encoding is not None and encoding.lower() not in _UTF8:
        raise RefusedError(Refused.NOT_UTF8)
