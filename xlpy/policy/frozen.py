"""A mapping that cannot change, but can be hashed, compared and pickled (for worker processes)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V", covariant=True)


class Frozen(Mapping[K, V]):
    """A mapping fixed when it is made (不可变映射), keeping its order.

    `types.MappingProxyType` cannot be pickled or hashed, a plain dict can be changed.

    >>> Frozen({"A": 50})["A"], Frozen({"A": 50}) == {"A": 50}
    (50, True)
    """

    __slots__ = ("_pairs",)

    def __init__(self, pairs: Mapping[K, V] | Iterable[tuple[K, V]] = ()) -> None:
        self._pairs: dict[K, V] = dict(pairs)

    def __getitem__(self, key: K) -> V:
        return self._pairs[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def __hash__(self) -> int:
        return hash(frozenset(self._pairs.items()))

    def __repr__(self) -> str:
        return f"Frozen({self._pairs!r})"
