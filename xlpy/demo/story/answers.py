"""What a made-up platform answers in 附件1 (填报内容): nothing that is held against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from xlpy.model.grid import CellValue
from xlpy.policy.edition import Condition, Edition
from xlpy.policy.form import Field, Forms
from xlpy.policy.phrases.bound import Bound

MOBILE = "13800000000"

_OWN = frozenset({"name", "operator", "code", "level", "account_name", "account", "served"})
"""Fields each platform answers for itself, and what follows from the ledger."""

_USUAL: Mapping[str, float] = {
    "staff": 36,
    "professionals": 21,
    "income": 820.5,
    "expense": 640,
    "public_expense": 210.25,
    "satisfaction": 96.5,
}
_BY_UNIT: Mapping[str, float] = {"%": 95, "小时": 320, "平方米": 850, "台": 16, "万元": 60.5}
_ANY = 12
_EXAMPLE = re.compile("如 ?(.+)$")
_PHONE = re.compile("[0-9][0-9-]{6,}")


def ordinary(edition: Edition, forms: Forms, as_of: date) -> dict[str, CellValue]:
    """Return the answers of a platform with nothing wrong, by field id."""
    asked = _Asked(edition)
    texts = _texts(edition, forms, as_of)
    answers: dict[str, CellValue] = {}
    by_label: dict[str, CellValue] = {}
    for field in forms.filing.fields:
        if field.id in _OWN or field.label in asked.proved:
            continue
        answer = _answer(field, asked, texts, by_label, as_of)
        if answer is not None:
            answers[field.id] = by_label[field.label] = answer
    return answers


def phone_of(forms: Forms) -> str:
    """Return a telephone number as the form of the edition shows one."""
    found = _PHONE.search(forms.filing.field("phone").hint)
    return found.group() if found else MOBILE


def met(condition: Condition, field: Field | None = None) -> CellValue | None:
    """Return an answer that meets a condition, None where none is found."""
    if condition.bound is None:
        return condition.equals
    limit = condition.bound.limit
    tries = (limit, limit + 1, max(limit - 1, Decimal(0)), Decimal(0))
    return next((_plain(one) for one in tries if condition.bound.holds(one)), None)


class _Asked:
    """What the rule asks of the fields, by label: wanted by somebody, or held against one."""

    def __init__(self, edition: Edition) -> None:
        functions = [one for function in edition.functions for one in function.conditions]
        grounds = (*edition.vetoes, *edition.shortfalls)
        self.proved = {one.field for one in functions if one.measure}
        self._wanted = [*functions, *([edition.registration] if edition.registration else [])]
        self._refused = [one.condition for one in grounds]

    def words(self, label: str) -> tuple[list[str], set[str]]:
        """Return the choices wanted, and those held against a platform."""
        wanted = [one.equals for one in self._wanted if one.field == label and one.equals]
        return wanted, {one.equals for one in self._refused if one.field == label}

    def bounds(self, label: str) -> tuple[list[Bound], list[Bound]]:
        """Return the limits to be met, and those to be kept clear of."""
        wanted = [one.bound for one in self._wanted if one.field == label and one.bound]
        return wanted, [one.bound for one in self._refused if one.field == label and one.bound]


def _answer(
    field: Field,
    asked: _Asked,
    texts: Mapping[str, str],
    answers: Mapping[str, CellValue],
    as_of: date,
) -> CellValue | None:
    match field.kind:
        case "choice":
            return _choice(field, asked)
        case "whole" | "decimal":
            return _number(field, asked, answers.get(field.not_above))
        case "date":
            return _day(field, as_of)
        case "phone":
            return texts["phone"]
        case _:
            text = texts.get(field.id, f"{field.label}见所附材料" if field.required else "")
            return text[: field.longest] or None


def _choice(field: Field, asked: _Asked) -> str:
    """Return a choice that is wanted, else the second best, else any that nobody minds."""
    wanted, refused = asked.words(field.label)
    ranked = (*field.best_first[1:2], *field.best_first[:1])
    options = (*wanted, *ranked, *field.choices)
    return next((one for one in options if one not in refused), field.choices[0])


def _number(field: Field, asked: _Asked, most: CellValue | None) -> CellValue | None:
    wanted, refused = asked.bounds(field.label)
    usual = Decimal(str(_USUAL.get(field.id, _BY_UNIT.get(field.unit, _ANY))))
    high = field.high if field.high is not None else Decimal(10) ** 9
    if isinstance(most, int | float):
        high = min(high, Decimal(str(most)))

    def fits(number: Decimal) -> bool:
        return (
            field.low <= number <= high
            and (field.kind == "decimal" or number == int(number))
            and all(one.holds(number) for one in wanted)
            and not any(one.holds(number) for one in refused)
        )

    numbers = (usual, *_near(wanted, refused), Decimal(0), field.low, high)
    return next((_plain(one) for one in numbers if fits(one)), None)


def _near(wanted: list[Bound], refused: list[Bound]) -> Iterator[Decimal]:
    """Yield numbers about the limits, a good way above those to be met first."""
    for one in wanted:
        yield from (Decimal(int(one.limit * Decimal("1.2")) + 1), one.limit, one.limit + 1)
        yield max(one.limit - 1, Decimal(0))
    for one in refused:
        yield from (max(one.limit - 1, Decimal(0)), one.limit, one.limit + 1)


def _day(field: Field, as_of: date) -> date:
    days = {
        "recognised_on": date(as_of.year - 2, 3, 5),
        "valid_until": date(as_of.year + 1, 3, 4),
    }
    return days.get(field.id, date(as_of.year - 9, 5, 18))


def _texts(edition: Edition, forms: Forms, as_of: date) -> Mapping[str, str]:
    areas = "、".join(area.name for area in edition.areas[:4])
    bank = _EXAMPLE.search(forms.filing.field("bank").hint)
    return {
        "recognition": f"认定〔{as_of.year - 2}〕示例号",
        "representative": "示例",
        "contact": "示例",
        "phone": phone_of(forms),
        "bank": bank.group(1) if bank else "示例银行示例支行",
        "report": f"全年围绕中小企业需求开展{areas}等服务，服务台账见{forms.filing.ledger.sheet}。",
        "example": "帮助一家零部件企业完成改造诊断并落实方案，生产效率明显提高。",
        "plan": "继续扩大服务覆盖面，提高服务能力。",
    }


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
