"""What every case is made from (如实填写的表): a filing, a ballot and the staff's workbook."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from tests.kit.panel import issued_ballot
from tests.kit.platforms import YEAR, filing_content, made_up, rules
from tests.kit.taken_apart import TakenApart
from tests.kit.typed_content import answer, cells, claim, entry
from xlpy.demo.ballots import filled_ballot
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.filing.document import filing_document
from xlpy.model.filing import Content
from xlpy.model.grid import CellValue
from xlpy.policy.parameters.rules import default_rules
from xlpy.steps.new import new

AS_OF = date(2023, 6, 30)
EDITION, FORMS = rules()
RUBRIC = default_rules(EDITION).rubric
LEDGER, SUMMARY, PRODUCTS, PROFILE = "附件3", "附件4", "附件2", "附件1"
BALLOT = FORMS.ballot.sheet
PLATFORMS = (("甲平台", "91340300MA2N0ABC16", "省级"), ("乙平台", "91340300MA2MQ7F5XX", "国家级"))

Spot = tuple[str, str]
"""Sheet and A1 address."""


@cache
def content() -> Content:
    """Return what stands in the honest filing: fourteen activities, one with a loan."""
    made = filing_content(made_up(1)[0], ledger=14, seed=2)
    account = FORMS.filing.field("account").label
    # Without noughts at its end: those are a warning of their own.
    return replace(made, answers={**made.answers, account: "1302030109100123456"})


@cache
def _filing() -> TakenApart:
    document = filing_document(edition=EDITION, forms=FORMS, year=YEAR, content=content())
    return TakenApart.of(document_bytes(document))


def filing() -> TakenApart:
    """Return the honest filing taken apart."""
    return _filing().copy()


def filled_with(answers: dict[str, CellValue], rows: dict[str, CellValue] | None = None) -> bytes:
    """Return the filing with other answers by their ids, other cells of the first ledger row."""
    known = content()
    labels = {FORMS.filing.field(id).label: value for id, value in answers.items()}
    first, *more = known.rows[LEDGER]
    ledger = ({**first, **(rows or {})}, *more)
    changed = replace(
        known, answers={**known.answers, **labels}, rows={**known.rows, LEDGER: ledger}
    )
    document = filing_document(edition=EDITION, forms=FORMS, year=YEAR, content=changed)
    return document_bytes(document)


@cache
def _ballot() -> TakenApart:
    document = issued_ballot(PLATFORMS)
    given = {code: tuple(points - 1 for points in RUBRIC) for _, code, _ in PLATFORMS}
    signed = filled_ballot(document, FORMS.ballot, given, signed_on=AS_OF)
    return TakenApart.of(document_bytes(signed))


def ballot() -> TakenApart:
    """Return an honest ballot of two platforms taken apart."""
    return _ballot().copy()


@cache
def _staff() -> TakenApart:
    with tempfile.TemporaryDirectory() as folder:
        case = new(Path(folder) / "年度", year=YEAR, as_of=AS_OF, case_id="kit", secret="kit")
        parts = TakenApart.of(case.workbook.read_bytes())
    row = _texts(4, (PLATFORMS[0][0], PLATFORMS[0][1], PLATFORMS[0][2]))
    parts.change(parts.sheet("参评名单"), "</sheetData>", f"{row}</sheetData>")
    row = _texts(4, ("01", "张三", "市经信局", "经信"))
    parts.change(parts.sheet("专家"), "</sheetData>", f"{row}</sheetData>")
    return parts


def staff() -> TakenApart:
    """Return an honest evaluate.xlsm taken apart."""
    return _staff().copy()


def text_of(spot: Spot) -> str:
    """Return the text that stands in a cell of the honest filing."""
    value = _typed()[spot]
    assert isinstance(value, str), value
    return value


def number_of(spot: Spot) -> str:
    """Return the number that stands in a cell of the honest filing."""
    return str(_typed()[spot])


def typed_cells() -> tuple[Spot, ...]:
    """Return every cell of the honest filing that somebody typed into."""
    return tuple(_typed())


@cache
def _typed() -> dict[Spot, CellValue]:
    return {(sheet, cell): value for sheet, cell, value in cells(content(), year=YEAR)}


def _texts(row: int, texts: tuple[str, ...]) -> str:
    cells = (
        f'<c r="{letter}{row}" t="inlineStr"><is><t>{text}</t></is></c>'
        for letter, text in zip("ABCDE", texts, strict=False)
    )
    return f'<row r="{row}">{"".join(cells)}</row>'


def loan() -> int:
    """Return the zero-based ledger row that has a loan."""
    rows = content().rows[LEDGER]
    return next(at for at, row in enumerate(rows) if row.get("financing"))


NAME, OPERATOR, CODE = answer("name"), answer("operator"), answer("code")
RECOGNISED, VALID = answer("recognised_on"), answer("valid_until")
ACCOUNT, ACCOUNT_NAME, PHONE = answer("account"), answer("account_name"), answer("phone")
STAFF_COUNT, INCOME, EXPENSE = answer("staff"), answer("income"), answer("expense")
SATISFACTION, FINANCED = answer("satisfaction"), answer("financing_total")
SERVED = answer("served")
LOAN, HELD_ON = entry(loan(), "financing"), entry(0, "held_on")
FIRMS, VISITS, REMARK = entry(0, "firms"), entry(0, "visits"), entry(0, "remark")
TITLE, PROOF = entry(0, "title"), entry(0, "proof")
CLAIMED_LOANS = claim(2, "financing")
SCORE = (BALLOT, "E5")
