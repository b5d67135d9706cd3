"""One change of an honest form (一处改动), as the kinds of cases use it."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.hostile import honest
from tests.hostile.honest import PROFILE
from tests.kit.taken_apart import LINKS, WORKBOOK, TakenApart

Change = Callable[[TakenApart], None]


def changed(change: Change, base: str = "filing") -> TakenApart:
    """Return an honest form with one change."""
    parts: TakenApart = getattr(honest, base)()
    change(parts)
    return parts


def on_sheet(sheet: str, old: str, new: str) -> Change:
    """Replace what stands on a sheet of the filing."""
    return lambda parts: parts.change(parts.sheet(sheet), old, new)


def in_workbook(old: str, new: str) -> Change:
    """Replace what stands in the workbook part."""
    return lambda parts: parts.change(WORKBOOK, old, new)


def in_links(old: str, new: str) -> Change:
    """Replace what stands in the workbook's relations."""
    return lambda parts: parts.change(LINKS, old, new)


def rewritten(spot: tuple[str, str], new: str) -> Change:
    """Write a cell anew, its address and style too."""
    return lambda parts: parts.change(parts.sheet(spot[0]), parts.cell(*spot), new)


def on_row(turned: Callable[[str], str]) -> Change:
    """Change the row of 服务收入 as a whole."""

    def change(parts: TakenApart) -> None:
        part = parts.sheet(PROFILE)
        body = parts.parts[part].decode()
        start = body.index('<row r="23"')
        end = body.index("</row>", start) + len("</row>")
        parts.parts[part] = (body[:start] + turned(body[start:end]) + body[end:]).encode()

    return change


def all_prefixed(prefix: bytes, xml: bytes) -> bytes:
    """Put every element of the part's own namespace behind a prefix."""
    head, found, body = re.split(rb'(xmlns="[^"]*")', xml, maxsplit=1)
    declared = found.replace(b"xmlns=", b"xmlns:" + prefix + b"=")
    whole = head + declared + body
    return re.sub(rb"<(/?)([A-Za-z]\w*)(?=[\s/>])", rb"<\1" + prefix + rb":\2", whole)
