"""The program says nothing that only one edition says: next year's rule comes by data alone."""

from __future__ import annotations

import ast
import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import xlpy
from tests.kit.own_words import (
    conditions_of,
    endings_of,
    leaks,
    leaks_of_source,
    own_figures,
    own_words,
)
from xlpy.policy.edition import Edition
from xlpy.policy.editions.load import edition_named
from xlpy.policy.forms.load import load_forms

FIRST = edition_named("bengbu-2022")
WORDS = own_words(FIRST, load_forms(FIRST))
FIGURES = own_figures(FIRST)
ENDINGS = endings_of(FIRST)
ANSWERS = frozenset(one for field in load_forms(FIRST).filing.fields for one in field.choices) - {
    "是",
    "否",
    "有",
    "无",
}
GRADES = frozenset(one.name for one in FIRST.grades) | ANSWERS
"""What is asked for by name: grades, and what platforms answer."""
HOUSE = Path(xlpy.__file__).parent
MODULES = sorted(
    path.relative_to(HOUSE).as_posix()
    for path in HOUSE.rglob("*.py")
    if path.relative_to(HOUSE).parts[0] != "demo"
)

ALLOWED = {
    "model/signs/alike.py": {"A", "B", "C", "D"},  # letters that look like others
    # Who writes an edition is shown how: these refusals quote an example of the notation.
    "policy/strict.py": {"第四条", "第十六条"},
    "policy/editions/schema.py": {"未认定"},
}
"""Words that are no leak, by module; one that is no longer said must be taken off."""


@pytest.mark.parametrize("module", MODULES)
def test_no_text_of_a_module_is_of_one_edition(module: str):
    assert (
        found_in((HOUSE / module).read_text(encoding="utf-8")) - ALLOWED.get(module, set()) == set()
    )


def found_in(source: str) -> set[str]:
    """Return all that a module says of the first edition: words, figures, endings, grades."""
    return leaks_of_source(source, WORDS, ENDINGS, FIGURES, GRADES)


def test_what_is_allowed_is_said():
    """An exception nobody needs any more would hide the next leak."""
    said = {module: found_in((HOUSE / module).read_text(encoding="utf-8")) for module in ALLOWED}
    assert {module: words - said[module] for module, words in ALLOWED.items()} == {
        module: set() for module in ALLOWED
    }


@pytest.mark.parametrize("name", ["findings", "refused"])
def test_no_sentence_of_the_catalogue_is_of_one_edition(name: str):
    path = HOUSE / "policy" / "findings" / f"{name}.toml"
    texts = texts_of(tomllib.loads(path.read_text(encoding="utf-8")))
    assert {text: found for text in texts if (found := leaks(text, WORDS, FIGURES))} == {}


SHARED = {
    "filing": {"技术服务", "提供虚假佐证材料"},  # a kind of activity; what the pledge promises
}
"""Words of the common forms that are no leak: other editions say them in the same sense."""


@pytest.mark.parametrize("form", ["filing", "ballot", "staff", "report", "survey"])
def test_no_text_of_the_common_forms_is_of_one_edition(form: str):
    """Counties, articles, titles of a city: they stand in its folder, or as {words}."""
    path = HOUSE / "policy" / "forms" / f"{form}.toml"
    texts = texts_of(tomllib.loads(path.read_text(encoding="utf-8")))
    found = {word for text in texts for word in leaks(text, WORDS, FIGURES)}
    assert found - SHARED.get(form, set()) == set()


def numbers_of(edition: Edition) -> set[Decimal]:
    """Return every number of the rule: limits, targets, amounts, share, experts, defaults."""
    found = {one.bound.limit for one in conditions_of(edition) if one.bound}
    found |= {amount for level in edition.levels for amount in level.subsidy.values()}
    found |= {edition.quota.limit, *map(Decimal, edition.experts)}
    defaults = (part for one in edition.parameters for part in one.default.split(", "))
    return found | {Decimal(part) for part in defaults if part.isdecimal()}


def compared(source: str, numbers: set[Decimal], share: Decimal) -> set[str]:
    """Return where a module decides by a number of the rule.

    A comparison with one, by itself or by the module's name for it; a sum that multiplies or
    divides by one; an exact decimal or fraction of one; the share of the quota wherever it is.
    """
    tree = ast.parse(source)
    named = _named_numbers(tree)
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div | ast.FloorDiv):
            sides = [one for one in (node.left, node.right) if _value(one, {}) not in _OF_FORM]
            if any(isinstance(one, ast.List | ast.Tuple) or _is_text(one) for one in sides):
                continue  # so many of them, one behind the other
        elif isinstance(node, ast.MatchValue):
            sides = [node.value]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in _CALLS:
            sides = [one for one in node.args if _value(one, {}) not in _OF_FORM]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "Fraction":
            parts = [getattr(one, "value", None) for one in node.args]
            exact = len(parts) > 1 and all(type(one) is int for one in parts)
            found |= {ast.unparse(node)} if exact and Fraction(*parts) == share else set()
            sides = node.args[:1]
        elif isinstance(node, ast.Constant) and isinstance(node.value, float):
            sides = [node] if Decimal(str(node.value)) == share else []
        else:
            continue
        if any(isinstance(one, ast.Call) and ast.unparse(one.func) == "len" for one in sides):
            told = [one for one in sides if isinstance(one, ast.Constant)]
            sides = [one for one in told if _value(one, {}) not in _A_FEW]
        if any(_value(one, named) in numbers - {Decimal(0), Decimal(1)} for one in sides):
            found.add(ast.unparse(node))
    return found


_A_FEW = {Decimal(2), Decimal(3)}
"""So many of something there may be to look at in any list."""

_CALLS = ("Decimal", "int", "float", "min", "max", "range")

_OF_FORM = {Decimal(2), Decimal(10), Decimal(100)}
"""Factors of form: a half to round by, a power of ten, per cent."""


def _named_numbers(tree: ast.Module) -> dict[str, Decimal]:
    """Return the numbers a module has names for (LIMIT = 100)."""
    return {
        target.id: number
        for node in tree.body
        if isinstance(node, ast.Assign) and (number := _value(node.value, {})) is not None
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _value(node: ast.expr, named: dict[str, Decimal]) -> Decimal | None:
    if isinstance(node, ast.Name):
        return named.get(node.id)
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "Decimal" and len(node.args) == 1:
        return _value(node.args[0], named)
    text = str(node.value) if isinstance(node, ast.Constant) else ""
    return Decimal(text) if text.replace(".", "", 1).isdecimal() else None


ELSEWHERE = ("excel/", "forms/cells/", "word/")
"""Where numbers are of days, digits and bytes, and nothing of a rule is known."""

OF_THE_PROGRAM = {
    "analysis/meeting.py": {"Decimal('0.5')", "Decimal(3)", "Decimal(6)"},  # shades of a table
    "analysis/panel/unusual.py": {"t.abs() > BEYOND"},
    "forms/ballot/columns.py": {"lines + (rest > 0) <= _MOST_LINES", "sum(widths) > _ONE_PAGE"},
    "forms/calculation/values.py": {"digits <= _DIGITS", "serial > _FIRST_DAY"},
    "forms/filing/feedback.py": {"_LINE * lines"},
    "forms/staff/table.py": {"above > 2"},
    "judge/notice.py": {"day.weekday() < _SATURDAY"},
    "judge/platforms/doubles.py": {"count > _NAMED"},
    "model/look/measures.py": {"0.5"},  # inches
    "policy/findings/grouped.py": {"count <= MOST_ALIKE"},
    "report/letters/fitting.py": {"size * 5"},
    "report/papers/capital.py": {"before > _TEN_MILLIONS", "power == _THOUSANDS"},
    "policy/toml.py": {"range(_DEEPEST)"},
    "report/workbook/desk.py": {"range(3, 6)"},
    "steps/gather.py": {"int(SECONDS_PER_FILE)"},
    "steps/log/fields.py": {"len(value) != 6"},
    "steps/survey/found.py": {"depth == _DEEPEST", "parts >= _LEAST"},
    "steps/survey/cluster/dispatch.py": {
        "min(_LARGEST, max(1, -(-len(order) // (_CHUNKS * max(1, threads)))))",
        "_CHUNKS * max(1, threads)",
        "_TWICE * question.seconds",
        "losses < _LOSSES",
    },
    "steps/audit/tables.py": {"max(len(left), len(lacking)) > _MOST_ALIKE"},
    "steps/log/announced.py": {"200 * 2 ** 20"},
}
"""Comparisons with a number that is the program's own; one that is no more must be taken off."""


@pytest.mark.parametrize("module", [one for one in MODULES if not one.startswith(ELSEWHERE)])
def test_no_module_decides_by_a_number_of_the_rule(module: str):
    """`Bound.holds` does, and the bound comes from the edition."""
    source = (HOUSE / module).read_text(encoding="utf-8")
    found = compared(source, numbers_of(FIRST), FIRST.quota.limit)
    assert found == OF_THE_PROGRAM.get(module, set())


@pytest.mark.parametrize(
    "source",
    [
        "if n >= 100: pass",
        'x = Decimal("0.5")',
        "y = 40000 <= total",
        "z = experts > 7",
        "share = 0.5",
        "def f(share: float = 0.5): pass",
        "half = Fraction(1, 2)",
        "most = total * 50 // 100",
        "most = Decimal(50) / 100 * total",
        "LEAST = 100\nreached = firms >= LEAST",
        'LEAST = Decimal("40000")\nreached = firms >= LEAST',
        "match n:\n    case 40000: pass",
        "paid = Decimal(50)",
        "score = min(score, 90)",
        "if len(ballots) < 5: pass",
        'limit = int("40000")',
        "for n in range(5, 8): pass",
    ],
)
def test_a_module_that_decides_by_a_number_of_the_rule_is_found(source: str):
    assert compared(source, numbers_of(FIRST), FIRST.quota.limit)


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
        ('if g.name == "A": pass', "A"),
        ('if "B" != grade: pass', "B"),
        ('if grade in ("A", "B"): pass', "A"),
        ('if grade in {"C"}: pass', "C"),
        ('match grade:\n    case "A" | "B": pass', "A"),
        ('PAID = {"A": 50, "B": 40}', "A"),
        ('best = grade.name.startswith("A")', "A"),
        ('if answer == "不合格": pass', "不合格"),
        ('if answer in ("优秀", "良好"): pass', "良好"),
        ('text = "见第16条第2项"', "第16条"),
        ('text = "见第 十四 条"', "第十四条"),
        ('text = "Ａ级"', "A级"),
        ('text = "A 级"', "A级"),
        ('text = "A、B两级"', "A、B"),
        ('text = "评为A的平台"', "评为A"),
        ('text = "怀远等县"', "怀远"),
        ('text = "五类功能"', "五类"),
        ('text = "四个等级"', "四个等级"),
        ('text = "得分90分以上"', "90分"),
        ('text = "公示5个工作日"', "5个工作日"),
        ('text = "公示五个工作日"', "五个工作日"),
        ('text = "投诉三次以上"', "三次"),
        ('text = "%s级" % grade', "级"),
        ('text = "评为{}级".format(grade)', "级"),
        ('text = "评为{grade}级"', "级"),
        ('text = "专家5至7名"', "5至7"),
        ('text = "请聘5名专家"', "5名"),
        ('text = "不超过50%"', "50%"),
        ('text = "不超过百分之五十"', "百分之五十"),
        ('text = "A级奖补50万元"', "50万"),
        ('text = f"{x}至少100家"', "100家"),
        ('text = "如 2022-08-23"', "2022-08-23"),
        ('text = "自2022年8月23日起"', "2022年8月23日"),
    ],
)
def test_a_module_that_speaks_of_one_edition_is_found(source: str, word: str):
    assert word in found_in(source)


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
        'text = "共1100家、150%、25名"',
        'text = "评为{grade}级别"',
        'x = columns["A"]',
    ],
)
def test_docstrings_comments_and_words_of_every_edition_are_free(source: str):
    assert found_in(source) == set()


def test_the_words_come_from_the_edition():
    """Offices, counties, levels, functions, areas, grades, parameters: some of each."""
    assert {
        *("蚌埠市", "蚌埠", "市经信局", "经信局", "经济和信息化局", "局办公会", "0552"),
        *("怀远县", "国家级", "省经济和信息化厅", "培训服务", "人才和培训服务-招聘", "A级"),
        *("A、B级", "同分排序规则", "省评价结果优者在前", "十个", "五项", "四个等次"),
    } <= WORDS
    assert len(WORDS) > 100
    assert {"是", "合格", "A", "财政", "021", "未参加", "虚假佐证"} & WORDS == set()
