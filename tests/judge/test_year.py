"""The year of 评价日期 (评价年份): the one after the services, no other once money went out."""

from __future__ import annotations

from datetime import date

import pytest

from tests.kit.judging import (
    Applicant,
    accepting,
    ballots,
    codes,
    evaluated,
    filing,
    findings_told,
    judged,
    rules,
    staff,
)
from tests.kit.remembered import paper_of
from xlpy.model.decision import Evaluation
from xlpy.model.history import FINANCE, NOTHING, NOTICE, History

ONE = Applicant(answers={"认定日期": date(2020, 1, 1), "有效期至": date(2030, 1, 1)})


def on(as_of: date, history: History = NOTHING, *accepted: str) -> Evaluation:
    return evaluated(
        filings=[filing(ONE)],
        ballots=ballots([ONE], rules().rubric),
        cells=staff([ONE], acceptances=accepting(*accepted)),
        as_of=as_of,
        history=history,
    )


def filed(*days: date, kind: str = FINANCE) -> History:
    papers = (paper_of(judged(ONE), kind, as_of=day.isoformat()) for day in days)
    return History(papers=tuple(papers))


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        (date(2022, 12, 31), ["R827"]),
        (date(2023, 1, 1), []),
        (date(2023, 12, 31), []),
        (date(2024, 1, 1), ["R827"]),
    ],
)
def test_the_evaluation_lies_in_the_year_after(as_of: date, found: list[str]):
    assert codes(on(as_of)) == found


def test_another_year_is_said_whole():
    assert findings_told(on(date(2022, 12, 31))) == [
        "R827 | 错误 |  |  | evaluate.xlsm「参数」：评价日期为 2022-12-31，评价的是2022年度，"
        "应在2023年内。请在「参数」中核对评价日期；沿用上年文件夹的，"
        "请用 xlpy new --from 新建本年度的评价项目；确需在其他年份评价的，请受理并写明理由。"
    ]


def test_another_year_stops_the_export_until_it_is_accepted():
    (found,) = on(date(2024, 1, 1)).findings
    assert len(on(date(2024, 1, 1)).causes) == 1
    assert on(date(2024, 1, 1), NOTHING, found.id).causes == ()


def test_an_acceptance_is_of_that_day_alone():
    (found,) = on(date(2024, 1, 1)).findings
    assert codes(on(date(2024, 1, 2), NOTHING, found.id)) == ["R827", "R811"]


def test_once_money_went_out_another_year_is_refused():
    assert findings_told(on(date(2024, 1, 1), filed(date(2023, 5, 1)))) == [
        "R828 | 错误 |  |  | evaluate.xlsm「参数」：评价日期为 2024-01-01，"
        "本项目已按2023年的评价日期导出过资金安排表，一个评价项目只用于一个年度的奖补。"
        "请把评价日期改回2023年；评价另一年度的，请用 xlpy new --from 另建评价项目。"
    ]


def test_another_year_after_the_money_is_not_accepted():
    (found,) = on(date(2024, 1, 1), filed(date(2023, 5, 1))).findings
    done = on(date(2024, 1, 1), filed(date(2023, 5, 1)), found.id)
    assert (codes(done), len(done.causes)) == (["R828", "R813"], 1)


def test_the_year_the_money_was_filed_in_may_be_accepted_again():
    assert codes(on(date(2024, 6, 1), filed(date(2024, 5, 1)))) == ["R827"]


def test_back_to_the_year_after_is_always_open():
    assert codes(on(date(2023, 6, 1), filed(date(2024, 5, 1)))) == []


def test_a_notice_binds_to_no_year():
    assert codes(on(date(2024, 1, 1), filed(date(2023, 5, 1), kind=NOTICE))) == ["R827"]


def test_every_year_money_was_filed_in_is_named():
    known = filed(date(2024, 5, 1), date(2023, 5, 1))
    (found,) = on(date(2025, 1, 1), known).findings
    assert "已按2023、2024年的评价日期" in found.found
