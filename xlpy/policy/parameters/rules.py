"""The values in force (生效参数): the edition's defaults and what staff typed in the sheet 参数."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from xlpy.policy.edition import Edition, Parameter, Rules
from xlpy.policy.frozen import Frozen
from xlpy.policy.parameters import typed
from xlpy.policy.parameters.typed import TypedError

BY_DEFAULT = "默认"


class ParameterProblem(NamedTuple):
    """One text of the sheet 参数 that cannot be used (参数填写问题); the default stays in force."""

    id: str
    label: str
    article: str
    found: str
    needed: str
    mend: str


def parameter_values(
    edition: Edition, chosen: Mapping[str, str]
) -> tuple[Rules, tuple[ParameterProblem, ...]]:
    """Return the rules in force and every text that could not be used.

    `chosen` maps parameter ids to the text staff typed; a blank or missing one is the default.
    Whatever staff typed counts as decided by the bureau, the default's own value too.
    """
    wanted = {name: text.strip() for name, text in chosen.items() if text.strip()}
    values, problems = _read_each(edition, wanted)
    problems += _restore_lines(edition, wanted, values)
    problems += [_unknown(name, text) for name, text in wanted.items() if name not in values]
    bad = {problem.id for problem in problems}
    decided = {
        name: (value, edition.bureau if name in wanted and name not in bad else BY_DEFAULT)
        for name, value in values.items()
    }
    return _rules(edition, decided), tuple(problems)


def default_rules(edition: Edition) -> Rules:
    """Return the rules with every parameter at its default (默认参数)."""
    return parameter_values(edition, {})[0]


def parameter_wording(parameter: Parameter, value: str) -> str:
    """Return a value of `Rules.chosen` in words for people: mean -> 算术平均."""
    return typed.wording(parameter, value)


def _read_each(
    edition: Edition, wanted: Mapping[str, str]
) -> tuple[dict[str, str], list[ParameterProblem]]:
    values: dict[str, str] = {}
    problems: list[ParameterProblem] = []
    for parameter in edition.parameters:
        text = wanted.get(parameter.id, parameter.default)
        try:
            values[parameter.id] = typed.canonical(parameter, text, len(edition.areas))
        except TypedError as error:
            values[parameter.id] = parameter.default
            problems.append(_problem(parameter, text, str(error)))
    return values, problems


def _restore_lines(
    edition: Edition, wanted: Mapping[str, str], values: dict[str, str]
) -> list[ParameterProblem]:
    """Put every line back to its default when they do not fall from grade to grade (最低分)."""
    by_id = {parameter.id: parameter for parameter in edition.parameters}
    scored = [by_id[grade.line] for grade in edition.grades if grade.line]
    if all(Decimal(values[a.id]) > Decimal(values[b.id]) for a, b in pairwise(scored)):
        return []
    labels = "、".join(f"{line.label}{values[line.id]}" for line in scored)
    typed_lines = [line for line in scored if line.id in wanted]
    values.update((line.id, line.default) for line in scored)
    return [
        _problem(line, wanted[line.id], f"各线应依次下降，现为{labels}") for line in typed_lines
    ]


def _problem(parameter: Parameter, text: str, needed: str) -> ParameterProblem:
    kept = typed.wording(parameter, parameter.default)
    return ParameterProblem(
        id=parameter.id,
        label=parameter.label,
        article=parameter.article,
        found=f"填写为“{text}”",
        needed=needed,
        mend=f"请更正；更正前按默认值“{kept}”计算",
    )


def _unknown(name: str, text: str) -> ParameterProblem:
    return ParameterProblem(
        id=name,
        label=name,
        article="",
        found=f"填写为“{text}”",
        needed="政策文件里没有这个参数",
        mend="请删去这一行",
    )


def _rules(edition: Edition, decided: Mapping[str, tuple[str, str]]) -> Rules:
    values = {name: value for name, (value, _) in decided.items()}
    by_id = {parameter.id: parameter for parameter in edition.parameters}
    return Rules(
        aggregation=values["aggregation"],
        trim_min=int(values["trim_min"]),
        min_ballots=int(values["min_ballots"]),
        score_decimals=int(values["score_decimals"]),
        lines=Frozen(
            {grade.name: Decimal(values[grade.line]) for grade in edition.grades if grade.line}
        ),
        quota_base=values["quota_base"],
        valid_on=values["valid_on"],
        tie_break=typed.choices(by_id["tie_break"], values["tie_break"]),
        rubric=typed.weights(by_id["rubric"], values["rubric"], len(edition.areas)),
        notice_days=int(values["notice_days"]),
        chosen=Frozen(decided),
    )
