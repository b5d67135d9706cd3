"""The subsidy sheet for finance (奖补资金安排表): who is paid how much, into which account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlpy.model.day import day_words
from xlpy.model.decision import Decision, Evaluation
from xlpy.model.filing import Filing
from xlpy.model.keys import bare
from xlpy.model.look.measures import NARROW_SIDE
from xlpy.model.look.paging import LYING_WIDE
from xlpy.model.number import plain
from xlpy.model.sheets.sheet import Document, Line, Merge, Page, Sheet, Span
from xlpy.model.sheets.titled import Banner, titled
from xlpy.model.staff import Staff
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms, Table
from xlpy.policy.forms.load import load_reports, paper_titles
from xlpy.report.papers.anchor import code_banner
from xlpy.report.papers.capital import capital
from xlpy.report.papers.correction import (
    TOTAL,
    Cells,
    Correction,
    corrected,
    correction_banner,
)
from xlpy.report.papers.pages import (
    CORRECTED,
    date_label,
    fitted,
    fitting,
    heading,
    inside,
    labels,
    money_style,
    signatures,
    signed_page,
    styles,
    warning_banners,
)

YUAN = 10000
"""Yuan in 万元."""

_UNPAID_COLUMNS = 6  # 合计 stands over the columns before the amounts
_MISSING = "（未填写）"
_REMARK_WIDTH = 18.0
_AROUND = 7.0  # points above and below the lines of a row
_REMARKED = ("operator", "account_name", "bank", "account")


@dataclass(frozen=True, slots=True, kw_only=True)
class FinanceRow:
    """One paid platform (一行奖补资金): `amount` in 万元, `yuan` the same in 元, both exact."""

    number: int
    name: str
    operator: str
    code: str
    level: str
    grade: str
    amount: Decimal
    yuan: int
    capital: str
    account_name: str
    bank: str
    account: str
    county: str
    remark: str

    @property
    def cells(self) -> tuple[str | int | Decimal, ...]:
        """Return the values in the order of the columns."""
        return (
            *(self.number, self.name, self.operator, self.code, self.level, self.grade),
            *(self.amount, self.yuan, self.capital, self.account_name, self.bank, self.account),
            *(self.county, self.remark),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FinanceSheet:
    """The whole sheet as values (资金安排表): rows in order, and their total."""

    rows: tuple[FinanceRow, ...]
    amount: Decimal  # 万元
    yuan: int
    capital: str


def finance_rows(evaluation: Evaluation, edition: Edition, forms: Forms) -> FinanceSheet:
    """Return the paid platforms and the total.

    In order of level and grade as the edition lists them, then name and code.
    Raises ValueError for an amount that is not whole yuan: a mistake in the edition.
    """
    levels = [level.name for level in edition.levels]
    grades = [grade.name for grade in edition.grades]

    def order(one: Decision) -> tuple[int, int, str, str]:
        return levels.index(one.level), grades.index(one.final or ""), one.name, one.code

    paid = sorted((one for one in evaluation.decisions if one.subsidy), key=order)
    rows = tuple(
        _row(number, one, forms, evaluation.remarks.get(one.key, ()))
        for number, one in enumerate(paid, start=1)
    )
    yuan = sum(row.yuan for row in rows)
    return FinanceSheet(
        rows=rows,
        amount=sum((row.amount for row in rows), Decimal(0)),
        yuan=yuan,
        capital=capital(Decimal(yuan)),
    )


def total_of(sheet: FinanceSheet, table: Table) -> Cells:
    """Return the total by the labels of its columns, as it would be read back."""
    cells = {"amount": plain(sheet.amount), "yuan": str(sheet.yuan), "capital": sheet.capital}
    return {table.column(id).label: text for id, text in cells.items()}


def finance_document(
    *,
    evaluation: Evaluation,
    edition: Edition,
    forms: Forms,
    staff: Staff,
    correction: Correction | None = None,
    code: str = "",
) -> Document:
    """Return 奖补资金安排表.xlsx: A4 landscape, one page wide, the heading on every page.

    With what it corrects, what was accepted of what it would have waited for, and its 核验码.
    """
    sheet = finance_rows(evaluation, edition, forms)
    table = load_reports()["finance"]
    wide = _widths(table, sheet)
    title = f"{edition.city}{evaluation.year}年度{paper_titles(edition)['finance']}"
    title += CORRECTED if correction else ""
    head = [*_head(title, evaluation, edition, forms, staff), *correction_banner(correction)]
    above = fitted(head, wide)
    top = len(above)
    rows = [_line(row, wide, table) for row in sheet.rows]
    total, joined = _total(sheet, wide, top + 1 + len(rows))
    names = signatures("制表", "复核", "负责人")
    signed = Banner((names,), "sign", 36)
    named, foot = heading(labels(table.columns), wide), (total, signed, *code_banner(code))
    set_up = Page(landscape=True, side=NARROW_SIDE)
    page = Sheet(
        name=table.sheet,
        lines=(*above, named, *rows, *foot),
        widths=wide,
        merges=joined,
        page=signed_page(set_up, (*above, named), rows, foot, LYING_WIDE.room(wide)),
        gridlines=False,
    )
    document = Document(title=title, sheets=(titled(page, heading=top, frozen=2),))
    return corrected(document, correction)


def _row(number: int, decision: Decision, forms: Forms, accepted: tuple[str, ...]) -> FinanceRow:
    amount = decision.subsidy or Decimal(0)
    if amount * YUAN != int(amount * YUAN):
        raise ValueError(f"{decision.name}: {amount} is not whole yuan")
    filing = decision.filing or Filing(file="", digest="")

    def answer(id: str) -> str:
        return filing.text(forms.filing.field(id).label)

    return FinanceRow(
        number=number,
        name=decision.name,
        operator=answer("operator"),
        code=decision.code,
        level=decision.level,
        grade=decision.final or "",
        amount=amount,
        yuan=int(amount * YUAN),
        capital=capital(amount * YUAN),
        account_name=answer("account_name"),
        bank=answer("bank"),
        account=answer("account"),
        county=answer("county"),
        remark=_remark(accepted, *(answer(id) for id in _REMARKED)),
    )


def _remark(
    accepted: tuple[str, ...], operator: str, account_name: str, bank: str, account: str
) -> str:
    """Say what whoever pays must look at first, then what was accepted and why (备注)."""
    notes: tuple[str, ...] = ()
    if not (account_name and bank and account):
        notes = ("收款账户不全，补齐后付款",)
    elif bare(operator) != bare(account_name) and not (accepted and operator):
        notes = ("户名与运营单位不同，请核对",)
    return "；".join((*notes, *accepted))


def _head(
    title: str, evaluation: Evaluation, edition: Edition, forms: Forms, staff: Staff
) -> list[Banner]:
    dates = {
        date_label(forms, "as_of"): day_words(evaluation.as_of),
        date_label(forms, "meeting_on"): day_words(staff.meeting_on),
        date_label(forms, "minutes"): staff.minutes,
        date_label(forms, "notice_to"): day_words(staff.notice_to),
    }
    basis = f"依据：《{edition.title}》{edition.articles['subsidy']}、{edition.paid_under}"
    known = [f"{label}：{text or _MISSING}" for label, text in dates.items()]
    empty = "、".join(label for label, text in dates.items() if not text)
    banners = [Banner((title,), "title", 36), Banner(("　　".join([basis, *known]),), "plain")]
    if empty:
        where = f"工作簿「{forms.staff.tables['parameters'].sheet}」"
        text = f"提醒：{empty}尚未填写，本表暂不能作为付款依据。请在{where}中填写后重新导出。"
        banners.append(Banner((text,), "warning"))
    banners += [Banner((f"说明：{text.rstrip('。')}。",), "plain") for text in evaluation.granted]
    banners += warning_banners(evaluation)
    return [*banners, Banner(("币种：人民币　　单位：万元、元（见各栏）",), "plain.right", 18)]


def _widths(table: Table, sheet: FinanceSheet) -> tuple[float, ...]:
    """Return the widths of the columns; 备注 is wider where something is remarked."""
    remarked = _REMARK_WIDTH if any(row.remark for row in sheet.rows) else 0.0
    return tuple(
        max(one.width, remarked) if one.id == "remark" else one.width for one in table.columns
    )


def _line(row: FinanceRow, wide: Sequence[float], table: Table) -> Line:
    usual = zip(table.columns, styles(table.columns), strict=True)
    looks = tuple(money_style(row.amount) if one.id == "amount" else style for one, style in usual)
    return Line(row.cells, looks, fitting(row.cells, inside(looks, wide), 36, _AROUND))


def _total(sheet: FinanceSheet, wide: Sequence[float], row: int) -> tuple[Line, tuple[Merge, ...]]:
    blank = (None,) * (_UNPAID_COLUMNS - 1)
    rest = (None,) * (len(wide) - _UNPAID_COLUMNS - 3)
    values = (TOTAL, *blank, sheet.amount, sheet.yuan, sheet.capital, *rest)
    looks = ("total",) * _UNPAID_COLUMNS + (money_style(sheet.amount, "total."), "total.number")
    line = Line(values, (*looks, *("total.text",) * (len(rest) + 1)), 28)
    last, after = _UNPAID_COLUMNS - 1, _UNPAID_COLUMNS + 2
    right = Span(row, after, row, len(wide) - 1)
    return line, ((Span(row, 0, row, last), "total"), (right, "total.text"))
