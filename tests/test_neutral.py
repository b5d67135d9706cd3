"""The program says nothing that only one edition says: next year's rule comes by data alone."""

from __future__ import annotations

import ast
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

import xlpy
from tests.kit.own_words import endings_of, leaks, leaks_of_source, own_words
from xlpy.policy.edition import Edition
from xlpy.policy.editions.load import edition_named
from xlpy.policy.forms.load import load_forms

FIRST = edition_named("bengbu-2022")
WORDS = own_words(FIRST, load_forms(FIRST))
ENDINGS = endings_of(FIRST)
HOUSE = Path(xlpy.__file__).parent
MODULES = sorted(
    path.relative_to(HOUSE).as_posix()
    for path in HOUSE.rglob("*.py")
    if path.relative_to(HOUSE).parts[0] != "demo"
)

ALLOWED = {
    # Who writes an edition is shown how: these refusals quote an example of the notation.
    "policy/strict.py": {"第四条", "第十六条"},
    "policy/editions/schema.py": {"未认定"},
}
"""Words that are no leak, by module; one that is no longer said must be taken off."""


@pytest.mark.parametrize("module", MODULES)
def test_no_text_of_a_module_is_of_one_edition(module: str):
    source = (HOUSE / module).read_text(encoding="utf-8")
    found = leaks_of_source(source, WORDS, ENDINGS)
    assert found - ALLOWED.get(module, set()) == set()


def test_what_is_allowed_is_said():
    """An exception nobody needs any more would hide the next leak."""
    said = {
        module: leaks_of_source((HOUSE / module).read_text(encoding="utf-8"), WORDS, ENDINGS)
        for module in ALLOWED
    }
    assert {module: words - said[module] for module, words in ALLOWED.items()} == {
        module: set() for module in ALLOWED
    }


@pytest.mark.parametrize("name", ["findings", "refused"])
def test_no_sentence_of_the_catalogue_is_of_one_edition(name: str):
    path = HOUSE / "policy" / "findings" / f"{name}.toml"
    texts = texts_of(tomllib.loads(path.read_text(encoding="utf-8")))
    assert {text: found for text in texts if (found := leaks(text, WORDS))} == {}


SHARED = {
    "filing": {"技术服务", "提供虚假佐证材料"},  # a kind of activity; what the pledge promises
}
"""Words of the common forms that are no leak: other editions say them in the same sense."""


@pytest.mark.parametrize("form", ["filing", "ballot", "staff", "report"])
def test_no_text_of_the_common_forms_is_of_one_edition(form: str):
    """Counties, articles, titles of a city: they stand in its folder, or as {words}."""
    path = HOUSE / "policy" / "forms" / f"{form}.toml"
    texts = texts_of(tomllib.loads(path.read_text(encoding="utf-8")))
    found = {word for text in texts for word in leaks(text, WORDS)}
    assert found - SHARED.get(form, set()) == set()


def numbers_of(edition: Edition) -> set[Decimal]:
    """Return every number of the rule: limits, targets, amounts, share, experts, defaults."""
    conditions = [one for each in edition.functions for one in each.conditions]
    conditions += [one for _, row in edition.area_rows for one in row.targets]
    conditions += [one.condition for one in (*edition.vetoes, *edition.shortfalls)]
    found = {one.bound.limit for one in conditions if one.bound}
    found |= {amount for level in edition.levels for amount in level.subsidy.values()}
    found |= {edition.quota.limit, *map(Decimal, edition.experts)}
    defaults = (part for one in edition.parameters for part in one.default.split(", "))
    return found | {Decimal(part) for part in defaults if part.isdecimal()}


def compared(source: str, numbers: set[Decimal]) -> set[str]:
    """Return the comparisons with a number of the rule, and exact decimals of one, in a module."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "Decimal":
            sides = [one for one in node.args if isinstance(getattr(one, "value", None), str)]
        else:
            continue
        if any(isinstance(one, ast.Call) and ast.unparse(one.func) == "len" for one in sides):
            continue  # how many there are of something
        values = (one.value for one in sides if isinstance(one, ast.Constant))
        if any(_is_of_the_rule(value, numbers) for value in values):
            found.add(ast.unparse(node))
    return found


def _is_of_the_rule(value: object, numbers: set[Decimal]) -> bool:
    text = str(value)
    there = isinstance(value, int | float | str) and text.replace(".", "", 1).isdigit()
    return there and Decimal(text) in numbers - {Decimal(0), Decimal(1)}


DECIDING = ("judge/", "report/", "forms/filing/", "forms/selfcheck/", "forms/ballot/")
"""Where something is decided, told or shown; elsewhere numbers are of days, digits and bytes."""


@pytest.mark.parametrize("module", [one for one in MODULES if one.startswith(DECIDING)])
def test_no_module_compares_with_a_number_of_the_rule(module: str):
    """`Bound.holds` does, and the bound comes from the edition."""
    source = (HOUSE / module).read_text(encoding="utf-8")
    assert compared(source, numbers_of(FIRST)) == set()


@pytest.mark.parametrize(
    "source", ["if n >= 100: pass", 'x = Decimal("0.5")', "y = 40000 <= total", "z = experts > 7"]
)
def test_a_module_that_decides_by_a_number_of_the_rule_is_found(source: str):
    assert compared(source, numbers_of(FIRST))


def texts_of(value: object) -> list[str]:
    """Return all texts of a TOML table."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts_of(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts_of(one)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ('TITLE = "蚌埠市示范平台"', "蚌埠市"),
        ('text = f"{name}报市经信局"', "市经信局"),
        ('raise ValueError("报经济和信息化局")', "经济和信息化局"),
        ('text = f"由{who}报局办公会审定"', "局办公会"),
        ('CHOICES = ("龙子湖区", "高新区")', "龙子湖区"),
        ('HINT = "如 0552-3112345"', "0552"),
        ('if grade == "A级": pass', "A级"),
        ('NAMES = {"x": "A、B级名额"}', "A、B级"),
        ('text = f"{grade}级"', "级"),
        ('text = f"评为{grade.name}级名额"', "级"),
        ('text = grade + "级"', "级"),
        ('LEVELS = ["国家级", "市级"]', "国家级"),
        ('match x:\n    case "综合咨询服务": pass', "综合咨询服务"),
        ('def f(x="技术服务"): pass', "技术服务"),
        ('text = f"{a}按第十二条办理"', "第十二条"),
        ('text = "第二十一条"', "第二十一条"),
        ('text = "十个类别应全部评分"', "十个"),
        ('text = "10个类别应全部评分"', "10个"),
        ('text = f"省评价“{one}”"', "省评价"),
        ('text = "调低有效评分表最少份数"', "有效评分表最少份数"),
        ('"""蚌埠市"""\nX = "蚌埠市"', "蚌埠市"),
    ],
)
def test_a_module_that_speaks_of_one_edition_is_found(source: str, word: str):
    found = leaks_of_source(source, WORDS, ENDINGS)
    assert word in found


@pytest.mark.parametrize(
    "source",
    [
        '"""报市经信局，按第四条评为A级。"""',
        'def f():\n    """在蚌埠市。"""',
        'class C:\n    x: int = 0\n    """龙子湖区。"""',
        "x = 1  # 局办公会审定",
        'text = f"{label}级别不符"',
        'text = f"第{number}条"',
        'column = "A"',
        'text = "报送财政，见“未参加”栏"',
    ],
)
def test_docstrings_comments_and_words_of_every_edition_are_free(source: str):
    assert leaks_of_source(source, WORDS, ENDINGS) == set()


def test_the_words_come_from_the_edition():
    """Offices, counties, levels, functions, areas, grades, parameters: some of each."""
    assert {
        *("蚌埠市", "蚌埠", "市经信局", "经信局", "经济和信息化局", "局办公会", "0552"),
        *("怀远县", "国家级", "省经济和信息化厅", "培训服务", "人才和培训服务-招聘", "A级"),
        *("A、B级", "同分排序规则", "省评价结果优者在前", "十个", "五项", "四个等次"),
    } <= WORDS
    assert len(WORDS) > 100
    assert {"是", "合格", "A", "财政", "021", "未参加", "虚假佐证"} & WORDS == set()
