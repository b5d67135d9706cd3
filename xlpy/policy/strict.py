"""A table of one of our TOML files, read strictly: each surprise refused by name (严格读取)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NoReturn, TypeVar, cast

from xlpy.errors import EditionError

W = TypeVar("W", bound=str)

_ORDINAL = "[一二三四五六七八九十百零]+"
_ARTICLE = re.compile(
    rf"第{_ORDINAL}条(?:第{_ORDINAL}款)?(?:\({_ORDINAL}\)|第(?:{_ORDINAL}|[1-9][0-9]?)项)?"
)
_ID = re.compile(r"[a-z][a-z0-9_]*")
_TOO_MUCH = Decimal(10) ** 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Strict:
    """A table of a TOML file (规则表) that gives no cell away unchecked.

    `read_toml` opens a file as one.

    `sort` is what people call such a file, e.g. 政策文件; `path` says where in the `file` the
    table stands, e.g. level「省级」. Call `only` first: it refuses the keys nobody would read.
    """

    sort: str
    file: str
    path: str = ""
    cells: Mapping[str, object]

    def refuse(self, key: str, wrong: str, cure: str) -> NoReturn:
        """Raise `EditionError`: one sentence with file, key, what is wrong and the cure."""
        where = ".".join(part for part in (self.path, key) if part)
        raise EditionError(f"{self.sort}{self.file}的“{where}”{wrong}，请{cure}。")

    def only(self, *needed: str, optional: Sequence[str] = ()) -> None:
        """Refuse a key that is not known here, then a key that is missing."""
        known = dict.fromkeys((*needed, *optional))
        for key in self.cells:
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1)
                hint = f"改为“{near[0]}”或删去" if near else f"删去，这里只认{'、'.join(known)}"
                self.refuse(key, "不是这里认得的键", hint)
        for key in needed:
            if key not in self.cells:
                self.refuse(key, "缺失", "补上这一项")

    def text(self, key: str, *, empty: bool = False) -> str:
        """Return a text without blanks around it; "" only where `empty` allows it."""
        value = self._get(key)
        if not isinstance(value, str):
            self._mistyped(key, value, "文字，写在引号里")
        self._check_text(key, value, empty=empty)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, each written once."""
        value = self._get(key)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self._mistyped(key, value, '一组文字，如 ["是", "否"]')
        if not value:
            self.refuse(key, "是空的", "至少写一项")
        for n, one in enumerate(value):
            self._check_text(key, one)
            if one in value[:n]:
                self.refuse(key, f"把“{one}”写了两次", "删去其中一个")
        return tuple(value)

    def one_of(self, key: str, known: Collection[W]) -> W:
        """Return the one of the known words that stands under `key`."""
        value = self.text(key)
        if value not in known:
            cure = f"改为{'、'.join(known)}{'之一' if len(known) > 1 else ''}"
            self.refuse(key, f"为“{value}”", cure)
        return cast(W, value)

    def id(self, key: str = "id") -> str:
        """Return a short name for the program: small letters, digits and underscores."""
        value = self.text(key)
        if not _ID.fullmatch(value):
            self.refuse(key, f"写作“{value}”", "只用小写字母、数字和下划线，并以字母开头")
        return value

    def article(self, key: str = "article") -> str:
        """Return an article (条款), e.g. 第四条(一) or 第十六条第2项, as printed."""
        value = self.text(key)
        if not _ARTICLE.fullmatch(value):
            cure = "写成“第四条”“第四条(一)”或“第十六条第2项”的形式（用半角括号）"
            self.refuse(key, f"写作“{value}”", cure)
        return value

    def number(self, key: str) -> Decimal:
        """Return an exact number, zero or more."""
        value = self._get(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self._mistyped(key, value, "数字，不加引号")
        number = Decimal(value)
        if not number.is_finite() or number.is_signed() or number >= _TOO_MUCH:
            self.refuse(key, f"写作{value}", "填写零或大于零、不到一万亿的数")
        return number

    def whole(self, key: str, *, zero: bool = False) -> int:
        """Return a whole number above zero; zero only where `zero` allows it."""
        number = self.number(key)
        if number != number.to_integral_value() or (number == 0 and not zero):
            cure = "填写零或大于零的整数" if zero else "填写大于零的整数"
            self.refuse(key, f"为{number}", cure)
        return int(number)

    def flag(self, key: str) -> bool:
        """Return true or false."""
        value = self._get(key)
        if not isinstance(value, bool):
            self._mistyped(key, value, "true 或 false")
        return value

    def date(self, key: str) -> date:
        """Return a date without a time."""
        value = self._get(key)
        if isinstance(value, datetime) or not isinstance(value, date):
            self._mistyped(key, value, "日期，如 2022-08-23，不加引号")
        return value

    def table(self, key: str) -> Strict:
        """Return the table under `key`."""
        value = self._get(key)
        if not isinstance(value, dict):
            self._mistyped(key, value, "一个表")
        return self._inner(key, value)

    def tables(self, key: str, named_by: str = "", *, empty: bool = False) -> tuple[Strict, ...]:
        """Return the tables of a list; in messages each goes by its `named_by`, else its number."""
        value = self._get(key)
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self._mistyped(key, value, "一组表")
        if not value and not empty:
            self.refuse(key, "是空的", "至少写一项")
        names = [one.get(named_by, f"第{n}项") for n, one in enumerate(value, start=1)]
        for n, name in enumerate(names):
            if name in names[:n]:
                self.refuse(f"{key}「{name}」", f"的{named_by}写了两次", "改名或删去其中一个")
        return tuple(
            self._inner(f"{key}「{name}」", cells) for name, cells in zip(names, value, strict=True)
        )

    def _get(self, key: str) -> object:
        if key not in self.cells:
            self.refuse(key, "缺失", "补上这一项")
        return self.cells[key]

    def _check_text(self, key: str, value: str, *, empty: bool = False) -> None:
        if value != value.strip() or not value.isprintable():
            self.refuse(key, f"写作“{value}”，首尾有空格或含有换行等字符", "删去多余的字符")
        if not value and not empty:
            self.refuse(key, "是空的", "填写文字")

    def _inner(self, key: str, cells: Mapping[str, object]) -> Strict:
        path = f"{self.path}.{key}" if self.path else key
        return Strict(sort=self.sort, file=self.file, path=path, cells=cells)

    def _mistyped(self, key: str, value: object, needed: str) -> NoReturn:
        self.refuse(key, f"的值{_shown(value)}类型不对", f"改为{needed}")


def _shown(value: object) -> str:
    """Return a value as the officer wrote it, long ones by their kind."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return "（一个表）" if isinstance(value, dict) else "（一组值）"
    return f"“{value}”" if isinstance(value, str) else str(value)
