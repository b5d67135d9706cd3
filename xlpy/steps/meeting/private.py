"""Gathering what no table of the meeting may hold (不外传的内容) from one case."""

from __future__ import annotations

from collections.abc import Iterator

from xlpy.model.keys import Key, key_of
from xlpy.model.private import Private
from xlpy.policy.form import Field
from xlpy.steps.gather import Gathered

_PERSONS = ("representative", "contact")  # ids of 附件1
_KINDS = ("phone", "account")


def private_of(gathered: Gathered) -> Private:
    """Return what platforms and staff wrote of persons, telephones and accounts."""
    own: dict[Key, list[str]] = {}
    for key, word in _own(gathered):
        own.setdefault(key, []).append(word)
    names = (one.name for one in gathered.staff.experts)
    return Private(names, own)


def is_private(field: Field) -> bool:
    """Tell whether an answer under this field stands in no table."""
    return field.kind in _KINDS or field.id in _PERSONS


def _own(gathered: Gathered) -> Iterator[tuple[Key, str]]:
    """Yield the words of each platform."""
    form = gathered.forms.filing
    code, name = form.field("code").label, form.field("name").label
    labels = [one.label for one in form.fields if is_private(one)]
    for filing in gathered.filings:
        key = key_of(filing.text(code), filing.text(name))
        yield from ((key, filing.text(label)) for label in labels)
    for row in gathered.staff.roster:
        key = key_of(row.code, row.name)
        yield from ((key, word) for word in (row.contact, row.phone))
