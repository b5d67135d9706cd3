"""Signs that look alike are one where names are compared, and only there."""

from __future__ import annotations

import pytest

from xlpy.model.keys import bare, key_of, outline
from xlpy.model.signs.alike import match_key
from xlpy.model.signs.variants import GLYPHS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("小微企业", "\u2f29微企业"),
        ("小微企业", "\u2e8c微企业"),
        ("金融平台", "\uf90a融平台"),
        ("长江", "\u2ed3江"),
        ("神州", "\ufa19州"),
        ("工业平台", "\u30a8业平台"),
        ("二一平台", "\u30cb\u30fc平台"),
        ("第一平台", "第\u2014平台"),
        ("第一平台", "第\u2f00平台"),
        ("第一平台", "第\u3192平台"),
        ("ABC平台", "\u0410\u0412\u0421平台"),
        ("ABEX平台", "\u0391\u0392\u0395\u03a7平台"),
        ("abc", "\U0001d41a\U0001d41b\U0001d41c"),
        ("III期", "\u2162期"),
        ("1号", "\u2460号"),
        ("甲（一）", "甲(一)"),
        ("甲(一)", "甲\ufe35一\ufe36"),
        ("二\u3007二二", "二\u25cb二二"),
        ("caf\u00e9", "cafe\u0301"),
        ("甲·乙", "甲\u30fb乙"),
        ("甲·乙", "甲\u2022乙"),
        ("甲-乙", "甲\u2010乙"),
        ("甲平台", "甲\ufe0f平\u202e台\U000e0041"),
        ("䶮平台", "\ue863平台"),
        ("㑇平台", "\ue81b平台"),
        ("AR平台", "\uab7a\uab71平台"),
        ("AC平台", "\uab7a\uabaf平台"),
        ("ADBCP平台", "\u15c5\u15de\u15f7\u1455\u146d平台"),
        ("AR平台", "\u1d00\u0280平台"),
        ("A/B", "A\u2215B"),
        ("A/B", "A\u2044B"),
        ("甲(蚌埠)", "甲【蚌埠】"),
        ("甲(蚌埠)", "甲〔蚌埠〕"),
        ("甲(蚌埠)", "甲「蚌埠」"),
        ("甲(蚌埠)", "甲『蚌埠』"),
        ("甲(蚌埠)", "甲[蚌埠]"),
        ("\u9fb4", "\ue81e"),
        ("平台", " 平\n台\u3164"),
    ],
)
def test_names_that_look_the_same_are_one(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("己平台", "已平台"),
        ("土平台", "士平台"),
        ("未来", "末来"),
        ("平台1", "平台l"),
        ("平台0", "平台O"),
        ("平台一", "平台二"),
        ("龍", "龙"),
        ("吉", "𠮷"),
        ("户", "戶"),
        ("刘", "刘\ue000"),
        ("刘\ue000", "刘\ue001"),
        ("刘", "刘\uf8ff"),
        ("刘", "刘\U000f0000"),
        ("a", "á"),
    ],
)
def test_names_that_people_tell_apart_are_two(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


def test_letters_of_another_script_fold_their_case_as_well() -> None:
    assert match_key("\u0412\u043e\u0441\u0442\u043e\u043a") == match_key(
        "\u0432\u043e\u0441\u0442\u043e\u043a"
    )


@pytest.mark.parametrize("length", [300, 301, 5000])
def test_a_long_text_is_folded_like_a_short_one(length: int) -> None:
    assert match_key("Ａ" * length) == "a" * length


def test_kinds_of_brackets_are_one_where_they_tell_nothing_apart() -> None:
    assert bare("\u2f29微【蚌埠】") == bare("小微（蚌埠）")


def test_a_glance_sees_no_punctuation_and_takes_nought_for_o() -> None:
    assert outline("甲平台（蚌埠）O1") == outline("甲平台-蚌埠.0I")


def test_a_key_folds_the_code_and_the_name() -> None:
    assert key_of("９１34", "\u2f29微") == key_of("9134", "小微")


GLYPHS_OF_ONE = (
    "户戶戸 吕呂 黃黄 青靑 内內 别別 没沒 高髙 真眞 说説說 税稅 清淸 教敎 产産產 温溫 吉𠮷 录彔"
)


@pytest.mark.parametrize("family", GLYPHS_OF_ONE.split())
def test_glyph_variants_are_one_for_a_glance(family: str) -> None:
    assert len({outline(f"甲{one}平台") for one in family}) == 1
    assert len({bare(f"甲{one}平台") for one in family}) == 1


@pytest.mark.parametrize(("one", "other"), [("己", "已"), ("土", "士"), ("未", "末"), ("龙", "龍")])
def test_characters_people_tell_apart_are_two_for_a_glance_too(one: str, other: str) -> None:
    assert outline(one) != outline(other)


def test_a_dash_is_a_hyphen_for_a_glance_and_for_a_payee() -> None:
    assert outline("甲\u2014乙") == outline("甲-乙")
    assert bare("甲\u2014乙") == bare("甲-乙")


def test_a_private_sign_stays_for_a_glance() -> None:
    assert outline("刘\ue000平台") != outline("刘平台")


def test_no_glyph_is_in_two_families() -> None:
    assert not GLYPHS.keys() & {ord(one) for one in GLYPHS.values()}
