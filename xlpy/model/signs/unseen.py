"""Signs nobody sees (看不见的字符): one list, what is taken out of a text and what is told.

Honest text has them too: a telephone copied from a contact list, a name out of a web page. What
changes nothing for the eye is taken out (`as_seen`); what makes a reader see other text than the
cell holds is told (`turning`). Joiners and variants stay where a script needs them (Uyghur,
Mongolian, Tibetan, Indic): there they shape the letters people see.
"""

from __future__ import annotations

import re
import unicodedata

_GONE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls, but for tab and line ends
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f"  # zero width, direction
    "\ufe00-\ufe0f\ufeff\ufff0-\ufffc"  # variants, byte order, annotations, objects
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # no characters at all
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
)
_LIKE_BLANKS = "\u2800\u3164\uffa0"  # fillers as wide as a letter
UNSEEN = f"{_GONE}{_LIKE_BLANKS}"
"""All of them, as they stand in the brackets of a pattern."""

LOST = "\N{REPLACEMENT CHARACTER}"
"""Stands where a program could not read a sign: what it was, nobody knows. We print a box."""

_BOX = "\N{WHITE SQUARE}"

_JOINED = (
    "\u0600-\u08ff\u0900-\u0dff\u0f00-\u0fff\u1800-\u18af\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
)
_MONGOL = "\u1807\u180a\u1820-\u18aa"
_JOINERS = "\u200c\u200d"
_ALWAYS = _GONE.replace("\u180b-\u180f", "").replace("\u200b-\u200f", "\u200b\u200e\u200f")
# Patterns of what hardly any text has are compiled where a text has it: all of them take two
# milliseconds, at every start.
_STRIPPED = (
    f"[{_ALWAYS}]"
    f"|(?<![{_JOINED}{_JOINERS}])[{_JOINERS}]|[{_JOINERS}](?![{_JOINED}{_JOINERS}])"
    f"|(?<![{_MONGOL}])[\u180b-\u180f]"
)
_FILLERS = f"[{_LIKE_BLANKS}]"
_ENDS = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"

# What `str.isprintable` lets pass, of all that is looked for here.
_PRINTED = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc\ufffd"
    "\U000e0100-\U000e01ef]"
)
_TURNS = "[\u202b\u202e\u2067]"
_MARKS = "(?s:(?<=.)[\u061c\u200f](?=.))"
_FORCED = "[\u202d\u202e]"
_PRIVATE = "[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]"
_EDGES = "\u061c\u200b-\u200f\u202a\u202c-\u202d\u2060\u2066\u2068\u2069\ufeff"
_AROUND = rf"\A[\s{_EDGES}]+|[\s{_EDGES}]+\Z"
_NAMED = 3
"""How many signs of a text a finding names."""


def is_plain(text: str) -> bool:
    """Tell at once that a text has nothing of what is looked for here; most have not.

    >>> is_plain("蚌埠·甲平台 1"), is_plain("甲\\u200b"), is_plain("甲\\ufe00"), is_plain("甲\\n")
    (True, False, False, False)
    """
    return text.isprintable() and (text.isascii() or _PRINTED.search(text) is None)


def as_seen(text: str) -> str:
    """Return what people see of a text: unseen signs go, line ends are `\\n`, fillers blanks.

    >>> as_seen("甲\\u200b\\u202a平\\ufe0f台\\u3164一\\r\\n二\\x07")
    '甲平台 一\\n二'
    """
    if is_plain(text):
        return text
    text = re.sub(_STRIPPED, "", re.sub(_ENDS, "\n", text))
    return re.sub(_FILLERS, " ", text).replace(LOST, _BOX)


def on_one_line(text: str) -> str:
    """Return what people see of a text that has one line only: its line ends are blanks.

    >>> on_one_line("蚌埠\\r\\n甲\\t平台\\u2028")
    '蚌埠 甲 平台'
    """
    if is_plain(text):
        return text
    return re.sub("[ \t]*[\n\t][\n\t ]*", " ", as_seen(text)).strip()


def turning(text: str) -> str:
    """Return the first signs that turn the direction of a text, named; "" where there are none.

    Those that lead from left to right change nothing in a text that runs so anyway: phones put
    them around numbers. A mark from right to left says something between two signs only.

    >>> turning("甲\\u202e乙"), turning("\\u202a13955212345\\u202c\\u200f"), turning("1\\u200f2")
    ('U+202E', '', 'U+200F')
    """
    if text.isascii() or text.isprintable():
        return ""
    if any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text if sign.isalpha()):
        found = re.findall(_FORCED, text)  # letters that run from right to left: marks are at home
    else:
        found = re.findall(_TURNS, text) or re.findall(_MARKS, re.sub(_AROUND, "", text))
    return named(found)


def private(text: str) -> str:
    """Return the signs of a text that only some fonts have (造字), named; "" for none.

    >>> private("甲\\ue863乙"), private("甲乙𠮷")
    ('U+E863', '')
    """
    return "" if text.isprintable() else named(re.findall(_PRIVATE, text))


def without_private(text: str) -> str:
    """Return a text without private signs: bullets and ticks of symbol fonts before a word.

    >>> without_private("\\uf0b7平台名称"), without_private("平台名称")
    ('平台名称', '平台名称')
    """
    return text if text.isprintable() else re.sub(_PRIVATE, "", text)


def named(signs: list[str]) -> str:
    """Return signs by their numbers: nobody can see them."""
    return "、".join(f"U+{ord(one):04X}" for one in dict.fromkeys(signs[:_NAMED]))
