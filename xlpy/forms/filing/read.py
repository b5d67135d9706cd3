"""A platform's file read whole (读取申报表): what it claims, what it proves, what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from xlpy.forms.cells.aside import note_carried, note_continued
from xlpy.forms.cells.identity import read_meta
from xlpy.forms.cells.labels import label_key
from xlpy.forms.cells.layout import find_sheets
from xlpy.forms.cells.notes import Notes
from xlpy.forms.cells.table import read_table
from xlpy.forms.cells.values.typed import shown, trim
from xlpy.forms.filing.beside import note_beside
from xlpy.forms.filing.claims import check_claims
from xlpy.forms.filing.content import content_of
from xlpy.forms.filing.ledger import Ledger, read_ledger
from xlpy.forms.filing.other_form import dated_otherwise, named_otherwise, outdated
from xlpy.forms.filing.plan import ReadingPlan, reading_plan
from xlpy.forms.filing.profile import read_profile
from xlpy.forms.filing.proof import nothing_proved
from xlpy.forms.filing.summary import read_summary
from xlpy.model import identity as meta
from xlpy.model.filing import Content, Filing, LedgerRow
from xlpy.model.grid import Book
from xlpy.model.identity import META_SHEET
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms


class FilingRead(NamedTuple):
    """A filing (申报材料) as read; `content` and the ledger's `rows` where they were asked for."""

    filing: Filing
    content: Content | None = None
    rows: tuple[LedgerRow, ...] = ()


def read_filing(
    book: Book,
    *,
    edition: Edition,
    forms: Forms,
    year: int,
    content: bool = False,
    rows: bool = False,
    former: Collection[str] = (),
) -> FilingRead:
    """Return what the file says and every finding in it; no file makes this raise.

    `year` is the year whose services are judged. With `content` the cells as typed come along.
    With `rows` those of its ledger do, as they count; of a form that is not this year's there are
    none. `former` are the editions the case had before: a form made for one is read as it is.
    """
    plan = reading_plan(edition, forms)
    notes = Notes(book.file, book.digest, edition.wording, plan.article)
    sheets = find_sheets(book, plan.form.sheets, notes, plan.form.file)
    note_carried(book, notes)
    identity = read_meta(book)
    other = named_otherwise(identity, plan, year, former)
    if sheets is None and not other:
        return FilingRead(filing=_no_filing(book, plan, notes))
    sheets = sheets or {}
    _note_version(book, plan, notes, former)
    profile = read_profile(sheets.get(plan.form.profile_sheet), plan, notes)
    grid = sheets.get(plan.products.sheet)
    products = None if grid is None else read_table(grid, plan.products, notes)
    ledger = read_ledger(sheets.get(plan.ledger.sheet), plan, notes, year)
    other = other or dated_otherwise(identity, _days(ledger), year)
    if other:
        filing, typed = outdated(book, plan, other, profile, year)
        return FilingRead(filing=filing, content=typed if content else None)
    summary = read_summary(sheets.get(plan.summary.sheet), plan, ledger, notes)
    check_claims(plan, profile, ledger, notes)
    note_continued(book, plan.continued, notes)
    note_beside(sheets, profile, (products, ledger.table, summary.table), notes)
    name = profile.answers.get(plan.form.field("name").label, "")
    filing = Filing(
        file=book.file,
        digest=book.digest,
        answers=profile.answers,
        summary=summary.claims,
        proof=ledger.proof,
        places=profile.places,
        wrong=frozenset(profile.wrong),
        findings=notes.findings(str(name)),
        evidence=ledger.evidence,
        unproved=ledger.unproved,
    )
    whole = content_of(plan, profile, products, ledger.table, summary) if content else None
    return FilingRead(filing, whole, tuple(_rows(ledger)) if rows else ())


def _rows(ledger: Ledger) -> Iterator[LedgerRow]:
    """Yield every row of a ledger with what its cells mean; where it proves nothing none counts."""
    table = ledger.table
    if table is None:
        return
    columns = {id: table.column(id) for id in table.columns}
    for at, row in enumerate(table.rows):
        counted = ledger.usable and at not in table.bad
        yield LedgerRow(row + 1, counted, {id: column[at] for id, column in columns.items()})


def _days(ledger: Ledger) -> Sequence[date | None]:
    return () if ledger.table is None else ledger.table.column("held_on")


def _no_filing(book: Book, plan: ReadingPlan, notes: Notes) -> Filing:
    return Filing(
        file=book.file,
        digest=book.digest,
        proof=nothing_proved(plan.edition),
        findings=notes.findings(""),
        unproved=True,
        readable=False,
    )


def _note_version(book: Book, plan: ReadingPlan, notes: Notes, former: Collection[str]) -> None:
    """Note a form made from another edition, or of a version not read as this one (F107)."""
    grid = next((one for one in book.grids if label_key(one.name) == META_SHEET), None)
    if grid is None:
        return
    written = {str(row[0]): row[1] for row in grid.rows if len(row) > 1}
    needed = {meta.EDITION: plan.edition.id, meta.VERSION: str(plan.form.version)}
    found = {name: trim(shown(written.get(name, ""))) for name in needed}
    versions = map(str, range(plan.form.oldest, plan.form.version + 1))
    ours = {plan.edition.id, *former}
    if found[meta.EDITION] not in ours or found[meta.VERSION] not in versions:
        words = {"found": _version(found), "needed": _version(needed)}
        notes.add("F107", grid.name, "", words)


def _version(rows: dict[str, str]) -> str:
    return f"{rows[meta.EDITION]} 第{rows[meta.VERSION]}版"
