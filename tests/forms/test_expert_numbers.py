"""Experts of the sheet 专家 are known by their numbers (专家编号)."""

from __future__ import annotations

from tests.forms.test_read_staff import found, typed


def test_an_expert_without_a_number_is_a_finding() -> None:
    book = typed("experts", {"name": "张示例"}, {"id": "02", "name": "李示例"})
    assert found(book) == [("R821", "专家", "A4")]


def test_a_number_of_two_experts_is_a_finding_on_both() -> None:
    book = typed("experts", {"id": "01", "name": "张示例"}, {"id": "０１", "name": "李示例"})
    assert found(book) == [("R817", "专家", "A4"), ("R817", "专家", "A5")]
