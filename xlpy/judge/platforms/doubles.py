"""Filings that look like one another (重复的申报表)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from xlpy.judge.platforms.matching import Match, filing_key
from xlpy.judge.terms import Labels
from xlpy.model.filing import Filing
from xlpy.model.finding import Finding, Place
from xlpy.model.keys import folded, outline
from xlpy.policy.findings.catalogue import finding

_NAMED = 3
"""How many other files one finding names before it says 等."""


def doubled_filings(found: Sequence[Match], labels: Labels) -> Iterator[Finding]:
    """Yield D601 on every filing of a platform that sent two or more; last year's have F110."""
    for match in found:
        current = [one for one in match.filings if one.current]
        files = _counted(one.file for one in current)
        for filing in current if len(current) > 1 else ():
            yield _on(filing, "D601", labels, other=_listed(files, Counter((filing.file,))))


def shared_codes(
    found: Sequence[Match], labels: Labels, told: Collection[frozenset[str]] = ()
) -> Iterator[Finding]:
    """Yield D602 on every filing whose credit code another platform also gives.

    It is D616, an error, where the two names differ in nothing a glance would see.

    Two filings of one platform that was renamed are none. `told` are groups of files of which
    something graver says so already.
    """
    by_code: dict[str, list[Filing]] = defaultdict(list)
    own: dict[str, frozenset[str]] = {}
    for match in found:
        files = frozenset(one.file for one in match.filings)
        own |= dict.fromkeys(files, files)
        for filing in match.filings:
            if code := folded(filing.text(labels.code)):
                by_code[code].append(filing)
    for group in by_code.values():
        if len(group) > 1:
            yield from _of_code(group, labels, own, told)


def _of_code(
    group: Sequence[Filing],
    labels: Labels,
    own: Mapping[str, frozenset[str]],
    told: Collection[frozenset[str]],
) -> Iterator[Finding]:
    """Yield D602 or D616 on the filings of one code: each leaves few out, however many."""
    by_file = {one.file: one for one in group}
    same: dict[str, set[str]] = defaultdict(set)
    nearly: dict[str, set[str]] = defaultdict(set)
    for one in group:
        same[filing_key(one, labels).name].add(one.file)
        nearly[outline(one.text(labels.name))].add(one.file)
    files, names = _counted(by_file), _counted(_named(one, labels) for one in by_file.values())
    for filing in group if len(same) > 1 else ():
        mine = same[filing_key(filing, labels).name] | own[filing.file]
        mine = mine.union(*(each for each in told if filing.file in each)) & by_file.keys()
        if len(mine) < len(by_file):
            other = _listed(files, Counter(mine))
            left_out = Counter(_named(by_file[file], labels) for file in mine)
            name = outline(filing.text(labels.name))
            code = "D616" if name and not nearly[name] <= mine else "D602"
            yield _on(filing, code, labels, other=other, name=_listed(names, left_out))


def _counted(names: Iterable[str]) -> Mapping[str, int]:
    """Return how often each name comes, sorted by name."""
    return dict(sorted(Counter(iter(names)).items()))


def _named(filing: Filing, labels: Labels) -> str:
    return filing.text(labels.name) or "未填写"


def _on(filing: Filing, code: str, labels: Labels, /, **words: Any) -> Finding:
    place, subject = Place(filing.file), filing.text(labels.name)
    return finding(code, place, subject=subject, digest=filing.digest, **words)


def _listed(names: Mapping[str, int], without: Mapping[str, int]) -> str:
    """Return the first of these sorted names and how many there are, without those left out."""
    gone = {name for name, count in without.items() if names[name] == count}
    count = len(names) - len(gone)
    left = (name for name in names if name not in gone)
    return "、".join(islice(left, _NAMED)) + (f"等{count}个" if count > _NAMED else "")
