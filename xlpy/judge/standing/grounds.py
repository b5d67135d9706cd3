"""Grounds of the rule (情形): shortfalls to complete (待补正, Art. 6, 7, 9), vetoes (Art. 16)."""

from __future__ import annotations

from collections.abc import Sequence

from xlpy.judge.platforms.platform import Platform
from xlpy.judge.standing.conditions import holds, stated
from xlpy.judge.terms import Facts, Terms
from xlpy.model.decision import Reason
from xlpy.model.filing import Filing
from xlpy.model.finding import Finding
from xlpy.policy.edition import Ground
from xlpy.policy.findings.catalogue import finding


def shortfalls(
    platform: Platform, filing: Filing, terms: Terms
) -> tuple[tuple[str, ...], tuple[Reason, ...], tuple[Finding, ...]]:
    """Return each shortfall in words, as a reason and as a finding to be accepted (P901)."""
    _, held = _held(terms.edition.shortfalls, platform.facts, terms)
    return (
        tuple(ground.text for ground in held),
        tuple(_to_complete(ground, platform.facts) for ground in held),
        tuple(_finding(platform, filing, ground, terms) for ground in held),
    )


def _to_complete(ground: Ground, facts: Facts) -> Reason:
    verdict = stated(ground.condition, facts)
    outcome = "待补正"
    text = f"{ground.text}：{verdict.given}，{outcome}，导出前须受理"
    return Reason("shortfall", ground.article, text, verdict.given, "", outcome)


def _finding(platform: Platform, filing: Filing, ground: Ground, terms: Terms) -> Finding:
    return finding(
        "P901",
        terms.in_profile(filing, ground.condition.field),
        article=ground.article,
        subject=platform.name,
        digest=filing.digest,
        text=ground.text,
    )


def veto(facts: Facts, terms: Terms) -> tuple[bool, tuple[Reason, ...]]:
    """Tell whether any ground holds; every ground that does is a reason, else one says none."""
    asked, held = _held(terms.edition.vetoes, facts, terms)
    reasons = tuple(_vetoed(ground, facts, terms) for ground in held)
    return bool(reasons), reasons or (_none(asked, facts, terms),)


def _held(
    grounds: Sequence[Ground], facts: Facts, terms: Terms
) -> tuple[list[Ground], list[Ground]]:
    """Return the grounds that apply under the parameters in force, and those of them that hold."""
    asked = [ground for ground in grounds if terms.applies(ground.condition)]
    return asked, [ground for ground in asked if holds(ground.condition, facts)]


def _vetoed(ground: Ground, facts: Facts, terms: Terms) -> Reason:
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
