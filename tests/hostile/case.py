"""One case (一个样例) and what must become of it: read, told of, or refused; never silent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from tests.hostile.honest import Spot
from tests.kit.taken_apart import TakenApart

Made = bytes | TakenApart
Target = Literal["filing", "ballot", "staff"]
MOST_FINDINGS, LONGEST_FINDING = 300, 2_000
ANY = "*"
"""In place of a sheet or a cell: wherever it is."""


class Told(NamedTuple):
    """A finding at one of its cells."""

    code: str
    severity: str
    sheet: str
    cell: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A file as the program saw it: the kind of its refusal or "", values by name, findings.

    A finding is there once for each of its cells; `told` is how many findings there are,
    `longest` the signs of the longest. `spots` says where a value stands.
    """

    refused: str = ""
    detail: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    spots: Mapping[str, Spot] = field(default_factory=dict)
    findings: tuple[Told, ...] = ()
    told: int = 0
    longest: int = 0


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What must become of a case (应有结果).

    `ways` are the ways out: "read", "told", "refused"; one of them has to be met. "read" is no
    finding at all and no other value than `values` says. "told" is a finding of `codes` (any
    where empty) and `severities` at `spot`, and no value that differs without a finding. `kinds`
    are those of a refusal, `unlike` those that would be untrue. `words` stand in the finding.
    With `free` values may be any: only time, memory and the number of findings are bounded.
    """

    ways: tuple[str, ...]
    spot: Spot = (ANY, ANY)
    codes: frozenset[str] = frozenset()
    severities: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    unlike: frozenset[str] = frozenset()
    words: str = ""
    free: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the outcome in a few words."""
        said = {
            "read": "read" + (f" as {dict(self.values)}" if self.values else ""),
            "told": f"told {'/'.join(sorted(self.codes))} at {'!'.join(self.spot)}",
            "refused": f"refused {'/'.join(sorted(self.kinds))}",
        }
        return " or ".join(said[way].strip() for way in self.ways)


class Either(tuple[Any, ...]):
    """One of these values, whichever."""

    __slots__ = ()


def same(**values: Any) -> Outcome:
    """Read without a finding; `values` by label are those that differ from the honest form."""
    return Outcome(ways=("read",), values=values)


def told(spot: Spot = (ANY, ANY), *codes: str, **values: Any) -> Outcome:
    """A finding there, whatever its severity."""
    return Outcome(ways=("told",), spot=spot, codes=frozenset(codes), values=values)


def warned(spot: Spot, *codes: str, **values: Any) -> Outcome:
    """A finding 警告 or 提示 there, and the value is read all the same."""
    severities = frozenset({"警告", "提示"})
    return Outcome(
        ways=("told",), spot=spot, codes=frozenset(codes), severities=severities, values=values
    )


def wrong(spot: Spot, *codes: str) -> Outcome:
    """A finding 错误 there: the value does not count."""
    return Outcome(
        ways=("told",), spot=spot, codes=frozenset(codes), severities=frozenset({"错误"})
    )


def advised(spot: Spot, words: str = "", **values: Any) -> Outcome:
    """Read as these values, or a finding there that offers them; never as another."""
    return Outcome(ways=("read", "told"), spot=spot, values=values, words=words)


def refused(*kinds: str, unlike: tuple[str, ...] = ()) -> Outcome:
    """The file is not read, for one of these reasons (any where none is named)."""
    return Outcome(ways=("refused",), kinds=frozenset(kinds), unlike=frozenset(unlike))


def doubted(spot: Spot = (ANY, ANY), *codes: str, kinds: tuple[str, ...] = ()) -> Outcome:
    """Two readers differ: a finding there, or the whole file refused."""
    return Outcome(
        ways=("told", "refused"), spot=spot, codes=frozenset(codes), kinds=frozenset(kinds)
    )


def unharmed() -> Outcome:
    """Read, told of or refused, as long as nothing changes in silence and nothing is hurt."""
    return Outcome(ways=("read", "told", "refused"))


@dataclass(frozen=True, kw_only=True)
class Case:
    """A file that somebody might send (样例): how it is made, and what must become of it.

    `item` is the part of the contract it belongs to (A1 … C11, zip). A `heavy` one may take
    memory or time and is read in a process of its own.
    """

    item: str
    name: str
    make: Callable[[], Made]
    outcome: Outcome
    file: str = "甲.xlsx"
    target: Target = "filing"
    heavy: bool = False

    @property
    def id(self) -> str:
        """Return the case's name in lists, unique."""
        return f"{self.item}: {self.name}"

    def content(self) -> bytes:
        """Return the bytes of the file."""
        made = self.make()
        return made if isinstance(made, bytes) else made.zipped()


def problem(outcome: Outcome, seen: Seen, honest: Seen) -> str:
    """Return what is wrong with how the file was seen, "" when the outcome is met."""
    if seen.told > MOST_FINDINGS or seen.longest > LONGEST_FINDING:
        return f"{seen.told} findings, the longest of {seen.longest} signs"
    said = [_WAYS[way](outcome, seen, honest) for way in outcome.ways]
    return "" if "" in said else "; ".join(said)


def _read(outcome: Outcome, seen: Seen, honest: Seen) -> str:
    if seen.refused:
        return f"refused as {seen.refused} ({seen.detail})"
    if seen.findings and not outcome.free:
        return f"findings {_listed(seen)}"
    return "; ".join(said for _, said in _changes(outcome, seen, honest))


def _told(outcome: Outcome, seen: Seen, honest: Seen) -> str:
    if seen.refused:
        return f"refused as {seen.refused} ({seen.detail})"
    there = [
        one
        for one in seen.findings
        if outcome.spot[0] in (ANY, one.sheet)
        and outcome.spot[1] in (ANY, one.cell)
        and (not outcome.codes or one.code in outcome.codes)
        and (not outcome.severities or one.severity in outcome.severities)
        and outcome.words in one.text
    ]
    if not there:
        return f"not told at {'!'.join(outcome.spot)}; findings {_listed(seen)}"
    return "; ".join(
        said for name, said in _changes(outcome, seen, honest) if not told_of(name, seen, honest)
    )


def _refused(outcome: Outcome, seen: Seen, honest: Seen) -> str:
    if not seen.refused:
        return f"read, findings {_listed(seen)}"
    true = not outcome.kinds or seen.refused in outcome.kinds
    if not true or seen.refused in outcome.unlike:
        return f"refused as {seen.refused} ({seen.detail})"
    return ""


_WAYS = {"read": _read, "told": _told, "refused": _refused}


def _changes(outcome: Outcome, seen: Seen, honest: Seen) -> Iterator[tuple[str, str]]:
    """Yield the values that are others than they must be, by name, with words."""
    if outcome.free:
        return
    for name in {**honest.values, **seen.values, **outcome.values}:
        wanted = outcome.values.get(name, honest.values.get(name))
        got = seen.values.get(name)
        if got not in wanted if isinstance(wanted, Either) else got != wanted:
            yield name, f"{name} is {got!r}, not {wanted!r}"


def told_of(name: str, seen: Seen, honest: Seen) -> bool:
    """Tell whether a finding stands for a value that is another than the honest one, or absent.

    A value whose place is known needs a finding in that very place; one that follows from others
    any finding.
    """
    sheet, cell = seen.spots.get(name) or honest.spots.get(name) or (ANY, ANY)
    return any(
        (sheet in (ANY, one.sheet) or not one.sheet) and (cell in (ANY, one.cell) or not one.cell)
        for one in seen.findings
    )


def _listed(seen: Seen) -> str:
    return " ".join(f"{one.code}@{one.sheet}!{one.cell}" for one in seen.findings[:8]) or "-"
