"""The rule itself told (办法本身的不同): head, sums paid, grades, experts, articles, names."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlpy.model.number import plain
from xlpy.policy.edition import Grade, Level
from xlpy.policy.phrases.bound import Bound
from xlpy.report.differences.side import Side
from xlpy.report.differences.walk import NONE, changed, listed, ordered, walked
from xlpy.report.differences.words import HEAD, TOPIC_OF

_TOPICS = {
    "eligible": "参评资格",
    "function": "服务功能",
    "area": "服务类别",
    "quota": "等次比例",
    "experts": "专家",
    "ruling": "审定和公示",
    "subsidy": "奖补标准",
    "veto": "一票否决",
    "validity": "有效期",
    "materials": "申报材料",
}


def of_topic(topic: str, old: Side, new: Side) -> Iterator[str]:
    """Yield the plain fields of the edition that are told under a topic."""
    return walked("", old.edition, new.edition, lambda name: TOPIC_OF.get(name, HEAD) == topic)


def head(old: Side, new: Side) -> Iterator[str]:
    """Yield what the head of the rule says otherwise."""
    a, b = old.edition, new.edition
    yield from changed("名称", f"《{a.title}》", f"《{b.title}》")
    yield from changed("编号", a.id, b.id)
    yield from of_topic(HEAD, old, new)
    yield from changed("有效期", f"{a.valid_from}至{a.valid_to}", f"{b.valid_from}至{b.valid_to}")


def subsidies(old: Side, new: Side) -> Iterator[str]:
    """Yield what is paid otherwise, level by level."""
    before = {one.name: one for one in old.edition.levels}
    after = {one.name: one for one in new.edition.levels}
    for name, level in after.items():
        if name in before:
            yield from walked(name, before[name], level)
            yield from _payments(before[name], level, old, new)
        else:
            told = "、".join(_paid(level, grade.name, new) for grade in new.edition.grades)
            yield f"新增{name}平台（由{level.recognised_by}认定）：{told}"
    yield from (f"取消{name}平台" for name in before if name not in after)
    yield from ordered("级别", before, {name: name for name in after})


def _payments(was: Level, level: Level, old: Side, new: Side) -> Iterator[str]:
    for grade, amount in level.subsidy.items():
        called = f"{level.name}{new.edition.printed(grade)}"
        if grade not in was.subsidy:
            yield f"{level.name}{_paid(level, grade, new)}（新增）"
        elif was.subsidy[grade] != amount:
            yield from changed(called, _money(was.subsidy[grade]), _money(amount))
        else:
            phrases = (one.phrases.get(grade, "") for one in (was, level))
            yield from changed(f"{called}的措辞", *phrases)
    for grade in was.subsidy:
        if grade not in level.subsidy:
            yield f"{level.name}{_paid(was, grade, old)}（取消）"


def _paid(level: Level, grade: str, side: Side) -> str:
    return f"{side.edition.printed(grade)} {_money(level.subsidy[grade])}"


def _money(amount: Decimal) -> str:
    return f"{plain(amount)}万元" if amount else "不予奖补"


def grades(old: Side, new: Side) -> Iterator[str]:
    """Yield which grades there are otherwise, their lines, and the share of the best."""
    a, b = old.edition, new.edition
    if [(g.name, g.printed) for g in a.grades] != [(g.name, g.printed) for g in b.grades]:
        was, now = ([g.printed for g in side.grades] for side in (a, b))
        if was == now:
            was, now = ([f"{g.printed}（写作{g.name}）" for g in side.grades] for side in (a, b))
        yield from changed("等次", listed(was), listed(now))
    before = {one.name: one for one in a.grades}
    for one in b.grades:
        if one.name in before:
            yield from _line(before[one.name], one, old, new)
    shares = [f"{side.quota_grades}{side.quota.wording}" for side in (a, b)]
    if shares[0] == shares[1] and a.quota != b.quota:
        shares = [f"{side.quota_grades}{_printed(side.quota)}" for side in (a, b)]
    yield from changed("比例", *shares)
    if a.quota_grades == b.quota_grades:
        held = (listed(g.printed for g in side.grades if g.in_quota) for side in (a, b))
        yield from changed("受比例限制的等次", *held)


def _line(was: Grade, now: Grade, old: Side, new: Side) -> Iterator[str]:
    if was.line != now.line:
        labels = [
            {one.id: one.label for one in side.edition.parameters}.get(grade.line, NONE)
            for grade, side in ((was, old), (now, new))
        ]
        words = labels if labels[0] != labels[1] else [was.line, now.line]
        yield from changed(f"{now.printed}最低分所用的参数", *words)


def _printed(bound: Bound) -> str:
    return f"“{bound.phrase}”（{bound.quantity}）"


def experts(old: Side, new: Side) -> Iterator[str]:
    """Yield what is asked of the panel otherwise."""
    a, b = old.edition, new.edition
    yield from changed("人数", *("至".join(map(str, side.experts)) for side in (a, b)))
    if a.experts == b.experts:
        yield from changed("人数的措辞", a.experts_phrase, b.experts_phrase)
    yield from of_topic("专家", old, new)
    yield from changed("未参加的说法", *(tuple(side.attendance.values()) for side in (a, b)))
    if a.attendance == b.attendance:
        yield from changed("未参加的状态", *(tuple(side.away.values()) for side in (a, b)))


def articles(old: Side, new: Side) -> Iterator[str]:
    """Yield the topics whose article is another."""
    before, after = old.edition.articles, new.edition.articles
    told = (
        line
        for topic in dict.fromkeys((*before, *after))
        for line in changed(
            _TOPICS.get(topic, "其他条款"), before.get(topic, ""), after.get(topic, "")
        )
    )
    yield from dict.fromkeys(told)


def names(old: Side, new: Side) -> Iterator[str]:
    """Yield what is called otherwise."""
    a, b = old.edition, new.edition
    yield from of_topic("称呼", old, new)
    yield from changed("主管部门", *(f"{side.bureau}（{side.authority}）" for side in (a, b)))
