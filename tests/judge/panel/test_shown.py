"""What the experts saw (评分时的数字): scores given to other figures than are proved now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.kit.judging import (
    Applicant,
    accepting,
    ballots,
    codes,
    evaluated,
    filing,
    findings_told,
    roster_row,
    rules,
    staff,
    the_only,
)
from tests.kit.remembered import showing
from xlpy.model.ballot import Ballot
from xlpy.model.decision import Evaluation
from xlpy.model.filing import Filing, Proof, Tally
from xlpy.model.history import Figures, History, figures_of
from xlpy.model.keys import key_of

ONE = Applicant(name="甲平台", totals=(80, 80, 80, 80, 80))
RUBRIC = rules().rubric
NOW = Proof(
    by_row={
        "产学研合作": Tally(figures={"events": 5}),
        "融资服务": Tally(figures={"events": 3, "financing": 5000}),
    }
)
SEEN = figures_of(NOW)
CURE = (
    "评分应依据现在的申报材料。请用 xlpy ballots --rescore 为这个平台补发评分表，"
    "收回后即以新评分为准；数字变化不影响评分的，请受理并写明理由。"
)


def was(**changes: Mapping[str, str]) -> Figures:
    """Return the figures of before: those of now with some rows changed."""
    return {**SEEN, **changes}


def case(
    shown: Mapping[tuple[str, int], Any],
    *extra: Ballot,
    one: Applicant = ONE,
    sheets: Iterable[Ballot] | None = None,
    sent: Filing | None = None,
    blind: bool = False,
    reissued: Iterable[tuple[str, int]] = (),
    **cells: Any,
) -> Evaluation:
    """Evaluate a platform that the experts were shown with these figures."""
    again = frozenset({key_of(one.known_code, one.name)})
    return evaluated(
        filings=[sent or filing(one, proof=filing(one).proof._replace(by_row=NOW.by_row))],
        ballots=[*(ballots([one], RUBRIC) if sheets is None else sheets), *extra],
        cells=staff([one], **cells),
        history=History(shown=shown, blind=blind, reissued=dict.fromkeys(reissued, again)),
    )


def changes(evaluation: Evaluation) -> list[str]:
    """Return what is said to have changed."""
    found = [one.found for one in evaluation.findings if one.code == "B730"]
    return [text.partition("：")[2] for text in found]


# ---- what is said ---------------------------------------------------------------------------


def test_figures_that_changed_are_told_on_the_filing():
    done = case(showing(ONE, was(产学研合作={"events": "7"})))
    assert findings_told(done) == [
        "B730 | 错误 | 甲平台 | sha-甲平台 | 甲平台.xlsx「附件3」：专家评分时看到的数字与现在不同："
        f"“产学研合作”活动场次 7→5，{CURE}"
    ]
    assert len(done.causes) == 1


def test_equal_figures_are_no_finding():
    assert codes(case(showing(ONE, SEEN))) == []


def test_a_case_that_remembers_no_figures_says_nothing():
    assert codes(case({})) == []


@pytest.mark.parametrize(
    ("before", "told"),
    [
        pytest.param(was(产学研合作={}), "“产学研合作”活动场次 0→5", id="from nothing"),
        pytest.param(was(数字化服务={"events": "6"}), "“数字化服务”活动场次 6→0", id="to nothing"),
        pytest.param(
            was(融资服务={"events": "3", "financing": "4999.5"}),
            "“融资服务”融资额(万元) 4999.5→5000",
            id="with decimals",
        ),
        pytest.param(
            was(融资服务={"events": "2", "financing": "1"}),
            "“融资服务”活动场次 2→3；“融资服务”融资额(万元) 1→5000",
            id="two measures of a row",
        ),
        pytest.param(
            {"融资服务": {"events": "1"}},
            "“融资服务”活动场次 1→3；“融资服务”融资额(万元) 0→5000；“产学研合作”活动场次 0→5",
            id="rows in the order of the rule",
        ),
    ],
)
def test_each_figure_that_changed_is_listed(before: Figures, told: str):
    (found,) = changes(case(showing(ONE, before)))
    assert {*found.split("；")} == {*told.split("；")}


@pytest.mark.parametrize(("count", "more"), [(5, ""), (6, "等6处")])
def test_more_than_five_changes_are_counted(count: int, more: str):
    measures = ("events", "firms", "visits", "matches", "financing", "hires")[:count]
    before = was(产学研合作={**dict.fromkeys(measures, "9")})
    (found,) = changes(case(showing(ONE, before)))
    assert (found.count("；"), found.endswith(more)) == (4, True)


# ---- whose figures --------------------------------------------------------------------------

OLD = was(产学研合作={"events": "7"})


def seen_by(old: str, new: str = "") -> Mapping[tuple[str, int], Any]:
    """Return figures: the old ones for some experts by number, those of now for the others."""
    return {**showing(ONE, OLD, experts=old.split()), **showing(ONE, SEEN, experts=new.split())}


def test_one_expert_who_saw_the_old_figures_is_enough():
    assert changes(case(seen_by("03", "01 02 04 05"))) == ["“产学研合作”活动场次 7→5"]


def test_experts_who_saw_two_kinds_of_old_figures_are_one_finding_by_the_first():
    older = showing(ONE, was(产学研合作={"events": "1"}), experts=["02"])
    assert changes(case({**seen_by("01"), **older})) == ["“产学研合作”活动场次 7→5"]


def test_an_expert_who_recused_is_not_asked_what_he_saw():
    one = replace(ONE, totals=(80, 80, 80, 80, "回避"))
    assert changes(case(seen_by("05", "01 02 03 04"), one=one)) == []


def test_an_expert_whose_ballot_does_not_count_is_not_asked_what_he_saw():
    *others, fifth = ballots([ONE], RUBRIC)
    sheets = (*others, replace(fifth, counted=False))
    assert changes(case(seen_by("05", "01 02 03 04"), sheets=sheets)) == []


def test_a_row_that_does_not_count_is_not_asked_about():
    *others, fifth = ballots([ONE], RUBRIC)
    spoilt = replace(fifth, rows=(fifth.rows[0]._replace(valid=False),))
    assert changes(case(seen_by("05", "01 02 03 04"), sheets=(*others, spoilt))) == []


def test_a_platform_that_takes_no_part_is_not_asked_about():
    outside = filing(replace(ONE, answers={"是否在蚌埠市注册": "否"}))
    assert changes(case(showing(ONE, OLD), sent=outside)) == []


def test_each_platform_has_a_finding_of_its_own():
    two = Applicant(name="乙平台", totals=ONE.totals)
    keys = [key_of(one.known_code, one.name) for one in (ONE, two)]
    shown = {(str(n), 0): dict.fromkeys(keys, OLD) for n in range(1, 6)}
    done = evaluated(
        filings=[filing(ONE), filing(two)],
        ballots=ballots([ONE, two], RUBRIC),
        cells=staff([ONE, two]),
        history=History(shown=shown),
    )
    assert [one.subject for one in done.findings] == ["乙平台", "甲平台"]


@pytest.mark.parametrize(
    ("old", "row"),
    [
        (replace(ONE, name="旧平台", code=ONE.known_code), {"former_names": ("旧平台",)}),
        (replace(ONE, code="91OLD"), {"former_codes": ("91OLD",)}),
    ],
)
@pytest.mark.parametrize(("figures", "found"), [(OLD, ["“产学研合作”活动场次 7→5"]), (SEEN, [])])
def test_a_renamed_platform_was_shown_under_its_old_name(
    old: Applicant, row: dict[str, Any], figures: Figures, found: list[str]
):
    done = case(
        showing(old, figures),
        sheets=ballots([old], RUBRIC),
        roster=(roster_row(ONE, **row),),
    )
    assert (changes(done), len(the_only(done).score.totals)) == (found, 5)


def test_a_row_on_which_the_expert_wrote_the_old_name_was_shown_under_the_new():
    old = replace(ONE, name="旧平台", code=ONE.known_code)
    row = roster_row(ONE, former_names=("旧平台",))
    done = case(showing(ONE, OLD), sheets=ballots([old], RUBRIC), roster=(row,))
    assert changes(done) == ["“产学研合作”活动场次 7→5"]


# ---- accepted, or not -----------------------------------------------------------------------


def test_it_is_accepted_with_a_reason_that_stands_in_the_decision():
    (found,) = case(showing(ONE, OLD)).findings
    done = case(showing(ONE, OLD), acceptances=accepting(found.id, reason="不影响评分"))
    texts = [one.text for one in the_only(done).reasons if one.step == "acceptance"]
    assert (done.causes, len(texts)) == ((), 1)
    assert texts[0].endswith("“产学研合作”活动场次 7→5，已受理，理由：不影响评分")


def test_an_acceptance_is_void_when_the_figures_change_again():
    (found,) = case(showing(ONE, OLD)).findings
    other = showing(ONE, was(产学研合作={"events": "8"}))
    assert codes(case(other, acceptances=accepting(found.id))) == ["R811", "B730"]


# ---- scored again ---------------------------------------------------------------------------

AGAIN = {(str(n), 1): {key_of(ONE.known_code, ONE.name): SEEN} for n in range(1, 6)}


def renewed(*experts: int, total: object = 70, **changed: Any) -> tuple[Ballot, ...]:
    """Return supplements on which these experts score the platform again."""
    sheets = ballots([replace(ONE, totals=(total,) * 5)], RUBRIC)
    return tuple(
        replace(one, file=f"{one.expert}-补充1.xlsx", digest=f"new-{one.expert}", supplement=1)
        for n, one in enumerate((replace(each, **changed) for each in sheets), start=1)
        if n in experts
    )


def rescored(*experts: int, **changed: Any) -> Evaluation:
    """Evaluate once these experts sent the supplement back, out to all of them."""
    shown = {**showing(ONE, OLD), **AGAIN}
    sheets = renewed(*experts, **changed)
    return case(shown, *sheets, reissued=AGAIN)


def totals(evaluation: Evaluation) -> list[int]:
    return [int(total) for _, total in the_only(evaluation).score.totals]


def test_a_row_scored_again_stands_for_the_old_one():
    assert totals(rescored(2)) == [80, 70, 80, 80, 80]


def test_a_row_scored_again_is_no_platform_rated_twice():
    assert "B721" not in codes(rescored(2))


def test_a_supplement_that_was_not_sent_to_score_again_is_a_platform_rated_twice():
    done = case({**showing(ONE, SEEN), **AGAIN}, *renewed(2))
    assert (totals(done), codes(done).count("B721")) == ([80, 80, 80, 80], 2)


@pytest.mark.parametrize(("back", "found"), [((), 1), ((1, 2, 3, 4), 1), ((1, 2, 3, 4, 5), 0)])
def test_the_finding_stands_until_all_are_back(back: tuple[int, ...], found: int):
    assert len(changes(rescored(*back))) == found


def test_with_all_back_the_new_scores_count_and_nothing_is_wrong():
    done = rescored(1, 2, 3, 4, 5)
    assert (totals(done), codes(done)) == ([70] * 5, [])


def test_an_expert_who_now_recuses_leaves_the_average():
    done = rescored(1, 2, 3, 4, 5, total="回避")
    assert (totals(done), the_only(done).score.recused) == ([], ("01", "02", "03", "04", "05"))


def test_an_expert_who_recused_before_may_score_now():
    one = replace(ONE, totals=("回避", 80, 80, 80, 80))
    done = case({**showing(ONE, SEEN), **AGAIN}, *renewed(1), one=one, reissued=AGAIN)
    assert (totals(done), the_only(done).score.recused) == ([70, 80, 80, 80, 80], ())


def test_a_row_sent_again_and_left_empty_leaves_the_old_one():
    """The reader leaves empty rows out."""
    done = case({**showing(ONE, OLD), **AGAIN}, *renewed(2, rows=()), reissued=AGAIN)
    assert (totals(done), len(changes(done))) == ([80] * 5, 1)


def test_a_row_sent_again_that_does_not_count_leaves_the_old_one():
    spoilt = renewed(2, rows=tuple(one._replace(valid=False) for one in renewed(2)[0].rows))
    done = case({**showing(ONE, OLD), **AGAIN}, *spoilt, reissued=AGAIN)
    assert (totals(done), len(changes(done))) == ([80] * 5, 1)


def test_of_two_rows_sent_again_the_newer_stands():
    shown = {**showing(ONE, OLD), **AGAIN, ("2", 2): AGAIN["2", 1]}
    (late,) = renewed(2, total=60)
    late = replace(late, file="02-补充2.xlsx", digest="newer", supplement=2)
    done = case(shown, *renewed(2), late, reissued=(*AGAIN, ("2", 2)))
    assert (totals(done)[1], "B721" in codes(done)) == (60, False)


def test_of_two_kinds_of_supplement_only_the_one_sent_again_replaces():
    """The supplement with platforms that came late stands beside the first ballot."""
    two = Applicant(name="乙平台", totals=ONE.totals)
    late = replace(ballots([two], RUBRIC)[1], file="02-补充1.xlsx", digest="l", supplement=1)
    done = evaluated(
        filings=[filing(ONE), filing(two)],
        ballots=[*ballots([ONE], RUBRIC), late],
        cells=staff([ONE, two]),
    )
    assert {one.name: len(one.score.totals) for one in done.decisions} == {"甲平台": 5, "乙平台": 1}


# ---- version 1.0 ----------------------------------------------------------------------------


def test_ballots_of_which_no_figures_were_kept_are_said_once():
    assert findings_told(case({}, blind=True)) == [
        "B731 | 提示 |  |  | evaluate.xlsm「专家」：有评分表由 1.0 版生成，"
        "没有记下当时的台账数字，不影响评价。"
        "评分以后换过申报表的，请经办人自行核对专家是否需要重新评分。"
    ]


def test_it_stops_nothing():
    assert case({}, blind=True).causes == ()


def test_before_any_score_is_back_it_is_not_said():
    assert codes(case({}, blind=True, sheets=())) == []


def test_of_figures_that_were_kept_the_change_is_told_beside_it():
    assert sorted(codes(case(seen_by("01"), blind=True))) == ["B730", "B731"]
