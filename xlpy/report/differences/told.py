"""All that two editions say otherwise (全部不同), by topic in the order of a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from xlpy.report.differences import asked, parameters, rule
from xlpy.report.differences.forms import forms
from xlpy.report.differences.side import Side


class Difference(NamedTuple):
    """One thing that is otherwise (一处不同): what it is about, and how, in one line."""

    topic: str
    text: str

    def __str__(self) -> str:
        """Return it as one line."""
        return f"{self.topic}：{self.text}"


_PARTS: tuple[tuple[str, Callable[[Side, Side], Iterator[str]]], ...] = (
    ("办法", rule.head),
    ("奖补标准", rule.subsidies),
    ("等次和比例", rule.grades),
    ("参评资格", asked.eligible),
    ("服务功能", asked.functions),
    ("服务类别", asked.areas),
    ("一票否决", asked.vetoes),
    ("待补正", asked.shortfalls),
    ("专家", rule.experts),
    ("参数", parameters.parameters),
    ("条款", rule.articles),
    ("称呼", rule.names),
    ("表格", forms),
)


def differences(old: Side, new: Side) -> tuple[Difference, ...]:
    """Return all that `new` says otherwise than `old`, by topic in the order of a rule."""
    return tuple(Difference(topic, text) for topic, told in _PARTS for text in told(old, new))
