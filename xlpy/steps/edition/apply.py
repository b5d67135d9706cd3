"""`xlpy edition apply` (改用政策版本): a case takes a mended edition, with its reason logged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from xlpy.errors import CaseError, EditionError, FileBusyError
from xlpy.excel.files.atomic import write_files
from xlpy.excel.files.moves import remove
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.ballot.document import ballot_document
from xlpy.forms.staff.cells import staff_cells
from xlpy.forms.staff.read import read_staff
from xlpy.model.grid import Book
from xlpy.model.staff import Staff
from xlpy.policy.edition import Edition
from xlpy.policy.editions.folder import FORMS, STORY
from xlpy.policy.editions.load import rulebook_of
from xlpy.policy.parameters.rules import default_rules
from xlpy.report.differences import Difference, Side, differences
from xlpy.report.workbook.document import workbook_document
from xlpy.steps.blank import renew
from xlpy.steps.case import POLICY, Case, open_case
from xlpy.steps.edition.follows import column_words, consequences
from xlpy.steps.edition.look import case_around
from xlpy.steps.evaluate import decide
from xlpy.steps.gather import (
    CHANGE,
    Gathered,
    Progress,
    gather,
    is_astray,
    logged_rule,
    sealed_in,
    staff_book,
)
from xlpy.steps.log import journal
from xlpy.steps.mishap import open_now
from xlpy.steps.record import begun
from xlpy.steps.rules.sealed import (
    CaseRules,
    Sealed,
    backup_files,
    case_rules,
    policy_files,
    strayed,
)
from xlpy.steps.rules.shelf import named, outside_validity
from xlpy.steps.workbook import CLOSED, workbook_of

_MOST = 200  # differences the log keeps
_NAMED, _SHOWN = 5, 10
_BY_ROW = ("parameters",)  # the tables whose rows an edition names


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What came of it (改用结果): the differences, and notes for the operator.

    `restored` is True where the edition is the sealed one and only its copy was written again.
    """

    edition: Edition
    differences: tuple[Difference, ...]
    notes: tuple[str, ...]
    restored: bool = False


class _Past(NamedTuple):
    """The rule the case was judged by until now, and its files, None where they are lost."""

    sealed: Sealed
    rules: CaseRules | None


def apply(
    folder: Path, text: str, *, reason: str, today: date, progress: Progress | None = None
) -> Applied:
    """Let the case in `folder` be judged by the edition `text` (an id or a folder) from now on.

    Staff cells stay, whatever their columns and parameters are called now; forms and ballots that
    are out stay good where their fields and the rubric are the same. Raises CaseError, EditionError
    and FileBusyError; then nothing has changed.
    """
    case = open_case(folder)
    rules = _wanted(case, text)
    with case.locked():
        mended = journal.confirm(case)
        _confirm_real(case)
        before = _before(case, rules)
        if _is_sealed(before, rules) and _is_logged(case, rules):
            return _restored(case, rules, mended)
        if not reason.strip():
            raise CaseError("改用政策版本会改变评价依据，请用 --reason 写明理由（写入运行记录）。")
        _confirm_closed(case)
        old = _typed(case, before or rules, today)
        _confirm_known(case, old)
        book = _redrawn(old, rules)
        gathered = gather(case, today=today, book=book, rules=rules, progress=progress)
        past = _judged_by(case, before)
        told = _differences(past.rules, rules)
        _confirm_kept(old, gathered.staff, before or rules)
        as_of = gathered.staff.as_of or today
        outside = outside_validity(rules.edition, as_of, case.folder.parent)
        notes = (*mended, *outside, *consequences(old, past.rules, rules))
        _write(case, gathered, past.sealed, reason.strip(), told, today)
    return Applied(edition=rules.edition, differences=told, notes=(*notes, _NEXT))


_NEXT = "等次、金额按新的内容重算：请重新校验、评价；已经导出过的，评价后重新导出（更正）。"


def _wanted(case: Case, text: str) -> CaseRules:
    inside = case_around(Path(text)) if Path(text).is_dir() else None
    if inside is not None and inside.folder == case.folder:
        raise EditionError(
            f"“{text}”在这个评价项目里面；请把改过的政策版本移到项目以外的文件夹再改用，"
            f"项目里的“{POLICY}”由程序写出。"
        )
    source = named(text, case.folder.parent).source
    return CaseRules(source, rulebook_of(source))


def _before(case: Case, wanted: CaseRules) -> CaseRules | None:
    """Return the rule the case was sealed with, None where it is lost: this is the way out."""
    entries = journal.lines(case)
    sealed = sealed_in(case, staff_book(case), entries)
    if sealed.digest == wanted.source.digest:
        return wanted
    return _found(case, sealed, as_built=is_astray(sealed, entries))


def _found(case: Case, sealed: Sealed, *, as_built: bool = False) -> CaseRules | None:
    try:
        return case_rules(case, sealed, as_built=as_built)
    except CaseError:
        return None


def _judged_by(case: Case, before: CaseRules | None) -> _Past:
    """Return the rule the case was judged by until now: the log's, the workbook may be an older."""
    logged = logged_rule(journal.lines(case))
    if logged.id and (before is None or logged.digest != before.source.digest):
        return _Past(logged, _found(case, logged))
    return _Past(before.seal if before else Sealed("", ""), before)


def _is_sealed(before: CaseRules | None, wanted: CaseRules) -> bool:
    return before is not None and before.source.digest == wanted.source.digest


def _is_logged(case: Case, wanted: CaseRules) -> bool:
    """Tell whether the last run was made by this rule: the workbook may be an older one."""
    return logged_rule(journal.lines(case)).digest in ("", wanted.source.digest)


def _restored(case: Case, rules: CaseRules, mended: tuple[str, ...]) -> Applied:
    """Write the copy in 政策 again as it was sealed."""
    wrong = tuple(strayed(case, rules.source))
    told = "内容与本项目封存的相同，没有改动。"
    left: tuple[str, ...] = ()
    if wrong:
        case.policy.mkdir(exist_ok=True)
        write_files({**backup_files(case, rules.source), **policy_files(case, rules.source)})
        for name in (STORY, *(f"{form}.toml" for form in FORMS)):
            if name not in rules.source.sealed:
                remove(case.policy / name)
        told = f"内容与本项目封存的相同，“{POLICY}”文件夹已按它重新写出（{'、'.join(wrong)}）。"
        left = tuple(f"{one}，请把它移到项目以外。" for one in strayed(case, rules.source))
    notes = (*mended, told, *left)
    return Applied(edition=rules.edition, differences=(), notes=notes, restored=True)


def _confirm_real(case: Case) -> None:
    if case.policy.is_symlink():
        raise CaseError(f"“{POLICY}”是指向别处的链接，写入会改动别处；请删去这个链接再试。")


def _confirm_closed(case: Case) -> None:
    if told := open_now(case.workbook, "再改用"):
        raise FileBusyError(f"{case.workbook.name} {told}")


def _typed(case: Case, rules: CaseRules, today: date) -> Staff:
    """Return what staff typed, read by the forms it was typed in."""
    book, (edition, forms) = staff_book(case), rules.book
    return read_staff(book, edition=edition, forms=forms, fallback=today).staff


def _redrawn(staff: Staff, rules: CaseRules) -> Book:
    """Return the workbook as the new forms have it, with what staff typed in its cells.

    A column or a parameter is known by its id there, however its heading was renamed.
    """
    document = workbook_document(
        edition=rules.edition,
        forms=rules.forms,
        rules=default_rules(rules.edition),
        staff=staff,
        evaluation=None,
    )
    with TemporaryDirectory() as folder:
        redrawn = Case(Path(folder))
        redrawn.workbook.write_bytes(document_bytes(document))
        return staff_book(redrawn)


def _confirm_known(case: Case, staff: Staff) -> None:
    if unknown := staff.unknown:
        raise CaseError(
            f"{case.workbook.name} 中有程序不认识的内容或缺少工作表（{'、'.join(unknown[:8])}），"
            "改用政策版本要重写工作簿，为免丢失，请移走或恢复后再试。"
        )


def _differences(before: CaseRules | None, rules: CaseRules) -> tuple[Difference, ...]:
    if before is None:
        return (Difference("办法", "原来封存的政策版本已找不到，不能对照"),)
    return differences(Side(*before.book), Side(*rules.book))


def _confirm_kept(old: Staff, new: Staff, rules: CaseRules) -> None:
    """Refuse an edition that has no place for what staff typed: a veto must not go in silence."""
    there, now = staff_cells(old), staff_cells(new)
    tables = rules.forms.staff.tables
    gone: dict[str, list[str]] = {}
    for table, row, id in (key for key in there if now.get(key) != there[key]):
        if table in _BY_ROW:
            gone[f"「{tables[table].sheet}」的“{_labelled(row, rules)}”"] = []
        else:
            gone.setdefault(column_words(tables[table], id), []).append(row)
    for table, id, text in _notes(old) - _notes(new):
        gone.setdefault(column_words(tables[table], id), []).append(f"批注“{text[:_SHOWN]}”")
    if gone:
        named = "、".join(
            where + (f"（{'、'.join(rows[:_NAMED])}等{len(rows)}处）" if rows else "")
            for where, rows in gone.items()
        )
        raise CaseError(
            f"新的政策版本没有{named}，而其中填有内容，改用会丢失；"
            "请在它的 edition.toml、staff.toml 里保留这一项，"
            "或核对后先在工作簿里清空这几格、保存，再改用（清空的内容记在「变更记录」）。"
        )


def _labelled(row: str, rules: CaseRules) -> str:
    """Return what a row of 参数 is called."""
    labels = {one.id: one.label for one in rules.forms.staff.dates}
    return {**labels, **{one.id: one.label for one in rules.edition.parameters}}.get(row, row)


def _notes(staff: Staff) -> Counter[tuple[str, str, str]]:
    return Counter((one.table, one.column, one.text) for one in staff.notes)


def _write(
    case: Case,
    gathered: Gathered,
    former: Sealed,
    reason: str,
    told: tuple[Difference, ...],
    today: date,
) -> None:
    """Write 政策, the workbook, the blank forms and the line of the log, all or nothing."""
    blank = renew(case, gathered)
    ballot = document_bytes(
        ballot_document(
            edition=gathered.edition,
            forms=gathered.forms,
            rubric=gathered.rules.rubric,
            year=gathered.staff.year,
        )
    )
    staff = replace(gathered.staff, blank_ballot=journal.digest(ballot))
    gathered = replace(gathered, staff=staff)
    evaluation = decide(gathered, today=today)
    lines = [str(one) for one in told[:_MOST]]
    more = [f"另有{len(told) - _MOST}处"] if len(told) > _MOST else []
    run = begun(
        *(CHANGE, case, gathered, evaluation, CLOSED),
        former=former.id,
        former_digest=former.digest,
        reason=reason,
        differences=[*lines, *more],
        today=today.isoformat(),
    )
    workbook = document_bytes(workbook_of(case, gathered, evaluation, run.history))
    quiet: Mapping[Path, bytes] = {
        **backup_files(case, gathered.policy.source),
        **policy_files(case, gathered.policy.source),
        case.folder / gathered.forms.ballot.file: ballot,
        case.workbook: workbook,
    }
    gone = {
        path: journal.digest(path.read_bytes())
        for path in (case.policy.glob("*.toml") if case.policy.is_dir() else ())
        if path not in quiet
    }
    run.write(blank.outputs, quiet=quiet, leaving=gone)
