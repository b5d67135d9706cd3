"""Every finding about filings and 参评名单, whole (申报材料与名单的校验问题)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.kit.judging import (
    Applicant,
    evaluated,
    filing,
    findings_told,
    judged,
    roster_row,
    staff,
)
from xlpy.model.staff import RosterRow

SOUND = Applicant(name="甲平台", code="91A", staff={})
ALSO = [Applicant(name=f"{name}平台", code="91A", staff={}) for name in "乙丙丁戊"]
AWAY, EXCUSED = {"未参加": "无故不参加"}, {"未参加": "有正当理由"}
OF_ONE = "甲平台 | sha-甲平台 | 甲平台.xlsx"
ONE_ONLY = "每个平台只报一份。请核对后把不用的一份移入“作废”文件夹。"
SAME_OPERATOR = "请确认是同一单位运营的两个平台。如为同一平台，请把不用的一份移入“作废”文件夹。"
MISSING = (
    "没有申报表，应有申报表，或在“未参加”栏注明。请催报，或在参评名单“未参加”栏选择原因；"
    "已用别的名称或代码报来的，请改正名单这一行；更名、换代码的，在这一行的“曾用名”“原信用代码”填原来的。"
)
AGREE = (
    "名称和代码应一致。请核对名称和代码；名单有误的，请经办人改正名单那一行；"
    "更名、换代码的，请经办人在那一行的“曾用名”“原信用代码”填原来的；不要另记“未参加”。"
)
NOT_BOTH = "收到申报表的平台不应又记为未参加。"


def mend(label: str) -> str:
    return (
        f"同一平台的，请改正名单那一行的{label}并清空“未参加”；确为两个平台的，请受理并写明理由。"
    )


@pytest.mark.parametrize(
    ("files", "others"),
    [
        ("ab", {"a": "b.xlsx", "b": "a.xlsx"}),
        (
            "abcd",
            {
                "a": "b.xlsx、c.xlsx、d.xlsx",
                "b": "a.xlsx、c.xlsx、d.xlsx",
                "c": "a.xlsx、b.xlsx、d.xlsx",
                "d": "a.xlsx、b.xlsx、c.xlsx",
            },
        ),
        (
            "edcba",
            {
                "a": "b.xlsx、c.xlsx、d.xlsx等4个",
                "b": "a.xlsx、c.xlsx、d.xlsx等4个",
                "c": "a.xlsx、b.xlsx、d.xlsx等4个",
                "d": "a.xlsx、b.xlsx、c.xlsx等4个",
                "e": "a.xlsx、b.xlsx、c.xlsx等4个",
            },
        ),
    ],
)
def test_each_of_several_filings_names_up_to_three_others(files: str, others: dict[str, str]):
    sent = [filing(SOUND, file=f"{one}.xlsx", digest=one) for one in files]
    assert findings_told(evaluated(filings=sent)) == [
        f"D601 | 错误 | 甲平台 | {one} | {one}.xlsx：与“{other}”的信用代码和平台名称相同，"
        f"{ONE_ONLY}"
        for one, other in others.items()
    ]


def test_one_code_under_five_names_names_three_of_the_others():
    unpaid = [replace(one, totals=(50,) * 5) for one in (SOUND, *ALSO)]
    found = findings_told(judged(*unpaid), "D602")
    assert len(found) == 5
    assert found[-1] == (
        f"D602 | 警告 | {OF_ONE}：与“丁平台.xlsx、丙平台.xlsx、乙平台.xlsx等4个”的信用代码相同，"
        f"平台名称不同（丁平台、丙平台、乙平台等4个），{SAME_OPERATOR}"
    )


def test_a_code_shared_with_a_filing_without_name_says_so():
    nameless = filing(SOUND, file="b.xlsx", digest="b", answers={"统一社会信用代码": "91A"})
    assert findings_told(evaluated(filings=[filing(SOUND), nameless])) == [
        f"D602 | 警告 |  | b | b.xlsx：与“甲平台.xlsx”的信用代码相同，平台名称不同（甲平台），"
        f"{SAME_OPERATOR}",
        f"D602 | 警告 | {OF_ONE}：与“b.xlsx”的信用代码相同，平台名称不同（未填写），"
        f"{SAME_OPERATOR}",
    ]


def test_two_filings_of_one_platform_beside_another_name_are_both_kinds_of_double():
    """The two of one name differ from the third only, and not from each other."""
    twice = [filing(SOUND, file=f"{one}.xlsx", digest=one) for one in "ab"]
    evaluation = evaluated(filings=[*twice, filing(ALSO[0])])
    assert [one.split("，")[0] for one in findings_told(evaluation)] == [
        "D601 | 错误 | 甲平台 | a | a.xlsx：与“b.xlsx”的信用代码和平台名称相同",
        "D602 | 警告 | 甲平台 | a | a.xlsx：与“乙平台.xlsx”的信用代码相同",
        "D601 | 错误 | 甲平台 | b | b.xlsx：与“a.xlsx”的信用代码和平台名称相同",
        "D602 | 警告 | 甲平台 | b | b.xlsx：与“乙平台.xlsx”的信用代码相同",
        "D602 | 警告 | 乙平台 | sha-乙平台 | 乙平台.xlsx：与“a.xlsx、b.xlsx”的信用代码相同",
    ]


@pytest.mark.parametrize(
    ("row", "findings"),
    [
        pytest.param(
            {"level": "省级"},
            [
                f"D603 | 错误 | {OF_ONE}「附件1」C7：申报表的平台级别为“国家级”，参评名单为“省级”，"
                "应与认定文件一致。请核对认定文件，改正其中一处。"
            ],
            id="another level on the roster",
        ),
        pytest.param({"level": "国家级"}, [], id="the same level"),
        pytest.param(
            {"facts": AWAY},
            [
                f"D608 | 错误 | {OF_ONE}：参评名单记为“无故不参加”，但收到了申报表，"
                f"二者只应有其一。"
                "平台已参加评价的，请清空参评名单的“未参加”；"
                "申报表不是本次报送的，请移入“作废”文件夹。"
            ],
            id="absent, yet a filing came",
        ),
        pytest.param(
            {"facts": EXCUSED},
            [
                f"D604 | 错误 | {OF_ONE}：参评名单记为“有正当理由”，但收到了申报表，"
                f"二者只应有其一。"
                "请核对后清空“未参加”，或把申报表移入“作废”文件夹。"
            ],
            id="excused, yet a filing came",
        ),
        pytest.param(
            {"name": "旧名"},
            [
                f"D605 | 错误 | 旧名 |  | evaluate.xlsm「参评名单」A3：参评名单中的“旧名”{MISSING}",
                f"D606 | 警告 | {OF_ONE}「附件1」C4：与参评名单中“旧名”的统一社会信用代码相同，"
                f"平台名称不同，{AGREE}",
            ],
            id="the same code under another name",
        ),
        pytest.param(
            {"code": "91B"},
            [
                f"D605 | 错误 | 甲平台 |  | evaluate.xlsm「参评名单」A3："
                f"参评名单中的“甲平台”{MISSING}",
                f"D606 | 警告 | {OF_ONE}「附件1」C6：与参评名单中“甲平台”的平台名称相同，"
                f"统一社会信用代码不同，{AGREE}",
            ],
            id="the same name with another code",
        ),
        pytest.param(
            {"name": "旧名", "facts": AWAY},
            [
                f"D607 | 错误 | {OF_ONE}「附件1」C4：与参评名单中“旧名”（91A，记为“无故不参加”）的"
                f"统一社会信用代码相同，平台名称不同，{NOT_BOTH}{mend('平台名称')}"
            ],
            id="absent under another name",
        ),
        pytest.param(
            {"code": "91B", "facts": EXCUSED},
            [
                f"D607 | 错误 | {OF_ONE}「附件1」C6：与参评名单中“甲平台”（91B，"
                f"记为“有正当理由”）的"
                f"平台名称相同，统一社会信用代码不同，{NOT_BOTH}{mend('统一社会信用代码')}"
            ],
            id="excused under another code",
        ),
        pytest.param(
            {"name": "旧名", "facts": EXCUSED},
            [
                f"D606 | 警告 | {OF_ONE}「附件1」C4：与参评名单中“旧名”的统一社会信用代码相同，"
                f"平台名称不同，{AGREE}"
            ],
            id="excused under another name: perhaps another platform of the operator",
        ),
        pytest.param({"name": "旧名", "code": ""}, ["D605", "R820"], id="nothing in common"),
    ],
)
def test_what_does_not_agree_with_the_roster_is_said_whole(
    row: dict[str, Any], findings: list[str]
):
    places = {"平台名称": "C4", "统一社会信用代码": "C6", "平台级别": "C7"}
    sent = filing(SOUND, places=places)
    found = findings_told(
        evaluated(filings=[sent], cells=staff(roster=(roster_row(SOUND, **row),)))
    )
    whole = [
        one if len(expected) > 4 else one[:4] for one, expected in zip(found, findings, strict=True)
    ]
    assert whole == findings


def test_a_filing_is_held_against_the_first_of_several_rows_nobody_answers_to():
    rows = tuple(roster_row(SOUND, n, name=name) for n, name in ((9, "丙"), (4, "乙")))
    found = findings_told(judged(SOUND, cells={"roster": rows}), "D606")
    assert ["中“乙”的统一社会信用代码" in one for one in found] == [True]


def test_a_filing_that_has_its_own_row_is_held_against_no_other():
    rows = (roster_row(SOUND, 3), roster_row(SOUND, 4, name="旧名"))
    assert findings_told(judged(SOUND, cells={"roster": rows}), "D606") == []


def test_each_of_three_rows_of_one_platform_names_another():
    rows = tuple(roster_row(SOUND, row) for row in (11, 3, 9))
    assert findings_told(judged(SOUND, cells={"roster": rows})) == [
        f"R814 | 错误 | 甲平台 |  | evaluate.xlsm「参评名单」A{row}：“甲平台”（91A）"
        f"与第{other}行重复，"
        "每个平台只列一行。请删去一行。"
        for row, other in ((3, 9), (9, 3), (11, 3))
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (RosterRow(row=7, name="乙", code=""), "乙 |  | A7：“乙”缺少统一社会信用代码"),
        (RosterRow(row=7, name="", code="91B"), " |  | A7：“91B”缺少平台名称"),
        (
            RosterRow(row=7, name="", code="", facts={"虚假佐证": "是"}),
            " |  | A7：“”缺少平台名称、统一社会信用代码",
        ),
        (
            RosterRow(row=7, name="", code="", level="省级"),
            " |  | A7：“”缺少平台名称、统一社会信用代码",
        ),
        (RosterRow(row=7, name="", code=""), ""),
        (RosterRow(row=7, name="乙", code="91B"), ""),
    ],
)
def test_a_row_that_lacks_name_or_code_is_named_by_what_it_has(row: RosterRow, words: str):
    found = findings_told(judged(SOUND, cells={"roster": (roster_row(SOUND), row)}), "R820")
    subject, _, rest = words.partition(" |  | ")
    assert found == (
        [
            f"R820 | 错误 | {subject} |  | evaluate.xlsm「参评名单」{rest}，"
            "名单应有平台名称和信用代码。请补全。"
        ]
        if words
        else []
    )


@pytest.mark.parametrize(
    ("since", "parameters"),
    [(date(2023, 3, 2), {}), (date(2024, 1, 1), {"valid_on": "that_year"})],
)
def test_a_recognition_after_the_evaluation_names_both_days(
    since: date, parameters: dict[str, str]
):
    sent = filing(Applicant(answers={"认定日期": since}), places={"认定日期": "C9"})
    found = findings_told(evaluated(filings=[sent], **parameters))
    assert found == [
        f"C322 | 错误 | {OF_ONE}「附件1」C9：“认定日期”为 {since}，晚于评价日期 2023-03-01，"
        "认定应早于评价。请核对认定日期。（第二条）"
    ]


def test_a_shortfall_is_a_finding_on_the_filing_with_its_article():
    sent = filing(Applicant(answers={"申请报告": "无"}), places={"申请报告": "C61"})
    assert findings_told(evaluated(filings=[sent])) == [
        f"P901 | 警告 | {OF_ONE}「附件1」C61：缺少申请报告，应补正。"
        "请补正后重新报送；确实不能补正的，请书面说明。（第九条(一)）"
    ]
