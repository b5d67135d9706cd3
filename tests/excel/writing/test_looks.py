"""The table of looks (版式): indents, figures, fonts, and what is red."""

from __future__ import annotations

import colorsys
import re
from pathlib import Path

import pytest

import xlpy
from xlpy.excel.writing.styles import STYLES, look
from xlpy.model.look import colours, fonts, measures

BOXED = sorted(name for name, one in STYLES.items() if one.get("border"))
FILLED = sorted(name for name, one in STYLES.items() if "bg_color" in one)
WRONG = {"error", "error.center", "failed"}


@pytest.mark.parametrize("name", BOXED)
def test_nothing_with_a_border_touches_it(name: str) -> None:
    """Text keeps an indent, figures a blank in their format; what stands in the middle none."""
    one = look(name)
    padded = str(one.get("num_format", "")).endswith(measures.APART)
    apart = one["align"] == "center" or padded
    assert one["indent"] == (0 if apart else measures.INDENT)


@pytest.mark.parametrize("name", BOXED)
def test_printed_figures_are_apart_by_their_format(name: str) -> None:
    """LibreOffice drops an indent to the right beside a cell that differs in its format only."""
    one = look(name)
    if one["align"] == "right" and not name.startswith("input"):
        assert str(one["num_format"]).endswith(measures.APART)


@pytest.mark.parametrize("name", sorted(STYLES))
def test_only_a_score_shows_decimals_whatever_it_is(name: str) -> None:
    """No idle .00 behind money and counts, and no format that scales or hides a figure."""
    code = str(look(name).get("num_format", measures.AS_IS)).removesuffix(measures.APART)
    allowed = {"@", measures.AS_IS, measures.WHOLE, measures.DATE}
    if name.rpartition(".")[2] == "decimal" and name != "input.decimal":
        allowed = {measures.SCORE}
    if name in ("decimal.1", "decimal.3"):  # statistics: so many decimals as are told of them
        allowed = {f"0.{'0' * int(name[-1])}"}
    if name == "hidden":
        allowed = {";;;"}
    assert code in allowed


@pytest.mark.parametrize("name", sorted(STYLES))
def test_every_font_is_one_of_the_house(name: str) -> None:
    """One that every Chinese Windows has."""
    assert look(name).get("font_name", fonts.TEXT.name) in {fonts.TEXT.name, fonts.HEADING.name}


def is_red(colour: str) -> bool:
    """Tell whether people call a colour red: its hue, and enough of it."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, _, full = colorsys.rgb_to_hls(red, green, blue)
    return full > 0.2 and (hue < 25 / 360 or hue > 335 / 360)


@pytest.mark.parametrize("name", FILLED)
def test_red_is_what_is_wrong_and_nothing_else(name: str) -> None:
    """Missing is amber, reached is blue."""
    assert is_red(look(name)["bg_color"]) is (name in WRONG)


@pytest.mark.parametrize("name", sorted(WRONG))
def test_what_is_wrong_is_bold_too(name: str) -> None:
    """Grey print and colour-blind people see it as well."""
    assert look(name)["bold"] is True


def test_an_input_of_decimals_has_no_format() -> None:
    """A typed 96.5% keeps its percent sign, so that reading sees it."""
    assert "num_format" not in look("input.decimal")


def light(colour: str) -> float:
    """Return how light a colour is in grey print, 0 to 255."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize("name", sorted(n for n in FILLED if "font_color" in STYLES[n]))
def test_letters_are_read_on_their_ground_in_grey_print(name: str) -> None:
    """Far apart in lightness, whatever the colour."""
    one = look(name)
    assert abs(light(one["bg_color"]) - light(one["font_color"])) >= 100


@pytest.mark.parametrize(
    "pair",
    [
        (colours.WRONG, colours.INPUT),
        (colours.AMBER, colours.INPUT),
        (colours.HEAD, "#FFFFFF"),
        (colours.GROUP, "#FFFFFF"),
        (colours.GROUP, colours.HEAD),
    ],
)
def test_grounds_that_must_be_told_apart_differ_in_grey(pair: tuple[str, str]) -> None:
    one, other = map(light, pair)
    assert abs(one - other) >= 8


HOUSE = Path(xlpy.__file__).parent
PLAIN = sorted(
    str(path.relative_to(HOUSE))
    for path in HOUSE.rglob("*.py")
    if path.parts[-2] != "look" and "reading" not in path.parts
)


@pytest.mark.parametrize("module", PLAIN)
def test_no_module_names_a_colour_or_a_font_of_its_own(module: str) -> None:
    """They stand in xlpy/model/look, once."""
    source = (HOUSE / module).read_text(encoding="utf-8")
    assert not re.findall(r'"#[0-9A-Fa-f]{6}"', source)
    assert not [one for one in ("宋体", "黑体", "仿宋", "楷体", "SimSun") if f'"{one}"' in source]
