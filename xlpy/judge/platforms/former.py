"""Platforms that were called otherwise (曾用名、原信用代码): whom an old name or code means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from xlpy.judge.terms import ROSTER, Terms
from xlpy.model.finding import Finding
from xlpy.model.keys import Key, key_of
from xlpy.model.staff import RosterRow


def former_keys(row: RosterRow) -> tuple[Key, ...]:
    """Return every code and name the platform of a row may stand under elsewhere, but its own."""
    if not (row.former_codes or row.former_names):
        return ()
    codes, names = (row.code, *row.former_codes), (row.name, *row.former_names)
    keys = (key_of(code, name) for code, name in product(codes, names))
    own = key_of(row.code, row.name)
    return tuple(key for key in dict.fromkeys(keys) if key != own)


def meant(roster: Sequence[RosterRow]) -> Mapping[Key, Key]:
    """Return whom each former key means: only where one platform answers to it."""
    own = {key_of(row.code, row.name) for row in roster}
    found = _answering(roster)
    return {
        key: next(iter(keys)) for key, keys in found.items() if key not in own and len(keys) == 1
    }


def alike(roster: Sequence[RosterRow], terms: Terms) -> Iterator[Finding]:
    """Yield R839 on every row for each former name or code two platforms would answer to."""
    names = {key_of(row.code, row.name): row.name or row.code for row in roster}
    found = _answering(roster)
    for row in roster:
        own = key_of(row.code, row.name)
        for key in former_keys(row):
            others = sorted(names[one] for one in {*found[key], *({key} & names.keys())} - {own})
            if others:
                words = {"former": _words(row, key), "name": row.name, "other": others[0]}
                yield terms.of_staff("R839", ROSTER, row.row, subject=row.name, **words)


def _answering(roster: Iterable[RosterRow]) -> Mapping[Key, set[Key]]:
    found: dict[Key, set[Key]] = defaultdict(set)
    for row in roster:
        for key in former_keys(row):
            found[key].add(key_of(row.code, row.name))
    return found


def _words(row: RosterRow, key: Key) -> str:
    """Return the former name, or code, of a key as staff typed it."""
    names = (name for name in row.former_names if key_of("", name).name == key.name)
    codes = (code for code in row.former_codes if key_of(code, "").code == key.code)
    return next(iter((*names, *codes)), key.name)
