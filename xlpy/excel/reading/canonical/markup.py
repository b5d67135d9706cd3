"""The XML of a part (部件的 XML): well formed, as UTF-8, without a DTD, else refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, wraps
from pyexpat import ExpatError, ParserCreate, XMLParserType
from typing import Any, Concatenate, Final, NoReturn, ParamSpec, TypeVar

from xlpy.excel.reading.refused import ELEMENTS_BYTES, Refused, RefusedError

Elements = Sequence[tuple[str, Mapping[str, str]]]

_SHORT: Final = 2**17  # bytes of XML worth remembering
_P = ParamSpec("_P")
_T = TypeVar("_T")

_CONTROLS: Final = bytes({*range(32)} - {9, 10, 13})
_NO_SIGNS: Final = ("\ufffe", "\uffff")
_REFERENCES: Final = (b"&amp;", b"&lt;", b"&gt;", b"&quot;", b"&apos;")
_BOM: Final = b"\xef\xbb\xbf"
_WIDE: Final = {
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}
_DECLARED: Final = re.compile(
    rb"""<\?xml(?=\s)(?:[^>]*?\sencoding\s*=\s*["']([^"'>]*)["'])?[^>]*\?>"""
)
_USUAL: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    b'<?xml version="1.0" encoding="UTF-8"?>',
    b"<?xml version='1.0' encoding='UTF-8'?>",
    b"<worksheet ",
)
_UTF8: Final = frozenset({b"", b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_UTF16: Final = re.compile(rb"(?:utf-?16(?:-?[lb]e)?|(?:iso-10646-)?ucs-2)?")
# Under all of these ASCII means ASCII: a part of nothing else has one reading.
_LIKE_ASCII: Final = re.compile(rb"gbk|gb2312|gb18030|big5|shift_jis|(?:iso-8859|windows)-\d+")


def check_markup(xml: bytes, part: str) -> bytes:
    """Return the XML as UTF-8 without its byte order mark, after expat walked all of it.

    No callback runs for an element, so this takes about 7 ms a megabyte. It is what lets the
    scan use regular expressions, and it refuses what only lenient readers accept.
    """
    xml = utf8(xml, part)
    parse(xml, part)
    return xml


def proper_texts(xml: bytes) -> bool:
    """Tell quickly that texts between tags which were matched are proper XML; False is a doubt.

    Several times as fast as expat, which has to be asked where there is a doubt.
    """
    # One byte is looked for many times as fast as two.
    if b"]" in xml and b"]]>" in xml:
        return False
    if b"&" in xml and xml.count(b"&") > sum(map(xml.count, _REFERENCES)):
        return False
    if len(xml.translate(None, _CONTROLS)) < len(xml):
        return False
    try:
        text = xml.decode()
    except UnicodeDecodeError:
        return False
    return not any(sign in text for sign in _NO_SIGNS)


def remembered(
    reading: Callable[Concatenate[bytes, _P], _T],
) -> Callable[Concatenate[bytes, _P], _T]:
    """Let a reading of short XML remember the last ones.

    Forms begun from one blank are alike but for their cells.
    """
    known: Any = lru_cache(maxsize=32)(reading)

    @wraps(reading)
    def read(xml: bytes, /, *args: _P.args, **words: _P.kwargs) -> _T:
        again: Callable[..., _T] = known if len(xml) <= _SHORT else reading
        return again(xml, *args, **words)

    return read


@remembered
def elements(xml: bytes, part: str) -> Elements:
    """Return the elements of a small part in order: `namespace}name` and attributes.

    Raises `RefusedError`, also for a part that is not small.
    """
    if len(xml) > ELEMENTS_BYTES:
        raise RefusedError(Refused.TOO_MANY, f"部件 {part}")
    found: list[tuple[str, Mapping[str, str]]] = []

    def prepare(parser: XMLParserType) -> None:
        parser.StartElementHandler = lambda tag, attributes: found.append((tag, attributes))

    parse(utf8(xml, part), part, prepare)
    return tuple(found)


def utf8(xml: bytes, part: str) -> bytes:
    """Return the XML of a part as UTF-8 (统一编码), without byte order mark.

    UTF-16 is turned into it, and a declared encoding of another kind goes where the part holds
    nothing but ASCII. Raises `RefusedError` where readers would guess.
    """
    if xml.startswith(_USUAL):
        return xml
    wide = _WIDE.get(xml[:2])
    if wide:
        try:
            xml = xml.decode(wide).encode()
        except UnicodeError:
            raise RefusedError(Refused.DAMAGED, part) from None
    else:
        xml = xml.removeprefix(_BOM)
    declared = _DECLARED.match(xml)
    name = ((declared and declared[1]) or b"").lower()
    if wide:
        plain, known = False, _UTF16.fullmatch(name) is not None
    else:
        plain = name in _UTF8
        known = plain or (_LIKE_ASCII.fullmatch(name) is not None and xml.isascii())
    if not known or b"\0" in xml[:8]:
        raise RefusedError(Refused.NOT_UTF8, part)
    if plain or declared is None:
        return xml
    if _DECLARED.match(xml, declared.end()):
        raise RefusedError(Refused.DAMAGED, part)  # expat would take the second for the first
    return xml[declared.end() :]


def parse(xml: bytes, part: str, prepare: Callable[[XMLParserType], None] | None = None) -> None:
    """Let expat walk all of the XML, which is UTF-8; `prepare` sets the handlers.

    What defusedxml forbids is forbidden here too: every entity needs a DTD, and no DTD passes.
    Raises `RefusedError`.
    """
    parser = ParserCreate(encoding="utf-8", namespace_separator="}" if prepare else None)
    parser.StartDoctypeDeclHandler = _no_doctype
    if prepare:
        parser.buffer_text = True
        prepare(parser)
    try:
        parser.Parse(xml, True)
    except ExpatError:
        raise RefusedError(Refused.DAMAGED, part) from None
    except RefusedError as refused:
        raise RefusedError(refused.kind, refused.detail or part) from None


def _no_doctype(*_: Any) -> NoReturn:
    raise RefusedError(Refused.DTD)
