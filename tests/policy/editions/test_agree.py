"""What an edition asks for must stand on the forms, in the same words and units."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit.edition import changed, written
from xlpy.errors import EditionError
from xlpy.policy.editions.check import agree
from xlpy.policy.editions.load import default_edition, load_edition
from xlpy.policy.forms.load import load_forms


def test_the_default_edition_and_the_forms_agree():
    """Every field, option, unit and activity."""
    edition = default_edition()
    assert agree(edition, load_forms(edition)) is None


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            'field = "培训人数"',
            'field = "培训人次"',
            "要用的项目“培训人次”，表格里没有（附件1，见 filing.toml）",
        ),
        (
            'field = "审计报告", is = "无"',
            'field = "审计报告", is = "没有"',
            "“没有”不是“审计报告”",
        ),
        ('"查实投诉次数", at_least', '"省评价结果", at_least', "“省评价结果”不是数字项目"),
        (
            'unit = "次", phrase = "3次以上"',
            'unit = "件", phrase = "3件以上"',
            "“件”与表格中“查实投诉次数”的单位“次”不同",
        ),
        (
            'activity_not = "招聘"\ntargets',
            'activity_not = "招 聘"\ntargets',
            "“招 聘”不是台账中的活动类型",
        ),
        ('field = "培训人数"', 'field = "培训的人数"', "请改为表格中的“培训人数”，或在"),
        ('name = "其他服务"', 'name = "合 计"', "area「other」.name”“合 计”也是专家评分表的栏目"),
        ('name = "其他服务"', 'name = "平台名称"', "“平台名称”也是专家评分表的栏目"),
        ('name = "其他服务"', 'name = "日期"', "“日期”也是专家评分表的栏目"),
        ('name = "人才和培训服务-培训"', 'name = "差异"', "“差异”也是附件4的栏目"),
        (
            '"未参加", is = "无故不参加"',
            '"省评价结果", is = "不合格"',
            "“attendance.absent”“无故不参加”有什么后果没有写，请加上一个否决情形（field = “未参加”",
        ),
        (
            'is = "无故不参加" }',
            'is = "无故不参加", when = { parameter = "province_absence", is = "veto" } }',
            "“veto「absent」.condition”不能这样问“未参加”，请只由一个否决情形来问",
        ),
        (
            'is = "无故不参加"',
            'is = "有正当理由"',
            "“veto「absent」.condition”不能这样问“未参加”",
        ),
        (
            'field = "是否入驻省平台网络", is = "否"',
            'field = "未参加", is = "有正当理由"',
            "“shortfall「network」.condition”不能这样问“未参加”",
        ),
        ('absent = "无故不参加"\n', "", "请删去，或在 attendance 中写 absent"),
        ('label = "公示工作日数"', 'label = "评价日期"', "也是工作簿「参数」里日期等栏的名称"),
    ],
)
def test_a_condition_the_forms_cannot_answer_is_refused(
    old: str, new: str, words: str, tmp_path: Path
):
    """One case for each way to speak past the forms."""
    pairs = [(old, new)]
    if old.startswith("activity"):
        pairs.append(('\nactivity = "招聘"', '\nactivity = "招 聘"'))
    edition = load_edition(written(tmp_path, changed(*pairs)))
    with pytest.raises(EditionError) as caught:
        agree(edition, load_forms(edition))
    assert words in str(caught.value)
