"""评分表: the head, one row a platform, one column an area, a total and a recusal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from xlpy.forms.ballot.columns import (
    NAME_WIDTH,
    REPEATED,
    heading,
    last_on_first_page,
    widths_of,
)
from xlpy.forms.drawing.cells import STYLES
from xlpy.forms.drawing.fit import height, lines_filled
from xlpy.forms.drawing.rules import validation
from xlpy.model.grid import address, column_letters
from xlpy.model.look import colours
from xlpy.model.number import plain
from xlpy.model.sheets.formula import quoted
from xlpy.model.sheets.sheet import (
    PROMPT_TITLE,
    Condition,
    Formula,
    Line,
    Merge,
    Page,
    Sheet,
    Span,
    Validation,
    Value,
    short,
)
from xlpy.model.sheets.titled import Banner, footer, titled
from xlpy.policy.edition import Edition
from xlpy.policy.form import BallotForm, Field

PlatformHead = tuple[str, str, str]
"""(name, code, level) of one platform."""

_HEAD = ("expert", "unit", "category", "signature", "signed_on")
_EMPTY_ROWS = 30
_ROW, _EMPTY_ROW = 32.0, 30.0  # heights of a platform with a short name, and of none, in points
_EXAMPLE = "示例"
_HEADING = 3
_FIRST = 4
_COMMENT = 500  # characters
_TITLE, _LEAD, _SIGN, _HEADINGS = 32.0, 30.0, 42.0, 64.0  # heights: of _SIGN one signs by hand
# The head stands in two rows: (row, label column, first and last column of its input).
_PLACES = ((1, 0, 1, 1), (1, 2, 3, 7), (1, 8, 9, 10), (2, 0, 1, 1), (2, 2, 3, 7))
_HEAD_WIDE = 1 + max(right for *_, right in _PLACES)


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotPlan:
    """What one ballot is made of (评分表版面). `head` is the expert's name, unit and category."""

    edition: Edition
    form: BallotForm
    rubric: tuple[Decimal, ...]
    rows: tuple[PlatformHead, ...]
    head: tuple[str, str, str]
    year: int | None
    supplement: int

    @property
    def title(self) -> str:
        """Return the title with the year and the number of the supplement (补充)."""
        year = f"{self.year}年度" if self.year else ""
        extra = f"（补充{self.supplement}）" if self.supplement else ""
        return f"{year}{self.form.title}{extra}"

    @property
    def is_example(self) -> bool:
        """Tell whether the edition calls its points an example: the bureau is to decide them."""
        return _EXAMPLE in self.edition.parameter("rubric").label

    @property
    def first_score(self) -> int:
        """Return the zero-based column of the first area."""
        return 1 + len(self.form.columns)

    @property
    def total(self) -> int:
        """Return the zero-based column of 合计; 回避 and 评语 follow."""
        return self.first_score + len(self.rubric)

    @property
    def last(self) -> int:
        """Return the zero-based row of the last platform."""
        return _FIRST + (len(self.rows) or _EMPTY_ROWS) - 1


def scores_sheet(plan: BallotPlan) -> Sheet:
    """Return the sheet the expert fills (评分表)."""
    example = f"&R分值为示例，以{plan.edition.bureau}确定的为准" if plan.is_example else ""
    names = (area.name for area in plan.edition.areas)
    widths = widths_of(zip(names, plan.rubric, strict=True))
    last = last_on_first_page(widths, _HEAD_WIDE)
    sheet = Sheet(
        name=plan.form.sheet,
        lines=(
            _title(plan, apart=last is not None),
            *_head(plan),
            Line(tuple(_headings(plan)), "head", _HEADINGS),
            *_rows(plan),
        ),
        widths=widths,
        merges=(*_title_merges(last), *_head_merges(plan)),
        validations=tuple(_validations(plan)),
        conditions=tuple(_conditions(plan)),
        page=Page(
            landscape=True,
            fit_width=1 if last is None else 2,
            repeat_columns=None if last is None else (0, REPEATED - 1),
            footer=footer("专家签名：") + example,
        ),
        protect=True,
        tab_colour=colours.TAB_FILL,
        gridlines=False,
    )
    return titled(sheet, heading=_HEADING, frozen=2)


def _title(plan: BallotPlan, *, apart: bool) -> Line:
    """Return the title; over two pages it stands `apart` from the columns on both, on the first."""
    if not apart:
        return Banner((plan.title,), "title", _TITLE)
    blank = (None,) * REPEATED
    return Line((*blank, plan.title), (*["plain"] * REPEATED, "title"), _TITLE)


def _title_merges(last: int | None) -> Iterator[Merge]:
    if last is not None:
        yield Span(0, REPEATED, 0, last), "title"


def _headings(plan: BallotPlan) -> Iterator[str]:
    form = plan.form
    yield form.number
    yield from (field.label for field in form.columns)
    for area, points in zip(plan.edition.areas, plan.rubric, strict=True):
        yield heading(area.name, points)
    yield from (form.total, form.recused, form.comment)


def _rows(plan: BallotPlan) -> Iterator[Line]:
    blank = ["input.center"] * len(plan.rubric)
    known = ("cell.center", "cell.wrap", "text.center", "cell.center")
    typed = ("input.center", "input.long", "input.text", "input.center")
    end = ("program.center", "input.center", "input.long")
    platforms = plan.rows or [("", "", "")] * _EMPTY_ROWS
    for number, platform in enumerate(platforms):
        row = _FIRST + number
        lead: tuple[Value, ...] = (number + 1 if plan.rows else None, *platform)
        scores: list[Value] = [None] * len(plan.rubric)
        values = (*lead, *scores, Formula(_total(plan, row)), None, None)
        least = _ROW if plan.rows else _EMPTY_ROW
        tall = max(least, height(lines_filled(platform[0], NAME_WIDTH)))
        yield Line(values, (*(known if plan.rows else typed), *blank, *end), tall, grows=True)


def _total(plan: BallotPlan, row: int) -> str:
    """Return the formula of 合计: empty while any score is missing."""
    cells = _scores(plan, row)
    return f'=IF(COUNT({cells})={len(plan.rubric)},ROUND(SUM({cells}),{plan.form.score_places}),"")'


def _scores(plan: BallotPlan, row: int) -> str:
    first, last = column_letters(plan.first_score), column_letters(plan.total - 1)
    return f"${first}{row + 1}:${last}{row + 1}"


def _head(plan: BallotPlan) -> Iterator[Line]:
    filled = dict(zip(("expert", "unit", "category"), plan.head, strict=True))
    wide = max(plan.total + 3, _HEAD_WIDE)
    for row, tall in ((1, _LEAD), (2, _SIGN)):
        values: list[Value] = [None] * wide
        styles = ["plain"] * wide
        for field, (down, label, left, right) in _placed(plan.form):
            if down == row:
                values[label], styles[label] = field.label, "label.required"
                values[left] = filled.get(field.id) or None
                styles[left : right + 1] = [STYLES[field.kind]] * (right + 1 - left)
        yield Line(tuple(values), tuple(styles), tall)


def _placed(form: BallotForm) -> Iterator[tuple[Field, tuple[int, int, int, int]]]:
    """Yield the fields of the head with their places; an edition may do without one."""
    places = dict(zip(_HEAD, _PLACES, strict=True))
    return ((field, places[field.id]) for field in form.head if field.id in places)


def _head_merges(plan: BallotPlan) -> Iterator[Merge]:
    for field, (row, _, left, right) in _placed(plan.form):
        if left != right:
            yield Span(row, left, row, right), STYLES[field.kind]


def _validations(plan: BallotPlan) -> Iterator[Validation]:
    form = plan.form
    for field, (row, _, left, _) in _placed(form):
        yield validation(field, Span(row, left, row, left))
    if not plan.rows:
        for column, field in enumerate(form.columns, 1):
            yield validation(field, Span(_FIRST, column, plan.last, column))
    for number, points in enumerate(plan.rubric):
        yield _score(plan, plan.first_score + number, number, points)
    recused, comment = plan.total + 1, plan.total + 2
    yield Validation(
        span=Span(_FIRST, recused, plan.last, recused),
        kind="list",
        choices=(form.recused_yes,),
        hint_title=short(form.recused, PROMPT_TITLE),
        hint=f"与该平台有利害关系的选“{form.recused_yes}”，分数全部留空；不回避的留空。",
        error_title="填写有误",
        error=f"请选“{form.recused_yes}”或留空。",
    )
    yield Validation(
        span=Span(_FIRST, comment, plan.last, comment),
        kind="length",
        low=0,
        high=_COMMENT,
        hint_title=short(form.comment, PROMPT_TITLE),
        hint=f"可不填，不超过{_COMMENT}字。",
        error_title="填写有误",
        error=f"不超过{_COMMENT}字。",
    )


def _score(plan: BallotPlan, column: int, number: int, points: Decimal) -> Validation:
    top, places = plain(points), plan.form.score_places
    words = f"0 至 {top} 分，最多{places}位小数"
    name = plan.edition.areas[number].name
    return Validation(
        span=Span(_FIRST, column, plan.last, column),
        kind="custom",
        formula=f"={_good(address(_FIRST, column), top, places)}",
        hint_title=short(name, PROMPT_TITLE),
        hint=f"{words}。空白表示没有评，不是 0 分。",
        error_title="分数有误",
        error=f"“{name}”应为 {words}，请改正。",
    )


def _good(cell: str, top: str, places: int) -> str:
    number = f"N({cell})"
    return f"AND(ISNUMBER({cell}),{number}>=0,{number}<={top},ROUND({number},{places})={number})"


def _conditions(plan: BallotPlan) -> Iterator[Condition]:
    row = _FIRST + 1
    name, recused = f"$B{row}", f"${column_letters(plan.total + 1)}{row}"
    yes = quoted(plan.form.recused_yes)
    for number, points in enumerate(plan.rubric):
        column = plan.first_score + number
        span, cell = Span(_FIRST, column, plan.last, column), address(_FIRST, column)
        good = _good(cell, plain(points), plan.form.score_places)
        failed = f'=AND({cell}<>"",OR({recused}={yes},NOT({good})))'
        yield Condition(span=span, formula=failed, style="failed")
        missing = f'=AND({name}<>"",{recused}<>{yes},{cell}="")'
        yield Condition(span=span, formula=missing, style="missing")
