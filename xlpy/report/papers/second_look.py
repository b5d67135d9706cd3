"""The second look (回读核对): does a filed sheet, read back by another reader, say what was judged.

Here nothing is taken from the document that was written: the expected rows come from the values,
sums are added up again from what was read, and capital numerals are read back to a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from xlpy.policy.form import Table
from xlpy.policy.forms.load import load_reports
from xlpy.report.papers.capital import capital_value
from xlpy.report.papers.correction import TOTAL
from xlpy.report.papers.finance import YUAN, FinanceSheet
from xlpy.report.papers.notice import NoticeRow
from xlpy.report.papers.pages import labels

RowRead = Sequence[object]
"""One row as read: text, int, Decimal, or None for an empty cell."""


def finance_expected(sheet: FinanceSheet) -> tuple[tuple[object, ...], ...]:
    """Return what must stand below the heading of 奖补资金安排表: the rows and the total row."""
    columns = load_reports()["finance"].columns
    amounts = {"amount": sheet.amount, "yuan": sheet.yuan, "capital": sheet.capital}
    total = [amounts.get(column.id, "") for column in columns]
    return (*(row.cells for row in sheet.rows), (TOTAL, *total[1:]))


def notice_expected(rows: Sequence[NoticeRow]) -> tuple[tuple[object, ...], ...]:
    """Return what must stand below the heading of 公示名单."""
    return tuple(row.cells for row in rows)


def disagreements(read: Sequence[RowRead], sheet: FinanceSheet) -> tuple[str, ...]:
    """Return how 奖补资金安排表 as read back differs from the judging; () when it agrees.

    Compared are every row, the total and the capital numerals; then what was read is checked in
    itself: 元 is 万元 times 10000, the numerals say the 元, and the total is the sum.
    """
    table = load_reports()["finance"]
    body, problems = _body(read, table, finance_expected(sheet))
    if not problems:
        problems = list(_sums(body, table))
    return tuple(problems)


def notice_disagreements(read: Sequence[RowRead], rows: Sequence[NoticeRow]) -> tuple[str, ...]:
    """Return how 公示名单 as read back differs from the judging; () when it agrees."""
    _, problems = _body(read, load_reports()["notice"], notice_expected(rows))
    return tuple(problems)


def _body(
    read: Sequence[RowRead], table: Table, wanted: Sequence[RowRead]
) -> tuple[Sequence[RowRead], list[str]]:
    """Return the rows below the heading, and what is wrong with them."""
    names = labels(table.columns)
    places = [at for at, row in enumerate(read) if tuple(row[: len(names)]) == names]
    if len(places) != 1:
        return (), [f"「{table.sheet}」的表头行应有1个，读到{len(places)}个"]
    first = places[0] + 1
    body = read[first : first + len(wanted)]
    problems = [
        problem
        for at, cells in enumerate(wanted)
        for problem in _row(body[at] if at < len(body) else (), cells, names, first + at + 1)
    ]
    rest = enumerate(read[first + len(wanted) :], start=first + len(wanted) + 1)
    problems += [f"第{at}行：多出一行内容" for at, row in rest if any(map(_full, row[1:]))]
    return body, problems


def _row(read: RowRead, wanted: RowRead, names: Sequence[str], number: int) -> Iterator[str]:
    """Compare one row; columns beyond the known ones must be empty."""
    padded = [*read, *[None] * (len(wanted) - len(read))]
    for name, found, right in zip(names, padded, wanted, strict=False):
        if not _same(found, right):
            shown = found if _full(found) else "空"
            yield f"第{number}行“{name}”：读到“{shown}”，应为“{right}”"
    if any(map(_full, padded[len(wanted) :])):
        yield f"第{number}行：表格右侧多出内容"


def _sums(body: Sequence[RowRead], table: Table) -> Iterator[str]:
    """Check what was read against itself; every cell has its type by now."""
    ids = [column.id for column in table.columns]
    amount, yuan, words = (ids.index(id) for id in ("amount", "yuan", "capital"))
    for row in body:
        if _number(row[amount]) * YUAN != _number(row[yuan]):
            yield f"“{row[0]}”行：万元与元不符（{row[amount]}、{row[yuan]}）"
        if _spelled(row[words]) != _number(row[yuan]):
            yield f"“{row[0]}”行：大写与金额不符（{row[words]}、{row[yuan]}）"
    for column in (amount, yuan):
        added = sum((_number(row[column]) for row in body[:-1]), Decimal(0))
        if added != _number(body[-1][column]):
            yield f"{TOTAL}“{table.columns[column].label}”应为{added}，读到{body[-1][column]}"


def _same(found: object, right: object) -> bool:
    if right == "":
        return not _full(found)
    if isinstance(right, int | Decimal):
        return _is_number(found) and _number(found) == right
    return isinstance(found, str) and found == right


def _full(value: object) -> bool:
    return value is not None and value != ""


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _number(value: object) -> Decimal:
    return Decimal(str(value))


def _spelled(words: object) -> Decimal | None:
    try:
        return capital_value(str(words))
    except ValueError:
        return None
