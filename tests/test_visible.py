"""Text of strangers on its way to people: nothing moves, hides or ends a line."""

from __future__ import annotations

import sys

import pytest

from xlpy.visible import LONGEST, is_visible, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "<U+001B>[2J"),  # clears the screen
        ("\x9b31m", "<U+009B>31m"),  # the same in one character
        ("\x1b]8;;file:///x\x1b\\", "<U+001B>]8;;file:///x<U+001B>\\"),  # a link
        ("\x07\x08\x00\x7f", "<U+0007><U+0008><U+0000><U+007F>"),
        ("a\u202exslx.exe", "a<U+202E>xslx.exe"),
        ("\u2066a\u2069", "<U+2066>a<U+2069>"),
        ("甲\u200b乙\ufeff\u00ad\u2060", "甲<U+200B>乙<U+FEFF><U+00AD><U+2060>"),
        ("\U000e0041", "<U+E0041>"),  # a TAG letter
        ("\u3164\ufe0f\u034f", "<U+3164><U+FE0F><U+034F>"),  # printable, and nobody sees them
        ("\udcbc\ud800", "<U+DCBC><U+D800>"),  # a name of another encoding
        ("\ue000\ufffe", "<U+E000><U+FFFE>"),
        ("一\n二\r\n三\r四\t五\x0b\x0c\x85\u2028\u2029六", "一 二 三 四 五     六"),
    ],
)
def test_what_nobody_sees_gets_a_sign(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "甲平台（蚌埠）有限公司",
        "全角\u3000空格",
        "no\xa0break",
        "[red]x[/]",
        "😀é",
        "\U00020bb7\U000323af",  # rare characters of names, one newer than this Python
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert visible(text) == text


def test_all_that_is_left_is_printable_or_a_blank() -> None:
    """Of every character there is."""
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    left = set(visible(every, longest=len(every)))
    assert all(map(is_visible, left))
    assert not left & set("\n\r\t\x1b\x9b\x85\u2028\u202e\u200b\ud800")
    assert not left & set(map(chr, [*range(32), *range(127, 160)]))


@pytest.mark.parametrize(("length", "cut"), [(LONGEST - 1, 0), (LONGEST, 0), (LONGEST + 1, 1)])
def test_a_long_text_is_cut(length: int, cut: int) -> None:
    assert visible("长" * length) == "长" * min(length, LONGEST) + "…" * cut
