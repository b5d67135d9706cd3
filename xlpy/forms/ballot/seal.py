"""The seal of a ballot (评分表封印): nobody but the case can say for whom a ballot was made.

The secret stands in the staff's workbook only; whoever types another expert into `_meta` of a
copy cannot make the seal that goes with it.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from xlpy.model.number import plain


class Sealed(NamedTuple):
    """What a seal vouches for (封印内容): the ballot of one expert of one case."""

    case: str
    expert: str
    supplement: int
    rubric: tuple[Decimal, ...]
    edition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The case that ballots come from (来源): its id, and the secret it seals them with."""

    case: str
    secret: str = field(repr=False)


def seal_of(secret: str, ballot: Sealed) -> str:
    """Return the seal: HMAC-SHA256 in hexadecimal."""
    return hmac.new(secret.encode(), _canonical(ballot), "sha256").hexdigest()


def is_genuine(seal: str, origin: Origin, ballot: Sealed) -> bool:
    """Tell whether `seal` is the one the case made for this ballot; never without a secret."""
    # As bytes: what stands in a person's file may be anything, also no ASCII.
    given = seal.encode("utf-8", errors="backslashreplace")
    return bool(origin.secret) and hmac.compare_digest(
        given, seal_of(origin.secret, ballot).encode()
    )


def _canonical(ballot: Sealed) -> bytes:
    rubric: Sequence[str] = [plain(points) for points in ballot.rubric]
    parts = [ballot.case, ballot.expert, ballot.supplement, rubric, ballot.edition]
    return json.dumps(parts).encode()
