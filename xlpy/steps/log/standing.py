"""How the log stands on the disk (运行记录的现状): its text and head, made whole where torn."""

from __future__ import annotations

import re
from codecs import BOM_UTF8 as _BOM
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from xlpy.report.runlog import check_chain, decoded, records_of
from xlpy.report.torn import Mended, mended
from xlpy.steps.case import Case
from xlpy.steps.log.announced import read_announced
from xlpy.steps.log.fields import odd_lines


class Standing(NamedTuple):
    """The log as it is to be read: its text, the hash its last line should have.

    `mended` is how the files come to this, None where they are so already. Of a log that was
    tampered with it is the text as it stands. `converted` names the files whose line ends alone
    were changed (换行), as a text editor does: they are read as if they had not been. `headless`
    says that the head's file is missing.
    """

    text: str
    head: str
    mended: Mended | None = None
    content: bytes = b""
    raw: bytes | None = None
    converted: tuple[str, ...] = ()
    headless: bool = False

    @property
    def problems(self) -> tuple[str, ...]:
        """Return in Chinese what is wrong with the log; () when it is whole."""
        if self.headless:
            return _headless(self.text)
        return check_chain(self.text, self.head) or _odd(self.text, self.head)


def standing(case: Case) -> Standing:
    """Return how the log stands. Nothing is written."""
    paths = (case.log, case.log_head)
    stored = [_bytes(path) for path in paths]
    log, raw = (None if one is None else _line_ends(one) for one in stored)
    converted = tuple(
        path.name for path, old, new in zip(paths, stored, (log, raw), strict=True) if old != new
    )
    content = log or b""
    found = Standing(
        text=decoded(content),
        head=_head(content, raw),
        content=content,
        raw=raw,
        converted=converted,
        headless=raw is None and bool(content),
    )
    if not found.problems:
        return found
    fix = mended(content, raw, read_announced(case)[0])
    if fix is None:
        return found
    text = decoded(fix.applied(content))
    return found._replace(text=text, head=fix.head, mended=fix, headless=False)


def _headless(text: str) -> tuple[str, ...]:
    """Return what is wrong with a log whose head is missing, and nothing tells its last line."""
    chain = (one for one in check_chain(text, "") if "运行记录.head" not in one)
    return (
        "的末行哈希文件（运行记录.head）不见了，末行无从核对，末尾的记录可能被删去，请从备份恢复",
        *chain,
    )


@lru_cache(maxsize=1)
def _odd(text: str, head: str) -> tuple[str, ...]:
    return odd_lines(records_of(text, head))


def _line_ends(content: bytes) -> bytes:
    """Return the bytes with the line ends of the program: no other, no blank line, no mark before.

    A text in a line holds no line end of its own: there it is written as `\\r`.
    """
    content = content.removeprefix(_BOM).replace(b"\r\n", b"\n")
    return re.sub(b"\n{2,}", b"\n", content).removeprefix(b"\n") if b"\n\n" in content else content


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
