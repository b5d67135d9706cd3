"""Editions at random (随意的政策版本), as the files of a folder, of any shape there may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from xlpy.policy.editions.folder import Source
from xlpy.policy.frozen import Frozen

GRADES = ("卓越", "优异", "先进", "中上", "稳健", "过关", "待改", "落后")
LEVELS = ("部选", "省选", "市选", "县选", "园选", "镇选")
_PARTS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
_ORDINALS = "一二三四五六七八九十"
_UNITS = {"events": "场次", "firms": "家", "visits": "人次", "matches": "笔", "financing": "万元"}
_MEASURES = st.sampled_from(sorted(_UNITS))
_CHOICES = """
[[parameter]]
id = "{id}"
label = "{label}"
article = "第三十条"
kind = "{kind}"
{limits}
default = "{default}"
meaning = "由主管部门确定"
decided_by = "bureau"
"""


@st.composite
def editions(draw: Any) -> Source:
    """Return an edition of any shape: grades, levels, areas, functions, quota, points, money."""
    grades = GRADES[: draw(st.integers(3, 8))]
    levels = LEVELS[: draw(st.integers(1, 6))]
    areas = _PARTS[: draw(st.integers(1, 20))]
    measured = draw(st.lists(_MEASURES, max_size=10))
    total = draw(st.integers(4, 60)) * 5
    suffix = draw(st.sampled_from(("", "档", "等")))
    registered = draw(st.booleans())
    grounds = {one: draw(st.booleans()) and text for one, text in _GROUNDS.items()}
    rule = "\n".join(
        (
            *(f"{kind} = []" for kind in _none_of(grounds)),
            _head(registered, bool(measured), absent=bool(grounds["veto.absent"])),
            *(_level(draw, level, grades) for level in levels),
            *(_function(draw, n, measure) for n, measure in enumerate(measured)),
            *(_area(draw, one) for one in areas),
            _quota(draw, grades, suffix),
            *(_grade(n, name, suffix, len(grades)) for n, name in enumerate(grades, 1)),
            _experts(draw),
            *filter(None, grounds.values()),
            *_parameters(draw, grades, len(areas), total),
        )
    )
    texts = {"edition.toml": rule, "filing.toml": _filing(measured), "staff.toml": _STAFF}
    return Source("suiyi-2040", Frozen(texts))


def _none_of(grounds: Mapping[str, str | bool]) -> list[str]:
    """Return the kinds of grounds there is none of: the rule says so with an empty list."""
    kinds = dict.fromkeys(one.partition(".")[0] for one in grounds)
    return [kind for kind in kinds if not any(text for one, text in grounds.items() if kind in one)]


def _head(registered: bool, functions: bool, *, absent: bool) -> str:
    place = 'registration = { field = "是否在随意市注册", is = "是" }\n' if registered else ""
    article = 'function = "第三条"\n' if functions else ""
    away = '\nabsent = "不来"' if absent else ""
    return f"""
id = "suiyi-2040"
title = "随意市机构评定规则"
city = "随意市"
platform = "随意机构"
paid_under = "随发〔2040〕1号"
bureau = "市随意局"
authority = "随意市随意局"
meeting = "随意会议"
issued = 2040-01-01
valid_from = 2040-01-01
valid_to = 2044-12-31

[articles]
{article}ruling = "第三十一条"
subsidy = "第三十二条"
veto = "第三十三条"
validity = "第三十四条"

[eligible]
article = "第三十五条"
{place}not_listed = "不在册"

[attendance]{away}
excused = "请假"
"""


def _level(draw: Any, name: str, grades: tuple[str, ...]) -> str:
    halves = sorted(draw(st.lists(st.integers(0, 200), min_size=len(grades), max_size=len(grades))))
    paid = [*(Decimal(one) / 2 for one in reversed(halves[1:])), Decimal(0)]
    rows = "\n".join(
        f'  {{ grade = "{grade}", amount = {amount}, unit = "万元", phrase = '
        f'"{grade}{f"{amount}万元" if amount else "不予奖励"}" }},'
        for grade, amount in zip(grades, paid, strict=True)
    )
    return (
        f'[[level]]\nname = "{name}"\narticle = "第三十二条"\nrecognised_by = "{name}部门"\n'
        f"subsidy = [\n{rows}\n]\n"
    )


def _function(draw: Any, number: int, measure: str) -> str:
    one, least, unit = _ORDINALS[number], draw(st.integers(1, 50)), _UNITS[measure]
    limit = f'at_least = {least}, unit = "{unit}", phrase = "{least}{unit}以上"'
    return f"""
[[function]]
id = "f{number}"
name = "能力{one}"
article = "第三条({one})"
conditions = [
  {{ field = "能力{one}的条件", is = "有" }},
  {{ field = "能力{one}的数量", measure = "{measure}", {limit} }},
]
"""


def _area(draw: Any, one: str) -> str:
    wanted = draw(st.lists(_MEASURES, max_size=2, unique=True))
    targets = ", ".join(
        f'{{ measure = "{measure}", more_than = {least}, unit = "{_UNITS[measure]}", '
        f'phrase = "超过{least}{_UNITS[measure]}" }}'
        for measure in wanted
        for least in [draw(st.integers(0, 60))]
    )
    return (
        f'[[area]]\nid = "a{_PARTS.index(one)}"\nname = "事项{one}"\narticle = "第四条"\n'
        f"targets = [{targets}]\n"
    )


def _quota(draw: Any, grades: tuple[str, ...], suffix: str) -> str:
    over = grades[: draw(st.integers(1, len(grades) - 1))]
    share = draw(st.integers(1, 100))
    return f"""
[quota]
article = "第五条"
at_most = {Decimal(share) / 100}
unit = "比例"
phrase = "不超过{share}%"
over = [{", ".join(f'"{one}"' for one in over)}]
grades = "{"、".join(f"{one}{suffix}" for one in over)}"
"""


def _grade(number: int, name: str, suffix: str, count: int) -> str:
    line = f"line_{number}" if number < count else ""
    return f'[[grade]]\nname = "{name}"\nprinted = "{name}{suffix}"\nline = "{line}"\n'


def _experts(draw: Any) -> str:
    low = draw(st.integers(3, 5))
    high = low + draw(st.integers(0, 4))
    named = draw(st.booleans())
    return (
        f'[experts]\narticle = "第六条"\nat_least = {low}\nat_most = {high}\nunit = "人"\n'
        f'phrase = "{low}至{high}人"\n' + ('categories = ["处室", "院校"]\n' if named else "")
    )


def _parameters(draw: Any, grades: tuple[str, ...], areas: int, total: int) -> list[str]:
    tenths = st.lists(
        st.integers(10, total * 10), min_size=len(grades) - 1, max_size=len(grades) - 1, unique=True
    )
    lines = sorted(draw(tenths), reverse=True)
    decimals, base = draw(st.integers(0, 4)), draw(st.sampled_from(("took_part", "not_vetoed")))
    ways = 'choices = { mean = "平均", trimmed = "去头去尾平均" }'
    bases = 'choices = { took_part = "全体", not_vetoed = "全体减去否决的" }'
    days = 'choices = { as_of = "当天", that_year = "当年" }'
    ties = 'choices = { star = "星多在前", served = "户多在前" }'
    whole = "low = {}\nhigh = {}".format
    way = draw(st.sampled_from(("mean", "trimmed")))
    told = [
        ("aggregation", "合成", "choice", ways, way),
        ("trim_min", "去头去尾份数", "integer", whole(3, 20), "5"),
        ("min_ballots", "起评份数", "integer", whole(1, 20), str(draw(st.integers(1, 3)))),
        ("score_decimals", "小数", "integer", whole(0, 4), str(decimals)),
        ("quota_base", "基数", "choice", bases, base),
        ("valid_on", "有效日", "choice", days, draw(st.sampled_from(("as_of", "that_year")))),
        ("tie_break", "同分", "choices", ties, draw(st.sampled_from(("star, served", "无")))),
        ("rubric", "分值", "weights", whole(0, total), _shares(draw, areas, total)),
        ("notice_days", "公示", "integer", whole(0, 30), str(draw(st.integers(0, 9)))),
    ]
    told += [
        (f"line_{n}", f"线{n}", "decimal", whole(1, total), _plain(Decimal(line) / 10))
        for n, line in enumerate(lines, 1)
    ]
    return [
        _CHOICES.format(id=id, label=label, kind=kind, limits=limits, default=default)
        for id, label, kind, limits, default in told
    ]


def _shares(draw: Any, areas: int, total: int) -> str:
    cuts = sorted(draw(st.integers(0, total)) for _ in range(areas - 1))
    edges = [0, *cuts, total]
    return ", ".join(str(b - a) for a, b in pairwise(edges))


def _plain(number: Decimal) -> str:
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"


_BEST = 'best_first = ["三星", "二星"], required = true'
_GROUNDS = {
    "veto.absent": """
[[veto]]
id = "absent"
article = "第三十三条第1项"
text = "不来评定"
condition = { field = "未参加", is = "不来" }
""",
    "veto.warned": """
[[veto]]
id = "warned"
article = "第三十三条第2项"
text = "被通报"
condition = { field = "通报次数", more_than = 0, unit = "次", phrase = "超过0次" }
""",
    "shortfall.paper": """
[[shortfall]]
id = "paper"
article = "第七条"
text = "缺材料"
condition = { field = "材料", is = "缺" }
""",
}

_STAFF = """
[[roster.columns.add]]
id = "warned"
label = "查实通报"
after = "received_on"
kind = "whole"
unit = "次"
staff = true
width = 10
fact = "通报次数"
"""


def _filing(measured: Sequence[str]) -> str:
    fields = "\n".join(
        f'  {{ id = "c{n}", label = "能力{one}的条件", kind = "choice", choices = ["无", "有"] }},'
        "\n"
        f'  {{ id = "n{n}", label = "能力{one}的数量", kind = "decimal", unit = "{unit}" }},'
        for n, (one, unit) in enumerate(
            zip(_ORDINALS, (_UNITS[one] for one in measured), strict=False)
        )
    )
    return f"""
[profile.group.change."基本信息".fields.change]
county.choices = ["东乡", "西乡"]

[[profile.group.add]]
name = "能力和其他"
after = "运营情况"
fields = [
{fields}
  {{ id = "star", label = "星级", kind = "choice", choices = ["三星", "二星", "无星"], {_BEST} }},
  {{ id = "warned", label = "通报次数", kind = "whole", unit = "次", required = true }},
  {{ id = "paper", label = "材料", kind = "choice", choices = ["齐", "缺"], required = true }},
]
"""
