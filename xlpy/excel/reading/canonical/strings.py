"""The shared texts of a workbook (共享字符串), each as one plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from xlpy.excel.reading.canonical.markup import check_markup, proper_texts, utf8
from xlpy.excel.reading.canonical.sheet import Canon
from xlpy.excel.reading.canonical.values import decoded, escaped, spells
from xlpy.excel.reading.canonical.walk import SHEETS, Place, Walk
from xlpy.excel.reading.refused import (
    CELL_SIGNS,
    ODD_CELLS,
    QUOTED_SIGNS,
    TEXTS,
    Refused,
    RefusedError,
)
from xlpy.model.grid import Flaw, column_number

_OURS: Final = frozenset({"sst", "si", "t", "r"})
_PART: Final = "共享文字"
_ROOT: Final = re.compile(
    rb"""(?:<\?xml[^<>]*\?>)?\s*<sst((?: [\w:]+=(?:"[^"<]*"|'[^'<]*'))*)\s*>"""
)
_ATTRIBUTE: Final = re.compile(rb""" ([\w:]+)=["']([^"']*)""")
_PLAIN: Final = re.compile(
    rb'\s*+(?:<si><t(?: xml:space="preserve")?+>[^<]*+</t></si>\s*+)*+</sst>\s*+'
)
_SHARED: Final = re.compile(rb't="s"[^<>]*>(?:<f[^<>]*>[^<]*(?:</f>)?)?<v>([0-9]{1,9})</v>')
_QUOTING: Final = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"(?: s="[0-9]+")? t="s"><v>([0-9]{1,9})</v></c>'
)
_QUOTES: Final = b'<c r="A1" t="s"><v>0</v></c>'
_HEAD: Final = f'<sst xmlns="{SHEETS[0]}" uniqueCount="%d">'.encode()


class Strings(NamedTuple):
    """The texts in one shape, how many there are, and how long the longest is (bytes, about)."""

    xml: bytes
    texts: int
    longest: int


def shared_strings(xml: bytes) -> Strings:
    """Return the shared texts; raises `RefusedError` where readers could differ.

    A text longer than a cell can hold is cut one sign above that, so that it is told as too long.
    """
    xml = utf8(xml, _PART)
    return _plainly(xml) or _closely(xml)


def check_quoted(strings: Strings, bodies: Iterable[bytes]) -> None:
    """Raise `RefusedError` when cells quote long texts so often that memory would not hold them."""
    bodies = tuple(bodies)
    most = sum(map(len, bodies)) // len(_QUOTES)
    if most * strings.longest <= QUOTED_SIGNS:
        return
    lengths = [len(text) for text in strings.xml.split(b"<si>")[1:]]
    quoted = 0
    for body in bodies:
        for index in map(int, _SHARED.findall(body)):
            quoted += lengths[index] if index < len(lengths) else 0
    if quoted > QUOTED_SIGNS:
        raise RefusedError(Refused.TOO_MANY, "同一段很长的文字在表中出现了很多次")


def without_lost(sheet: Canon, texts: int) -> Canon:
    """Return a sheet without the cells whose text is not there (序号越界), which are told."""
    lost: dict[tuple[int, int], tuple[Flaw, str]] = dict(sheet.flaws)

    def kept(found: re.Match[bytes]) -> bytes:
        if int(found[3]) < texts:
            return found[0]
        at = int(found[2]) - 1, column_number(found[1])
        lost[at] = (Flaw.DOUBTFUL, "文件里没有这一格的文字，有的软件读作空白，有的读不出整张表")
        return b""

    body = _QUOTING.sub(kept, sheet.body)
    return sheet._replace(body=body, flaws=lost)


def _plainly(xml: bytes) -> Strings | None:
    """Return texts written the plain way, as they are: one `<t>` an item and nothing else."""
    root = _ROOT.match(xml)
    if root is None or not _PLAIN.fullmatch(xml, root.end()) or spells(xml):
        return None
    attributes = dict(_ATTRIBUTE.findall(root[1]))
    if attributes.get(b"xmlns", b"").decode("ascii", "replace") not in SHEETS:
        return None
    body = xml[root.end() :]
    items = body.split(b"<si>")
    texts, longest = len(items) - 1, max(map(len, items))
    if longest > CELL_SIGNS or texts > TEXTS:
        return None
    if proper_texts(body):
        check_markup(xml[: root.end()] + b"</sst>", _PART)
    else:
        check_markup(xml, _PART)
    return Strings(_HEAD % texts + body, texts, longest)


def _closely(xml: bytes) -> Strings:
    """Return the texts walked one by one and written again."""
    items: list[str] = []
    pieces: list[str] = []

    def begun(_: Mapping[str, str]) -> None:
        pieces.clear()

    def ended(_: str) -> None:
        if len(items) == ODD_CELLS:
            raise RefusedError(Refused.TOO_MANY, f"{_PART}超过{ODD_CELLS}条")
        items.append(decoded("".join(pieces))[: CELL_SIGNS + 1])

    Walk(_PART, _GRAMMAR, {"si": begun}, {"t": pieces.append, "si": ended}).through(xml)
    body = "".join(f'<si><t xml:space="preserve">{escaped(item)}</t></si>' for item in items)
    made = _HEAD % len(items) + body.encode() + b"</sst>"
    return Strings(made, len(items), 4 * max(map(len, items), default=0) + 50)


def _grammar() -> Place:
    text = Place("t", text=True)
    item = Place("si", text, Place("r", text, ours=_OURS), ours=_OURS)
    return Place("", Place("sst", item, ours=_OURS)).of(SHEETS)


_GRAMMAR: Final = _grammar()
