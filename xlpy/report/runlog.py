"""The run log (运行记录.jsonl): one line a run, each holding the hash of the line before.

The hash of the newest line is kept in a file of its own (运行记录.head), so that a last line that
was cut off or changed is seen too. Whoever can rewrite both files can of course write a new log:
the chain shows accidents and single edits, it is no signature.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

Entry = Mapping[str, Any]
"""One line of the log as read."""

START = ""
"""What stands for the hash before the first line."""

LONGEST = 4_096
"""The longest text in a line: no path of a system is longer, and nothing else needs to be."""

MOST_CAUSES = 200
"""So many causes of a refused export a line tells of."""

_PREVIOUS = "prev"
_HASH = "hash"


def line(record: Entry, previous: str) -> str:
    """Return a line of the log (一行记录), with its line end: the record, `prev` and `hash`.

    `previous` is the hash of the line before (`START` for the first). Raises ValueError when the
    record uses the names `prev` or `hash` or holds no finite number, TypeError for what is no JSON.
    """
    if _PREVIOUS in record or _HASH in record:
        raise ValueError("a record has no prev and no hash of its own")
    chained = json.loads(_canonical({**record, _PREVIOUS: previous}))
    return _canonical({**chained, _HASH: _digest(_canonical(chained))}) + "\n"


def bounded(record: Entry) -> Entry:
    """Return a record whose texts have an end, whoever wrote them (记录有界).

    Names are short already (`model.keys.kept`). Whatever else is too long is cut, with a digest of
    it all behind, and of the causes of a refusal only the first are told.
    """
    causes = record.get("refused", ())
    more = len(causes) - MOST_CAUSES
    told = {"refused": [*causes[:MOST_CAUSES], f"另有{more}项"]} if more > 0 else {}
    short = _short({**record, **told})
    assert isinstance(short, dict)
    return short


def _short(value: object) -> object:
    if isinstance(value, str):
        return value if len(value) <= LONGEST else f"{value[: LONGEST - 100]}…{_digest(value)}"
    if isinstance(value, Mapping):
        return {key: _short(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_short(one) for one in value]
    return value


def head_of(text: str) -> str:
    """Return the hash of the last line (末行哈希), `START` for an empty log.

    Only for a log that `check_chain` found whole.
    """
    last = text.rstrip("\n").rpartition("\n")[2]
    return str(json.loads(last)[_HASH]) if last else START


def links(text: str) -> tuple[str, str] | None:
    """Return the hash before and the hash of a whole line without its line end; else None."""
    record, digest = _record(text)
    if record is None or digest != record[_HASH]:
        return None
    return str(record[_PREVIOUS]), digest


def decoded(content: bytes) -> str:
    """Return the bytes of a log file as text in which every changed byte is still to be seen."""
    return content.decode("utf-8", errors="surrogateescape")


def check_chain(text: str, head: str) -> tuple[str, ...]:
    """Return what is wrong with the log, each with its line; () when it is whole.

    Seen are lines changed, cut out, put in or swapped, and - by `head`, the content of
    运行记录.head - a last line cut off or changed.
    """
    return _read(text, head)[0]


def records_of(text: str, head: str) -> tuple[Entry, ...]:
    """Return the records of a log that `check_chain` finds whole, oldest first."""
    return _read(text, head)[1]


@lru_cache(maxsize=1)  # a run asks before and after its work, and the log only grows
def _read(text: str, head: str) -> tuple[tuple[str, ...], tuple[Entry, ...]]:
    """Return what is wrong with the log, and the records of its lines that can be read."""
    problems: list[str] = []
    records: list[Entry] = []
    held: dict[str, str] = {}
    lines = text.split("\n")
    if lines.pop():
        problems.append(f"第{len(lines) + 1}行：没有写完（缺少行尾），请与备份核对")
        lines = text.split("\n")
    previous: str | None = START
    for number, one in enumerate(lines, start=1):
        record, digest = _record(one)
        problems += [f"第{number}行：{problem}" for problem in _wrong(record, digest, previous)]
        # After a line that cannot be read nobody knows what the next one must hold.
        previous = None if record is None else str(record[_HASH])
        records += [_once(record, held)] if record is not None else []
    if not lines and head:
        return ("不见了或是空的，与运行记录.head不符，请从备份恢复",), ()
    if previous is not None and previous != head.removesuffix("\n"):
        problems.append(
            f"第{len(lines)}行：末行与运行记录.head不符，末尾的记录可能被删去或改动，请与备份核对"
        )
    return tuple(problems), tuple(records)


def _once(value: Any, held: dict[str, str]) -> Any:
    """Return an equal record; a text that stands in many lines, a path, a name, is held once."""
    if isinstance(value, str):
        return held.setdefault(value, value)
    if isinstance(value, dict):
        return {held.setdefault(name, name): _once(one, held) for name, one in value.items()}
    return [_once(one, held) for one in value] if isinstance(value, list) else value


def _wrong(record: Entry | None, digest: str, previous: str | None) -> Iterator[str]:
    if record is None:
        yield "不是程序写下的记录，内容被改动，请与备份核对"
        return
    if digest != record[_HASH]:
        yield "内容被改动（哈希不符），请与备份核对"
    if previous is not None and record[_PREVIOUS] != previous:
        yield "与上一行接不上，其间可能有记录被删去、插入、调换或改动，请与备份核对"


def _record(text: str) -> tuple[Entry | None, str]:
    """Return the record of a line, None for a foreign one, and the hash it must have.

    That is of the line as it stands, but for the hash itself: no other sign may change.
    """
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return None, ""
    if not isinstance(record, dict) or not {_PREVIOUS, _HASH} <= record.keys():
        return None, ""
    before, member, after = text.partition(f'"{_HASH}":"{record[_HASH]}",')
    # `line` sorts the names: so there is one place where the hash may stand.
    whole = member and list(record) == sorted(record)
    return (record, _digest(before + after)) if whole else (None, "")


def _canonical(record: Entry) -> str:
    text = json.dumps(
        record, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    # A file name of another encoding has lone surrogates: UTF-8 has none, JSON escapes them.
    return text.encode("utf-8", errors="backslashreplace").decode("utf-8")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="surrogateescape")).hexdigest()
