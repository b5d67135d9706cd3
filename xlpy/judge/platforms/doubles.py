"""Filings that look like one another (重复的申报表)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

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
        if len(current) > 1:
            for filing in current:
                others = [one.file for one in current if one is not filing]
                yield _on(filing, "D601", labels, other=_listed(others))


def shared_codes(
    found: Sequence[Match], labels: Labels, told: Collection[frozenset[str]] = ()
) -> Iterator[Finding]:
    """Yield D602 on every filing whose credit code another platform also gives.

    It is D616, an error, where the two names differ in nothing a glance would see.

    Two filings of one platform that was renamed are none. `told` are groups of files of which
    something graver says so already.
    """
    by_code: dict[str, list[Filing]] = defaultdict(list)
    own: dict[str, list[str]] = {}
    for match in found:
        for filing in match.filings:
            own[filing.file] = [one.file for one in match.filings]
            if code := folded(filing.text(labels.code)):
                by_code[code].append(filing)
    for group in by_code.values():
        for filing in group:
            name = filing_key(filing, labels).name
            known = {*own[filing.file]}.union(*(files for files in told if filing.file in files))
            others = [
                one
                for one in group
                if filing_key(one, labels).name != name and one.file not in known
            ]
            if others:
                files = _listed([one.file for one in others])
                names = _listed([one.text(labels.name) or "未填写" for one in others])
                own_name = outline(filing.text(labels.name))
                alike = any(outline(one.text(labels.name)) == own_name for one in others)
                code = "D616" if alike and own_name else "D602"
                yield _on(filing, code, labels, other=files, name=names)


def _on(filing: Filing, code: str, labels: Labels, /, **words: str) -> Finding:
    place, subject = Place(filing.file), filing.text(labels.name)
    return finding(code, place, subject=subject, digest=filing.digest, **words)


def _listed(names: list[str]) -> str:
    names = sorted(dict.fromkeys(names))
    more = f"等{len(names)}个" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more
