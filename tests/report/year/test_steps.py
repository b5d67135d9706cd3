"""The steps of the year: what ran stands in the log, and what was filed is held against today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.kit.decided import EDITION, FORMS, decision, evaluation, finding, staff, ungraded
from tests.report.workbook.test_workbook import built, sheet
from xlpy.model.ballot import Ballot
from xlpy.model.decision import Evaluation, Status
from xlpy.model.history import FINANCE, NOTICE, Arrival, History, Paper, Run
from xlpy.model.staff import Objection, Staff
from xlpy.report.register.row import EXPERT, PLATFORM, RegisterRow
from xlpy.report.year.step import Step
from xlpy.report.year.steps import steps_of

LISTED = staff(typed={"roster": ({"name": "甲"},)})
JUDGED = evaluation(decision("甲"), decision("乙", "B", number=2))
BALLOTS = tuple(Ballot(file=f"{n}.xlsx", digest="", expert=f"0{n}") for n in range(1, 6))
TITLES = ("核对参数和名单", "收申报材料并校验", "生成、收回评分表", "评价", "局办公会审定")


def at(day: int) -> str:
    """Return a time of the log."""
    return f"2023-06-{day:02d}T09:31:07+08:00"


def ran(*commands: str) -> History:
    """Return a history of these runs, one a day."""
    return History(runs=tuple(Run(at(n), one) for n, one in enumerate(commands, 1)))


def filed(kind: str, version: int = 1, judged: Evaluation = JUDGED) -> Paper:
    """Return a filed version of what was judged."""
    return Paper(
        kind=kind,
        version=version,
        path="",
        digest="",
        time=at(10 + version),
        grades={(d.code, d.name): d.final for d in judged.decisions},
        amounts={(d.code, d.name): str(d.subsidy) for d in judged.decisions},
    )


YEAR = replace(ran("check", "ballots", "evaluate"), papers=(filed(NOTICE), filed(FINANCE)))


def step(
    title: str,
    history: History = YEAR,
    judged: Evaluation | None = JUDGED,
    cells: Staff = LISTED,
    ballots: tuple[Ballot, ...] = BALLOTS,
    register: tuple[RegisterRow, ...] = (),
) -> Step:
    """Return one step."""
    findings = judged.findings if judged else ()
    steps = steps_of(
        EDITION, FORMS, cells, judged, findings, ballots, history=history, register=register
    )
    return next(one for one in steps if one.title == title)


def missing(kind: str, *names: str) -> tuple[RegisterRow, ...]:
    """Return register rows of who is missing."""
    return tuple(RegisterRow(kind=kind, name=one, missing=True) for one in names)


@pytest.mark.parametrize("title", [*TITLES, "公示", "报送资金"])
def test_a_year_that_went_through_is_done(title):
    """Every step before the last check."""
    assert step(title).done


@pytest.mark.parametrize("title", [*TITLES[1:4], "公示", "报送资金", "核验"])
def test_a_step_that_never_ran_is_not_done(title):
    """Though the evaluation at hand is all right: a check judges too."""
    one = step(title, History(), ballots=())
    assert (one.done, one.ran) == (False, False)


@pytest.mark.parametrize(
    ("title", "command"),
    [
        ("收申报材料并校验", "check"),
        ("生成、收回评分表", "ballots"),
        ("评价", "evaluate"),
        ("核验", "verify"),
    ],
)
def test_a_step_that_ran_was_begun(title, command):
    """Whatever came out."""
    assert step(title, ran(command), judged=None, ballots=()).ran


def test_a_check_is_not_done_while_something_waits():
    """A finding, a platform to be looked into."""
    assert not step(TITLES[1], judged=evaluation(decision("甲"), findings=(finding(),))).done
    pending = evaluation(decision("甲"), ungraded("乙", Status.PENDING, number=2))
    assert not step(TITLES[1], judged=pending).done


def test_who_is_missing_is_named():
    """Five of them, then how many."""
    late = missing(PLATFORM, *"甲乙丙丁戊己")
    assert step(TITLES[1], register=late).facts.startswith("还没交：甲、乙、丙、丁、戊等6家；")
    out = missing(EXPERT, "张三")
    one = step(TITLES[2], register=out)
    assert (one.done, one.facts[:7]) == (False, "还没交：张三；")


def test_an_evaluation_is_not_done_once_something_came_since():
    """And says when it was made."""
    later = replace(ran("evaluate", "check"), arrivals=(Arrival(at(2), "申报材料/a.xlsx", "1"),))
    one = step("评价", later)
    assert (one.done, one.ran) == (False, True)
    assert one.facts.startswith("2023-06-01 09:31评价，此后材料或填写的内容有改动；")


def test_the_meeting_is_not_done_before_an_evaluation():
    """A date typed beforehand is a plan; but it was begun."""
    one = step("局办公会审定", ran("check"))
    assert (one.done, one.ran) == (False, True)


def test_the_notice_says_its_version_and_when():
    """The newest one counts."""
    history = replace(YEAR, papers=(filed(NOTICE), filed(NOTICE, 2)))
    facts = step("公示", history).facts
    assert facts == "第2版（2023-06-12 09:31），公示2023-05-11至2023-05-17"


def test_a_notice_with_other_grades_is_to_be_made_again():
    """What changed is named."""
    before = evaluation(decision("甲", "B"), decision("乙", "B", number=2))
    one = step("公示", replace(YEAR, papers=(filed(NOTICE, judged=before),)))
    assert (one.done, one.ran) == (False, True)
    assert one.facts == "第1版（2023-06-11 09:31）之后有变：甲 B→A；须重新公示"


def test_a_notice_is_not_made_again_for_another_amount():
    """It shows none; the subsidy sheet does."""
    before = evaluation(decision("甲", subsidy=Decimal(20)), decision("乙", "B", number=2))
    history = replace(YEAR, papers=(filed(NOTICE, judged=before), filed(FINANCE, judged=before)))
    assert step("公示", history).done
    one = step("报送资金", history)
    assert (one.done, one.facts) == (
        False,
        "第1版（2023-06-11 09:31）之后有变：甲 20→50万元；须重新导出",
    )


def test_a_refused_export_was_begun_and_is_not_done():
    """Before any notice it was the notice that was meant."""
    history = History(runs=(Run(at(1), "export", refused=True),))
    one = step("公示", history)
    assert (one.done, one.ran) == (False, True)
    assert "上次导出被拒绝（2023-06-01 09:31）" in one.facts
    assert not step("报送资金", history).ran


def test_an_exported_notice_begins_no_subsidy_sheet():
    """Nobody tried that yet."""
    runs = (Run(at(1), "export", papers=(NOTICE,)),)
    history = History(runs=runs, papers=(filed(NOTICE),))
    assert not step("报送资金", history).ran
    again = replace(history, runs=(*runs, Run(at(2), "export", refused=True)))
    assert step("报送资金", again).ran


def test_a_list_published_otherwise_is_settled_elsewhere():
    """The subsidy sheet went out without a notice of ours."""
    one = step("公示", replace(YEAR, papers=(filed(FINANCE),)))
    assert (one.done, one.settled) == (False, "另行办理")


def test_nobody_to_pay_leaves_nothing_to_send():
    """No sheet is made then."""
    nobody = evaluation(decision("甲", "D"))
    one = step("报送资金", replace(YEAR, papers=()), judged=nobody)
    assert (one.done, one.settled, one.facts) == (False, "不需办理", "没有需要奖补的平台")


def test_the_subsidy_sheet_says_whether_it_was_sent():
    """报送财政日期."""
    assert step("报送资金").facts == "第1版（2023-06-11 09:31），报送财政日期未填写"
    sent = replace(LISTED, filed_on=date(2023, 6, 20))
    assert step("报送资金", cells=sent).facts.endswith("，2023-06-20报送财政")


def test_open_objections_are_counted_before_the_money():
    """Those with an outcome are not."""
    said = (Objection(row=4, text="偏低"), Objection(row=5, text="偏高", outcome="维持"))
    one = step("报送资金", replace(YEAR, papers=()), cells=replace(LISTED, objections=said))
    assert one.facts.startswith("未办结的异议1件")


@pytest.mark.parametrize(
    ("runs", "done"),
    [
        ((Run(at(1), "export", papers=(NOTICE,)), Run(at(2), "verify")), True),
        ((Run(at(1), "verify"), Run(at(2), "export", papers=(NOTICE,))), False),
        ((Run(at(1), "verify", refused=True),), False),
        ((Run(at(1), "verify"), Run(at(2), "check")), True),
    ],
)
def test_a_verification_holds_until_the_next_paper(runs, done):
    """And not when it found something."""
    assert step("核验", History(runs=runs)).done is done


def states(history: History, judged: Evaluation | None, cells: Staff = LISTED) -> list[object]:
    """Return the states on 操作台."""
    page = sheet(built(judged, cells, history=history, ballots=BALLOTS), "操作台")
    return [line.values[2] for line in page.lines[9:17]]


def test_the_desk_tells_what_was_begun_from_what_was_not():
    """The first step to be done is the next one; none that ran is 未开始."""
    assert states(ran("evaluate"), JUDGED, staff()) == [
        *("待办理", "已完成", "已完成", "已完成", "已完成", "未开始", "未开始", "未开始"),
    ]
    waiting = evaluation(decision("甲"), findings=(finding(),))
    assert states(ran("check"), waiting, staff())[:2] == ["待办理", "办理中"]


def test_a_settled_step_is_passed_over():
    """The next one comes after it."""
    assert states(replace(YEAR, papers=(filed(FINANCE),)), JUDGED)[5:] == [
        *("另行办理", "已完成", "待办理"),
    ]


def test_the_desk_names_who_is_missing_beside_the_figures():
    """Platforms and experts, one row each."""
    away = evaluation(decision("甲"), ungraded("乙", Status.PENDING, number=2, filing=None))
    page = sheet(built(away, LISTED), "操作台")
    figures = {line.values[0]: line.values[2] for line in page.lines if len(line.values) == 5}
    assert figures["还没交材料的平台"] == "乙"
    assert figures["还没交评分表的专家"] == "无"
