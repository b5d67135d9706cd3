"""What does not agree between 参评名单 and the filings (名单与申报表核对)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlpy.judge.platforms.former import alike
from xlpy.judge.platforms.matching import Match
from xlpy.judge.platforms.official import differing, is_unlisted
from xlpy.judge.platforms.pending import level_differs
from xlpy.judge.platforms.platform import Platform
from xlpy.judge.terms import ROSTER, Terms
from xlpy.model.filing import Filing
from xlpy.model.finding import Finding, Place
from xlpy.model.keys import key_of
from xlpy.model.staff import RosterRow

_NAME = 1
"""The place of the name in a key."""


def roster_findings(
    found: Sequence[tuple[Match, Platform]], roster: Sequence[RosterRow], terms: Terms
) -> Iterator[Finding]:
    """Yield what is wrong in the roster itself and between it and the filings."""
    yield from _incomplete(roster, terms)
    yield from alike(roster, terms)
    for match, platform in found:
        yield from _doubled(match, terms)
        yield from _level(match, platform, terms)
        yield from _attendance(match, platform, terms)
    yield from _half_matched([match for match, _ in found], terms)


def _incomplete(roster: Sequence[RosterRow], terms: Terms) -> Iterator[Finding]:
    """Yield R820 on every row that is written on and lacks its name or its code."""
    columns = terms.forms.staff.tables[ROSTER]
    for row in roster:
        parts = {"name": row.name, "code": row.code}
        missing = "、".join(columns.column(id).label for id, text in parts.items() if not text)
        if missing and (row.name or row.code or row.facts or row.level or row.number):
            words = {"name": row.name, "code": row.code, "missing": missing}
            yield terms.of_staff("R820", ROSTER, row.row, subject=row.name, **words)


def _doubled(match: Match, terms: Terms) -> Iterator[Finding]:
    """Yield R814 on every row of a platform that stands there twice."""
    for row in match.rows if len(match.rows) > 1 else ():
        other = next(one.row for one in match.rows if one is not row)
        words = {"name": row.name, "code": row.code, "other": other}
        yield terms.of_staff("R814", ROSTER, row.row, subject=row.name, **words)


def _level(match: Match, platform: Platform, terms: Terms) -> Iterator[Finding]:
    """Yield D603 where form and roster name two levels and nobody says why, D615 for the rest."""
    listed = platform.official.level
    for filing in match.filings:
        yield from differing(filing, platform.official, terms)
        if platform.explanation or is_unlisted(platform.official, terms):
            continue
        claimed = filing.text(terms.labels.level)
        if level_differs(claimed, listed):
            place = terms.in_profile(filing, terms.labels.level)
            yield _on(filing, "D603", place, terms, value=claimed, listed=listed)


def _attendance(match: Match, platform: Platform, terms: Terms) -> Iterator[Finding]:
    """Yield D604 or D608 for a filing of a platform marked 未参加, D605 where nothing came.

    Nobody that filed is published as absent without a reason: D608 cannot be accepted.
    """
    if platform.attendance:
        absent = platform.attendance == terms.edition.attendance.get("absent")
        for filing in match.filings:
            place = Place(filing.file)
            yield _on(
                filing, "D608" if absent else "D604", place, terms, attendance=platform.attendance
            )
    elif not (match.filings or match.unread):
        row = match.rows[0].row
        place = terms.in_staff(ROSTER, row)
        yield terms.finding("D605", place, subject=platform.name, name=platform.name)


def _half_matched(found: Sequence[Match], terms: Terms) -> Iterator[Finding]:
    """Yield D606 for a filing that shares code or name, not both, with a row nobody answers to.

    Where that row is marked 未参加 it is D607: nobody is both, and nobody is made public with a D
    under a name he has corrected. Only beside an excused one the same code may well be another
    platform of the operator.
    A part that is blank differs from nothing: R820 and the form's own findings tell of it.
    """
    columns = terms.forms.staff.tables[ROSTER]
    unanswered = [match.rows[0] for match in found if match.rows and not match.filings]
    unlisted = [match for match in found if match.key.whole and not match.rows]
    by_part: dict[tuple[int, str], RosterRow] = {}
    for row in sorted(unanswered, key=lambda one: one.row, reverse=True):
        key = key_of(row.code, row.name)
        if key.whole:
            by_part.update((part, row) for part in enumerate(key))
    words = (columns.column("code").label, columns.column("name").label)
    for match in unlisted:
        for part, text in enumerate(match.key):
            if (part, text) in by_part:
                row = by_part[part, text]
                same, differs = words[part], words[1 - part]
                differing = (terms.labels.code, terms.labels.name)[1 - part]
                for filing in match.filings:
                    place = terms.in_profile(filing, differing)
                    away = str(row.facts.get(terms.labels.attendance, ""))
                    told = {"name": row.name, "code": row.code, "same": same, "differs": differs}
                    if away == terms.edition.attendance.get("absent") or (away and part == _NAME):
                        yield _on(filing, "D607", place, terms, attendance=away, **told)
                    else:
                        yield _on(filing, "D606", place, terms, **told)


def _on(filing: Filing, code: str, place: Place, terms: Terms, /, **words: str) -> Finding:
    subject = filing.text(terms.labels.name)
    return terms.finding(code, place, subject=subject, digest=filing.digest, **words)
