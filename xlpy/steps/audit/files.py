"""What lies in 输出 (输出文件): as the log knows it, changed, gone, or unknown to the log."""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from xlpy.excel.reading.kinds.names import litter
from xlpy.report.letters.names import RESULT
from xlpy.report.runlog import Entry
from xlpy.steps.audit.chain import codes, printed
from xlpy.steps.audit.policy import judged_by
from xlpy.steps.audit.told import Told, first, named, note
from xlpy.steps.case import BALLOTS, EVIDENCE, FILINGS, OUTPUT, POLICY, WORKBOOK, Case
from xlpy.steps.filed.papers import newest_path
from xlpy.steps.gather import Gathered
from xlpy.steps.log import journal
from xlpy.steps.log.backup import changed_copies
from xlpy.steps.log.history import FEEDBACK, MEETING, MEETING_BY_HAND, PAPERS
from xlpy.steps.rules.sealed import backups_of

_AGAIN = "受理科室、电话、地址和日期请填在「参数」中，再重新导出；改动过的一份届时另存。"
_BLANK = "自己改的请另存为别的文件名；这份移走或删除后运行一次 xlpy check，即重新写出。"
_NOT_OURS = "是自己放的，请移到“输出”以外；不是的，请查明来历。程序不会删除它。"
_ANOTHER = (
    "出自另一份运行记录，或是别人放的：运行记录可能被移走后重新开始过。请找回原来的运行记录核对；"
    "确已查明的，把它移到“输出”以外保存。程序不会删除它。"
)
_LETTERS = f"{OUTPUT}/{RESULT}/"
_ALL_REPLACED = {"check": FEEDBACK, "report": MEETING}
_MOST = 20  # sentences on the files of one folder
_LISTED = 8
_OLD_BACKUP = "evaluate.xlsm"  # version 1.0 kept one copy, and logged none


class Stray(NamedTuple):
    """Something in 输出 that the log does not know (不认识的文件)."""

    path: Path
    what: str  # "file", "folder" or "link"


def written(entries: Sequence[Entry]) -> dict[str, str]:
    """Return the digest each output should have: that of the last run that wrote it.

    A check replaces the feedback copies of the check before, a report all of 会议材料.
    """
    found: dict[str, str] = {}
    for entry in entries:
        gone = tuple(_replaced(entry))
        if gone:
            found = {
                path: digest
                for path, digest in found.items()
                if path.startswith(MEETING_BY_HAND) or not path.startswith(gone)
            }
        found |= entry["outputs"]
    return found


def _replaced(entry: Entry) -> Iterator[str]:
    """Yield what a run replaces whole (整体更换), by the beginning of its paths."""
    if entry["command"] in _ALL_REPLACED:
        yield _ALL_REPLACED[entry["command"]]
    filed = (name for one in entry.get("papers", ()) for name in one.get("letters", ()))
    if any(name.startswith(f"{RESULT}/") for name in filed):
        yield _LETTERS


def output_problems(case: Case, gathered: Gathered) -> Iterator[Told]:
    """Yield what became of the files the log knows: outputs, and copies of the workbook."""
    blank = gathered.forms.filing.file
    hints = dict.fromkeys((case.relative(newest_path(case, kind)) for kind in PAPERS), _AGAIN)
    hints[blank] = _BLANK
    for relative, digest in sorted(written(gathered.entries).items()):
        path = case.folder / relative
        if not path.is_file():
            yield Told(f"输出文件“{relative}”不见了。{_BLANK if relative == blank else ''}")
        elif journal.digest(path.read_bytes()) != digest:
            hint = hints.get(relative, "")
            yield Told(f"输出文件“{relative}”与运行记录不符，写出后被改动过。{hint}")
    yield from map(Told, changed_copies(case, gathered.entries))
    yield from _once(case, gathered.entries)


def _once(case: Case, entries: Sequence[Entry]) -> Iterator[Told]:
    """Yield what the log says was written twice, though a run never writes over it.

    A later line could make a changed ballot, version or copy look as if a run had written it.
    """
    folders = tuple(f"{case.relative(one)}/" for one in (case.issued, case.filed, case.backups))
    for path, digests in sorted(_known(entries).items()):
        if len(digests) > 1 and path.startswith(folders):
            yield Told(
                f"运行记录先后记下“{path}”的{len(digests)}种内容，程序写出后从不改写它："
                "运行记录可能被改过，请与打印存档的一份核对，并查明。"
            )


def stray_files(case: Case, gathered: Gathered) -> Iterator[Told]:
    """Yield what in 输出 the log does not know, one sentence each, the first of every folder."""
    entries = gathered.entries
    every = _known(entries)
    by_folder: dict[Path, list[str]] = defaultdict(list)
    for one in _strays(case, every, judged_by(gathered)):
        if _is_old_backup(case, one, entries):
            yield note(
                f"“{case.relative(one.path)}”是 1.0 版留下的备份，运行记录里没有它的指纹，"
                "不能核对。"
            )
        else:
            by_folder[one.path.parent].append(_sentence(case, one, entries))
    for folder, sentences in by_folder.items():
        more = f"“{case.relative(folder)}”中另有{{count}}个文件不在运行记录中。"
        yield from first(sentences, _MOST, more)
    yield from _earlier(case, entries, every)
    yield from _torn(case, entries)


def beside_the_case(case: Case, gathered: Gathered) -> Iterator[Told]:
    """Yield a note on what lies in the case folder and is nothing of the program's."""
    forms = gathered.forms
    ours = {FILINGS, BALLOTS, EVIDENCE, OUTPUT, POLICY, WORKBOOK, case.file}
    ours |= {forms.filing.file, forms.ballot.file}
    with os.scandir(case.folder) as found:
        others = sorted(f"“{one.name}”" for one in found if one.name not in ours)
    others = [one for one in others if not _is_passing(one.strip("“”"))]
    if others:
        names = named(others, _LISTED, "个")
        yield note(f"评价项目文件夹中的{names}不是程序写出的，程序不读，也没有核验。")


def _known(entries: Sequence[Entry]) -> dict[str, set[str]]:
    """Return every digest under which each path was written, by any run."""
    known: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for path, digest in (entry["outputs"] | entry.get("kept", {})).items():
            known[path].add(digest)
    return known


def _strays(case: Case, known: dict[str, set[str]], rules: Collection[str]) -> Iterator[Stray]:
    """Yield what lies in and below 输出 and was written by no run; no link is followed.

    `rules` are the digests of the rules the case was judged by: copies of them are kept.
    """
    own = {
        *(path for digest in rules for path in backups_of(case, digest)[0]),
        case.log,
        case.log_head,
        case.log_last,
        case.output / ".lock",
        *case.torn,
    }
    folders = set(case.rooms)
    folders |= {parent for path in known for parent in (case.folder / path).parents}
    waiting = [case.output] if case.output.is_dir() else []
    while waiting:
        for path, status in _listed(waiting.pop()):
            if path in own or _is_passing(path.name):
                continue
            if stat.S_ISDIR(status.st_mode):
                if path in folders:
                    waiting.append(path)
                else:
                    yield Stray(path, "folder")
            elif not stat.S_ISREG(status.st_mode):
                yield Stray(path, "link")
            elif case.relative(path) not in known:
                yield Stray(path, "file")


def _listed(folder: Path) -> list[tuple[Path, os.stat_result]]:
    with os.scandir(folder) as found:
        every = [(Path(one.path), one.stat(follow_symlinks=False)) for one in found]
    return sorted(every, key=lambda one: one[0].name)


def _is_passing(name: str) -> bool:
    """Tell a file that comes and goes: of an office program, of the system, of a run that died."""
    return litter(name) is not None or (name.startswith(".xlpy-") and name.endswith(".tmp"))


def _is_old_backup(case: Case, one: Stray, entries: Sequence[Entry]) -> bool:
    by_1_0 = any("changed" not in entry for entry in entries)
    return by_1_0 and one == Stray(case.backups / _OLD_BACKUP, "file")


def _sentence(case: Case, one: Stray, entries: Sequence[Entry]) -> str:
    name = f"“{case.relative(one.path)}”"
    if one.what == "folder":
        return f"文件夹{name}不是程序建立的。{_NOT_OURS}"
    if one.what == "link":
        return f"{name}不是普通文件（如链接），不是程序写出的。{_NOT_OURS}"
    kind = _paper_kind(case, one.path)
    if kind:
        code = printed(one.path, kind)
        told = "没有核验码" if not code else f"印的核验码 {code} "
        told += "" if not code else "在其中" if code in codes(entries) else "也不在其中"
        return f"{name}不在运行记录中，{told}：{_ANOTHER}"
    if one.path.parent in (case.backups, case.issued, case.feedback, case.meeting):
        return f"{name}不在运行记录中：{_ANOTHER}"
    if one.path in (case.result, case.register):
        return f"{name}不在运行记录中：{_ANOTHER}"
    return f"{name}不是程序写出的（不在运行记录中）。{_NOT_OURS}"


def _paper_kind(case: Case, path: Path) -> str:
    """Return which paper a file in its place is, by its name, "" for none."""
    if path.parent not in (case.filed, case.output) or path.suffix != ".xlsx":
        return ""
    return next((kind for kind, name in PAPERS.items() if path.name.startswith(name)), "")


def _torn(case: Case, entries: Sequence[Entry]) -> Iterator[Told]:
    """Yield what was kept of a torn log and is not as it was kept, or not known to a line."""
    known: dict[str, str] = {}
    for entry in entries:
        known |= entry.get("mended", {})
    for path in case.torn:
        name = case.relative(path)
        if name not in known:
            yield note(f"“{name}”是断电、死机时没有写完的内容，还没有记入运行记录。")
        elif journal.digest(path.read_bytes()) != known[name]:
            yield Told(f"“{name}”与运行记录不符，写出后被改动过。{_NOT_OURS}")


def _earlier(case: Case, entries: Sequence[Entry], known: dict[str, set[str]]) -> Iterator[Told]:
    """Yield what an earlier check or report left, lies there still and was changed since."""
    now = written(entries)
    for relative in sorted(known.keys() - now.keys()):
        path = case.folder / relative
        if not relative.startswith((FEEDBACK, MEETING, _LETTERS)) or not path.is_file():
            continue
        if journal.digest(path.read_bytes()) not in known[relative]:
            yield Told(
                f"“{relative}”是较早一次运行写出的，写出后被改动过。"
                "自己改的请移到“输出”以外；不再需要的请删除。"
            )
