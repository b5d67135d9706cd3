"""Worksheet functions (自定义函数, experimental): the policy's small answers in a cell of Excel.

They need xlwings' own add-in in Excel for Windows; elsewhere they are plain functions. A wrong
argument gives a sentence instead of an error. Nothing in xlpy depends on them.

What the rule decides they take from the edition of the workbook they stand in: the very hidden
sheet `_meta` names it. A workbook that names none, or one nobody here has, gets a sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from xlpy.errors import XlpyError
from xlpy.forms.cells.values.codes import credit_code
from xlpy.forms.cells.values.numbers import number
from xlpy.forms.cells.values.typed import Problem, narrow
from xlpy.judge.grading.grade import places
from xlpy.judge.terms import Terms, terms_of
from xlpy.model.finding import Place
from xlpy.model.grid import Book, CellValue
from xlpy.model.identity import META_SHEET
from xlpy.policy.edition import Edition, Grade
from xlpy.policy.editions.load import DEFAULT, Rulebook
from xlpy.policy.findings.catalogue import finding
from xlpy.policy.form import Field
from xlpy.policy.parameters.rules import default_rules
from xlpy.report.papers.capital import capital

_CODE: Final = Field(id="code", label="统一社会信用代码", kind="code")
_COUNT: Final = Field(id="count", label="参评平台数", kind="whole", unit="家", required=True)
_YUAN: Final = Field(id="yuan", label="金额", kind="decimal", unit="元", places=2, required=True)


def _func(function: Callable[..., Any]) -> Callable[..., Any]:
    """Offer the function to Excel where xlwings can; leave it as it is elsewhere."""
    try:
        from xlwings import func
    except ImportError:
        return function
    offered: Callable[..., Any] = func(function)
    return offered


def _called(function: Callable[..., Any]) -> Callable[..., Any]:
    """Offer the function to Excel with the cell that calls it as the argument `caller`."""
    try:
        from xlwings import Range, arg
    except ImportError:
        return function
    told: Callable[..., Any] = arg("caller", Range, vba="Application.Caller")(function)
    return _func(told)


@_func
def XLPY_CREDITCODE(code: CellValue | None) -> str:
    """Return 正确 for a unified social credit code, else what is wrong with it (GB 32100)."""
    answer = credit_code(code if code is not None else "", _CODE)
    return _wrong(answer) if isinstance(answer, Problem) else "正确"


@_called
def XLPY_SUBSIDY(
    level: CellValue | None, grade: CellValue | None, caller: Any = None
) -> int | float | str:
    """Return the subsidy in 万元 of a level and a final grade (奖补标准).

    >>> XLPY_SUBSIDY("国家级", "A")
    50
    """
    rules = _rules(caller)
    if isinstance(rules, str):
        return rules
    edition = rules.edition
    known = edition.level(narrow(str(level)))
    if known is None:
        return f"平台级别应为{'、'.join(one.name for one in edition.levels)}之一"
    wanted = _grade(edition, narrow(str(grade)))
    if wanted is None:
        return f"评价等次应为{'、'.join(one.name for one in edition.grades)}之一"
    amount = known.subsidy[wanted.name]
    # A cell of Excel holds a double.
    return int(amount) if amount == int(amount) else float(amount)


@_called
def XLPY_QUOTA(n: CellValue | None, caller: Any = None) -> int | str:
    """Return how many of n platforms the share lets into the best grades (等次比例).

    >>> XLPY_QUOTA(13)
    6
    """
    rules = _rules(caller)
    if isinstance(rules, str):
        return rules
    count = number(n if n is not None else "", _COUNT)
    return _wrong(count) if isinstance(count, Problem) else places(int(count), _terms(rules))


@_func
def XLPY_RMB(amount: CellValue | None) -> str:
    """Return an amount in yuan in capital numerals (人民币大写), to the fen.

    >>> XLPY_RMB(500000)
    '伍拾万元整'
    """
    yuan = number(amount if amount is not None else "", _YUAN)
    return _wrong(yuan) if isinstance(yuan, Problem) else capital(yuan)


def _rules(caller: Any) -> Rulebook | str:
    """Return the edition of the workbook that calls, and its forms; else what to do, in words.

    `caller` is the cell, None where no workbook calls: then it is the program's first edition.
    """
    from xlpy.excel.live.book import LiveBook
    from xlpy.forms.cells.identity import read_meta
    from xlpy.steps.live.meant import folder_or_none, meant
    from xlpy.steps.rules.sealed import rules_of

    if caller is None:
        return rules_of(DEFAULT)
    try:
        live = LiveBook(caller.sheet.book)
        grid = live.read(META_SHEET)
        identity = read_meta(Book(file=live.name, digest="", grids=(grid,) if grid else ()))
        folder = folder_or_none(live)
    except Exception:  # what calls is no cell of a workbook
        identity = {}
    if not identity:
        return "这个工作簿没有注明政策版本，请在评价项目的工作簿或表格中使用本函数"
    try:
        return meant(identity, folder)
    except XlpyError as problem:
        return str(problem)


def _grade(edition: Edition, text: str) -> Grade | None:
    """Return the grade meant, by its name or as sentences name it, in small letters too."""
    wanted = text.casefold()
    for one in edition.grades:
        if wanted in (narrow(one.name).casefold(), narrow(one.printed).casefold()):
            return one
    return None


def _terms(rules: Rulebook) -> Terms:
    edition = rules.edition
    return terms_of(
        edition=edition,
        forms=rules.forms,
        rules=default_rules(edition),
        year=edition.issued.year,
        as_of=edition.valid_from,
    )


def _wrong(problem: Problem) -> str:
    """Return the catalogue's words, without the place: the cell itself shows where."""
    found = finding(problem.code, Place(""), **problem.words)
    return f"{found.found}，{found.needed}。{found.mend}"
