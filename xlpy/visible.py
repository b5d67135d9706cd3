"""Text of strangers where people look at it (可见文字): nothing in it moves, hides or ends a line.

A terminal obeys the control characters it is sent, and a direction sign turns round what follows.
So names of files, sheets and platforms go through here on their way to a screen, a message box,
a file name and a sheet of findings; cells of a form keep what was typed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 2_000
"""Characters shown of one text; findings and sentences of ours are far shorter."""

_CUT: Final = "…"
_LINE_ENDS: Final = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_BLANKS: Final = str.maketrans(dict.fromkeys(_LINE_ENDS, " "))
# Printable by their category, and yet nobody sees them (Default_Ignorable_Code_Point).
_UNSEEN: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_IDEOGRAPHS: Final = range(0x20000, 0x3FFFE)  # of newer standards than this Python knows


def visible(text: str, longest: int = LONGEST) -> str:
    """Return a text on one line, with a sign for every character that nobody sees.

    Line ends and tabs become blanks; controls, direction signs, zero-width and private
    characters, half surrogates become their number. What is longer than `longest` ends in `…`.

    >>> visible("甲平台\\x1b[2J.xlsx"), visible("a\\u202exslx.exe"), visible("第一行\\n第二行")
    ('甲平台<U+001B>[2J.xlsx', 'a<U+202E>xslx.exe', '第一行 第二行')
    """
    if len(text) > longest:
        text = text[:longest] + _CUT
    if text.isprintable() and (text.isascii() or not _UNSEEN.search(text)):
        return text
    text = text.replace("\r\n", " ").translate(_BLANKS)
    return "".join(one if is_visible(one) else f"<U+{ord(one):04X}>" for one in text)


def is_visible(character: str) -> bool:
    """Tell whether a character is seen where it stands, be it as a blank (看得见的字符)."""
    if character.isprintable():
        return _UNSEEN.match(character) is None
    category = unicodedata.category(character)
    return category == "Zs" or (category == "Cn" and ord(character) in _IDEOGRAPHS)
