"""Who may take part (参评资格): Art. 2 and Art. 4."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from xlpy.judge.platforms.facts import explained
from xlpy.judge.platforms.official import is_unlisted
from xlpy.judge.platforms.platform import Platform
from xlpy.judge.platforms.validity import recognition
from xlpy.judge.standing.conditions import Verdict, proved, stated
from xlpy.judge.terms import Terms
from xlpy.model.decision import Reason
from xlpy.model.filing import Filing, Tally
from xlpy.policy.edition import Condition, Function


class Held(NamedTuple):
    """One service function held against what is proved (服务功能判断).

    `failed` are its conditions that fail, () where it holds or nobody claimed any of it.
    """

    holds: bool
    reason: Reason
    failed: tuple[Verdict, ...]


def eligibility(
    platform: Platform, filing: Filing, terms: Terms
) -> tuple[bool, tuple[Reason, ...]]:
    """Tell whether a platform may be evaluated, one reason for each thing looked at."""
    if is_unlisted(platform.official, terms):
        return False, (_unlisted(platform, terms),)
    registered, registration = _registration(terms.edition.registration, platform, terms)
    valid, period = recognition(filing, platform.official.valid_until, terms)
    reached, functions = _functions(filing, terms)
    return registered and valid and reached, (*registration, period, *functions)


def _unlisted(platform: Platform, terms: Terms) -> Reason:
    """Say that the bureau found the platform on no official list (未认定)."""
    given, outcome = platform.official.level, "不符合条件"
    limit = f"经认定的{'、'.join(one.name for one in terms.edition.levels)}平台"
    text = f"参评名单记为“{given}”：应为{limit}，{outcome}{explained(platform.explanation)}"
    return Reason("eligibility", terms.edition.articles["eligible"], text, given, limit, outcome)


def _registration(
    asked: Condition | None, platform: Platform, terms: Terms
) -> tuple[bool, tuple[Reason, ...]]:
    if asked is None:
        return True, ()
    verdict = stated(asked, platform.facts)
    outcome = "符合" if verdict.holds else "不符合条件"
    article = terms.edition.articles["eligible"]
    text = f"{verdict.given}，应为{verdict.limit}，{outcome}"
    reason = Reason("eligibility", article, text, verdict.given, verdict.limit, outcome)
    return verdict.holds, (reason,)


def _functions(filing: Filing, terms: Terms) -> tuple[bool, tuple[Reason, ...]]:
    """Judge the service functions; an edition may ask for none, then nobody lacks one."""
    if not terms.edition.functions:
        return True, ()
    held = [_function(one, filing) for one in terms.edition.functions]
    reached, summary = _any_function(held, terms)
    return reached, (*(one.reason for one in held), summary)


def _function(function: Function, filing: Filing) -> Held:
    """Judge one service function (服务功能) on what is proved: all its conditions must hold."""
    tally = filing.proof.by_function.get(function.name, Tally())
    verdicts = [proved(one, filing.answers, tally) for one in function.conditions]
    holds = all(verdict.holds for verdict in verdicts)
    outcome = "具备" if holds else "不具备"
    reason = Reason(
        step="function",
        article=function.article,
        text=f"{function.name}：{'；'.join(one.words for one in verdicts)}；{outcome}",
        given="；".join(one.given for one in verdicts),
        limit="；".join(
            f"{one.field}{verdict.limit}"
            for one, verdict in zip(function.conditions, verdicts, strict=True)
        ),
        outcome=outcome,
    )
    claimed = any(one.field in filing.answers for one in function.conditions)
    failed = tuple(one for one in verdicts if claimed and not one.holds)
    return Held(holds, reason, failed)


def _lacking(function: Function, one: Held) -> str:
    """Say which conditions of a function fail, by the figures."""
    told = "；".join(f"{verdict.given}，应为{verdict.limit}" for verdict in one.failed)
    return f"{function.name}（{told}）"


def _any_function(functions: Sequence[Held], terms: Terms) -> tuple[bool, Reason]:
    judged = list(zip(terms.edition.functions, functions, strict=True))
    names = [function.name for function, one in judged if one.holds]
    outcome = "符合" if names else "不符合条件"
    given = "、".join(names) or "无"
    limit = "至少具备一项服务功能"
    article = terms.edition.articles["function"]
    text = f"{limit}，具备的为：{given}，{outcome}"
    if not names:
        unclaimed = "、".join(function.name for function, one in judged if not one.failed)
        failed = [_lacking(function, one) for function, one in judged if one.failed]
        failed += [f"{unclaimed}未申报"] if unclaimed else []
        text = f"{text}：{'；'.join(failed)}" if failed else text
    return bool(names), Reason("eligibility", article, text, given, limit, outcome)
