"""How the tables of a survey name things (称呼): editions, measures, what nobody knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from xlpy.model.survey import Measure, RuleOf
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


def measure_labels(measures: Sequence[Measure]) -> tuple[str, ...]:
    """Return the heading of each measure, with its unit where another has the same label.

    >>> firms = Measure(id="firms", label="服务企业数", unit="家")
    >>> measure_labels([firms, Measure(id="firms", label="服务企业数", unit="户")])
    ('服务企业数(家)', '服务企业数(户)')
    >>> measure_labels([firms])
    ('服务企业数',)
    """
    several = Counter(one.label for one in measures)
    return tuple(
        f"{one.label}({one.unit})" if several[one.label] > 1 else one.label for one in measures
    )


def listed(folders: Sequence[str]) -> str:
    """Return folders as a sentence names them, a few by name.

    >>> listed(["甲", "乙"])
    '“甲”、“乙”'
    """
    named = "、".join(f"“{one}”" for one in folders[:MOST_NAMED])
    return f"{named}等{len(folders)}个" if len(folders) > MOST_NAMED else named
