"""How the tables of a survey name things (称呼): editions, folders, what nobody knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from xlpy.model.survey import RuleOf
from xlpy.report.survey.totals import EditionUse

UNKNOWN = "（不详）"
"""Where no level or county is known."""

SHORT = 12
"""So many signs of a digest tell two editions apart (摘要)."""

MOST_NAMED = 5
"""Folders named in one sentence; the rest is counted."""

Names = Mapping[tuple[str, str], str]
"""What editions are called, by id and digest."""


def edition_names(editions: Iterable[EditionUse]) -> Names:
    """Return what each edition is called: its id, with its digest where two share one.

    >>> edition_names([])
    {}
    """
    keys = [key_of(one.rule) for one in editions]
    several = Counter(id for id, _ in keys)
    return {key: f"{key[0]}（{key[1][:SHORT]}）" if several[key[0]] > 1 else key[0] for key in keys}


def key_of(rule: RuleOf) -> tuple[str, str]:
    """Return what editions are told apart by: id and digest."""
    return rule.id, rule.digest


def listed(folders: Sequence[str]) -> str:
    """Return folders as a sentence names them, a few by name.

    >>> listed(["甲", "乙"])
    '“甲”、“乙”'
    """
    named = "、".join(f"“{one}”" for one in folders[:MOST_NAMED])
    return f"{named}等{len(folders)}个" if len(folders) > MOST_NAMED else named
