"""A file as the program sees it (程序所见): the readings of a case, in one shape to compare."""

from __future__ import annotations

import tempfile
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from tests.hostile import honest
from tests.hostile.case import Seen, Target, Told
from tests.hostile.honest import AS_OF, EDITION, FORMS, PROFILE, RUBRIC
from tests.kit.platforms import YEAR
from xlpy.excel.reading.book import read_book
from xlpy.forms.ballot.read import ballot_sheets, read_ballot
from xlpy.forms.filing.plan import filing_sheets
from xlpy.forms.filing.read import read_filing
from xlpy.forms.staff.read import read_staff
from xlpy.model.ballot import Ballot
from xlpy.model.filing import Filing
from xlpy.model.finding import Finding
from xlpy.model.grid import Book, Refusal
from xlpy.model.identity import META_SHEET
from xlpy.policy.findings.catalogue import refusal

_NO_VALUE = frozenset({"digest", "findings", "file", "typed", "notes", "secret", "unknown"})


def see(path: Path, target: Target) -> Seen:
    """Return the file as the program reads it in a case; every refusal and finding is worded."""
    book = read_book(path, notes=True) if target == "staff" else _book(path, target)
    if isinstance(book, Refusal):
        assert all(refusal(book)), book
        return Seen(refused=str(book.kind), detail=book.detail)
    if target == "filing":
        return _filing(read_filing(book, edition=EDITION, forms=FORMS, year=YEAR).filing)
    if target == "ballot":
        return _ballot(read_ballot(book, edition=EDITION, forms=FORMS, rubric=RUBRIC))
    staff = read_staff(book, edition=EDITION, forms=FORMS, fallback=AS_OF).staff
    values = {one.name: getattr(staff, one.name) for one in fields(staff)}
    return _seen({name: one for name, one in values.items() if name not in _NO_VALUE}, staff)


def _book(path: Path, target: Target) -> Book | Refusal:
    """Return a form read as `xlpy.steps.gather` reads it: other sheets are glanced at."""
    if target == "filing":
        wanted, known = FORMS.filing.sheets, filing_sheets(FORMS.filing)
    else:
        wanted, known = (FORMS.ballot.sheet,), ballot_sheets(FORMS.ballot)
    return read_book(path, wanted=(*wanted, META_SHEET), known=known)


@cache
def seen_honest(target: Target) -> Seen:
    """Return how the honest form is seen."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("甲.xlsm" if target == "staff" else "甲.xlsx")
        path.write_bytes(getattr(honest, target)().zipped())
        return see(path, target)


def _filing(filing: Filing) -> Seen:
    values: dict[str, Any] = dict(filing.answers)
    values |= {
        f"附件4 {row} {column}": value
        for row, claims in filing.summary.items()
        for column, value in claims.items()
    }
    for kind, tallies in (("功能", filing.proof.by_function), ("类别", filing.proof.by_row)):
        for row, tally in tallies.items():
            values |= {f"台账{kind} {row} {id}": value for id, value in tally.figures.items()}
    values |= {"台账企业数": filing.proof.firms, "佐证": filing.evidence}
    spots = {label: (PROFILE, cell) for label, cell in filing.places.items()}
    return _seen(values, filing, spots)


def _ballot(ballot: Ballot) -> Seen:
    values: dict[str, Any] = {"expert": ballot.expert, "counted": ballot.counted}
    for row in ballot.rows:
        values |= {f"{row.code} {name}": one for name, one in row._asdict().items()}
    return _seen(values, ballot)


def _seen(values: dict[str, Any], read: Any, spots: Any = None) -> Seen:
    findings: tuple[Finding, ...] = read.findings
    assert all(one.sentence for one in findings)
    return Seen(
        values=values,
        spots=spots or {},
        told=len(findings),
        longest=max((len(one.sentence) for one in findings), default=0),
        findings=tuple(
            Told(
                one.code,
                str(one.severity),
                one.place.sheet,
                cell,
                f"{one.found}|{one.needed}|{one.mend}",
            )
            for one in findings
            for cell in one.places or ("",)
        ),
    )
