"""What an audit has to say (核对所见): something wrong, or a note of what could not be held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Told(NamedTuple):
    """One sentence (一句话); a `note` accuses nobody."""

    text: str
    note: bool = False


def note(text: str) -> Told:
    """Return a sentence that only tells (说明)."""
    return Told(text, note=True)


def first(told: Iterable[str], most: int, more: str) -> Iterator[Told]:
    """Yield the first of these as problems, and how many there are beyond; `more` has {count}."""
    every = tuple(told)
    yield from map(Told, every[:most])
    if (rest := len(every) - most) > 0:
        yield Told(more.format(count=rest))


def named(words: Sequence[str], most: int, unit: str) -> str:
    """Return words joined by 、, beyond `most` with their number."""
    tail = f"等{len(words)}{unit}" if len(words) > most else ""
    return "、".join(words[:most]) + tail
