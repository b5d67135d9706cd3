"""The formulas of the blank forms, calculated by LibreOffice."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import openpyxl

from tests.kit.filled import CODE, YEAR, filled, tallied, verdicts
from tests.kit.office import recalculated
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.ballot.document import ballot_document
from xlpy.forms.filing.document import filing_document
from xlpy.forms.filing_blank.plan import FIRST, STATE, column_of
from xlpy.model.filing import Content
from xlpy.model.sheets.sheet import Document, Formula, Line
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import default_rules

EDITION = default_edition()
FORMS = load_forms(EDITION)
FORM = FORMS.filing
RUBRIC = default_rules(EDITION).rubric
ROWS = 2000


@cache
def whole() -> Content:
    return filled(EDITION, FORM, rows=ROWS)


def calculated(content: Content) -> Any:
    document = filing_document(edition=EDITION, forms=FORMS, year=YEAR, content=content)
    return opened(document)


def opened(document: Document) -> Any:
    return openpyxl.load_workbook(
        io.BytesIO(recalculated(document_bytes(document))), data_only=True
    )


@cache
def calculated_whole() -> Any:
    return calculated(whole())


def state(book: Any) -> str:
    return str(book[FORM.check].cell(STATE[0] + 1, STATE[1] + 1).value)


def check_line(book: Any, subject: str, needed: str) -> tuple[str, str]:
    """Return (state, verdict) of the 自查 line of this subject whose request begins like this."""
    for row in book[FORM.check].iter_rows(min_row=FIRST + 1, values_only=True):
        if row[0] == subject and str(row[1]).startswith(needed):
            return str(row[2] or ""), str(row[3])
    raise AssertionError(f"no line {subject} {needed}")


def changed(content: Content, **answers: Any) -> Content:
    by_label = {FORM.field(id).label: value for id, value in answers.items()}
    return replace(content, answers={**content.answers, **by_label})


def test_the_values_stored_in_the_blank_form_are_those_it_calculates():
    """A copy that is never calculated shows what a calculated one shows."""
    document = filing_document(edition=EDITION, forms=FORMS, year=YEAR)
    book = opened(document)
    stored, found = {}, {}
    for sheet in document.sheets:
        for down, line in enumerate(sheet.lines):
            for across, value in enumerate(line.values):
                if isinstance(value, Formula):
                    cell = (sheet.name, down, across)
                    stored[cell] = value.value
                    found[cell] = book[sheet.name].cell(down + 1, across + 1).value or ""
    found = {cell: 0 if stored[cell] == 0 and not value else value for cell, value in found.items()}
    assert len(stored) > 100
    assert found == stored


def test_no_formula_of_a_full_form_ends_in_an_error():
    """With a ledger of 2,000 rows no cell of any sheet shows #VALUE! or the like."""
    texts = [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in calculated_whole()
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith(("#", "Err:"))
    ]
    assert texts == []


def test_the_ledger_counts_of_the_summary_agree_with_a_tally_in_python():
    """台账场次 of every row of 附件4 is what plain Python counts in the same ledger."""
    sheet = calculated_whole()[FORM.summary.sheet]
    column = column_of(FORM.summary, "ledger_events") + 1
    ledger = whole().rows[FORM.ledger.sheet]
    wanted = {
        row.name: tallied(FORM, ledger, area.name, row)["events"] for area, row in EDITION.area_rows
    }
    found = {
        row.name: sheet.cell(FIRST + n + 1, column).value
        for n, (_, row) in enumerate(EDITION.area_rows)
    }
    assert found == wanted
    assert sum(wanted.values()) == ROWS


def test_the_summary_says_reached_where_python_does():
    """达标 of 附件4 agrees with the bounds of the edition."""
    sheet = calculated_whole()[FORM.summary.sheet]
    column = column_of(FORM.summary, "reached") + 1
    found = Counter(sheet.cell(FIRST + n + 1, column).value for n in range(len(EDITION.area_rows)))
    assert found == verdicts(EDITION, whole().rows[FORM.summary.sheet])


def test_a_faultless_form_is_ready_to_be_sent():
    """With nothing missing and every figure proved the overall line says 可以报送."""
    assert state(calculated_whole()).startswith("可以报送")


def test_mistakes_of_the_profile_are_named_one_by_one():
    """A blank required field, a wrong check digit and a contradiction are three things to mend."""
    wrong = CODE[:-1] + ("0" if CODE[-1] != "0" else "1")
    small = filled(EDITION, FORM, rows=300)
    book = calculated(changed(small, contact="", code=wrong, professionals=51))
    assert check_line(book, "基本信息", "带 *") == ("“联系人”", "需改正")
    assert check_line(book, "统一社会信用代码", "18位") == ("校验码不符，可能有一位填错", "需改正")
    assert check_line(book, "专业技术人员", "不大于") == ("大于“从业人员”", "需改正")
    assert state(book).startswith("还有 3 处需要改正")


def test_claiming_more_than_the_ledger_is_to_be_mended_and_less_to_be_checked():
    """One event too many is 需改正, one too few 请核对, each in words with the column."""
    small = filled(EDITION, FORM, rows=300)
    rows = [dict(row) for row in small.rows[FORM.summary.sheet]]
    rows[0]["events"] += 1
    rows[1]["events"] -= 1
    rows[2]["firms"] -= 1
    rows[3]["visits"] = ""
    book = calculated(replace(small, rows={**small.rows, FORM.summary.sheet: tuple(rows)}))
    names = [row.name for _, row in EDITION.area_rows]
    found = [check_line(book, name, "填报数不多于台账") for name in names[:5]]
    assert found == [
        ("活动场次多于台账；", "需改正"),
        ("活动场次少于台账；", "请核对"),
        ("", "通过"),
        ("服务人次未填而台账有；", "请核对"),
        ("", "通过"),
    ]


def test_a_function_without_tagged_events_is_not_there():
    """Art. 4 counts the smaller of claimed and ledger: with no tagged rows every function fails."""
    small = filled(EDITION, FORM, rows=300)
    untagged = tuple({**row, "function": ""} for row in small.rows[FORM.ledger.sheet])
    book = calculated(replace(small, rows={**small.rows, FORM.ledger.sheet: untagged}))
    assert check_line(book, "至少一项", "")[1] == "需改正"
    assert check_line(book, "填报与台账", "")[1] == "需改正"


def test_the_functions_of_a_full_form_are_found_by_name():
    """With 2,000 rows every function of Art. 4 has what it needs."""
    names = "".join(f"“{function.name}”" for function in EDITION.functions)
    assert check_line(calculated_whole(), "至少一项", "") == (names, "通过")


def test_a_date_outside_the_year_and_an_incomplete_row_are_seen():
    """自查 looks at every row of the ledger, also beyond the first screen."""
    small = filled(EDITION, FORM, rows=300)
    rows = [dict(row) for row in small.rows[FORM.ledger.sheet]]
    rows[250]["held_on"] = rows[250]["held_on"].replace(year=YEAR + 1)
    rows[260]["proof"] = ""
    book = calculated(replace(small, rows={**small.rows, FORM.ledger.sheet: tuple(rows)}))
    assert check_line(book, "各栏填写", "数字、日期和选项符合要求，日期") == (
        "“活动日期”",
        "需改正",
    )
    assert check_line(book, "必填栏", "每行填写活动日期") == ("1行的必填栏有空白", "需改正")


def test_the_first_and_the_last_day_of_the_year_pass_the_self_check():
    """The year includes both; the days beside them are wrong (the last day after: see above)."""
    small = filled(EDITION, FORM, rows=300)
    found = []
    for days in ((date(YEAR, 1, 1), date(YEAR, 12, 31)), (date(YEAR - 1, 12, 31),)):
        rows = [dict(row) for row in small.rows[FORM.ledger.sheet]]
        for row, day in zip(rows, days, strict=False):
            row["held_on"] = day
        book = calculated(replace(small, rows={**small.rows, FORM.ledger.sheet: tuple(rows)}))
        found.append(check_line(book, "各栏填写", "数字、日期和选项符合要求，日期"))
    assert found == [("", "通过"), ("“活动日期”", "需改正")]


def test_the_total_of_a_ballot_is_empty_until_every_score_is_there():
    """合计 of a full row is the sum; with one score missing it is empty, never a smaller sum."""
    platforms = [("甲平台", CODE, "省级"), ("乙平台", CODE, "省级")]
    blank = ballot_document(edition=EDITION, forms=FORMS, rubric=RUBRIC, rows=platforms)
    scores = next(sheet for sheet in blank.sheets if sheet.name == FORMS.ballot.sheet)
    full, short = (
        scored(line, count) for line, count in zip(scores.lines[-2:], (10, 9), strict=True)
    )
    filled_sheet = replace(scores, lines=(*scores.lines[:-2], full, short))
    sheets = tuple(filled_sheet if sheet is scores else sheet for sheet in blank.sheets)
    rows = opened(replace(blank, sheets=sheets))[FORMS.ballot.sheet].iter_rows(values_only=True)
    totals = [row[14] for row in list(rows)[-2:]]
    assert totals == [60, None]


def scored(line: Line, count: int) -> Line:
    """Return a row of the ballot with its first `count` scores filled."""
    scores = [Decimal("1.5") + number if number < count else None for number in range(10)]
    return line._replace(values=(*line.values[:4], *scores, *line.values[14:]))
