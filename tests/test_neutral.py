"""The program says nothing that only one edition says: next year's rule comes by data alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import xlpy
from tests.kit.own_words import endings_of, leaks, leaks_of_source, own_words
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
