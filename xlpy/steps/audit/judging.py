"""The last evaluation judged again (重新评价): inputs, staff cells, decisions, amounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from xlpy import __version__
from xlpy.forms.staff.cells import staff_cells
from xlpy.model.decision import Evaluation
from xlpy.report.runlog import Entry
from xlpy.steps.audit.lines import differences, line_problems, ruled_by
from xlpy.steps.audit.told import Told, first, named, note
from xlpy.steps.evaluate import decide
from xlpy.steps.gather import Gathered
from xlpy.steps.record import summary

_MOST = 20


class Judged(NamedTuple):
    """The last evaluation of the log, and what judging again comes to (重新评价的结果)."""

    number: int
    entry: Entry
    evaluation: Evaluation

    @property
    def same_version(self) -> bool:
        """Tell whether this version of the program wrote that line."""
        return bool(self.entry["version"] == __version__)


def judged_again(gathered: Gathered, today: date) -> Judged | None:
    """Return the last evaluation with what the files come to today; None where there is none."""
    at = [n for n, one in enumerate(gathered.entries) if one["command"] == "evaluate"]
    if not at:
        return None
    entry = gathered.entries[at[-1]]
    as_of = date.fromisoformat(str(entry["as_of"]))
    return Judged(at[-1], entry, decide(gathered, today=today, as_of=as_of))


def judging_problems(gathered: Gathered, judged: Judged) -> Iterator[Told]:
    """Yield how inputs and outcome differ from what the log says of them."""
    entry = judged.entry
    if not judged.same_version:
        yield note(
            f"最近一次评价是用 {entry['version']} 版软件作出的，现在是 {__version__} 版："
            "写出的文件，字节可能因版本不同，所以逐项核对每一项结论、金额和表中的每一格。"
        )
    yield from _input_problems(entry, gathered)
    yield from _staff_problems(judged, gathered)
    yield from _parameter_problems(entry, gathered)
    now = summary(judged.evaluation)
    mine = gathered.edition.digest
    if ruled_by(gathered.entries, mine)[judged.number] != mine:
        yield Told(
            f"最近一次评价（运行记录第{judged.number + 1}行）依据的是改用以前的政策版本，"
            "不能按现在的核对；请重新评价（xlpy evaluate）。"
        )
        yield from line_problems(gathered, now, judged.number, judged.entry["as_of"])
        return
    wrong = tuple(differences(entry, now))
    hint = "" if judged.same_version else f"（那次评价由 {entry['version']} 版作出）"
    told = (f"重新评价的结果与运行记录第{judged.number + 1}行不同{hint}：{one}" for one in wrong)
    yield from first(told, _MOST, "重新评价的结果与运行记录不同，另有{count}处。")
    if judged.same_version and not wrong and entry["open_findings"] != now["open_findings"]:
        there, right = entry["open_findings"], now["open_findings"]
        yield Told(f"重新评价的结果与运行记录不同：待处理的问题记录为{there}项，应为{right}项。")
    yield from line_problems(gathered, now, judged.number, judged.entry["as_of"])


def _input_problems(entry: Entry, gathered: Gathered) -> Iterator[Told]:
    before, now = entry["inputs"], dict(gathered.inputs)
    for path in sorted(before.keys() | now.keys()):
        if path not in now:
            yield Told(f"评价时读取的“{path}”不见了。")
        elif path not in before:
            yield Told(f"“{path}”是评价之后收到的。")
        elif before[path] != now[path]:
            yield Told(f"“{path}”与评价时不同，评价之后被改动过。")


def _staff_problems(judged: Judged, gathered: Gathered) -> Iterator[Told]:
    """Yield that staff cells changed; another version may have reckoned their digest otherwise."""
    if judged.entry["staff"] == gathered.staff.digest:
        return
    if judged.same_version or cells_changed(gathered):
        yield Told("工作簿中经办人填写的内容与评价时不同。")
    else:
        yield note(
            f"{judged.entry['version']} 版记下的经办人填写内容的指纹，本版算法不同，不能核对；"
            "重新评价一次以后即可核对。"
        )


def changed_since(gathered: Gathered, entry: Entry) -> str:
    """Return what changed since the run of that line (其后的变化), "" where nothing did."""
    if entry["inputs"] != dict(gathered.inputs):
        return "材料有增减或改动"
    same = entry["version"] == __version__  # another may reckon the digest otherwise
    if entry["staff"] != gathered.staff.digest if same else cells_changed(gathered):
        return "经办人填写的内容有改动"
    if entry.get("edition_digest", gathered.edition.digest) != gathered.edition.digest:
        return "评价依据的政策版本已经更换"
    return ""


def cells_changed(gathered: Gathered) -> bool:
    """Tell whether staff cells are not as the last run left them; False where the log has none."""
    known = gathered.history
    return known.known_cells and dict(known.cells) != staff_cells(gathered.staff)


def _parameter_problems(entry: Entry, gathered: Gathered) -> Iterator[Told]:
    if entry["staff"] != gathered.staff.digest:
        return
    before, now = entry["parameters"], {k: v for k, (v, _) in gathered.rules.chosen.items()}
    other = sorted(id for id in before.keys() & now.keys() if before[id] != now[id])
    if other:
        labels = {one.id: one.label for one in gathered.edition.parameters}
        names = named([labels.get(id, id) for id in other], _MOST, "项")
        yield Told(f"运行记录中评价所用的参数与工作簿不同：{names}。")
    typed = gathered.staff.as_of
    if typed is not None and typed.isoformat() != entry["as_of"]:
        yield Told(f"运行记录中的评价日期是 {entry['as_of']}，工作簿是 {typed.isoformat()}。")
