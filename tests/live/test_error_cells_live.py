"""Error values in input cells (错误值): 自查 says it in words, in the real LibreOffice."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import cache
from typing import Any

from tests.kit.filled import YEAR, filled
from tests.live.test_blank_forms_live import EDITION, FORM, FORMS, check_line, opened, state
from xlpy.forms.filing.document import filing_document
from xlpy.forms.filing_blank.plan import ANSWER, FIRST, plan_of
from xlpy.forms.selfcheck.line import FAULT, MEND
from xlpy.model.sheets.sheet import Document, Formula, Sheet

Cell = tuple[str, int, int]
ERROR = Formula("=1/0")
CONTENT = filled(EDITION, FORM, rows=20)
PLAN = plan_of(EDITION, FORM, YEAR, CONTENT)


def broken(wrong: Callable[[Cell], bool]) -> Any:
    """Return a good form, calculated, with =1/0 typed into the cells chosen."""
    document = filing_document(edition=EDITION, forms=FORMS, year=YEAR, content=CONTENT)
    sheets = tuple(_broken(sheet, wrong) for sheet in document.sheets)
    return opened(Document(title=document.title, sheets=sheets))


def _broken(sheet: Sheet, wrong: Callable[[Cell], bool]) -> Sheet:
    lines = tuple(
        line._replace(
            values=tuple(
                ERROR if wrong((sheet.name, down, across)) else value
                for across, value in enumerate(line.values)
            )
        )
        for down, line in enumerate(sheet.lines)
    )
    return replace(sheet, lines=lines)


def answer(id: str) -> Cell:
    return FORM.profile_sheet, PLAN.answers[FORM.field(id).label], ANSWER


def errors_shown(book: Any, sheets: Collection[str]) -> list[tuple[str, str]]:
    return [
        (name, cell.coordinate)
        for name in sheets
        for row in book[name].iter_rows()
        for cell in row
        if str(cell.value).startswith(("#", "Err:"))
    ]


@cache
def one_wrong() -> Any:
    return broken(lambda cell: cell == answer("expense"))


def mended(text: str) -> int:
    """Return how many lines the overall result says are to be mended; 0 for none."""
    return int("".join(c for c in text if "0" <= c <= "9") or 0)


def test_an_error_in_one_answer_is_named_and_counted():
    """服务支出 holds =1/0: its line names it, and everything computed from it has words."""
    book = one_wrong()
    assert errors_shown(book, [FORM.check]) == []
    assert check_line(book, "运营情况", "数字、日期") == ("“服务支出”", MEND)
    assert check_line(book, "公益性服务支出", "不大于") == (FAULT, MEND)
    assert mended(state(book)) == mended(state(broken(lambda cell: False))) + 2


def test_a_required_answer_with_an_error_is_not_passed():
    book = broken(lambda cell: cell == answer("served"))
    assert "“年服务企业数”" in check_line(book, "运营情况", "带 *")[0]
    assert check_line(book, "年服务企业数", "不多于") == (FAULT, MEND)


def test_whatever_holds_an_error_nothing_shows_one():
    """Every answer, the first rows of 附件2 and 附件3, every figure of 附件4."""
    computed = {
        number for number, field in enumerate(FORM.summary.columns, 1) if field.kind == "computed"
    }

    def wrong(cell: Cell) -> bool:
        sheet, row, column = cell
        if sheet == FORM.profile_sheet:
            return row in PLAN.answers.values() and column == ANSWER
        if sheet == FORM.summary.sheet:
            return row >= FIRST and column > 0 and column not in computed
        return sheet in FORM.sheets and row in (FIRST, FIRST + 1) and column > 0

    book = broken(wrong)
    assert errors_shown(book, [FORM.check]) == []
    summary = [at for _, at in errors_shown(book, [FORM.summary.sheet])]
    letters = {chr(ord("A") + number) for number in computed}
    assert not [at for at in summary if at[0] in letters]
    assert mended(state(book)) > 20


def test_an_error_in_the_ledger_is_said_in_words():
    """One bad 参加企业数 spoils every sum it belongs to; each such line says why."""
    firms = [field.id for field in FORM.ledger.columns].index("firms") + 1
    book = broken(lambda cell: cell == (FORM.ledger.sheet, FIRST, firms))
    assert errors_shown(book, [FORM.check]) == []
    assert check_line(book, "年服务企业数", "不多于") == (FAULT, MEND)
    rows = book[FORM.check].iter_rows(min_row=FIRST + 1, values_only=True)
    states = [row[2] for row in rows if row[0] == "各栏填写"]
    assert states == [None, "“参加企业数(家)”"]  # 附件2, 附件3
