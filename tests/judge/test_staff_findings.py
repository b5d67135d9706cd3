"""Every finding about what staff type, whole (经办人填写内容的校验问题)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.kit.judging import Applicant, accepting, findings_told, judged, scoring
from xlpy.model.staff import Ruling

ONE = Applicant(code="91A")
SHORT = Applicant(answers={"申请报告": "无"})
WRITTEN = Ruling(row=4, name=ONE.name, code="91A", grade="D", reason="经研究")
GONE = Ruling(row=8, name="走了的平台", code="91X", grade="A", reason="经研究")
AT = "甲平台 |  | evaluate.xlsm「评价结果」"
NO_GRADE = "不符合条件、待核实或未参加的平台不评等次。请清空审定等次；此项审定未采纳。"
LAST_ONLY = "只能为D级。请清空审定等次；此项审定未采纳。（第十六条）"


def ruled(**changes: object) -> Applicant:
    return replace(ONE, grade="A", reason="经研究", **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "finding"),
    [
        pytest.param(
            replace(ONE, grade="E", reason="经研究"),
            f"R802 | 错误 | {AT}：“审定等次”填写为“E”，应为A、B、C、D之一。"
            "请改正；改正前这一格不生效，不能导出。",
            id="a grade the edition does not know",
        ),
        pytest.param(
            replace(ONE, grade="B", reason=" "),
            f"R804 | 错误 | {AT}：“甲平台”的审定等次为“B”，没有审定理由，须同时填写审定理由。"
            "请填写审定理由；此项审定未采纳，等次仍为初评结果。（第十二条）",
            id="no reason given",
        ),
        pytest.param(
            ruled(staff={"查实投诉次数": Decimal(3)}, explanation="市12345转办单"),
            f"R805 | 错误 | {AT}：“甲平台”的审定等次为“A”，该平台为“一票否决”，{LAST_ONLY}",
            id="above the last grade for a vetoed platform",
        ),
        pytest.param(
            ruled(staff={"未参加": "无故不参加"}, sent=False, totals=()),
            f"R805 | 错误 | {AT}：“甲平台”的审定等次为“A”，该平台为“无故不参加”，{LAST_ONLY}",
            id="above the last grade for an absent platform",
        ),
        pytest.param(
            ruled(staff={"未参加": "有正当理由"}, sent=False, totals=()),
            f"R806 | 错误 | {AT}：“甲平台”的审定等次为“A”，该平台为“有正当理由未参加”，{NO_GRADE}",
            id="any grade for an excused platform",
        ),
        pytest.param(
            ruled(answers={"是否在蚌埠市注册": "否"}),
            f"R806 | 错误 | {AT}：“甲平台”的审定等次为“A”，该平台为“不符合条件”，{NO_GRADE}",
            id="any grade for an ineligible platform",
        ),
        pytest.param(
            ruled(),
            f"R807 | 错误 | {AT}：审定“甲平台”为A；全部审定后A、B级为1家，不应超过0家。"
            "请调整审定等次；升入A、B级的审定均未采纳。（第十一条）",
            id="more in A and B than the quota",
        ),
        pytest.param(
            replace(ONE, tie_order=1),
            f"R809 | 错误 | {AT}：“甲平台”填写了并列裁定 1，但没有需要裁定的并列，"
            "仅对“并列待裁定”的平台填写。请清空并列裁定；此项裁定未采纳。",
            id="an order nobody asked for",
        ),
    ],
)
def test_what_is_wrong_with_a_ruling_is_said_whole(one: Applicant, finding: str):
    assert findings_told(judged(one)) == [finding]


def test_a_wrong_order_is_said_whole_on_the_first_row_typed():
    first, second, third = scoring(88, 88, 88)
    evaluation = judged(first, replace(second, tie_order=1), replace(third, tie_order=1))
    assert findings_told(evaluation) == [
        "R808 | 错误 | 乙 |  | evaluate.xlsm「评价结果」：并列裁定为：丙填1、乙填1、甲未填，"
        "应给并列的3家平台（丙、乙、甲）分别填 1 至 3，不重复。"
        "请按局办公会裁定的先后改正；此项裁定未采纳。"
    ]


@pytest.mark.parametrize(
    "gone", [GONE, replace(GONE, grade="", reason="", tie_order=1), replace(GONE, grade="")]
)
def test_a_row_whose_platform_is_gone_is_said_whole(gone: Ruling):
    """Whatever is written in it: a grade, an order, or a reason alone."""
    assert findings_told(judged(ONE, cells={"rulings": (gone,)})) == [
        "R810 | 错误 | 走了的平台 |  | evaluate.xlsm「评价结果」："
        "“走了的平台”（91X）有经办人填写的内容，但已不是参评平台，应对应一个参评平台。"
        "请核对名称和代码，或清空这一行填写的内容。"
    ]


def test_each_of_three_rows_of_one_platform_names_another():
    rows = tuple(replace(WRITTEN, row=row) for row in (11, 4, 9))
    evaluation = judged(ONE, cells={"rulings": rows})
    assert findings_told(evaluation) == [
        "R819 | 错误 | 甲平台 |  | evaluate.xlsm「评价结果」：“甲平台”（91A）"
        f"与第{other}行重复，"
        "每个平台只应有一行。请清空其中一行填写的内容；两行的裁定和审定均未采纳。"
        for other in (4, 4, 9)
    ]
    assert [one.cell for one in evaluation.findings] == ["A9", "A11", "A4"]


def test_what_is_wrong_with_an_acceptance_is_said_whole():
    """One that is gone, one without a reason, one that cannot be accepted; the others count."""
    (short,) = judged(SHORT).findings
    (must,) = judged(Applicant(name="乙平台", grade="B")).findings
    cells = {
        "acceptances": (
            *accepting("X-1"),
            *(one._replace(row=4) for one in accepting(short.id, reason=" ")),
            *(one._replace(row=5) for one in accepting(must.id)),
        )
    }
    evaluation = judged(Applicant(name="乙平台", grade="B"), SHORT, cells=cells)
    ruling = next(one for one in evaluation.findings if one.code == "R804")
    cells["acceptances"] = (
        *cells["acceptances"][:2],
        *(one._replace(row=5) for one in accepting(ruling.id)),
    )
    evaluation = judged(Applicant(name="乙平台", grade="B"), SHORT, cells=cells)
    assert findings_told(evaluation, "R811", "R812", "R813") == [
        "R811 | 警告 |  |  | evaluate.xlsm「受理」A3：受理的编号“X-1”已不存在，"
        "文件改动或程序更新后须重新受理。"
        "问题已消除的请删去此行；仍在的请按新编号受理。",
        f"R812 | 错误 |  |  | evaluate.xlsm「受理」A4：受理了“{short.id}”，没有理由，须填写理由。"
        "请填写理由；此项受理未采纳。",
        f"R813 | 错误 |  |  | evaluate.xlsm「受理」A5：受理了“{ruling.id}”，此类问题须改正，"
        f"不能受理。"
        "请改正后删去此行。",
    ]
    assert evaluation.accepted == frozenset()
