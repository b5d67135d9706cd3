"""A trial is the program's own judging: it agrees with a case that was changed by hand."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.kit import judging as make
from tests.kit.judging import EDITION, FORMS, NAMES, YEAR, Applicant
from xlpy.judge.evaluate import trial
from xlpy.judge.margins import margins
from xlpy.judge.trial import Trial
from xlpy.judge.variants import now, other_methods, without_each
from xlpy.model.ballot import Ballot
from xlpy.model.decision import Decision, Evaluation
from xlpy.model.meeting import LINE, METHOD, WEIGHT, Margin, Variation
from xlpy.model.number import half_up

Result = tuple[str, str, Decimal | None, int | None, str | None, str | None, Decimal | None]


class Case:
    """Some platforms, what the experts said of them, and the parameters staff typed."""

    def __init__(self, applicants: Sequence[Applicant], **parameters: str) -> None:
        self.applicants = tuple(applicants)
        self.parameters = parameters
        self.ballots = make.ballots(applicants, make.rules(**parameters).rubric)

    def judged(self, ballots: Sequence[Ballot] | None = None, **changed: str) -> Evaluation:
        """Judge the case, with other ballots or parameters where they are given."""
        return make.evaluated(
            filings=[make.filing(one) for one in self.applicants],
            ballots=self.ballots if ballots is None else ballots,
            cells=make.staff(self.applicants),
            **{**self.parameters, **changed},
        )

    @property
    def trial(self) -> Trial:
        return trial(
            edition=EDITION,
            forms=FORMS,
            rules=make.rules(**self.parameters),
            year=YEAR,
            as_of=make.AS_OF,
            filings=[make.filing(one) for one in self.applicants],
            ballots=self.ballots,
            staff=make.staff(self.applicants),
        )


def results(decisions: Sequence[Decision]) -> list[Result]:
    """Return what counts of the decisions."""
    return [
        (d.name, d.status, d.score.value, d.rank, d.preliminary, d.final, d.subsidy)
        for d in decisions
    ]


def any_case(seed: int, platforms: int = 8, experts: int = 5, **parameters: str) -> Case:
    """Return a case with scores near the lines, recusals, gaps, levels and a ruling or two."""
    chance = random.Random(seed)
    applicants = []
    for name in NAMES[:platforms]:
        centre = chance.choice((61, 79, 80, 89, 90))
        totals: list[object] = []
        for _ in range(experts):
            said = chance.random()
            score = Decimal(centre * 10 + chance.randint(-25, 25)) / 10
            totals.append("回避" if said < 0.1 else "" if said < 0.15 else score)
        answers = {"年服务企业数": Decimal(chance.choice((200, 300)))}
        if chance.random() < 0.2:
            answers["是否受到处分或处罚"] = "是"  # type: ignore[assignment]
        applicants.append(
            Applicant(
                name=f"{name}平台",
                totals=totals,
                answers=answers,
                grade=chance.choice(("", "", "", "C")),
                reason="会议研究",
            )
        )
    return Case(applicants, **parameters)


SEEDS = range(12)
TRIMMED: Mapping[str, str] = {"aggregation": "trimmed"}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("parameters", [{}, TRIMMED], ids=["mean", "trimmed"])
def test_without_an_expert_is_the_case_without_his_ballot(
    seed: int, parameters: Mapping[str, str]
) -> None:
    case = any_case(seed, **parameters)
    tried = list(without_each(case.trial))
    assert [one.subject for one in tried] == ["01", "02", "03", "04", "05"]
    for one in tried:
        by_hand = case.judged([b for b in case.ballots if b.expert != one.subject])
        assert results(one.decisions) == results(by_hand.decisions)
        assert (one.base, one.quota) == (by_hand.base, by_hand.quota)


def by_subject(kind: str, tried: Sequence[Variation]) -> list[Variation]:
    return [one for one in tried if one.kind == kind]


@pytest.mark.parametrize("seed", SEEDS)
def test_another_method_is_the_case_with_that_parameter_typed(seed: int) -> None:
    case = any_case(seed)
    tried = by_subject(METHOD, list(other_methods(case.trial)))
    typed = [
        {"aggregation": "trimmed"},
        {"quota_base": "not_vetoed"},
        {"score_decimals": "0"},
        {"score_decimals": "1"},
    ]
    assert [one.subject for one in tried] == [next(iter(one)) for one in typed]
    for one, changed in zip(tried, typed, strict=True):
        by_hand = case.judged(**changed)
        assert results(one.decisions) == results(by_hand.decisions)
        assert (one.base, one.quota) == (by_hand.base, by_hand.quota)


def test_from_another_method_the_usual_one_is_tried() -> None:
    case = any_case(1, aggregation="trimmed", quota_base="not_vetoed", score_decimals="1")
    words = [one.words for one in other_methods(case.trial) if one.kind == METHOD]
    assert len(words) == 4
    assert words[2:] == ["得分小数位数：0", "得分小数位数：2"]


@pytest.mark.parametrize("seed", SEEDS)
def test_another_line_is_the_case_with_that_line_typed(seed: int) -> None:
    case = any_case(seed)
    tried = by_subject(LINE, list(other_methods(case.trial)))
    typed = [
        *({"line_a": "91"}, {"line_a": "89"}, {"line_b": "81"}, {"line_b": "79"}),
        *({"line_c": "61"}, {"line_c": "59"}),
    ]
    assert len(tried) == len(typed)
    for one, changed in zip(tried, typed, strict=True):
        assert one.subject in changed
        assert results(one.decisions) == results(case.judged(**changed).decisions)


def test_lines_that_would_not_fall_any_more_are_not_tried() -> None:
    case = any_case(1, line_a="81", line_b="80")
    words = [one.words for one in other_methods(case.trial) if one.kind == LINE]
    assert words == ["A级最低分：82", "B级最低分：79", "C级最低分：61", "C级最低分：59"]


def scaled(ballots: Sequence[Ballot], factors: Sequence[Fraction]) -> list[Ballot]:
    """Return the ballots with every score of an area so many times what it was."""
    return [
        replace(
            ballot,
            rows=tuple(
                row._replace(
                    scores=tuple(
                        Decimal(f.numerator) * score / Decimal(f.denominator)
                        for score, f in zip(row.scores, factors, strict=bool(row.scores))
                    )
                )
                for row in ballot.rows
            ),
        )
        for ballot in ballots
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_other_weights_are_the_ballots_scaled_by_hand(seed: int) -> None:
    case = any_case(seed)
    # 12 to 15 and the first 10 to 7: each factor ends as a decimal.
    weights = list(map(Fraction, case.trial.terms.rules.rubric))
    weights[0], weights[2] = Fraction(15), Fraction(7)
    factors = [
        new / old
        for new, old in zip(weights, map(Fraction, case.trial.terms.rules.rubric), strict=True)
    ]
    by_hand = case.judged(scaled(case.ballots, factors))
    tried = case.trial.weighed(weights).outcome()
    assert results(tried.decisions) == results(by_hand.decisions)


def test_every_weight_is_tried_a_tenth_up_and_down() -> None:
    tried = by_subject(WEIGHT, list(other_methods(any_case(3).trial)))
    assert [one.subject for one in tried] == [area.id for area in EDITION.areas for _ in "+-"]
    assert tried[0].words == "综合咨询服务分值增加一成"
    assert tried[1].words == "综合咨询服务分值减少一成"


def test_a_weight_changed_keeps_the_total_and_is_rounded_once() -> None:
    case = Case([Applicant(name="甲平台", totals=(85, 85, 85))])
    points = case.ballots[0].rows[0].scores  # 12, 12, 10 ... the last area 1 of its 10 or so
    rubric = [Fraction(one) for one in case.trial.terms.rules.rubric]
    new = rubric[0] * Fraction(11, 10)
    scale = (100 - new) / (100 - rubric[0])
    exact = Fraction(points[0]) * Fraction(11, 10)
    exact += sum((Fraction(one) * scale for one in points[1:]), Fraction(0))
    (tried,) = (one for one in other_methods(case.trial) if one.words == "综合咨询服务分值增加一成")
    assert tried.decisions[0].score.value == half_up(exact, 2)
    assert tried.decisions[0].score.value == Decimal("85.20")


def test_an_area_without_points_is_not_weighed() -> None:
    case = any_case(1, rubric="22,12,10,10,12,10,10,8,6,0")
    tried = by_subject(WEIGHT, list(other_methods(case.trial)))
    assert EDITION.areas[-1].id not in {one.subject for one in tried}
    assert len(tried) == 18


def test_the_judging_as_it_is_stands_among_them() -> None:
    case = any_case(5)
    assert results(now(case.trial).decisions) == results(case.judged().decisions)


# The smallest change by one expert


def with_total(case: Case, name: str, expert: str, total: Decimal) -> list[Ballot]:
    """Return the ballots with another total for one platform by one expert."""
    rubric = make.rules(**case.parameters).rubric
    return [
        replace(
            ballot,
            rows=tuple(
                row._replace(scores=make.spread(total, rubric)) if row.name == name else row
                for row in ballot.rows
            ),
        )
        if ballot.expert == expert
        else ballot
        for ballot in case.ballots
    ]


def grade_with(case: Case, one: Margin, expert: str, total: Decimal) -> str | None:
    done = case.judged(with_total(case, one.name, expert, total))
    return next(d.preliminary for d in done.decisions if d.name == one.name)


def smallest(case: Case, one: Margin, sign: int) -> dict[str, Decimal]:
    """Return the smallest changes found by trying every step by hand, by expert."""
    order = [grade.name for grade in EDITION.grades]
    (decision,) = (d for d in case.judged().decisions if d.name == one.name)
    found: dict[str, Decimal] = {}
    for expert, total in decision.score.totals:
        step = Decimal(sign) / 10
        change = step
        while 0 <= total + change <= 100:
            grade = grade_with(case, one, expert, total + change)
            moved = order.index(grade or "") - order.index(one.grade)
            if moved * sign < 0:
                found[expert] = change
                break
            change += step
            if found and abs(change) > min(map(abs, found.values())):
                break
    return found


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("parameters", [{}, TRIMMED], ids=["mean", "trimmed"])
def test_the_smallest_change_is_the_one_found_by_trying_every_step(
    seed: int, parameters: Mapping[str, str]
) -> None:
    case = any_case(seed, platforms=5, experts=3, trim_min="3", min_ballots="1", **parameters)
    run = case.trial
    found = margins(run, run.outcome(), 99)
    assert found
    for one in found:
        for sign, swing in ((1, one.up), (-1, one.down)):
            by_hand = smallest(case, one, sign)
            if swing is None:
                assert not by_hand, (one, sign)
            else:
                least = min(by_hand.values(), key=abs)
                assert swing.change == least, (one, sign, by_hand)
                assert list(swing.experts) == [e for e, c in by_hand.items() if c == least]


def test_the_line_is_reached_at_the_step_and_not_before() -> None:
    case = Case([Applicant(name=f"{n}平台", totals=(80, 80, 80)) for n in "甲乙"])
    alone = Case([Applicant(name="甲平台", totals=(89, 90, 90)), *case.applicants[1:]])
    run = alone.trial
    first = margins(run, run.outcome(), 9)[0]
    assert (first.grade, first.score) == ("B", Decimal("89.67"))
    assert first.missing == Decimal("0.33")
    assert first.up is not None
    assert (first.up.change, first.up.score, first.up.grade) == (1, Decimal("90.00"), "A")
    assert first.up.experts == ("01", "02", "03")


def test_nobody_can_lift_a_platform_where_there_is_no_place() -> None:
    case = Case([Applicant(name="甲平台", totals=(95, 95, 95))])
    run = case.trial
    (one,) = margins(run, run.outcome(), 9)
    assert (one.grade, one.places) == ("C", -1)
    assert one.up is None


def test_a_tie_across_the_last_place_is_crossed_by_one_step_either_way() -> None:
    case = Case(
        [
            *(
                Applicant(name=f"{n}平台", totals=(85, 85, 85), tie_order=k)
                for n, k in zip("甲乙", (1, 2), strict=True)
            ),
        ]
    )
    run = case.trial
    first, second = margins(run, run.outcome(), 9)
    assert (first.grade, second.grade) == ("B", "C")
    assert first.down is not None
    assert second.up is not None
    assert first.down.change == Decimal("-0.1")
    assert second.up.change == Decimal("0.1")


def test_only_the_nearest_are_shown_in_the_order_of_their_ranks() -> None:
    case = any_case(2, platforms=8)
    run = case.trial
    every, some = margins(run, run.outcome(), 99), margins(run, run.outcome(), 3)
    assert len(some) == 3
    assert [one.rank for one in some] == sorted(one.rank for one in some)

    def least(one: Margin) -> Decimal:
        return min((abs(s.change) for s in (one.up, one.down) if s), default=Decimal(999))

    assert max(map(least, some)) <= min(map(least, set(every) - set(some)))
