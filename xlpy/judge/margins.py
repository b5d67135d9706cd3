"""How near every platform is to another grade (临界): solved on the score, confirmed by judging."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from xlpy.judge.decide import Outcome, groups_of
from xlpy.judge.grading.grade import by_line
from xlpy.judge.grading.rank import Contender
from xlpy.judge.grading.scored import panel_score
from xlpy.judge.trial import Trial
from xlpy.model.decision import Decision, Score
from xlpy.model.keys import Key
from xlpy.model.meeting import Direction, Margin, Swing

Tail = tuple[Decimal | int, ...]


def margins(trial: Trial, outcome: Outcome, most: int) -> tuple[Margin, ...]:
    """Return the ranked platforms nearest to another grade (临界), at most so many, by rank.

    Nearness is the smallest change by one expert's total, either way, on the grid of scores; the
    preliminary grade (初评) is meant, before the meeting rules. Every change that comes back was
    confirmed by judging: with it the grade is another, with one step less it is not.
    """
    solver = _Solver.of(trial, outcome)
    solved = [(one, solver.solved(one)) for one in outcome.decisions if one.key in solver.places]
    nearest = sorted(solved, key=lambda pair: (_nearest(pair[1]), solver.places[pair[0].key]))
    shown = {one.key for one, _ in nearest[:most]}
    return tuple(_margin(solver, one, found) for one, found in solved if one.key in shown)


class _Found(dict[Direction, "_Step | None"]):
    """What the solver found for one platform, either way."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A change by so many steps of the grid, and the experts whose totals have room for it."""

    steps: int
    experts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Solver:
    trial: Trial
    outcome: Outcome
    order: tuple[Contender, ...]  # best first
    places: Mapping[Key, int]  # where each stands in it
    grid: Decimal
    most: Decimal  # the highest total a ballot can hold

    @classmethod
    def of(cls, trial: Trial, outcome: Outcome) -> _Solver:
        terms = trial.terms
        order = tuple(one for group in groups_of(trial.results(), terms) for one in group)
        grid = Decimal(1).scaleb(-terms.forms.ballot.score_places)
        return cls(
            trial=trial,
            outcome=outcome,
            order=order,
            places={one.key: at for at, one in enumerate(order)},
            grid=grid,
            most=sum((_on_grid(one, grid) for one in terms.rules.rubric), Decimal(0)),
        )

    def solved(self, one: Decision) -> _Found:
        """Return the smallest change that crosses the platform's next bound, either way."""
        rises, falls = self.bounds(one)
        return _Found(
            up=None if rises is None else self.smallest(one.score, 1, lambda s: s >= rises),
            down=None if falls is None else self.smallest(one.score, -1, lambda s: s <= falls),
        )

    def bounds(self, one: Decision) -> tuple[Decimal | None, Decimal | None]:
        """Return the lowest score with a better grade and the highest with a worse one."""
        terms, rules = self.trial.terms, self.trial.terms.rules
        step = Decimal(1).scaleb(-rules.score_decimals)
        grades = list(terms.edition.grades)
        at = [grade.name for grade in grades].index(one.preliminary or grades[-1].name)
        score = self.order[self.places[one.key]].score
        enters, leaves = self._quota(one.key, step)
        rises = [
            max([rules.lines[grade.name], *(enters if grade.in_quota else ())])
            for grade in grades[:at]
            if enters or not grade.in_quota
        ]
        falls = [rules.lines[grades[at].name] - step] if grades[at].line else []
        falls += leaves if grades[at].in_quota else ()
        return (
            max(min(rises), score + step) if rises else None,
            min(max(falls), score - step) if falls else None,
        )

    def _quota(self, key: Key, step: Decimal) -> tuple[list[Decimal], list[Decimal]]:
        """Return the lowest score inside the quota and the highest outside it, by merit.

        None inside where there is no place at all, none outside where there are places for all.
        """
        places = self.outcome.quota
        mine = self.order[self.places[key]]
        others = [one for one in self.order if one.key != key]
        if places < 1:
            return [], [self.most]
        if len(others) < places:
            return [Decimal(0)], []
        rival = others[places - 1]
        wins = _tail(mine, self.trial) < _tail(rival, self.trial)
        return (
            [rival.score if wins else rival.score + step],
            [rival.score - step if wins else rival.score],
        )

    def smallest(self, score: Score, sign: int, reached: Callable[[Decimal], bool]) -> _Step | None:
        """Return the smallest change of one total that takes the score there, None for none."""
        best: list[str] = []
        steps = 0
        for expert, total in score.totals:
            room = self.most - total if sign > 0 else total
            found = self._bisect(score, expert, sign, int(room / self.grid), reached)
            if found and (not best or found < steps):
                best, steps = [expert], found
            elif found and found == steps:
                best.append(expert)
        return _Step(sign * steps, tuple(best)) if best else None

    def _bisect(
        self, score: Score, expert: str, sign: int, most: int, reached: Callable[[Decimal], bool]
    ) -> int:
        """Return the fewest steps by this expert, 0 where not even `most` are enough."""
        if most < 1 or not reached(self._moved(score, expert, sign * most)):
            return 0
        low, high = 0, most
        while high - low > 1:
            middle = (low + high) // 2
            if reached(self._moved(score, expert, sign * middle)):
                high = middle
            else:
                low = middle
        return high

    def _moved(self, score: Score, expert: str, steps: int) -> Decimal:
        totals = [t + steps * self.grid if id == expert else t for id, t in score.totals]
        value = panel_score(totals, self.trial.terms.rules)
        assert value is not None  # only scored platforms are ranked
        return value

    def judged(self, one: Decision, expert: str, steps: int) -> Decision:
        """Return the platform as the program judges it once the expert's total is changed."""
        points = list(self.trial.votes.votes[one.key].scores[expert])
        left = steps * self.grid
        for at, highest in enumerate(self.trial.terms.rules.rubric):
            room = _on_grid(highest, self.grid) - points[at] if left > 0 else points[at]
            moved = min(abs(left), max(room, Decimal(0))).copy_sign(left)
            points[at] += moved
            left -= moved
        tried = self.trial.given(one.key, expert, points).outcome()
        return next(each for each in tried.decisions if each.key == one.key)


def _margin(solver: _Solver, one: Decision, found: _Found) -> Margin:
    terms = solver.trial.terms
    at, rules = solver.places[one.key], terms.rules
    score = solver.order[at].score
    line_grade = by_line(score, terms)
    names = [grade.name for grade in terms.edition.grades]
    reached = names.index(line_grade)
    return Margin(
        key=one.key,
        name=one.name,
        code=one.code,
        rank=one.rank or at + 1,
        score=score,
        grade=one.preliminary or "",
        missing=rules.lines[names[reached - 1]] - score if reached else None,
        spare=score - rules.lines[line_grade] if terms.edition.grades[reached].line else None,
        places=one.to_quota or 0,
        experts=len(one.score.totals),
        up=_swing(solver, one, found["up"], 1),
        down=_swing(solver, one, found["down"], -1),
    )


def _swing(solver: _Solver, one: Decision, step: _Step | None, sign: int) -> Swing | None:
    """Return the change as the judging confirms it; searched by judging where it does not."""
    if step is None:
        return None
    expert = step.experts[0]
    after = solver.judged(one, expert, step.steps)
    before = one if abs(step.steps) == 1 else solver.judged(one, expert, step.steps - sign)
    if _crosses(solver, one, after, sign) and not _crosses(solver, one, before, sign):
        return _said(solver, step, after)
    for steps in _every(solver, one, expert, sign):
        after = solver.judged(one, expert, steps)
        if _crosses(solver, one, after, sign):
            return _said(solver, _Step(steps, (expert,)), after)
    return None


def _said(solver: _Solver, step: _Step, after: Decision) -> Swing:
    assert after.score.value is not None
    return Swing(step.experts, step.steps * solver.grid, after.score.value, after.preliminary or "")


def _every(solver: _Solver, one: Decision, expert: str, sign: int) -> Iterator[int]:
    total = dict(one.score.totals)[expert]
    room = solver.most - total if sign > 0 else total
    yield from (sign * steps for steps in range(1, int(room / solver.grid) + 1))


def _crosses(solver: _Solver, one: Decision, after: Decision, sign: int) -> bool:
    names = [grade.name for grade in solver.trial.terms.edition.grades]
    was, is_now = names.index(one.preliminary or ""), names.index(after.preliminary or "")
    return is_now < was if sign > 0 else is_now > was


def _nearest(found: _Found) -> Decimal:
    steps = [abs(one.steps) for one in found.values() if one is not None]
    return Decimal(min(steps)) if steps else Decimal("Infinity")


def _tail(one: Contender, trial: Trial) -> Tail:
    """Return what orders platforms of one score: the rules for equal scores in turn."""
    return one.merit(trial.terms.rules.tie_break)[1:]


def _on_grid(points: Decimal, grid: Decimal) -> Decimal:
    """Return the most that can be given where so many points are the limit."""
    return (points / grid).to_integral_value(ROUND_FLOOR) * grid
