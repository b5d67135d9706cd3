"""What came for one platform or expert (来件): how many contents, when, and what replaced what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from xlpy.model.history import Arrival
from xlpy.report.register.row import clock, several

_NAMED = 4
_TIME = attrgetter("time")

File = tuple[str, str]
"""The name of a file without its folder, and its digest."""


class Came(NamedTuple):
    """All arrivals for one (来件经过): each content once, oldest first, and those here `now`."""

    contents: tuple[Arrival, ...]
    now: tuple[File, ...]

    @property
    def version(self) -> int | None:
        """Return how many contents came (第几份); None when none did."""
        return len(self.contents) or (len(self.now) or None)

    @property
    def first(self) -> str:
        """Return when the first one was registered, as the log writes it; "" when none was."""
        return self.contents[0].time if self.contents else ""

    @property
    def registered(self) -> str:
        """Return when the first one was registered (首次登记)."""
        return clock(self.first)

    @property
    def renewed(self) -> str:
        """Return when the last one was registered (最近更换), if it replaced another."""
        return clock(self.contents[-1].time) if len(self.contents) > 1 else ""

    @property
    def replaced(self) -> str:
        """Return in words what replaced what (替换情况)."""
        if len(self.now) > 1:
            return f"现有{len(self.now)}份：{several([name for name, _ in self.now], _NAMED, '份')}"
        if len(self.contents) < 2 or not self.now:
            return ""
        digests = [one.digest for one in self.contents]
        at = digests.index(self.now[0][1]) if self.now[0][1] in digests else len(digests) - 1
        if at < len(digests) - 1:  # an older one was put back
            return f"现用的是第{at + 1}份（{_named(self.contents[at])}）"
        return f"第{at + 1}份替换{_named(self.contents[at - 1])}"


NOTHING_CAME = Came(contents=(), now=())


def came(arrivals: Iterable[Arrival], now: Sequence[File]) -> Came:
    """Return what these arrivals come to; the same content under another name came once."""
    by_digest: dict[str, Arrival] = {}
    for one in arrivals:
        by_digest.setdefault(one.digest, one)
    return Came(contents=tuple(by_digest.values()), now=tuple(now))


def with_nameless(
    named: Mapping[int, Sequence[Arrival]],
    nameless: Iterable[Arrival],
    now: Mapping[int, Sequence[File]],
) -> dict[int, list[Arrival]]:
    """Return the arrivals of each owner with those that name nobody (无主来件), in their order.

    One is an owner's when it is the very file he has now, or lies where his own lay.
    """
    places: dict[str, set[int]] = {}
    for at, theirs in named.items():
        for one in theirs:
            places.setdefault(one.path, set()).add(at)
    files = {file: at for at, theirs in now.items() for file in theirs}
    found = {at: list(theirs) for at, theirs in named.items()}
    for one in nameless:
        own = files.get((file_name(one.path), one.digest))
        owners = places.get(one.path, set()) if own is None else {own}
        if len(owners) == 1:
            found.setdefault(next(iter(owners)), []).append(one)
    return {at: sorted(theirs, key=_TIME) for at, theirs in found.items()}


def file_name(path: str) -> str:
    """Return the name at the end of a path of the log.

    >>> file_name("申报材料/甲.xlsx")
    '甲.xlsx'
    """
    return path.rpartition("/")[2]


def _named(one: Arrival) -> str:
    day = one.time.partition("T")[0]
    return f"{day}登记的“{file_name(one.path)}”"
