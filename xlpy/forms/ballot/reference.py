"""参考数据: what the ledgers prove for each platform and area, beside the targets of the rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlpy.forms.ballot.scores import BallotPlan
from xlpy.forms.drawing.fit import height, lines_filled, width_of
from xlpy.forms.drawing.words import NO_TARGET, NOT_REACHED, REACHED, target_words
from xlpy.model.filing import Filing, Tally
from xlpy.model.grid import address
from xlpy.model.look import colours
from xlpy.model.look.paging import LYING, page_starts
from xlpy.model.sheets.formula import quoted
from xlpy.model.sheets.sheet import Condition, Line, Page, Sheet, Span, Value
from xlpy.model.sheets.titled import Banner, footer, titled
from xlpy.policy.edition import AreaRow, Edition
from xlpy.policy.form import Field, FilingForm
from xlpy.policy.forms.load import load_forms

_HEADING, _FIRST = 2, 3
_KEY_AT, _TARGET_AT = 3, -2  # columns
_TITLE, _NOTE_ROW, _HEAD_ROW, _ROW = 30.0, 20.0, 36.0, 16.0  # heights in points
_CODE, _LEVEL, _MEASURE, _VERDICT = 19.0, 8.0, 8.0, 7.0  # widths
_NAME, _KEY, _TARGET = (16.0, 30.0), (12.0, 26.0), (16.0, 60.0)  # the least and the most
_NAMED = ("text.wrap", "text.center", "text.center")
_NOTE = (
    "以下为台账（附件3）能够证明的数字，供评分参考；空着的为没有记载也没有目标。"
    "达标按填报数和台账中较小的判断；达标与否不直接决定分数。"
)


def reference_sheet(plan: BallotPlan, form: FilingForm, reference: Sequence[ReferenceRow]) -> Sheet:
    """Return the sheet (参考数据), platforms in the order of this expert's rows.

    A measure that no ledger has and no target asks for is left out; no platform is split over two
    pages. Without anything to look up the sheet is hidden.
    """
    places = {(name, code): n for n, (name, code, _) in enumerate(plan.rows)}
    ordered = sorted(reference, key=lambda row: places.get((row.name, row.code), len(places)))
    measures = _measures(plan.edition, form, reference)
    lead = tuple(field.label for field in plan.form.columns)
    headings = (*lead, form.summary_key, *(one.label for one in measures), "年度目标", REACHED)
    widths = _widths(plan.edition, form, reference, measures)
    blocks = [[*_lines(row, form, measures, widths)] for row in ordered]
    wide, count = len(headings) - 1, sum(map(len, blocks))
    sheet = Sheet(
        name=plan.form.reference,
        lines=(
            Banner((f"{plan.form.reference}（只供查看）",), "title", _TITLE),
            Banner((_NOTE,), "note", _NOTE_ROW),
            Line(headings, "head", _HEAD_ROW),
            *(line for block in blocks for line in block),
        ),
        widths=widths,
        conditions=tuple(_colours(wide, count)),
        filter=Span(_HEADING, 0, max(_FIRST, _HEADING + count), wide),
        page=_page(plan, blocks, widths),
        hidden="" if reference else "hidden",
        tab_colour=colours.TAB_ASIDE,
    )
    return titled(sheet, heading=_HEADING, frozen=1)


def _widths(
    edition: Edition,
    form: FilingForm,
    reference: Sequence[ReferenceRow],
    measures: Sequence[Field],
) -> tuple[float, ...]:
    """Return the widths: no wider than their texts, for the page is as wide as all of them."""
    rows = [row for _, row in edition.area_rows]
    name = width_of((one.name for one in reference), *_NAME)
    key = width_of((row.name for row in rows), *_KEY)
    target = width_of((target_words(form, row) for row in rows), *_TARGET)
    return (name, _CODE, _LEVEL, key, *(_MEASURE for _ in measures), target, _VERDICT)


def _measures(
    edition: Edition, form: FilingForm, reference: Sequence[ReferenceRow]
) -> tuple[Field, ...]:
    """Return the measures to be shown: those somebody has, and those of a target."""
    wanted = {target.measure for _, row in edition.area_rows for target in row.targets}
    tallies = [one.tally for row in reference for one in row.tallies]
    return tuple(
        one
        for one in form.summary.numbers
        if one.id in wanted or any(tally.figure(one.id) for tally in tallies)
    )


def _page(plan: BallotPlan, blocks: Sequence[Sequence[Line]], widths: Sequence[float]) -> Page:
    starts = page_starts(
        [[line.height or _ROW for line in block] for block in blocks],
        first=_FIRST,
        above=_TITLE + _NOTE_ROW + _HEAD_ROW,
        repeated=_HEAD_ROW,
        room=LYING.room(widths),
    )
    return Page(landscape=True, breaks=tuple(starts), footer=footer(plan.form.reference))


def _colours(column: int, count: int) -> Iterator[Condition]:
    if count:
        span = Span(_FIRST, column, _FIRST + count - 1, column)
        formula = f"={address(_FIRST, column)}={quoted(REACHED)}"
        yield Condition(span=span, formula=formula, style="reached")


def _lines(
    row: ReferenceRow, form: FilingForm, measures: Sequence[Field], widths: Sequence[float]
) -> Iterator[Line]:
    """Yield the rows of a platform; its name stands on all, in black on the first."""
    for at, tally in enumerate(row.tallies):
        lead = (row.name, row.code, row.level, tally.row.name)
        figures = [_figure(tally, one.id) for one in measures]
        kinds = ("money" if isinstance(one, Decimal) and one % 1 else "number" for one in figures)
        values = (*lead, *figures, target_words(form, tally.row), _verdict(tally))
        named = ("faint", "faint.center", "faint.center") if at else _NAMED
        lines = max(
            lines_filled(tally.row.name, widths[_KEY_AT]),
            lines_filled(str(values[-2]), widths[_TARGET_AT]),
        )
        if not at:
            lines = max(lines, lines_filled(row.name, widths[0]))
        tall = height(lines) if lines > 1 else _ROW
        yield Line(values, (*named, "cell.wrap", *kinds, "cell.wrap", "cell.center"), tall)


def _figure(tally: ReferenceTally, measure: str) -> Value:
    """Return what the ledger proves; nothing where there is nothing and nothing is asked."""
    figure = tally.tally.figure(measure)
    asked = any(target.measure == measure for target in tally.row.targets)
    return figure if figure or asked else None


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
