"""A panel that has scored (评分完毕的专家): the issued ballots, filled and sent back."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO

from xlpy.demo.ballots import Scores, filled_ballot
from xlpy.excel.reading.book import read_book
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.ballot.document import ballot_document
from xlpy.forms.ballot.read import read_ballot
from xlpy.forms.ballot.reference import reference_rows
from xlpy.model.ballot import Ballot
from xlpy.model.grid import Book
from xlpy.model.sheets.sheet import Document
from xlpy.policy.editions.load import default_edition
from xlpy.policy.form import BallotForm
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import default_rules
from xlpy.steps.case import Case
from xlpy.steps.evaluate import decide
from xlpy.steps.gather import Gathered, gather

_EDITION = default_edition()
_SURNAMES = "张李王赵陈杨周吴徐孙"
_RECUSED = 0.005  # of all rows


def issued_ballot(
    rows: Sequence[tuple[str, str, str]],
    *,
    expert: tuple[str, str, str, str] = ("01", "张三", "市经信局", "经信"),
) -> Document:
    """Return a ballot as it goes out, of platforms (name, code, level)."""
    return ballot_document(
        edition=_EDITION,
        forms=load_forms(_EDITION),
        rubric=default_rules(_EDITION).rubric,
        rows=rows,
        expert=expert,
        case="case-1",
        year=2022,
    )


def fill_ballots(
    case: Case, *, today: date, seed: int, missing: bool = False, names: str = "*.xlsx"
) -> None:
    """Fill every issued ballot of the case as its expert would, and put it into 专家评分.

    With `missing` only those that lie there not yet; `names` picks some by their files.
    """
    gathered = gather(case, today=today)
    decisions = {(d.code, d.name): d for d in decide(gathered, today=today).decisions}
    form = gathered.forms.ballot
    for path in sorted(case.issued.glob(names)):
        if missing and (case.ballots / path.name).exists():
            continue
        ballot = _issued(read_book(path), gathered)
        rows = [decisions[row.code, row.name] for row in ballot.rows]
        filings = tuple(d.filing for d in rows if d.filing)
        document = ballot_document(
            edition=gathered.edition,
            forms=gathered.forms,
            rubric=gathered.rules.rubric,
            rows=tuple((d.name, d.code, d.level) for d in rows),
            expert=_person(ballot, form),
            case=gathered.staff.case,
            secret=gathered.staff.secret,
            year=gathered.staff.year,
            supplement=ballot.supplement,
            reference=reference_rows(gathered.edition, filings),
        )
        given = {d.code: _opinion(d.code, ballot.expert, gathered.rules.rubric, seed) for d in rows}
        signed = filled_ballot(document, form, given, signed_on=today)
        (case.ballots / path.name).write_bytes(compressed(document_bytes(signed)))


def compressed(content: bytes) -> bytes:
    """Return a workbook of ours with its parts deflated, as every spreadsheet program saves."""
    sent = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as ours, zipfile.ZipFile(sent, "w") as package:
        for member in ours.infolist():
            body = ours.read(member)
            member.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(member, body)
    return sent.getvalue()


def _issued(book: object, gathered: Gathered) -> Ballot:
    assert isinstance(book, Book)
    return read_ballot(
        book,
        edition=gathered.edition,
        forms=gathered.forms,
        rubric=gathered.rules.rubric,
        blank=True,
    )


def _person(ballot: Ballot, form: BallotForm) -> tuple[str, str, str, str]:
    number = int(ballot.expert) - 1
    categories = next(field.choices for field in form.head if field.id == "category")
    name = f"{_SURNAMES[number % len(_SURNAMES)]}示例{number // len(_SURNAMES) or ''}"
    return (ballot.expert, name, "市示例单位", categories[number % len(categories)])


def _opinion(code: str, expert: str, rubric: Scores, seed: int) -> Scores:
    """Return what an expert gives a platform: its own level, give or take their taste."""
    level = random.Random(f"level/{seed}/{code}").uniform(0.62, 0.94)
    chance = random.Random(f"ballot/{seed}/{code}/{expert}")
    if chance.random() < _RECUSED:
        return ()
    return tuple(_points(level, points, chance) for points in rubric)


def _points(level: float, points: Decimal, chance: random.Random) -> Decimal:
    tenths = int(points * 10)
    wanted = round(tenths * (level + chance.uniform(-0.06, 0.06)))
    return Decimal(max(0, min(tenths, wanted))).scaleb(-1)
