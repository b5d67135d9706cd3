"""`xlpy verify` (核验): log, inputs, outputs and the shown workbook are as the case was judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xlpy.errors import FileBusyError
from xlpy.steps.audit.blanks import blank_problems
from xlpy.steps.audit.codes import CodeSeen, code_in_broken_log, seen_code
from xlpy.steps.audit.displayed import displayed_problems
from xlpy.steps.audit.filed import filed_problems
from xlpy.steps.audit.files import beside_the_case, output_problems, stray_files, written
from xlpy.steps.audit.judging import Judged, judged_again, judging_problems
from xlpy.steps.audit.macros import macro_problems
from xlpy.steps.audit.policy import policy_problems
from xlpy.steps.audit.result import result_problems
from xlpy.steps.audit.told import Told
from xlpy.steps.case import TORN, Case, open_case
from xlpy.steps.evaluate import decide
from xlpy.steps.evidence import evidence_entry
from xlpy.steps.gather import Gathered, Progress, gather, is_astray
from xlpy.steps.log import journal
from xlpy.steps.log.anew import lost_log
from xlpy.steps.record import begun
from xlpy.steps.workbook import CLOSED, Workbook

_NOT_EVALUATED = "还没有评价，没有可核验的结果；请先运行 xlpy evaluate。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was held against what (核验结果): counts, and every difference in Chinese.

    `notes` tell what could not be held and why, and accuse nobody. `code` is what a typed 核验码
    comes to, None where none was asked about.
    """

    lines: int
    inputs: int
    outputs: int
    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()
    code: CodeSeen | None = None

    @property
    def ok(self) -> bool:
        """Tell whether nothing is wrong, the code that was asked about neither."""
        return not self.problems and (self.code is None or self.code.ok)

    @property
    def summary(self) -> str:
        """Return the counts in one sentence."""
        held = f"运行记录{self.lines}行，输入文件{self.inputs}份，输出文件{self.outputs}份"
        return f"核验{'发现不符' if self.problems else '通过'}：{held}。"


def verify(
    folder: Path,
    *,
    today: date,
    code: str | None = None,
    progress: Progress | None = None,
    workbook: Workbook = CLOSED,
) -> Verification:
    """Re-read everything and return what no longer agrees with the log.

    `code` is the 核验码 of a paper, to be held against the case too. Mends what a crash had
    torn; else it writes nothing but its own line of the log, and neither where it may not write.
    Raises CaseError when there is no case to verify.
    """
    case = open_case(folder, workbook.file)
    mended = journal.mended(case)
    problems = journal.problems(case)
    if problems:
        asked = None if code is None else code_in_broken_log(code)
        return Verification(lines=0, inputs=0, outputs=0, problems=problems, code=asked)
    book = workbook.read(case)
    gathered = gather(case, today=today, book=book, progress=progress, audited=True)
    judged = judged_again(gathered, today)
    told = tuple(_everything(case, gathered, judged, workbook, today))
    seen = Verification(
        lines=len(gathered.entries),
        inputs=len(judged.entry["inputs"]) if judged else 0,
        outputs=len(written(gathered.entries)),
        problems=tuple(one.text for one in told if not one.note),
        notes=(*mended, *(t for one in told if one.note and not _is_known(t := one.text, mended))),
        code=None if code is None else seen_code(case, gathered, code),
    )
    if gathered.entries:  # without a log nothing is written: 输出 may have been moved away
        try:
            _record(case, gathered, workbook, seen, today)
        except FileBusyError:  # a copy to look at, on a disk nobody may write to
            if not case.output.is_dir():
                raise
    return seen


def _everything(
    case: Case, gathered: Gathered, judged: Judged | None, workbook: Workbook, today: date
) -> Iterator[Told]:
    """Yield all that is to be told, file by file."""
    for lost in lost_log(case, gathered.entries, lambda: workbook.shown(gathered.book)):
        yield Told(lost)
    yield from policy_problems(case, gathered)
    yield from output_problems(case, gathered)
    yield from stray_files(case, gathered)
    yield from blank_problems(case, gathered)
    if judged is None:
        yield Told(_NOT_EVALUATED)
    else:
        yield from judging_problems(gathered, judged)
        yield from result_problems(case, gathered, judged)
    yield from filed_problems(case, gathered, judged.evaluation if judged else None)
    yield from displayed_problems(case, gathered, workbook.shown(gathered.book), today)
    yield from macro_problems(case, gathered)
    yield from beside_the_case(case, gathered)


def _is_known(text: str, mended: Sequence[str]) -> bool:
    """Tell whether a note is about what was kept of a torn line, and that was just told."""
    name = text[1:].partition("”")[0]
    return TORN in name and any(f"“{name}”" in one for one in mended)


def _record(
    case: Case, gathered: Gathered, workbook: Workbook, seen: Verification, today: date
) -> None:
    with case.locked():
        evaluation = decide(gathered, today=today)
        run = begun("verify", case, gathered, evaluation, workbook, problems=len(seen.problems))
        if is_astray(gathered.policy.seal, gathered.entries):
            run = run.with_more(changed=[])  # what stands in another workbook is no change
        run.with_more(evidence=evidence_entry(case)).keep({})
