"""Recusals typed where scores belong (写在分数栏里的回避)."""

from __future__ import annotations

from xlpy.model.filing import match_key
from xlpy.model.grid import CellValue
from xlpy.policy.form import BallotForm

_LONGEST = 2000
_NOT = frozenset("不无未没非否")
"""Signs that turn the words round: 不回避, 无利害关系."""


def means_recusal(value: CellValue, form: BallotForm) -> bool:
    """Tell whether what stands in a score's cell says 回避, in whatever words."""
    if not isinstance(value, str):
        return False
    typed = match_key(value[:_LONGEST])
    if not _NOT.isdisjoint(typed):
        return False
    return typed == form.recused_yes or any(word in typed for word in form.recusal_words)
