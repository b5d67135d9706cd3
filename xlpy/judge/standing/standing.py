"""Where a platform stands before it is scored (评分前的状态): steps 0 to 3 of the judging."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from xlpy.judge.platforms.facts import explained, replacements
from xlpy.judge.platforms.platform import Platform
from xlpy.judge.standing.eligibility import eligibility
from xlpy.judge.standing.grounds import shortfalls, veto
from xlpy.judge.terms import ROSTER, Terms
from xlpy.model.decision import Reason, Status
from xlpy.model.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A platform before it is scored (评分前的状态); GRADED means: goes on to be ranked."""

    platform: Platform
    status: Status
    pending: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def eligible(self) -> bool:
        """Tell whether the platform takes part (参评) and is put before the experts."""
        return self.status in (Status.GRADED, Status.VETOED)


def standing(platform: Platform, terms: Terms) -> Standing:
    """Return where `platform` stands: 未参加, 待核实, 不符合条件, 一票否决, or to be ranked."""
    stands = _standing(platform, terms)
    if not platform.visit:
        return stands
    return replace(stands, reasons=(*stands.reasons, _visited(platform, terms)))


def _standing(platform: Platform, terms: Terms) -> Standing:
    if platform.attendance:
        return _away(platform, terms)
    if platform.doubts or platform.filing is None:
        reasons = tuple(_doubts(platform, terms))
        return Standing(
            platform=platform, status=Status.PENDING, pending=platform.doubts, reasons=reasons
        )
    checked = replacements(platform.filing.answers, platform.checked, terms, platform.explanation)
    eligible, grounds = eligibility(platform, platform.filing, terms)
    if not eligible:
        reasons = (*checked, *grounds)
        return Standing(platform=platform, status=Status.INELIGIBLE, reasons=reasons)
    missing, short, findings = shortfalls(platform, platform.filing, terms)
    vetoed, vetoes = veto(platform, platform.filing, terms)
    return Standing(
        platform=platform,
        status=Status.VETOED if vetoed else Status.GRADED,
        pending=missing,
        reasons=(*checked, *grounds, *short, *vetoes),
        findings=findings,
    )


def _visited(platform: Platform, terms: Terms) -> Reason:
    """Return what staff saw on the spot (实地考察); it decides nothing."""
    label = terms.forms.staff.tables[ROSTER].column("visit").label
    return Reason("visit", "", f"{label}：{platform.visit}", platform.visit, "", "已记录")


def _away(platform: Platform, terms: Terms) -> Standing:
    """Judge a platform that did not take part (未参加): D without a reason, no grade with one."""
    absent = platform.attendance == terms.edition.attendance.get("absent")
    grade = terms.edition.printed(terms.lowest)
    outcome = f"评为{grade}，不予奖补" if absent else "列明，不评等次"
    label = terms.labels.attendance
    reason = Reason(
        step="absence",
        article=_article_of_absence(platform, terms) if absent else "",
        text=f"参评名单记为{label}：{platform.attendance}，{outcome}{explained(platform.explanation)}",
        given=platform.attendance,
        outcome=outcome,
    )
    status = Status.ABSENT if absent else Status.EXCUSED
    return Standing(platform=platform, status=status, reasons=(reason,))


def _article_of_absence(platform: Platform, terms: Terms) -> str:
    for ground in terms.edition.vetoes:
        condition = ground.condition
        asked = (terms.labels.attendance, platform.attendance)
        if (condition.field, condition.equals) == asked:
            return ground.article
    return terms.edition.articles["veto"]


def _doubts(platform: Platform, terms: Terms) -> Iterator[Reason]:
    article = terms.edition.articles["eligible"]
    for doubt in platform.doubts:
        text = f"待核实：{doubt}"
        yield Reason("pending", article, text, doubt, "", "核实前不评等次，不能导出")
