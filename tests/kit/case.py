"""A whole case folder of any size (评价项目样例), made through our own builders.

By hand: `python -m tests.kit.case FOLDER PLATFORMS [LEDGER [SEED]]`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

from tests.kit.panel import compressed, fill_ballots
from tests.kit.platforms import LEAST_LEDGER, YEAR, Platform, filing_content, made_up, rules
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.filing.document import filing_document
from xlpy.steps.ballots import ballots
from xlpy.steps.case import Case
from xlpy.steps.new import new

AS_OF = date(2023, 6, 30)

_FEW = 20  # fewer platforms than this are written without other processes


def make_case(
    folder: Path,
    *,
    platforms: int,
    experts: int = 7,
    ledger: int = 120,
    seed: int = 1,
    findings: float = 0.1,
) -> Case:
    """Make a case of `platforms` filings with `ledger` rows each, all scored by `experts`.

    The same arguments give the same files to the byte. The share `findings` of the filings has
    mistakes in the ledger; every platform is eligible. No experts, no ballots.
    """
    if ledger < LEAST_LEDGER:
        raise ValueError(f"a ledger has at least {LEAST_LEDGER} rows here, not {ledger}")
    case = new(folder, year=YEAR, as_of=AS_OF, case_id=f"kit-{seed}-{platforms}", secret="kit")
    made = made_up(platforms, findings)
    _write_filings(case, made, ledger, seed)
    if experts:
        ballots(case.folder, experts=experts, today=AS_OF)
        fill_ballots(case, today=AS_OF, seed=seed)
    return case


def _write_filings(case: Case, platforms: Sequence[Platform], ledger: int, seed: int) -> None:
    write = partial(_write_filing, case.filings, ledger, seed)
    if len(platforms) < _FEW:
        for platform in platforms:
            write(platform)
        return
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for _ in pool.map(write, platforms, chunksize=8):
            pass


def _write_filing(folder: Path, ledger: int, seed: int, platform: Platform) -> None:
    edition, forms = rules()
    content = filing_content(platform, ledger=ledger, seed=seed)
    document = filing_document(edition=edition, forms=forms, year=YEAR, content=content)
    (folder / f"{platform.name}.xlsx").write_bytes(compressed(document_bytes(document)))


if __name__ == "__main__":
    make_case(
        Path(sys.argv[1]),
        platforms=int(sys.argv[2]),
        ledger=int(sys.argv[3]) if len(sys.argv) > 3 else 120,
        seed=int(sys.argv[4]) if len(sys.argv) > 4 else 1,
    )
