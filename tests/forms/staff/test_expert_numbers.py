"""Experts of the sheet 专家 are known by their numbers (专家编号)."""

from __future__ import annotations

import pytest

from tests.forms.staff.test_read_staff import found, typed


def test_an_expert_without_a_number_is_a_finding() -> None:
    book = typed("experts", {"name": "张示例"}, {"id": "02", "name": "李示例"})
    assert found(book) == [("R821", "专家", "A4")]


def test_a_number_of_two_experts_is_a_finding_on_both() -> None:
    book = typed("experts", {"id": "01", "name": "张示例"}, {"id": "０１", "name": "李示例"})
    assert found(book) == [("R817", "专家", "A4"), ("R817", "专家", "A5")]


@pytest.mark.parametrize(("one", "other"), [("1", "01"), ("a1", "A1")])
def test_numbers_that_are_read_out_alike_are_the_same(one: str, other: str) -> None:
    book = typed("experts", {"id": one, "name": "张示例"}, {"id": other, "name": "李示例"})
    assert [code for code, *_ in found(book)] == ["R817", "R817"]


@pytest.mark.parametrize(
    ("units", "codes"),
    [
        (("市一中", "市一中"), ["R826", "R826"]),
        (("市一中", ""), ["R826", "R826"]),
        (("市一中", "市二中"), []),
    ],
)
def test_one_person_listed_twice_is_a_finding_on_both(
    units: tuple[str, str], codes: list[str]
) -> None:
    """He would score every platform twice; two of one name come from two units."""
    names = ("王 五", "王五")
    people = zip(("01", "02"), names, units, strict=True)
    book = typed("experts", *({"id": i, "name": n, "unit": u} for i, n, u in people))
    assert [code for code, *_ in found(book)] == codes
