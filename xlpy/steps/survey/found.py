"""Which cases there are (查找评价项目): the folders that were named, and what lies below them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from xlpy.errors import CaseError
from xlpy.excel.files.cures import UNREAD, cure
from xlpy.excel.reading.kinds.names import litter_folder
from xlpy.steps.case import BALLOTS, EVIDENCE, FILINGS, OUTPUT, POLICY, WORKBOOK

_DEEPEST = 8  # folders below the one that was named
_PARTS = (FILINGS, BALLOTS, OUTPUT)
_LEAST = 2  # of these make a folder a case, though its workbook be gone
_LINK = "“{}”是链接，没有查看；其中有评价项目的，请在命令中直接写明那个文件夹。"
_INNER = "“{}”也像评价项目，而在另一个项目里面，没有查看；要汇总它，请移到那个项目以外。"
_PART = (
    f"“{{}}”没有 {WORKBOOK}，没有当作评价项目；是评价项目的，多半没有复制完，请复制完整后再汇总。"
)
_DEEP = "“{}”以下层数太多，没有查看；其中有评价项目的，请在命令中直接写明那个文件夹。"


class Found(NamedTuple):
    """One case, or a folder nobody could look into (找到的一处): `shown` is its name in 汇总.

    `problem` says why it could not be looked into.
    """

    folder: Path
    shown: str
    problem: str = ""


class Search(NamedTuple):
    """What was found (查找结果), in the order of the folders named, then by name."""

    found: tuple[Found, ...]
    notes: tuple[str, ...]


def search(folders: Sequence[Path]) -> Search:
    """Return every case that is one of the folders or lies below; each folder once.

    Links below are not followed, hidden and system folders are left out, and so is what lies
    within a case. Raises CaseError for a folder that is not there, and where there is no case.
    """
    found: dict[Path, Found] = {}
    notes: list[str] = []
    for asked in folders:
        if asked.exists() and not asked.is_dir():
            raise CaseError(f"“{asked}”不是文件夹，请写明评价项目所在的文件夹或其上级文件夹。")
        if not asked.is_dir():
            raise CaseError(f"找不到文件夹“{asked}”，请核对路径，共享文件夹请确认已经连接。")
        top = asked.resolve()
        for path, problem in _below(top, 0, notes):
            shown = _shown(path, top, asked if len(folders) > 1 else None)
            found.setdefault(path, Found(path, shown, problem))
    if not found:
        names = "、".join(f"“{asked}”" for asked in folders)
        raise CaseError(
            f"{names}中没有评价项目（有 {WORKBOOK} 和“{FILINGS}”“{BALLOTS}”的文件夹），"
            "请写明评价项目所在的文件夹或其上级文件夹。"
        )
    return Search(tuple(found.values()), tuple(notes))


def _below(folder: Path, depth: int, notes: list[str]) -> Iterator[tuple[Path, str]]:
    """Yield the cases in a folder, itself included, and folders that cannot be read and why."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        rooms = [entry for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError as problem:
        yield folder, f"打不开“{folder}”：{cure(problem, UNREAD)}。"
        return
    parts = sum(entry.name in _PARTS for entry in rooms)
    book = any(entry.name == WORKBOOK for entry in entries)
    if book or parts >= _LEAST:
        yield folder, ""
    if parts and (book or parts >= _LEAST):  # a workbook alone hides nothing that lies below
        notes.extend(_INNER.format(one.path) for one in rooms if _is_inner(one))
        return
    if parts:
        notes.append(_PART.format(folder))
    notes.extend(
        _LINK.format(entry.path) for entry in entries if entry.is_symlink() and entry.is_dir()
    )
    for entry in rooms:
        if entry.name.startswith(".") or litter_folder(entry.name) is not None:
            continue
        if depth == _DEEPEST:
            notes.append(_DEEP.format(entry.path))
        else:
            yield from _below(Path(entry.path), depth + 1, notes)


def _is_inner(room: os.DirEntry[str]) -> bool:
    """Tell whether a folder in a case is a case itself: somebody put it in the wrong place."""
    if room.name in (*_PARTS, EVIDENCE, POLICY):
        return False
    try:
        names = set(os.listdir(room.path))
    except OSError:
        return False
    parts = len(names.intersection(_PARTS))
    return parts >= _LEAST or (bool(parts) and WORKBOOK in names)


def _shown(path: Path, top: Path, asked: Path | None) -> str:
    """Return what a case is called: its path from the folder named, which several have before."""
    inner = path.relative_to(top).as_posix()
    if path == top:
        return top.name or str(top) if asked is None else str(asked)
    return inner if asked is None else f"{asked.as_posix().rstrip('/')}/{inner}"
