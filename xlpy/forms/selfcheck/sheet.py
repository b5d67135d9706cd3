"""自查 as a sheet of formulas: an overall line, then section by section what is to be mended."""

from __future__ import annotations

from collections.abc import Sequence

from xlpy.forms.drawing.cells import rows_needed
from xlpy.forms.drawing.words import REACHED
from xlpy.forms.filing_blank.plan import BELOW, FIRST, HEADING, HINT, STATE, Plan
from xlpy.forms.selfcheck.line import ASK, MEND, PASS, CheckLine, calculable, decided
from xlpy.forms.selfcheck.profile import profile_lines
from xlpy.forms.selfcheck.rule import HAS, area_lines, function_lines
from xlpy.forms.selfcheck.summary import summary_lines
from xlpy.forms.selfcheck.tables import table_lines
from xlpy.model.grid import address
from xlpy.model.look import colours
from xlpy.model.look.paging import LYING, even_starts
from xlpy.model.sheets.formula import column_range, quoted
from xlpy.model.sheets.sheet import Condition, Formula, Line, Page, Sheet, Span, Value
from xlpy.model.sheets.titled import Banner, footer, titled

_HEADINGS = ("检查内容", "要求", "现状", "结论", "怎么办")
_WIDTHS = (22.0, 34.0, 52.0, 10.0, 40.0)
_STYLES = ("label", "cell.wrap", "program", "program.center", "cell.wrap")
_STATE_COLUMN, _VERDICT_COLUMN = 2, 3
_TITLE, _STATE, _HEAD = 30.0, 28.0, 24.0  # heights in points
_LINE, _EDGES = 15.0, 5.0
_GROWS = 6  # figures of a filled form behind those of a blank one
_ON_LINE = (10, 16, 25, 4, 19)  # Chinese characters on a line of each column
_GOOD = (PASS, HAS, REACHED)
_READY = "可以报送。自查只看表内数字，以{bureau}校验为准。"


def check_sheet(plan: Plan) -> Sheet:
    """Return 自查 for the places of this plan, with the stored values of a blank form."""
    lines = (
        *profile_lines(plan),
        *table_lines(plan),
        *function_lines(plan),
        *area_lines(plan),
        *summary_lines(plan),
    )
    last = FIRST + len(lines) - 1
    drawn = tuple(_line(FIRST + number, line) for number, line in enumerate(lines))
    sheet = Sheet(
        name=plan.form.check,
        lines=(
            Banner((f"{plan.form.check}（由公式计算，不需填写）",), "title", _TITLE),
            Line(("总体结论", _overall(plan, lines, last)), ("label.required", "group"), _STATE),
            Line(_HEADINGS, "head", _HEAD),
            *drawn,
        ),
        widths=_WIDTHS,
        merges=((Span(HINT, 1, HINT, len(_HEADINGS) - 1), "group"),),
        conditions=_conditions(last),
        page=Page(landscape=True, breaks=_starts(drawn), footer=footer(plan.form.check)),
        protect=True,
        tab_colour=colours.TAB_ASIDE,
        gridlines=False,
    )
    return titled(sheet, heading=HEADING, frozen=1)


def _starts(lines: Sequence[Line]) -> tuple[int, ...]:
    """Return the rows that begin a page: no section's name stands alone at the foot of one."""
    blocks: list[list[float]] = []
    above: Line | None = None
    for line in lines:
        if isinstance(above, Banner):
            blocks[-1].append(line.height or 0)
        else:
            blocks.append([line.height or 0])
        above = line
    top, room = _TITLE + _STATE + _HEAD, LYING.room(_WIDTHS)
    return even_starts(blocks, first=FIRST, above=top, repeated=_HEAD, room=room)


def overall(sheet: Sheet) -> str:
    """Return the overall result stored in the sheet (总体结论)."""
    row, column = STATE
    value = sheet.lines[row].values[column]
    return str(value.value) if isinstance(value, Formula) else ""


def _overall(plan: Plan, lines: Sequence[CheckLine], last: int) -> Formula:
    count = _count(last)
    rest = f" 处需要改正，{BELOW}结论为“{MEND}”的各行。"
    blank = sum(isinstance(one.verdict, Formula) and one.verdict.value == MEND for one in lines)
    ready = quoted(_READY.format(bureau=plan.edition.bureau))
    return Formula(f'=IF({count}=0,{ready},"还有 "&{count}&{quoted(rest)})', f"还有 {blank}{rest}")


def _line(row: int, line: CheckLine) -> Line:
    if not line.needed:
        return Banner((line.subject,), "group", 20)
    own = address(row, _STATE_COLUMN)
    values: tuple[Value, ...] = (
        line.subject,
        line.needed,
        calculable(line.state) if isinstance(line.state, Formula) else line.state,
        decided(line.verdict, own) if isinstance(line.verdict, Formula) else line.verdict,
        _advice(line, address(row, _VERDICT_COLUMN)),
    )
    texts = (line.subject, line.needed, _room_for(line.state), "", line.advice)
    return Line(values, _STYLES, _LINE * rows_needed(texts, _ON_LINE) + _EDGES)


def _advice(line: CheckLine, verdict: str) -> Value:
    """Return what to do (怎么办), shown while the verdict is not a good one."""
    if not isinstance(line.verdict, Formula):
        return line.advice
    good = ",".join(f"{verdict}={quoted(word)}" for word in _GOOD)
    advice = "" if line.verdict.value in _GOOD else line.advice
    return Formula(f'=IF(OR({good}),"",{quoted(line.advice)})', advice)


def _room_for(state: Value) -> str:
    """Return a text as long as the state may become: figures grow, a listing begins empty."""
    if not isinstance(state, Formula):
        return str(state or "")
    return str(state.value or "") + "0" * _GROWS if state.value else "0" * (_ON_LINE[2] + 1)


def _count(last: int) -> str:
    """Return the formula part that counts the lines to be mended."""
    return f"COUNTIF({column_range(_VERDICT_COLUMN, FIRST, last)},{quoted(MEND)})"


def _conditions(last: int) -> tuple[Condition, ...]:
    span = Span(FIRST, _VERDICT_COLUMN, last, _VERDICT_COLUMN)
    cell = address(FIRST, _VERDICT_COLUMN)
    words = {MEND: "failed", ASK: "missing", PASS: "reached", REACHED: "reached", HAS: "reached"}
    state = Span(*STATE, *STATE)
    return (
        *(
            Condition(span=span, formula=f"={cell}={quoted(word)}", style=style)
            for word, style in words.items()
        ),
        Condition(span=state, formula=f"={_count(last)}=0", style="reached"),
        Condition(span=state, formula=f"={_count(last)}>0", style="failed"),
    )
