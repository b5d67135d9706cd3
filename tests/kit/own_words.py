"""What the first edition says in words of its own, and where a text of the program says it too."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from xlpy.model.decision import Status
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms

NUMERALS = "一二三四五六七八九十"
GENERIC = frozenset({"财政", "服务平台"})
"""财政 pays in every city, and somewhere every name of a platform ends in 服务平台."""

_ARTICLE = re.compile(f"第[{NUMERALS}百]+条")
_AREA_CODE = re.compile("(?<![0-9])0[0-9]{2,3}(?=-)")
_SHORT = 4  # signs people call a platform by
_RESULT = "结果"  # 省评价结果 is spoken of as 省评价


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
        yield from (grade.name, grade.printed)
    for area, row in edition.area_rows:
        yield from (area.name, row.name)
    for one in edition.parameters:
        yield from (one.label, *one.choices.values())
    grounds = (*edition.vetoes, *edition.shortfalls)
    yield from (one.text for one in grounds)
    yield from (one.name for one in edition.functions)
    conditions = [one.condition for one in grounds]
    conditions += [one for function in edition.functions for one in function.conditions]
    for one in conditions:
        yield from (one.field, one.field.removesuffix(_RESULT))
        if one.bound:
            yield one.bound.phrase
    for parts, measures in (
        (edition.areas, ("个", "类", "项")),
        (edition.functions, ("项", "种")),
        (edition.grades, ("个等次", "等次", "档")),
    ):
        for number in (str(len(parts)), NUMERALS[len(parts) - 1] if len(parts) <= 10 else ""):
            yield from (f"{number}{measure}" for measure in measures if number)


def _form(forms: Forms) -> Iterator[str]:
    yield from forms.filing.field("county").choices
    for field in forms.filing.fields:
        yield from _AREA_CODE.findall(field.hint)


def leaks(text: str, words: frozenset[str]) -> set[str]:
    """Return the words of the edition in a text, and articles of any rule (第四条)."""
    return {word for word in words if word in text} | set(_ARTICLE.findall(text))


def leaks_of_source(source: str, words: frozenset[str], endings: frozenset[str]) -> set[str]:
    """Return what a module says of the edition: in texts, or by an ending put behind a grade.

    `endings` are what is added to the names of grades (级). Docstrings and comments may say it all.
    """
    tree = ast.parse(source)
    told = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    found: set[str] = set()
    for one in ast.walk(tree):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in told:
            found |= leaks(one.value, words)
            found |= {one.value} & endings
        if isinstance(one, ast.JoinedStr):
            found.update(_endings(one, endings))
    return found


def endings_of(edition: Edition) -> frozenset[str]:
    """Return what the edition adds to the names of its grades: 级 of A级."""
    added = {one.printed.removeprefix(one.name) for one in edition.grades}
    return frozenset(added - {""})


def _endings(text: ast.JoinedStr, endings: frozenset[str]) -> Iterator[str]:
    """Yield the endings right behind a value; 级 that goes on as 级别 speaks of a level."""
    for value, one in zip(text.values, text.values[1:], strict=False):
        if isinstance(value, ast.FormattedValue) and isinstance(one, ast.Constant):
            said = str(one.value)
            yield from (end for end in endings if said.startswith(end) and said[1:2] != "别")
