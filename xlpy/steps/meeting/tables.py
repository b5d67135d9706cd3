"""The tables for analysts (数据表) of one case, and as CSV files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
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

if TYPE_CHECKING:
    import pandas as pd

    from xlpy.analysis.frames.private import Private

PLATFORMS, SCORES, LEDGER, FINDINGS, REASONS = (
    *("platforms", "scores", "ledger"),
    *("findings", "reasons"),
)
Points = Mapping[Key, Mapping[str, Sequence[Decimal]]]
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_COLUMNS = ("table", "column", "label")


def table(
    name: str, case: Case, gathered: Gathered, evaluation: Evaluation, progress: Progress | None
) -> pd.DataFrame:
    """Return one of the tables for analysts by its name (数据表)."""
    return _makers(case, gathered, evaluation, progress)[name]()


def csv_files(
    case: Case, gathered: Gathered, evaluation: Evaluation, progress: Progress | None
) -> dict[str, bytes]:
    """Return every table as a CSV file by name, and one that says what their columns are.

    UTF-8 with a byte order mark, so that Excel reads it; a text a spreadsheet could take for a
    formula begins with an apostrophe.
    """
    makers = _makers(case, gathered, evaluation, progress)
    frames = {name: make() for name, make in makers.items()}
    columns = [
        (name, str(column), str(frame.attrs["labels"][column]))
        for name, frame in frames.items()
        for column in frame.columns
    ]
    files = {f"{name}.csv": _csv(tuple(map(str, f.columns)), f) for name, f in frames.items()}
    return {**files, "columns.csv": _written(_COLUMNS, columns)}


def _makers(
    case: Case, gathered: Gathered, evaluation: Evaluation, progress: Progress | None
) -> Mapping[str, Callable[[], pd.DataFrame]]:
    from xlpy.analysis.frames.ledger import ledger_frame
    from xlpy.analysis.frames.platforms import platforms_frame
    from xlpy.analysis.frames.scores import scores_frame
    from xlpy.analysis.frames.told import findings_frame, reasons_frame

    edition, forms = gathered.edition, gathered.forms
    private = partial(_private, gathered)
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


def _private(gathered: Gathered) -> Private:
    from xlpy.analysis.frames.private import Private

    return Private(gathered.filings, gathered.ballots, gathered.staff, gathered.forms)


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


def _csv(names: tuple[str, ...], frame: pd.DataFrame) -> bytes:
    return _written(names, frame.itertuples(index=False, name=None))


def _written(names: tuple[str, ...], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO(newline="")
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow(names)
    out.writerows([_shown(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _shown(value: object) -> str:
    """Return a value as it stands in a CSV file.

    >>> _shown("=1+1"), _shown(Decimal("-0.5")), _shown(None), _shown(True)
    ("'=1+1", '-0.5', '', '是')
    """
    if value is None or str(value) in ("<NA>", "NaT", "nan"):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):  # a Timestamp is one
        return value.isoformat()[:10]
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
