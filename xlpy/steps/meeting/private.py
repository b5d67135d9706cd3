"""Gathering what no table of the meeting may hold (不外传的内容) from one case."""

from __future__ import annotations

from collections.abc import Iterator

from xlpy.model.decision import Decision, Evaluation
from xlpy.model.keys import key_of
from xlpy.model.private import Private
from xlpy.policy.form import Field
from xlpy.steps.gather import Gathered

_PERSONS = ("representative", "contact")  # ids of 附件1
_KINDS = ("phone", "account")


def private_of(gathered: Gathered, evaluation: Evaluation) -> Private:
    """Return what platforms and staff wrote of persons, telephones and accounts."""
    persons = {one.name for one in gathered.staff.experts}
    persons |= {one.person for one in gathered.ballots}
    own = {one.key: tuple(_own(one, gathered)) for one in evaluation.decisions}
    return Private(sorted(persons), own)


def is_private(field: Field) -> bool:
    """Tell whether an answer under this field stands in no table."""
    return field.kind in _KINDS or field.id in _PERSONS


def _own(one: Decision, gathered: Gathered) -> Iterator[str]:
    """Yield the words of one platform, whatever it is called on its form and in 参评名单."""
    labels = [field.label for field in gathered.forms.filing.fields if is_private(field)]
    if one.filing is not None:
        yield from map(one.filing.text, labels)
    keys = {one.key, *one.former}
    for row in gathered.staff.roster:
        key = key_of(row.code, row.name)
        if key in keys or (key.code and key.code == one.key.code):
            yield from (row.contact, row.phone)
