"""`xlpy verify` (核验): log, inputs and outputs are as they were when the case was judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xlpy import __version__
from xlpy.excel.writing.write import document_bytes
from xlpy.model.decision import Evaluation
from xlpy.steps import journal
from xlpy.steps.case import Case, open_case
from xlpy.steps.evaluate import decide, result_of
from xlpy.steps.export import against_notice, finance_bytes, notice_bytes
from xlpy.steps.gather import Gathered, Progress, gather


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was held against what (核验结果): counts, and every difference in Chinese."""

    lines: int
    inputs: int
    outputs: int
    problems: tuple[str, ...]


def verify(folder: Path, *, today: date, progress: Progress | None = None) -> Verification:
    """Re-read everything and return what no longer agrees with the log. Writes nothing.

    Raises CaseError when there is no case to verify.
    """
    case = open_case(folder)
    problems = list(journal.problems(case))
    if problems:
        return Verification(lines=0, inputs=0, outputs=0, problems=tuple(problems))
    entries = journal.lines(case)
    written = _written(entries)
    problems += _output_problems(case, written)
    evaluated = journal.last(case, "evaluate")
    if evaluated is None:
        problems.append("还没有评价，没有可核验的结果；请先运行 xlpy evaluate。")
    else:
        problems += _judging_problems(case, evaluated, today, progress)
    return Verification(
        lines=len(entries),
        inputs=len(evaluated["inputs"]) if evaluated else 0,
        outputs=len(written),
        problems=tuple(problems),
    )


def _stale_exports(
    case: Case, evaluated: Mapping[str, object], gathered: Gathered, evaluation: Evaluation
) -> Iterator[str]:
    """Yield the filed sheets that would not come out the same today.

    Another outcome, or the same with another account, payee, date or minutes number.
    """
    entries = journal.lines(case)
    for path in (case.notice, case.finance):
        name = case.relative(path)
        number = journal.writer(entries, name)
        if number is None or not path.is_file():
            continue
        made = entries[number]
        if made["decisions"] != evaluated["decisions"]:
            yield f"“{name}”是按较早的评价导出的，与最近一次评价的结果不同；请重新导出。"
        elif made["version"] == __version__ and not evaluation.causes:
            both = case.relative(case.notice) in made["outputs"]
            before = () if both else against_notice(case, entries[:number], evaluation)
            fresh = (
                notice_bytes(gathered, evaluation)
                if path == case.notice
                else finance_bytes(gathered, evaluation, before)
            )
            if journal.digest(fresh) != made["outputs"][name]:
                yield (
                    f"“{name}”与现在的申报材料和工作簿不一致（如账号、收款单位、会议纪要号、"
                    "公示日期改过）；请重新导出。"
                )


def _written(entries: tuple[dict[str, object], ...]) -> dict[str, str]:
    """Return the digest each output should have: that of the last run that wrote it.

    A check replaces the feedback copies of the check before.
    """
    written: dict[str, str] = {}
    for entry in entries:
        outputs = entry["outputs"]
        assert isinstance(outputs, dict)
        if entry["command"] == "check":
            written = {path: d for path, d in written.items() if not _is_feedback(path)}
        written |= outputs
    return written


def _is_feedback(path: str) -> bool:
    return path.startswith("输出/校验反馈/")


def _output_problems(case: Case, written: dict[str, str]) -> Iterator[str]:
    for relative, digest in sorted(written.items()):
        path = case.folder / relative
        if not path.is_file():
            yield f"输出文件“{relative}”不见了。"
        elif journal.digest(path.read_bytes()) != digest:
            yield f"输出文件“{relative}”与运行记录不符，写出后被改动过。"


def _judging_problems(
    case: Case, evaluated: dict[str, object], today: date, progress: Progress | None
) -> Iterator[str]:
    gathered = gather(case, today=today, progress=progress)
    before = evaluated["inputs"]
    assert isinstance(before, dict)
    now = dict(gathered.inputs)
    for path in sorted(before.keys() | now.keys()):
        if path not in now:
            yield f"评价时读取的“{path}”不见了。"
        elif path not in before:
            yield f"“{path}”是评价之后收到的。"
        elif before[path] != now[path]:
            yield f"“{path}”与评价时不同，评价之后被改动过。"
    if evaluated["staff"] != gathered.staff.digest:
        yield "工作簿中经办人填写的内容与评价时不同。"
    as_of = date.fromisoformat(str(evaluated["as_of"]))
    evaluation = decide(gathered, today=today, as_of=as_of)
    if any(evaluated[key] != value for key, value in journal.summary(evaluation).items()):
        yield "重新评价的结果与运行记录不同。"
    yield from _stale_exports(case, evaluated, gathered, evaluation)
    fresh = journal.digest(document_bytes(result_of(gathered, evaluation)))
    outputs = evaluated["outputs"]
    assert isinstance(outputs, dict)
    if outputs.get(case.relative(case.result)) != fresh:
        yield f"重新生成的“{case.result.name}”与运行记录不同（软件或政策版本可能已更新）。"
