"""What stands in no table for analysts (不外传的内容): accounts, telephones, persons.

Columns of them are never made. Where a sentence could name one, it is struck out there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from xlpy.model.ballot import Ballot
from xlpy.model.filing import Filing
from xlpy.model.staff import Staff
from xlpy.policy.form import Field, Forms

STRUCK = "〔略〕"
"""What stands in its place."""

_PERSONS = ("representative", "contact")  # ids of 附件1
_KINDS = ("phone", "account")
_SHORTEST = 2


class Private:
    """The texts of one case that no table may hold (不外传的内容)."""

    def __init__(
        self, filings: Iterable[Filing], ballots: Iterable[Ballot], staff: Staff, forms: Forms
    ) -> None:
        """Gather them from what platforms, experts and staff wrote."""
        told = {*_of_filings(filings, forms), *_of_staff(staff), *(one.person for one in ballots)}
        known = sorted((one for one in told if len(one) >= _SHORTEST), key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, known))) if known else None

    def struck(self, text: str) -> str:
        """Return a text without them."""
        return self._pattern.sub(STRUCK, text) if self._pattern else text


def is_private(field: Field) -> bool:
    """Tell whether an answer under this field stands in no table."""
    return field.kind in _KINDS or field.id in _PERSONS


def _of_filings(filings: Iterable[Filing], forms: Forms) -> Iterator[str]:
    labels = [one.label for one in forms.filing.fields if is_private(one)]
    for filing in filings:
        yield from (filing.text(label) for label in labels)


def _of_staff(staff: Staff) -> Iterator[str]:
    for row in staff.roster:
        yield from (row.contact, row.phone)
    yield from (one.name for one in staff.experts)
