"""What the bureau confirms (认定核对): level, number and validity from the official list (9.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from xlpy.judge.terms import ROSTER, Terms
from xlpy.model.filing import Filing
from xlpy.model.finding import Finding
from xlpy.model.keys import bare
from xlpy.model.staff import RosterRow

_COLUMNS = ("level", "number", "valid_until")


class Official(NamedTuple):
    """What the roster says of a recognition (名单上的认定情况); blank where nobody looked yet."""

    level: str = ""
    number: str = ""
    valid_until: date | None = None

    @property
    def blank(self) -> tuple[str, ...]:
        """Return the ids of the columns not filled in."""
        return tuple(id for id in _COLUMNS if not getattr(self, id))


NOTHING_CONFIRMED = Official()


def official(rows: Sequence[RosterRow], terms: Terms) -> tuple[Official, tuple[str, ...]]:
    """Return what the rows of one platform say, and the labels on which doubled rows disagree."""
    columns = terms.forms.staff.tables[ROSTER]
    found: dict[str, set[object]] = {
        id: {value for row in rows if (value := getattr(row, id))} for id in _COLUMNS
    }
    disputed = tuple(columns.column(id).label for id in _COLUMNS if len(found[id]) > 1)
    agreed = {id: values.pop() for id, values in found.items() if len(values) == 1}
    return Official(**agreed), disputed  # type: ignore[arg-type]  # each from its own column


def is_unlisted(one: Official, terms: Terms) -> bool:
    """Tell whether the bureau found the platform on no official list (未认定)."""
    return one.level == terms.edition.not_listed


def differing(filing: Filing, one: Official, terms: Terms) -> Iterator[Finding]:
    """Yield D615 where number or validity on the form are not those of the official list."""
    labels = terms.labels
    told = {
        labels.number: (filing.text(labels.number), one.number),
        labels.valid_until: (filing.text(labels.valid_until), str(one.valid_until or "")),
    }
    for label, (claimed, listed) in told.items():
        if claimed and listed and bare(claimed) != bare(listed):
            yield terms.finding(
                "D615",
                terms.in_profile(filing, label),
                subject=filing.text(labels.name),
                digest=filing.digest,
                label=label,
                value=claimed,
                listed=listed,
            )
