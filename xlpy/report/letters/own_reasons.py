"""Why a platform stands where it stands, told to itself alone (本单位的评价依据).

The reasons of the judging name scores, places, other platforms, and what staff wrote down for
themselves. So nothing of their texts is taken over: every sentence is made here, from the step,
the article, and the figures the platform gave itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xlpy.model.day import days_in_words
from xlpy.model.decision import BY_ROSTER, ON_DAY, REFUSED, Decision, Reason, Status
from xlpy.policy.edition import Edition, Ground

_FAILED = "不"  # 不符合条件, 不在有效期内, 不具备: how the outcome of what failed begins
_BY_LIST = "（有效期以认定名单为准）"


def own_reasons(decision: Decision, edition: Edition) -> tuple[str, ...]:
    """Return the reasons of one platform, a sentence each without stop, with their articles.

    () for who is not told of a result. No rank, score, other platform, expert, ruling's reason or
    核实说明 is in them.
    """
    return tuple(dict.fromkeys((*_deciding(decision, edition), *_to_complete(decision, edition))))


def _deciding(decision: Decision, edition: Edition) -> Iterator[str]:
    """Yield what decided: why it may not be graded, its vetoes, or how its grade came about."""
    if decision.status is Status.INELIGIBLE:
        yield from _ineligible(decision, edition)
    elif decision.status is Status.ABSENT:
        yield from _absent(decision, edition)
    elif decision.status is Status.VETOED:
        yield from _vetoed(decision, edition)
    elif decision.final is not None:
        yield from _graded(decision, edition)


def _graded(decision: Decision, edition: Edition) -> Iterator[str]:
    """Yield how the grade came about: by score, by the share of the best grades, by a ruling."""
    articles, grade = edition.articles, edition.printed(decision.final or "")
    if any(one.step == "ruling" and one.outcome != REFUSED for one in decision.reasons):
        yield f"经{edition.meeting}审定，评为{grade}（{articles['ruling']}）"
    elif decision.tie:
        yield f"等次待{edition.meeting}裁定，暂评为{grade}（{articles['quota']}）"
    else:
        yield from _scored(decision, edition, grade)


def _scored(decision: Decision, edition: Edition, grade: str) -> Iterator[str]:
    """Yield how a grade came from the score alone, and who settled the order where two tied."""
    articles = edition.articles
    if any(one.step == "quota" for one in decision.reasons):
        if _in_quota(decision, edition):
            place = f"在{edition.quota_grades}的比例之内"
            yield f"按专家评分，{place}，评为{grade}（{articles['quota']}）"
        else:
            yield (
                f"专家评分达到{edition.quota_grades}的分数线，因比例限制"
                f"（{edition.quota.plainly}），评为{grade}（{articles['quota']}）"
            )
    else:
        yield f"按专家评分和分数线，评为{grade}（{articles['quota']}）"
    if any(one.step == "tie" for one in decision.reasons):
        yield f"比例之内的先后经{edition.meeting}裁定（{articles['ruling']}）"


def _in_quota(decision: Decision, edition: Edition) -> bool:
    return any(one.in_quota for one in edition.grades if one.name == decision.final)


def _vetoed(decision: Decision, edition: Edition) -> Iterator[str]:
    """Yield the grounds that hold, in the words of the rule."""
    grade = edition.grades[-1].printed
    for reason in (one for one in decision.reasons if one.step == "veto"):
        ground = _ground(reason, edition.vetoes)
        if ground is not None:
            bound = ground.condition.bound
            limit = f"（{bound.wording}）" if bound and bound.limit else ""  # 超过0次: plain
            yield f"{ground.text}{limit}，评为{grade}（{ground.article}）"


def _absent(decision: Decision, edition: Edition) -> Iterator[str]:
    grade = edition.grades[-1].printed
    word = edition.attendance.get(Status.ABSENT.value, "")
    for reason in (one for one in decision.reasons if one.step == "absence"):
        grounds = (one for one in edition.vetoes if one.condition.equals == word)
        said = next((one.text for one in grounds), edition.called(Status.ABSENT))
        yield f"{said}，评为{grade}（{reason.article or edition.articles['veto']}）"


def _ineligible(decision: Decision, edition: Edition) -> Iterator[str]:
    """Yield what failed of who may take part: the platform's own facts against the rule.

    The sum of the functions stands behind them.
    """
    functions: list[Reason] = []
    for reason in decision.reasons:
        if reason.step == "function":
            functions.append(reason)
        elif reason.step == "eligibility" and reason.outcome.startswith(_FAILED):
            if functions:
                yield f"不具备任何一项服务功能，{reason.outcome}（{reason.article}）"
                yield from _lacking(functions, edition)
            else:
                yield f"{_demanded(reason)}（{reason.article}）"


def _demanded(reason: Reason) -> str:
    """Return what was given, what is asked for, and that it fails; days as letters write them."""
    if reason.limit.startswith(ON_DAY):
        words = f"{reason.given}，{reason.limit.removeprefix(ON_DAY)}{reason.outcome}"
        return days_in_words(words.replace(BY_ROSTER, _BY_LIST))
    return f"{reason.given}，{_asked(reason)}，{reason.outcome}"


def _asked(reason: Reason) -> str:
    """Return what is asked for, as a demand where the judging says it so."""
    demand = f"应为{reason.limit}"
    return demand if demand in reason.text else reason.limit


def _lacking(judged: Iterable[Reason], edition: Edition) -> Iterator[str]:
    """Yield what each function lacks: the figures claimed and proved beside those asked for."""
    for function, reason in zip(edition.functions, judged, strict=False):
        if reason.outcome.startswith(_FAILED):
            yield f"{function.name}：{reason.given}；要求为{reason.limit}（{reason.article}）"


def _to_complete(decision: Decision, edition: Edition) -> Iterator[str]:
    """Yield what the platform is to complete (待补正), in the words of the rule."""
    for reason in (one for one in decision.reasons if one.step == "shortfall"):
        ground = _ground(reason, edition.shortfalls)
        if ground is not None:
            yield f"{ground.text}，请及时补正（{ground.article}）"


def _ground(reason: Reason, grounds: Iterable[Ground]) -> Ground | None:
    """Return the ground a reason is about, None where it says that none holds."""
    own = (one for one in grounds if one.article == reason.article)
    return next((one for one in own if reason.text.startswith(f"{one.text}：")), None)
