"""What the experts give (评分): totals that put each platform where the story wants it."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from itertools import groupby
from typing import NamedTuple

from xlpy.judge.grading.grade import places
from xlpy.judge.terms import Terms

_FEWEST, _MOST = 9, 24  # graded platforms
_VETOED = 1  # platforms that count in the base and take no place
_TENTH = Decimal("0.1")
_WIDEST = Decimal("0.02")  # of full marks: how far the experts are apart


class Seat(NamedTuple):
    """A place in the ranking (名次): its mean score, the grade it comes to, and whether it ties."""

    score: Decimal
    grade: str
    room: Decimal  # how far a score may go either way without another line in between
    tied: bool = False


def seats_of(terms: Terms) -> list[Seat]:
    """Return the seats of all that are graded, best first."""
    count, quota = _size(terms)
    bands = _bands(terms, count, quota)
    tied = {quota - 1, quota} if quota else set[int]()
    grades, limited = terms.edition.grades, _limited(terms)
    fallen = grades[limited].name
    scores = list(_scores(terms, bands, tied))
    return [
        Seat(
            score=score,
            room=room,
            grade=fallen
            if quota and at >= quota and bands[at] < limited
            else grades[bands[at]].name,
            tied=at in tied,
        )
        for at, (score, room) in enumerate(scores)
    ]


def opinions(seat: Seat, at: int, experts: int, terms: Terms) -> list[float]:
    """Return what each expert gives in all: about the mean, as far above it as below."""
    full = sum(terms.rules.rubric, Decimal(0))
    widest = min(seat.room / 2, full * _WIDEST, full - seat.score, seat.score)
    steps = int(widest / _TENTH)
    pairs = experts // 2
    apart = [steps * (pairs - pair) // pairs for pair in range(pairs)] if pairs else []
    signs = [sign * one for one in apart for sign in (1, -1)]
    offsets = [*signs, 0][:experts] if experts % 2 else signs
    turn = at % experts
    return [float(seat.score + _TENTH * one) for one in (*offsets[turn:], *offsets[:turn])]


def _size(terms: Terms) -> tuple[int, int]:
    """Return how many are graded, and how many places there are; no places where none is at stake.

    There should be somebody in every grade, and two that want the last place.
    """
    limited, lowest = _limited(terms), len(terms.edition.grades) - 1
    possible: list[tuple[int, int, int]] = []
    for count in range(_FEWEST, _MOST + 1):
        base = count + (_VETOED if terms.rules.quota_base == "took_part" else 0)
        quota = places(base, terms)
        if 1 <= quota < count:
            ahead, behind = quota - 1, count - quota - 1
            empty = max(limited - ahead, 0) + max(lowest - limited - behind, 0)
            possible.append((empty, count, quota))
    _, count, quota = min(possible, default=(0, _FEWEST, 0))
    return count, quota


def _limited(terms: Terms) -> int:
    return sum(one.in_quota for one in terms.edition.grades)


def _bands(terms: Terms, count: int, quota: int) -> list[int]:
    """Return the grade by the lines (0 = best) of every place."""
    limited, lowest = _limited(terms), len(terms.edition.grades) - 1
    if not quota:
        return [at * lowest // count for at in range(count)]
    ahead = [at * limited // (quota - 1) for at in range(quota - 1)]
    rest = count - quota - 1
    beyond = 1 if rest > lowest - limited else 0
    behind = max(lowest - limited, 1)
    others = [limited + at * behind // max(rest - beyond, 1) for at in range(rest - beyond)]
    return [*ahead, *[limited - 1] * (2 + beyond), *others]


def _scores(terms: Terms, bands: list[int], tied: set[int]) -> list[tuple[Decimal, Decimal]]:
    """Return the score of each place and the room about it: even steps within each band."""
    lines = [terms.rules.lines[one.name] for one in terms.edition.grades if one.line]
    tops = [sum(terms.rules.rubric, Decimal(0)), *lines]
    floors = [*lines, Decimal(0)]
    grid = max(_TENTH, Decimal(1).scaleb(-terms.rules.score_decimals))
    scores: list[tuple[Decimal, Decimal]] = []
    for band, of_band in groupby(range(len(bands)), key=lambda at: bands[at]):
        seats = list(of_band)
        alone = [at for at in seats if not (at in tied and at - 1 in tied)]
        step = (tops[band] - floors[band]) / (len(alone) + 1)
        for at in seats:
            turn = sum(one <= at for one in alone)
            score = (tops[band] - step * turn).quantize(grid, rounding=ROUND_FLOOR)
            scores.append((max(score, floors[band]), step))
    return scores
