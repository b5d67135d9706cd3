"""Straight to the last grade (一票否决): Art. 16."""

from __future__ import annotations

from xlpy.judge.conditions import holds, stated
from xlpy.judge.terms import Facts, Terms
from xlpy.model.decision import Reason
from xlpy.policy.edition import Ground


def veto(facts: Facts, terms: Terms) -> tuple[bool, tuple[Reason, ...]]:
    """Tell whether any ground holds; every ground that does is a reason, else one says none."""
    grounds = [one for one in terms.edition.vetoes if terms.applies(one.condition)]
    held = [ground for ground in grounds if holds(ground.condition, facts)]
    reasons = tuple(_reason(ground, facts, terms) for ground in held)
    return bool(reasons), reasons or (_none(grounds, facts, terms),)


def _reason(ground: Ground, facts: Facts, terms: Terms) -> Reason:
    verdict = stated(ground.condition, facts)
    outcome = f"评为{terms.lowest}级"
    limit = f"（{verdict.limit}）" if ground.condition.bound else ""
    text = f"{ground.text}：{verdict.given}{limit}，{outcome}"
    return Reason("veto", ground.article, text, verdict.given, verdict.limit, outcome)


def _none(grounds: list[Ground], facts: Facts, terms: Terms) -> Reason:
    """Say that no ground holds, and which facts of the form were blank."""
    asked = dict.fromkeys(ground.condition.field for ground in grounds)
    blank = [label for label in asked if label in terms.claimed and label not in facts]
    note = f"（{'、'.join(blank)}没有可用的填报，请核实）" if blank else ""
    article = terms.edition.articles["veto"]
    return Reason("veto", article, f"没有一票否决的情形{note}", outcome="不否决")
