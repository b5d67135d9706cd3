"""How the log stands on the disk (运行记录的现状): its text and head, made whole where torn."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from xlpy.report.runlog import check_chain, decoded
from xlpy.report.torn import Mended, mended
from xlpy.steps.case import Case
from xlpy.steps.log.announced import read_announced


class Standing(NamedTuple):
    """The log as it is to be read: its text, the hash its last line should have.

    `mended` is how the files come to this, None where they are so already. Of a log that was
    tampered with it is the text as it stands.
    """

    text: str
    head: str
    mended: Mended | None = None
    content: bytes = b""
    raw: bytes | None = None

    @property
    def problems(self) -> tuple[str, ...]:
        """Return in Chinese what is wrong with the log; () when it is whole."""
        return check_chain(self.text, self.head)


def standing(case: Case) -> Standing:
    """Return how the log stands. Nothing is written."""
    content, raw = _bytes(case.log) or b"", _bytes(case.log_head)
    found = Standing(decoded(content), _head(content, raw), None, content, raw)
    if not found.problems:
        return found
    fix = mended(content, raw, read_announced(case)[0])
    if fix is None:
        return found
    return Standing(decoded(fix.applied(content)), fix.head, fix, content, raw)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _head(content: bytes, raw: bytes | None) -> str:
    """Return the hash the last line should have; of two (see `journal.append`) the one it has."""
    kept = (raw or b"").decode("ascii", errors="replace")
    before, announced, new = kept.removesuffix("\n").partition("\n")
    if not announced:
        return kept
    last_line = content.removesuffix(b"\n").rpartition(b"\n")[2]
    return new if f'"hash":"{new}"'.encode() in last_line else before
