"""What the meeting looks at beside the result (会商): the same judging, tried otherwise."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from xlpy.model.decision import Decision
from xlpy.model.keys import Key

WITHOUT, METHOD, LINE, WEIGHT = "without", "method", "line", "weight"
"""The kinds of variations: without an expert, another method, another line, another weight."""


class Variation(NamedTuple):
    """One judging tried otherwise (一种试评): what was changed, in words, and what came out.

    `kind` is WITHOUT, METHOD, LINE or WEIGHT; `subject` the id of what was changed (an expert, a
    parameter, an area), `words` says it in Chinese. Of the decisions only score, rank, grades,
    status and money count: their reasons are those of a trial.
    """

    kind: str
    subject: str
    words: str
    base: int
    quota: int
    decisions: tuple[Decision, ...]


class Swing(NamedTuple):
    """The smallest change by one expert that changes a grade (最小变动), in points of his total.

    `experts` are those who could do it by so much, by id; `change` is signed, on the grid of
    scores; `score` is what the platform would have then, `grade` what it would be.
    """

    experts: tuple[str, ...]
    change: Decimal
    score: Decimal
    grade: str


class Margin(NamedTuple):
    """How near a ranked platform is to another grade (临界), all exact, in points and places.

    `missing` are the points to the next better line, `spare` those above the line it reached,
    `places` the places inside (>= 0) or outside (< 0) the quota, `experts` how many scored it.
    `up` and `down` are None where no single expert can do it (不可能).
    """

    key: Key
    name: str
    code: str
    rank: int
    score: Decimal
    grade: str
    missing: Decimal | None
    spare: Decimal | None
    places: int
    experts: int
    up: Swing | None
    down: Swing | None


Direction = Literal["up", "down"]


def matter(cause: str) -> str:
    """Return what a cause is about (事项), without the places and names behind its colon.

    >>> matter("有2个错误：C301-1 甲；C301-2 乙。"), matter("甲没有填写（见：乙）。请填写。")
    ('有2个错误', '甲没有填写（见：乙）')
    """
    deep = 0
    for at, sign in enumerate(cause):
        deep += (sign in "（“") - (sign in "）”")
        if sign in "：。" and deep <= 0:
            return cause[:at]
    return cause
