"""Facts that staff verified (核实结果): they replace what the form says, upwards or downwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlpy.judge.terms import Facts, Terms, said
from xlpy.model.decision import Reason
from xlpy.model.filing import Answer
from xlpy.model.staff import RosterRow


def verified(rows: Sequence[RosterRow]) -> tuple[dict[str, Answer], tuple[str, ...]]:
    """Return what the roster rows of one platform say: facts, and labels in dispute.

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
    return facts, tuple(disputed)


def told(texts: Iterable[str]) -> str:
    """Return what several rows say of one platform in one text, each thing once.

    >>> told(["", "已走访", "已走访 "])
    '已走访'
    """
    said = (text.strip() for text in texts)
    return "；".join(dict.fromkeys(text for text in said if text))


def explained(explanation: str) -> str:
    """Return the end of a sentence that says what a verified fact rests on (核实说明)."""
    return f"，核实说明：{explanation}" if explanation else ""


def replacements(
    claimed: Facts, checked: Facts, terms: Terms, explanation: str = ""
) -> tuple[Reason, ...]:
    """Return one reason for each fact of Art. 6, 7, 9 or 16 that staff filled in."""
    found = []
    for label, article in _asked(terms).items():
        if label in checked:
            one = _replacement(label, claimed.get(label), checked[label], terms)
            text = f"{one.text}{explained(explanation)}"
            found.append(one._replace(article=article, text=text))
    return tuple(found)


def _asked(terms: Terms) -> dict[str, str]:
    """Return the labels the rule asks for in vetoes and shortfalls, with their article."""
    grounds = (*terms.edition.vetoes, *terms.edition.shortfalls)
    asked: dict[str, str] = {}
    for ground in grounds:
        if ground.condition.field != terms.labels.attendance:
            asked.setdefault(ground.condition.field, ground.article)
    return asked


def _replacement(label: str, claimed: Answer | None, checked: Answer, terms: Terms) -> Reason:
    form, given = f"平台填报“{said(claimed)}”", said(claimed)
    if label not in terms.claimed:
        form = given = "申报表无此栏"
    elif claimed is None:
        form = "平台未填报"
    outcome = "与填报一致" if claimed == checked else "以核实结果为准"
    text = f"{label}：{form}，经办人核实为“{said(checked)}”，{outcome}"
    return Reason("staff", "", text, given, said(checked), outcome)
