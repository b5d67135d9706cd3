"""What holds for every case whatever it is made of (性质): random cases, judged."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.kit.judging import (
    EDITION,
    NAMES,
    Applicant,
    ballots,
    by_name,
    evaluated,
    filing,
    judged,
    rules,
    staff,
)
from xlpy.model.decision import Evaluation, Status

RUNS = settings(max_examples=80, deadline=None, derandomize=True)
TOTALS = st.one_of(
    st.sampled_from([60, 80, 88, 90, "回避", ""]),
    st.integers(min_value=500, max_value=1000).map(lambda tenths: Decimal(tenths) / 10),
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "省评价结果": st.sampled_from(["优秀", "良好", "合格", "不合格", "未参加", "未开展"]),
        "查实投诉次数": st.sampled_from([Decimal(0), Decimal(2), Decimal(3)]),
        "是否在蚌埠市注册": st.sampled_from(["是", "是", "是", "否", ""]),
        "平台级别": st.sampled_from(["国家级", "省级"]),
        "申请报告": st.sampled_from(["有", "无"]),
    },
)
STAFF = st.one_of(
    st.none(),
    st.fixed_dictionaries(
        {},
        optional={
            "查实投诉次数": st.sampled_from([Decimal(0), Decimal(3)]),
            "虚假佐证": st.sampled_from(["是", "否"]),
            "未参加": st.sampled_from(["无故不参加", "有正当理由"]),
        },
    ),
)
PARAMETERS = st.fixed_dictionaries(
    {},
    optional={
        "aggregation": st.sampled_from(["mean", "trimmed"]),
        "quota_base": st.sampled_from(["took_part", "not_vetoed"]),
        "province_absence": st.sampled_from(["to_complete", "veto"]),
        "tie_break": st.sampled_from(["无", "served", "served, province_result"]),
        "score_decimals": st.sampled_from(["0", "1", "2"]),
        "min_ballots": st.sampled_from(["1", "3"]),
    },
)


@st.composite
def applicants(draw: st.DrawFn, *, ruled: bool = True) -> tuple[Applicant, ...]:
    """Draw up to nine platforms, many of them tied, some with rulings."""
    count = draw(st.integers(min_value=1, max_value=9))
    experts = draw(st.integers(min_value=1, max_value=6))
    alike = draw(st.lists(TOTALS, min_size=experts, max_size=experts))
    made = []
    for name in NAMES[:count]:
        totals = draw(
            st.one_of(st.just(alike), st.lists(TOTALS, min_size=experts, max_size=experts))
        )
        grade = draw(st.sampled_from(["", "", "", "A", "B", "C", "D"])) if ruled else ""
        made.append(
            Applicant(
                name=name,
                totals=tuple(totals),
                answers=draw(ANSWERS),
                staff=draw(STAFF),
                sent=draw(st.sampled_from([True, True, True, True, False])),
                tie_order=draw(st.sampled_from([None, None, 1, 2])) if ruled else None,
                grade=grade,
                reason=draw(st.sampled_from(["", "经研究"])) if grade else "",
            )
        )
    return tuple(made)


def in_quota(grade: str | None) -> bool:
    return any(one.name == grade and one.in_quota for one in EDITION.grades)


def took_part(evaluation: Evaluation) -> int:
    """Count the eligible platforms by their reasons, not by the base the judging says."""
    return sum(any(reason.step == "veto" for reason in one.reasons) for one in evaluation.decisions)


@RUNS
@given(applicants(), PARAMETERS)
def test_a_and_b_together_never_exceed_half_of_those_who_took_part(
    platforms: tuple[Applicant, ...], parameters: dict[str, str]
):
    evaluation = judged(*platforms, **parameters)
    for step in ("preliminary", "final"):
        held = sum(in_quota(getattr(one, step)) for one in evaluation.decisions)
        assert held <= evaluation.base // 2 <= took_part(evaluation) // 2


@RUNS
@given(applicants(), PARAMETERS)
def test_a_veto_is_always_d_and_pays_nothing(
    platforms: tuple[Applicant, ...], parameters: dict[str, str]
):
    for one in judged(*platforms, **parameters).decisions:
        if one.status in (Status.VETOED, Status.ABSENT):
            assert (one.preliminary, one.final, one.subsidy, one.rank) == ("D", "D", 0, None)


@RUNS
@given(applicants(), PARAMETERS)
def test_who_has_no_grade_has_no_money(
    platforms: tuple[Applicant, ...], parameters: dict[str, str]
):
    for one in judged(*platforms, **parameters).decisions:
        assert (one.final is None) == (one.subsidy is None)
        if one.status in (Status.PENDING, Status.INELIGIBLE, Status.EXCUSED, Status.UNSCORED):
            assert one.final is None


@RUNS
@given(applicants(), PARAMETERS, st.randoms(use_true_random=False))
def test_the_order_of_files_rows_and_experts_never_matters(
    platforms: tuple[Applicant, ...], parameters: dict[str, str], chance: random.Random
):
    filings = [filing(one) for one in platforms if one.sent]
    sheets = list(ballots(platforms, rules(**parameters).rubric))
    cells = staff(platforms)
    straight = evaluated(filings=filings, ballots=sheets, cells=cells, **parameters)
    mixed = evaluated(
        filings=shuffled(filings, chance),
        ballots=[
            replace(sheet, rows=tuple(shuffled(sheet.rows, chance)))
            for sheet in shuffled(sheets, chance)
        ],
        cells=replace(
            cells,
            roster=tuple(shuffled(cells.roster, chance)),
            rulings=tuple(shuffled(cells.rulings, chance)),
        ),
        **parameters,
    )
    assert mixed == straight


@RUNS
@given(applicants(ruled=False), PARAMETERS, st.data())
def test_better_scores_for_one_platform_never_lower_its_grade(
    platforms: tuple[Applicant, ...], parameters: dict[str, str], data: st.DataObject
):
    sent = [number for number, one in enumerate(platforms) if one.sent]
    assume(sent)
    at = data.draw(st.sampled_from(sent))
    better = tuple(
        total if isinstance(total, str) else data.draw(st.sampled_from([total, 100, *above(total)]))
        for total in platforms[at].totals
    )
    raised = (*platforms[:at], replace(platforms[at], totals=better), *platforms[at + 1 :])
    before = by_name(judged(*platforms, **parameters))[platforms[at].name]
    after = by_name(judged(*raised, **parameters))[platforms[at].name]
    assert place(after.final) <= place(before.final)
    if before.rank is not None and after.rank is not None:
        assert after.rank <= before.rank


@RUNS
@given(applicants(), PARAMETERS)
def test_a_tie_is_never_split_without_a_rule_or_a_ruling(
    platforms: tuple[Applicant, ...], parameters: dict[str, str]
):
    evaluation = judged(*platforms, **parameters)
    settled = {one.name for one in evaluation.decisions if "tie" in steps(one) and not one.tie}
    groups: dict[int, set[str | None]] = {}
    for one in evaluation.decisions:
        if one.rank is not None and one.name not in settled:
            groups.setdefault(one.rank, set()).add(one.preliminary)
    assert all(len(grades) == 1 for grades in groups.values())
    for one, other in zip(evaluation.decisions, evaluation.decisions[1:], strict=False):
        if one.rank and other.rank and one.score.value == other.score.value:
            explained = one.rank == other.rank or any(
                word in reason.text
                for word in ("同分排序规则", "并列裁定")
                for reason in other.reasons
                if reason.step == "rank"
            )
            assert explained


@RUNS
@given(applicants(), PARAMETERS)
def test_the_total_is_the_sum_of_the_rows(
    platforms: tuple[Applicant, ...], parameters: dict[str, str]
):
    evaluation = judged(*platforms, **parameters)
    assert evaluation.total_subsidy == sum(one.subsidy or 0 for one in evaluation.decisions)
    for one in evaluation.decisions:
        level = EDITION.level(one.level)
        assert one.subsidy is None or level is None or one.subsidy == level.subsidy[str(one.final)]


@RUNS
@given(applicants(), PARAMETERS)
def test_judging_twice_says_the_same(platforms: tuple[Applicant, ...], parameters: dict[str, str]):
    assert judged(*platforms, **parameters) == judged(*platforms, **parameters)


@RUNS
@given(applicants(), PARAMETERS)
def test_nobody_moves_for_the_ruling_of_another(
    platforms: tuple[Applicant, ...], parameters: dict[str, str]
):
    without = tuple(replace(one, grade="", reason="") for one in platforms)
    before = by_name(judged(*without, **parameters))
    for name, after in by_name(judged(*platforms, **parameters)).items():
        named = next(one for one in platforms if one.name == name).grade
        assert after.preliminary == before[name].preliminary
        assert named or after.final == before[name].final


@RUNS
@given(applicants(), PARAMETERS)
def test_every_platform_has_one_decision_with_a_reason(
    platforms: tuple[Applicant, ...], parameters: dict[str, str]
):
    evaluation = judged(*platforms, **parameters)
    sent = {one.name for one in platforms if one.sent or one.staff is not None}
    assert sorted(one.name for one in evaluation.decisions) == sorted(sent)
    assert all(one.reasons for one in evaluation.decisions)


def shuffled(things: Any, chance: random.Random) -> list[Any]:
    mixed = list(things)
    chance.shuffle(mixed)
    return mixed


def above(total: object) -> list[Decimal]:
    """Return totals a little above, up to 100."""
    exactly = Decimal(str(total))
    return [min(exactly + step, Decimal(100)) for step in (Decimal("0.1"), Decimal(2), Decimal(10))]


def place(grade: str | None) -> int:
    names = [one.name for one in EDITION.grades]
    return names.index(grade) if grade in names else len(names)


def steps(decision: Any) -> set[str]:
    return {reason.step for reason in decision.reasons}
