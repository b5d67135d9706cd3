"""The lines of the log held against each other (各行互相核对), and against judging again.

What a line says of itself (files, staff cells, 评价日期, version, command) only chooses what it is
held against: a line about the files of today is held against judging again, every other one
against the lines about the same files and cells. What tells of nothing we know is named.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise

from xlpy import __version__
from xlpy.model.decision import Status
from xlpy.report.register.row import clock
from xlpy.report.runlog import Entry
from xlpy.steps.audit.chain import number
from xlpy.steps.audit.told import Told, first, note
from xlpy.steps.gather import CHANGE, VERIFIES, Gathered

RELEASED = frozenset({"1.0.0", "1.1.0", "1.2.0", "1.3.0", "1.4.0", "1.5.0", __version__})
"""The versions that ever wrote a log (发布过的版本): `tests` hold it against CHANGELOG.md."""

COMMANDS = frozenset(
    {"check", "ballots", "evaluate", "export", "verify"}
    | {"new", "edition", "report", "desk", "build"}  # of the logs of version 1.0
)

_MOST = 20
_TOLD = 3  # of what a line says otherwise
_FIGURES = {"base": "比例基数", "quota": "名额", "total_subsidy": "奖补资金合计"}
_STATUS = "状态"

About = tuple[dict[str, str], str, str, str]
"""What a line tells of (一行所据): files, staff cells, evaluation date, edition."""

_PARTS = (_STATUS, "得分", "等次", "奖补金额(万元)")
_STATES = {status.value: status.label for status in Status}
_FORGED = "运行记录可能被改过，请与打印存档的一份核对，并查明。"

Outcome = Mapping[str, object]
"""What an evaluation came to (结论): decisions and figures, as a line of the log has them."""


def line_problems(gathered: Gathered, now: Outcome, judged: int, as_of: str) -> Iterator[Told]:
    """Yield the lines that tell of other decisions than they can; `judged` is told elsewhere."""
    entries = gathered.entries
    more = "运行记录另有{count}行有这样的问题。"
    yield from first(_strange(entries), _MOST, more)
    yield from first(_other_days(entries), _MOST, more)
    yield from first(_other_staff(entries), _MOST, more)
    ruled = ruled_by(entries, gathered.edition.digest)
    mine = (dict(gathered.inputs), gathered.staff.digest, as_of, gathered.edition.digest)
    wrong = [
        told
        for at, entry in enumerate(entries)
        if at != judged and _about(entry, ruled[at]) == mine
        for told in _against_now(at, entry, now)
    ]
    hard = [one.text for one in wrong if not one.note]
    yield from first(hard, _MOST, "另有{count}行记的结果与重新评价的不同。")
    yield from islice((one for one in wrong if one.note), _MOST)
    yield from first(_unlike_fellows(entries, ruled, mine), _MOST, more)
    yield from islice(_alone(entries, ruled), _MOST)


def differences(
    entry: Outcome, now: Outcome, *, there: str = "", parts: Sequence[str] = _PARTS
) -> Iterator[str]:
    """Yield what of a line's outcome is not as in `now`: platform by platform, then figures.

    `there` says where `now` stands, "" for judging again.
    """
    right = f"{there}为" if there else "应为"
    before, after = _by_key(entry["decisions"]), _by_key(now["decisions"])
    for platform in dict.fromkeys((*before, *after)):
        name = platform[1]
        if len(before.get(platform, ())) != len(after.get(platform, ())):
            if platform in before:
                yield f"“{name}”记录中有，{there or '重新评价'}没有。"
            else:
                yield f"“{name}”不在记录中{f'，{there}有' if there else ''}。"
            continue
        for was, is_now in zip(before[platform], after[platform], strict=True):
            told = [
                f"{label}记录为{_said(a)}，{right}{_said(b)}"
                for label, a, b in zip(_PARTS, was, is_now, strict=True)
                if label in parts and _said(a) != _said(b)
            ]
            if told:
                yield f"“{name}”{'；'.join(told)}。"
    for key, label in _FIGURES.items():
        if number(entry[key]) != number(now[key]):
            yield f"{label}记录为{entry[key]}，{right}{now[key]}。"


def ruled_by(entries: Sequence[Entry], now: str) -> list[str]:
    """Return by which edition each line was judged (各行的政策版本): its digest.

    A line of before 1.3 says none: the first line that does, or what it took the place of.
    """
    first = next((one for one in entries if "edition_digest" in one), None)
    before = now if first is None else first.get("former_digest") or first["edition_digest"]
    return [one.get("edition_digest", before) for one in entries]


def _about(entry: Entry, ruled: str) -> About:
    return dict(entry["inputs"]), entry["staff"], entry["as_of"], ruled


def _line(at: int, entry: Entry) -> str:
    return f"运行记录第{at + 1}行（{clock(entry['time'])}）"


def _strange(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield the lines of a command or a version there never was."""
    for at, entry in enumerate(entries):
        if entry["command"] not in COMMANDS:
            yield f"{_line(at, entry)}的命令“{entry['command'][:20]}”不是程序有的。{_FORGED}"
        if entry["version"] not in RELEASED:
            yield (
                f"{_line(at, entry)}写的软件版本“{entry['version'][:20]}”不是 {__version__} 版"
                "所知道的：是更新的版本写下的，请用那一版核验；不是的，" + _FORGED
            )


def _other_days(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield the lines with another 评价日期 than those with the same staff cells.

    It is one of these cells; where it is blank, it is the day of the run.
    """
    typed: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        if entry["as_of"] not in (entry["time"][:10], entry.get("today")):
            typed[entry["staff"]][entry["as_of"]] += 1
    for at, entry in enumerate(entries):
        if known := typed.get(entry["staff"]):
            right = known.most_common(1)[0][0]
            if entry["as_of"] != right:
                yield (
                    f"{_line(at, entry)}的评价日期是 {entry['as_of']}，经办人填写的内容相同的"
                    f"各行是 {right}。{_FORGED}"
                )


def _other_staff(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield the lines with other staff cells than the line before, though none had changed."""
    for at, (before, entry) in enumerate(pairwise(entries), start=1):
        same = before["version"] == entry["version"] and entry.get("changed") == []
        if same and before["staff"] != entry["staff"] and not entry.get("baseline"):
            yield f"{_line(at, entry)}说经办人填写的内容没有变，其指纹却与上一行不同。{_FORGED}"


def _against_now(at: int, entry: Entry, now: Outcome) -> Iterator[Told]:
    """Yield what a line about the files of today says otherwise: grades and amounts always."""
    ours = entry["version"] == __version__
    parts = _PARTS if ours else tuple(one for one in _PARTS if one != _STATUS)
    hint = "" if ours else f"（这一行写的是 {entry['version']} 版）"
    text = f"{_line(at, entry)}记的结果与同样的材料重新评价的不同{hint}："
    if told := "".join(islice(differences(entry, now, parts=parts), _TOLD)):
        yield Told(text + told)
    elif told := "".join(islice(differences(entry, now), _TOLD)):
        yield note(text + told)


def _unlike_fellows(entries: Sequence[Entry], ruled: Sequence[str], mine: About) -> Iterator[str]:
    """Yield the lines about other files that tell otherwise than those about the same files."""
    fellows: dict[object, list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        inputs, *others = about = _about(entry, ruled[at])
        if about != mine:
            fellows[tuple(sorted(inputs.items())), *others].append(at)
    for lines in fellows.values():
        judged = [at for at in lines if entries[at]["command"] == "evaluate"]
        right = judged[-1] if judged else lines[0]
        for at in lines:
            entry, there = entries[at], f"第{right + 1}行"
            parts = _shared_parts(entry, entries[right])
            told = differences(entry, entries[right], there=there, parts=parts)
            if text := "".join(islice(told, _TOLD)):
                yield (
                    f"{_line(at, entry)}记的结果与材料和填写内容相同的{there}不同：{text}{_FORGED}"
                )


def _shared_parts(one: Entry, other: Entry) -> tuple[str, ...]:
    same = one["version"] == other["version"]
    return _PARTS if same else tuple(part for part in _PARTS if part != _STATUS)


def _alone(entries: Sequence[Entry], ruled: Sequence[str]) -> Iterator[Told]:
    """Yield a note on a line about other files than both its neighbours, which are alike.

    A file may have been away for one run; or what the line says of the files is not true.
    """
    for at in range(1, len(entries) - 1):
        before, entry = entries[at - 1 : at + 1]
        earlier, mine, later = (_about(entries[n], ruled[n]) for n in (at - 1, at, at + 1))
        looked = entry["command"] == VERIFIES and ruled[at] != ruled[at - 1]
        if entry["command"] == CHANGE or looked or not earlier == later != mine:
            continue
        told = differences(entry, before, there=f"第{at}行", parts=_PARTS[1:])
        if text := "".join(islice(told, _TOLD)):
            yield note(
                f"{_line(at, entry)}的材料或填写内容与前后两行都不同，前后两行却相同，"
                f"记的结果也不同：{text}当时的材料已不在，不能核对；记不得有这回事的，请查明。"
            )


def _by_key(decisions: object) -> dict[tuple[str, str], list[Sequence[object]]]:
    assert isinstance(decisions, list)
    found: dict[tuple[str, str], list[Sequence[object]]] = {}
    for code, name, *rest in decisions:
        found.setdefault((code, name), []).append(rest)
    return dict(sorted(found.items()))


def _said(value: object) -> str:
    """Return a value of a decision in words, the same however exact it is written."""
    if value is None or value == "None":
        return "无"
    found = number(value)
    return _STATES.get(str(value), str(value)) if found is None else f"{found.normalize():f}"
