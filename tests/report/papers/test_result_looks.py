"""What the result says of one platform: 待补正 and its acceptance, marks of experts, colours."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.kit.decided import CODE, FORMS, decision, evaluation, finding, ungraded
from tests.report.papers.test_result import BALLOTS, document_of, rows_of, sheet_of
from xlpy.model.ballot import BallotRow
from xlpy.model.decision import Score, Status
from xlpy.model.finding import Place
from xlpy.report.papers.reasons import accepted_shortfalls, main_reason, status_words
from xlpy.report.workbook.scores import scores_sheet


def test_what_is_to_be_completed_is_named_beside_the_grade() -> None:
    """Graded, but named (待补正)."""
    one = decision("甲", pending=("未入驻省平台网络",), tie=True)
    assert status_words(one) == "已评等次，并列待裁定，待补正"
    assert main_reason(one) == "甲按分数线为A级；待补正：未入驻省平台网络"


def test_what_was_accepted_is_no_longer_waiting() -> None:
    """On the result the meeting signs: the grade alone, and what was accepted in the reason."""
    one = decision("甲", pending=("未入驻省平台网络", "缺审计报告"))
    place = Place("甲.xlsx", "附件1")
    found = [finding(place=place, found=text, shortfall=True) for text in one.pending]
    half = accepted_shortfalls(
        evaluation(one, findings=tuple(found), accepted=frozenset({found[0].id}))
    )
    assert status_words(one, half) == "已评等次，待补正"
    assert main_reason(one, half) == (
        "甲按分数线为A级；待补正：缺审计报告；待补正已受理：未入驻省平台网络"
    )
    whole = evaluation(one, findings=tuple(found), accepted=frozenset(each.id for each in found))
    row = next(row for row in rows_of(whole, "评价结果") if row[:2] == (1, "甲"))
    assert row[-2:] == (
        "已评等次",
        "甲按分数线为A级；待补正已受理：未入驻省平台网络、缺审计报告",
    )


def test_an_acceptance_for_another_file_settles_nothing() -> None:
    """The same shortfall of another platform is still open."""
    other = finding(place=Place("乙.xlsx", "附件1"), found="未入驻省平台网络", shortfall=True)
    accepted = accepted_shortfalls(evaluation(findings=(other,), accepted=frozenset({other.id})))
    one = decision("甲", pending=("未入驻省平台网络",))
    assert status_words(one, accepted) == "已评等次，待补正"


def test_the_grades_have_their_colours() -> None:
    """In the rows of the platforms, where the workbook has them too."""
    page = sheet_of(evaluation(decision("甲"), decision("乙", "D", number=2)), "评价结果")
    first = next(n for n, line in enumerate(page.lines) if line.values[:1] == ("名次",)) + 1
    colours = {(one.formula, one.style) for one in page.conditions}
    assert (f'=G{first + 1}="A"', "grade.1") in colours
    assert {(one.span.top, one.span.bottom) for one in page.conditions} == {(first, first + 1)}


def test_both_matrices_show_the_same() -> None:
    """That of the result and that of the workbook, also for platforms no expert was asked about."""
    wrong = BallotRow(row=5, name="甲", code=CODE.format(1), valid=False)
    ballots = (*BALLOTS[:2], replace(BALLOTS[2], rows=(wrong,)))
    score = Score(totals=(("01", Decimal("91.5")),), recused=("02",), value=Decimal("91.50"))
    one = evaluation(decision("甲", score=score), ungraded("乙", Status.ABSENT, number=2))
    filed = document_of(one, ballots).sheets[2].lines[2:4]
    shown = scores_sheet(FORMS, one, ballots).lines[3:5]
    assert [line.values[3:9] for line in filed] == [line.values[3:] for line in shown]
