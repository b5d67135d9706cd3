"""No field of an edition or its forms can change in silence, but for those listed here."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from xlpy.policy.edition import Condition
from xlpy.policy.editions.load import rulebook_of, source_named
from xlpy.policy.frozen import Frozen
from xlpy.policy.phrases.bound import Bound
from xlpy.report.differences import Side, differences
from xlpy.report.differences.words import WORDS, fields_of

REAL = Side(*rulebook_of(source_named("bengbu-2022")))
SILENT = {
    "Edition": {"name", "digest"},
    "Level": {"name"},  # what levels are matched by: another name is another level
    "Function": {"id"},
    "Area": {"id"},
    "Ground": {"id"},
    "Parameter": {"id", "decided_by"},
    "Field": {"id", "proper"},
    "FilingForm": {"version", "oldest"},
    "BallotForm": {"version"},
    "StaffForm": {"version"},
    "StaffButton": {"id"},
}
ELSEWHERE = {("Edition", "changes")}  # seen in the forms
TURNED = {"comparison": "less_than", "default": "trimmed"}
KINDS = {"Field": "long", "Parameter": "decimal"}


def is_record(value: object) -> bool:
    return type(value) in WORDS


def holds(value: Mapping[str, object]) -> bool:
    return any(map(is_record, value.values()))


def with_one(record: Any, name: str, value: object) -> Any:
    if dataclasses.is_dataclass(record):
        return dataclasses.replace(record, **{name: value})  # type: ignore[type-var]
    return record._replace(**{name: value})


def other(name: str, value: Any) -> object:
    """Return another value of the same type."""
    if name in TURNED:
        return TURNED[name]
    match value:
        case bool():
            return not value
        case int() | Decimal() | float():
            return value + 1
        case str():
            return f"{value}某"
        case date():
            return value.replace(year=value.year + 1)
        case Mapping():
            key, one = next(iter(value.items()), ("某", "某"))
            return Frozen({**value, key: other("", one)})
        case tuple():
            return (*value[:-1], other("", value[-1])) if value else ("某",)
    return {
        "bound": Bound.parse("9家以上"),
        "high": Decimal(77),
        "low": Decimal(7),
        "when": ("province_absence", "veto"),
        "offers": ("findings", "id"),
        "registration": Condition(field="某", equals="是"),
    }[name]


def records(value: Any, seen: set[type]) -> Iterator[tuple[Any, Any]]:
    """Yield a record of each class with what makes the whole of another one in its place."""
    if is_record(value):
        if type(value) not in seen:
            seen.add(type(value))
            yield value, lambda new: new
        for name in fields_of(type(value)):
            for record, whole in records(getattr(value, name), seen):
                yield record, lambda new, n=name, w=whole: with_one(value, n, w(new))
    elif isinstance(value, Mapping):
        for key, one in value.items():
            for record, whole in records(one, seen):
                yield record, lambda new, k=key, w=whole: Frozen({**value, k: w(new)})
    elif isinstance(value, tuple):
        for at, one in enumerate(value):
            for record, whole in records(one, seen):
                yield record, lambda new, i=at, w=whole: (*value[:i], w(new), *value[i + 1 :])


def every() -> Iterator[Any]:
    for part in (0, 1):
        for record, whole in records(REAL[part], set()):
            for name in fields_of(type(record)):
                kind, value = type(record).__name__, getattr(record, name)
                if is_record(value) or (isinstance(value, Frozen) and holds(value)):
                    continue  # each of its own fields is tried
                if name not in SILENT.get(kind, ()) and (kind, name) not in ELSEWHERE:
                    yield pytest.param(part, record, whole, name, id=f"{kind}.{name}")


def test_every_class_is_seen():
    seen: set[type] = set()
    for part in REAL:
        assert all(records(part, seen))
    assert seen == set(WORDS)


@pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.__name__)
def test_every_field_has_a_name_or_a_teller_or_says_nothing(kind: type):
    words = WORDS[kind]
    told = (*words.plain, *words.own, *words.silent)
    assert sorted(told) == sorted(fields_of(kind))
    assert set(words.silent) == SILENT.get(kind.__name__, set())


@pytest.mark.parametrize(("part", "record", "whole", "name"), list(every()))
def test_another_value_of_a_field_is_told(part: int, record: Any, whole: Any, name: str):
    value = getattr(record, name)
    if isinstance(value, tuple) and value and not isinstance(value[0], str | int):
        changed: object = value[:-1]
    else:
        changed = KINDS[type(record).__name__] if name == "kind" else other(name, value)
    assert changed != value
    sides = [REAL.edition, REAL.forms]
    sides[part] = whole(with_one(record, name, changed))
    told = differences(REAL, Side(*sides))
    assert told
    assert len({str(one) for one in told}) == len(told)
    assert all(one.text.partition("→")[0] != one.text.partition("→")[2] for one in told)


def test_the_same_is_told_nothing():
    assert differences(REAL, REAL) == ()
