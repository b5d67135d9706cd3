"""The result workbook (评价结果.xlsx)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.kit.decided import (
    CODE,
    EDITION,
    EXPERTS,
    FORMS,
    decision,
    evaluation,
    finding,
    ungraded,
)
from xlpy.model.ballot import Ballot, BallotRow
from xlpy.model.decision import Decision, Evaluation, Reason, Score, Status
from xlpy.model.sheets.sheet import Document, Sheet, Value
from xlpy.policy.parameters.rules import parameter_values
from xlpy.report.papers.reasons import STEPS, main_reason, status_words
from xlpy.report.papers.result import result_document

BALLOTS = tuple(
    Ballot(file=f"{id}.xlsx", digest="cd" * 32, expert=id, person=name, counted=id != "03")
    for id, name in EXPERTS
)
INPUTS = (("申报材料/甲.xlsx", "ab" * 32), ("专家评分/01.xlsx", "cd" * 32))


def document_of(one: Evaluation, ballots: Sequence[Ballot] = BALLOTS) -> Document:
    """Return the whole document."""
    return result_document(
        evaluation=one,
        edition=EDITION,
        forms=FORMS,
        ballots=ballots,
        inputs=INPUTS,
        versions={"xlpy": "1.0.0", "python-calamine": "0.5"},
    )


def sheet_of(one: Evaluation, name: str) -> Sheet:
    """Return one sheet."""
    return next(sheet for sheet in document_of(one).sheets if sheet.name == name)


def rows_of(one: Evaluation, name: str) -> list[tuple[Value, ...]]:
    """Return the rows of one sheet."""
    return [line.values for line in sheet_of(one, name).lines]


def with_reasons(one: Decision, *reasons: tuple[str, str, str]) -> Decision:
    """Return the decision with reasons of (step, text, outcome)."""
    made = (Reason(step, "第二条", text, outcome=outcome) for step, text, outcome in reasons)
    return replace(one, reasons=tuple(made))


def test_the_workbook_has_six_sheets_in_this_order() -> None:
    """The ranking first."""
    assert [sheet.name for sheet in document_of(evaluation()).sheets] == [
        "评价结果", "决定依据", "专家评分", "类别平均分", "校验问题", "运行信息"
    ]  # fmt: skip


def test_a_platform_has_one_row_with_rank_grades_money_and_reason() -> None:
    """In the columns of the heading."""
    rows = rows_of(evaluation(decision("甲", "B", preliminary="A")), "评价结果")
    at = next(n for n, row in enumerate(rows) if row[:1] == ("名次",))
    assert dict(zip(rows[at], rows[at + 1], strict=True)) == {
        "名次": 1,
        "平台名称": "甲",
        "统一社会信用代码": CODE.format(1),
        "平台级别": "国家级",
        "得分": Decimal("90.75"),
        "初评等次": "A",
        "评价等次": "B",
        "奖补金额(万元)": Decimal(40),
        "状态": "已评等次",
        "主要理由": "甲按分数线为B级",
    }


def test_platforms_stand_in_the_order_of_the_evaluation() -> None:
    """Nothing is sorted again here."""
    rows = rows_of(evaluation(decision("乙", number=2), decision("甲")), "评价结果")
    assert [row[1] for row in rows if len(row) == 10][1:] == ["乙", "甲"]


def test_the_head_says_title_date_base_quota_and_total() -> None:
    """In two lines above the table."""
    title, facts, *_ = rows_of(evaluation(decision("甲"), decision("乙")), "评价结果")
    assert title == ("蚌埠市2022年度中小企业公共服务示范平台评价结果",)
    assert facts == (
        "评价日期：2023年3月1日　　比例基数：2家　　A、B级名额：1家　　奖补资金合计：100万元",
    )


def test_warnings_and_open_causes_stand_in_yellow_on_the_ranking() -> None:
    """Such as a date outside the validity of the rule."""
    one = evaluation(warnings=("已过有效期（第十八条）",), causes=("甲待核实",))
    yellow = [line.values for line in sheet_of(one, "评价结果").lines if line.styles == "warning"]
    assert yellow == [
        ("提醒：已过有效期（第十八条）",),
        ("尚有1项须处理（见「运行信息」），目前不能导出资金安排表和公示名单。",),
    ]
    assert ("第1项", "甲待核实", "", "", "") in rows_of(one, "运行信息")


def test_the_ranking_is_signed_at_its_foot() -> None:
    """By the meeting that rules on it."""
    last = str(rows_of(evaluation(), "评价结果")[-1][0])
    assert all(role in last for role in ("经办人：", "复核：", "负责人：", "日期："))


def test_the_ranking_prints_landscape_with_its_heading_on_every_page() -> None:
    """Also when warnings push the heading down."""
    sheet = sheet_of(evaluation(warnings=("一", "二")), "评价结果")
    assert (sheet.page.landscape, sheet.page.repeat_rows) == (True, (4, 4))
    assert sheet.lines[4].values[0] == "名次"


def test_every_reason_of_every_platform_is_a_row_below_its_name() -> None:
    """With its step in Chinese and its article, and nothing told twice."""
    reason = Reason("grade", "第十一条", "得分90，为A级", "90", "90", "A级")
    one = evaluation(decision("甲", reasons=(reason, reason)), decision("乙", reasons=(reason,)))
    row = ("等次", "第十一条", "得分90，为A级", "A级")
    over = f"1.{{}}　{CODE.format(1)}　国家级　A级　50万元"
    assert rows_of(one, "决定依据")[2:] == [
        (over.format("甲"),), row, row, (over.format("乙"),), row
    ]  # fmt: skip


def test_a_platform_without_a_reason_says_so() -> None:
    """No name stands over nothing."""
    one = evaluation(decision("甲", reasons=()))
    assert rows_of(one, "决定依据")[3:] == [(None, None, "没有记载", None)]


def test_every_step_of_a_reason_has_a_chinese_name() -> None:
    """All of those `Reason` knows."""
    documented = (Reason.__doc__ or "").split("`step` is one of ")[1].split(".")[0]
    assert set(STEPS) == set(documented.replace("\n", " ").replace(" ", "").split(","))


def test_the_matrix_tells_a_total_a_recusal_and_a_ballot_not_counted_apart() -> None:
    """Then how many counted, and the score."""
    score = Score(
        totals=(("01", Decimal("91.5")),),
        recused=("03",),
        value=Decimal("91.50"),
        areas=tuple(Decimal(n) for n in range(10)),
    )
    wrong = BallotRow(row=5, name="甲", code=CODE.format(1), valid=False)
    came = replace(BALLOTS[1], rows=(wrong,))
    sheet = document_of(evaluation(decision("甲", score=score)), (came,)).sheets[2]
    rows = [line.values for line in sheet.lines]
    assert rows[1][3:] == (
        "01 张一", "02 李二", "03 王三", "有效份数", "回避人数", "得分"
    )  # fmt: skip
    assert rows[2] == (
        *("甲", CODE.format(1), "国家级", Decimal("91.5"), "未计入", "回避"),
        *(1, 1, Decimal("91.50")),
    )


def test_averages_are_called_so_on_a_sheet_of_their_own() -> None:
    """With the full marks of the area, and in words what they are not: the score."""
    means = tuple(Decimal(n) for n in range(10))
    score = Score(totals=(), recused=(), value=Decimal("91.50"), areas=means)
    _, note, heading, row = rows_of(evaluation(decision("甲", score=score)), "类别平均分")
    assert heading[3] == "综合咨询服务\n平均分\n(满分12)"
    assert all("平均分" in str(one) for one in heading[3:])
    assert row == ("甲", CODE.format(1), "国家级", *means)
    assert "四舍五入到2位小数" in str(note[0])


@pytest.mark.parametrize(
    ("counted", "valid", "shown"),
    [
        (True, True, None),  # let in: nothing but its total may stand there
        (False, True, "未计入"),  # a whole ballot that was not let in
        (True, False, "未计入"),  # a row with a mistake
        (False, False, "未计入"),
    ],
)
def test_a_ballot_or_a_row_not_let_in_is_shown_as_such(
    counted: bool, valid: bool, shown: str | None
) -> None:
    """Of a row that was let in nothing is said here: its total is in the score."""
    row = BallotRow(row=5, name="甲", code=CODE.format(1), valid=valid)
    came = replace(BALLOTS[1], counted=counted, rows=(row,))
    score = Score(totals=(("01", Decimal("91.5")),), recused=(), value=Decimal("91.50"))
    sheet = document_of(evaluation(decision("甲", score=score)), (BALLOTS[0], came)).sheets[2]
    assert sheet.lines[2].values[3:6] == (Decimal("91.5"), shown, None)


def test_a_platform_without_score_has_empty_cells_never_zeros() -> None:
    """A pending one, for instance."""
    rows = rows_of(evaluation(ungraded("甲", Status.PENDING)), "专家评分")
    assert rows[2][3:] == (None, None, None, 0, 0, None)
    assert rows_of(evaluation(ungraded("甲", Status.PENDING)), "类别平均分")[3][3:] == (None,) * 10


def test_every_ballot_is_listed_with_whether_it_counted() -> None:
    """By expert, whatever order the files came in."""
    wanted = [("01.xlsx", "01 张一，计入评分"), ("03.xlsx", "03 王三，未计入评分")]
    for order in (BALLOTS, BALLOTS[::-1]):
        rows = [line.values[:2] for line in document_of(evaluation(), order).sheets[-1].lines]
        at = rows.index(("收到的评分表（文件、专家、是否计入）", ""))
        assert [rows[at + 1], rows[at + 3]] == wanted


def test_no_row_of_the_scores_holds_a_file_name() -> None:
    """The files stand with what the result was made with."""
    for name in ("专家评分", "类别平均分"):
        cells = [str(value) for row in rows_of(evaluation(decision("甲")), name) for value in row]
        assert not any(".xlsx" in one for one in cells)


def test_every_finding_stands_there_with_id_and_state() -> None:
    """Accepted ones too."""
    taken, left = finding(), finding(place=finding().place._replace(cell="I18"))
    one = evaluation(findings=(taken, left), accepted=frozenset({taken.id}))
    rows = rows_of(one, "校验问题")[2:]
    assert [(row[0], row[5], row[-1]) for row in rows] == [
        (taken.id, "I17", "已受理"),
        (left.id, "I18", "待处理"),
    ]


def test_the_run_sheet_names_edition_date_inputs_and_versions() -> None:
    """The inputs sorted, each with its SHA-256."""
    rows = rows_of(evaluation(), "运行信息")
    for row in (
        ("政策版本", "bengbu-2022"),
        ("评价日期", "2023-03-01"),
        ("专家评分/01.xlsx", "cd" * 32),
        ("申报材料/甲.xlsx", "ab" * 32),
        ("xlpy", "1.0.0"),
        ("01", "张一"),
    ):
        assert (*row, "", "", "") in rows


def test_the_run_sheet_tells_what_the_bureau_decided_from_defaults() -> None:
    """Every parameter with its value in words."""
    rules, _ = parameter_values(EDITION, {"aggregation": "trimmed"})
    rows = {row[0]: row[1:] for row in rows_of(evaluation(chosen=rules.chosen), "运行信息")}
    trimmed, mean = "去掉一个最高和一个最低合计后平均", "算术平均"
    assert rows["专家评分汇总方式"] == (trimmed, mean, "市经信局", "第十一条")
    assert rows["A级最低分"] == ("90", "90", "默认", "第十一条")
    assert all(one.label in rows for one in EDITION.parameters)


def test_the_same_evaluation_gives_the_same_document() -> None:
    """For any order of inputs and versions."""
    one = evaluation(decision("甲"), findings=(finding(),))
    other = result_document(
        evaluation=one,
        edition=EDITION,
        forms=FORMS,
        ballots=BALLOTS[::-1],
        inputs=INPUTS[::-1],
        versions={"python-calamine": "0.5", "xlpy": "1.0.0"},
    )
    assert document_of(one) == other


def test_a_name_that_looks_like_a_formula_stays_text() -> None:
    """On every sheet it stands on."""
    one = evaluation(decision("=1+1"))
    for name in ("评价结果", "专家评分", "类别平均分"):
        found = [value for row in rows_of(one, name) for value in row if value == "=1+1"]
        assert [type(value) for value in found] == [str]
    (over,) = rows_of(one, "决定依据")[2]
    assert type(over) is str


@pytest.mark.parametrize(
    ("status", "reasons", "wanted"),
    [
        (Status.GRADED, [("grade", "得分90", "A"), ("quota", "名额内", "A")], "得分90；名额内"),
        (Status.VETOED, [("grade", "得分90", "A"), ("veto", "受到处罚。", "D")], "受到处罚"),
        (Status.UNSCORED, [("score", "只有2份评分表", "未评分")], "只有2份评分表"),
        (
            Status.INELIGIBLE,
            [("eligibility", "已注册", "符合"), ("eligibility", "已过期", "不在有效期内")],
            "已过期",
        ),
        (Status.ABSENT, [("absence", "无故不参加", "D"), ("subsidy", "0", "")], "无故不参加"),
        (Status.GRADED, [("subsidy", "奖补50万元", "50")], "奖补50万元"),
        (Status.GRADED, [], ""),
    ],
)
def test_the_main_reason_is_what_decided(
    status: Status, reasons: list[tuple[str, str, str]], wanted: str
) -> None:
    """Not the last thing that was looked at."""
    assert main_reason(with_reasons(decision("甲", status=status), *reasons)) == wanted


LINE = ("grade", "得分90", "A级")
RULED = ("ruling", "审定", "C级")
REFUSED = ("ruling", "审定，未采纳（没有理由）", "未采纳")


@pytest.mark.parametrize(
    ("final", "reasons", "wanted"),
    [
        pytest.param("C", [LINE, RULED], "审定", id="a ruling that changes the grade is why"),
        pytest.param("A", [LINE, RULED], "得分90；审定", id="one that keeps it stands behind why"),
        pytest.param("A", [LINE, REFUSED], "得分90；审定，未采纳（没有理由）", id="refused: last"),
        pytest.param(
            "A",
            [("lifted", "核实不否决", "不否决"), LINE, REFUSED],
            "得分90；核实不否决；审定，未采纳（没有理由）",
            id="a veto that was lifted stands beside why",
        ),
        pytest.param(
            "A", [LINE, ("visit", "走访", ""), ("acceptance", "已受理", "受理")], "得分90",
            id="a visit and an acceptance are not why",
        ),
    ],
)  # fmt: skip
def test_a_ruling_is_the_main_reason_only_where_it_changed_the_grade(
    final: str, reasons: list[tuple[str, str, str]], wanted: str
) -> None:
    """A refused one never hides why a platform stands where it stands."""
    one = decision("甲", final, preliminary="A")
    assert main_reason(with_reasons(one, *reasons)) == wanted


@pytest.mark.parametrize("status", [Status.INELIGIBLE, Status.PENDING, Status.EXCUSED])
def test_a_ruling_refused_for_its_status_stands_behind_the_reason(status: Status) -> None:
    """Such a platform gets no grade, whatever was typed."""
    step = {Status.INELIGIBLE: "eligibility", Status.PENDING: "pending"}.get(status, "absence")
    one = ungraded("甲", status)
    told = main_reason(with_reasons(one, REFUSED, (step, "不符合", "不符合条件")))
    assert told == "不符合；审定，未采纳（没有理由）"


def test_a_vetoed_platform_kept_at_its_grade_still_says_why() -> None:
    """The meeting's ruling of the last grade does not hide the veto."""
    one = with_reasons(
        decision("甲", "D", status=Status.VETOED), ("veto", "受到处罚", "D级"), RULED
    )
    assert main_reason(one) == "受到处罚；审定"


def test_a_pending_platform_says_what_is_to_be_verified() -> None:
    """Its doubts are the reason."""
    one = ungraded("甲", Status.PENDING, pending=("未收到申报材料", "级别未填写"))
    assert main_reason(one) == "未收到申报材料；级别未填写"
    assert status_words(one) == "待核实"


def test_a_section_of_the_run_sheet_without_rows_says_so() -> None:
    """No cause is 无, not a heading with nothing below."""
    rows = rows_of(evaluation(decision("甲")), "运行信息")
    at = next(n for n, row in enumerate(rows) if str(row[0]).startswith("尚须处理"))
    assert rows[at + 1][0] == "无"


def test_a_long_text_makes_its_row_higher() -> None:
    """Excel would fit the row itself, LibreOffice would not."""
    short, long = decision("甲"), decision("甲" * 40)
    heights = [
        line.height
        for line in sheet_of(evaluation(short, long), "评价结果").lines
        if len(line.values) == 10
    ]
    assert heights[1:] == [23, 68]
