"""`xlpy export` (导出): the public list and the subsidy sheet, or all causes of a refusal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from xlpy.errors import ReadBackError
from xlpy.excel.files.atomic import write_files
from xlpy.excel.reading.readback import read_table
from xlpy.excel.writing.write import document_bytes
from xlpy.model.decision import Evaluation
from xlpy.report.papers.finance import finance_document, finance_rows
from xlpy.report.papers.notice import notice_document, notice_rows
from xlpy.report.papers.second_look import disagreements, notice_disagreements
from xlpy.steps import journal
from xlpy.steps.case import Case, open_case
from xlpy.steps.evaluate import Run, decide, reminders
from xlpy.steps.gather import Gathered, Progress, gather
from xlpy.steps.workbook import CLOSED, Workbook

_NAMED = 5  # platforms named one by one


def export(
    folder: Path,
    *,
    today: date,
    as_of: date | None = None,
    notice: bool = True,
    finance: bool = True,
    progress: Progress | None = None,
    workbook: Workbook = CLOSED,
) -> Run:
    """Write 公示名单.xlsx and 奖补资金安排表.xlsx, or return why not in `refused`.

    Raises CaseError, FileBusyError, and ReadBackError when what was to be filed does not read
    back as judged; then no file changes.
    """
    case = open_case(folder, workbook.file)
    with case.locked():
        journal.confirm(case)
        gathered = gather(case, today=today, book=workbook.read(case), progress=progress)
        evaluation = decide(gathered, today=today, as_of=as_of)
        refused = (*evaluation.causes, *_changes(case, gathered, evaluation))
        outputs: dict[Path, bytes] = {}
        remarks: tuple[str, ...] = ()
        if not refused:
            entries = journal.lines(case)
            remarks = () if notice else against_notice(case, entries, evaluation)
            if notice:
                outputs[case.notice] = notice_bytes(gathered, evaluation)
            if finance:
                outputs[case.finance] = finance_bytes(gathered, evaluation, remarks)
            write_files(outputs)
        journal.record(case, "export", gathered, evaluation, outputs=outputs, refused=list(refused))
        last_run = "导出被拒绝" if refused else "导出"
        notes = workbook.fill(
            case,
            gathered,
            replace(evaluation, causes=refused),
            last_run=f"{last_run}（{evaluation.as_of}）",
        )
    told = (f"提醒：{one}" for one in remarks)
    notes = (*notes, *told, *reminders(evaluation))
    return Run(evaluation=evaluation, written=tuple(outputs), notes=notes, refused=refused)


def against_notice(
    case: Case, entries: Sequence[Mapping[str, Any]], evaluation: Evaluation
) -> tuple[str, ...]:
    """Return what does not agree with the public list last exported (已导出的公示名单).

    `entries` are the lines of the log before; the notice comes before the money.
    """
    published = journal.writer(entries, case.relative(case.notice))
    if published is None:
        return ("还没有导出公示名单，应先公示，期满后再拨付。",)
    decisions = entries[published]["decisions"]
    was = {(code, name): final for code, name, _, _, final, _ in decisions}
    now = {(d.code, d.name): d.final for d in evaluation.decisions}
    changed = sorted(key[1] for key in was.keys() | now.keys() if was.get(key) != now.get(key))
    if not changed:
        return ()
    names = "、".join(changed[:_NAMED]) + (f"等{len(changed)}家" * (len(changed) > _NAMED))
    return (f"与已导出的公示名单等次不一致（{names}），请重新导出公示名单并公示。",)


def finance_bytes(gathered: Gathered, evaluation: Evaluation, remarks: Sequence[str] = ()) -> bytes:
    """Return 奖补资金安排表.xlsx, read back; `remarks` stand on it as warnings.

    Raises ReadBackError.
    """
    evaluation = replace(evaluation, warnings=(*evaluation.warnings, *remarks))
    sheet = finance_rows(evaluation, gathered.edition, gathered.forms)
    document = finance_document(
        evaluation=evaluation,
        edition=gathered.edition,
        forms=gathered.forms,
        staff=gathered.staff,
    )
    content = document_bytes(document)
    _confirm(disagreements(read_table(content, document.sheets[0].name), sheet))
    return content


def notice_bytes(gathered: Gathered, evaluation: Evaluation) -> bytes:
    """Return 公示名单.xlsx, read back. Raises ReadBackError."""
    document = notice_document(
        evaluation=evaluation,
        edition=gathered.edition,
        forms=gathered.forms,
        staff=gathered.staff,
    )
    content = document_bytes(document)
    expected = notice_rows(evaluation, gathered.edition)
    _confirm(notice_disagreements(read_table(content, document.sheets[0].name), expected))
    return content


def _confirm(differences: tuple[str, ...]) -> None:
    if differences:
        raise ReadBackError(
            f"导出的表回读与评价结果不一致（{differences[0]}），没有写出任何文件；"
            "请把评价项目文件夹交给软件维护人员。"
        )


def _changes(case: Case, gathered: Gathered, evaluation: Evaluation) -> tuple[str, ...]:
    """Return why the last evaluation is not the one to be exported."""
    before = journal.last(case, "evaluate")
    if before is None:
        return ("还没有评价，请先评价再导出。",)
    causes = []
    now = dict(gathered.inputs)
    for path in sorted(before["inputs"].keys() | now.keys()):
        if path not in now:
            causes.append(f"评价之后“{path}”不见了，请核对后重新评价。")
        elif path not in before["inputs"]:
            causes.append(f"评价之后新收到“{path}”，请重新评价。")
        elif before["inputs"][path] != now[path]:
            causes.append(f"评价之后“{path}”有改动，请重新评价。")
    if before["staff"] != gathered.staff.digest:
        causes.append("评价之后工作簿中经办人填写的内容有改动，请重新评价。")
    if before["as_of"] != evaluation.as_of.isoformat():
        causes.append(
            f"上次评价的评价日期是 {before['as_of']}，这次是 {evaluation.as_of}，请重新评价。"
        )
    return tuple(causes)
