"""The case's copy of the rule (政策副本): as it was sealed, and as the log says."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from xlpy.report.runlog import Entry
from xlpy.steps.audit.told import Told, named, note
from xlpy.steps.case import POLICY, Case
from xlpy.steps.gather import CHANGE, Gathered, ruled
from xlpy.steps.rules.sealed import Sealed, backups_of, named_rule, strayed

_MOST = 8
_SHORT = 12
_CURE = (
    f"评价仍按封存的内容；误改的请取回原件，要改用别的内容，请把它移出“{POLICY}”后运行 "
    "xlpy edition apply 并写明理由。"
)


def policy_problems(case: Case, gathered: Gathered) -> Iterator[Told]:
    """Yield where the copy of the rule is not what was sealed, and where the log says another."""
    yield from _copy(case, gathered)
    yield from _backups(case, gathered)
    yield from _log(gathered)


def judged_by(gathered: Gathered) -> Collection[str]:
    """Return the digests of all rules the case was judged by, as the log says, and is sealed with.

    In the order they came.
    """
    keys = ("former_digest", "edition_digest")
    said = (one.get(key) for one in gathered.entries for key in keys)
    return dict.fromkeys(filter(None, (*said, gathered.edition.digest)))


def _copy(case: Case, gathered: Gathered) -> Iterator[Told]:
    if not case.policy.exists():
        yield note(
            f"项目里还没有“{POLICY}”文件夹：是较早版本建立的项目，下次校验或评价时存入所用的政策版本。"
            if not gathered.policy.sealed
            else f"“{POLICY}”文件夹不见了，下次校验或评价时按封存的内容重新写出。"
        )
        return
    if case.policy.is_symlink():
        yield Told(f"“{POLICY}”是指向别处的链接，不是本项目的副本。{_CURE}")
        return
    for told in strayed(case, gathered.policy.source):
        yield Told(f"{told}，与本项目封存的政策版本不同。{_CURE}")
    others = sorted(f"“{one.name}”" for one in case.policy.iterdir() if one.suffix != ".toml")
    if others:
        names = named(others, _MOST, "个")
        yield note(f"“{POLICY}”文件夹中的{names}不是政策版本的文件，程序不读，也没有核验。")


def _backups(case: Case, gathered: Gathered) -> Iterator[Told]:
    """Yield where the copy beside the backups is not what it was, or is not there."""
    for digest in judged_by(gathered):
        paths, whole = backups_of(case, digest)
        sealed = digest == gathered.edition.digest
        again = "，或把它们移走，下次校验或评价时重新写出" if sealed else ""
        if paths and not whole:
            names = named([f"“{case.relative(one)}”" for one in paths], _MOST, "个")
            yield Told(
                f"政策版本（摘要{digest[:_SHORT]}）的留底不是当时的原件，有文件被改动过或缺少（现有{names}）；"
                f"请从别处的备份恢复{again}。"
            )
        elif not paths and sealed and ruled(gathered.entries):
            yield note("“输出/备份”中没有政策版本的留底，下次校验或评价时重新写出。")


def _log(gathered: Gathered) -> Iterator[Told]:
    """Yield the lines judged by another rule than the ones before, without the command for it."""
    said = ruled(gathered.entries)
    for before, after in pairwise(said):
        if after["edition_digest"] != before["edition_digest"] and after["command"] != CHANGE:
            yield Told(
                f"运行记录中{after['time'][:16]}的一次运行换了政策版本（{_named(before)}→"
                f"{_named(after)}），而没有更换的记录，请查明。"
            )
    now = gathered.edition
    if said and (said[-1]["edition"], said[-1]["edition_digest"]) != (now.id, now.digest):
        yield Told(
            f"运行记录中评价依据的政策版本是{_named(said[-1])}，"
            f"工作簿封存的是{named_rule(gathered.policy.seal)}，"
            "请查明：多半是换回了改用以前的工作簿，请取回改用以后的一份。"
        )
    elif not said and gathered.entries and gathered.entries[-1]["edition"] != now.id:
        there = gathered.entries[-1]["edition"]
        yield Told(f"运行记录中评价依据的政策版本是 {there}，工作簿是 {now.id}。")


def _named(entry: Entry) -> str:
    return named_rule(Sealed(entry["edition"], entry["edition_digest"]))
