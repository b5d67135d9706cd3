"""Findings (校验问题): what is wrong in a file a person filled, where, and how to mend it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from xlpy.visible import visible

EXPORTS, FINANCE_ONLY = "exports", "finance"
"""What waits for a finding that no evaluation is about (环节): both papers, or the second."""


class Severity(StrEnum):
    """How much a finding weighs (严重程度)."""

    ERROR = "错误"
    WARNING = "警告"
    NOTE = "提示"


class Place(NamedTuple):
    """Where a finding stands (位置): file name, sheet name, A1 address; "" = the whole of it."""

    file: str = ""
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        sheet = f"「{visible(self.sheet)}」" if self.sheet else ""
        return f"{visible(self.file)}{sheet}{self.cell}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding (校验问题).

    `subject` is the platform or expert it concerns, where one is known. `digest` is the SHA-256
    of the file it was found in, so that the `id` - and with it an acceptance (受理) - dies when
    that file changes. `shortfall` marks 待补正: graded, but to be accepted before the export.
    `acceptable` is False for what staff must mend in their own workbook and cannot accept.
    `stage` names the papers that wait for it where it concerns no evaluation (dates after
    评价日期), "" where it does. `now` is the cell it stands in now on a sheet whose rows move: it
    shows the way and is no part of what was found.
    `cells` are the addresses of the cells it stands for, where it stands for many of a column:
    the first of them, `count` says how many places there are. `members` are the ids that some of
    those it stands for have by themselves.
    """

    code: str
    severity: Severity
    place: Place
    found: str
    needed: str
    mend: str
    article: str = ""
    subject: str = ""
    digest: str = ""
    shortfall: bool = False
    acceptable: bool = True
    stage: str = field(default="", compare=False)
    now: str = field(default="", compare=False)
    cells: tuple[str, ...] = field(default=(), compare=False)
    count: int = field(default=1, compare=False)
    members: tuple[str, ...] = field(default=(), compare=False)

    @property
    def places(self) -> tuple[str, ...]:
        """Return the addresses of the cells it is about; () for a sheet or a file."""
        first = self.cell.partition(":")[0]
        return self.cells or ((first,) if first else ())

    @property
    def id(self) -> str:
        """Return the short name staff accept it by (编号), e.g. `F101-3f9a0c12`."""
        parts = (self.code, *self.place, self.found, self.needed, self.digest)
        # A file name of another encoding has lone surrogates, which UTF-8 has not.
        text = "\x1f".join(parts).encode("utf-8", errors="backslashreplace")
        key = hashlib.sha256(text).hexdigest()
        return f"{self.code}-{key[:8]}"

    @property
    def cell(self) -> str:
        """Return the cell it stands in (单元格), also on a sheet whose rows move; "" for none."""
        return self.place.cell or self.now

    @property
    def blocks(self) -> bool:
        """Tell whether the export waits for it (错误 or 待补正)."""
        return self.severity is Severity.ERROR or self.shortfall

    @property
    def sentence(self) -> str:
        """Return place, found, needed, cure and basis as one polite Chinese sentence.

        `甲平台.xlsx「附件3」I17：填写为“约200”，应为整数（家）。请填写实际数字，如 200。（第九条）`
        """
        basis = f"（{self.article}）" if self.article else ""
        needed = f"，{self.needed}" if self.needed else ""
        return f"{self.place}：{self.found}{needed}。{self.mend}{basis}"


def in_order(findings: list[Finding] | tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return findings sorted by place (file, sheet, row, column), then code; doubles left out.

    On a sheet whose rows move two rows may say the same: both are told.
    """
    apart = {(one, one.now): one for one in findings}
    return tuple(sorted(apart.values(), key=_order))


def _order(finding: Finding) -> tuple[object, ...]:
    place = finding.place
    letters = "".join(c for c in place.cell.split(":")[0] if c.isalpha())
    digits = "".join(c for c in place.cell.split(":")[0] if c.isdigit())
    at = (int(digits or 0), len(letters), letters)
    return (place.file, place.sheet, *at, finding.code, finding.found, finding.needed)
