"""`xlpy verify` (核验): log, inputs and outputs are as they were when the case was judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xlpy import __version__
from xlpy.errors import FileBusyError
from xlpy.excel.writing.write import document_bytes
from xlpy.model.decision import Evaluation
from xlpy.model.history import FINANCE, NOTICE
from xlpy.steps.case import Case, open_case
from xlpy.steps.evaluate import agrees, decide, result_of
from xlpy.steps.evidence import evidence_entry
from xlpy.steps.gather import Gathered, Progress, gather
from xlpy.steps.log import journal
from xlpy.steps.log.backup import changed_copies
from xlpy.steps.log.history import FEEDBACK, PAPERS
from xlpy.steps.papers import filed_path, newest_path
from xlpy.steps.record import begun, summary
from xlpy.steps.workbook import CLOSED, Workbook

_AGAIN = "受理科室、电话、地址和日期请填在「参数」中，再重新导出；改动过的一份届时另存。"
_BLANK = "自己改的请另存为别的文件名；这份移走或删除后运行一次 xlpy check，即重新写出。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was held against what (核验结果): counts, and every difference in Chinese."""

    lines: int
    inputs: int
    outputs: int
    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """Return the counts in one sentence."""
        held = f"运行记录{self.lines}行，输入文件{self.inputs}份，输出文件{self.outputs}份"
        return f"核验{'发现不符' if self.problems else '通过'}：{held}。"


def verify(
    folder: Path,
    *,
    today: date,
    progress: Progress | None = None,
    workbook: Workbook = CLOSED,
) -> Verification:
    """Re-read everything and return what no longer agrees with the log.

    Writes nothing but its own line of the log, and not that where it may not write. Raises
    CaseError when there is no case to verify.
    """
    case = open_case(folder, workbook.file)
    mended = journal.mended(case)
    problems = list(journal.problems(case))
    if problems:
        return Verification(lines=0, inputs=0, outputs=0, problems=tuple(problems))
    gathered = gather(case, today=today, book=workbook.read(case), progress=progress)
    written = _written(gathered.entries)
    problems += _output_problems(case, written, gathered.forms.filing.file)
    problems += changed_copies(case, gathered.entries)
    evaluated = journal.last(gathered.entries, "evaluate")
    if evaluated is None:
        problems.append("还没有评价，没有可核验的结果；请先运行 xlpy evaluate。")
    else:
        problems += _judging_problems(case, evaluated, gathered, today)
    seen = Verification(
        lines=len(gathered.entries),
        inputs=len(evaluated["inputs"]) if evaluated else 0,
        outputs=len(written),
        problems=tuple(problems),
        notes=mended,
    )
    with suppress(FileBusyError):  # a copy to look at, on a disk nobody may write to
        _record(case, gathered, workbook, seen, today)
    return seen


def _record(
    case: Case, gathered: Gathered, workbook: Workbook, seen: Verification, today: date
) -> None:
    with case.locked():
        evaluation = decide(gathered, today=today)
        run = begun("verify", case, gathered, evaluation, workbook, problems=len(seen.problems))
        run.with_more(evidence=evidence_entry(case)).keep({})


def _written(entries: tuple[Mapping[str, object], ...]) -> dict[str, str]:
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
    return path.startswith(FEEDBACK)


def _output_problems(case: Case, written: dict[str, str], blank: str) -> Iterator[str]:
    hints = dict.fromkeys((case.relative(newest_path(case, kind)) for kind in PAPERS), _AGAIN)
    hints[blank] = _BLANK
    for relative, digest in sorted(written.items()):
        path = case.folder / relative
        if not path.is_file():
            yield f"输出文件“{relative}”不见了。{_BLANK if relative == blank else ''}"
        elif journal.digest(path.read_bytes()) != digest:
            yield f"输出文件“{relative}”与运行记录不符，写出后被改动过。{hints.get(relative, '')}"


def _judging_problems(
    case: Case, evaluated: Mapping[str, object], gathered: Gathered, today: date
) -> Iterator[str]:
    as_of = date.fromisoformat(str(evaluated["as_of"]))
    if evaluated["version"] != __version__:
        yield (
            f"最近一次评价是用 {evaluated['version']} 版软件作出的，现在是 {__version__} 版，"
            "不能逐字节核对；请重新评价一次，再核验。"
        )
        return
    yield from _input_problems(evaluated, gathered)
    evaluation = decide(gathered, today=today, as_of=as_of)
    if any(evaluated[key] != value for key, value in summary(evaluation).items()):
        yield "重新评价的结果与运行记录不同。"
    yield from _stale_papers(case, gathered, evaluation)
    fresh = journal.digest(document_bytes(result_of(gathered, evaluation)))
    outputs = evaluated["outputs"]
    assert isinstance(outputs, dict)
    if outputs.get(case.relative(case.result)) != fresh:
        yield f"重新生成的“{case.result.name}”与运行记录不同（软件或政策版本可能已更新）。"


def _input_problems(evaluated: Mapping[str, object], gathered: Gathered) -> Iterator[str]:
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


def _stale_papers(case: Case, gathered: Gathered, evaluation: Evaluation) -> Iterator[str]:
    """Yield the newest versions that would not come out the same today.

    Another outcome, or the same with another account, payee, date or minutes number.
    """
    for kind in (NOTICE, FINANCE):
        paper = gathered.history.last_paper(kind)
        if paper is None or not paper.content:
            continue
        if not agrees(paper, gathered, evaluation):
            name = case.relative(filed_path(case, kind, paper.version))
            yield (
                f"“{name}”与现在的申报材料和工作簿不一致（如等次、账号、收款单位、会议纪要号、"
                "公示日期改过）；请重新导出。"
            )
