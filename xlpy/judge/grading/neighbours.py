"""Why a platform stands where it stands (名次理由): its neighbours and the rule that decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from xlpy.judge.grading.rank import SERVED, Contender, Group
from xlpy.judge.terms import Terms
from xlpy.model.decision import Reason
from xlpy.model.keys import Key
from xlpy.model.number import plain

_RULES = "tie_break"  # the parameter 同分排序规则
_FIRMS, _RESULT = "服务企业", "结果"


def rank_reasons(groups: Sequence[Group], terms: Terms) -> Mapping[Key, tuple[int, Reason]]:
    """Return rank (equal in everything = same rank: 1, 1, 3) and reason of every platform."""
    placed: dict[Key, tuple[int, Reason]] = {}
    rank = 1
    for index, group in enumerate(groups):
        above = groups[index - 1] if index else ()
        below = groups[index + 1] if index + 1 < len(groups) else ()
        for one in group:
            words = "；".join(_words(one, group, above, below, terms))
            alone = len(group) == 1 and not _level(one, above) and not _level(one, below)
            placed[one.key] = (rank, _reason(one, rank, words, alone, terms))
        rank += len(group)
    return placed


def _level(one: Contender, neighbours: Group) -> bool:
    """Tell whether the neighbours in the ranking have the same score."""
    return bool(neighbours) and neighbours[0].score == one.score


def _reason(one: Contender, rank: int, words: str, alone: bool, terms: Terms) -> Reason:
    """Cite the article of the ranking for a score alone: no article orders equal ones."""
    article = terms.edition.articles["quota"] if alone else ""
    place = f"第{rank}名"
    text = f"{one.name} {place}：{words}"
    return Reason("rank", article, text, f"得分{one.score}", "", place)


def _words(one: Contender, group: Group, above: Group, below: Group, terms: Terms) -> Iterator[str]:
    if len(group) > 1:
        others = "、".join(other.name for other in group if other is not one)
        rule = f"{terms.edition.parameter(_RULES).label}（{terms.decided(_RULES)}）"
        yield f"得分{one.score}与{others}相同，{rule}也分不出先后，名次并列"
    same_above, same_below = _level(one, above), _level(one, below)
    if same_above:
        yield f"得分{one.score}与{above[0].name}相同，{_decided(above[0], one, one, terms)}"
    if same_below:
        yield f"得分{one.score}与{below[0].name}相同，{_decided(one, below[0], one, terms)}"
    if len(group) == 1 and not same_above and not same_below:
        lower = f"，低于{above[0].name}的{above[0].score}" if above else "，为最高"
        yield f"得分{one.score}{lower}"


def _decided(first: Contender, second: Contender, told: Contender, terms: Terms) -> str:
    """Say what put `first` before `second`, as seen from the one the sentence is about."""
    whose = "" if told is first else first.name
    for number, rule in enumerate(terms.rules.tie_break, start=1):
        if first.merit([rule]) != second.merit([rule]):
            basis = f"{terms.edition.parameter(_RULES).label}第{number}条"
            return f"{whose}{_strength(first, rule, terms)}优先（{basis}，{terms.decided(_RULES)}）"
    return f"按{terms.edition.meeting}并列裁定{'在前' if told is first else '在后'}"


def _strength(first: Contender, rule: str, terms: Terms) -> str:
    """Say what a platform has ahead of the next: its choice, or its larger number."""
    field, answer = terms.forms.filing.field(rule), first.answers[rule]
    if not isinstance(answer, Decimal):
        return f"{field.label.removesuffix(_RESULT)}“{answer}”"
    name = _FIRMS if rule == SERVED else field.label
    return f"{name}{plain(answer)}{field.unit}较多，"
