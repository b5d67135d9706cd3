"""Equal values held once (相同的值只存一份): what thousands of files say alike.

Every file is read in a process of its own, so all that comes from there are copies: ten thousand
filings bring the same labels, addresses, choices and sums ten thousand times. Nothing here changes
what is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from xlpy.model.ballot import Ballot
from xlpy.model.decision import Reason
from xlpy.model.filing import Filing, Proof, Tally

V = TypeVar("V")

_MOST: Final = 100_000  # texts remembered; what comes later is kept as it came
MOST_SAID: Final = 20_000
"""The same, of what is decided: most of that is said of one platform alone."""


class Once:
    """What was held so far (已有的值): the first of those that are equal stands for all.

    >>> once, filings = Once(), [Filing(file=n, digest="", places={"名称": "C5"}) for n in "12"]
    >>> first, second = map(once.filing, filings)
    >>> first.places is second.places
    True
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._texts: dict[str, str] = {}
        self._names: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._places: Mapping[str, str] = {}

    def filing(self, one: Filing) -> Filing:
        """Return the same filing (申报材料), made of what is held already."""
        held = self._held()
        answers = self._named(one.answers)
        summary = self._named(one.summary)
        return replace(
            one,
            answers={
                label: held(value, value) if type(value) is str else value
                for label, value in answers.items()
            },
            summary={row: self._named(claims) for row, claims in summary.items()},
            proof=self._proof(one.proof),
            places=self._of_last(one.places),
            evidence=self._list(one.evidence),
        )

    def ballot(self, one: Ballot) -> Ballot:
        """Return the same ballot (评分表), made of what is held already."""
        held = self._held()
        rows = tuple(
            row._replace(name=held(row.name, row.name), code=held(row.code, row.code))
            for row in one.rows
        )
        return replace(one, rows=rows)

    def reasons(self, reasons: Iterable[Reason]) -> tuple[Reason, ...]:
        """Return the same reasons (依据), made of what is held already."""
        held = self._held()
        return tuple([Reason._make([held(text, text) for text in one]) for one in reasons])

    def _held(self) -> Callable[[str, str], str]:
        """Return what gives the text that is held for one; while there is room, it is held."""
        return self._texts.setdefault if len(self._texts) < self._most else self._texts.get

    def _named(self, values: Mapping[str, V]) -> dict[str, V]:
        return dict(zip(self._list(tuple(values)), values.values(), strict=True))

    def _list(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Return an equal tuple of texts."""
        known = self._names.get(texts)
        if known is None:
            held = self._held()
            known = tuple([held(one, one) for one in texts])
            if len(self._names) < self._most:
                self._names[known] = known
        return known

    def _proof(self, proof: Proof) -> Proof:
        by_function, by_row = self._named(proof.by_function), self._named(proof.by_row)
        return Proof(
            {name: Tally(self._named(one.figures)) for name, one in by_function.items()},
            {name: Tally(self._named(one.figures)) for name, one in by_row.items()},
            proof.firms,
        )

    def _of_last(self, places: Mapping[str, str]) -> Mapping[str, str]:
        """Return where the answers stand: in most files where they stood in the last."""
        if places != self._places:
            cells = self._list(tuple(places.values()))
            self._places = dict(zip(self._list(tuple(places)), cells, strict=True))
        return self._places
