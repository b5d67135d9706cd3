"""The platforms of the case (平台): from the filings that came and the rows of 参评名单."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlpy.judge.platforms.facts import told, verified
from xlpy.judge.platforms.matching import Match, matches
from xlpy.judge.platforms.official import NOTHING_CONFIRMED, Official, is_unlisted, official
from xlpy.judge.platforms.pending import doubts, level_differs
from xlpy.judge.terms import Facts, Terms
from xlpy.model.filing import Filing
from xlpy.model.keys import Key, key_of
from xlpy.model.staff import RosterRow
from xlpy.visible import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One platform (平台). `doubts` say why it is 待核实; `facts` are claims and checks together.

    `filing` is None when none came, none could be read, or two came and neither is chosen, also
    where one of the two could not be read. So it is where the form is another year's.
    `attendance` is the word of the roster column 未参加, "" for a platform that takes part.
    `explanation` and `visit` (实地考察) are what the roster says beside its facts,
    `official` what it says of the recognition, `row` its first row. `former` are the keys the
    platform was known by before.
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
    explanation: str = ""
    visit: str = ""
    official: Official = NOTHING_CONFIRMED
    former: tuple[Key, ...] = ()
    row: RosterRow | None = None

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
    checked, disputed = verified(match.rows)
    listed, unsettled = official(match.rows, terms)
    explanation = told(row.explanation for row in match.rows)
    alone = len(match.filings) == 1 and not match.unread
    filing = match.filings[0] if alone and match.filings[0].current else None
    claims = filing.answers if filing else {}
    code, name = _names(match, terms)
    attendance = checked.get(labels.attendance, "")
    return Platform(
        key=key_of(code, name),
        code=code,
        name=name,
        level=_level(match, listed, explanation, terms),
        filing=filing,
        facts={**claims, **checked} if checked else claims,
        checked=checked,
        attendance=attendance if isinstance(attendance, str) else "",
        doubts=doubts(match, listed, explanation, (*disputed, *unsettled), terms),
        file=next((one.file for one in (*match.filings, *match.unread)), ""),
        explanation=explanation,
        official=listed,
        former=match.former,
        row=match.rows[0] if match.rows else None,
        visit=told(row.visit for row in match.rows),
    )


def _names(match: Match, terms: Terms) -> tuple[str, str]:
    """Return code and name as typed in the filing, else in the roster; the file's name at worst.

    A filing under a former name or code is told by today's.
    """
    claimed = [(one.text(terms.labels.code), one.text(terms.labels.name)) for one in match.filings]
    listed = [(row.code, row.name) for row in match.rows]
    is_old = any(key_of(*one) in match.former for one in claimed)
    typed = [*listed, *claimed] if is_old else [*claimed, *listed]
    files = [visible(one.file) for one in (*match.filings, *match.unread)]
    code = next((code for code, _ in typed if code), "")
    name = next((name for _, name in typed if name), "")
    return code, name or next(iter(files), code)


def _level(match: Match, listed: Official, explanation: str, terms: Terms) -> str:
    """Return the level the filings agree on, else the roster's; "" where they disagree.

    The roster's decides where it says 未认定, or why it is another than the form's (核实说明).
    """
    levels = {one.text(terms.labels.level) for one in match.filings}
    if len(levels) > 1:
        return ""
    claimed = next(iter(levels), "")
    decides = is_unlisted(listed, terms) or (explanation and level_differs(claimed, listed.level))
    return listed.level if decides or not claimed else claimed
