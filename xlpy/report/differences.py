"""What one edition says otherwise than another (政策版本对照), in words a director reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeVar

from xlpy.model.number import plain
from xlpy.policy.edition import AreaRow, Condition, Edition, Ground, Level, Parameter
from xlpy.policy.form import Field, Forms
from xlpy.policy.forms.measures import OFFLINE_FIRMS
from xlpy.policy.parameters.typed import wording

T = TypeVar("T")

_TO = "→"
_NONE = "（无）"
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


class Difference(NamedTuple):
    """One thing that is otherwise (一处不同): what it is about, and how, in one line."""

    topic: str
    text: str

    def __str__(self) -> str:
        """Return it as one line."""
        return f"{self.topic}：{self.text}"


class Side(NamedTuple):
    """One of the two editions (对照的一方) with its forms."""

    edition: Edition
    forms: Forms


def differences(old: Side, new: Side) -> tuple[Difference, ...]:
    """Return all that `new` says otherwise than `old`, by topic in the order of a rule."""
    parts: tuple[tuple[str, Callable[[Side, Side], Iterator[str]]], ...] = (
        ("办法", _head),
        ("奖补标准", _subsidies),
        ("等次和比例", _grades),
        ("参评资格", _eligible),
        ("服务功能", _functions),
        ("服务类别", _areas),
        ("一票否决", _vetoes),
        ("待补正", _shortfalls),
        ("专家", _experts),
        ("参数", _parameters),
        ("条款", _articles),
        ("称呼", _names),
        ("表格", _forms),
    )
    return tuple(Difference(topic, text) for topic, told in parts for text in told(old, new))


def _head(old: Side, new: Side) -> Iterator[str]:
    a, b = old.edition, new.edition
    yield from _changed("名称", f"《{a.title}》", f"《{b.title}》")
    yield from _changed("编号", a.id, b.id)
    yield from _changed("印发日期", f"{a.issued}", f"{b.issued}")
    yield from _changed("有效期", f"{a.valid_from}至{a.valid_to}", f"{b.valid_from}至{b.valid_to}")
    yield from _changed("奖补依据", a.paid_under, b.paid_under)


def _subsidies(old: Side, new: Side) -> Iterator[str]:
    before = {one.name: one for one in old.edition.levels}
    after = {one.name: one for one in new.edition.levels}
    for name, level in after.items():
        if name not in before:
            told = "、".join(_paid(level, grade.name, new) for grade in new.edition.grades)
            yield f"新增{name}平台（由{level.recognised_by}认定）：{told}"
            continue
        yield from _changed(f"{name}平台由谁认定", before[name].recognised_by, level.recognised_by)
        for grade in new.edition.grades:
            was = before[name].subsidy.get(grade.name)
            if was is not None:
                head = f"{name}{grade.printed}"
                yield from _changed(head, _money(was), _money(level.subsidy[grade.name]))
            else:
                yield f"{name}{_paid(level, grade.name, new)}（新增）"
        gone = [g for g in before[name].subsidy if g not in level.subsidy]
        yield from (
            f"{name}{old.edition.printed(g)} {_money(before[name].subsidy[g])}（取消）"
            for g in gone
        )
    yield from (f"取消{name}平台" for name in before if name not in after)


def _paid(level: Level, grade: str, side: Side) -> str:
    return f"{side.edition.printed(grade)} {_money(level.subsidy[grade])}"


def _money(amount: Decimal) -> str:
    return f"{plain(amount)}万元" if amount else "不予奖补"


def _grades(old: Side, new: Side) -> Iterator[str]:
    a, b = old.edition, new.edition
    yield from _changed(
        "等次", _listed(g.printed for g in a.grades), _listed(g.printed for g in b.grades)
    )
    yield from _changed(
        "比例", f"{a.quota_grades}{a.quota.wording}", f"{b.quota_grades}{b.quota.wording}"
    )


def _eligible(old: Side, new: Side) -> Iterator[str]:
    yield from _changed(
        "注册地", _claim(old.edition.registration), _claim(new.edition.registration)
    )
    yield from _changed("不在名单上的平台记为", old.edition.not_listed, new.edition.not_listed)


def _functions(old: Side, new: Side) -> Iterator[str]:
    before = {one.id: one for one in old.edition.functions}
    after = {one.id: one for one in new.edition.functions}
    for id, one in after.items():
        told = "；".join(_claim(c) for c in one.conditions)
        if id not in before:
            yield f"新增{one.name}（{one.article}）：{told}"
            continue
        yield from _changed("名称", before[id].name, one.name)
        yield from _conditions(one.name, before[id].conditions, one.conditions, lambda c: c.field)
    yield from (f"取消{one.name}" for id, one in before.items() if id not in after)


def _areas(old: Side, new: Side) -> Iterator[str]:
    before = {one.id: one for one in old.edition.areas}
    after = {one.id: one for one in new.edition.areas}
    for id, one in after.items():
        if id not in before:
            yield f"新增{one.name}（{one.article}）：{_targets(one.rows, new)}"
            continue
        yield from _changed("名称", before[id].name, one.name)
        rows = {row.name: row for row in before[id].rows}
        if len(rows) == len(one.rows) == 1:
            rows = {one.rows[0].name: before[id].rows[0]}
        for row in one.rows:
            if row.name in rows:
                yield from _conditions(
                    row.name, rows[row.name].targets, row.targets, lambda c: _measure(c, new)
                )
            else:
                yield f"{one.name}新增一行{row.name}：{_targets((row,), new)}"
        named = {row.name for row in one.rows}
        yield from (f"{one.name}取消一行{name}" for name in rows if name not in named)
    yield from (f"取消{one.name}" for id, one in before.items() if id not in after)


def _targets(rows: Iterable[AreaRow], side: Side) -> str:
    told = "；".join(f"{_measure(one, side)}{_limit(one)}" for row in rows for one in row.targets)
    return told or "没有目标"


def _measure(condition: Condition, side: Side) -> str:
    """Return the name of what the ledger measures, as 附件4 heads it."""
    if condition.measure == OFFLINE_FIRMS:
        return "线下服务企业数"
    by_id = {one.id: one.label for one in side.forms.filing.summary.columns}
    return by_id.get(condition.measure, condition.measure).partition("(")[0]


def _conditions(
    name: str,
    before: Sequence[Condition],
    after: Sequence[Condition],
    key: Callable[[Condition], str],
) -> Iterator[str]:
    known = {key(one): one for one in before}
    for one in after:
        was = known.get(key(one))
        if was is None:
            yield f"{name}新增条件 {key(one)}{_limit(one)}"
        else:
            yield from _changed(f"{name} {key(one)}", _limit(was), _limit(one))
    kept = {key(one) for one in after}
    yield from (f"{name}取消条件 {key(one)}{_limit(one)}" for one in before if key(one) not in kept)


def _limit(condition: Condition) -> str:
    words = condition.bound.wording if condition.bound else f"“{condition.equals}”"
    return f"{words}（只在参数选定时）" if condition.when else words


def _claim(condition: Condition | None) -> str:
    return f"{condition.field}{_limit(condition)}" if condition else _NONE


def _vetoes(old: Side, new: Side) -> Iterator[str]:
    return _grounds(old.edition.vetoes, new.edition.vetoes)


def _shortfalls(old: Side, new: Side) -> Iterator[str]:
    return _grounds(old.edition.shortfalls, new.edition.shortfalls)


def _grounds(old: Sequence[Ground], new: Sequence[Ground]) -> Iterator[str]:
    before, after = ({one.id: one for one in side} for side in (old, new))
    for id, one in after.items():
        if id not in before:
            yield f"新增：{one.text}（{one.article}，{_claim(one.condition)}）"
            continue
        yield from _changed("说法", before[id].text, one.text)
        yield from _changed(one.text, _claim(before[id].condition), _claim(one.condition))
        yield from _changed(f"{one.text}的条款", before[id].article, one.article)
    yield from (f"取消：{one.text}" for id, one in before.items() if id not in after)


def _experts(old: Side, new: Side) -> Iterator[str]:
    a, b = old.edition, new.edition
    yield from _changed("人数", "至".join(map(str, a.experts)), "至".join(map(str, b.experts)))
    yield from _changed(
        "须有人参加的部门", _listed(a.expert_categories), _listed(b.expert_categories)
    )
    yield from _changed("其他类别", _listed(a.other_categories), _listed(b.other_categories))
    yield from _changed(
        "未参加的说法", _listed(a.attendance.values()), _listed(b.attendance.values())
    )


def _parameters(old: Side, new: Side) -> Iterator[str]:
    before = {one.id: one for one in old.edition.parameters}
    after = {one.id: one for one in new.edition.parameters}
    for id, one in after.items():
        if id not in before:
            yield f"新增“{one.label}”，默认{wording(one, one.default)}"
            continue
        was = before[id]
        yield from _changed("名称", f"“{was.label}”", f"“{one.label}”")
        if one.kind == "weights":
            yield from _weights(was, one, old.edition, new.edition)
        else:
            yield from _changed(
                f"“{one.label}”默认", wording(was, was.default), wording(one, one.default)
            )
        yield from _changed(f"“{one.label}”范围", _range(was), _range(one))
        yield from _changed(
            f"“{one.label}”可选", _listed(was.choices.values()), _listed(one.choices.values())
        )
    yield from (f"取消“{one.label}”" for id, one in before.items() if id not in after)


def _weights(old: Parameter, new: Parameter, a: Edition, b: Edition) -> Iterator[str]:
    """Yield the points of each area that are other than before."""
    was, now = (
        dict(zip((one.name for one in edition.areas), parameter.default.split(", "), strict=False))
        for parameter, edition in ((old, a), (new, b))
    )
    for name, points in now.items():
        yield from _changed(
            f"{name}分值", f"{was[name]}分" if name in was else _NONE, f"{points}分"
        )


def _range(parameter: Parameter) -> str:
    if parameter.high is None or parameter.kind == "weights":
        return f"合计{plain(parameter.high)}分" if parameter.high is not None else _NONE
    return f"{plain(parameter.low or Decimal(0))}至{plain(parameter.high)}"


def _articles(old: Side, new: Side) -> Iterator[str]:
    before, after = old.edition.articles, new.edition.articles
    for topic in dict.fromkeys((*before, *after)):
        name = _TOPICS.get(topic, topic)
        yield from _changed(name, before.get(topic, _NONE), after.get(topic, _NONE))


def _names(old: Side, new: Side) -> Iterator[str]:
    a, b = old.edition, new.edition
    yield from _changed("城市", a.city, b.city)
    yield from _changed("评价对象", a.platform, b.platform)
    yield from _changed("主管部门", f"{a.bureau}（{a.authority}）", f"{b.bureau}（{b.authority}）")
    yield from _changed("审定会议", a.meeting, b.meeting)


def _forms(old: Side, new: Side) -> Iterator[str]:
    for name, a, b in _tables(old, new):
        before, after = ({field.id: field for field in side} for side in (a, b))
        for id, field in after.items():
            if id not in before:
                yield f"{name}新增“{field.label}”{'（必填）' if field.required else ''}"
            else:
                yield from _field(f"{name}“{field.label}”", before[id], field)
        yield from (f"{name}取消“{one.label}”" for id, one in before.items() if id not in after)
    yield from _changed("申报表标题", old.forms.filing.title, new.forms.filing.title)
    yield from _changed("评分表标题", old.forms.ballot.title, new.forms.ballot.title)


def _tables(old: Side, new: Side) -> Iterator[tuple[str, Sequence[Field], Sequence[Field]]]:
    a, b = old.forms.filing, new.forms.filing
    yield a.profile_sheet, a.fields, b.fields
    for one, other in ((a.products, b.products), (a.ledger, b.ledger), (a.summary, b.summary)):
        yield one.sheet, one.columns, other.columns
    yield old.forms.ballot.sheet, old.forms.ballot.head, new.forms.ballot.head
    for id, table in old.forms.staff.tables.items():
        yield table.sheet, table.columns, new.forms.staff.tables[id].columns


def _field(name: str, old: Field, new: Field) -> Iterator[str]:
    yield from _changed(f"{name}名称", f"“{old.label}”", f"“{new.label}”")
    yield from _changed(f"{name}单位", old.unit or _NONE, new.unit or _NONE)
    yield from _changed(f"{name}是否必填", *("是" if one.required else "否" for one in (old, new)))
    if old.choices != new.choices:
        more = [one for one in new.choices if one not in old.choices]
        gone = [one for one in old.choices if one not in new.choices]
        told = [f"新增{_listed(more)}"] * bool(more) + [f"取消{_listed(gone)}"] * bool(gone)
        yield f"{name}选项{'，'.join(told) or '改了次序'}"
    yield from _changed(f"{name}上限", *(_high(one) for one in (old, new)))
    yield from _changed(f"{name}说明", old.hint or _NONE, new.hint or _NONE)


def _high(field: Field) -> str:
    return _NONE if field.high is None else plain(field.high)


def _changed(name: str, old: str, new: str) -> Iterator[str]:
    if old != new:
        yield f"{name} {old}{_TO}{new}"


def _listed(words: Iterable[str]) -> str:
    return "、".join(words) or _NONE
