"""`xlpy ballots` (生成评分表): one workbook an expert; what is out already is never touched."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from xlpy.errors import CaseError
from xlpy.excel.files.names import safe_name
from xlpy.excel.reading.book import read_book
from xlpy.excel.reading.kinds.names import litter
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.ballot.document import ballot_document
from xlpy.forms.ballot.read import read_ballot
from xlpy.forms.ballot.reference import ReferenceRow, reference_rows
from xlpy.forms.ballot.seal import Origin
from xlpy.model.ballot import Ballot
from xlpy.model.decision import Decision, Evaluation, Status
from xlpy.model.grid import Refusal
from xlpy.model.history import figures_of
from xlpy.model.keys import folded, kept, key_of
from xlpy.model.staff import expert_number
from xlpy.report.papers.reasons import main_reason
from xlpy.report.runlog import Entry
from xlpy.steps.case import Case, open_case
from xlpy.steps.evaluate import decide
from xlpy.steps.gather import Gathered, Progress, gather
from xlpy.steps.log import journal
from xlpy.steps.log.anew import begun_anew, make_output
from xlpy.steps.record import begun
from xlpy.steps.rules.sealed import keep
from xlpy.steps.workbook import CLOSED, Workbook

SCORED = (Status.GRADED, Status.VETOED, Status.UNSCORED)
_MOST_EXPERTS = 99

Person = tuple[str, str, str, str]
"""An expert as the ballot's head shows one: id, name, unit, category."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """What was made: the files, how many platforms stand on them, and notes for the operator."""

    written: tuple[Path, ...]
    platforms: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One ballot about to go out (拟发出的评分表): for whom, which supplement, who is on it."""

    path: Path
    content: bytes
    number: str
    supplement: int
    platforms: tuple[Decision, ...]
    again: bool


def ballots(
    folder: Path,
    *,
    experts: int | None,
    today: date,
    rescore: str = "",
    progress: Progress | None = None,
    workbook: Workbook = CLOSED,
) -> Issued:
    """Write a ballot for each expert, with every eligible platform not yet on one of theirs.

    With `rescore` (a platform's name or code) it is a supplement with that platform alone, for
    every expert it went out to: its row stands for the old one once it is back. CaseError when
    the number of experts disagrees with the sheet 专家, or nobody is eligible.
    """
    case = open_case(folder, workbook.file)
    make_output(case, lambda: workbook.shown(workbook.read(case)))
    with case.locked():
        mended = journal.confirm(case)
        gathered = gather(case, today=today, book=workbook.read(case), progress=progress)
        keep(case, gathered.policy)
        mended += gathered.policy.notes
        mended += begun_anew(case, gathered.entries, lambda: workbook.shown(gathered.book))
        evaluation = decide(gathered, today=today)
        scored = [d for d in evaluation.decisions if d.status in SCORED]
        if not scored:
            raise CaseError(
                "还没有符合条件的平台，无法生成评分表；请先运行 xlpy check 看校验问题。"
            )
        out = _already_out(case, gathered)
        if rescore and experts is None and not gathered.staff.experts:
            experts = len(out)
        people = _people(gathered, experts, out)
        notes = [*_unlisted(gathered, people), *_replaced(people, out)]
        wanted = _wanted(rescore, scored, out) if rescore else scored
        used = _moved_away(case, gathered)
        sent: list[Sent] = []
        for person in people:
            before = out.get(expert_number(person[0]), ())
            rows = _again(wanted, before) if rescore else _missing(wanted, before)
            if rescore and rows and _waits(gathered, person, rows[0]):
                notes.append(f"专家{person[0]}的补充评分表已经发出，尚未交回，没有再发。")
            elif rows:
                taken = [one.path for one in sent]
                number = 1 + max([*(one.supplement for one in before), used(person[0])])
                sent.append(_one(case, gathered, person, rows, number, taken, again=bool(rescore)))
            elif not rescore:
                notes.append(f"专家{person[0]}的评分表已发出，没有新增平台，未改动。")
        notes += _gone(case, gathered)
        notes += _left_out(evaluation)
        outputs = {one.path: one.content for one in sent}
        begun("ballots", case, gathered, evaluation, workbook, shown=_shown(sent)).write(outputs)
    return Issued(written=tuple(outputs), platforms=len(wanted), notes=(*mended, *notes))


def _shown(sent: Sequence[Sent]) -> dict[str, Any]:
    """Return what the log keeps of the figures these ballots show (当时的台账数)."""
    platforms = list({d.key: d for one in sent for d in one.platforms}.values())
    places = {d.key: at for at, d in enumerate(platforms)}
    return {
        "figures": [
            [kept(d.code), kept(d.name), figures_of(d.filing.proof) if d.filing else {}]
            for d in platforms
        ],
        "by": [
            [one.number, one.supplement, sorted(places[d.key] for d in one.platforms), one.again]
            for one in sent
        ],
    }


def _wanted(
    rescore: str, scored: Sequence[Decision], out: Mapping[str, Sequence[Ballot]]
) -> list[Decision]:
    """Return the platform to be scored again; CaseError when none, or two, go by that word."""
    word = folded(rescore)
    found = [d for d in scored if word in (*d.key, *(part for key in d.former for part in key))]
    if not found:
        raise CaseError(
            f"没有名称或信用代码为“{rescore}”的参评平台，请照「评价结果」中的平台名称填写。"
        )
    if len(found) > 1:
        names = "、".join(d.name for d in found)
        raise CaseError(f"“{rescore}”对应{len(found)}家平台（{names}），请写明平台名称。")
    if not any(_again(found, before) for before in out.values()):
        raise CaseError(
            f"“{found[0].name}”还没有发给专家评分，不用重新评分；请直接运行 xlpy ballots。"
        )
    return found


def _waits(gathered: Gathered, person: Person, one: Decision) -> bool:
    """Tell whether a supplement with today's figures is out and not back yet."""
    number, history = expert_number(person[0]), gathered.history
    now = figures_of(one.filing.proof) if one.filing else {}
    back = {(expert_number(b.expert), b.supplement) for b in gathered.ballots}
    return any(
        at[0] == number and at not in back and history.shown[at].get(key) == now
        for at, keys in history.reissued.items()
        for key in keys
        if key in (one.key, *one.former)
    )


def _again(wanted: Sequence[Decision], out: Sequence[Ballot]) -> list[Decision]:
    """Return those of the platforms that went out to this expert before."""
    there = {key_of(row.code, row.name) for one in out for row in one.rows}
    return [d for d in wanted if not there.isdisjoint((d.key, *d.former))]


def _missing(scored: Sequence[Decision], out: Sequence[Ballot]) -> list[Decision]:
    """Return the platforms on none of an expert's ballots, by this name or a former one."""
    there = {key_of(row.code, row.name) for one in out for row in one.rows}
    return [d for d in scored if there.isdisjoint((d.key, *d.former))]


def _left_out(evaluation: Evaluation) -> list[str]:
    """Return a note on every platform that is put before no expert, and why."""
    left = [d for d in evaluation.decisions if d.status not in SCORED]
    if not left:
        return []
    whys = [main_reason(d).removeprefix(f"{d.state}：") for d in left]
    told = "；".join(f"{d.name}（{d.state}：{why}）" for d, why in zip(left, whys, strict=True))
    return [f"以下{len(left)}家平台没有列入评分表：{told}。"]


def _replaced(people: Sequence[Person], out: Mapping[str, Sequence[Ballot]]) -> list[str]:
    """Return a note on every number whose ballots went out under another person's name."""
    notes = []
    for id, name, _, _ in people:
        before = {one.person for one in out.get(expert_number(id), ()) if one.person}
        others = sorted(one for one in before if folded(one) != folded(name))
        if name and others:
            notes.append(
                f"编号{id}的评分表以前发给了{'、'.join(others)}，名单上现在是{name}："
                f"换了人的，请在「专家」表中给{name}另编一个没有用过的编号，再生成评分表；"
                f"{others[0]}不再评分的，请删去其行，并把其交回的评分表移入“作废”。"
            )
    return notes


def _people(
    gathered: Gathered, experts: int | None, out: Mapping[str, Sequence[Ballot]]
) -> tuple[Person, ...]:
    """Return the listed experts, filled up with numbers where names are not known yet.

    A number on a ballot that names somebody is that person's, though he left the list.
    """
    listed = tuple((e.id, e.name, e.unit, e.category) for e in gathered.staff.experts)
    _confirm_numbers([person[0] for person in listed])
    wanted = experts if experts is not None else len(listed)
    if experts is not None and not 1 <= experts <= _MOST_EXPERTS:
        raise CaseError(f"专家人数应为1至{_MOST_EXPERTS}，如 --experts 7。")
    if not 1 <= wanted <= _MOST_EXPERTS:
        raise CaseError(
            "请在工作簿“专家”表中列出专家，或用 --experts 写明专家人数，如 --experts 7。"
        )
    if wanted < len(listed):
        raise CaseError(
            f"“专家”表列了{len(listed)}位，--experts 写的是{wanted}，请改成一致后再试。"
        )
    taken = {expert_number(person[0]) for person in listed}
    taken |= {number for number, theirs in out.items() if any(one.person for one in theirs)}
    spare = (f"{n:02d}" for n in range(1, 2 * _MOST_EXPERTS) if str(n) not in taken)
    more = tuple((next(spare), "", "", "") for _ in range(wanted - len(listed)))
    return (*listed, *more)


def _confirm_numbers(ids: Sequence[str]) -> None:
    """Raise CaseError unless every listed expert has an id of their own: ballots go by it."""
    if "" in ids:
        raise CaseError("“专家”表中有人没有编号，请给每位专家填写不同的编号（如 01）后再试。")
    numbers = [expert_number(id) for id in ids]
    alike = (id for id, number in zip(ids, numbers, strict=True) if numbers.count(number) > 1)
    doubled = "、".join(dict.fromkeys(alike))
    if doubled:
        raise CaseError(f"“专家”表中编号“{doubled}”重复，请改正后再试。")


def _unlisted(gathered: Gathered, people: Sequence[Person]) -> list[str]:
    """Return the note about numbered experts that the sheet 专家 does not list yet."""
    listed = {expert.id for expert in gathered.staff.experts}
    missing = "、".join(person[0] for person in people if person[0] not in listed)
    if not listed or not missing:
        return []
    return [f"编号{missing}的专家还没有在「专家」表中登记，登记后其评分表才会计入。"]


def _gone_of(case: Case, gathered: Gathered) -> Iterator[tuple[Entry, set[str]]]:
    """Yield every run that made ballots, and which of them were moved away since."""
    for entry in gathered.entries:
        if entry["command"] == "ballots":
            yield entry, {one for one in entry["outputs"] if not (case.folder / one).exists()}


def _moved_away(case: Case, gathered: Gathered) -> Callable[[str], int]:
    """Return which supplement an expert may hold that does not lie here any more, -1 for none.

    Another ballot under its number would make the log forget with which figures it went out.
    Version 1.0 did not log whose they were.
    """
    used: dict[str, int] = {}
    least = -1
    for entry in (entry for entry, gone in _gone_of(case, gathered) if gone):
        if "shown" not in entry:
            least = 0
            continue
        for number, supplement, _, _ in entry["shown"]["by"]:
            used[number] = max(used.get(number, -1), supplement)
    return lambda id: max(least, used.get(expert_number(id), -1))


def _gone(case: Case, gathered: Gathered) -> list[str]:
    """Return the note about ballots made before that were moved away: nobody knows who has them."""
    gone = len(set().union(*(gone for _, gone in _gone_of(case, gathered))))
    if not gone:
        return []
    return [
        f"以前生成的评分表有{gone}份不在“输出/专家评分表”中（发出时请复制，不要移走）；"
        "其平台已列入本次生成的表；已经发出去的请勿再发：一位专家交两份，两份都不计入。"
    ]


def _already_out(case: Case, gathered: Gathered) -> dict[str, tuple[Ballot, ...]]:
    """Return by the expert's number the ballots made before, as they lie in 输出/专家评分表."""
    out: dict[str, tuple[Ballot, ...]] = {}
    for _, ballot in issued_ballots(case, gathered):
        if ballot.rubric == gathered.rules.rubric:
            number = expert_number(ballot.expert)
            out[number] = (*out.get(number, ()), ballot)
    return out


def issued_ballots(case: Case, gathered: Gathered) -> tuple[tuple[Path, Ballot], ...]:
    """Return the ballots of this case that lie in 输出/专家评分表, by file name.

    CaseError when one cannot be read: nobody would know whose it is.
    """
    issued = []
    for path in sorted(case.issued.glob("*.xlsx")):
        if litter(path.name) is not None:  # one of them stands open in an office program
            continue
        book = read_book(path)
        if isinstance(book, Refusal):
            raise CaseError(
                f"“{case.relative(path)}”读不了，不知道上面有哪些平台；请恢复或移走这个文件。"
            )
        ballot = read_ballot(
            book,
            edition=gathered.edition,
            forms=gathered.forms,
            rubric=gathered.rules.rubric,
            blank=True,
            origin=Origin(case=gathered.staff.case, secret=gathered.staff.secret),
        )
        if ballot.case == gathered.staff.case:
            issued.append((path, ballot))
    return tuple(issued)


def _one(
    case: Case,
    gathered: Gathered,
    person: Person,
    rows: Sequence[Decision],
    supplement: int,
    taken: Collection[Path],
    *,
    again: bool,
) -> Sent:
    """Return the ballot of one expert with these platforms."""
    ordered = sorted(rows, key=lambda d: _shuffled(gathered.staff.case, person[0], d))
    document = ballot_document(
        edition=gathered.edition,
        forms=gathered.forms,
        rubric=gathered.rules.rubric,
        rows=tuple((d.name, d.code, d.level) for d in ordered),
        expert=person,
        case=gathered.staff.case,
        secret=gathered.staff.secret,
        year=gathered.staff.year,
        supplement=supplement,
        reference=_reference(gathered, ordered),
    )
    return Sent(
        path=_path(case, person, supplement, taken),
        content=document_bytes(document),
        number=expert_number(person[0]),
        supplement=supplement,
        platforms=tuple(ordered),
        again=again,
    )


def _reference(gathered: Gathered, rows: Sequence[Decision]) -> tuple[ReferenceRow, ...]:
    """Return what the ledgers prove, under the names the platforms have today."""
    filed = [d for d in rows if d.filing]
    found = reference_rows(gathered.edition, tuple(d.filing for d in filed if d.filing))
    return tuple(
        replace(row, name=d.name, code=d.code, level=d.level)
        for row, d in zip(found, filed, strict=True)
    )


def _path(case: Case, person: Person, supplement: int, taken: Collection[Path]) -> Path:
    parts = ["专家评分表", person[0], person[1], f"补充{supplement}" if supplement else ""]
    name = safe_name("-".join(part for part in parts if part))
    path = case.issued / f"{name}.xlsx"
    number = 2
    names = {one.name.casefold() for one in taken}
    # Of another rubric, or renamed by hand: never overwritten. Odd ids may make the same name.
    while path.exists() or path.name.casefold() in names:
        path = case.issued / f"{name}({number}).xlsx"
        number += 1
    return path


def _shuffled(case_id: str, expert: str, decision: Decision) -> str:
    """Return the sort key that gives each expert an own, repeatable order."""
    text = "\x1f".join((case_id, expert, decision.code, decision.name))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
