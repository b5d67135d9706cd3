"""File names from what people typed: every system takes them, and nobody is fooled by them."""

from __future__ import annotations

import pytest

from xlpy.excel.files.names import safe_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("甲\u202exslx.平台", "甲xslx.平台"),
        ("甲\x1b[2J\x9b平台", "甲[2J平台"),
        ("甲\u200b\ufe0f\u3164\U000e0041平台", "甲平台"),
        ("第一行\n第二行", "第一行 第二行"),
        ("\udcbc\udcd7甲", "甲"),
        ("CON.平台", "_CON.平台"),
        ("com1", "_com1"),
        ("LPT¹", "_LPT¹"),
        ("平台...", "平台"),
        ("\U000323af平台", "\U000323af平台"),
        ("\x1b\u202e", "未命名"),
    ],
)
def test_a_name_is_what_is_seen_of_it(typed: str, name: str) -> None:
    assert safe_name(typed) == name


@pytest.mark.parametrize("sign", ["a", "甲", "𠮷", "e\u0301"])
def test_a_name_fits_the_disk_with_a_number_and_a_suffix(sign: str) -> None:
    name = safe_name(sign * 300)
    assert len(f"{name}(2).xlsx".encode()) <= 255
    assert len(name) <= 80
