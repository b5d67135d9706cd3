"""One line of 自查 (自查项): what is asked, how it stands, the verdict, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from xlpy.forms.drawing.cells import joined
from xlpy.model.sheets.formula import quoted
from xlpy.model.sheets.sheet import Formula, Value

PASS, MEND, ASK = "通过", "需改正", "请核对"
FAULT = "所查的单元格中有错误值（如 #DIV/0!、#N/A），请改为实际内容"
"""The state of a line that cannot be calculated, for a cell it looks at holds an error."""
OWN = "{state}"
"""In a verdict's formula: the cell of the line's own state."""


class CheckLine(NamedTuple):
    """One line; a section's name alone when `needed` is empty (分组行)."""

    subject: str
    needed: str = ""
    state: Value = None
    verdict: Value = None
    advice: str = ""


def listing(subject: str, needed: str, parts: Iterable[str], advice: str, blank: str) -> CheckLine:
    """Return a line whose state is put together of `parts` and must be empty to pass.

    `blank` is the state of the blank form.
    """
    return CheckLine(
        subject=subject,
        needed=needed,
        state=Formula(f"={joined(parts)}", blank),
        verdict=passing(blank, MEND),
        advice=advice,
    )


def passing(blank: str, otherwise: str) -> Formula:
    """Return the verdict: passed while the state is empty."""
    text = f'=IF({OWN}="",{quoted(PASS)},{quoted(otherwise)})'
    return Formula(text, otherwise if blank else PASS)


def named(label: str, test: str) -> str:
    """Return the formula part that shows a label in quotes while `test` holds."""
    return f'IF({test},{quoted(f"“{label}”")},"")'


def wrongly(label: str, test: str) -> str:
    """Return the part that shows a label while `test` holds, or its cell is an error value."""
    word = quoted(f"“{label}”")
    return f'IFERROR(IF({test},{word},""),{word})'


def calculable(state: Formula) -> Formula:
    """Return the state in words also where an error value stands in a cell it looks at."""
    return Formula(f"=IFERROR({state.text[1:]},{quoted(FAULT)})", state.value)


def decided(verdict: Formula, own: str) -> Formula:
    """Return the verdict on the state in cell `own`; an error value is always to be mended."""
    text = verdict.text[1:].replace(OWN, own)
    mend = quoted(MEND)
    return Formula(f"=IF({own}={quoted(FAULT)},{mend},IFERROR({text},{mend}))", verdict.value)


def shown(claimed: str, held: str, unit: str) -> tuple[str, str]:
    """Return the formula part that shows what is claimed and what the ledger holds.

    The second text is what it says on the blank form.
    """
    part = f'"填报"&IF(ISNUMBER({claimed}),{claimed},"空白")&"、台账"&{held}&{quoted(unit)}'
    return part, f"填报空白、台账0{unit}"
