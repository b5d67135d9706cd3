"""Which filing belongs to which row of 参评名单 (申报表与名单对应)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from xlpy.judge.platforms.former import former_keys, meant
from xlpy.judge.platforms.unread import Known, known, owner
from xlpy.judge.terms import Labels
from xlpy.model.filing import Filing
from xlpy.model.finding import Severity
from xlpy.model.keys import Key, key_of
from xlpy.model.staff import RosterRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """All that came for one platform (同一平台的材料): filings by file name, rows by row number.

    `unread` are files that could not be read and that by their names are this platform's.
    """

    key: Key
    filings: tuple[Filing, ...] = ()
    rows: tuple[RosterRow, ...] = ()
    unread: tuple[Filing, ...] = ()

    @property
    def former(self) -> tuple[Key, ...]:
        """Return what its rows say it was called before (曾用名、原信用代码)."""
        keys = (key for row in self.rows for key in former_keys(row))
        return tuple(dict.fromkeys(keys))


def matches(
    filings: Sequence[Filing], roster: Sequence[RosterRow], labels: Labels, blank: str = ""
) -> tuple[Match, ...]:
    """Return every platform once: by code and name, by one of them where the other is blank.

    A filing under a former name or code is its platform's.

    A code or a name alone pairs only where there is one candidate and nothing better for it.
    `blank` is the file name of the form as it is sent out.
    """
    came = _filings(filings, labels, meant(roster))
    listed = _rows(roster)
    pairs = {key: key for key in came if key in listed}
    for key, row_key in _loose_pairs(came, listed, pairs):
        pairs[key] = row_key
    paired = set(pairs.values())
    found = (
        *(
            Match(
                filings=tuple(group),
                rows=tuple(listed[pairs[key]]) if key in pairs else (),
                key=key,
            )
            for key, group in came.items()
            if key.whole or len(group) == 1
        ),
        *(
            Match(filings=(one,), key=key)
            for key, group in came.items()
            if not key.whole and len(group) > 1
            for one in group
        ),
        *(Match(rows=tuple(group), key=key) for key, group in listed.items() if key not in paired),
    )
    return _with_unread(found, filings, labels, blank)


def filing_key(filing: Filing, labels: Labels) -> Key:
    """Return the key a filing gives itself."""
    return key_of(filing.text(labels.code), filing.text(labels.name))


def _with_unread(
    found: Sequence[Match], filings: Iterable[Filing], labels: Labels, blank: str
) -> tuple[Match, ...]:
    """Give every file nobody could read to the platform it is of, else to one of its own.

    A platform marked 未参加 is judged by that alone, so a file stays beside it, where it is seen.
    """
    failed = [one for one in filings if not one.readable and _failed(one)]
    if not failed:
        return tuple(found)
    names = [_known(one, labels, blank) for one in found]
    unread: dict[int, list[Filing]] = defaultdict(list)
    alone: list[Match] = []
    for one in sorted(failed, key=lambda one: (one.file, one.digest)):
        at = owner(one.file, names)
        if at is None or any(labels.attendance in row.facts for row in found[at].rows):
            alone.append(Match(key=Key("", ""), unread=(one,)))
        else:
            unread[at].append(one)
    given = (replace(one, unread=tuple(unread[at])) for at, one in enumerate(found))
    return (*given, *alone)


def _known(match: Match, labels: Labels, blank: str) -> Known:
    words = [one.text(label) for one in match.filings for label in (labels.code, labels.name)]
    words += [
        part
        for row in match.rows
        for part in (row.code, row.name, *row.former_codes, *row.former_names)
    ]
    return known(words, [one.file for one in match.filings], blank)


def _failed(filing: Filing) -> bool:
    """Tell whether the file stands for a platform: no leftover of a program, no scan."""
    return not filing.stray and any(one.severity is Severity.ERROR for one in filing.findings)


def _filings(
    filings: Iterable[Filing], labels: Labels, renamed: Mapping[Key, Key]
) -> Mapping[Key, list[Filing]]:
    groups: dict[Key, list[Filing]] = defaultdict(list)
    for filing in sorted(filings, key=lambda one: (one.file, one.digest)):
        if filing.readable:
            key = filing_key(filing, labels)
            groups[renamed.get(key, key)].append(filing)
    return groups


def _rows(roster: Iterable[RosterRow]) -> Mapping[Key, list[RosterRow]]:
    groups: dict[Key, list[RosterRow]] = defaultdict(list)
    for row in sorted(roster, key=lambda one: one.row):
        key = key_of(row.code, row.name)
        if any(key):
            groups[key].append(row)
    return groups


def _loose_pairs(
    came: Mapping[Key, list[Filing]], listed: Mapping[Key, list[RosterRow]], exact: Iterable[Key]
) -> list[tuple[Key, Key]]:
    """Pair keys with a blank part: each side must have one candidate only."""
    settled = set(exact)
    by_part: dict[tuple[int, str], tuple[list[Key], list[Key]]] = defaultdict(lambda: ([], []))
    for side, keys in enumerate((came, listed)):
        for key in keys:
            for part, text in enumerate(key):
                if text:
                    by_part[part, text][side].append(key)
    pairs = []
    for ours, theirs in by_part.values():
        if len(ours) == len(theirs) == 1 and not (ours[0].whole and theirs[0].whole):
            filing, row = ours[0], theirs[0]
            if settled.isdisjoint((filing, row)) and len(came[filing]) == 1:
                pairs.append((filing, row))
                settled |= {filing, row}
    return pairs
