"""What the first edition says in words of its own, and where a text of the program says it too.

Words are names, offices, articles, counts; figures are the numbers of the rule with their units.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise, product

from xlpy.model.day import day_words
from xlpy.model.decision import Status
from xlpy.model.number import plain
from xlpy.policy.edition import Condition, Edition
from xlpy.policy.form import Forms

NUMERALS = "一二三四五六七八九十"
GENERIC = frozenset({"财政", "服务平台"})
"""财政 pays in every city, and somewhere every name of a platform ends in 服务平台."""

_ARTICLE = re.compile(f"第[{NUMERALS}百0-9]+条")
_AREA_CODE = re.compile("(?<![0-9])0[0-9]{2,3}(?=-)")
_HUNDRED = 100
_SHORT = 4  # signs people call a platform by
_RESULT = "结果"  # 省评价结果 is spoken of as 省评价
_SPOKEN = re.compile(r"%s|\{[^{}]*\}")  # what a text is filled in at


def own_words(edition: Edition, forms: Forms) -> frozenset[str]:
    """Return what another city or another year would call otherwise, each word at least two signs.

    Answers like 是 and 合格 are no words of an edition, nor are single letters that name grades:
    A is the first column of every sheet. What is printed of a grade (A级) is one. Free are the
    states of the program (一票否决), and what only the staff's workbook asks for (虚假佐证).
    """
    found = {*_offices(edition), *_rule(edition), *_form(forms)} - GENERIC - _staff_facts(forms)
    states = "、".join(status.label for status in Status)
    return frozenset(word for word in found if len(word) > 1 and word not in states)


def _staff_facts(forms: Forms) -> set[str]:
    facts = {one.fact for table in forms.staff.tables.values() for one in table.columns}
    return facts - {field.label for field in forms.filing.fields}


def _offices(edition: Edition) -> Iterator[str]:
    for name in (edition.city, edition.bureau, edition.authority, edition.meeting):
        yield from (name, name.removeprefix(edition.city[-1]), name.removesuffix(edition.city[-1]))
    yield from (edition.title, edition.paid_under, edition.not_listed, edition.quota_grades)
    yield from edition.expert_categories
    yield from (*edition.attendance.values(), *edition.away.values())
    yield from (edition.platform, edition.platform[-_SHORT:])  # 示范平台


def _rule(edition: Edition) -> Iterator[str]:
    for level in edition.levels:
        yield from (level.name, level.recognised_by)
    for grade in edition.grades:
        yield from (grade.name, grade.printed, f"评为{grade.name}")
    yield from (f"{one.name}、{next_.name}" for one, next_ in pairwise(edition.grades))
    for area, row in edition.area_rows:
        yield from (area.name, row.name)
    for one in edition.parameters:
        yield from (one.label, *one.choices.values())
    grounds = (*edition.vetoes, *edition.shortfalls)
    yield from (one.text for one in grounds)
    yield from (one.name for one in edition.functions)
    for one in conditions_of(edition):
        yield from (one.field, one.field.removesuffix(_RESULT))
        if one.bound:
            yield one.bound.phrase
    for parts, measures in (
        (edition.areas, ("个", "类", "项")),
        (edition.functions, ("项", "种", "类")),
        (edition.grades, ("个等次", "等次", "个等级", "档")),
    ):
        for number in (str(len(parts)), NUMERALS[len(parts) - 1] if len(parts) <= 10 else ""):
            yield from (f"{number}{measure}" for measure in measures if number)


def _form(forms: Forms) -> Iterator[str]:
    for county in forms.filing.field("county").choices:
        yield from (county, county.removesuffix("县").removesuffix("区"))
    for field in forms.filing.fields:
        yield from _AREA_CODE.findall(field.hint)


def conditions_of(edition: Edition) -> list[Condition]:
    """Return every condition of the rule: of functions, areas, vetoes and shortfalls."""
    found = [one for each in edition.functions for one in each.conditions]
    found += [one for _, row in edition.area_rows for one in row.targets]
    return found + [one.condition for one in (*edition.vetoes, *edition.shortfalls)]


def own_figures(edition: Edition) -> frozenset[str]:
    """Return the numbers of the rule as texts say them: 100家, 50%, 百分之五十, 5至7, its days."""
    bounds = [one.bound for one in conditions_of(edition) if one.bound]
    found = {f"{plain(one.limit)}{one.unit}" for one in bounds}
    found |= {f"{_numeral(int(one.limit))}{one.unit}" for one in bounds if one.limit < _HUNDRED}
    defaults = {one.id: one.default for one in edition.parameters}
    found |= {f"{defaults[one.line]}分" for one in edition.grades if one.line}
    days = defaults["notice_days"]
    found |= {f"{one}{of}工作日" for one in (days, _numeral(int(days))) for of in ("", "个")}
    for level in edition.levels:
        found |= {f"{plain(amount)}万" for amount in level.subsidy.values() if amount}
    share = 100 * edition.quota.limit
    found |= {f"{plain(share)}%", f"{plain(share)}％", f"百分之{_numeral(int(share))}"}
    least, most = edition.experts
    for number, measure in product(edition.experts, ("名", "位", "人")):
        found |= {f"{number}{measure}", f"{_numeral(number)}{measure}"}
    found |= {f"{least}{to}{most}" for to in ("至", "-", "—", "～", "到")}
    for day in (edition.issued, edition.valid_from, edition.valid_to):
        found |= {day.isoformat(), day_words(day)}
    return frozenset(found)


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = f"{NUMERALS[tens - 1] if tens > 1 else ''}十" if tens else ""
    return ten + (NUMERALS[ones - 1] if ones else "")


def leaks(text: str, words: frozenset[str], figures: frozenset[str] = frozenset()) -> set[str]:
    """Return the words and figures of the edition in a text, and articles of any rule (第四条).

    A figure is one only where no digit, and no numeral, stands before it: 1100家 says no 100家.
    """
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    found = {word for word in words if word in text} | set(_ARTICLE.findall(text))
    before = f"(?<![0-9.{NUMERALS}])"
    said = (one for one in figures if one in text)
    return found | {one for one in said if re.search(before + re.escape(one), text)}


def leaks_of_source(
    source: str,
    words: frozenset[str],
    endings: frozenset[str],
    figures: frozenset[str] = frozenset(),
    grades: frozenset[str] = frozenset(),
) -> set[str]:
    """Return what a module says of the edition: in texts, by an ending, by a grade it asks for.

    `endings` are what is added to the names of grades (级); a name of `grades` is one where
    something is compared with it. Docstrings and comments may say it all.
    """
    tree = ast.parse(source)
    told = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    found: set[str] = set()
    for one in ast.walk(tree):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in told:
            found |= leaks(one.value, words, figures)
            found |= {one.value} & endings
            behind = (one.value[each.end() :] for each in _SPOKEN.finditer(one.value))
            found.update(end for said in behind for end in _ending(said, endings))
        if isinstance(one, ast.JoinedStr):
            found.update(_endings(one, endings))
        found |= _asked(one) & grades
    return found


def _asked(node: ast.AST) -> set[object]:
    """Return the constants that something is compared with, or looked up by."""
    match node:
        case ast.Compare():
            within = [node]
        case ast.match_case():
            within = [node.pattern]
        case ast.Dict() if len(node.keys) > 1:
            within = [key for key in node.keys if key is not None]
        case ast.Call(func=ast.Attribute(attr="startswith" | "endswith")):
            within = node.args
        case _:
            return set()
    every = (each for one in within for each in ast.walk(one))
    return {each.value for each in every if isinstance(each, ast.Constant)}


def endings_of(edition: Edition) -> frozenset[str]:
    """Return what the edition adds to the names of its grades: 级 of A级."""
    added = {one.printed.removeprefix(one.name) for one in edition.grades}
    return frozenset(added - {""})


def _endings(text: ast.JoinedStr, endings: frozenset[str]) -> Iterator[str]:
    """Yield the endings right behind a value; 级 that goes on as 级别 speaks of a level."""
    for value, one in zip(text.values, text.values[1:], strict=False):
        if isinstance(value, ast.FormattedValue) and isinstance(one, ast.Constant):
            yield from _ending(str(one.value), endings)


def _ending(said: str, endings: frozenset[str]) -> Iterator[str]:
    yield from (end for end in endings if said.startswith(end) and said[1:2] != "别")
