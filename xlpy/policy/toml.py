"""Opening one of our TOML files (政策文件、表格说明、目录) to be read strictly."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from xlpy.errors import EditionError
from xlpy.policy.strict import Fault, FaultError, Faults, Strict

_DEEPEST = 20
_LARGEST = 10**18


def read_toml(path: Path, sort: str) -> Strict:
    """Return the file's top table, its fractions as exact decimals; raises `EditionError`.

    `sort` is what the sentences of a refusal call such a file, e.g. 政策文件.
    """
    return Strict(sort=sort, file=path.name, cells=cells_of(read_text(path, sort), sort, path.name))


def read_text(path: Path, sort: str, name: str = "") -> str:
    """Return the text of a file as it counts: without a byte order mark, its lines ended by \\n.

    `name` is how sentences name the file, unless by its own. Raises `EditionError`.
    """
    name = name or path.name
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError:
        raise EditionError(f"读不到{sort}{name}，请核对它是否在{path.parent}。") from None
    except UnicodeDecodeError:
        cure = "另存为UTF-8后再试"
        raise FaultError(Fault(f"{sort}{name}", "", "不是UTF-8编码", cure)) from None
    return text.replace("\r\n", "\n")


@lru_cache(maxsize=16)
def cells_of(text: str, sort: str, name: str) -> dict[str, Any]:
    """Return the cells of a text in TOML, fractions as exact decimals; raises `EditionError`.

    Nobody changes them: the same text is parsed once.
    """
    try:
        cells = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise FaultError(_not_toml(f"{sort}{name}", str(error), text)) from None
    if what := _unfit(cells):
        raise FaultError(Fault(f"{sort}{name}", "", f"不合TOML语法（{what}）", "改短或删去"))
    return cells


def _unfit(cells: dict[str, Any]) -> str:
    """Say what no file of ours holds, though TOML allows it; "" where there is nothing of it."""
    level: list[Any] = [cells]
    for _ in range(_DEEPEST):
        level = [part for one in level for part in _parts(one)]
        if any(isinstance(one, int) and abs(one) > _LARGEST for one in level):
            return "数字太长"
        if not level:
            return ""
    return f"表套了{_DEEPEST}层以上"


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def strict_toml(text: str, sort: str, name: str, faults: Faults | None = None) -> Strict:
    """Return the top table of a text in TOML; raises `EditionError`."""
    return Strict(sort=sort, file=name, cells=cells_of(text, sort, name), faults=faults)


def _not_toml(file: str, message: str, text: str) -> Fault:
    """Say in Chinese what tomllib found, on which line, and how to write it."""
    place = re.search("line ([0-9]+)", message)
    line = f"第{place.group(1)}行" if place else "末尾"
    if "overwrite" in message or "twice" in message or "declare" in message:
        return Fault(file, "", f"的{line}把同一个键或表写了两次", "删去其中一个")
    lines = text.splitlines() or [""]
    written = lines[min(int(place.group(1)) if place else len(lines), len(lines)) - 1]
    return Fault(file, "", f"的{line}不合TOML语法", _cure(message, _QUOTED.sub("", written)))


def _cure(message: str, written: str) -> str:
    """Return how to mend a line, by what stands in it outside quotes and comments."""
    if wide := next((one for one in written if one in _WIDE), ""):
        if not wide.isprintable() or wide.isspace():
            return "把看不见的空格改为半角的空格或删去"
        return f"把全角的「{wide}」改为半角的「{_WIDE[wide]}」"
    if "%" in written:
        return "把比例写成小数，如百分之四十写 0.4"
    if "date" in message or _SLASHED.search(written):
        return "核对日期，写成 2031-01-31 的样子，并且确有这一天"
    for words, cure in _CURES:
        if words in message:
            return cure
    return "核对引号、括号和等号"


_QUOTED = re.compile(r"""\"[^"]*"|'[^']*'|#.*""")
_SLASHED = re.compile(r"[0-9]+[/.年][0-9]+[/.月][0-9]+")
_WIDE: Mapping[str, str] = {
    **{chr(0xFF00 + n): chr(0x20 + n) for n in range(1, 0x5F)},  # full-width forms
    **dict(zip("“”‘’【】。", '""""[].', strict=True)),
    **dict.fromkeys("\u00a0\u2002\u2003\u3000\ufeff\u200b", " "),
}
"""Signs of a Chinese keyboard, or of a text pasted from elsewhere, and the one that is meant."""

_CURES = (
    ("Invalid value (at end", "补上等号后面的内容，有方括号的配成对"),
    ("Unterminated string", "把引号配成对，一段文字写在一行里"),
    ("Illegal character", "把引号配成对，一段文字写在一行里"),
    ("Unclosed array", "补上方括号 ] 和各项之间的逗号"),
    ("Unclosed inline table", "补上花括号 } 和各项之间的逗号"),
    ("Expected ']", "补上方括号"),
    ("Expected '='", "写成“键 = 值”的样子，说明前面加井号 #"),
    ("Unescaped", "把反斜杠写成两个"),
    ("Invalid value", "把文字写在英文引号里，数字、日期、true、false 不加引号"),
    ("Expected newline", "在一行里只写一个“键 = 值”，文字写在英文引号里"),
)
"""What tomllib says, or we, and how it is mended."""
