"""The rows of the experts in the register (专家登记): ballots out and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xlpy.model.ballot import Ballot
from xlpy.model.decision import Decision, Evaluation, Status
from xlpy.model.finding import Finding
from xlpy.model.history import Arrival, History
from xlpy.model.staff import Staff, expert_number
from xlpy.report.register.came import NOTHING_CAME, Came, came, with_nameless
from xlpy.report.register.reminder import expert_missing, expert_to_mend, office_words
from xlpy.report.register.row import (
    EXPERT,
    IN_ORDER,
    MISSING,
    NOTHING_DUE,
    TO_MEND,
    RegisterRow,
    open_findings,
)

NOT_ISSUED, OUT, BACK, BACK_OPEN = "未发出", "已发出未交", "已交", "已交，有问题"
PARTLY, STRANGER, NOBODYS = "已交一部分", "未列入专家", "不知是谁的"
_FIRST = "专家评分表"
Heard = tuple[str, frozenset[str]]
"""A platform and the numbers of the experts who scored it or left it to the others."""

_BALLOTS = "ballots"
_SCORED = (Status.GRADED, Status.VETOED, Status.UNSCORED)


@dataclass(slots=True, kw_only=True)
class Person:
    """One expert while the register is drawn up (登记对象)."""

    number: str
    id: str
    name: str = ""
    unit: str = ""
    listed: bool = False
    issued: frozenset[int] = frozenset()
    ballots: list[Ballot] = field(default_factory=list)
    came: Came = NOTHING_CAME

    @property
    def out(self) -> tuple[int, ...]:
        """Return the supplements (0 for the first ballot) that did not come back."""
        return tuple(sorted(self.issued - {one.supplement for one in self.ballots}))


def expert_rows(
    staff: Staff, evaluation: Evaluation | None, ballots: Sequence[Ballot], history: History
) -> list[RegisterRow]:
    """Return a row for every expert listed, and for every number a ballot went out or came by."""
    people = _people(staff, ballots, history)
    accepted = evaluation.accepted if evaluation else frozenset()
    findings = open_findings(evaluation.findings if evaluation else (), accepted)
    scored = [d for d in evaluation.decisions if d.status in _SCORED] if evaluation else []
    heard = [_heard(one) for one in scored]
    return [_row(one, staff, findings, heard) for one in people]


def _people(staff: Staff, ballots: Sequence[Ballot], history: History) -> list[Person]:
    """Return the experts with all that went out and came; a ballot of nobody stands alone."""
    issued = _issued(staff, history)
    people: dict[str, Person] = {}
    for expert in staff.experts:
        person = Person(number=expert.number, id=expert.id, name=expert.name, unit=expert.unit)
        people.setdefault(expert.number, person)
    listed = frozenset(people)
    for ballot in ballots:
        number = expert_number(ballot.expert)
        person = Person(number=number, id=ballot.expert, name=ballot.person, unit=ballot.unit)
        # A NUL stands in no file name: so no number is taken for one.
        people.setdefault(number or f"\0{ballot.file}", person).ballots.append(ballot)
    for number in issued:
        people.setdefault(number, Person(number=number, id=number))
    found = list(people.values())
    arrivals = _arrivals(history, found)
    for one, contents in zip(found, arrivals, strict=True):
        one.listed = one.number in listed or bool(one.number and not listed)
        one.issued = issued.get(one.number, frozenset())
        one.came = came(contents, [(b.file, b.digest) for b in one.ballots])
    return found


def _issued(staff: Staff, history: History) -> Mapping[str, frozenset[int]]:
    """Return by number which ballots went out; what 1.0 sent went to everybody who is listed."""
    issued: dict[str, frozenset[int]] = {}
    if history.blind:
        issued = {one.number: frozenset({0}) for one in staff.experts}
    for number, supplement in history.shown:
        number = expert_number(number)
        issued[number] = issued.get(number, frozenset()) | {supplement}
    return issued


def _arrivals(history: History, people: Sequence[Person]) -> list[Sequence[Arrival]]:
    numbers = {one.number: at for at, one in enumerate(people)}
    named: dict[int, list[Arrival]] = {}
    for one in history.arrivals:
        at = numbers.get(expert_number(one.expert)) if one.expert else None
        if at is not None:
            named.setdefault(at, []).append(one)
    nameless = [one for one in history.arrivals if not (one.code or one.name or one.expert)]
    now = {at: [(b.file, b.digest) for b in one.ballots] for at, one in enumerate(people)}
    found = with_nameless(named, nameless, now)
    return [found.get(at, ()) for at in range(len(people))]


def _row(
    one: Person,
    staff: Staff,
    findings: Mapping[tuple[str, str], Sequence[Finding]],
    scored: Sequence[Heard],
) -> RegisterRow:
    waiting = [f for file in one.came.now for f in findings.get(file, ())]
    unscored = _unscored(one, scored) if one.ballots and not one.out else []
    state, rank = _state(one, waiting, unscored)
    due = rank in (MISSING, TO_MEND) and (one.listed or not one.ballots)
    return RegisterRow(
        kind=EXPERT,
        name=one.name,
        code=one.id,
        state=state,
        file="、".join(name for name, _ in one.came.now),
        version=one.came.version,
        registered=one.came.registered,
        renewed=one.came.renewed,
        replaced=one.came.replaced,
        waiting=len(waiting) if one.ballots else None,
        reminder=_reminder(one, staff, waiting, unscored, scored) if due else "",
        missing=rank == MISSING,
        rank=rank,
    )


def _state(one: Person, waiting: Sequence[Finding], unscored: Sequence[str]) -> tuple[str, int]:
    if not one.ballots:
        return (OUT, MISSING) if one.issued else (NOT_ISSUED, NOTHING_DUE)
    if not one.listed:
        return (STRANGER if one.number else NOBODYS), TO_MEND
    if one.out:
        return PARTLY, MISSING
    return (BACK_OPEN, TO_MEND) if waiting or unscored else (BACK, IN_ORDER)


def _unscored(one: Person, scored: Sequence[Heard]) -> list[str]:
    """Return the platforms the expert neither scored so that it counts nor left to the others."""
    return [name for name, heard in scored if one.number not in heard]


def _heard(one: Decision) -> Heard:
    numbers = (*(id for id, _ in one.score.totals), *one.score.recused)
    return one.name, frozenset(map(expert_number, numbers))


def _reminder(
    one: Person,
    staff: Staff,
    waiting: Sequence[Finding],
    unscored: Sequence[str],
    scored: Sequence[Heard],
) -> str:
    who = f"{one.name}（{one.unit}）" if one.name and one.unit else one.name or f"专家{one.id}"
    office = office_words(staff.office)
    if not one.out:
        return expert_to_mend(staff.year, who, waiting, unscored, office)
    ballots = "、".join(f"补充{n}" if n else _FIRST for n in one.out)
    what = f"{ballots}（编号{one.id}）" if 0 in one.out else f"{_FIRST}{ballots}（编号{one.id}）"
    return expert_missing(staff.year, who, what, len(_unscored(one, scored)), office)
