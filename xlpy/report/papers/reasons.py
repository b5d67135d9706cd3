"""The reason that counts most (主要理由), the steps by their names, and the status in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from xlpy.model.decision import REFUSED, Decision, Evaluation, Reason, Status

STEPS: Mapping[str, str] = MappingProxyType(
    {
        "pending": "核实",
        "absence": "参评情况",
        "eligibility": "评价对象",
        "function": "服务功能",
        "shortfall": "待补正",
        "lifted": "否决核实",
        "veto": "一票否决",
        "visit": "实地考察",
        "score": "得分",
        "rank": "排名",
        "grade": "等次",
        "quota": "等次比例",
        "tie": "并列",
        "ruling": "审定",
        "subsidy": "奖补",
        "staff": "经办人核实",
        "acceptance": "受理",
        "notice": "公示",
    }
)
"""What people call the steps of the judging (步骤)."""

_TELLING: Mapping[Status, tuple[str, ...]] = MappingProxyType(
    {
        Status.GRADED: ("grade", "quota", "tie"),
        Status.VETOED: ("veto",),
        Status.UNSCORED: ("score",),
        Status.INELIGIBLE: ("eligibility",),
        Status.ABSENT: ("absence",),
        Status.EXCUSED: ("absence",),
        Status.PENDING: ("pending",),
    }
)
"""The steps that give a status its main reason, where no ruling changed the grade."""

_RULING = "ruling"
_ASIDE = ("visit", "acceptance")  # what decides nothing by itself
_SCORED = (Status.GRADED, Status.UNSCORED)  # whom a veto would have kept from a grade

Accepted = Collection[tuple[str, str]]
"""What was accepted of 待补正: file, and what is to be completed."""

_NOT = "不"  # 不符合条件, 不在有效期内: what failed, among the conditions that held


def accepted_shortfalls(evaluation: Evaluation) -> Accepted:
    """Return what staff validly accepted of 待补正 (已受理的待补正)."""
    return {
        (one.place.file, one.found)
        for one in evaluation.findings
        if one.shortfall and one.id in evaluation.accepted
    }


def main_reason(decision: Decision, accepted: Accepted = ()) -> str:
    """Return why the platform stands where it stands (主要理由), in one text.

    The texts of the steps that decided, joined; of eligibility only what failed. Added are a
    veto that staff's verified fact lifted, that few of the panel scored, what is still to be
    completed and what staff accepted of it, and last a ruling that may not stand.
    """
    texts = [*_texts(decision), *_beside(decision)]
    waiting = _waiting(decision, accepted)
    done = [] if decision.status is Status.PENDING else [*decision.pending]
    done = [one for one in done if one not in waiting]
    texts += [f"待补正：{'、'.join(waiting)}"] if waiting else []
    texts += [f"待补正已受理：{'、'.join(done)}"] if done else []
    texts += [one.text for one in decision.reasons if _refused(one)]
    return "；".join(text.rstrip("。") for text in dict.fromkeys(texts) if text)


def open_pending(decision: Decision, accepted: Accepted = ()) -> list[str]:
    """Return what is still to be completed or verified (待补正、待核实)."""
    waiting = decision.status is Status.PENDING
    return [*decision.pending] if waiting else _waiting(decision, accepted)


def status_words(decision: Decision, accepted: Accepted = ()) -> str:
    """Return the status as the result sheet prints it (状态)."""
    marks = ["并列待裁定"] if decision.tie else []
    if _waiting(decision, accepted):
        marks.append("待补正")
    return "，".join([decision.state, *marks])


def _waiting(decision: Decision, accepted: Accepted) -> list[str]:
    """Return what is still to be completed (待补正); of a pending platform that is its reason."""
    if not decision.pending or decision.status is Status.PENDING:
        return []
    file = decision.filing.file if decision.filing else ""
    return [one for one in decision.pending if (file, one) not in accepted]


def _texts(decision: Decision) -> list[str]:
    """Return what decided: an adopted ruling alone, behind the rest where it changes nothing."""
    telling = [one for one in decision.reasons if not _refused(one) and one.step not in _ASIDE]
    ruling = [one.text for one in telling if one.step == _RULING]
    if ruling and decision.final != decision.preliminary:
        return ruling
    found = [reason for reason in telling if reason.step in _TELLING[decision.status]]
    if decision.status is Status.INELIGIBLE:
        found = [reason for reason in found if reason.outcome.startswith(_NOT)] or found
    if found:
        return [*(reason.text for reason in found), *ruling]
    return [*decision.pending] or ruling or [reason.text for reason in telling[-1:]]


def _beside(decision: Decision) -> list[str]:
    """Return what has to be known beside what decided."""
    if decision.status not in _SCORED:
        return []
    few = f"有效评分{len(decision.score.totals)}份，{decision.score.few}"
    told = [few] if decision.status is Status.GRADED and decision.score.few else []
    return [*(one.text for one in decision.reasons if one.step == "lifted"), *told]


def _refused(reason: Reason) -> bool:
    return reason.step == _RULING and reason.outcome == REFUSED
