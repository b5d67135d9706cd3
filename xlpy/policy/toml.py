"""Opening one of our TOML files (政策文件、表格说明、目录) to be read strictly."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from xlpy.errors import EditionError
from xlpy.policy.strict import Fault, FaultError, Faults, Strict
from xlpy.visible import visible

_DEEPEST = 20
_LARGEST = 10**18
_SHOWN = 160  # characters of what tomllib says


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
        raise FaultError(_not_toml(f"{sort}{name}", str(error))) from None
    if what := _unfit(cells):
        raise FaultError(_not_toml(f"{sort}{name}", what))
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


def _not_toml(file: str, message: str) -> Fault:
    """Say in Chinese what tomllib found, and on which line."""
    place = re.search("line ([0-9]+)", message)
    line = f"第{place.group(1)}行" if place else "末尾"
    if "overwrite" in message or "twice" in message or "declare" in message:
        return Fault(file, "", f"的{line}把同一个键或表写了两次", "删去其中一个")
    cure = f"核对引号、括号和等号（{visible(message, _SHOWN)}）"
    return Fault(file, "", f"的{line}不合TOML语法", cure)
