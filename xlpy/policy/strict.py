"""A table of one of our TOML files, read strictly: each surprise refused by name (严格读取)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from typing import Any, Concatenate, NamedTuple, NoReturn, ParamSpec, TypeVar, cast

from xlpy.errors import EditionError
from xlpy.visible import visible

W = TypeVar("W", bound=str)
T = TypeVar("T")
P = ParamSpec("P")

_ORDINAL = "[一二三四五六七八九十百零]+"
_ARTICLE = re.compile(
    rf"第{_ORDINAL}条(?:第{_ORDINAL}款)?(?:\({_ORDINAL}\)|第(?:{_ORDINAL}|[1-9][0-9]?)项)?"
)
_ID = re.compile(r"[a-z][a-z0-9_]*")
_WORD = re.compile(r"\{([^{}]*)\}")
_SHOWN, _CURE, _ITEMS = 240, 600, 24  # signs of a part of a sentence, and what a cure lists
_LONGEST: Mapping[str, int] = {
    **dict.fromkeys(("unit",), 20),
    **dict.fromkeys(("id", "name", "printed", "grade", "line", "sheet"), 40),
    **dict.fromkeys(("city", "bureau", "meeting", "categories", "others"), 40),
    **dict.fromkeys(("not_listed", "absent", "excused", "excused_printed"), 40),
    **dict.fromkeys(("choices", "best_first"), 60),
    **dict.fromkeys(("label", "former", "key", "columns"), 50),
    **dict.fromkeys(("platform", "authority", "recognised_by", "activity", "activity_not"), 60),
    **dict.fromkeys(("field", "is", "fact", "not_above", "not_before"), 60),
    **dict.fromkeys(("title", "paid_under", "phrase", "grades"), 120),
    **dict.fromkeys(("hint", "former_hints"), 255),
}
"""The most signs of a text by its key: what cells, headings and prompts of Excel have room for."""

_LONGEST_TEXT = 1000

_ONCE = {
    "measure": "删去其中一个，一个量只能写一个界限",
    "field": "删去其中一个，一个项目只能写一个条件",
}
"""The cure of tables named by what is asked about, which nobody can rename."""

_TOO_MUCH = Decimal(10) ** 12


def _few(cure: str) -> str:
    """Return a cure that lists no more than a few things to choose from."""
    parts = cure.split("、")
    if len(parts) <= _ITEMS:
        return cure
    end = re.search("(?:之一|中的)?$", cure)
    return f"{'、'.join(parts[:_ITEMS])}等{end.group() if end else ''}"


class Fault(NamedTuple):
    """One mistake in a file (一处错误): where it stands, what is wrong, and the cure."""

    file: str  # with what people call such a file, e.g. 政策文件bengbu-2022/edition.toml
    key: str  # "" for a file that cannot be read as a whole
    wrong: str
    cure: str

    @property
    def sentence(self) -> str:
        """Return it as one sentence."""
        key, wrong = visible(self.key, _SHOWN), visible(self.wrong, _SHOWN)
        place = visible(self.file, _SHOWN) + (f"的“{key}”" if key else "")
        return f"{place}{wrong}，请{visible(_few(self.cure), _CURE)}。"


class Sourced(dict[str, Any]):
    """A table put together from two files (合成的表): which file each of its keys is from."""

    def __init__(
        self,
        cells: Mapping[str, Any],
        file: str,
        others: Mapping[str, str],
        replaced: Mapping[str, object] | None = None,
        own: str = "",
    ) -> None:
        super().__init__(cells)
        self.file = file
        self.others = others  # the keys that are from another file, and that file
        self.replaced = replaced or {}  # what stood under those keys before
        self.own = own or file  # the other file, also where no key is from it
        self.common: Mapping[str, Any] = {}  # the table as it was before


@dataclass(slots=True)
class Faults:
    """What was found wrong so far (已发现的错误), where all of it is wanted and not the first only.

    `spoilt` are the tables with a fault: what does not fit in them may only follow from it.
    `unread` are the files of which nothing is known, e.g. filing.toml.
    """

    found: dict[Fault, None] = field(default_factory=dict)
    spoilt: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)

    def inside(self, path: str) -> bool:
        """Tell whether something in the table at this path has a fault."""
        return any(one == path or one.startswith((f"{path}.", f"{path}「")) for one in self.spoilt)

    def within(self, *keys: str) -> bool:
        """Tell whether a table under one of these keys on top has a fault."""
        return any(re.split(r"[.「]", path)[0] in keys for path in self.spoilt)


class FaultError(EditionError):
    """A mistake in one of our files (规则文件有误): its text is the sentence of its `fault`."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.sentence)
        self.fault = fault


def _leaf(
    instead: object,
) -> Callable[[Callable[Concatenate[Strict, P], T]], Callable[Concatenate[Strict, P], T]]:
    """Let a reading of one key give `instead` where all faults are wanted."""

    def wrapped(read: Callable[Concatenate[Strict, P], T]) -> Callable[Concatenate[Strict, P], T]:
        @wraps(read)
        def lenient(table: Strict, /, *more: P.args, **words: P.kwargs) -> T:
            if table.faults is None:
                return read(table, *more, **words)
            try:
                return read(table, *more, **words)
            except EditionError:
                table.faults.spoilt.add(table.path)
                return cast(T, instead)

        return lenient

    return wrapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Strict:
    """A table of a TOML file (规则表) that gives no cell away unchecked.

    `read_toml` opens a file as one.

    `sort` is what people call such a file, e.g. 政策文件; `path` says where in the `file` the
    table stands, e.g. level「甲级」. Call `only` first: it refuses the keys nobody would read.
    `words` fill the {places} of its texts: with none in them a text may have no places, without
    `words` somebody else fills them. The first fault raises; with `faults` all are kept, and a
    key that cannot be read gives a value without meaning.
    """

    sort: str
    file: str
    path: str = ""
    cells: Mapping[str, object]
    words: Mapping[str, str] | None = None
    faults: Faults | None = None

    def refuse(self, key: str, wrong: str, cure: str) -> NoReturn:
        """Raise `FaultError`: one sentence with file, key, what is wrong and the cure.

        What a table says wrong once something in it could not be read is not told: it may only
        follow from that.
        """
        if self.faults is not None and self.path and self.faults.inside(self.path):
            raise FaultError(self._fault(key, wrong, cure))
        self._refuse(key, wrong, cure)

    def fault(self, key: str, wrong: str, cure: str) -> None:
        """Say what is wrong as `refuse` does, and go on where all faults are wanted."""
        if self.faults is None:
            self.refuse(key, wrong, cure)
        fault = self._fault(key, wrong, cure)
        self.faults.found[fault] = None
        self.faults.spoilt.add(fault.key)

    @property
    def overlaid(self) -> bool:
        """Tell whether the table is put together from two files."""
        return isinstance(self.cells, Sourced)

    @property
    def own(self) -> str:
        """Return the file of the edition that changes this table, else the table's own."""
        return self.cells.own if isinstance(self.cells, Sourced) else self.file

    @property
    def common(self) -> Mapping[str, Any]:
        """Return the table before the edition's changes (原表); {} where there are none."""
        return self.cells.common if isinstance(self.cells, Sourced) else {}

    def replaced(self, key: str) -> object:
        """Return what stood under a key before another file replaced it (原值); None if nothing."""
        return self.cells.replaced.get(key) if isinstance(self.cells, Sourced) else None

    def told_of(self, file: str) -> Strict:
        """Return the same table as one of `file`: there a fault is to be mended."""
        return replace(self, file=file, cells=dict(self.cells))

    def worded(self, words: Mapping[str, str]) -> Strict:
        """Return the same table with these words to fill the {places} of its texts."""
        return replace(self, words=words)

    def each(
        self, key: str, named_by: str, read: Callable[[Strict], T], *, empty: bool = False
    ) -> tuple[T, ...]:
        """Return what `read` makes of each table of a list; where all faults are wanted, of those
        that can be read."""
        return tuple(self.sound(self.tables(key, named_by, empty=empty), read))

    def confirm(self) -> None:
        """Raise if something in this table could not be read: what follows would be made up."""
        if self.faults is not None and self.path in self.faults.spoilt:
            raise EditionError(f"{self.path}读不出来。")

    @staticmethod
    def sound(tables: Iterable[Strict], read: Callable[[Strict], T]) -> Iterable[T]:
        """Yield what `read` makes of each table, as `each` does."""
        for one in tables:
            try:
                made = read(one)
            except EditionError:
                if one.faults is None:
                    raise
                one.faults.spoilt.add(one.path)
                continue
            if one.faults is None or not one.faults.inside(one.path):
                yield made

    def part(self, read: Callable[[], T], instead: T) -> T:
        """Return what `read` reads; where all faults are wanted `instead` if it cannot."""
        try:
            return read()
        except EditionError:
            if self.faults is None:
                raise
            return instead

    def only(self, *needed: str, optional: Sequence[str] = ()) -> None:
        """Refuse a key that is not known here, then a key that is missing."""
        known = dict.fromkeys((*needed, *optional))
        meant: set[str] = set()
        for key in self.cells:
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1)
                meant.update(near)
                hint = f"改为“{near[0]}”或删去" if near else f"删去，这里只认{'、'.join(known)}"
                self._spoil(key, "不是这里认得的键", hint)
        for key in needed:
            if key not in self.cells and key not in meant:
                self._spoil(key, "缺失", "补上这一项")

    @_leaf("")
    def text(self, key: str, *, empty: bool = False, own: Collection[str] = ()) -> str:
        """Return a text without blanks around it; "" only where `empty` allows it.

        {places} named in `own` are left: somebody else fills them.
        """
        return self._text(key, empty=empty, own=own)

    @_leaf(())
    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, each written once."""
        value = self._get(key)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self._mistyped(key, value, '一组文字，如 ["是", "否"]')
        if not value:
            self._refuse(key, "是空的", "至少写一项")
        for n, one in enumerate(value):
            self._check_text(key, one)
            if one in value[:n]:
                self._refuse(key, f"把“{one}”写了两次", "删去其中一个")
        return tuple(self._filled(key, one) for one in value)

    @_leaf("")
    def one_of(self, key: str, known: Collection[W]) -> W:
        """Return the one of the known words that stands under `key`."""
        value = self._text(key)
        if value not in known:
            cure = f"改为{'、'.join(known)}{'之一' if len(known) > 1 else ''}"
            self._refuse(key, f"为“{value}”", cure)
        return cast(W, value)

    @_leaf("")
    def id(self, key: str = "id") -> str:
        """Return a short name for the program: small letters, digits and underscores."""
        value = self._text(key)
        if not _ID.fullmatch(value):
            self._refuse(key, f"写作“{value}”", "只用小写字母、数字和下划线，并以字母开头")
        return value

    @_leaf("")
    def article(self, key: str = "article") -> str:
        """Return an article (条款), e.g. 第四条(一) or 第十六条第2项, as printed."""
        value = self._text(key)
        if not _ARTICLE.fullmatch(value):
            cure = "写成“第四条”“第四条(一)”或“第十六条第2项”的形式（用半角括号）"
            self._refuse(key, f"写作“{value}”", cure)
        return value

    @_leaf(Decimal(0))
    def number(self, key: str) -> Decimal:
        """Return an exact number, zero or more."""
        return self._number(key)

    def _number(self, key: str) -> Decimal:
        value = self._get(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self._mistyped(key, value, "数字，不加引号")
        number = Decimal(value)
        if not number.is_finite() or number.is_signed() or number >= _TOO_MUCH:
            self._refuse(key, f"写作{value}", "填写零或大于零、不到一万亿的数")
        return number

    @_leaf(0)
    def whole(self, key: str, *, zero: bool = False) -> int:
        """Return a whole number above zero; zero only where `zero` allows it."""
        number = self._number(key)
        if number != number.to_integral_value() or (number == 0 and not zero):
            cure = "填写零或大于零的整数" if zero else "填写大于零的整数"
            self._refuse(key, f"为{number}", cure)
        return int(number)

    @_leaf(False)
    def flag(self, key: str) -> bool:
        """Return true or false."""
        value = self._get(key)
        if not isinstance(value, bool):
            self._mistyped(key, value, "true 或 false")
        return value

    @_leaf(date.min)
    def date(self, key: str) -> date:
        """Return a date without a time."""
        value = self._get(key)
        if isinstance(value, datetime) or not isinstance(value, date):
            self._mistyped(key, value, "日期，如 2031-01-31，不加引号")
        return value

    def table(self, key: str) -> Strict:
        """Return the table under `key`."""
        value = self._get(key)
        if not isinstance(value, dict):
            self._mistyped(key, value, "一个表")
        return self._inner(key, value)

    @_leaf(())
    def tables(self, key: str, named_by: str = "", *, empty: bool = False) -> tuple[Strict, ...]:
        """Return the tables of a list; in messages each goes by its `named_by`, else its number."""
        value = self._get(key)
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self._mistyped(key, value, "一组表")
        if not value and not empty:
            self._refuse(key, "是空的", "至少写一项")
        names = [one.get(named_by, f"第{n}项") for n, one in enumerate(value, start=1)]
        for n, name in enumerate(names):
            if name in names[:n]:
                cure = _ONCE.get(named_by, "改名或删去其中一个")
                self._refuse(f"{key}「{name}」", f"的{named_by}写了两次", cure)
        return tuple(
            self._inner(f"{key}「{name}」", cells) for name, cells in zip(names, value, strict=True)
        )

    def _text(self, key: str, *, empty: bool = False, own: Collection[str] = ()) -> str:
        value = self._get(key)
        if not isinstance(value, str):
            self._mistyped(key, value, "文字，写在引号里")
        self._check_text(key, value, empty=empty)
        return self._filled(key, value, own)

    def _get(self, key: str) -> object:
        if key not in self.cells:
            fault = self._fault(key, "缺失", "补上这一项")
            if self.faults is None or self.path not in self.faults.spoilt:
                self._refuse(key, fault.wrong, fault.cure)
            raise FaultError(fault)  # `only` told it
        return self.cells[key]

    def _filled(self, key: str, value: str, own: Collection[str] = ()) -> str:
        """Return a text with its {places} filled by the words of the edition."""
        words = self.words
        if words is None or not {"{", "}"} & set(value):
            return value
        if set(_WORD.sub("", value)) & {"{", "}"}:
            self._refuse(key, f"“{value}”里花括号没有配对", "补上或删去花括号")

        def word(found: re.Match[str]) -> str:
            name = found.group(1)
            if name in own:
                return found.group()
            if name not in words and not words:
                wrong = f"提到“{{{name}}}”，这个文件里的称呼不再换成别的称呼"
                self._refuse(key, wrong, "照办法写出来，不用大括号")
            if name not in words:
                known = "、".join(f"{{{one}}}" for one in own or words)
                self._refuse(key, f"提到“{{{name}}}”，没有这个称呼", f"改为{known}之一")
            return words[name]

        return _WORD.sub(word, value)

    def _spoil(self, key: str, wrong: str, cure: str) -> None:
        """Say what is wrong; nothing else in this table is told then but what is read wrong."""
        self.fault(key, wrong, cure)
        if self.faults is not None:
            self.faults.spoilt.add(self.path)

    def _refuse(self, key: str, wrong: str, cure: str) -> NoReturn:
        fault = self._fault(key, wrong, cure)
        if self.faults is not None:
            self.faults.found[fault] = None
            self.faults.spoilt.update((self.path, fault.key))
        raise FaultError(fault)

    def _fault(self, key: str, wrong: str, cure: str) -> Fault:
        return Fault(f"{self.sort}{self.source(key)}", self._where(key), wrong, cure)

    def source(self, key: str) -> str:
        """Return the file a key is from (出处)."""
        cells = self.cells
        return cells.others.get(key, cells.file) if isinstance(cells, Sourced) else self.file

    def _where(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path and key else self.path or key

    def _check_text(self, key: str, value: str, *, empty: bool = False) -> None:
        if value != value.strip() or not value.isprintable():
            self._refuse(key, f"写作“{value}”，首尾有空格或含有换行等字符", "删去多余的字符")
        if not value and not empty:
            self._refuse(key, "是空的", "填写文字")
        longest = _LONGEST.get(key, _LONGEST_TEXT)
        if len(value) > longest:
            self._refuse(key, f"有{len(value)}个字，太长", f"写得短些，不超过{longest}个字")

    def _inner(self, key: str, cells: Mapping[str, object]) -> Strict:
        return replace(self, file=self.source(key), path=self._where(key), cells=cells)

    def _mistyped(self, key: str, value: object, needed: str) -> NoReturn:
        self._refuse(key, f"的值{_shown(value)}类型不对", f"改为{needed}")


def _shown(value: object) -> str:
    """Return a value as the officer wrote it, long ones by their kind."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return "（一个表）" if isinstance(value, dict) else "（一组值）"
    return f"“{value}”" if isinstance(value, str) else str(value)
