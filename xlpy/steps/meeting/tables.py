"""The tables for analysts (数据表) of one case, and as CSV files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy.excel.reading.book import read_book
from xlpy.excel.workers.pool import read_all
from xlpy.excel.workers.worker import Failure
from xlpy.forms.filing.plan import filing_sheets
from xlpy.forms.filing.read import read_filing
from xlpy.model.decision import Evaluation
from xlpy.model.filing import LedgerRow
from xlpy.model.grid import Refusal
from xlpy.model.identity import META_SHEET
from xlpy.model.keys import Key
from xlpy.policy.editions.folder import Source
from xlpy.policy.editions.load import rulebook_of
from xlpy.steps.case import Case
from xlpy.steps.gather import SECONDS_PER_FILE, Gathered, Progress
from xlpy.steps.meeting.asked import trial_of
from xlpy.steps.meeting.private import private_of

if TYPE_CHECKING:
    from xlpy.analysis.frames.columns import Frame

PLATFORMS, SCORES, LEDGER, FINDINGS, REASONS = (
    *("platforms", "scores", "ledger"),
    *("findings", "reasons"),
)
Points = Mapping[Key, Mapping[str, Sequence[Decimal]]]


def table(
    name: str, case: Case, gathered: Gathered, evaluation: Evaluation, progress: Progress | None
) -> Frame:
    """Return one of the tables for analysts by its name (数据表)."""
    return _makers(case, gathered, evaluation, progress)[name]()


def csv_files(
    case: Case, gathered: Gathered, evaluation: Evaluation, progress: Progress | None
) -> dict[str, bytes]:
    """Return every table as a CSV file by name, and one that says what their columns are.

    See `xlpy.analysis.frames.written`.
    """
    from xlpy.analysis.frames.written import columns_csv, frame_csv

    makers = _makers(case, gathered, evaluation, progress)
    frames = {name: make() for name, make in makers.items()}
    files = {f"{name}.csv": frame_csv(frame) for name, frame in frames.items()}
    return {**files, "columns.csv": columns_csv(frames)}


def _makers(
    case: Case, gathered: Gathered, evaluation: Evaluation, progress: Progress | None
) -> Mapping[str, Callable[[], Frame]]:
    from xlpy.analysis.frames.ledger import ledger_frame
    from xlpy.analysis.frames.platforms import platforms_frame
    from xlpy.analysis.frames.scores import scores_frame
    from xlpy.analysis.frames.told import findings_frame, reasons_frame

    edition, forms = gathered.edition, gathered.forms
    private = partial(private_of, gathered, evaluation)
    experts = {one.file: one.expert for one in gathered.ballots}
    return {
        PLATFORMS: lambda: platforms_frame(evaluation, edition, forms),
        SCORES: lambda: scores_frame(evaluation, _points(gathered, evaluation), edition),
        LEDGER: lambda: ledger_frame(
            evaluation, _ledgers(case, gathered, progress), forms, private()
        ),
        FINDINGS: lambda: findings_frame(evaluation, experts, private()),
        REASONS: lambda: reasons_frame(evaluation, private()),
    }


def _points(gathered: Gathered, evaluation: Evaluation) -> Points:
    """Return the counted points by platform and expert, as the judging counts them."""
    votes = trial_of(gathered, evaluation).votes.votes
    return {key: one.scores for key, one in votes.items()}


def _ledgers(
    case: Case, gathered: Gathered, progress: Progress | None
) -> dict[str, tuple[LedgerRow, ...]]:
    """Return the rows of every ledger by file, read once more under the usual limits."""
    files = [one.file for one in gathered.filings if one.readable]
    history, year = gathered.history, gathered.staff.year
    task = partial(_read, gathered.policy.source, history.editions, year)
    count = (lambda done: progress("台账", done, len(files))) if progress else None
    paths = tuple(case.filings / file for file in files)
    found = read_all(task, paths, seconds=SECONDS_PER_FILE, progress=count)
    return {
        file: rows for file, rows in zip(files, found, strict=True) if not isinstance(rows, Failure)
    }


def _read(source: Source, former: frozenset[str], year: int, path: Path) -> tuple[LedgerRow, ...]:
    """Read one ledger in a worker process."""
    edition, forms = rulebook_of(source)
    book = read_book(
        path, wanted=(*forms.filing.sheets, META_SHEET), known=filing_sheets(forms.filing)
    )
    if isinstance(book, Refusal):
        return ()
    return read_filing(book, edition=edition, forms=forms, year=year, former=former, rows=True).rows
