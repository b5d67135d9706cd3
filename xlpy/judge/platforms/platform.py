"""The platforms of the case (平台): from the filings that came and the rows of 参评名单."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlpy.judge.platforms.facts import verified
from xlpy.judge.platforms.matching import Match, matches
from xlpy.judge.platforms.pending import doubts
from xlpy.judge.terms import Facts, Terms
from xlpy.model.filing import Filing
from xlpy.model.keys import Key, key_of
from xlpy.model.staff import RosterRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One platform (平台). `doubts` say why it is 待核实; `facts` are claims and checks together.

    `filing` is None when none came, none could be read, or two came and neither is chosen, also
    where one of the two could not be read. So it is where the form is another year's.
    `attendance` is the word of the roster column 未参加, "" for a platform that takes part.
    """

    key: Key
    code: str
    name: str
    level: str
    filing: Filing | None
    facts: Facts
    checked: Facts
    attendance: str
    doubts: tuple[str, ...]
    file: str

    @property
    def order(self) -> tuple[str, str, str]:
        """Return what sorts platforms that nothing else tells apart."""
        return (self.name, self.code, self.file)


def platforms(
    filings: Sequence[Filing], roster: Sequence[RosterRow], terms: Terms
) -> tuple[tuple[Match, Platform], ...]:
    """Return every platform with what came for it, sorted by name and code."""
    came = matches(filings, roster, terms.labels, terms.forms.filing.file)
    found = [(one, _platform(one, terms)) for one in came]
    return tuple(sorted(found, key=lambda pair: pair[1].order))


def _platform(match: Match, terms: Terms) -> Platform:
    labels = terms.labels
    checked, listed_level, disputed = verified(match.rows, labels.level)
    alone = len(match.filings) == 1 and not match.unread
    filing = match.filings[0] if alone and match.filings[0].current else None
    claims = filing.answers if filing else {}
    code, name = _names(match, terms)
    attendance = checked.get(labels.attendance, "")
    return Platform(
        key=key_of(code, name),
        code=code,
        name=name,
        level=_level(match, listed_level, terms),
        filing=filing,
        facts={**claims, **checked},
        checked=checked,
        attendance=attendance if isinstance(attendance, str) else "",
        doubts=doubts(match, listed_level, disputed, terms),
        file=next((one.file for one in (*match.filings, *match.unread)), ""),
    )


def _names(match: Match, terms: Terms) -> tuple[str, str]:
    """Return code and name as typed in the filing, else in the roster; the file's name at worst."""
    typed = [(one.text(terms.labels.code), one.text(terms.labels.name)) for one in match.filings]
    typed += [(row.code, row.name) for row in match.rows]
    files = [one.file for one in (*match.filings, *match.unread)]
    code = next((code for code, _ in typed if code), "")
    name = next((name for _, name in typed if name), "")
    return code, name or next(iter(files), code)


def _level(match: Match, listed: str, terms: Terms) -> str:
    """Return the level the filings agree on, else the roster's; "" where they disagree."""
    levels = {one.text(terms.labels.level) for one in match.filings}
    if len(levels) > 1:
        return ""
    return next(iter(levels), "") or listed
