"""A row of the register (收件登记的一行) and the words it is written with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from xlpy.model.finding import Finding
from xlpy.model.history import History
from xlpy.model.sheets.sheet import Value
from xlpy.visible import visible

PLATFORM, EXPERT, FOLDER = "平台", "专家", "佐证"
"""The words of the column 类别."""

_NAMES = ("name", "file", "feedback", "evidence")
_CLOCK = 16  # characters of 2023-05-10T09:31
_DAY = 10


class RegisterRow(NamedTuple):
    """One row (一行登记), its fields called as the columns of staff.toml.

    `missing` tells that something of theirs is still awaited, `rank` where the row stands:
    0 for what is missing, 1 for what is to be mended, 2 for what is in order, 3 for nothing due.
    """

    kind: str
    name: str
    code: str = ""
    state: str = ""
    file: str = ""
    version: int | None = None
    registered: str = ""
    renewed: str = ""
    late: str = ""
    replaced: str = ""
    waiting: int | None = None
    feedback: str = ""
    evidence: str = ""
    reminder: str = ""
    missing: bool = False
    rank: int = 3

    def cells(self, ids: Iterable[str]) -> Mapping[str, Value]:
        """Return the values by column id; in names of files and folders nothing is unseen."""
        found = ((id, getattr(self, id)) for id in ids)
        shown = ((id, visible(value) if id in _NAMES else value) for id, value in found)
        return {id: None if value == "" else value for id, value in shown}


MISSING, TO_MEND, IN_ORDER, NOTHING_DUE = range(4)


def clock(time: str) -> str:
    """Return a time of the log as people read it.

    >>> clock("2023-05-10T09:31:07+08:00")
    '2023-05-10 09:31'
    """
    return time[:_CLOCK].replace("T", " ")


def day_of(time: str) -> date | None:
    """Return the day of a time of the log, None when it is none."""
    try:
        return date.fromisoformat(time[:_DAY])
    except ValueError:
        return None


def today(history: History) -> date | None:
    """Return the day of the last run: no room of the report asks a clock."""
    return day_of(history.runs[-1].time) if history.runs else None


def several(words: Sequence[str], most: int, unit: str) -> str:
    """Return words in a row, at most so many of them.

    >>> several(["甲", "乙", "丙"], 2, "家"), several(["甲"], 2, "家")
    ('甲、乙等3家', '甲')
    """
    rest = f"等{len(words)}{unit}" if len(words) > most else ""
    return "、".join(words[:most]) + rest


def open_findings(
    findings: Iterable[Finding], accepted: frozenset[str]
) -> dict[tuple[str, str], list[Finding]]:
    """Return by file and digest the findings that block and nobody accepted (待处理问题)."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        if one.blocks and one.id not in accepted:
            found.setdefault((one.place.file, one.digest), []).append(one)
    return found
