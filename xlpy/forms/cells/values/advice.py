"""What was probably meant (建议的数): the whole amount of a text that is no number, or a question.

It stands in the advice alone and is never an answer. Where two numbers may be meant both are
named; where nobody can tell, the advice asks. All arithmetic is exact.
"""

from __future__ import annotations

import re
from decimal import Decimal

from xlpy.model.number import plain
from xlpy.policy.phrases.phrase import PhraseError, converted, scale_and_base

_MOST_DIGITS = 15
_LONGEST = 40
_ANY = "，如 12"
_ASK = "，写明小数点，不用逗号或空格分隔（现在的写法看不出是多少）"

_SPELT = "，全部用阿拉伯数字写明（现在的写法看不出是多少）"
_NONE = ""

# Few cells need advice: `re` compiles and remembers these patterns when they do.
_RUN = r"[.,']?[0-9](?:[ ,'.。·]*[0-9])*"
_STOPS = "[.。·]"
_APART = "[ ,']"
_LETTER = "[A-Za-z]"
_UNIT = r"\s*([^\d\s]{1,3})"
_ONE_READING = (
    r"[0-9]{1,3}(?:[ ,']+[0-9]{3})+(?:\.[0-9]*)?|[0-9]*(?:\.[0-9]*)?"  # 1,234.5 or 1234.5
)
_DOTTED = r"[0-9]{1,3}(?:\.[0-9]{3}){2,}"  # 1.234.567
_DOTS_THEN_COMMA = r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}"  # 1.234,5
_LAST_COMMA = r"(?P<head>(?:[0-9]{1,3}(?:,[0-9]{3})*|[0-9]*)),(?P<tail>[0-9]+)"

_DIGITS = {sign: str(n) for n, sign in enumerate("零一二三四五六七八九")}
_OTHER_SIGNS = str.maketrans(
    "\u3007\u25cb壹贰叁肆伍陆柒捌玖两兩貳參陸拾佰仟萬億",
    "零零一二三四五六七八九二二二三六十百千万亿",
)
_LETTERS_FOR = tuple(
    (re.compile(rf"(?<=[0-9]) *{letters}(?![A-Za-z])"), word)
    for letters, word in (("[Ww]", "万"), ("[Kk]", "千"))
)
_AROUND = (
    "(?:人民币|RMB|CNY|[\u00a5\uffe5]|约合|大约|约|将近|近|共计|共|合计|总计"
    "|超过|超|不足|不到|[<>~≥≤≈])"
)
_VAGUE = "(?:人民币|左右|上下|以上|以内|以下|多|余|整|正|[+])"
_COUNTED = (
    rf"(?i) *(?:{_AROUND} *)*(?P<numeral>[0-9零一二三四五六七八九十百千万亿点., 多余]*"
    rf"[零一二三四五六七八九十百千万亿][0-9零一二三四五六七八九十百千万亿点., 多余]*)"
    rf"{_VAGUE}* *(?P<unit>[^0-9\s]{{0,3}}?) *{_VAGUE}* *"
)
_ONE = r"([零一二三四五六七八九]|[0-9]+(?:\.[0-9]+)?)"
_SECTION = rf"(?:{_ONE}千)?(?:零?{_ONE}百)?(?:零?{_ONE}?(十))?(?:(零?){_ONE})?"
_POINT = "([零一二三四五六七八九])点([零一二三四五六七八九]+)"
_ALONE = "[0-9., ]*[0-9][., ]*[万亿]*"
_TWO = "[0-9]{3}(?: [0-9]{3})+"
_UNITS = frozenset(("", "元", *"家人个户名次场笔项台件份期", "人次", "场次", "万元", "亿元", "%"))
_SCALES = (("亿", 10**8), ("万", 10**4))


def example(folded: str, unit: str) -> str:
    """Return the end of an advice: the number that was typed, two readings of it, or a question.

    >>> example("5000W", "万元"), example("三千五百", "家"), example("1,5", "万元")
    ('，如 5000', '，如 3500', '，如 1.5 或 15')
    """
    for letters, word in _LETTERS_FOR:
        folded = letters.sub(word, folded)
    written = folded.translate(_OTHER_SIGNS)
    counted = re.fullmatch(_COUNTED, written) if len(written) <= _LONGEST else None
    if counted is not None and not re.fullmatch(_ALONE, counted["numeral"]):
        return _counted(counted["numeral"], counted["unit"], unit)
    runs = [] if re.search(_LETTER, folded) else list(re.finditer(_RUN, folded))  # 1e3 is not 1
    if len(runs) != 1 or len(runs[0].group()) > 2 * _MOST_DIGITS:
        return _ANY
    found = _readings(re.sub(_STOPS, ".", runs[0].group()))
    behind = re.match(_UNIT, folded[runs[0].end() :])
    words = behind[1] if behind else unit
    return _named([_in_unit(one, words, unit) for one in found])


def _named(found: list[Decimal]) -> str:
    if not found:
        return _ASK
    if any(one.adjusted() >= _MOST_DIGITS for one in found):
        return _ANY
    return "，如 " + " 或 ".join(dict.fromkeys(map(plain, found)))


def _readings(run: str) -> list[Decimal]:
    """Return what digits with separators between them can mean; nothing when nobody can tell."""
    if re.fullmatch(_TWO, run):
        return []
    if re.fullmatch(_DOTTED, run):
        return [Decimal(run.replace(".", ""))]
    if re.fullmatch(_DOTS_THEN_COMMA, run):
        return [Decimal(run.replace(".", "").replace(",", "."))]
    if re.fullmatch(_ONE_READING, run):
        return [Decimal(re.sub(_APART, "", run))]
    last = re.fullmatch(_LAST_COMMA, run)
    if last is None:
        return []
    head, tail = last["head"].replace(",", ""), last["tail"]
    decimal = Decimal(f"{head or 0}.{tail}")
    return [decimal] if head == "0" else [decimal, Decimal(head + tail)]


def _in_unit(found: Decimal, words: str, unit: str) -> Decimal:
    for longest in (3, 2, 1):
        try:
            return converted(found, words[:longest], unit)
        except PhraseError:
            continue  # 4亿多元: 亿 is left
    return found


def _counted(numeral: str, written: str, unit: str) -> str:
    """Return the advice for a number that has words in it, in the unit of the cell."""
    tidy = re.sub("[ 多余]", "", numeral)
    found = amount(tidy)
    scale, base = scale_and_base(unit)
    if written not in _UNITS | {base, unit}:
        return _ANY  # 一般
    if found is None:
        return _SPELT
    if written and written != base and "元" in (written, base):
        return _NONE  # money in a cell of firms, or firms in one of money
    if written == base or "万" in tidy or "亿" in tidy:
        found = found / scale
    return _named([found])


def amount(text: str) -> Decimal | None:
    """Return a number in words, or in digits and words; None where it is not written out.

    >>> [str(amount(one)) for one in ("三千五百", "5千万", "1亿2000万", "一百零五", "十二")]
    ['3500', '50000000', '120000000', '105', '12']
    >>> amount("一万五"), amount("百")  # 15,000 or 10,005?
    (None, None)
    """
    if len(text) > 2 * _MOST_DIGITS:
        return None
    if len(text) > 1 and all(sign in _DIGITS for sign in text):
        return Decimal("".join(_DIGITS[sign] for sign in text))
    total, rest, above = Decimal(0), text, False
    for sign, scale in _SCALES:
        head, found, tail = rest.partition(sign)
        if found:
            part = _section(head, above=above)
            if part is None or part == 0:
                return None
            total, rest, above = total + part * scale, tail, True
    if rest:
        part = _section(rest, above=above)
        return None if part is None else total + part
    return total if above else None


def _section(text: str, *, above: bool) -> Decimal | None:
    """Return what stands before 万, 亿 or alone; `above` when something larger stands before it."""
    point = re.fullmatch(_POINT, text)
    if point is not None:
        return Decimal(f"{_DIGITS[point[1]]}.{''.join(_DIGITS[one] for one in point[2])}")
    tidy = text.removeprefix("零") if above else text
    grouped = re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+(\.[0-9]+)?(?=[千百]?)", tidy)
    tidy = tidy.replace(",", "") if grouped else tidy
    match = re.fullmatch(_SECTION, tidy) if tidy else None
    if match is None:
        return None
    thousands, hundreds, tens, ten, gap, ones = match.groups()
    short = ones is not None and len(ones) == 1 and not gap and not text.startswith("零")
    if short and not ten and (thousands or hundreds or above):
        return None  # 一百五 is 150
    return (
        _value(thousands) * 1000
        + _value(hundreds) * 100
        + (_value(tens or "一") * 10 if ten else 0)
        + _value(ones)
    )


def _value(sign: str | None) -> Decimal:
    return Decimal(_DIGITS.get(sign, sign)) if sign else Decimal(0)
