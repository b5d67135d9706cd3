"""Ballots drawn as an expert would see them, and the whole sentence of each finding (评分表)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.forms.ballot.test_read_ballot import FORM, issued, read
from tests.kit.drawn import grid

HEAD = "专家姓名 | 张三 | 单位 | 市经信局 | 类别 | 经信 | 签名 | 张三 | 日期 | 2022-12-01"
HEADING = (
    "序号 | 平台名称 | 统一社会信用代码 | 平台级别 | 综合咨询服务(12分) | 产需对接服务(12分) |"
    " 融资服务(10分) | 产学研合作(10分) | 数字化服务(12分) | 绿色化服务(10分) |"
    " 人才和培训服务(10分) | 专业技术服务(8分) | 其他服务(6分) | 政府委托服务活动(10分) |"
    " 合计 | 回避 | 评语"
)
ONE = "1 | 甲平台 | 91340300MA2N0ABC16 | 省级"
TWO = "2 | 乙平台 | 91340300MA2MQ7F5XX | 国家级 | 11 | 11 | 9 | 9 | 11 | 9 | 9 | 7 | 5 | 9 | 90 | |"


def sentences(drawing: str) -> list[str]:
    """Return what is said of the ballot drawn: head, heading and rows, one a line."""
    book = issued()
    sheet = grid(FORM.sheet, drawing)
    grids = tuple(sheet if one.name == FORM.sheet else one for one in book.grids)
    return [one.sentence for one in read(replace(book, grids=grids)).findings]


def ballot(row: str, *, head: str = HEAD, heading: str = HEADING, other: str = TWO) -> str:
    return "\n".join((head, heading, row, other))


def test_a_ballot_without_a_mistake_is_left_alone():
    row = f"{ONE} | 11.3 | 10 | 9 | 8.5 | 11 | 9 | 9 | 7 | 5 | 9 | 88.8 | | 服务扎实"
    assert sentences(ballot(row)) == []


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        pytest.param(
            f"{ONE} | 约11 | 10 | 9 | 8.5 | 11 | 9 | 9 | 7 | 5 | 9 | | |",
            "张三.xlsx「评分表」E3：“综合咨询服务”填写为“约11”，应为 0 到 12 分的数字。"
            "请专家改正；这一行未计入。",
            id="B701",
        ),
        pytest.param(
            f"{ONE} | 12.1 | 10 | 9 | 8.5 | 11 | 9 | 9 | 7 | 5 | 9 | | |",
            "张三.xlsx「评分表」E3：“综合咨询服务”评为 12.1 分，应在 0 到 12 分之间。"
            "请专家改正；这一行未计入。",
            id="B702",
        ),
        pytest.param(
            f"{ONE} | 11.25 | 10 | 9 | 8.5 | 11 | 9 | 9 | 7 | 5 | 9 | | |",
            "张三.xlsx「评分表」E3：“综合咨询服务”评为 11.25 分，最多1位小数。"
            "请专家改正；这一行未计入。",
            id="B703",
        ),
        pytest.param(
            f"{ONE} | 11.3 | | 9 | 8.5 | 11 | 9 | | 7 | 5 | 9 | | |",
            "张三.xlsx「评分表」F3：“产需对接服务”“人才和培训服务”未评分，"
            "各类别应全部评分，或填写回避。请专家补全；空格不是 0 分，这一行未计入。",
            id="B704",
        ),
        pytest.param(
            f"{ONE} | 11.3 | 10 | 9 | 8.5 | 11 | 9 | 9 | 7 | 5 | 9 | 88.8 | 是 |",
            "张三.xlsx「评分表」P3：填写了回避，又填写了分数，二者只应有其一。"
            "请专家清空分数或回避；这一行未计入。",
            id="B708",
        ),
        pytest.param(
            f"{ONE} | | | | | | | | | | | | 回避一下 |",
            "张三.xlsx「评分表」P3：“回避”填写为“回避一下”，应为“是”或留空。"
            "请专家改正；这一行未计入。",
            id="B709",
        ),
        pytest.param(
            f"{ONE} | 回避 | 回避 | 回避 | 回避 | 回避 | 回避 | 回避 | 回避 | 回避 | 回避 | | |",
            "张三.xlsx「评分表」E3：“综合咨询服务”等10个分数栏填写为“回避”，回避应写在“回避”栏。"
            "请专家在“回避”栏选“是”，清空各项分数；不回避的，请填写分数。这一行未计入。",
            id="B726",
        ),
        pytest.param(
            f"{ONE} | 11.3 | 10 | 9 | 8.5 | 11 | 9 | 9 | 7 | 5 | 9 | 98.8 | |",
            "张三.xlsx「评分表」O3：合计为 98.8，各项之和为 88.8，应等于各项之和。"
            "请专家核对；这一行未计入。",
            id="B710",
        ),
        pytest.param(
            f"{ONE} | 20% | 10 | 9 | 8.5 | 11 | 9 | 9 | 7 | 5 | 9 | | |",
            "张三.xlsx「评分表」E3：单元格为百分比格式，数值为 0.2，显示为“20%”，"
            "应为普通数字（分）。请把单元格格式改为“常规”，再填写数字。",
            id="C306",
        ),
    ],
)
def test_a_mistake_in_a_row_is_one_sentence_at_its_cell(row: str, sentence: str):
    assert sentences(ballot(row)) == [sentence]


def test_a_platform_twice_is_named_on_both_rows():
    row = f"{ONE} | 11.3 | 10 | 9 | 8.5 | 11 | 9 | 9 | 7 | 5 | 9 | 88.8 | |"
    assert sentences(ballot(row, other=row)) == [
        "张三.xlsx「评分表」A3：“甲平台”与第4行重复，每个平台只评一行。"
        "请专家删去一行；两行均未计入。",
        "张三.xlsx「评分表」A4：“甲平台”与第3行重复，每个平台只评一行。"
        "请专家删去一行；两行均未计入。",
    ]


def test_a_missing_name_in_the_head_is_one_sentence():
    row = f"{ONE} | 11.3 | 10 | 9 | 8.5 | 11 | 9 | 9 | 7 | 5 | 9 | 88.8 | |"
    head = HEAD.replace("专家姓名 | 张三", "专家姓名 |")
    assert sentences(ballot(row, head=head)) == [
        "张三.xlsx「评分表」B1：“专家姓名”未填写，应填写。请专家补填。"
    ]
