"""附件1续页: the long texts that 附件1 has no room to print, whole, line by line, by formulas.

A cell shows no more than its height, and no spreadsheet tells how much that is. A text that may
not fit is therefore printed here once more from its beginning: each row shows one line of it, so
that no page break cuts one. Nobody types here and nobody reads it; the formulas use plain
functions that every spreadsheet has. While all texts fit, the sheet is hidden, and so not printed:
no print area that depends on a cell holds in every spreadsheet, and LibreOffice prints a hidden
sheet that has any.

Behind the printed column stand, unseen: the text of a line by its number, where the line begins
in it (0: the line names the text), and how long it is; in the first rows, for each text, itself,
whether it is printed here, its label, and, one row further up, which text comes next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlpy.forms.filing_blank.plan import Plan, long_fields
from xlpy.model.grid import CellValue, address
from xlpy.model.look import colours
from xlpy.model.sheets.formula import absolute, column_range, quoted
from xlpy.model.sheets.sheet import Formula, Line, Page, Sheet, Span, Value
from xlpy.model.sheets.titled import footer
from xlpy.policy.form import FilingForm

_ON_LINE = 64
"""Chinese characters on a printed line."""
_LINES = 320
"""Lines on the sheet: room for three texts of 5,000 characters in some 25 paragraphs each."""
_IN_CELL = (50, 60)
"""Characters on a line of the cell in 附件1, and its lines, in the widest of the fonts."""

_ABOVE = ("title", "note")
_FIRST = len(_ABOVE)
_HEIGHT = 13.5  # of a line: all of them on four pages
_ACROSS = 4
"""Columns a line goes over: LibreOffice makes no single column fit its page."""
_WIDTHS = (*[31.0] * _ACROSS, *[1.0] * 7)
_TEXT, _START, _LENGTH, _WHOLE, _HERE, _LABEL, _NEXT = range(_ACROSS, len(_WIDTHS))
_STYLES = (*["line"] * _ACROSS, *["hidden"] * 7)
_CUT = "（篇幅所限，以下没有印出，请另附全文。）"


def overflow_sheet(plan: Plan, answers: Mapping[str, CellValue]) -> Sheet:
    """Return the sheet that prints the texts which do not fit (附件1续页), hidden if all fit."""
    lines = (*_head(plan), *_lines(len(long_fields(plan.form))))
    idle = _all_fit(plan.form, answers)
    return Sheet(
        name=plan.form.overflow,
        lines=lines,
        widths=_WIDTHS,
        merges=tuple((Span(row, 0, row, _ACROSS - 1), style) for row, style in enumerate(_ABOVE)),
        page=Page(
            area=None if idle else Span(0, 0, len(lines) - 1, _ACROSS - 1),
            footer=footer(plan.form.overflow),
        ),
        protect=True,
        hidden="hidden" if idle else "",
        tab_colour=colours.TAB_ASIDE,
        gridlines=False,
    )


def overflows(plan: Plan, label: str) -> str:
    """Return the formula part that is true when a text is printed on the sheet, from any sheet."""
    at = [one.label for one in long_fields(plan.form)].index(label)
    return f"'{plan.form.overflow}'!{absolute(at, _HERE)}=1"


def depending(form: FilingForm, answers: Mapping[str, CellValue]) -> int:
    """Return how many lines of the sheet hang on these answers, from the first on.

    While every text fits its cell, all behind the first rows shows what it shows on a blank form.
    """
    count = len(long_fields(form))
    return max(count + 1, _FIRST) + (0 if _all_fit(form, answers) else _LINES)


def _all_fit(form: FilingForm, answers: Mapping[str, CellValue]) -> bool:
    """Tell whether 附件1 has room for every long text, whatever program counts its lines."""
    texts = (str(answers.get(field.label) or "") for field in long_fields(form))
    return all(_most_lines(one) <= _IN_CELL[1] for one in texts)


def _most_lines(text: str) -> int:
    """Return the lines of a text as `_needed` counts them, by the program that counts the most."""
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    return units // _IN_CELL[0] + text.count("\n") + text.count("\r") + 1


def _head(plan: Plan) -> Iterator[Line]:
    """Yield the first rows: title and note, and behind them what is known of each text."""
    fields = long_fields(plan.form)
    count = len(fields)
    title = f"{plan.form.overflow} {plan.form.profile_title.partition(' ')[2]}"
    here = column_range(_HERE, 0, count - 1)
    said = quoted(
        f"「{plan.form.profile_sheet}」印不下的正文，全文印在下面。由公式生成，不需填写。"
    )
    none = f"「{plan.form.profile_sheet}」的正文都印得下，本页不必打印。"
    note = Formula(f"=IF(SUM({here})=0,{quoted(none)},{said})", none)
    for row in range(max(count + 1, _FIRST)):
        values: list[Value] = [None] * len(_WIDTHS)
        values[0] = (title, note)[row] if row < _FIRST else None
        if row < count:
            whole = absolute(row, _WHOLE)
            values[_WHOLE] = Formula(f'=IFERROR({plan.answer(fields[row].label)}&"","")', "")
            values[_HERE] = Formula(f"=IF({_needed(whole)}>{_IN_CELL[1]},1,0)", 0)
            values[_LABEL] = fields[row].label
        if row <= count:
            after = f"=IF({absolute(row, _HERE)}=1,{row + 1},{absolute(row + 1, _NEXT)})"
            values[_NEXT] = Formula(after, count + 1) if row < count else count + 1
        yield Line(tuple(values), _STYLES, (30, 24)[row] if row < _FIRST else _HEIGHT)


def _needed(text: str) -> str:
    """Return the formula part for the lines a text fills in its cell, at most."""
    return f'INT(LEN({text})/{_IN_CELL[0]})+LEN({text})-LEN(SUBSTITUTE({text},CHAR(10),""))+1'


def _lines(count: int) -> Iterator[Line]:
    """Yield the printed lines; each goes on where the one above it ends."""
    first = max(count + 1, _FIRST)
    for row in range(first, first + _LINES):
        parts = _line(row, row == first, row == first + _LINES - 1, count)
        shown, *unseen = parts
        blank = [None] * (len(_WIDTHS) - _ACROSS - len(unseen))
        yield Line((shown, *[None] * (_ACROSS - 1), *unseen, *blank), _STYLES, _HEIGHT)


def _line(row: int, first: bool, last: bool, count: int) -> Sequence[Formula]:
    number, start, length = (address(row, at) for at in (_TEXT, _START, _LENGTH))
    above, began, long = (address(row - 1, at) for at in (_TEXT, _START, _LENGTH))
    wholes, after = column_range(_WHOLE, 0, count), column_range(_NEXT, 0, count)
    text, before = f"INDEX({wholes},{number})", f"INDEX({wholes},{above})"
    goes_on = f"{began}+{long}+IF(MID({text},{began}+{long},1)=CHAR(10),1,0)"
    ended = f"AND({began}>0,{began}+{long}>LEN({before}))"
    break_at = f"IFERROR(FIND(CHAR(10),{text},{start}),LEN({text})+1)"
    label = f"INDEX({column_range(_LABEL, 0, count - 1)},{number})"
    shown = f'IF({start}=0,"【"&{label}&"】",MID({text},{start},{length}))'
    if last:
        whole = f"AND({start}+{length}>LEN({text}),INDEX({after},{number}+1)>{count})"
        shown = f"IF({whole},{shown},{quoted(_CUT)})"
    new = f"OR({number}>{count},{number}<>{above})"
    return (
        Formula(f'=IF({number}>{count},"",{shown})', ""),
        Formula(
            f"={absolute(0, _NEXT)}" if first else f"=IF({ended},INDEX({after},{above}+1),{above})",
            count + 1,
        ),
        Formula("=0" if first else f"=IF({new},0,IF({began}=0,1,{goes_on}))", 0),
        Formula(f"=IF({start}=0,0,MIN({_ON_LINE},{break_at}-{start}))", 0),
    )
