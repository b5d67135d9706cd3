"""Names told apart as the readers of forms tell them (名称对照): neither width nor blanks count.

Two levels that only differ so would be one to whoever reads a form, and the money would follow
the wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from xlpy.model.keys import folded

ALIKE = "只差全角半角、空格或大小写，读表时分不开"
APART = "改成明显不同的叫法，或删去其中一个"

_OPERATOR = re.compile(r"^[=<>+@-]|[*?~]")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_VALUE = re.compile(
    r"[0-9,]*\.?[0-9]+%?|[0-9.]+e[+-]?[0-9]+|[0-9 ]+/[0-9]+"  # numbers and fractions
    r"|[0-9]{1,4}[-/年][0-9]{1,2}(?:[-/月](?:[0-9]{1,4}日?)?)?|[0-9]{1,2}月[0-9]{1,2}日"  # days
    r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|true|false|#n/a",
    re.IGNORECASE,
)
MISREAD_CURE = "改用文字，如把“>5”写成“超过5”，“3”写成“3星”，“1-3”写成“1至3”"


def label(text: str) -> str:
    """Return a label as compared: its star and colon do not count either.

    >>> label("平台名称 *") == label("平台名称：")
    True
    """
    return folded(text).strip("*").rstrip(":")


def twins(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each name that an earlier one is compared equal with, and that one.

    >>> list(twins(["A级", "B级", "Ａ 级"]))
    [('Ａ 级', 'A级')]
    """
    seen: dict[str, str] = {}
    for name in names:
        key = label(name)
        if key in seen:
            yield name, seen[key]
        seen.setdefault(key, name)


def misread(name: str) -> str:
    """Return what a spreadsheet takes a name for that is chosen or counted by, "" where it is text.

    Criteria of COUNTIFS begin with a comparison and have wildcards; a cell typed into an open
    workbook that begins like a formula becomes one, and one like a number or a day is none of text.

    >>> misread(">5"), misread("A+")
    ('里有“>”，表格的公式会当作运算或通配', '')
    >>> misread("2031-01-01")
    '像数字或日期，填进单元格就不是文字了'
    """
    half = name.translate(_HALF_WIDTH).strip()
    if found := _OPERATOR.search(half):
        return f"里有“{found.group()}”，表格的公式会当作运算或通配"
    return "像数字或日期，填进单元格就不是文字了" if _VALUE.fullmatch(half) else ""


def told(name: str, other: str) -> tuple[str, str]:
    """Return what is wrong with two names alike, and the cure."""
    if name == other:
        return f"的名称“{name}”写了两次", "改名或删去其中一个"
    return f"的名称“{name}”与“{other}”{ALIKE}", APART


def named_like(name: str, taken: Mapping[str, str]) -> str:
    """Return where the name is taken, "" where it is free; `taken` maps names to their places."""
    return {label(one): place for one, place in taken.items()}.get(label(name), "")
