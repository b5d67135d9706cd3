"""Every finding about the panel, whole (专家评分的校验问题): whose, of which file, in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.judge.panel.test_panel import ONE, RUBRIC, TWO, heard, listed, panel
from tests.kit.judging import Applicant, ballot_row, ballots, findings_told
from xlpy.model.ballot import Ballot

FIFTH = panel()[4]
ROW = FIFTH.rows[0]
STRANGE = ballot_row(Applicant(name="无名", code="91X"), 80, 12, RUBRIC)
REQUEST = (
    "请专家补评，不评的在“回避”栏选“是”；"
    "评分表上没有这个平台的，后到的请再生成评分表，得到补充表；"
    "更名的请在参评名单的“曾用名”填原来的名称，不用重评。"
)
TWICE_HINT = "请核对后清空其中一行；两行均未计入。"
LEAVE_ONE = "请核对后把不用的一份移入“作废”文件夹；两份均未计入。"
STANDARD = "现行标准为 12、12、10、10、12、10、10、8、6、10。"
AGAIN = "请用现行标准重新生成评分表并重新评分；这份未计入。"


@pytest.mark.parametrize(
    ("sheets", "findings"),
    [
        pytest.param(
            panel(rows=()),
            [
                "B705 | 错误 | 专家05 | sha-05 | 05.xlsx「评分表」：没有给“甲平台”评分，应评分，"
                f"或填写回避。{REQUEST}"
            ],
            id="a platform left out is a finding on the expert's ballot",
        ),
        pytest.param(
            panel(rows=(), person=""),
            [
                "B705 | 错误 | 05 | sha-05 | 05.xlsx「评分表」：没有给“甲平台”评分，应评分，"
                f"或填写回避。{REQUEST}"
            ],
            id="an expert who did not sign is named by his number",
        ),
        pytest.param(
            panel(rows=(*FIFTH.rows, STRANGE)),
            [
                "B706 | 错误 | 专家05 | sha-05 | 05.xlsx「评分表」A12：“无名”（91X）不在参评平台中"
                "，应为参评平台。请核对名称和信用代码；这一行未计入。"
            ],
            id="a platform nobody knows is named with its code",
        ),
        pytest.param(
            panel(rows=(ROW, ROW._replace(row=9), ROW._replace(row=11)), person=""),
            [
                f"B707 | 错误 | 05 | sha-05 | 05.xlsx「评分表」A{row}：“甲平台”与第{other}行重复，"
                "每个平台只评一行。请专家删去一行；两行均未计入。"
                for row, other in ((8, 9), (9, 8), (11, 8))
            ],
            id="each of three rows on one platform names another of them",
        ),
        pytest.param(
            (*panel(), replace(FIFTH, file="05-补充1.xlsx", supplement=1, digest="s")),
            [
                "B721 | 错误 | 专家05 | s | 05-补充1.xlsx「评分表」A8：“甲平台”在“05.xlsx”第8行"
                f"也有评分，每位专家对每个平台只评一次。{TWICE_HINT}",
                "B721 | 错误 | 专家05 | sha-05 | 05.xlsx「评分表」A8：“甲平台”在“05-补充1.xlsx”"
                f"第8行也有评分，每位专家对每个平台只评一次。{TWICE_HINT}",
            ],
            id="ballot and supplement on one platform name each other's file and row",
        ),
        pytest.param(
            (
                *panel(),
                replace(FIFTH, file="副本.xlsx", digest="d2"),
                replace(FIFTH, file="又.xlsx", digest="d3"),
            ),
            [
                f"B712 | 错误 | 专家05 | {digest} | {file}.xlsx：专家“05”还交了“{others}”，"
                f"每位专家只交一份。{LEAVE_ONE}"
                for file, digest, others in (
                    ("05", "sha-05", "副本.xlsx、又.xlsx"),
                    ("副本", "d2", "05.xlsx、又.xlsx"),
                    ("又", "d3", "05.xlsx、副本.xlsx"),
                )
            ],
            id="each of three ballots of one expert names the two others",
        ),
        pytest.param(
            panel(case="case-2", person=""),
            [
                "B713 | 错误 | 05 | sha-05 | 05.xlsx：这份评分表属于另一个评价项目，"
                "应为本项目生成的评分表。"
                "请专家使用本项目“输出/专家评分表”中的表；这份未计入。"
            ],
            id="a ballot of another case is sent back",
        ),
        pytest.param(
            panel(rubric=(*RUBRIC[:8], Decimal(7), Decimal("9.5"))),
            [
                "B714 | 错误 | 专家05 | sha-05 | 05.xlsx：评分标准为 "
                f"12、12、10、10、12、10、10、8、7、9.5，{STANDARD}{AGAIN}"
            ],
            id="a ballot of another rubric shows both",
        ),
        pytest.param(
            panel(rubric=()),
            [f"B714 | 错误 | 专家05 | sha-05 | 05.xlsx：评分标准为 空，{STANDARD}{AGAIN}"],
            id="a ballot without a rubric says 空",
        ),
    ],
)
def test_what_is_wrong_with_a_ballot_is_said_whole(sheets: tuple[Ballot, ...], findings: list[str]):
    found = findings_told(heard(*sheets))
    assert [one for one in found if not one.startswith("B715")] == findings


def test_the_row_of_two_platforms_names_both_parts():
    sheets = ballots([ONE, TWO], RUBRIC)
    mixed = sheets[4].rows[0]._replace(code=TWO.known_code)
    spoilt = replace(sheets[4], rows=(mixed, *sheets[4].rows[1:]))
    evaluation = heard(*sheets[:4], spoilt, applicants=(ONE, TWO))
    assert findings_told(evaluation, "B719") == [
        "B719 | 错误 | 专家05 | sha-05 | 05.xlsx「评分表」A8："
        f"平台名称“甲平台”与信用代码“{TWO.known_code}”不是同一个平台，名称和代码应与发出时一致。"
        "请专家恢复原来的名称和代码；平台在发表以后更名、换代码的，"
        "请在参评名单的“曾用名”“原信用代码”填原来的，不用重评。"
        "这一行未计入。"
    ]


@pytest.mark.parametrize(("count", "warned"), [(4, True), (5, False), (7, False), (8, True)])
def test_fewer_than_five_and_more_than_seven_experts_are_a_warning(count: int, warned: bool):
    """Art. 13: five to seven; the warning stands on the sheet 专家."""
    one = replace(ONE, totals=(80,) * count)
    found = findings_told(heard(*ballots([one], RUBRIC), applicants=(one,)))
    sentence = (
        f"B715 | 警告 |  |  | evaluate.xlsm「专家」：有效评分的专家为{count}人，一般为5至7人。"
        "请核对评分表是否收齐。（第十三条）"
    )
    assert found == ([sentence] if warned else [])


@pytest.mark.parametrize(
    ("ids", "names", "findings"),
    [
        pytest.param(
            ("01", "02", "03", "04"),
            {},
            [
                "B724 | 错误 | 专家05 | sha-05 | 05.xlsx：评分表的专家编号为“05”，"
                "应为「专家」表中列出的专家。请核对评分表来源；确为聘请的专家，"
                "请先在「专家」表中登记。这份未计入。"
            ],
            id="a ballot of an expert who is not listed is refused",
        ),
        pytest.param(
            ("01", "02", "03", "04", "05"),
            {"e05": "李专家"},
            [
                "B718 | 错误 | 李专家 | sha-05 | 05.xlsx：专家姓名为“专家05”，"
                "编号05的专家为“李专家”。请核对评分表是否发错、编号是否给了别人；"
                "确是同一人的，请受理并写明理由。"
            ],
            id="a name other than the one listed is asked about",
        ),
        pytest.param(
            ("01", "02", "03", "04", "05"),
            {"e05": " 专家 ０５"},
            [],
            id="blanks and width make no other name",
        ),
        pytest.param(
            ("01", "02", "03", "04", "05", "06", ""),
            {"e06": "赵专家"},
            [
                "B720 | 警告 | 赵专家 |  | evaluate.xlsm「专家」A9："
                "编号06的专家“赵专家”没有交评分表，名单中的专家都应交表。"
                "请催交；已退出的请从“专家”表中删去。"
            ],
            id="an expert of whom nothing came is named in the list, a row without number is none",
        ),
    ],
)
def test_what_does_not_agree_with_the_sheet_of_experts_is_said_whole(
    ids: tuple[str, ...], names: dict[str, str], findings: list[str]
):
    found = findings_told(heard(*panel(), experts=listed(*ids, **names)))
    assert [one for one in found if not one.startswith("B715")] == findings


def test_a_ballot_of_another_case_is_held_against_no_list():
    """Neither its name nor its number is ours to judge; it is not what the listed expert sent."""
    names = listed("01", "02", "03", "04", "05", e05="李专家")
    found = findings_told(heard(*panel(case="case-2"), experts=names))
    assert [one[:4] for one in found] == ["B713", "B715", "B720"]


def test_a_ballot_without_number_is_nobodys():
    """The reader has said so (B7xx); nothing more is found, and it does not count."""
    evaluation = heard(*panel(expert="", person=""))
    assert [one[:4] for one in findings_told(evaluation)] == ["B715"]
    assert [expert for expert, _ in evaluation.experts] == ["01", "02", "03", "04"]
