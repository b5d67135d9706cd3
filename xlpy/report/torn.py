"""A log torn by a power cut (写了一半的运行记录): what a crash can leave, told from tampering.

A run announces its line: a copy goes to 运行记录.last, its hash into 运行记录.head beside the one
before; then the line is appended, and its hash stands in the head alone. `verify` alone, which
writes nothing else, leaves 运行记录.last as it is. So a crash leaves whole lines and at most one
torn piece below them: a part of the line, zeros where the disk had not written yet, or whatever
stood there before; and a head that is torn, or one step behind. All else was done by somebody, and
is no business of this module: a changed line, one that is gone.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from xlpy.report.runlog import START, decoded, links

_WHOLE = re.compile(rb"([0-9a-f]{64})\n?")
_ANNOUNCED = re.compile(rb"([0-9a-f]{64})?\n([0-9a-f]{64})\n?")
_ZERO = b"\0"
_ZEROS = re.compile(rb"\0+")
_SECTOR = 512  # bytes a disk writes at once, or not at all

_UNANNOUNCED = "verify"

_TORN = re.compile(rb"(?:([0-9a-f]{64})?\n)?([0-9a-f]{0,63})")


class Head(NamedTuple):
    """What 运行记录.head says (末行哈希): of which hashes the last line may have one.

    Of a torn head `begun` is what is left of the hash it ended with; None where it is whole.
    """

    hashes: tuple[str, ...] = ()
    begun: str | None = None

    def fits(self, digest: str) -> bool:
        """Tell whether the last line may have this hash."""
        return digest in self.hashes or (self.begun is not None and digest.startswith(self.begun))


class Announced(NamedTuple):
    """The line that was announced last (最近公布的一行), with its line end.

    `pending` says that its outputs may not all stand yet.
    """

    line: str
    previous: str
    digest: str
    pending: bool = False


class Mended(NamedTuple):
    """How a torn log is made whole: so many bytes of it stay, `added` comes below.

    `head` is the hash of its last line then. `lost` says that the torn line had stood whole once.
    """

    size: int
    added: str
    head: str
    lost: bool = False

    def applied(self, content: bytes) -> bytes:
        """Return the log as it is when mended."""
        return content[: self.size] + self.added.encode("utf-8")


def head_from(raw: bytes | None) -> Head | None:
    """Return what the head's file says; None when it is missing or was changed."""
    if raw is None:
        return None
    left = raw.rstrip(_ZERO)
    if found := _WHOLE.fullmatch(left):
        return Head((found[1].decode(),))
    if found := _ANNOUNCED.fullmatch(left):
        return Head(((found[1] or b"").decode(), found[2].decode()))
    if _ZERO in left:
        return Head(begun="")
    found = _TORN.fullmatch(left)
    if not found:
        return None
    return Head((found[1].decode(),) if found[1] else (), begun=found[2].decode())


def announced_from(line: str, *, pending: bool) -> Announced | None:
    """Return the announced line; None when this is no whole line of a log."""
    found = links(line.removesuffix("\n")) if line.endswith("\n") else None
    return Announced(line, *found, pending=pending) if found else None


def mended(content: bytes, raw: bytes | None, last: Announced | None) -> Mended | None:
    """Return how to mend what a crash left; None when nothing is torn, or it was no crash.

    `content` is the log, `raw` its head's file, `last` the line that was announced last.
    """
    head = head_from(raw)
    if head is None:
        return _headed(content, last) if raw is None else None
    found = _whole_lines(content, last)
    rest = content[found.size :]
    coming = last if last and last.previous == found.tip else None
    if not rest:
        return _head_mended(found, head, last, coming)
    if not _is_torn(rest, found.size) or _is_changed(rest):
        return None
    return _rest_mended(found, rest, head, last, coming)


def _headed(content: bytes, last: Announced | None) -> Mended | None:
    """Return how to mend a log of whole lines whose head is missing (没有末行哈希).

    Only the line that was announced last tells that none is gone.
    """
    found = _whole_lines(content, last)
    whole = found.size == len(content) and found.arrived
    return Mended(found.size, "", found.tip) if whole else None


class _Lines(NamedTuple):
    """The whole lines a log begins with: their bytes, the hash of the last and of the one before.

    `arrived` says that the announced line is among them, and none below it but unannounced ones.
    """

    size: int = 0
    tip: str = START
    before: str = START
    arrived: bool = False


def _whole_lines(content: bytes, last: Announced | None) -> _Lines:
    found = _Lines()
    while (end := content.find(b"\n", found.size)) >= 0:
        text = decoded(content[found.size : end])
        links_to = links(text)
        if links_to is None or links_to[0] != found.tip:
            break
        before, tip = links_to
        arrived = bool(last and last.digest == tip)
        arrived = arrived or (found.arrived and json.loads(text).get("command") == _UNANNOUNCED)
        found = _Lines(end + 1, tip, before, arrived)
    return found


def _rest_mended(
    found: _Lines, rest: bytes, head: Head, last: Announced | None, coming: Announced | None
) -> Mended | None:
    """Return how to mend a log with something torn below its whole lines."""
    cut = Mended(found.size, "", found.tip)
    if coming and (head.fits(found.tip) or head.fits(coming.digest)):
        # Where its outputs do not stand yet they come first, and then it.
        return cut if coming.pending else Mended(found.size, coming.line, coming.digest)
    whole = _object(rest)
    linked = links(decoded(whole))
    if linked and linked[0] == found.tip and _may_be_last(linked[1], found, head, last):
        return Mended(found.size + len(whole), "\n", linked[1])
    if _is_here(found, head, last):
        return cut
    # The last line itself, and nobody has it whole.
    known = last is None and len(head.hashes) == 1 and f'"hash":"{head.hashes[0]}"'.encode() in rest
    return cut._replace(lost=True) if found.arrived or known else None


def _head_mended(
    found: _Lines, head: Head, last: Announced | None, coming: Announced | None
) -> Mended | None:
    """Return how to mend a head beside a log of whole lines."""
    as_is = Mended(found.size, "", found.tip)
    if found.tip in head.hashes and head.begun is None:
        return None
    if _is_here(found, head, last):
        return as_is
    if coming and head.begun is not None and (head.fits(found.tip) or head.fits(coming.digest)):
        return as_is if coming.pending else Mended(found.size, coming.line, coming.digest)
    return None


def _may_be_last(digest: str, found: _Lines, head: Head, last: Announced | None) -> bool:
    """Tell whether the line of this hash, below the whole ones, is the last there was."""
    if digest in head.hashes:
        return True
    known = last is None or last.digest == digest or found.arrived
    return known and head.fits(digest)


def _is_here(found: _Lines, head: Head, last: Announced | None) -> bool:
    """Tell whether the whole lines are all there were: as the head says, torn or one behind."""
    if found.tip in head.hashes:
        return True
    behind = head._replace(hashes=head.hashes[:1]).fits(found.before)
    return (found.arrived and (head.fits(found.tip) or behind)) or (
        last is None and head.fits(found.tip)
    )


def _is_torn(rest: bytes, at: int) -> bool:
    """Tell whether this can be what a crash left of one line that began at `at` in the file.

    A line end stands at its very end alone, and there only behind zeros; zeros reach to its end,
    or fill it from its start, or lie in whole sectors: one zero among the signs was put there.
    """
    if b"\n" in rest[:-1] or (rest.endswith(b"\n") and _ZERO not in rest):
        return False
    ends = (len(rest), len(rest) - rest.endswith(b"\n"))
    return all(
        one.end() in ends
        or not one.start()
        or not ((at + one.start()) % _SECTOR or (at + one.end()) % _SECTOR)
        for one in _ZEROS.finditer(rest)
    )


def _is_changed(rest: bytes) -> bool:
    """Tell whether this is a line written to its end and changed then: no crash does that."""
    whole = _object(rest)
    if not whole:
        return False
    below = rest.rstrip(_ZERO)[len(whole) :]
    return links(decoded(whole)) is None or len(below) == 1  # its line end is another sign


def _object(rest: bytes) -> bytes:
    """Return the JSON object at the beginning, b"" where none is whole."""
    text = decoded(rest)
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return b""
    begun = text[:end].encode("utf-8", errors="surrogateescape")
    return begun if begun.startswith(b"{") else b""
