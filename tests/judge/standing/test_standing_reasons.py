"""Why a platform stands where it stands before its score (评分前的依据), in every column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.kit.judging import (
    EDITION,
    FORMS,
    Applicant,
    judged,
    reasons_told,
    rules,
    staff,
)
from xlpy.judge.evaluate import evaluate

OTHER = Applicant(name="乙平台", totals=(70,) * 5)

NOT_PENALISED = f"{FORMS.filing.field('penalised').label}“否”"
LEFT = "虚假佐证由经办人核实，参评名单未记载"

INFORMING = {"在线服务系统": "是", "线下年服务企业数": Decimal(100), "信息服务活动场次": Decimal(6)}
FUNDING = {"融资服务活动场次": Decimal(3), "融资总额": Decimal(40000)}
THREE = {
    "培训服务": {"events": 12, "visits": 1200},
    "信息服务": {"events": 6, "offline_firms": 100},
    "融资服务": {"events": 3, "financing": Decimal(40000)},
}
NOT_TECHNICAL = (
    "function | 第四条(二) | 技术服务：专家库“未填写”，应为“是”，不符合；"
    "新产品新技术项目库“未填写”，"
    "应为“是”，不符合；技术服务活动场次未申报、台账0场次，应为5场次以上，不符合；不具备"
    " | 专家库“未填写”；新产品新技术项目库“未填写”；技术服务活动场次未申报、台账0场次"
    " | 专家库“是”；新产品新技术项目库“是”；技术服务活动场次5场次以上 | 不具备"
)
INFORMED = (
    "function | 第四条(一) | 信息服务：在线服务系统“是”，应为“是”，符合；"
    "线下年服务企业数申报100家、台账100家，应为100家以上，符合；"
    "信息服务活动场次申报6场次、台账6场次，应为6场次以上，符合；具备"
    " | 在线服务系统“是”；线下年服务企业数申报100家、台账100家；信息服务活动场次申报6场次、"
    "台账6场次"
    " | 在线服务系统“是”；线下年服务企业数100家以上；信息服务活动场次6场次以上 | 具备"
)


def of_one(*steps: str, score: Sequence[object] = (85,) * 5, **changes: Any) -> list[str]:
    """Return the reasons of 甲平台 beside another platform; `changes` are parameters and facts."""
    own = {key: changes.pop(key) for key in [*changes] if key in Applicant.__dataclass_fields__}
    evaluation = judged(Applicant(totals=score, **own), OTHER, **changes)
    return reasons_told(evaluation, "甲平台", *steps)


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        pytest.param(
            {},
            [
                "eligibility | 第二条 | 是否在蚌埠市注册“是”，应为“是”，符合"
                " | 是否在蚌埠市注册“是” | “是” | 符合",
                "eligibility | 第二条 | 国家级，认定有效期2021-03-05至2024-03-04，"
                "判定日2023-03-01，"
                "有效 | 认定有效期2021-03-05至2024-03-04 | 判定日2023-03-01 | 有效",
                "eligibility | 第四条 | 至少具备一项服务功能，具备的为：培训服务，符合"
                " | 培训服务 | 至少具备一项服务功能 | 符合",
            ],
            id="what an eligible platform meets is told",
        ),
        pytest.param(
            {
                "answers": {
                    "培训活动场次": Decimal(9),
                    "是否在蚌埠市注册": "否",
                    "有效期至": date(2023, 2, 28),
                }
            },
            [
                "eligibility | 第二条 | 是否在蚌埠市注册“否”，应为“是”，不符合条件"
                " | 是否在蚌埠市注册“否” | “是” | 不符合条件",
                "eligibility | 第二条 | 国家级，认定有效期2021-03-05至2023-02-28，"
                "判定日2023-03-01，"
                "不在有效期内 | 认定有效期2021-03-05至2023-02-28 | 判定日2023-03-01 | 不在有效期内",
                "eligibility | 第四条 | 至少具备一项服务功能，具备的为：无，不符合条件："
                "培训服务（培训活动场次申报9场次、台账12场次，按9场次，应为10场次以上）；"
                "信息服务、技术服务、创业服务、融资服务未申报"
                " | 无 | 至少具备一项服务功能 | 不符合条件",
            ],
            id="all that an ineligible platform lacks is told, not the first thing only",
        ),
        pytest.param(
            {"answers": {**INFORMING, **FUNDING}, "ledger": THREE, "valid_on": "that_year"},
            [
                "eligibility | 第二条 | 是否在蚌埠市注册“是”，应为“是”，符合"
                " | 是否在蚌埠市注册“是” | “是” | 符合",
                "eligibility | 第十条 | 国家级，认定有效期2021-03-05至2024-03-04，"
                "判定日2023-01-01至2023-12-31，有效"
                " | 认定有效期2021-03-05至2024-03-04 | 判定日2023-01-01至2023-12-31 | 有效",
                "eligibility | 第四条 | 至少具备一项服务功能，具备的为：信息服务、融资服务，符合"
                " | 信息服务、融资服务 | 至少具备一项服务功能 | 符合",
            ],
            id="a recognition held against the whole year cites Art. 10 and both its ends",
        ),
    ],
)
def test_the_reasons_of_eligibility_are_these(changes: dict[str, Any], reasons: list[str]):
    assert of_one("eligibility", **changes) == reasons


def test_the_five_functions_are_told_with_what_is_claimed_proved_and_asked():
    """A figure nobody claimed is not proved, whatever the ledger says."""
    answers = {**INFORMING, **FUNDING, "培训能力和评价机制": "是", "培训活动场次": Decimal(14)}
    found = of_one("function", answers=answers, ledger=THREE)
    assert found[:2] == [INFORMED, NOT_TECHNICAL]
    assert found[3:] == [
        "function | 第四条(四) | 培训服务：培训能力和评价机制“是”，应为“是”，符合；"
        "培训活动场次申报14场次、台账12场次，按12场次，应为10场次以上，符合；"
        "培训人数未申报、台账1200人次，应为1000人次以上，不符合；不具备"
        " | 培训能力和评价机制“是”；培训活动场次申报14场次、台账12场次，按12场次；"
        "培训人数未申报、台账1200人次"
        " | 培训能力和评价机制“是”；培训活动场次10场次以上；培训人数1000人次以上 | 不具备",
        "function | 第四条(五) | 融资服务：融资服务活动场次申报3场次、台账3场次，应为3场次以上，"
        "符合；"
        "融资总额申报40000万元、台账40000万元，应为4亿元以上（40000万元），符合；具备"
        " | 融资服务活动场次申报3场次、台账3场次；融资总额申报40000万元、台账40000万元"
        " | 融资服务活动场次3场次以上；融资总额4亿元以上（40000万元） | 具备",
    ]


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        pytest.param({}, [], id="what the form says needs no reason of its own"),
        pytest.param(
            {"staff": {"省评价结果": "优秀", "查实投诉次数": Decimal(0), "虚假佐证": "否"}},
            [
                "staff | 第十六条第2项 | 省评价结果：平台填报“良好”，经办人核实为“优秀”，"
                "以核实结果为准"
                " | 良好 | 优秀 | 以核实结果为准",
                "staff | 第十六条第2项 | 虚假佐证：申报表无此栏，经办人核实为“否”，以核实结果为准"
                " | 申报表无此栏 | 否 | 以核实结果为准",
                "staff | 第十六条第3项 | 查实投诉次数：平台填报“0”，经办人核实为“0”，与填报一致"
                " | 0 | 0 | 与填报一致",
            ],
            id="what staff verified is told beside what the form says, also where they agree",
        ),
        pytest.param(
            {"staff": {"查实投诉次数": Decimal(2)}, "answers": {"是否在蚌埠市注册": "否"}},
            [
                "staff | 第十六条第3项 | 查实投诉次数：平台填报“0”，经办人核实为“2”，以核实结果为准"
                " | 0 | 2 | 以核实结果为准"
            ],
            id="an ineligible platform shows what staff verified too",
        ),
    ],
)
def test_the_reasons_of_what_staff_verified_are_these(changes: dict[str, Any], reasons: list[str]):
    assert of_one("staff", **changes) == reasons


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        pytest.param(
            {"answers": {"申请报告": "无", "是否入驻省平台网络": "否"}},
            [
                "shortfall | 第六条 | 未入驻省平台网络：是否入驻省平台网络“否”，待补正，"
                "导出前须受理"
                " | 是否入驻省平台网络“否” |  | 待补正",
                "shortfall | 第九条(一) | 缺少申请报告：申请报告“无”，待补正，导出前须受理"
                " | 申请报告“无” |  | 待补正",
                f"veto | 第十六条 | 按申报表填报（{NOT_PENALISED}、省评价结果“良好”、"
                f"查实投诉次数0次），没有一票否决的情形；{LEFT}"
                f" | {NOT_PENALISED}；省评价结果“良好”；查实投诉次数0次 |  | 不否决",
            ],
            id="every shortfall is told with the article that asks for it",
        ),
        pytest.param(
            {"answers": {"是否受到处分或处罚": "是", "查实投诉次数": Decimal(3)}},
            [
                "veto | 第十六条第1项 | 受到有关行政主管机关处分或者司法机关处罚："
                "是否受到处分或处罚“是”，评为D级"
                " | 是否受到处分或处罚“是” | “是” | 评为D级",
                "veto | 第十六条第3项 | 查实投诉次数达到规定次数：查实投诉次数3次（3次以上），"
                "评为D级"
                " | 查实投诉次数3次 | 3次以上 | 评为D级",
            ],
            id="every ground of veto is told with its own paragraph",
        ),
        pytest.param(
            {"answers": {"省评价结果": "", "查实投诉次数": ""}, "staff": {"省评价结果": "合格"}},
            [
                f"veto | 第十六条 | 按申报表填报（{NOT_PENALISED}），"
                "按经办人核实（省评价结果“合格”），没有一票否决的情形；"
                f"查实投诉次数没有可用的填报，请核实；{LEFT}"
                f" | {NOT_PENALISED}；省评价结果“合格” |  | 不否决"
            ],
            id="a blank fact that staff verified needs no looking into",
        ),
        pytest.param(
            {"answers": {"省评价结果": "", "查实投诉次数": ""}},
            [
                f"veto | 第十六条 | 按申报表填报（{NOT_PENALISED}），没有一票否决的情形；"
                f"省评价结果、查实投诉次数没有可用的填报，请核实；{LEFT}"
                f" | {NOT_PENALISED} |  | 不否决"
            ],
            id="all facts left blank are named where no veto was found",
        ),
    ],
)
def test_the_reasons_of_shortfalls_and_vetoes_are_these(
    changes: dict[str, Any], reasons: list[str]
):
    assert of_one("shortfall", "veto", **changes) == reasons


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        pytest.param(
            {"staff": {"未参加": "无故不参加"}, "sent": False, "score": ()},
            [
                "absence | 第十六条第2项 | 参评名单记为未参加：无故不参加，评为D级，不予奖补"
                " | 无故不参加 |  | 评为D级，不予奖补",
                "subsidy | 第十四条 | D级：不予奖补 | D级 |  | 不予奖补",
            ],
            id="an absent platform has the last grade, cites Art. 16 and is paid nothing",
        ),
        pytest.param(
            {"staff": {"未参加": "有正当理由"}, "sent": False, "score": ()},
            [
                "absence |  | 参评名单记为未参加：有正当理由，列明，不评等次"
                " | 有正当理由 |  | 列明，不评等次"
            ],
            id="an excused platform is listed and has no grade",
        ),
        pytest.param(
            {"answers": {"平台级别": "", "认定日期": ""}},
            [
                "pending | 第二条 | 待核实：“平台级别”未填写，请平台补填"
                " | “平台级别”未填写，请平台补填 |  | 核实前不评等次，不能导出",
                "pending | 第二条 | 待核实：“认定日期”未填写，请平台补填"
                " | “认定日期”未填写，请平台补填 |  | 核实前不评等次，不能导出",
            ],
            id="every doubt about a pending platform is a reason, and it has no grade",
        ),
        pytest.param(
            {"answers": {"平台级别": "省级"}, "score": (50,) * 5},
            ["subsidy | 第十四条 | 省级D级：不予奖补 | 省级D级 |  | 不予奖补"],
            id="the last grade is paid nothing",
        ),
        pytest.param(
            {"answers": {"平台级别": "省级"}},
            ["subsidy | 第十四条 | 省级B级：15万元 | 省级B级 |  | 15万元"],
            id="the money follows from level and grade",
        ),
    ],
)
def test_the_reasons_of_status_and_money_are_these(changes: dict[str, Any], reasons: list[str]):
    assert of_one("absence", "pending", "subsidy", **changes) == reasons


def test_an_absence_no_ground_speaks_of_cites_the_article_of_the_vetoes():
    """An edition may give the last grade for absence without naming it as a ground."""
    grounds = tuple(one for one in EDITION.vetoes if one.condition.field != "未参加")
    absent = Applicant(staff={"未参加": "无故不参加"}, sent=False, totals=())
    evaluation = evaluate(
        edition=replace(EDITION, vetoes=grounds),
        forms=FORMS,
        rules=rules(),
        year=2022,
        as_of=date(2023, 3, 1),
        filings=(),
        ballots=(),
        staff=staff([absent]),
    )
    assert reasons_told(evaluation, "甲平台", "absence") == [
        "absence | 第十六条 | 参评名单记为未参加：无故不参加，评为D级，不予奖补"
        " | 无故不参加 |  | 评为D级，不予奖补"
    ]
