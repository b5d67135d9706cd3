"""Editions of another shape for tests (别样的政策): other grades, levels, areas, offices, fields.

They are made of the first edition's values, so that they say only what another city may say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.kit.judging import EDITION, FORMS
from xlpy.policy.edition import Edition, Grade, Parameter
from xlpy.policy.form import Field, Forms
from xlpy.policy.frozen import Frozen

EIGHT = ("特优", "优秀", "优良", "良好", "中等", "合格", "基本合格", "不合格")
THREE = ("一等", "二等", "不入等")


def with_grades(names: Sequence[str]) -> Edition:
    """Return an edition with these grades, best first; half may have the first two."""
    best = max(len(names) - 2, 1) if len(names) < 4 else 2
    lines = tuple(_line(number) for number in range(1, len(names)))
    grades = tuple(
        Grade(name, name, f"line_{number}" if number < len(names) else "", number <= best)
        for number, name in enumerate(names, 1)
    )
    paid = Frozen({name: Decimal(10 * at) for at, name in enumerate(reversed(names))})
    old = {one.line for one in EDITION.grades}
    return replace(
        EDITION,
        grades=grades,
        quota_grades="、".join(names[:best]),
        levels=tuple(level._replace(subsidy=paid) for level in EDITION.levels),
        parameters=(*lines, *(one for one in EDITION.parameters if one.id not in old)),
    )


def with_levels(*names: str) -> Edition:
    """Return an edition with these levels of recognition, all paid alike."""
    return replace(EDITION, levels=tuple(EDITION.levels[0]._replace(name=name) for name in names))


def with_areas(count: int) -> Edition:
    """Return an edition with so many areas of service, the points shared out."""
    first = EDITION.areas[0]
    areas = tuple(
        first._replace(
            id=f"area_{number}",
            name=f"第{number}类服务",
            rows=(first.rows[0]._replace(name=f"第{number}类服务"),),
        )
        for number in range(1, count + 1)
    )
    points = [100 // count] * count
    points[0] += 100 - sum(points)
    rubric = replace(EDITION.parameter("rubric"), default=", ".join(map(str, points)))
    return _with_parameter(replace(EDITION, areas=areas), rubric)


def without_functions() -> Edition:
    """Return an edition that asks for no service function and has no article about one."""
    articles = {topic: one for topic, one in EDITION.articles.items() if topic != "function"}
    return replace(EDITION, functions=(), articles=Frozen(articles))


def breaking_ties(**choices: str) -> Edition:
    """Return an edition that orders equal scores by these fields of 附件1, in their order."""
    rule = replace(
        EDITION.parameter("tie_break"), choices=Frozen(choices), default=", ".join(choices)
    )
    return _with_parameter(EDITION, rule)


def elsewhere(edition: Edition = EDITION) -> Edition:
    """Return the edition of another city, with other offices."""
    return replace(
        edition,
        city="淮南市",
        bureau="市工信局",
        authority="市工业和信息化局",
        meeting="局党组会",
        registration=None,  # the field is called after the city
    )


def with_field(id: str, **changes: Any) -> Forms:
    """Return the forms with one field of 附件1 changed."""
    return _with_groups(lambda field: [replace(field, **changes) if field.id == id else field])


def without_field(id: str) -> Forms:
    """Return the forms without one field of 附件1."""
    return _with_groups(lambda field: [] if field.id == id else [field])


def forms_without_functions() -> Forms:
    """Return the forms without the column 服务功能 and the figures of functions in 附件1."""
    filing, asked = FORMS.filing, {one.field for f in EDITION.functions for one in f.conditions}
    groups = tuple(
        (name, kept)
        for name, fields in filing.groups
        if (kept := tuple(field for field in fields if field.label not in asked))
    )
    columns = tuple(one for one in filing.ledger.columns if one.id != "function")
    ledger = replace(filing.ledger, columns=columns)
    return replace(FORMS, filing=replace(filing, groups=groups, ledger=ledger))


def _with_groups(made: Any) -> Forms:
    def fields(old: Sequence[Field]) -> tuple[Field, ...]:
        return tuple(new for field in old for new in made(field))

    groups = tuple((name, fields(old)) for name, old in FORMS.filing.groups)
    return replace(FORMS, filing=replace(FORMS.filing, groups=groups))


def _line(number: int) -> Parameter:
    label, default = f"第{number}等最低分", str(105 - 10 * number)
    return replace(EDITION.parameter("line_a"), id=f"line_{number}", label=label, default=default)


def _with_parameter(edition: Edition, new: Parameter) -> Edition:
    parameters = (new if one.id == new.id else one for one in edition.parameters)
    return replace(edition, parameters=tuple(parameters))
