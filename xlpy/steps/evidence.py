"""The folder 佐证材料 (佐证材料): listed by name and size, hashed when asked, never read as a form.

Whatever lies there, however much and however odd, the run goes on: what cannot be listed is told.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from xlpy.excel.reading.kinds.names import litter
from xlpy.model.filing import NO_EVIDENCE, Evidence, EvidenceFile, EvidenceFolder
from xlpy.steps.case import Case

_PIECE = 1 << 20  # bytes read at once
_LINKS = (0xA0000003, 0xA000000C)  # junctions and links of Windows; not what a cloud keeps away


def read_evidence(case: Case, *, digests: bool = False) -> Evidence:
    """Return what lies in 佐证材料, sorted by name; no link is followed.

    With `digests` every file is read through for its SHA-256.
    """
    root = case.evidence
    try:
        status = root.lstat()
    except OSError:
        return NO_EVIDENCE
    if not _is_folder(status):
        return Evidence(whole=False)
    entries = _entries(root)
    if entries is None:
        return Evidence(whole=False)
    folders, files = entries
    return Evidence(
        folders=tuple(_folder(one, digests=digests) for one in folders),
        loose=tuple(_file(root, one, digests=digests) for one in files),
    )


def evidence_entry(case: Case) -> list[list[str | int]]:
    """Return what the log keeps of the evidence: path in 佐证材料, size, SHA-256, by path."""
    found = read_evidence(case, digests=True)
    inside: list[list[str | int]] = [
        [f"{folder.name}/{one.path}", one.size, one.digest]
        for folder in found.folders
        for one in folder.files
    ]
    loose: list[list[str | int]] = [[one.path, one.size, one.digest] for one in found.loose]
    return sorted([*inside, *loose])


def _folder(root: Path, *, digests: bool) -> EvidenceFolder:
    """Return the folder of one platform with all the files in and below it."""
    files: list[EvidenceFile] = []
    whole, waiting = True, [root]
    while waiting:
        found = _entries(waiting.pop())
        if found is None:
            whole = False
            continue
        waiting += found[0]
        files += (_file(root, one, digests=digests) for one in found[1])
    files.sort(key=lambda one: one.path)
    return EvidenceFolder(name=root.name, files=tuple(files), whole=whole)


def _entries(folder: Path) -> tuple[list[Path], list[tuple[Path, int]]] | None:
    """Return the folders and the files (with their sizes) in a folder; None when unreadable."""
    folders: list[Path] = []
    files: list[tuple[Path, int]] = []
    try:
        with os.scandir(folder) as found:
            for path, status in _with_status(found):
                if litter(path.name) is not None:
                    continue
                if _is_folder(status):
                    folders.append(path)
                elif stat.S_ISREG(status.st_mode):
                    files.append((path, status.st_size))
    except OSError:
        return None
    return sorted(folders), sorted(files)


def _with_status(found: Iterator[os.DirEntry[str]]) -> Iterator[tuple[Path, os.stat_result]]:
    for entry in found:
        try:
            yield Path(entry.path), entry.stat(follow_symlinks=False)
        except OSError:  # gone meanwhile
            continue


def _is_folder(status: os.stat_result) -> bool:
    tag = getattr(status, "st_reparse_tag", 0)  # on Windows alone
    return stat.S_ISDIR(status.st_mode) and tag not in _LINKS


def _file(root: Path, found: tuple[Path, int], *, digests: bool) -> EvidenceFile:
    path, size = found
    one = EvidenceFile(path=path.relative_to(root).as_posix(), size=size)
    return one._replace(digest=_digest(path)) if digests else one


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file read piece by piece, "" when it cannot be read."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    total = hashlib.sha256()
    try:
        with open(os.open(path, flags | getattr(os, "O_NONBLOCK", 0)), "rb") as stream:
            while piece := stream.read(_PIECE):
                total.update(piece)
    except OSError:
        return ""
    return total.hexdigest()
