"""Texts as typed (文字): what people see of them, on one line where they name somebody.

A name, a payee or a bank goes to papers that others act on: what would stand there otherwise than
its writer sees it is a finding. Every other text is kept as it is seen.
"""

from __future__ import annotations

from datetime import date, time, timedelta

from xlpy.forms.cells.values.typed import Problem, number_text, shown
from xlpy.model.filing import Answer
from xlpy.model.grid import CellValue
from xlpy.model.signs.unseen import LOST, as_seen, is_plain, named, on_one_line, private, turning
from xlpy.policy.form import Field

CELL = 32_767
"""No spreadsheet holds more signs in a cell."""

PLACEHOLDERS = frozenset(("/", "\\", "-", "--", "—", "——", "－", "／", "无", "暂无", "待定"))
"""Typed where there is nothing to say; in a required text they are a blank."""

_ROOM = 2
"""A name so many times as long as it should be is no name: keys, papers and the log take a part."""


def text(value: CellValue, field: Field) -> Answer | Problem | None:
    """Return text as seen, trimmed; a number in a text cell is the text it shows.

    A long text keeps its lines, and so do cells of the staff; in any other a line end is a blank.
    """
    if isinstance(value, str):
        raw = value
    elif isinstance(value, bool | date | time | timedelta):  # a datetime is a date
        return Problem("C323", {"value": shown(value)})
    else:
        raw = number_text(value)
    typed = seen_in(raw, field)
    if not typed or (field.required and typed in PLACEHOLDERS):
        return Problem("C301", {"label": field.label}) if field.required else None
    odd = None if raw.isprintable() and LOST not in raw else _odd(raw, typed, field)
    if len(typed) > field.longest and (odd is None or odd.value is not None):
        return _too_long(typed, field)
    return odd or typed


def seen_in(raw: str, field: Field) -> str:
    """Return what people see of a text in a cell of this field, trimmed."""
    if is_plain(raw):
        return raw.strip()
    keeps_lines = field.kind == "long" or field.staff
    return as_seen(raw).strip() if keeps_lines else on_one_line(raw)


def copied(value: CellValue, field: Field) -> CellValue:
    """Return what is sent back of a cell (校验反馈): what was seen, no more than a cell holds."""
    if not isinstance(value, str) or (is_plain(value) and len(value) <= CELL):
        return value
    return "" if len(value) > CELL else seen_in(value, field)


def unreadable(value: str, field: Field) -> Problem | None:
    """Return why a text says nothing for sure, whatever it should be: too long, or turned."""
    if len(value) > CELL:
        return Problem("C333", {"count": len(value), "limit": CELL})
    turned = "" if field.kind in ("text", "long") and not field.proper else turning(value)
    return Problem("C335", {"signs": turned}) if turned else None


def _odd(raw: str, typed: str, field: Field) -> Problem | None:
    """Return what is told of signs that not every reader sees alike."""
    if field.proper and LOST in raw:
        return Problem("C338", {"value": shown(typed)})
    if field.proper and "\n" in as_seen(raw).strip():
        return Problem("C334", {"value": shown(typed)}, typed)
    signs = "、".join(
        one for one in (turning(raw), private(typed), named([LOST] * (LOST in raw))) if one
    )
    return Problem("C336", {"signs": signs}, typed) if signs else None


def _too_long(typed: str, field: Field) -> Problem:
    """Warn of a long text; of a name many times too long a part is kept, and shows it went on."""
    words = {"count": len(typed), "limit": field.longest, "kept": "全文已读取"}
    if not field.proper or len(typed) <= _ROOM * field.longest:
        return Problem("C317", words, typed)
    kept = typed[: field.longest - 1]
    return Problem("C317", words | {"kept": f"已按前{len(kept)}字读取"}, f"{kept}…")
