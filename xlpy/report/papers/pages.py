"""Pieces of a printed sheet (版面): merged lines above a table, its heading, heights that fit."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from xlpy.model.decision import Evaluation
from xlpy.model.look.measures import INDENT_WIDTH, LINE, NARROW_SIDE
from xlpy.model.sheets.sheet import Line, Page, Sheet, Span, Value
from xlpy.model.sheets.titled import Banner, titled
from xlpy.policy.form import Field, Forms, Kind, Table

CORRECTED = "（更正）"
"""Behind the title of a paper that replaces one people have seen."""

_ACROSS = 134
"""What A4 landscape with narrow margins holds in its full size, in widths of columns."""
_USUAL_DECIMALS = 2
_LONGER = 1.3  # than a page: print that much smaller is still read
_WITH_FOOT = 3  # rows
_NARROWEST = 7.2  # of a column with two decimals
_SMALLEST = 0.6  # of its full size: print that small is still read
_ROOM = "　" * 14
_DATE = "　　　　年　　月　　日"
_PIECE = re.compile(r"(?:[!-~]+|.)[，。、；：？！）」》”]*", re.DOTALL)
"""What a row is not broken within: a figure or word, or a sign, with the marks behind it."""
_STYLES: Mapping[Kind, str] = MappingProxyType(
    {
        "text": "text.center",
        "long": "text.wrap",
        "choice": "cell.center",
        "account": "text.center.wrap",
        "computed": "cell.center",
        "link": "text",
        "whole": "number",
        "decimal": "money",
    }
)
"""The style of a column by its kind. Text columns are text to Excel, also when edited later."""


def fitted(banners: Iterable[Banner], widths: Sequence[float]) -> list[Banner]:
    """Return the banners, those without a height as high as the text needs."""
    wide = [sum(widths)]
    return [one._replace(height=one.height or fitting(one.values, wide)) for one in banners]


def fitting(
    texts: Iterable[Value], widths: Sequence[float], least: float = 18, around: float = 4
) -> float:
    """Return the height in points that shows every text whole in its wrapped, indented column.

    Excel fits rows by itself when it opens a file, but never merged ones, and LibreOffice
    leaves all as they are.
    """
    rows = 1
    for text, wide in zip(texts, widths, strict=False):
        # Most texts are so short that nothing has to be counted.
        if type(text) is str and (2 * len(text) > wide - INDENT_WIDTH or "\n" in text):
            rows = max(rows, _rows(text, int(wide - INDENT_WIDTH)))
    return max(least, rows * LINE + around)


@lru_cache(maxsize=4096)
def _rows(text: str, wide: int) -> int:
    """Return how many rows a text fills; a Chinese character is two digits wide, as in GBK.

    Figures and Latin words stay whole where a row holds them, and no mark of punctuation begins
    a row.

    >>> _rows("得分88.31，已达到B级最低分80", 10), _rows("得分，评为B级", 4)
    (4, 4)
    """
    parts = text.split("\n") if "\n" in text else (text,)
    return sum(_part_rows(part, max(wide, 2)) for part in parts)


def _part_rows(text: str, wide: int) -> int:
    whole = len(text.encode("gbk", "replace"))
    if whole <= wide:
        return 1
    rows, used = 1, 0
    # A line end stands in no piece and in no character of GBK: so all are measured at once.
    pieces = "\n".join(_PIECE.findall(text)).encode("gbk", "replace").split(b"\n")
    for length in map(len, pieces):
        used += length
        if used > wide:
            rows += (used > length) + (length - 1) // wide
            used = (length - 1) % wide + 1
    return rows


def labels(columns: Sequence[Field]) -> tuple[str, ...]:
    """Return the headings (栏目名称)."""
    return tuple(column.label for column in columns)


def widths(columns: Sequence[Field]) -> tuple[float, ...]:
    """Return the widths of the columns."""
    return tuple(column.width for column in columns)


def styles(columns: Sequence[Field]) -> tuple[str, ...]:
    """Return the style of each column by its kind."""
    return tuple(_STYLES[column.kind] for column in columns)


def score_style(score: Decimal | None, usual: str, other: str) -> str:
    """Return the style of a score: `usual` shows two decimals, `other` all that there are."""
    return usual if score is None or score.as_tuple().exponent == -_USUAL_DECIMALS else other


def money_style(amount: Decimal | None, usual: str = "") -> str:
    """Return the style of an amount of money (金额): without decimals where there are none.

    >>> money_style(Decimal(50)), money_style(Decimal("12.5")), money_style(Decimal(50), "total.")
    ('number', 'money', 'total.number')
    """
    return f"{usual}number" if amount is None or amount == int(amount) else f"{usual}money"


def inside(looks: Sequence[str], wide: Sequence[float]) -> tuple[float, ...]:
    """Return the widths for `fitting` of cells of these styles: the centred have no indent.

    >>> inside(("text.center", "text.wrap"), (19, 20))
    (21.0, 20)
    """
    pairs = zip(looks, wide, strict=True)
    return tuple(one + INDENT_WIDTH if "center" in look else one for look, one in pairs)


def heading(names: Sequence[str], wide: Sequence[float]) -> Line:
    """Return the heading row of a table (表头)."""
    return Line(tuple(names), "head", head_height(names, wide))


def head_height(names: Sequence[str], wide: Sequence[float]) -> float:
    """Return the height of a heading row in points; a heading is centred and breaks anywhere.

    >>> head_height(["奖补金额(万元)", "平台级别"], [8, 8])
    36.0
    """
    pairs = list(zip(names, wide, strict=True))
    rows = max(
        sum(-(-len(part.encode("gbk", "replace")) // max(int(one), 1)) for part in name.split("\n"))
        for name, one in pairs
    )
    return max(24.0, rows * LINE + 6)


def list_sheet(
    table: Table, title: str, rows: Iterable[tuple[str, ...]], *, centred: Collection[str] = ()
) -> Sheet:
    """Return a sheet that is one long list of texts: title, heading, rows, filter, A4 landscape.

    `centred` are the ids of columns whose texts stand in the middle.
    """
    wide = widths(table.columns)
    ids = [column.id for column in table.columns]
    looks = tuple("text.center.wrap" if id in centred else "text.wrap" for id in ids)
    roomy = inside(looks, wide)
    body = [Line(row, looks, fitting(row, roomy, around=6)) for row in rows]
    lines = (Banner((title,), "title", 30), heading(labels(table.columns), wide), *body)
    sheet = Sheet(
        name=table.sheet,
        lines=lines,
        widths=wide,
        filter=Span(1, 0, max(len(lines) - 1, 1), len(wide) - 1),
        page=table_page(wide, named=2),
    )
    return titled(sheet, heading=1, frozen=2)


def shared_width(usual: float, count: int, beside: Sequence[float]) -> float:
    """Return the width of each of `count` like columns, so that the table is one page wide.

    `usual` where that is room enough, less where the columns `beside` them leave less.

    >>> shared_width(10, 5, [60]), shared_width(10, 20, [60])
    (10, 8.1)
    """
    left = int(10 * (_ACROSS / _SMALLEST - sum(beside)) / max(count, 1)) / 10
    return max(min(usual, left), _NARROWEST)


def table_page(wide: Sequence[float], *, named: int, area: Span | None = None) -> Page:
    """Return the set-up of a table (打印设置): A4 landscape.

    A table too wide to be read on one page goes over two, the first `named` columns on both.
    """
    narrow = sum(wide) <= _ACROSS / _SMALLEST
    return Page(
        landscape=True,
        fit_width=1 if narrow else 2,
        repeat_columns=None if narrow else (0, named - 1),
        side=NARROW_SIDE,
        area=area,
    )


def signed_page(
    page: Page, above: Sequence[Line], rows: Sequence[Line], foot: Sequence[Line], room: float
) -> Page:
    """Return the set-up with which no foot (合计、签字栏) stands on a page alone.

    A table that is little longer than a page is made to fit one; of a longer one the last rows
    go with the foot. All other pages end where the program that prints fills them: reckoned ends
    would leave a third of each empty in some fonts. `above` are the lines down to the heading,
    `room` what a page holds.
    """
    heights = [line.height or LINE for line in (*above, *rows, *foot)]
    if sum(heights) <= room * _LONGER:
        return replace(page, fit_height=1)
    return replace(page, breaks=(len(above) + max(len(rows) - _WITH_FOOT, 0),))


def warning_banners(evaluation: Evaluation) -> list[Banner]:
    """Return the warnings every output shows, such as a date outside the validity (第十八条)."""
    return [Banner((f"提醒：{text}",), "warning") for text in evaluation.warnings]


def date_label(forms: Forms, id: str) -> str:
    """Return what the sheet 参数 calls one of the year's dates."""
    return next(field.label for field in forms.staff.dates if field.id == id)


def signatures(*roles: str) -> str:
    """Return a line to sign (签字栏): the roles with room after each, and the date."""
    return "".join(f"{role}：{_ROOM}" for role in roles) + f"日期：{_DATE}"
