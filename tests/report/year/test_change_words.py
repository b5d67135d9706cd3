"""What staff changed, told in the words of the forms."""

from __future__ import annotations

import pytest

from tests.kit.judging import EDITION, FORMS
from xlpy.report.year.change_words import ChangeWords

WORDS = ChangeWords(EDITION, FORMS)
NAME = "甲平台（91340300MA2N000001）"


@pytest.mark.parametrize(
    ("table", "row", "cells", "told"),
    [
        (
            "results",
            NAME,
            {"ruling": ("B", "A"), "ruling_reason": ("", "服务面广")},
            "局办公会审定：甲平台 B→A，理由：服务面广",
        ),
        ("results", NAME, {"ruling": ("A", "")}, "局办公会审定：甲平台 A→空"),
        ("results", NAME, {"tie_order": ("", "1")}, "局办公会审定：甲平台 并列裁定 空→1"),
        (
            "results",
            NAME,
            {"ruling_reason": ("旧", "新")},
            "局办公会审定：甲平台 审定理由 旧→新",
        ),
        (
            "roster",
            NAME,
            {"complaints": ("", "0"), "explanation": ("", "已电话核实")},
            "核实：甲平台 查实投诉次数 空→0，核实说明：已电话核实",
        ),
        ("roster", NAME, {"contact": ("王五", "赵六")}, "名单：甲平台 联系人 王五→赵六"),
        (
            "roster",
            NAME,
            {
                "code": ("", "91340300MA2N000001"),
                "level": ("", "国家级"),
                "name": ("", "甲平台"),
            },
            "名单：新增甲平台（平台级别 国家级）",
        ),
        (
            "roster",
            NAME,
            {"name": ("甲平台", ""), "level": ("省级", "")},
            "名单：删去甲平台（平台级别 省级）",
        ),
        (
            "parameters",
            "as_of",
            {"value": ("2023-05-01", "2023-06-30")},
            "参数：评价日期 2023-05-01→2023-06-30",
        ),
        ("parameters", "line_a", {"value": ("", "88")}, "参数：A级最低分 空→88"),
        ("experts", "01", {"name": ("张三", "李四")}, "专家：01 张三→李四"),
        (
            "experts",
            "01",
            {"id": ("", "01"), "name": ("", "张三"), "unit": ("", "市财政局")},
            "专家：新增01（姓名 张三，单位 市财政局）",
        ),
        (
            "acceptances",
            "X503-1a2b3c4d",
            {"accepted": ("", "是"), "id": ("", "X503-1a2b3c4d"), "reason": ("", "已核对")},
            "受理：X503-1a2b3c4d 受理，理由：已核对",
        ),
        (
            "acceptances",
            "X503-1a2b3c4d",
            {"accepted": ("是", "否")},
            "受理：X503-1a2b3c4d 撤销受理",
        ),
        ("objections", "第4行", {"outcome": ("", "维持")}, "异议：第4行 处理结果 空→维持"),
        (
            "objections",
            "第4行",
            {"platform": ("", "甲平台"), "text": ("", "得分偏低")},
            "异议：新增第4行（平台 甲平台，事由 得分偏低）",
        ),
    ],
)
def test_a_change_is_told_in_one_sentence(table, row, cells, told):
    """Sheet, row, old and new; a blank is 空."""
    assert WORDS.text(table, row, cells) == told


def test_what_no_form_knows_any_more_keeps_its_id():
    """A log outlives a column."""
    assert WORDS.text("gone", "x", {"old_column": ("1", "2")}) == "gone：x old_column 1→2"


def test_a_text_over_many_lines_is_told_in_one():
    """And cut where it grows too long."""
    told = WORDS.text("roster", "甲", {"contact": ("", "一\n二" + "三" * 300)})
    assert told.startswith("名单：甲 联系人 空→一 二三")
    assert told.endswith("三…")
    assert len(told) < 230
