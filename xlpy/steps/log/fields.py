"""What a line of the log must hold (运行记录各项): looked at once, where it is read.

A chain says that a line is as it was written, not that this program wrote it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import PurePosixPath

from xlpy.report.runlog import Entry
from xlpy.steps.log.history import PAPERS

Check = Callable[[object], bool]

_STR = {str}
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NUMBER = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?(?:E[+-]?[0-9]{1,3})?|None")


def odd_field(entry: Entry) -> str:
    """Return the name of the first field that is missing or of another kind, "" for none."""
    for name, check in _MUST.items():
        if name not in entry or not check(entry[name]):
            return name
    for name, check in _MAY.items():
        if name in entry and not check(entry[name]):
            return name
    return ""


def _text(value: object) -> bool:
    return type(value) is str


def _whole(value: object) -> bool:
    return type(value) is int


def _truth(value: object) -> bool:
    return type(value) is bool


def _day(value: object) -> bool:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _day_or_none(value: object) -> bool:
    return value == "" or _day(value)


def _moment(value: object) -> bool:
    if not isinstance(value, str) or not _day(value[:10]):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _number(value: object) -> bool:
    return isinstance(value, str) and _is_number(value)


@lru_cache(maxsize=4096)
def _is_number(text: str) -> bool:
    if not _NUMBER.fullmatch(text):
        return False
    try:
        return text == "None" or Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _any_of(*checks: Check) -> Check:
    return lambda value: any(check(value) for check in checks)


def _list(check: Check, *lengths: int) -> Check:
    """Return the check of a list of such values; where lengths are given, of one of them."""

    def is_it(value: object) -> bool:
        right = isinstance(value, list) and (not lengths or len(value) in lengths)
        return right and all(map(check, value))  # type: ignore[call-overload]

    return is_it


def _row(*checks: Check) -> Check:
    """Return the check of a list with these values."""

    def is_it(value: object) -> bool:
        right = isinstance(value, list) and len(value) == len(checks)
        return right and all(check(one) for check, one in zip(checks, value, strict=True))  # type: ignore[call-overload]

    return is_it


def _named(check: Check) -> Check:
    """Return the check of such values by name."""
    return lambda value: isinstance(value, dict) and all(map(check, value.values()))


def _texts(value: object) -> bool:
    return isinstance(value, dict) and set(map(type, value.values())) <= _STR


def _record(must: Mapping[str, Check], may: Mapping[str, Check]) -> Check:
    def is_it(value: object) -> bool:
        if not isinstance(value, dict):
            return False
        there = all(name in value and check(value[name]) for name, check in must.items())
        return there and all(check(value[n]) for n, check in may.items() if n in value)

    return is_it


def _decision(value: object) -> bool:
    if not isinstance(value, list) or len(value) != 6:
        return False
    code, name, status, score, final, paid = value
    texts = _text(code) and _text(name) and _text(status) and (final is None or _text(final))
    return texts and _number(score) and _number(paid)


def _paper(value: object) -> bool:
    return _text(value) and value in PAPERS


def _path(value: object) -> bool:
    """Tell whether this is a path in the case that a system takes: none leads out of it."""
    if not isinstance(value, str) or not value or "\0" in value:
        return False
    try:
        os.fsencode(value)
    except UnicodeEncodeError:
        return False
    path = PurePosixPath(value)
    return not path.is_absolute() and ".." not in path.parts


def _dates(value: object) -> bool:
    return _texts(value) and all(_day_or_none(value.get(id, "")) for id in _DAYS)  # type: ignore[attr-defined]


_DAYS = ("made_on", "notice_from", "notice_to", "filed_on")


def _files(value: object) -> bool:
    """Tell whether these are digests by path."""
    if not isinstance(value, dict) or not _texts(value):
        return False
    return _are_plain("\n".join(("", *value))) or all(map(_path, value))


def _are_plain(paths: str) -> bool:
    """Tell whether none of these paths, each below a line end, has anything to look at closely."""
    odd = any(one in paths for one in ("\0", "..", "\n/", "\n\n"))
    return not odd and not paths.endswith("\n") and not _SURROGATE.search(paths)


def _letters(value: object) -> bool:
    """Tell whether these are two digests by the path of a document below 输出."""
    return _named(_list(_text, 2))(value) and all(map(_path, value))  # type: ignore[call-overload]


_PAPER = _record(
    {
        "kind": _paper,
        "version": _whole,
        "path": _path,
        "digest": _text,
        "same": _truth,
        "dates": _dates,
        "content": _text,
    },
    {"code": _text, "letters": _letters},
)
_SHOWN = _record(
    {
        "figures": _list(_row(_text, _text, _named(_texts))),
        "by": _list(_row(_text, _whole, _list(_whole), _truth)),
    },
    {},
)


def _shown(value: object) -> bool:
    """Tell whether every place that is named there is one of the figures."""
    if not _SHOWN(value):
        return False
    assert isinstance(value, dict)
    most = len(value["figures"])
    return all(0 <= at < most for _, _, places, _ in value["by"] for at in places)


_MUST: Mapping[str, Check] = {
    "time": _moment,
    "command": _text,
    "version": _text,
    "edition": _text,
    "as_of": _day,
    "parameters": _texts,
    "inputs": _files,
    "staff": _text,
    "outputs": _files,
    "base": _whole,
    "quota": _whole,
    "total_subsidy": _number,
    "decisions": _list(_decision),
    "open_findings": _whole,
}
_MAY: Mapping[str, Check] = {
    "login": _text,
    "who": _named(_list(_text, 1, 2)),
    "changed": _list(_list(_text, 5)),
    "papers": _list(_PAPER),
    "shown": _shown,
    "kept": _files,
    "mended": _files,
    "refused": _list(_text),
    "today": _day,
    "kind": _any_of(_paper, lambda value: value == ""),
    "baseline": _truth,
    "problems": _whole,
    "edition_digest": _text,
    "former": _text,
    "former_digest": _text,
    "reason": _text,
    "differences": _list(_text),
}


def odd_lines(records: Sequence[Entry]) -> tuple[str, ...]:
    """Return the lines that hold anything odd, as a problem of the log each (内容不完整)."""
    odd = ((number, odd_field(one)) for number, one in enumerate(records, start=1))
    return tuple(
        f"第{number}行：内容不完整或格式不对（{name}），请与备份核对"
        for number, name in odd
        if name
    )
