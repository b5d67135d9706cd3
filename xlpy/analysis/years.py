"""This year beside the last (年度对比): matched by code and name, former ones too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import pandas as pd

from xlpy.analysis.inquiry import Before
from xlpy.model.decision import Decision
from xlpy.model.filing import Proof
from xlpy.model.keys import Key
from xlpy.policy.edition import Edition

_COLUMNS = (
    *("name", "grade_then", "grade", "score_then", "score", "rank_then", "rank"),
    *("subsidy_then", "subsidy"),
)
PROVED = ("events", "firms")
"""The measures of 附件4 that are compared, by id: what every ledger proves."""
_NEW, _GONE, _RENAMED, _DOUBTFUL = "上年没有", "本年没有", "上年名为{}", "上年有几家可对应，请核对"


def year_table(decisions: Sequence[Decision], edition: Edition, before: Before) -> pd.DataFrame:
    """Return 年度对比: a row a platform of this year, then those that were there last year only.

    A platform is that of last year with its code and name, with a former one of its names or
    codes (曾用名、原信用代码), else with its code alone where no other is that one.
    Grades are as each year's edition prints them, never mapped. Columns: name, then grade, score
    (points, Decimal), rank, subsidy (万元, Decimal) and what the ledger proves (`PROVED`, counts)
    of last year (`_then`) and of this year, and note.
    """
    found = dict(_pairs(decisions, before.evaluation.decisions))
    rows = []
    taken: set[int] = set()
    for at, one in enumerate(decisions):
        others = found.get(at, ())
        then = before.evaluation.decisions[others[0]] if len(others) == 1 else None
        taken.update(others)
        note = _note(one, then, len(others))
        rows.append({"name": one.name, **_now(one, edition), **_then(then, before), "note": note})
    for at, one in enumerate(before.evaluation.decisions):
        if at not in taken:
            rows.append({"name": one.name, **_then(one, before), "note": _GONE})
    proved = [f"{id}{when}" for id in PROVED for when in ("_then", "")]
    return pd.DataFrame(rows, columns=[*_COLUMNS, *proved, "note"], dtype=object)


def _pairs(
    now: Sequence[Decision], then: Sequence[Decision]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield for each platform of this year its places in last year's, by position."""
    by_key: dict[Key, list[int]] = {}
    by_code: dict[str, list[int]] = {}
    for at, one in enumerate(then):
        by_key.setdefault(one.key, []).append(at)
        if one.key.code:
            by_code.setdefault(one.key.code, []).append(at)
    keys = [tuple(dict.fromkeys((one.key, *one.former))) for one in now]
    exact = [[place for key in own for place in by_key.get(key, ())] for own in keys]
    taken = {place for places in exact for place in places}
    for at, own in enumerate(keys):
        codes = dict.fromkeys(key.code for key in own if key.code)
        same_code = [one for code in codes for one in by_code.get(code, ()) if one not in taken]
        places = tuple(dict.fromkeys(exact[at] or same_code))
        if places:
            yield at, places


def _note(one: Decision, then: Decision | None, others: int) -> str:
    if others > 1:
        return _DOUBTFUL
    if then is None:
        return _NEW
    return "" if then.key.name == one.key.name else _RENAMED.format(then.name)


def _now(one: Decision, edition: Edition) -> Mapping[str, object]:
    return {
        "grade": _grade(one, edition),
        "score": one.score.value,
        "rank": one.rank,
        "subsidy": one.subsidy,
        **_proved(one.filing.proof if one.filing else None),
    }


def _then(one: Decision | None, before: Before) -> Mapping[str, object]:
    if one is None:
        return {}
    told = _now(one, before.edition)
    return {f"{name}_then": value for name, value in told.items()}


def _grade(one: Decision, edition: Edition) -> str:
    return edition.printed(one.final) if one.final else one.state


def _proved(proof: Proof | None) -> Mapping[str, Decimal | None]:
    """Return what a ledger proves, summed over all areas, by measure; None where there is none.

    >>> from xlpy.model.filing import Tally
    >>> rows = {"甲类": Tally({"events": 5}), "乙类": Tally({"events": 2, "firms": 40})}
    >>> _proved(Proof(by_row=rows))
    {'events': Decimal('7'), 'firms': Decimal('40')}
    """
    if proof is None:
        return dict.fromkeys(PROVED)
    return {id: proof.over_all(id) for id in PROVED}
