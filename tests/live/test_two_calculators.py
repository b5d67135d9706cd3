"""Every formula we write, calculated by LibreOffice and IronCalc from nothing: both agree.

And what we stored beside it, where we did, is what they found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tests.kit.calculators import Cell, Results, by_ironcalc, by_libreoffice, stored
from tests.kit.filled import CODE, YEAR, filled
from tests.kit.other_editions import NAMES, source_of
from xlpy.demo.filings import Activity, sample_content
from xlpy.demo.story.script import made_up
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.ballot.document import ballot_document
from xlpy.forms.calculation.sheets import calculated
from xlpy.forms.drawing.cells import uncalculated
from xlpy.forms.filing.document import filing_document
from xlpy.forms.filing_blank.plan import long_fields, plan_of
from xlpy.forms.selfcheck.profile import profile_lines
from xlpy.model.filing import Content
from xlpy.model.sheets.sheet import Document, Formula, Line, Sheet
from xlpy.policy.edition import Edition
from xlpy.policy.editions.load import default_edition, rulebook_of
from xlpy.policy.form import Forms
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import default_rules
from xlpy.steps.case import Case

EDITION = default_edition()
FORMS = load_forms(EDITION)
FORM = FORMS.filing
LONG = tuple(field.label for field in long_fields(FORM))
LONG_TEXT = "一二三四五六七八九十\n" * 500
TREE = Path(__file__).parents[2]
_ODD: tuple[Any, ...] = (
    *("", " ", "0", "是", "否", "TRUE", "12万元", "＝", "a\nb", "甲" * 300, "-", "~*?", "🏭厂"),
    *(0, -1, 7, 3.5, 0.1, 1e9, 12.345678, date(YEAR, 7, 1), date(YEAR + 1, 1, 1), date(1990, 1, 1)),
)
_CODES = (
    *("", " ", CODE, f" {CODE} ", CODE.lower(), CODE[:-1], f"{CODE}0", f"{CODE[:-1]}0"),
    *(f"{CODE[:9]}{letter}{CODE[10:]}" for letter in "IOSVZＡ０*?~-🏭"),
    *(f"{CODE[:at]}{'1' if CODE[at] != '1' else '2'}{CODE[at + 1 :]}" for at in range(18)),
    *("".join(chr(ord(sign) + 0xFEE0) for sign in CODE), f"{CODE[:8]} {CODE[9:]}", "0" * 18),
    913403001234567,
)


def contents() -> Iterator[tuple[str, Content]]:
    """Yield forms of all kinds as they may have been read: right ones, and wrong everywhere."""
    whole = filled(EDITION, FORM, rows=90)
    yield "空白", Content()
    yield "填好", whole
    texts = (LONG_TEXT, "甲\n" * 70, "🏭厂\n" * 9 + "厂" * 2000, LONG_TEXT * 2)
    yield "长文", replace(whole, answers={**whole.answers, **dict(zip(LONG, texts, strict=False))})
    yield "印不完", replace(whole, answers={**whole.answers, **dict.fromkeys(LONG, LONG_TEXT * 2)})
    for step in range(0, len(_ODD), 6):
        yield f"错误{step}", _spoilt(whole, step)


def _spoilt(content: Content, step: int) -> Content:
    """Return the content with an odd value in every third answer and every seventh cell."""
    turn = len(_ODD)
    answers = {
        label: _ODD[(at + step) % turn] if (at + step) % 3 == 0 else value
        for at, (label, value) in enumerate(content.answers.items())
    }
    rows = {
        sheet: tuple(
            {
                id: _odd(id, old, down * 5 + across + step)
                for across, (id, old) in enumerate(row.items())
            }
            for down, row in enumerate(table)
        )
        for sheet, table in content.rows.items()
    }
    return replace(content, answers=answers, rows=rows)


def _odd(id: str, old: Any, turn: int) -> Any:
    if turn % 7:
        return old
    new = _ODD[turn % len(_ODD)]
    # For IronCalc a number is not other than a text: its COUNTIFS(…,"<>招聘") leaves numbers out.
    return str(new) if id == "activity" else new


@cache
def made() -> Mapping[str, bytes]:
    """Return forms filled in all ways, and forms and ballots of other editions."""
    books = {
        f"{name}.xlsx": filing_document(edition=EDITION, forms=FORMS, year=YEAR, content=content)
        for name, content in contents()
    }
    for name in NAMES:
        edition, forms = rulebook_of(source_of(name))
        content = story_content(edition, forms)
        common = {"edition": edition, "forms": forms}
        books |= {
            f"{name}-空白.xlsx": filing_document(year=None, **common),
            f"{name}-申报.xlsx": filing_document(year=YEAR, content=content, **common),
            f"{name}-评分.xlsx": ballot_document(rubric=default_rules(edition).rubric, **common),
        }
    return {name: document_bytes(document) for name, document in books.items()}


def story_content(edition: Edition, forms: Forms) -> Content:
    """Return what a platform of a made-up story fills in."""
    script = made_up(edition, forms)
    one = script["platform"][0]
    answers = {**script["common"], **one["answers"], "name": one["name"], "code": CODE}
    return sample_content(
        edition=edition,
        forms=forms,
        year=YEAR,
        answers=answers,
        activities=[Activity(**activity) for activity in script["activity"]],
    )


def of_case(case: Case) -> Mapping[str, bytes]:
    """Return workbooks of a played case: of those of a kind some."""
    paths = [*TREE.glob("templates/*.xlsx"), *TREE.glob("workbook/*.xlsm")]
    paths += [case.folder / "evaluate.xlsm", *case.output.glob("*.xlsx")]
    paths += [*case.feedback.glob("*.xlsx"), *sorted(case.filings.glob("*.xlsx"))[:2]]
    paths += sorted(case.ballots.glob("*.xlsx"))[:1]
    return {f"{path.parent.name}/{path.name}": path.read_bytes() for path in paths}


def apart(one: Results, other: Results) -> Mapping[Cell, tuple[Any, Any]]:
    """Return the cells whose results differ, with both."""
    assert one.keys() == other.keys()
    return {cell: (one[cell], other[cell]) for cell in one if one[cell] != other[cell]}


def agreed(books: Mapping[str, bytes]) -> int:
    """Hold the calculators, and what is stored, against each other; return how many formulas."""
    with ThreadPoolExecutor(1) as pool:  # LibreOffice, while IronCalc is at work
        done = pool.submit(by_libreoffice, books)
        others = {name: by_ironcalc(content) for name, content in books.items()}
    office = done.result()
    for name, content in books.items():
        assert (name, apart(office[name], others[name])) == (name, {})
        assert (name, apart(office[name], stored(content))) == (name, {})
    return sum(map(len, office.values()))


def test_all_formulas_of_a_case(played: Case):
    """Templates, the staff's workbook, ballots, papers, forms and their feedback copies."""
    books = of_case(played)
    assert len(books) > 12
    assert agreed(books) > 7_000


def test_all_formulas_of_forms_filled_in_all_ways():
    """Right, wrong everywhere, with texts that fill pages; and the forms of other editions."""
    assert agreed(made()) > 15_000


def test_a_formula_that_one_calculator_has_otherwise_is_noticed():
    """The comparison is no formality: nothing stale is taken for a result, one sign is enough."""
    content = made()["填好.xlsx"]
    right = by_ironcalc(content)
    wrong = by_ironcalc(content, wrong=("&lt;&gt;招聘", "&lt;&gt;其他"))
    assert len(apart(right, wrong)) > 0
    assert 987654.0 not in {*right.values(), *wrong.values()}


def test_what_calculators_count_differently_is_left_to_them():
    """A sign of two units in a text too long for its cell: nothing is stored, nothing is wrong."""
    content = filled(EDITION, FORM, rows=3)
    content = replace(content, answers={**content.answers, **dict.fromkeys(LONG, "🏭" * 2900)})
    document = filing_document(edition=EDITION, forms=FORMS, year=YEAR, content=content)
    written = document_bytes(document)
    different = apart(by_libreoffice({"甲.xlsx": written})["甲.xlsx"], stored(written))
    assert {sheet for sheet, _ in different} >= {FORM.overflow}
    assert {kept for _, kept in different.values()} == {""}


def test_the_check_digit_of_all_kinds_of_codes():
    """校验码 of right and wrong codes: both say what the reading of the form says."""
    (line,) = [
        one for one in profile_lines(plan_of(EDITION, FORM, YEAR)) if "GB 32100" in one.needed
    ]
    assert isinstance(line.state, Formula)
    assert "{" not in line.state.text
    asked = plan_of(EDITION, FORM, YEAR).answer(FORM.field("code").label)
    rows = tuple(
        Line((code, Formula(line.state.text.replace(asked, f"$A${row}"), "")))
        for row, code in enumerate(_CODES, 1)
    )
    content = document_bytes(Document(title="码", sheets=(Sheet(name="码", lines=rows),)))
    office = by_libreoffice({"码.xlsx": content})["码.xlsx"]
    assert apart(office, by_ironcalc(content)) == {}
    passed = [code for row, code in enumerate(_CODES, 1) if not office["码", f"B{row}"]]
    blank = [code for code in _CODES if isinstance(code, str) and not code.strip()]
    assert passed == [*blank, CODE, f" {CODE} ", CODE.lower(), "0" * 18]
    (sheet,) = calculated([Sheet(name="码", lines=tuple(map(asked_again, rows)))])
    ours = {("码", f"B{row}"): one.values[1].value for row, one in enumerate(sheet.lines, 1)}
    known = {cell: value for cell, value in ours.items() if value is not None}
    assert known == {cell: office[cell] for cell in known}
    assert len(known) == len(_CODES) - 1  # the sign of two units


def asked_again(line: Line) -> Line:
    """Return a line with its formula uncalculated."""
    code, formula = line.values
    return Line((code, uncalculated(formula)))
