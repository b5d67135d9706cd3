"""Signs nobody sees: one list, taken out or told."""

from __future__ import annotations

import re
import unicodedata

import pytest

from xlpy.model.signs import unseen
from xlpy.model.signs.unseen import as_seen, is_plain, on_one_line, private, turning

LISTED = [
    *("\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\u2064", "\ufeff", "\u00ad"),
    *("\u180e", "\u034f", "\u115f", "\u1160", "\ufe00", "\ufe0f", "\U000e0100", "\U000e01ef"),
    *("\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"),
    *("\u061c", "\x00", "\x07", "\x1b", "\x7f", "\x80", "\x9b", "\x9f", "\U000e0001", "\U000e007f"),
    *("\ufdd0", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff", "\ufff9", "\ufffb", "\ufffc"),
]
FILLERS = ["\u2800", "\u3164", "\uffa0"]


@pytest.mark.parametrize("sign", LISTED)
def test_a_sign_nobody_sees_is_taken_out_wherever_it_stands(sign: str) -> None:
    assert as_seen(f"{sign}甲{sign}平台{sign}") == "甲平台"


@pytest.mark.parametrize("sign", FILLERS)
def test_a_filler_is_the_blank_it_looks_like(sign: str) -> None:
    assert as_seen(f"甲{sign}乙") == "甲 乙"


@pytest.mark.parametrize("sign", [*LISTED, *FILLERS, "\n", "\r", "\t", "\x85", "\u2028", "\ufffd"])
def test_none_of_them_is_plain(sign: str) -> None:
    assert not is_plain(f"甲{sign}乙")


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_end_of_a_line_is_one(end: str) -> None:
    assert as_seen(f"甲{end}乙") == "甲\n乙"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\t", " \n ", "\n\n", "\u2028"])
def test_a_text_of_one_line_has_a_blank_for_it(end: str) -> None:
    assert on_one_line(f"{end}甲{end}乙{end}") == "甲 乙"


@pytest.mark.parametrize(
    "text",
    [
        "𠮷野〇一·甲",
        "买买提·吐尔逊",
        "ئۇي\u200cغۇر",
        "क्\u200dष",
        "ᠮᠣᠩ\u180bᠭᠣᠯ",
        "བོད་ཡིག",
        "𰻞面馆",
        "Ａ（一）",
        "甲\u3000乙",
    ],
)
def test_rare_and_honest_signs_stay(text: str) -> None:
    assert as_seen(text) == text


@pytest.mark.parametrize("sign", ["\u202b", "\u202e", "\u2067", "\u200f", "\u061c"])
def test_what_turns_the_direction_within_a_text_is_told(sign: str) -> None:
    assert turning(f"甲{sign}12乙") == f"U+{ord(sign):04X}"


@pytest.mark.parametrize("sign", ["\u202b", "\u202e", "\u2067"])
def test_what_turns_all_that_follows_is_told_at_the_beginning_too(sign: str) -> None:
    assert turning(f" {sign}甲乙") == f"U+{ord(sign):04X}"


@pytest.mark.parametrize(
    "text",
    ["\u202d13955212345\u202c", "\u202a甲\u202c", "\u200f甲\u200f", "甲\u200e乙", "\u2066甲\u2069"],
)
def test_what_leads_the_way_a_text_runs_anyway_is_not(text: str) -> None:
    assert turning(text) == ""


def test_marks_are_at_home_among_letters_from_right_to_left() -> None:
    assert turning("ئۇي\u200f غۇر") == ""


def test_an_override_is_told_there_too() -> None:
    assert turning("ئۇي\u202dغۇر") == "U+202D"


def test_no_more_than_three_signs_are_named_each_once() -> None:
    assert private("\ue000\ue001\ue001\ue002\ue003") == "U+E000、U+E001"


def test_what_python_prints_of_them_is_looked_for_by_name() -> None:
    """`is_plain` asks `isprintable` first: the rest must be complete."""
    listed = re.compile(f"[{unseen.UNSEEN}{unseen.LOST}]")
    printed = [one for one in map(chr, range(0x110000)) if one.isprintable()]
    assert [hex(ord(one)) for one in printed if listed.match(one) and is_plain(one)] == []


def test_every_format_sign_of_unicode_is_listed_but_those_that_are_seen() -> None:
    seen = {"ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN"}
    signs = [one for one in map(chr, range(0x110000)) if unicodedata.category(one) == "Cf"]
    left = {unicodedata.name(one).split()[0] for one in signs if as_seen(one)}
    assert left <= seen
