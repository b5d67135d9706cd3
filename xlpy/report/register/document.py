"""收件登记.xlsx (收件登记表): the register as a file of its own, to print and to file."""

from __future__ import annotations

from collections.abc import Iterable

from xlpy.model.history import NOTHING, History
from xlpy.model.sheets.sheet import Document, Line, Sheet, Span
from xlpy.model.sheets.titled import Banner, titled
from xlpy.model.staff import Staff
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms, Table
from xlpy.report.papers.pages import fitting, heading, inside, labels, table_page, widths
from xlpy.report.register.row import RegisterRow, clock

_HEADING = 2
_AS_OF = "本表截至{time}的校验；此后收到的和办结的，见工作簿「{sheet}」。"
_NEWEST = "最新情况见工作簿「{sheet}」。"
_SCREEN_ONLY = 1  # the last column: reminders are copied, not printed
_CENTRED = ("kind", "code", "state", "version", "registered", "renewed", "late", "waiting")


def register_document(
    *,
    edition: Edition,
    forms: Forms,
    staff: Staff,
    rows: Iterable[RegisterRow],
    history: History = NOTHING,
) -> Document:
    """Return 收件登记.xlsx: A4 landscape, one page wide, the heading on every page.

    It says as of which run of `history` it stands: the sheet of the workbook goes on after it.
    """
    table = forms.staff.tables["register"]
    wide = widths(table.columns)
    ids = [field.id for field in table.columns]
    looks = tuple("center.wrap" if id in _CENTRED else "text.wrap" for id in ids)
    values = [tuple(one.cells(ids).values()) for one in rows]
    roomy = inside(looks, wide)
    body = [Line(cells, looks, fitting(cells, roomy, around=6)) for cells in values]
    title = f"{edition.city}{staff.year}年度{table.title}"
    printed = len(wide) - _SCREEN_ONLY
    above = [Banner((title,), "title", 30), Banner((_as_of(table, history),), "note", 20)]
    last = _HEADING + max(len(body), 1)
    page = Sheet(
        name=table.sheet,
        lines=(*above, heading(labels(table.columns), wide), *body),
        widths=wide,
        filter=Span(_HEADING, 0, last, len(wide) - 1),
        page=table_page(wide[:printed], named=2, area=Span(0, 0, last, printed - 1)),
    )
    sheet = titled(page, heading=_HEADING, frozen=2, width=printed)
    return Document(title=title, sheets=(sheet,))


def _as_of(table: Table, history: History) -> str:
    run = history.last_run()
    if run is None:
        return _NEWEST.format(sheet=table.sheet)
    return _AS_OF.format(time=clock(run.time), sheet=table.sheet)
