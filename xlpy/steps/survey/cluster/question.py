"""What a worker is asked and answers (问与答): which program it runs, what it sees, its cases."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import xlpy
from xlpy.model.survey import SurveyedCase
from xlpy.policy.editions.load import known_editions, source_named
from xlpy.steps.case import BALLOTS, FILINGS, WORKBOOK, Case
from xlpy.visible import visible

NO_FOLDER, NO_WORKBOOK, UNREAD = "no folder", "no workbook", "unread"
"""What is seen of a case whose workbook has no digest."""

_READER = "python-calamine"
_SAME = "请在两边安装同一版本"


class Program(NamedTuple):
    """What decides a result beside the case (程序版本): two that are equal give the same.

    `editions` maps the id of each edition that comes with the program to its digest.
    """

    version: str
    reader: str
    editions: Mapping[str, str]


class Question(NamedTuple):
    """What a worker is asked (问): its program, what it sees of `probes`, what `folders` come to.

    It answers for no folder when its program is another than `program`. `seconds` a case.
    """

    today: date
    seconds: float
    program: Program
    probes: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()


class Answer(NamedTuple):
    """What it answers (答): `seen` in the order of the probes, `cases` in that of the folders."""

    program: Program
    seen: tuple[str, ...] = ()
    cases: tuple[SurveyedCase, ...] = ()


def program() -> Program:
    """Return what this interpreter runs; raises EditionError for an edition that is broken."""
    try:
        reader = version(_READER)
    except PackageNotFoundError:
        reader = ""
    editions = {name: source_named(name).digest for name in known_editions()}
    return Program(xlpy.__version__, reader, editions)


def seen(folder: str) -> str:
    """Return a digest of a case as it lies there now, or why there is none.

    It is of the workbook, and of the names and sizes of what people sent and of the log: a share
    that was copied last week has another.
    """
    case = Path(folder)
    try:
        if not case.is_dir():
            return NO_FOLDER
        found = hashlib.sha256((case / WORKBOOK).read_bytes())
        for part in (FILINGS, BALLOTS):
            for name, size in sorted(_sizes(case / part)):
                found.update(f"\0{part}/{name}\0{size}".encode("utf-8", "surrogateescape"))
        found.update(f"\0{_size(Case(case).log)}".encode())
        return found.hexdigest()
    except FileNotFoundError:
        return NO_WORKBOOK
    except OSError:
        return UNREAD


def _sizes(folder: Path) -> Iterator[tuple[str, int]]:
    try:
        with os.scandir(folder) as entries:
            yield from ((one.name, one.stat(follow_symlinks=False).st_size) for one in entries)
    except FileNotFoundError:  # what that means its evaluation says
        return


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def other_program(ours: Program, theirs: Program) -> str:
    """Return in what a worker's program differs from ours and what to do; "" for the same.

    >>> ours = Program("1.6.0", "0.9.1", {"a": "12"})
    >>> other_program(ours, ours._replace(version="1.5.0"))
    '它的 xlpy 是1.5.0，本机是1.6.0，请在两边安装同一版本'
    >>> other_program(ours, ours._replace(editions={}))
    '它没有政策版本“a”，请在两边安装同一版本的 xlpy'
    """
    if theirs.version != ours.version:
        return f"它的 xlpy 是{_told(theirs.version)}，本机是{_told(ours.version)}，{_SAME}"
    if theirs.reader != ours.reader:
        return f"它的 {_READER} 是{_told(theirs.reader)}，本机是{_told(ours.reader)}，{_SAME}"
    for name in sorted({*ours.editions, *theirs.editions}):
        if name not in theirs.editions:
            return f"它没有政策版本“{visible(name, 80)}”，{_SAME}的 xlpy"
        if theirs.editions[name] != ours.editions.get(name):
            return f"它的政策版本“{visible(name, 80)}”与本机内容不同，{_SAME}的 xlpy"
    return ""


def other_share(probes: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> str:
    """Return which case a worker does not see as we do and what to do; "" where it sees all.

    >>> other_share(["/share/甲市"], ["12"], [NO_FOLDER])
    '它看不到“/share/甲市”，请把共享文件夹挂载到同样的路径'
    """
    for folder, mine, its in zip(probes, ours, theirs, strict=True):
        named = f"“{visible(folder)}”"
        if its == mine:
            continue
        if its == NO_FOLDER:
            return f"它看不到{named}，请把共享文件夹挂载到同样的路径"
        if its == UNREAD:
            return f"它打不开{named}中的文件，请检查那里的权限"
        return f"它在{named}看到的文件与本机不同，请核对挂载的是不是同一个共享文件夹、是不是最新"
    return ""


def _told(version: str) -> str:
    return visible(version, 40) or "（没有安装）"
