"""Facts that staff verified (核实结果): they replace what the form says, upwards or downwards."""

from __future__ import annotations

from collections.abc import Sequence

from xlpy.judge.terms import Facts, Terms, said
from xlpy.model.decision import Reason
from xlpy.model.filing import Answer
from xlpy.model.staff import RosterRow


def verified(
    rows: Sequence[RosterRow], level_label: str
) -> tuple[dict[str, Answer], str, tuple[str, ...]]:
    """Return what the roster rows of one platform say: facts, level, and labels in dispute.

    Where doubled rows disagree nothing is chosen: the label is in dispute.
    """
    facts: dict[str, Answer] = {}
    disputed: list[str] = []
    for label in sorted({label for row in rows for label in row.facts}):
        values = {row.facts[label] for row in rows if label in row.facts}
        if len(values) == 1:
            facts[label] = values.pop()
        else:
            disputed.append(label)
    levels = {row.level for row in rows if row.level}
    if len(levels) > 1:
        disputed.append(level_label)
    return facts, levels.pop() if len(levels) == 1 else "", tuple(disputed)


def replacements(claimed: Facts, checked: Facts, terms: Terms) -> tuple[Reason, ...]:
    """Return one reason for each fact of Art. 6, 7, 9 or 16 that staff filled in."""
    return tuple(
        _replacement(label, claimed.get(label), checked[label], article)
        for label, article in _asked(terms).items()
        if label in checked
    )


def _asked(terms: Terms) -> dict[str, str]:
    """Return the labels the rule asks for in vetoes and shortfalls, with their article."""
    grounds = (*terms.edition.vetoes, *terms.edition.shortfalls)
    asked: dict[str, str] = {}
    for ground in grounds:
        if ground.condition.field != terms.labels.attendance:
            asked.setdefault(ground.condition.field, ground.article)
    return asked


def _replacement(label: str, claimed: Answer | None, checked: Answer, article: str) -> Reason:
    form = f"平台填报“{said(claimed)}”" if claimed is not None else "平台未填报"
    outcome = "与填报一致" if claimed == checked else "以核实结果为准"
    return Reason(
        step="staff",
        article=article,
        text=f"{label}：{form}，经办人核实为“{said(checked)}”，{outcome}",
        given=said(claimed),
        limit=said(checked),
        outcome=outcome,
    )
