"""What the ledgers prove, platform by platform (参考数据), for the experts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlpy.model.filing import Filing, Tally
from xlpy.policy.edition import AreaRow, Edition
from xlpy.policy.form import load_forms


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceTally:
    """One row of 附件4 of one platform: what its ledger proves, and whether targets are reached.

    `reached` is None where the rule sets no target (不设目标).
    """

    row: AreaRow
    tally: Tally
    reached: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRow:
    """What the experts may look up about one platform (一个平台的参考数据)."""

    name: str
    code: str
    level: str
    tallies: tuple[ReferenceTally, ...]


def reference_rows(edition: Edition, filings: Sequence[Filing]) -> tuple[ReferenceRow, ...]:
    """Return the reference of each filing, in the order given."""
    form = load_forms(edition).filing
    name, code, level = (form.field(id).label for id in ("name", "code", "level"))
    return tuple(
        ReferenceRow(
            name=filing.text(name),
            code=filing.text(code),
            level=filing.text(level),
            tallies=tuple(_tally(filing, row) for _, row in edition.area_rows),
        )
        for filing in filings
    )


def _tally(filing: Filing, row: AreaRow) -> ReferenceTally:
    tally = filing.proof.by_row.get(row.name, Tally())
    reached = all(_reached(filing, row, tally)) if row.targets else None
    return ReferenceTally(row=row, tally=tally, reached=reached)


def _reached(filing: Filing, row: AreaRow, tally: Tally) -> list[bool]:
    """Tell for each target whether the smaller of claimed and proved reaches it (Art. 5)."""
    claimed = filing.summary.get(row.name, {})
    return [
        target.bound.holds(
            min(claimed.get(target.measure, Decimal(0)), Decimal(getattr(tally, target.measure)))
        )
        for target in row.targets
        if target.bound
    ]
