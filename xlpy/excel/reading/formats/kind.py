"""What a format is good for (格式的种类): plain ones show the value and need no second look."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from xlpy.excel.reading.formats.code import CODES, Format, Section, Token, parse
from xlpy.excel.reading.formats.digits import scales
from xlpy.excel.reading.formats.order import shows_a_day

_BLANKS: Final = frozenset(" \u00a0\u3000")
_DASHES: Final = frozenset("-—\u2013－")
_FILLS: Final = _BLANKS | {"*", ""}
_FRACTION: Final = re.compile("0+ 0+/(?:0+|[1-9][0-9]{0,6})")
_BEFORE: Final[tuple[frozenset[str], ...]] = (
    _BLANKS | {"+"},
    _BLANKS | {"-", "(", "（"},
    _BLANKS,
)
_AFTER: Final[tuple[frozenset[str], ...]] = (
    _BLANKS,
    _BLANKS | {"-", ")", "）"},
    _BLANKS,
)


class Kind(NamedTuple):
    """What a format does (格式的作用). `dated` ones make a day of a number.

    A `plain` one rounds, groups thousands, fills up with blanks, writes a sign, or draws a day of
    our calendar or a part of it: the value is what a person sees. Of others every cell is drawn.
    With `words` a text is seen with something beside it, or not at all.
    """

    dated: bool
    plain: bool
    words: bool = False


@lru_cache(maxsize=CODES)
def kind_of(code: str) -> Kind:
    """Return what a format does.

    >>> kind_of("#,##0.00_);[Red](#,##0.00)"), kind_of('0!.0,"万"')
    (Kind(dated=False, plain=True, words=False), Kind(dated=False, plain=False, words=False))
    """
    form = parse(code)
    dated = any(section.is_date for section in form.sections)
    plain = _plain_date(form) if dated else _plain_number(form)
    return Kind(dated=dated, plain=plain, words=form.too_long or not _plain_text(form.text))


def unit_of(code: str) -> str:
    """Return what stands behind a number that is shown as it is, rounded at most; "" else.

    >>> unit_of('#,##0.00"万元"'), unit_of('0!.0"万元"'), unit_of('0"元";-0"万元"')
    ('万元', '', '')
    """
    form = parse(code)
    if form.too_long or len(form.sections) != 1 or form.sections[0].digits:
        return ""
    section = form.sections[0]
    before, number, after = _parted(section)
    unit = "".join(token.text for token in after if token.part == "text")
    bare = Section(before + number, condition=section.condition)
    whole = bare.condition is None and not section.is_date and _shows_zero(bare)
    if not (unit and whole and _is_digits(number) and not scales(section.tokens)):
        return ""
    beside = all(token.part in ("text", "pad") for token in after)
    beside = beside and all(token.part != "power" for token in number)
    return unit.strip() if beside and _decorates(before, _BLANKS) else ""


def _plain_text(section: Section | None) -> bool:
    """Tell whether a text is seen as it is, with blanks at most."""
    if section is None:
        return True
    before, inner, after = _parted(section)
    return _is_general(inner) and _decorates(before, _BLANKS) and _decorates(after, _BLANKS)


def _plain_date(form: Format) -> bool:
    first, *others = form.sections
    return shows_a_day(first) and all(
        shows_a_day(section) or not section.tokens for section in others
    )


def _plain_number(form: Format) -> bool:
    if form.too_long or not form.sections:
        return False
    if any(section.condition for section in form.sections):
        # Which section is meant to be negative is not plain: each must do for all.
        return _closed(form) and all(_draws_the_number(one, 0) for one in form.sections)
    drawn = all(_draws_the_number(one, at) for at, one in enumerate(form.sections[:2]))
    if len(form.sections) < 3:
        return drawn and _shows_zero(form.sections[0])
    zero = form.sections[2]
    as_dash = _is_dash(zero)
    return drawn and (as_dash or (_draws_the_number(zero, 2) and _shows_zero(zero)))


def _closed(form: Format) -> bool:
    """Tell whether there is a section for every number."""
    return form.sections[-1].condition is None and all(map(_shows_zero, form.sections))


def _shows_zero(section: Section) -> bool:
    whole = _parted(section)[1]
    if _is_general(whole) or _is_fraction(whole):
        return True
    digits = [token for token in whole if token.part == "digit"]
    before = digits[: _before_point(whole)]
    return bool(before) and before[-1].text == "0"


def _before_point(tokens: tuple[Token, ...]) -> int:
    count = 0
    for token in tokens:
        if token.part == "point":
            break
        count += token.part == "digit"
    return count


def _is_dash(section: Section) -> bool:
    """Tell whether a zero is shown as a dash, as accountants do."""
    texts = "".join(token.text for token in section.tokens if token.part == "text")
    signs = set(texts) - _BLANKS
    decorated = all(
        token.part in ("text", "pad")
        or (token.part == "fill" and token.text in _FILLS)
        or (token.part == "digit" and token.text != "0")
        or token.part == "point"
        for token in section.tokens
    )
    return bool(signs) and signs <= _DASHES and decorated


def _draws_the_number(section: Section, place: int) -> bool:
    """Tell whether it shows the number itself, rounded at most; `place` is 1 for negatives."""
    before, number, after = _parted(section)
    return (
        not section.is_date
        and _decorates(before, _BEFORE[place])
        and _decorates(after, _AFTER[place])
        and (_is_general(number) or _is_digits(number) or _is_fraction(number))
        and not scales(number)
    )


def _parted(section: Section) -> tuple[tuple[Token, ...], ...]:
    """Return what stands before the first placeholder, from it to the last one, and behind."""
    tokens = section.tokens
    inner = ("digit", "general", "typed", "comma", "point", "percent", "power", "slash")
    at = [place for place, token in enumerate(tokens) if token.part in inner]
    if not at:
        return tokens, (), ()
    return tokens[: at[0]], tokens[at[0] : at[-1] + 1], tokens[at[-1] + 1 :]


def _decorates(tokens: tuple[Token, ...], allowed: frozenset[str]) -> bool:
    return all(
        token.part == "pad"
        or (token.part == "fill" and token.text in _FILLS)
        or (token.part == "text" and set(token.text) <= allowed)
        for token in tokens
    )


def _is_general(tokens: tuple[Token, ...]) -> bool:
    return len(tokens) == 1 and tokens[0].part in ("general", "typed")


def _is_digits(tokens: tuple[Token, ...]) -> bool:
    """Tell whether these are digits with thousands, a point, a power of ten and nothing else.

    At most one zero before the point: more of them would be shown in front of the number.
    """
    parts = "".join({"digit": "0", "comma": ",", "point": "."}.get(t.part, "x") for t in tokens)
    whole, _, rest = parts.partition(".")
    power = [at for at, token in enumerate(tokens) if token.part == "power"]
    if power:
        head, tail = tokens[: power[0]], tokens[power[0] + 1 :]
        return _is_digits(head) and bool(tail) and all(token.part == "digit" for token in tail)
    zeros = sum(token.text == "0" for token in tokens[: len(whole)] if token.part == "digit")
    return bool(whole) and set(whole) <= {"0", ","} and set(rest) <= {"0"} and zeros <= 1


def _is_fraction(tokens: tuple[Token, ...]) -> bool:
    """Tell whether it is `# ?/?`: a whole number, a blank, a fraction."""
    drawn = "".join("0" if token.part == "digit" else token.text for token in tokens)
    return bool(_FRACTION.fullmatch(drawn))
