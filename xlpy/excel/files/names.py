"""File names from what people typed (安全文件名)."""

from __future__ import annotations

import re

from xlpy.visible import is_visible

_LONGEST = 80
_STEM = 60  # signs of a name before its tail
_LONGEST_BYTES = 200  # a disk allows 255; the caller adds a code and a suffix
_SEPARATORS = re.compile(r'[\\/:*?"<>|]+')
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])", re.IGNORECASE)
_EMPTY = "未命名"


def safe_stem(text: str, tail: str) -> str:
    """Return text and tail as a file name without suffix: however long the text, the tail stands.

    >>> safe_stem("甲平台", "101M"), safe_stem("甲" * 300, "101M")[58:]
    ('甲平台-101M', '甲甲-101M')
    """
    return safe_name(f"{safe_name(text)[:_STEM]}-{tail}")


def safe_name(text: str) -> str:
    """Return text as a file name without suffix that every system takes.

    No separators, no characters that nobody sees (control, direction, zero-width), no names
    Windows keeps for itself, no leading or trailing dots or blanks, no leading `~`; at most 80
    characters.

    >>> safe_name("../甲/乙平台. "), safe_name("con"), safe_name("")
    ('_甲_乙平台', '_con', '未命名')
    """
    seen = "".join(" " if c.isspace() else c for c in text if c.isspace() or is_visible(c))
    name = _SEPARATORS.sub("_", seen).strip(". ").lstrip("~. ")
    name = name[:_LONGEST].encode("utf-8")[:_LONGEST_BYTES].decode("utf-8", errors="ignore")
    name = name.rstrip(". ") or _EMPTY
    return f"_{name}" if _RESERVED.fullmatch(name.partition(".")[0].rstrip()) else name
