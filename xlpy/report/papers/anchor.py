"""The code of a filed paper (核验码): where the run log stood when the paper was made.

It is the hash of the log's last line before the export, shortened to sixteen digits (64 bits), in
groups of four; the fifth group is a check against slips of the pen. A paper in a drawer so holds
every line written before it: whoever writes the log anew comes to another code.
"""

from __future__ import annotations

import re
from binascii import crc_hqx
from collections.abc import Sequence

from xlpy.model.sheets.titled import Banner

LABEL = "核验码"

DIGITS = 16
"""How many digits of the hash a code shows; the check group comes behind them."""

_GROUP = 4
_HEX = re.compile("[0-9A-F]+")
_PRINTED = re.compile(f"{LABEL}：((?:[0-9A-F]{{4}}-){{4}}[0-9A-F]{{4}})")
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_IDLE = dict.fromkeys(
    map(
        ord,
        " \t\r\n\u00a0\u3000\ufeff:-_.,;/|*\"'`<>[]{}()"  # as pasted with what stood around it
        "\u00b7\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2018\u2019\u201c\u201d\u2022\u30fb"
        "。、《》「」『』【】",
    )
)
_ASIDE = re.compile(r"\([^()]*\)")
_LONGEST = 200
_ALIKE = str.maketrans("OIL", "011")  # none of them is a digit here


class MistypedError(ValueError):
    """What was typed is no code; the message says in Chinese why."""


def code_of(digest: str) -> str:
    """Return the code (核验码) of a line of the log by its hash; "" for no line.

    >>> code_of("3f9a0c12d4e5b6a7" + 48 * "0")
    '3F9A-0C12-D4E5-B6A7-B138'
    """
    return grouped(digest[:DIGITS]) if digest else ""


def grouped(digits: str) -> str:
    """Return sixteen digits in groups, with the check group behind them."""
    whole = digits.upper() + _check(digits.upper())
    return "-".join(whole[at : at + _GROUP] for at in range(0, len(whole), _GROUP))


def typed_code(text: str) -> str:
    """Return what somebody typed as a code, however it is spelt; MistypedError for none.

    Blanks, hyphens, stops, quotes, full-width and small letters do not matter, nor an O for a 0,
    nor what a sentence of ours says in brackets; the check group may be left out.

    >>> typed_code("核验码： 3f9a０c12 d4e5—b6a7 b138")
    '3F9A-0C12-D4E5-B6A7-B138'
    """
    if len(text) > _LONGEST:
        raise MistypedError(f"核验码是5组、每组4位，这里有{len(text)}个字")
    digits = typed_digits(text)
    if not digits:
        raise MistypedError("没有输入核验码")
    if not _HEX.fullmatch(digits):
        raise MistypedError("核验码只有数字0至9和字母A至F")
    if len(digits) not in (DIGITS, DIGITS + _GROUP):
        raise MistypedError(f"核验码是5组、每组4位，共{DIGITS + _GROUP}位，这里有{len(digits)}位")
    code = grouped(digits[:DIGITS])
    if not code.replace("-", "").startswith(digits):
        raise MistypedError("最后一组（校验位）与前面各组对不上，有一位抄错了")
    return code


def typed_digits(text: str) -> str:
    """Return the digits of a code as typed, whatever stands around them.

    >>> typed_digits("“5a6e-0O1l”。")
    '5A6E0011'
    """
    narrow = _without_aside(text.translate(_WIDE).replace(LABEL, ""))
    return narrow.translate(_IDLE).upper().translate(_ALIKE)


def _without_aside(text: str) -> str:
    """Return it without what stands in brackets beside a code (括号中的话), where that is none.

    >>> _without_aside("5A6E(印在表的末尾)"), _without_aside("(5A6E)")
    ('5A6E', '(5A6E)')
    """
    rest = _ASIDE.sub("", text)
    return rest if rest.translate(_IDLE) else text


def code_banner(code: str) -> list[Banner]:
    """Return the line of a paper that prints its code; none where there is no code."""
    return [Banner((f"{LABEL}：{code}",), "plain", 22)] if code else []


def printed_code(read: Sequence[Sequence[object]]) -> str:
    """Return the code that stands on a paper as read back, "" for none.

    It is looked for in column A alone, from the foot: a platform may bear any name.
    """
    for row in reversed(read):
        found = _PRINTED.fullmatch(row[0]) if row and isinstance(row[0], str) else None
        if found:
            return found[1]
    return ""


def _check(digits: str) -> str:
    """Return the check group: CRC-16, which sees any one wrong digit and any two swapped."""
    return f"{crc_hqx(digits.encode('ascii'), 0xFFFF):04X}"
