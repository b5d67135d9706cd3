"""The judging tried otherwise (方法比较、去一专家): one thing changed, all else as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from xlpy.judge.trial import Trial
from xlpy.model.meeting import LINE, METHOD, WEIGHT, WITHOUT, Variation
from xlpy.model.number import plain
from xlpy.policy.edition import Rules

_CHOSEN = ("aggregation", "quota_base")
_DECIMALS = "score_decimals"
_MOST_DECIMALS = 2
_STEP = Decimal(1)  # points, of a line
_SHARE = Fraction(1, 10)  # of a weight


def now(trial: Trial) -> Variation:
    """Return the judging as it is (现行结果), to compare the others with."""
    return _variation(trial, "", "", "现行方法")


def without_each(trial: Trial) -> Iterator[Variation]:
    """Yield the judging without each expert in turn, by id (去一专家)."""
    for id, _ in trial.votes.experts:
        yield _variation(trial.without(id), WITHOUT, id, f"去掉专家{id}")


def other_methods(trial: Trial) -> Iterator[Variation]:
    """Yield the judging under every other method the meeting may ask about (方法比较).

    The other ways to put scores together and to count the base, 0 to 2 decimals, each line one
    point up and down as long as the lines still fall, each weight a tenth up and down with the
    others scaled to the same total.
    """
    yield from _by_choice(trial)
    yield from _by_decimals(trial)
    yield from _by_line(trial)
    yield from _by_weight(trial)


def _variation(trial: Trial, kind: str, subject: str, words: str) -> Variation:
    outcome = trial.outcome()
    return Variation(kind, subject, words, outcome.base, outcome.quota, outcome.decisions)


def _under(trial: Trial, rules: Rules, id: str, value: str) -> Trial:
    """Return the trial under these rules; whoever reads `chosen` finds the tried value there."""
    _, by = rules.chosen[id]
    return trial.under(replace(rules, chosen={**rules.chosen, id: (value, by)}))


def _by_choice(trial: Trial) -> Iterator[Variation]:
    rules = trial.terms.rules
    for id in _CHOSEN:
        parameter = trial.terms.edition.parameter(id)
        for value, words in parameter.choices.items():
            if value == getattr(rules, id):
                continue
            changed = (
                replace(rules, aggregation=value)
                if id == _CHOSEN[0]
                else replace(rules, quota_base=value)
            )
            tried = _under(trial, changed, id, value)
            yield _variation(tried, METHOD, id, f"{parameter.label}：{words}")


def _by_decimals(trial: Trial) -> Iterator[Variation]:
    rules, parameter = trial.terms.rules, trial.terms.edition.parameter(_DECIMALS)
    for places in range(_MOST_DECIMALS + 1):
        if places != rules.score_decimals:
            tried = _under(trial, replace(rules, score_decimals=places), _DECIMALS, f"{places}")
            yield _variation(tried, METHOD, _DECIMALS, f"{parameter.label}：{places}")


def _by_line(trial: Trial) -> Iterator[Variation]:
    rules, edition = trial.terms.rules, trial.terms.edition
    for grade in edition.grades:
        for step in (_STEP, -_STEP) if grade.line else ():
            line = rules.lines[grade.name] + step
            lines = {**rules.lines, grade.name: line}
            fall = [lines[one.name] for one in edition.grades if one.line]
            if any(above <= below for above, below in pairwise(fall)) or fall[-1] <= 0:
                continue
            tried = _under(trial, replace(rules, lines=lines), grade.line, plain(line))
            label = edition.parameter(grade.line).label
            yield _variation(tried, LINE, grade.line, f"{label}：{plain(line)}")


def _by_weight(trial: Trial) -> Iterator[Variation]:
    areas, rubric = trial.terms.edition.areas, [Fraction(w) for w in trial.terms.rules.rubric]
    total = sum(rubric)
    for at, (area, weight) in enumerate(zip(areas, rubric, strict=True)):
        for share in (_SHARE, -_SHARE):
            new = weight * (1 + share)
            if not weight or weight == total or new >= total:
                continue  # nothing to weigh, or nothing to make up for it
            scale = (total - new) / (total - weight)
            weights = [new if n == at else one * scale for n, one in enumerate(rubric)]
            words = f"{area.name}分值{'增加' if share > 0 else '减少'}一成"
            yield _variation(trial.weighed(weights), WEIGHT, area.id, words)
