"""The five sentences in front (要点): what is at stake, in the words of the meeting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import pandas as pd

from xlpy.analysis.inquiry import Inquiry
from xlpy.analysis.panel.table import PLACES
from xlpy.analysis.trials import changes
from xlpy.model.decision import Decision, Status
from xlpy.model.meeting import Margin, Variation, matter
from xlpy.model.number import half_up, plain
from xlpy.policy.forms.load import load_meeting

_NEAR = Decimal("0.01")  # of full marks: what one expert may give or take without a thought
_NAMED = 5


def points(
    asked: Inquiry, experts: pd.DataFrame, unusual: pd.DataFrame
) -> tuple[tuple[str, str], ...]:
    """Return topic and sentence of the five points (要点), always five, in a fixed order.

    `experts` is the table of `strictness`, `unusual` that of `unusual`.
    """
    return (
        ("名额", _places(asked)),
        ("临界", _near(asked)),
        ("专家", _apart(asked, experts, len(unusual))),
        ("方法", _methods(asked)),
        ("未了事项", _open(asked)),
    )


def _some(names: Sequence[str]) -> str:
    """Return the first of several names, and how many there are.

    >>> _some("甲乙"), _some("甲乙丙丁戊己")
    ('甲、乙', '甲、乙、丙、丁、戊等6家')
    """
    more = f"等{len(names)}家" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more


def _places(asked: Inquiry) -> str:
    now, edition = asked.now, asked.edition
    inside = {grade.name for grade in edition.grades if grade.in_quota}
    used = sum(one.final in inside for one in now.decisions)
    text = f"参评{now.base}家，{edition.quota_grades}名额{now.quota}家，现用{used}家。"
    ranked = [one for one in now.decisions if one.rank]
    if not ranked:
        return f"{text}还没有平台参加排名，看不出名额是否够用。"
    tied = [one.name for one in ranked if one.tie]
    if tied:
        return f"{text}{_some(tied)}并列跨越最后名额，须由{edition.meeting}裁定。"
    last = [one for one in ranked if one.to_quota is not None and one.to_quota >= 0]
    first_out = [one for one in ranked if one.to_quota is not None and one.to_quota < 0]
    if first_out and not last:
        below = next(one.printed for one in edition.grades if not one.in_quota)
        return f"{text}没有平台能在名额之内，按分数线达到{edition.quota_grades}的也只评为{below}。"
    if not first_out:
        return f"{text}名额没有成为界限。"
    return text + _edge(last[-1], first_out[0], asked, free=now.quota - used)


def _edge(last: Decision, out: Decision, asked: Inquiry, *, free: int) -> str:
    """Say who stands on both sides of the last place, and how far apart; what rulings freed."""
    one, other = last.score.value, out.score.value
    assert one is not None
    assert other is not None
    inside = {grade.name for grade in asked.edition.grades if grade.in_quota}
    ruled = any((d.final in inside) != (d.preliminary in inside) for d in asked.now.decisions)
    if last.preliminary not in inside:
        return f"名额没有用完：{last.name}（{one}分）已在名额之内，但没有达到等次线。"
    rule = asked.edition.parameter("tie_break").label
    settled = any(reason.step == "tie" for reason in last.reasons)
    by = f"由{asked.edition.meeting}并列裁定" if settled else f"按{rule}"
    apart = f"相差{one - other}分" if one != other else f"得分相同，{by}分出先后"
    by_score = "按初评，" if ruled else ""
    told = (
        f"{by_score}最后一个名额是{last.name}（{one}分），其后是{out.name}（{other}分），{apart}。"
    )
    return f"{told}审定以后空出{free}个名额。" if free > 0 else told


def _near(asked: Inquiry) -> str:
    if not asked.ranked:
        return "没有平台参加排名，看不出谁在界限附近。"
    limit = _NEAR * sum(asked.evaluation.rubric, Decimal(0))
    near = [one for one in asked.margins if _least(one) is not None and (_least(one) or 0) <= limit]
    if near:
        told = [_swung(one, asked) for one in sorted(near, key=lambda one: _least(one) or 0)]
        more = "不少于" if len(near) < asked.ranked and len(near) == len(asked.margins) else ""
        count = f"一位专家改动不超过{plain(limit)}分，初评等次就会改变的有{more}{len(near)}家"
        return f"{count}：{_some(told)}。"
    known = [one for one in asked.margins if _least(one) is not None]
    if not known:
        return "任何一位专家单独改动评分，都不会改变任何平台的初评等次。"
    nearest = min(known, key=lambda one: _least(one) or 0)
    none = f"一位专家改动{plain(limit)}分以内，不会改变任何平台的初评等次"
    return f"{none}；最接近的是{_swung(nearest, asked)}。"


def _least(one: Margin) -> Decimal | None:
    found = [abs(swing.change) for swing in (one.up, one.down) if swing]
    return min(found) if found else None


def _swung(one: Margin, asked: Inquiry) -> str:
    swing = min((s for s in (one.up, one.down) if s), key=lambda s: abs(s.change))
    return f"{one.name}（{swing.change:+}分即{asked.edition.printed(swing.grade)}）"


def _apart(asked: Inquiry, experts: pd.DataFrame, unusual: int) -> str:
    told = list(_standing_apart(asked, experts))
    if unusual:
        told.append(f"有{unusual}个评分与其他评分相差很大，见「专家情况」")
    return "；".join(told) + "。" if told else "评分数据不足，不能比较各专家。"


def _standing_apart(asked: Inquiry, experts: pd.DataFrame) -> Iterator[str]:
    strict = _known(experts, "beta")
    parts = experts["component"].dropna().nunique()
    if parts > 1:
        yield f"专家分成{parts}组，各组没有共同评分的平台，宽严不能跨组比较"
    elif len(strict) == 2:
        yield f"两位专家的宽严相差{half_up(2 * abs(strict[0][1]), 2)}分"
    elif strict:
        farthest = max(abs(beta) for _, beta in strict)
        if half_up(farthest, 2):
            told = [_leaning(*one) for one in strict if abs(one[1]) == farthest]
            yield f"{_first(told)}，离各专家的平均最远"
        else:
            yield "各专家宽严没有差别"
    ordered = _known(experts, "correlation")
    low, high = (pick((value for _, value in ordered), default=None) for pick in (min, max))
    if low is not None and high is not None and half_up(low, 2) == half_up(high, 2):
        about = "是" if low == high else "约为"
        if len(ordered) > 1:
            yield f"各专家的排序与其他专家的相关都{about}{half_up(low, 2)}"
    elif low is not None:
        names = _first([f"专家{id}" for id, value in ordered if value == low])
        yield f"{names}的排序与其他专家的相关最低，为{half_up(low, 2)}"
    most, count = _most_changed(asked, asked.without)
    if len(most) == len(asked.without) > 1:
        yield f"去掉任何一位专家，都有{count}家{_moved(asked, most)}"
    elif most:
        names = _first([f"专家{one.subject}" for one in most], "或")
        each = "各" if len(most) > 1 else ""
        yield f"去掉{names}，{_moved(asked, most)}的平台最多，{each}为{count}家"
    elif asked.without and asked.ranked:
        yield "去掉任何一位专家，等次都不改变"


def _moved(asked: Inquiry, tried: Sequence[Variation]) -> str:
    """Say what becomes of platforms: another grade, or none for want of ballots."""
    ungraded = [one.then.final is None for each in tried for one in changes(asked.now, each)]
    if all(ungraded):
        return "份数不足、不能评分"
    return "等次改变或不能评分" if any(ungraded) else "等次改变"


def _leaning(expert: str, beta: Decimal) -> str:
    return f"专家{expert}{'偏宽' if beta > 0 else '偏严'}{half_up(abs(beta), 2)}分"


def _first(names: Sequence[str], last: str = "、") -> str:
    """Return the first of those who are alike, and how many they are.

    >>> _first(["专家1", "专家2"], "或"), _first(["专家"] * 6)
    ('专家1或专家2', '专家、专家、专家、专家、专家等6位')
    """
    if len(names) > _NAMED:
        return f"{'、'.join(names[:_NAMED])}等{len(names)}位"
    return last.join(("、".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def _known(experts: pd.DataFrame, column: str) -> list[tuple[str, Decimal]]:
    """Return the experts with a figure that is not blank, in their order."""
    pairs = zip(experts["expert"], experts[column], strict=True)
    exact = ((str(id), Decimal(float(value))) for id, value in pairs if value == value)
    return [(id, half_up(value, PLACES)) for id, value in exact]


def _methods(asked: Inquiry) -> str:
    most, count = _most_changed(asked, asked.methods)
    tried = len(asked.methods)
    if not asked.ranked:
        return "没有平台参加排名，换一种方法也没有可比的结果。"
    if not most:
        return (
            f"试了{tried}种换法（计分方法、比例基数、小数位数、等次线、各类分值），等次都不改变。"
        )
    same = sum(not _changed(asked, one) for one in asked.methods)
    words = "、".join(f"“{one.words}”" for one in most[:_NAMED])
    if len(most) > 1:
        more = f"等{len(most)}种" if len(most) > _NAMED else ""
        told = f"{words}{more}，各有{count}家，见「{load_meeting()['methods'].sheet}」"
    else:
        names = [one.words(asked.edition) for one in changes(asked.now, most[0])]
        told = f"{words}，有{count}家：{_some(names)}"
    return f"试了{tried}种换法，{same}种不改变任何等次；改变最多的是{told}。"


def _changed(asked: Inquiry, then: Variation) -> int:
    return sum(one.now.final != one.then.final for one in changes(asked.now, then))


def _most_changed(asked: Inquiry, tried: Sequence[Variation]) -> tuple[list[Variation], int]:
    """Return the variations that change most grades, and how many; none where none does."""
    counted = [(one, _changed(asked, one)) for one in tried]
    most = max((count for _, count in counted), default=0)
    return [one for one, count in counted if count == most and most], most


def _open(asked: Inquiry) -> str:
    causes = asked.evaluation.causes
    unscored = sum(one.status is Status.UNSCORED for one in asked.evaluation.decisions)
    waiting = sum(one.status is Status.PENDING for one in asked.evaluation.decisions)
    told = [f"{unscored}家未评分"] if unscored else []
    told += [f"{waiting}家待核实"] if waiting else []
    head = f"（其中{'，'.join(told)}）" if told else ""
    if not causes:
        return "评价结果没有未了事项。"
    told = list(dict.fromkeys(map(matter, causes)))
    some = f"{'；'.join(told[:_NAMED])}{'等' if len(told) > _NAMED else ''}"
    text = asked.private.struck(some)
    return f"还有{len(causes)}类事项须处理{head}：{text}。"
