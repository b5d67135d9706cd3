"""What is still to be completed (待补正): Art. 6, 7 and 9; graded, but to be accepted."""

from __future__ import annotations

from xlpy.judge.conditions import holds, stated
from xlpy.judge.platforms import Platform
from xlpy.judge.terms import Facts, Terms
from xlpy.model.decision import Reason
from xlpy.model.filing import Filing
from xlpy.model.finding import Finding
from xlpy.policy.edition import Ground
from xlpy.policy.wording import finding


def shortfalls(
    platform: Platform, filing: Filing, terms: Terms
) -> tuple[tuple[str, ...], tuple[Reason, ...], tuple[Finding, ...]]:
    """Return each shortfall in words, as a reason and as a finding to be accepted (P901)."""
    held = [
        ground
        for ground in terms.edition.shortfalls
        if terms.applies(ground.condition) and holds(ground.condition, platform.facts)
    ]
    return (
        tuple(ground.text for ground in held),
        tuple(_reason(ground, platform.facts) for ground in held),
        tuple(_finding(platform, filing, ground, terms) for ground in held),
    )


def _reason(ground: Ground, facts: Facts) -> Reason:
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
