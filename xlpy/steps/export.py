"""`xlpy export` (公示、资金): the paper that is due, as a version, or all causes of a refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from xlpy.judge.order import due, for_paper
from xlpy.model.history import FINANCE, NOTICE, History
from xlpy.steps.case import open_case
from xlpy.steps.evaluate import Run, as_filed, decide, reminders
from xlpy.steps.evidence import evidence_entry
from xlpy.steps.filed.papers import (
    BY_HAND,
    Draft,
    by_hand,
    drafted,
    filed_path,
    first_kept,
    letter_files,
    newest_path,
    no_longer,
)
from xlpy.steps.gather import Progress, gather
from xlpy.steps.log import journal
from xlpy.steps.log.anew import begun_anew, make_output
from xlpy.steps.log.history import PAPERS
from xlpy.steps.record import Record, begun, changes_since
from xlpy.steps.rules.sealed import keep
from xlpy.steps.workbook import CLOSED, Workbook

_NOBODY = "没有需要拨付奖补资金的平台，不生成奖补资金安排表。"
_NEXT = {
    NOTICE: "下一步：按公示起止日期公示；有异议的登记在「异议」。期满后再导出奖补资金安排表。",
    FINANCE: "下一步：报送财政，并在「参数」中填写报送财政日期；此后再导出的为更正。",
}


def export(
    folder: Path,
    *,
    today: date,
    paper: str = "",
    progress: Progress | None = None,
    workbook: Workbook = CLOSED,
) -> Run:
    """Write 公示名单.xlsx or 奖补资金安排表.xlsx, or return why not in `refused`.

    `paper` is NOTICE or FINANCE; without one it is whichever is due. Raises CaseError,
    FileBusyError, and ReadBackError when what was to be filed does not read back as judged; then
    no file changes.
    """
    case = open_case(folder, workbook.file)
    make_output(case, lambda: workbook.shown(workbook.read(case)))
    with case.locked():
        mended = journal.confirm(case)
        gathered = gather(case, today=today, book=workbook.read(case), progress=progress)
        keep(case, gathered.policy)
        mended += gathered.policy.notes
        mended += begun_anew(case, gathered.entries, lambda: workbook.shown(gathered.book))
        judged = decide(gathered, today=today)
        kind = paper or due(judged, gathered.history)
        evaluation = for_paper(judged, kind)
        refused = (*evaluation.causes, *changes_since(gathered, evaluation))
        run = begun(
            *("export", case, gathered, evaluation, workbook),
            refused=list(refused),
            papers=[],
            kind=kind,
            today=today.isoformat(),
        )
        outputs: dict[Path, bytes] = {}
        told: tuple[str, ...] = ()
        code, leaving = "", dict[Path, str]()
        if not refused and kind == FINANCE and not evaluation.total_subsidy:
            told = (_NOBODY, *_withdrawn(gathered.history))
        elif not refused:
            last = gathered.history.last_paper(kind)
            same = as_filed(last, gathered, evaluation) if last else None
            draft = drafted(case, kind, gathered, evaluation, today, same=same)
            run, outputs, told = _filed(run, draft)
            code, leaving = draft.code, no_longer(case, gathered, draft)
            told = (*told, *_void(leaving))
        run.write(outputs, leaving=leaving)
        notes = workbook.fill(
            case, gathered, replace(evaluation, causes=refused), history=run.history
        )
    written = tuple(path for path in outputs if path == newest_path(case, kind))
    notes = (*mended, *told, *notes, *reminders(evaluation))
    return Run(
        evaluation=evaluation,
        written=written,
        notes=notes,
        refused=refused,
        paper=kind,
        code=code,
    )


def _filed(run: Record, draft: Draft) -> tuple[Record, dict[Path, bytes], tuple[str, ...]]:
    """Return the run with its paper, the files to write, and what the operator is told."""
    case, kind = run.case, draft.kind
    changed = by_hand(case, run.gathered, draft, run.entry["time"])
    outputs = {
        **first_kept(case, run.gathered, kind),
        **changed,
        filed_path(case, kind, draft.version): draft.bytes,
        newest_path(case, kind): draft.bytes,
        **letter_files(case, draft),
    }
    more = {"papers": [draft.entry(case)], "evidence": evidence_entry(case)}
    told = (*_told(draft, changed), *_perhaps_filed(run, draft))
    return run.with_more(**more), outputs, told


def _told(draft: Draft, changed: dict[Path, bytes]) -> Iterator[str]:
    name = PAPERS[draft.kind]
    if draft.same is not None:
        yield f"本次导出{name}：与第{draft.version}版内容相同，没有另存新版。"
    else:
        corrected = "，标明更正并附更正说明" if draft.correction else ""
        yield f"本次导出{name}（第{draft.version}版{corrected}）。"
    yield _letters_told(draft)
    if draft.code:
        yield f"核验码：{draft.code}（印在表的末尾，日后用 xlpy verify --code 核对纸质的表）。"
    for path in changed:
        was = f"{path.name.partition(BY_HAND)[0]}{path.suffix}"
        yield f"原来的“{was}”被手工改过，已另存为“已导出/{path.name}”。"
    yield _NEXT[draft.kind]


def _void(leaving: Mapping[Path, str]) -> Iterator[str]:
    """Say whose letters are void: they may have been handed over."""
    if leaving:
        names = "、".join(sorted(path.stem for path in leaving))
        yield (
            f"不再适用的告知书{len(leaving)}份已移出（{names}），各版仍在“已导出”中；"
            "已经送达的，请告知该平台以前的告知书作废。"
        )


def _letters_told(draft: Draft) -> str:
    """Say which documents go with the paper (随表公文)."""
    names = list(draft.letters.files)
    alone = "、".join(f"“{name}”" for name in names if "/" not in name)
    many = [name.partition("/")[0] for name in names if "/" in name]
    more = f"，{many[0]}{len(many)}份（在“{many[0]}”文件夹中）" if many else ""
    return f"同时写出{alone}{more}。"


def _perhaps_filed(run: Record, draft: Draft) -> Iterator[str]:
    """Say what to do when finance has the version before, though nobody typed the day."""
    last = run.gathered.history.last_paper(FINANCE)
    if draft.kind == FINANCE and last and not draft.same and run.gathered.staff.filed_on is None:
        yield (
            f"没有填写报送财政日期，第{last.version}版按没有报出处理，本版没有写明更正；其实已经报出的，"
            "请先在「参数」中补填那天的日期，再导出一次，得到写明更正的一版，不要报送本版。"
        )


def _withdrawn(history: History) -> Iterator[str]:
    """Say which sheet is out that nobody may pay by any more."""
    if last := history.last_paper(FINANCE):
        name = f"{PAPERS[FINANCE]}第{last.version}版"
        yield f"以前导出的{name}不再有效；已经报送的，请告知财政部门停止据此拨付。"
