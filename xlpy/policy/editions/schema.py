"""The entries of an edition file, one function each (政策文件的各类条目)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import NamedTuple

from xlpy.model.decision import Status
from xlpy.model.keys import folded
from xlpy.model.number import plain
from xlpy.policy.edition import (
    Area,
    AreaRow,
    Condition,
    Function,
    Grade,
    Ground,
    Level,
)
from xlpy.policy.frozen import Frozen
from xlpy.policy.phrases.bound import Bound, Comparison
from xlpy.policy.phrases.phrase import SHARE, PhraseError, amount, span
from xlpy.policy.strict import Strict

COMPARISONS: tuple[Comparison, ...] = ("at_least", "at_most", "more_than", "less_than")

_SAME = frozenset(
    frozenset(pair) for pair in (("家", "户"), ("人次", "人"), ("场次", "场"), ("场次", "次"))
)
"""Units that count alike: a limit may be given in either."""

_PRINTED = "excused_printed"
_LIMIT = re.compile("[高低多少]于|[最至][高低多少]|超过|不[足满]|[上下]限|封顶|以[上下内]|左右|约")
MOST_EXPERTS, MOST_PAID = 100, 100_000
"""A panel, and 万元 for one platform, beyond which there is a slip of the hand."""
_YUAN = 4  # decimals of 万元: what is paid is paid in whole yuan


class Share(NamedTuple):
    """The share of the best grades (比例条款): its bound, whom it holds down, the same in words."""

    bound: Bound
    over: tuple[str, ...]
    words: str


NO_SHARE = Share(Bound("at_most", Decimal(1), SHARE), (), "")
"""Stands for a quota that cannot be read."""


class Claims(NamedTuple):
    """Reads what conditions are made of (条件读取); `units` maps each measure to its unit.

    None where nothing is known of the measures.
    """

    units: Mapping[str, str] | None

    def function(self, table: Strict) -> Function:
        """Read one service function (服务功能)."""
        table.only("id", "name", "article", "conditions")
        return Function(
            id=table.id(),
            name=table.text("name"),
            article=table.article(),
            conditions=table.each("conditions", "field", self.claim),
        )

    def area(self, table: Strict) -> Area:
        """Read one service area (服务类别), which has either `targets` or rows."""
        table.only("id", "name", "article", optional=("targets", "row"))
        if ("targets" in table.cells) == ("row" in table.cells):
            table.refuse("targets", "与 row 应当恰好有一个", "保留其中一个")
        name = table.text("name")
        if "row" in table.cells:
            rows = table.each("row", "name", self._row)
            _check_parts(table, rows)
        else:
            rows = (AreaRow(name=name, targets=self._targets(table)),)
        return Area(id=table.id(), name=name, article=table.article(), rows=rows)

    def ground(self, table: Strict) -> Ground:
        """Read one ground of veto (一票否决情形) or one shortfall (待补正情形)."""
        table.only("id", "article", "text", "condition")
        return Ground(
            id=table.id(),
            article=table.article(),
            text=table.text("text"),
            condition=self.claim(table.table("condition")),
        )

    def registration(self, table: Strict) -> Condition | None:
        """Read where a platform must be registered (注册地), None where the rule does not say."""
        table.only("article", "not_listed", optional=("registration",))
        if "registration" not in table.cells:
            return None
        return self.claim(table.table("registration"))

    def claim(self, table: Strict) -> Condition:
        """Read a condition (条件) on a field of 附件1: a given word, or a number within a bound."""
        if "is" in table.cells:
            table.only("field", "is", optional=("when",))
            return Condition(field=table.text("field"), equals=table.text("is"), when=_when(table))
        table.only("field", "unit", "phrase", optional=("measure", "when", *COMPARISONS))
        return Condition(
            field=table.text("field"),
            bound=bound(table),
            measure=self._measure(table) if "measure" in table.cells else "",
            when=_when(table),
        )

    def _row(self, table: Strict) -> AreaRow:
        table.only("name", "targets", optional=("activity", "activity_not"))
        if ("activity" in table.cells) == ("activity_not" in table.cells):
            table.refuse("activity", "与 activity_not 应当恰好有一个", "保留其中一个")
        return AreaRow(
            name=table.text("name"),
            activity=table.text("activity") if "activity" in table.cells else "",
            activity_not=table.text("activity_not") if "activity_not" in table.cells else "",
            targets=self._targets(table),
        )

    def _targets(self, table: Strict) -> tuple[Condition, ...]:
        return table.each("targets", "measure", self._target, empty=True)

    def _target(self, table: Strict) -> Condition:
        table.only("measure", "unit", "phrase", optional=COMPARISONS)
        return Condition(measure=self._measure(table), bound=bound(table))

    def _measure(self, table: Strict) -> str:
        measure, unit = table.text("measure"), table.text("unit")
        if self.units is None:
            return measure
        if measure not in self.units:
            cure = f"改为{'、'.join(sorted(self.units))}之一"
            table.refuse("measure", f"“{measure}”不是台账里的量", cure)
        own = self.units[measure]
        if not unit_fits(own, unit):
            table.refuse("unit", f"为“{unit}”，台账里 {measure} 的单位是“{own}”", f"写“{own}”")
        return measure


def grade(table: Strict, limited: Collection[str]) -> Grade:
    """Read one grade (等次); `limited` are those the quota holds down."""
    table.only("name", "printed", "line")
    name, printed = table.text("name"), table.text("printed")
    if not printed.startswith(name):
        table.refuse("printed", f"“{printed}”说的不是“{name}”", "写以等次名称开头的说法")
    return Grade(
        name=name,
        printed=printed,
        line=table.text("line", empty=True),
        in_quota=name in limited,
    )


def level(table: Strict, grades: Collection[str]) -> Level:
    """Read one level of recognition (平台级别) with what its grades are paid.

    `grades` are the names of all grades: a phrase speaks of the longest it begins with.
    """
    table.only("name", "article", "recognised_by", "subsidy")
    return Level(
        name=table.text("name"),
        article=table.article(),
        recognised_by=table.text("recognised_by"),
        subsidy=Frozen(table.each("subsidy", "grade", lambda one: _payment(one, grades))),
        phrases=Frozen(table.each("subsidy", "grade", _phrase)),
    )


def not_listed(table: Strict, root: Strict) -> str:
    """Return the word of the roster column 平台级别 for a platform on no official list (未认定)."""
    word = table.text("not_listed")
    if folded(word) in (folded(one.text("name")) for one in root.tables("level", "name")):
        table.refuse("not_listed", f"“{word}”是一个级别的名称", "写成别的词，如“未认定”")
    return word


def experts(table: Strict) -> tuple[int, int]:
    """Read how many experts there should be (专家人数), both ends included."""
    optional = ("categories", "others")
    table.only("article", "at_least", "at_most", "unit", "phrase", optional=optional)
    low, high = table.whole("at_least"), table.whole("at_most")
    _agree(table, "at_least", (low, high))
    if low > high:
        table.refuse("at_least", f"为{low}，大于 at_most 的{high}", "对调或更正")
    if high > MOST_EXPERTS:
        table.refuse("at_most", f"为{high}，太多", f"按办法原文核对，不超过{MOST_EXPERTS}")
    return low, high


def texts(table: Strict, key: str) -> tuple[str, ...]:
    """Read a list of words that may be left out; () then."""
    return table.texts(key) if key in table.cells else ()


def attendance(table: Strict) -> Frozen[str, str]:
    """Read the words of the roster column 未参加."""
    table.only("excused", optional=("absent", _PRINTED))
    words = {key: table.text(key) for key in ("absent", "excused") if key in table.cells}
    if folded(words.get("absent", "")) == folded(words["excused"]):
        table.refuse("excused", f"与 absent 同为“{words['absent']}”", "写成不同的词")
    return Frozen(words)


def away(table: Strict) -> Frozen[str, str]:
    """Read what the results call those that stayed away (状态): as the roster, unless told."""
    printed = {"excused": table.text(_PRINTED)} if _PRINTED in table.cells else {}
    words = {**attendance(table), **printed}
    ours = {
        folded(one.label): one.label for one in Status if one.value not in ("excused", "absent")
    }
    for key, word in words.items():
        if folded(word) in ours:
            wrong = f"“{word}”是程序对别的状态的说法"
            table.refuse(_PRINTED if key in printed else key, wrong, "写成不同的词")
    return Frozen(words)


def bound(table: Strict) -> Bound:
    """Read a limit (界限) and compare it with its phrase."""
    comparison = _comparison(table)
    limit, unit, phrase = table.number(comparison), table.text("unit"), table.text("phrase")
    try:
        said = Bound.parse(phrase, unit)
    except PhraseError as error:
        table.refuse("phrase", f"读不通：{error}", "按办法原文核对")
    if said.comparison != comparison:
        table.refuse(
            comparison,
            f"与措辞“{phrase}”的界限不一致（措辞的意思是 {said.comparison}）",
            "按办法原文核对，“以上”包括本数，“不超过”是上限",
        )
    if said.limit != limit:
        table.refuse(
            comparison,
            f"写作{limit}，而措辞“{phrase}”是{said.limit}（{unit}）",
            "按办法原文核对",
        )
    return said


def _agree(table: Strict, key: str, written: tuple[int | Decimal, int | Decimal]) -> None:
    phrase, unit = table.text("phrase"), table.text("unit")
    try:
        said = span(phrase, unit)
    except PhraseError as error:
        table.refuse("phrase", f"读不通：{error}", "按办法原文核对")
    if said != written:
        found = f"为{written[0]}至{written[1]}，而措辞“{phrase}”是{said[0]}至{said[1]}"
        table.refuse(key, found, "按办法原文核对")


def _payment(table: Strict, grades: Collection[str]) -> tuple[str, Decimal]:
    table.only("grade", "amount", "unit", "phrase")
    grade, unit, phrase = table.text("grade"), table.text("unit"), table.text("phrase")
    if unit != "万元":
        table.refuse("unit", f"为“{unit}”", "以“万元”为单位")
    if not phrase.startswith(grade):
        table.refuse("phrase", f"“{phrase}”说的不是“{grade}”", "写以等次名称开头的措辞")
    longer = max(filter(phrase.startswith, {grade, *grades}), key=len)
    if longer != grade:
        table.refuse("phrase", f"“{phrase}”说的是“{longer}”，不是“{grade}”", "按办法原文核对")
    paid = table.number("amount")
    if paid != round(paid, _YUAN):
        table.refuse("amount", f"为{paid}{unit}，不是整元", f"万元最多写{_YUAN}位小数")
    if paid > MOST_PAID:
        table.refuse(
            "amount", f"为{plain(paid)}{unit}，太大", f"按办法原文核对，不超过{MOST_PAID}万元"
        )
    if found := _LIMIT.search(phrase.removeprefix(grade)):
        wrong = f"“{phrase}”里有“{found.group()}”，说的是界限，不是确定的金额"
        table.refuse("phrase", wrong, f"写确定的金额，如“{grade}{plain(paid)}{unit}”")
    try:
        said = amount(phrase.removeprefix(grade), unit)
    except PhraseError as error:
        table.refuse("phrase", f"读不通：{error}", "按办法原文核对")
    if said != paid:
        table.refuse("amount", f"为{paid}{unit}，而措辞“{phrase}”是{said}{unit}", "按办法原文核对")
    return grade, paid


def _phrase(table: Strict) -> tuple[str, str]:
    return table.text("grade"), table.text("phrase")


def _check_parts(table: Strict, rows: tuple[AreaRow, ...]) -> None:
    """Refuse rows that leave an activity out or take it twice."""
    kept = {row.activity for row in rows if row.activity}
    left = {row.activity_not for row in rows if row.activity_not}
    if len(rows) != 2 or len(kept) != 1 or kept != left:
        table.refuse(
            "row",
            "没有把活动类型恰好分完",
            "写两行：一行 activity，一行 activity_not，活动类型相同",
        )


def _comparison(table: Strict) -> Comparison:
    found = [name for name in COMPARISONS if name in table.cells]
    if len(found) != 1:
        table.refuse(
            found[-1] if found else COMPARISONS[0],
            f"：{'、'.join(COMPARISONS)}应当恰好有一个，现有{len(found)}个",
            "保留与措辞一致的一个",
        )
    return found[0]


def _when(table: Strict) -> tuple[str, str] | None:
    if "when" not in table.cells:
        return None
    when = table.table("when")
    when.only("parameter", "is")
    return when.id("parameter"), when.text("is")


def unit_fits(own: str, unit: str) -> bool:
    """Tell whether a limit on a measure in its `own` unit may be given in `unit`.

    Some units count alike: 人 and 人次 where they are sums, 家 and 户.

    >>> unit_fits("万元", "元"), unit_fits("人次", "万人次"), unit_fits("人次", "人")
    (False, False, True)
    >>> unit_fits("人次", "家"), unit_fits("家", "户"), unit_fits("场次", "次")
    (False, True, True)
    """
    return unit == own or frozenset({unit, own}) in _SAME
