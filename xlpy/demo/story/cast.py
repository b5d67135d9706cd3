"""Who plays (示例平台): some in every grade, a tie at the last place, one of each mishap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from xlpy.demo.story.answers import met
from xlpy.demo.story.scores import Seat, opinions, seats_of
from xlpy.judge.terms import ROSTER, Terms
from xlpy.model.grid import CellValue
from xlpy.policy.edition import Condition, Ground

_PLACES = (
    *("星河", "青禾", "云岭", "北斗", "远帆", "新桥", "启明", "汇川"),
    *("春晖", "金穗", "长亭", "碧波", "松涛", "晴川", "明远", "和风"),
)
_TRADES = (
    *("智能制造", "中小企业综合", "检验检测", "产业链协作", "数字转型", "人才发展"),
    *("县域企业", "双创孵化", "农产品加工", "融资担保", "信息化促进", "新材料中试"),
    *("知识产权", "工业设计", "绿色制造", "外贸综合"),
)
_STEM = "91000000MA2XL"
_SIZES = (3, 2)  # of the first, of others down to the tie; all others 1
_BEYOND = 30  # days before the year of evaluation in which a recognition ran out


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The platforms of a script (示例平台), those that tie, and who changes its account."""

    platforms: list[dict[str, Any]]
    absent: list[dict[str, Any]]
    tied: list[str]
    corrected: str


def cast_of(terms: Terms, experts: int) -> Cast:
    """Return the cast for an edition and so many experts."""
    seats = seats_of(terms)
    tied = [at for at, seat in enumerate(seats) if seat.tied]
    platforms = [_platform(terms, seats, at, experts) for at in range(len(seats))]
    before = tied[0] if tied else len(seats)
    platforms[max(before - 1, 0)]["late"] = True
    _recuse(platforms[min(2, max(before - 2, 0))], terms, seats, experts)
    after = min(tied[-1] + 1 if tied else len(seats) - 2, len(seats) - 1)
    if (lacking := _shortfall(terms)) is not None:
        platforms[after]["answers"] |= lacking
    platforms[-1]["mistakes"] = list(_mistakes(terms))
    platforms[-1]["answers"]["phone"] = "3112345"
    platforms += _vetoed(terms, len(platforms), experts)
    platforms.append(_run_out(terms, len(platforms)))
    named = [one["name"] for one in platforms]
    return Cast(
        platforms=platforms,
        absent=[*_absent(terms, len(platforms))],
        tied=[named[at] for at in tied],
        corrected=named[_paid(terms, platforms, len(seats))],
    )


def _platform(terms: Terms, seats: Sequence[Seat], at: int, experts: int) -> dict[str, Any]:
    """Return the platform in a seat; the first two have the best of what ranks."""
    seat = seats[at]
    last = max((n for n, one in enumerate(seats) if one.tied), default=len(seats) // 2)
    one = _named(terms, at, _level(terms, seat.grade, at))
    one["size"] = _SIZES[0] if at == 0 and not seat.tied else _SIZES[1] if at <= last else 1
    one["scores"] = opinions(seat, at, experts, terms)
    if at < 2 and last > 2:
        best = {one.id: one.best_first[0] for one in terms.forms.filing.fields if one.best_first}
        one["answers"] |= best
    return one


def _named(terms: Terms, at: int, level: str) -> dict[str, Any]:
    place, trade = _PLACES[at % len(_PLACES)], _TRADES[at % len(_TRADES)]
    if at >= len(_PLACES):
        trade = _TRADES[(at + 5) % len(_TRADES)]
    counties = terms.forms.filing.field("county").choices
    return {
        "name": f"{place}{trade}服务平台",
        "operator": f"{terms.edition.city.removesuffix('市')}示例{place}{trade}有限公司",
        "stem": f"{_STEM}{at + 1:02d}{at + 1:02d}",
        "level": level,
        "size": 1,
        "answers": {"county": counties[at % len(counties)]},
    }


def _level(terms: Terms, grade: str, at: int) -> str:
    """Return a level by turns, one that pays this grade where any does."""
    every = [one.name for one in terms.edition.levels]
    paid = [one.name for one in terms.edition.levels if one.subsidy[grade]]
    return (paid or every)[at % len(paid or every)]


def _recuse(platform: dict[str, Any], terms: Terms, seats: Sequence[Seat], experts: int) -> None:
    """Let the expert stay away whose total is the mean, so that the score stays where it is."""
    scores = platform["scores"]
    middle = sum(scores) / experts
    nearest = min(range(experts), key=lambda one: abs(scores[one] - middle))
    if experts > terms.rules.min_ballots:
        platform["recused"] = [nearest + 1]


def _paid(terms: Terms, platforms: Sequence[dict[str, Any]], graded: int) -> int:
    """Return the platform that sends another account: a paid one, the second where it can be."""
    best = terms.edition.grades[0].name
    order = [*range(1, graded), 0]
    return next(
        (
            at
            for at in order
            if not platforms[at].get("late")
            and (level := terms.edition.level(platforms[at]["level"]))
            and level.subsidy[best]
        ),
        0,
    )


def _applies(grounds: Sequence[Ground], terms: Terms) -> Iterator[Condition]:
    return (one.condition for one in grounds if terms.applies(one.condition))


def _shortfall(terms: Terms) -> dict[str, CellValue] | None:
    """Return an answer that is to be completed and vetoes nobody, None where there is none."""
    vetoes = [one.field for one in _applies(terms.edition.vetoes, terms)]
    fields = {one.label: one for one in terms.forms.filing.fields}
    for condition in _applies(terms.edition.shortfalls, terms):
        field, answer = fields.get(condition.field), met(condition)
        if field is not None and answer is not None and condition.field not in vetoes:
            return {field.id: answer}
    return None


def _vetoed(terms: Terms, at: int, experts: int) -> Iterator[dict[str, Any]]:
    """Yield a platform that is vetoed: on a fact the staff verified, else on its own answer."""
    columns = {one.fact: one for one in terms.forms.staff.tables[ROSTER].columns if one.fact}
    fields = {one.label: one for one in terms.forms.filing.fields}
    grounds = [
        one
        for one in _applies(terms.edition.vetoes, terms)
        if one.field != terms.labels.attendance and met(one) is not None
    ]
    grounds.sort(key=lambda one: (one.field not in columns, one.bound is None))
    for condition in grounds:
        one = _named(terms, at, terms.edition.levels[-1].name)
        top = sum(terms.rules.rubric, Decimal(0))
        one["scores"] = [float(round(top * Decimal("0.8"), 1))] * experts
        if column := columns.get(condition.field):
            told = "经办人向主管部门核实属实，见示例函"
            one["roster"] = {column.id: _typed(met(condition)), "explanation": told}
        elif field := fields.get(condition.field):
            one["answers"][field.id] = met(condition)
        else:
            continue
        yield one
        return


def _typed(answer: CellValue | None) -> CellValue | None:
    return str(answer) if isinstance(answer, int | float) else answer


def _run_out(terms: Terms, at: int) -> dict[str, Any]:
    """Return a platform whose recognition has run out, whatever day the bureau looks at."""
    one = _named(terms, at, terms.edition.levels[at % len(terms.edition.levels)].name)
    one["answers"]["valid_until"] = date(terms.as_of.year - 1, 11, _BEYOND)
    return one


def _absent(terms: Terms, at: int) -> Iterator[dict[str, Any]]:
    """Yield a platform that stays away without a reason, where the rule knows such."""
    if "absent" not in terms.edition.attendance:
        return
    one = _named(terms, at, terms.edition.levels[-1].name)
    kept = {key: one[key] for key in ("name", "stem", "level")}
    yield {**kept, "attendance": terms.edition.attendance["absent"]}


def _mistakes(terms: Terms) -> Iterator[dict[str, Any]]:
    """Yield what is typed wrong in the ledger: a number in words, a day of another year."""
    yield {"row": 2, "column": "firms", "value": "约200"}
    yield {"row": 5, "column": "held_on", "value": f"{terms.year - 1}年12月30日"}
    money = [one.id for one in terms.forms.filing.ledger.numbers if one.kind == "decimal"]
    if money:
        yield {"row": 8, "column": money[0], "value": "0.3亿元"}
