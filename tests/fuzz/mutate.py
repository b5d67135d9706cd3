"""One mutation by chance (随机变异) of an honest workbook, and what may change by it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from tests.fuzz.odd import (
    FORMAT_PIECES,
    ODD_TEXTS,
    ODD_TOKENS,
    ODD_VALUES,
    SAYS_NOTHING,
    SHAPES,
)
from tests.hostile import honest
from tests.hostile.case import Target
from tests.hostile.honest import LEDGER, PROFILE, SUMMARY, Spot
from tests.kit.taken_apart import TakenApart, zipped

ANYTHING, NOTHING = ("*", "*"), ("", "")


class Mutant(NamedTuple):
    """A file, whose form it was, what was done to it, and where values may change by it.

    `where` is ANYTHING, NOTHING (the place does not count), or the cell that was typed over.
    """

    content: bytes
    target: Target
    how: str
    where: Spot


def mutant(seed: int, number: int) -> Mutant:
    """Return the mutant of this number; the same seed gives the same bytes."""
    chance = random.Random(f"{seed}/{number}")
    target: Target = chance.choices(("filing", "ballot", "staff"), (6, 2, 1))[0]
    parts: TakenApart = getattr(honest, target)()
    how = chance.choice(list(_KINDS))
    content, where = _KINDS[how](parts, chance, target)
    return Mutant(content, target, how, where)


Made = tuple[bytes, Spot]


def _bytes(parts: TakenApart, chance: random.Random, _: Target) -> Made:
    """Change bytes of the zip, packed or not."""
    raw = bytearray(parts.zipped(deflated=chance.random() < 0.5))
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(len(raw))
        size = chance.choice((1, 1, 2, 4, 64))
        match chance.randrange(4):
            case 0:
                raw[at] ^= 1 << chance.randrange(8)
            case 1:
                del raw[at : at + size]
            case 2:
                raw[at:at] = chance.randbytes(size)
            case _:
                raw[at:at] = raw[at : at + size]
    return bytes(raw), ANYTHING


def _members(parts: TakenApart, chance: random.Random, _: Target) -> Made:
    """Drop, double, rename, empty, cut or change two members."""
    members = parts.members()
    at, other = (chance.randrange(len(members)) for _ in "ab")
    name, body = members[at]
    match chance.randrange(7):
        case 0:
            del members[at]
        case 1:
            members.append((name, members[other][1]))
        case 2:
            names = (name.upper(), f"{name}x", f"../{name}", f"\\{name}")
            members[at] = (chance.choice(names), body)
        case 3:
            members[at] = (name, b"")
        case 4:
            members[at] = (name, body[: chance.randrange(len(body) + 1)])
        case 5:
            members[at], members[other] = (name, members[other][1]), (members[other][0], body)
        case _:
            chance.shuffle(members)
    return zipped(members), ANYTHING


def _tokens(parts: TakenApart, chance: random.Random, _: Target) -> Made:
    """Delete, double, swap, replace a tag or a text of one part."""
    name = _part(parts, chance)
    tokens = _split(parts.parts[name])
    at, other = (chance.randrange(len(tokens)) for _ in "ab")
    match chance.randrange(5):
        case 0:
            del tokens[at]
        case 1:
            tokens.insert(other, tokens[at])
        case 2:
            tokens[at], tokens[other] = tokens[other], tokens[at]
        case 3:
            tokens[at] = chance.choice(ODD_TOKENS)
        case _:
            tokens.insert(at, chance.choice(ODD_TOKENS))
    parts.parts[name] = b"".join(tokens)
    return parts.zipped(), ANYTHING


def _attributes(parts: TakenApart, chance: random.Random, _: Target) -> Made:
    """Change the value of an attribute, its name, or take it away."""
    name = _part(parts, chance)
    body = parts.parts[name]
    found = list(re.finditer(rb'\s([\w:]+)="([^"]*)"', body))
    one = chance.choice(found)
    key, value = one[1], one[2]
    new = chance.choice(
        (
            b"",
            b' %s="%s"' % (key, chance.choice(ODD_VALUES)),
            b' %s="%s"' % (key, chance.choice(found)[2]),
            b' y%s="%s"' % (key, value),
            b' %s="%s" %s="%s"' % (key, value, key, chance.choice(ODD_VALUES)),
        )
    )
    parts.parts[name] = body[: one.start()] + new + body[one.end() :]
    return parts.zipped(), ANYTHING


def _typed(parts: TakenApart, chance: random.Random, target: Target) -> Made:
    """Type over one cell."""
    spot = chance.choice(_cells(target))
    text = chance.choice(ODD_TEXTS)
    shape = chance.choice(SHAPES)
    parts.put(*spot, shape.replace("{}", text))
    return parts.zipped(), spot


def _formatted(parts: TakenApart, chance: random.Random, target: Target) -> Made:
    """Put one cell behind another number format."""
    spot = chance.choice(_cells(target))
    parts.format(*spot, "".join(chance.choices(FORMAT_PIECES, k=chance.randint(1, 6))))
    return parts.zipped(), spot


def _ignored(parts: TakenApart, chance: random.Random, target: Target) -> Made:
    """Add what says nothing: comments, instructions, foreign attributes, blanks far off."""
    sheet = parts.sheet(chance.choice(_READ[target]))
    body = parts.parts[sheet]
    said, below = chance.choice(SAYS_NOTHING)
    ends = [found.end() for found in re.finditer(rb"<sheetData>|</row>", body)]
    at = ends[-1] if below else chance.choice(ends)
    parts.parts[sheet] = body[:at] + said + body[at:]
    return parts.zipped(), NOTHING


def _other_parts(parts: TakenApart, chance: random.Random, target: Target) -> Made:
    """Break a part nobody reads."""
    read = {parts.sheet(name) for name in (*_READ[target], "_meta")}
    others = [name for name in parts.parts if "docProps" in name or "theme" in name]
    if target != "staff":  # of the staff's workbook every sheet is read
        others += [name for name in parts.parts if "/sheet" in name and name not in read]
    name = chance.choice(others)
    body = parts.parts[name]
    cut = chance.randrange(len(body) + 1)
    parts.parts[name] = chance.choice((b"", body[:cut], chance.randbytes(500), b"<a>" * 1000))
    return parts.zipped(), NOTHING


_KINDS: Mapping[str, Callable[[TakenApart, random.Random, Target], Made]] = {
    "bytes": _bytes,
    "members": _members,
    "tokens": _tokens,
    "attributes": _attributes,
    "typed": _typed,
    "formatted": _formatted,
    "ignored": _ignored,
    "other parts": _other_parts,
}
_READ: Mapping[Target, tuple[str, ...]] = {
    "filing": (PROFILE, LEDGER, SUMMARY, "附件2"),
    "ballot": (honest.BALLOT,),
    "staff": ("参评名单", "专家", "参数"),
}


def _part(parts: TakenApart, chance: random.Random) -> str:
    """Return one of the XML parts, those that are read more often than the others."""
    names = [name for name in parts.parts if name.endswith((".xml", ".rels"))]
    weights = [1 if "docProps" in name or "theme" in name else 4 for name in names]
    return chance.choices(names, weights)[0]


def _split(xml: bytes) -> list[bytes]:
    return re.findall(rb"<[^>]*>|[^<]+", xml) or [b""]


@cache
def _cells(target: Target) -> tuple[Spot, ...]:
    """Return the cells that are typed into."""
    if target == "filing":
        known = [spot for spot in honest.typed_cells() if spot[0] != "附件2"]
        return tuple(known)
    if target == "ballot":
        return tuple((honest.BALLOT, f"{letter}{row}") for row in (5, 6) for letter in "EFGHIJKLMN")
    return (("参评名单", "A4"), ("参评名单", "B4"), ("参评名单", "C4"), ("专家", "B4"))
