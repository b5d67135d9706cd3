"""The rows of the platforms in the register (平台登记), and of folders nobody answers to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from xlpy.model.decision import Evaluation, Status
from xlpy.model.filing import Evidence, EvidenceFolder, Filing
from xlpy.model.finding import Finding
from xlpy.model.history import History
from xlpy.model.staff import Staff
from xlpy.policy.form import Forms
from xlpy.report.register.evidence import covered, folders_by_platform
from xlpy.report.register.platform import Platform, platforms_of
from xlpy.report.register.reminder import (
    for_sender,
    office_words,
    platform_missing,
    platform_to_mend,
)
from xlpy.report.register.row import (
    FOLDER,
    IN_ORDER,
    MISSING,
    NOTHING_DUE,
    PLATFORM,
    TO_MEND,
    RegisterRow,
    day_of,
    open_findings,
    several,
    today,
)

CAME, CAME_OPEN, NOT_COME, OVERDUE = "已收", "已收，有问题", "未收", "逾期未收"
UNREAD, OTHER_YEAR, DOUBLED = "已收，读不了", "不是本年度的表", "已收几份"
_LATE, _IN_TIME = "是", "否"
_ATTENDANCE = "attendance"
_ABSENT = (Status.ABSENT, Status.EXCUSED)
_NUMBERS, _FOLDERS = 3, 20  # named one by one
_RENAME = "经办人：请把这个文件夹改为平台名称或信用代码。"


class Desk(NamedTuple):
    """What the rows of the platforms are drawn up from (登记依据)."""

    forms: Forms
    staff: Staff
    findings: Mapping[tuple[str, str], Sequence[Finding]]
    feedback: Mapping[str, str]
    today: date | None


def platform_rows(
    *,
    forms: Forms,
    staff: Staff,
    evaluation: Evaluation | None,
    filings: Sequence[Filing],
    history: History,
    evidence: Evidence,
    feedback: Mapping[str, str],
) -> tuple[list[RegisterRow], list[RegisterRow]]:
    """Return a row for every platform, and the last rows: folders that belong to none."""
    found = platforms_of(forms, staff, evaluation, filings, history)
    folders, strangers = folders_by_platform(evidence, [(*p.names, *p.codes) for p in found])
    accepted = evaluation.accepted if evaluation else frozenset()
    desk = Desk(
        forms=forms,
        staff=staff,
        findings=open_findings(evaluation.findings if evaluation else (), accepted),
        feedback=feedback,
        today=today(history),
    )
    rows = [_row(one, theirs, desk) for one, theirs in zip(found, folders, strict=True)]
    return rows, list(_folder_rows(evidence, strangers))


def _row(one: Platform, folders: Sequence[EvidenceFolder], desk: Desk) -> RegisterRow:
    waiting = [f for file in one.came.now for f in desk.findings.get(file, ())]
    state, rank = _state(one, waiting, desk)
    copies = [desk.feedback[f.file] for f in one.filings if f.file in desk.feedback]
    return RegisterRow(
        kind=PLATFORM,
        name=one.name,
        code=one.code,
        state=state,
        file="、".join(name for name, _ in one.came.now),
        version=one.came.version,
        registered=one.came.registered,
        renewed=one.came.renewed,
        late=_late(one, desk.staff.office.deadline),
        replaced=one.came.replaced,
        waiting=len(waiting) if one.filings else None,
        feedback="、".join(copies),
        evidence=_evidence(one, folders),
        reminder=_reminder(one, waiting, copies, desk) if rank in (MISSING, TO_MEND) else "",
        missing=rank == MISSING,
        rank=rank,
    )


def _state(one: Platform, waiting: Sequence[Finding], desk: Desk) -> tuple[str, int]:
    if not one.filings:
        return _absence(one, desk)
    if len(one.filings) > 1:
        return DOUBLED, TO_MEND
    if not one.filings[0].readable:
        return UNREAD, TO_MEND
    if not one.filings[0].current:
        return OTHER_YEAR, TO_MEND
    return (CAME_OPEN, TO_MEND) if waiting else (CAME, IN_ORDER)


def _absence(one: Platform, desk: Desk) -> tuple[str, int]:
    """Return the state of a platform nothing came for: no reminder where staff say why."""
    if one.decision and one.decision.status in _ABSENT:
        return one.decision.state, NOTHING_DUE
    fact = desk.forms.staff.tables["roster"].column(_ATTENDANCE).fact
    if one.row and (reason := one.row.facts.get(fact)):
        return str(reason), NOTHING_DUE
    deadline = desk.staff.office.deadline
    overdue = deadline is not None and desk.today is not None and desk.today > deadline
    return (OVERDUE if overdue else NOT_COME), MISSING


def _late(one: Platform, deadline: date | None) -> str:
    """Return whether it came after the deadline: the day staff wrote down decides."""
    noted = one.row.received_on if one.row else None
    came = noted or day_of(one.came.first)
    if deadline is None or came is None or not (one.filings or noted):
        return ""
    return _LATE if came > deadline else _IN_TIME


def _reminder(one: Platform, waiting: Sequence[Finding], copies: Sequence[str], desk: Desk) -> str:
    year, deadline, now = desk.staff.year, desk.staff.office.deadline, desk.today
    who, office = _who(one, desk.forms), office_words(desk.staff.office)
    if not one.filings:
        return platform_missing(year, who, desk.forms.filing.file, deadline, now, office)
    copy = copies[0] if len(copies) == 1 and for_sender(waiting) else ""
    return platform_to_mend(year, who, waiting, copy, deadline, now, office)


def _who(one: Platform, forms: Forms) -> str:
    """Return the platform with the person to call: of the roster, else of the form."""
    filing = one.filings[0] if one.filings else None
    listed = (one.row.contact, one.row.phone) if one.row else ("", "")
    told = (filing.text(forms.filing.field(id).label) if filing else "" for id in _CONTACT)
    known = [ours or theirs for ours, theirs in zip(listed, told, strict=True)]
    person = "，".join(filter(None, known))
    return f"{one.name}（{person}）" if person else one.name


_CONTACT = ("contact", "phone")


def _evidence(one: Platform, folders: Sequence[EvidenceFolder]) -> str:
    numbers = tuple(dict.fromkeys(n for filing in one.filings for n in filing.evidence))
    files = sum(len(folder.files) for folder in folders)
    if not folders:
        return f"没有文件夹（编号{len(numbers)}个）" if numbers else ""
    there = frozenset(covered(numbers, folders))
    lost = [number for number in numbers if number not in there]
    parts = (
        f"覆盖编号{len(there)}/{len(numbers)}个" if numbers else "",
        f"文件{files}个",
        f"缺{several(lost, _NUMBERS, '个')}" if lost else "",
        "" if all(folder.whole for folder in folders) else "有的文件夹读不了",
    )
    return "，".join(filter(None, parts))


def _folder_rows(evidence: Evidence, strangers: Sequence[EvidenceFolder]) -> Iterator[RegisterRow]:
    """Yield what lies in 佐证材料 and is nobody's."""
    if not evidence.whole:
        yield RegisterRow(kind=FOLDER, name="佐证材料", state="文件夹读不了")
    for folder in strangers[:_FOLDERS]:
        yield RegisterRow(
            kind=FOLDER,
            name=folder.name,
            state="没有对应的平台",
            evidence=f"文件{len(folder.files)}个",
            reminder=_RENAME,
        )
    if len(strangers) > _FOLDERS:
        rest = len(strangers) - _FOLDERS
        yield RegisterRow(kind=FOLDER, name=f"另有{rest}个文件夹", state="没有对应的平台")
    if evidence.loose:
        count = f"文件{len(evidence.loose)}个"
        move = "经办人：请把这些文件移到各平台的文件夹中。"
        yield RegisterRow(
            kind=FOLDER, name="佐证材料", state="不在平台文件夹中", evidence=count, reminder=move
        )
