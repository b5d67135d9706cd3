"""Grounds of the rule (情形): shortfalls to complete (待补正, Art. 6, 7, 9), vetoes (Art. 16)."""

from __future__ import annotations

from collections.abc import Sequence

from xlpy.judge.platforms.facts import explained
from xlpy.judge.platforms.platform import Platform
from xlpy.judge.standing.conditions import holds, stated, told
from xlpy.judge.terms import ROSTER, Facts, Terms, said
from xlpy.model.decision import Reason
from xlpy.model.filing import Filing
from xlpy.model.finding import Finding
from xlpy.policy.edition import Condition, Ground


def shortfalls(
    platform: Platform, filing: Filing, terms: Terms
) -> tuple[tuple[str, ...], tuple[Reason, ...], tuple[Finding, ...]]:
    """Return each shortfall in words, as a reason and as a finding to be accepted (P901)."""
    _, held = _held(terms.edition.shortfalls, platform.facts, terms)
    return (
        tuple(ground.text for ground in held),
        tuple(_to_complete(ground, platform.facts, terms) for ground in held),
        tuple(_finding(platform, filing, ground, terms) for ground in held),
    )


def _to_complete(ground: Ground, facts: Facts, terms: Terms) -> Reason:
    verdict = stated(ground.condition, facts)
    outcome = "待补正"
    text = f"{ground.text}：{verdict.given}{_by(ground, terms)}，{outcome}，导出前须受理"
    return Reason("shortfall", ground.article, text, verdict.given, "", outcome)


def _finding(platform: Platform, filing: Filing, ground: Ground, terms: Terms) -> Finding:
    return terms.finding(
        "P901",
        terms.in_profile(filing, ground.condition.field),
        article=ground.article,
        subject=platform.name,
        digest=filing.digest,
        text=ground.text,
    )


def veto(platform: Platform, filing: Filing, terms: Terms) -> tuple[bool, tuple[Reason, ...]]:
    """Tell whether any ground holds; every ground that does is a reason, else one says none.

    So is every ground that the form admits and staff's verified fact lifts.
    """
    asked, held = _held(terms.edition.vetoes, platform.facts, terms)
    admitted = _held(terms.edition.vetoes, filing.answers, terms)[1] if platform.checked else held
    lifted = [_lifted(one, platform, filing) for one in admitted if one not in held]
    vetoed = [_vetoed(one, platform, filing, terms) for one in held]
    return bool(held), (*lifted, *(vetoed or [_none(asked, platform, terms)]))


def _held(
    grounds: Sequence[Ground], facts: Facts, terms: Terms
) -> tuple[list[Ground], list[Ground]]:
    """Return the grounds that apply under the parameters in force, and those of them that hold."""
    asked = [ground for ground in grounds if terms.applies(ground.condition)]
    return asked, [ground for ground in asked if holds(ground.condition, facts)]


def _vetoed(ground: Ground, platform: Platform, filing: Filing, terms: Terms) -> Reason:
    """Say which ground holds, and what that rests on where staff's fact made it hold."""
    verdict = stated(ground.condition, platform.facts)
    outcome = f"评为{terms.edition.printed(terms.lowest)}"
    limit = f"（{verdict.limit}）" if ground.condition.bound else ""
    given = f"{ground.text}：{verdict.given}{limit}{_by(ground, terms)}"
    text = f"{given}，{outcome}"
    if not holds(ground.condition, filing.answers):
        text = f"{given}，由经办人核实，{outcome}{explained(platform.explanation)}"
    return Reason("veto", ground.article, text, verdict.given, verdict.limit, outcome)


def _by(ground: Ground, terms: Terms) -> str:
    """Say that the bureau decided what a ground leads to, where the rule leaves that open."""
    if ground.condition.when is None:
        return ""
    parameter, _ = ground.condition.when
    return f"（{terms.edition.parameter(parameter).label}{terms.decided(parameter)}）"


def _lifted(ground: Ground, platform: Platform, filing: Filing) -> Reason:
    claimed, verified = (
        said(facts.get(ground.condition.field)) for facts in (filing.answers, platform.facts)
    )
    outcome = "不否决"
    text = (
        f"{ground.text}：{ground.condition.field}平台填报“{claimed}”，经办人核实为“{verified}”，"
        f"{outcome}{explained(platform.explanation)}"
    )
    return Reason("lifted", ground.article, text, claimed, verified, outcome)


def _none(grounds: Sequence[Ground], platform: Platform, terms: Terms) -> Reason:
    """Say that no ground holds of the facts looked at, and which nobody could look at."""
    asked: dict[str, Condition] = {}
    for ground in grounds:
        if ground.condition.field != terms.labels.attendance:
            asked.setdefault(ground.condition.field, ground.condition)
    claimed = [label for label in asked if label in terms.claimed and label not in platform.checked]
    facts = platform.facts
    sources = {
        "按申报表填报": [told(asked[label], facts) for label in claimed if label in facts],
        "按经办人核实": [told(asked[label], facts) for label in asked if label in platform.checked],
    }
    looked = [f"{source}（{'、'.join(given)}）" for source, given in sources.items() if given]
    blank = [label for label in claimed if label not in facts]
    left = [one for one in asked if one not in terms.claimed and one not in platform.checked]
    notes = ["，".join([*looked, "没有一票否决的情形"])]
    notes += [f"{'、'.join(blank)}没有可用的填报，请核实"] if blank else []
    roster = terms.forms.staff.tables[ROSTER].sheet
    notes += [f"{'、'.join(left)}由经办人核实，{roster}未记载"] if left else []
    given = "；".join(one for several in sources.values() for one in several)
    return Reason("veto", terms.edition.articles["veto"], "；".join(notes), given, "", "不否决")
