"""参考数据: what the ledgers prove for each platform and area, beside the targets of the rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlpy.forms.ballot.scores import BallotPlan
from xlpy.forms.drawing.words import NO_TARGET, NOT_REACHED, REACHED, target_words
from xlpy.model.filing import Filing, Tally
from xlpy.model.formula import quoted
from xlpy.model.grid import address
from xlpy.model.sheet import Condition, Line, Page, Sheet, Span, Value
from xlpy.model.titled import Banner, footer, titled
from xlpy.policy.edition import AreaRow, Edition
from xlpy.policy.form import FilingForm
from xlpy.policy.forms.load import load_forms

_HEADING, _FIRST = 2, 3
_ON_PAGE = 3  # platforms on one printed page
_NOTE = (
    "以下为台账（附件3）能够证明的数字，供评分参考。达标按填报数和台账中较小的判断；"
    "达标与否不直接决定分数。"
)


def reference_sheet(plan: BallotPlan, form: FilingForm, reference: Sequence[ReferenceRow]) -> Sheet:
    """Return the sheet (参考数据), platforms in the order of this expert's rows."""
    places = {(name, code): n for n, (name, code, _) in enumerate(plan.rows)}
    ordered = sorted(reference, key=lambda row: places.get((row.name, row.code), len(places)))
    measures = form.summary.numbers
    lead = tuple(field.label for field in plan.form.columns)
    headings = (*lead, form.summary_key, *(one.label for one in measures), "年度目标", REACHED)
    lines = tuple(line for row in ordered for line in _lines(row, form))
    wide = len(headings) - 1
    sheet = Sheet(
        name=plan.form.reference,
        lines=(
            Banner((f"{plan.form.reference}（只供查看）",), "title", 30),
            Banner((_NOTE,), "note", 24),
            Line(headings, "head", 36),
            *lines,
        ),
        widths=(28, 22, 10, 24, *(one.width for one in measures), 54, 10),
        conditions=tuple(_colours(wide, len(lines))),
        filter=Span(_HEADING, 0, max(_FIRST, _HEADING + len(lines)), wide),
        page=Page(
            landscape=True,
            breaks=tuple(_breaks([len(row.tallies) for row in ordered])),
            footer=footer(plan.form.reference),
        ),
        tab_colour="#7F7F7F",
    )
    return titled(sheet, heading=_HEADING, frozen=1)


def _colours(column: int, count: int) -> Iterator[Condition]:
    if count:
        span = Span(_FIRST, column, _FIRST + count - 1, column)
        formula = f"={address(_FIRST, column)}={quoted(REACHED)}"
        yield Condition(span=span, formula=formula, style="reached")


def _breaks(rows: Sequence[int]) -> Iterator[int]:
    """Yield the rows that begin a page: no platform is split across two."""
    for number in range(_ON_PAGE, len(rows), _ON_PAGE):
        yield _FIRST + sum(rows[:number])


def _lines(row: ReferenceRow, form: FilingForm) -> Iterator[Line]:
    measures = form.summary.numbers
    kinds = ["money" if one.kind == "decimal" else "number" for one in measures]
    for tally in row.tallies:
        figures: list[Value] = [tally.tally.figure(one.id) for one in measures]
        lead = (row.name, row.code, row.level, tally.row.name)
        values = (*lead, *figures, target_words(form, tally.row), _verdict(tally))
        styles = ("cell.wrap", "text", "cell.center", "cell.wrap", *kinds, "cell.wrap")
        yield Line(values, (*styles, "cell.center"), 20)


def _verdict(tally: ReferenceTally) -> str:
    if tally.reached is None:
        return NO_TARGET
    return REACHED if tally.reached else NOT_REACHED


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
    reached = row.reached(filing.summary.get(row.name, {}), tally)
    return ReferenceTally(row=row, tally=tally, reached=reached)
