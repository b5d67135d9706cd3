"""承诺书: the page a platform prints, signs and seals; it takes no input and nobody reads it."""

from __future__ import annotations

from collections.abc import Iterator

from xlpy.forms.filing_blank.plan import Plan
from xlpy.model.look import colours
from xlpy.model.sheets.sheet import Formula, Line, Merge, Page, Sheet, Span
from xlpy.model.sheets.titled import Banner, footer, titled

_WIDTHS = (20.0, 25.0, 14.0, 27.0)
_ON_LINE, _LINE = 36, 22.0  # characters of the pledge on a line, and its height
_NAMED = ("name", "operator", "code", "level")  # fields of 附件1 that say who pledges
_DAY = "          年      月      日"


def pledge_sheet(plan: Plan) -> Sheet:
    """Return the page to sign (承诺书): who pledges, what, and room for hand and seal."""
    pledge = plan.form.pledge
    year = f"评价年度：{plan.year}年" if plan.year else "评价年度：      年"
    above = (
        Banner((pledge.title,), "title", 48),
        Banner((year,), "subtitle", 24),
        *(Line((label, value), ("label", "cell.wrap"), 27) for label, value in _named(plan)),
        Banner(("",), "plain", 12),
        *(_paragraph(words) for words in pledge.words),
        Banner(("",), "plain", 12),
    )
    lines = (*above, *_signs(plan), Banner((pledge.hint,), "note", 36))
    sheet = Sheet(
        name=pledge.sheet,
        lines=lines,
        widths=_WIDTHS,
        merges=tuple(_across(lines)),
        page=Page(fit_height=1, footer=footer(pledge.sheet)),
        protect=True,
        tab_colour=colours.TAB_READ,
        gridlines=False,
    )
    return titled(sheet)


def _named(plan: Plan) -> Iterator[tuple[str, Formula]]:
    for id in _NAMED:
        label = plan.form.field(id).label
        yield label, _brought(plan, id)


def _brought(plan: Plan, id: str) -> Formula:
    """Return what stands in a field of 附件1; nothing where it is blank or an error."""
    return Formula(f'=IFERROR({plan.answer(plan.form.field(id).label)}&"","")', "")


def _paragraph(words: str) -> Banner:
    rows = -(-len(words) // _ON_LINE)
    return Banner((words,), "pledge", _LINE * rows + 6)


def _signs(plan: Plan) -> Iterator[Line]:
    pledge, phone = plan.form.pledge, plan.form.field("phone").label
    styles = ("label", "cell.wrap", "label", "cell.wrap")
    yield Line((pledge.signed, "", pledge.sealed, ""), styles, 96)
    who, where = _brought(plan, "contact"), _brought(plan, "phone")
    yield Line((pledge.filler, who, phone, where), styles, 32)
    yield Line((pledge.day, _DAY), ("label", "cell.center"), 32)


def _across(lines: tuple[Line, ...]) -> Iterator[Merge]:
    """Yield the merges of the values that stand alone beside their label."""
    for row, line in enumerate(lines):
        if len(line.values) == 2:
            yield Span(row, 1, row, len(_WIDTHS) - 1), line.styles[1]
