"""Made-up platforms (示例平台) and what stands in their forms, by number and seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from stdnum.cn import uscc

from xlpy.demo.filings import Activity, sample_content
from xlpy.model.filing import Content
from xlpy.model.grid import CellValue
from xlpy.policy.edition import Edition
from xlpy.policy.editions.load import default_edition
from xlpy.policy.form import Forms
from xlpy.policy.forms.load import load_forms

YEAR = 2022
LEAST_LEDGER = 6  # fewer rows cannot reach any function of Art. 4 here

_PLACES = ("珠城", "淮畔", "涂山", "荆山", "龙湖", "禹会", "蚌山", "淮上", "怀远", "五河", "固镇")
_TRADES = (
    "智能制造", "数字化转型", "检验检测", "人才培训", "融资对接", "绿色低碳", "产业链对接",
    "科技成果转化", "双创孵化", "法律财税", "新材料", "生物医药", "电子信息",
)  # fmt: skip
_KINDS = ("公共服务平台", "中小企业服务平台", "综合服务中心")
_ORDINARY: dict[str, CellValue] = {
    "recognised_on": date(2021, 3, 5),
    "valid_until": date(2024, 3, 4),
    "registered": "是",
    "representative": "王示例",
    "contact": "李示例",
    "phone": "0552-3112345",
    "bank": "中国银行蚌埠示例支行",
    "online_system": "是",
    "expert_pool": "是",
    "product_pool": "是",
    "project_pool": "是",
    "agency": "是",
    "training_system": "是",
    "network": "是",
    "reporting": "是",
    "penalised": "否",
    "complaints": 0,
    "application": "有",
    "audit": "合并审计",
    "evidence": "有",
    "results": "有",
    "entrusted": "有",
    "network_tasks": "有",
    "other_evidence": "有",
    "report": "全年围绕中小企业需求开展信息、技术、培训和融资等服务，服务台账见附件3。",
    "example": "帮助一家汽车零部件企业完成数字化改造诊断，生产效率明显提高。",
    "plan": "继续扩大服务覆盖面，提高线上服务能力。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Service:
    """A kind of activity: its 附件4 row, what it is called, and how often of a hundred."""

    row: str
    title: str
    activity: str
    share: int
    function: str = ""
    mode: str = "线下"
    also: str = ""  # the ledger column that is filled beside firms and visits
    each: tuple[int, int] = (0, 0)


_SERVICES = (
    _Service(row="综合咨询服务", title="惠企政策宣讲", activity="政策宣讲", share=18,
             function="信息服务"),
    _Service(row="产需对接服务", title="产业链供需对接", activity="产需对接", share=10,
             also="matches", each=(1, 4)),
    _Service(row="融资服务", title="银企对接", activity="投融资对接", share=8,
             function="融资服务", also="financing", each=(800, 9000)),
    _Service(row="产学研合作", title="高校院所对接", activity="产学研对接", share=8),
    _Service(row="数字化服务", title="数字化转型诊断", activity="诊断咨询", share=10,
             mode="线上线下"),
    _Service(row="绿色化服务", title="节能降碳诊断", activity="诊断咨询", share=8),
    _Service(row="人才和培训服务-培训", title="企业管理人员培训", activity="培训", share=16,
             function="培训服务", mode="线上线下"),
    _Service(row="人才和培训服务-招聘", title="中小企业专场招聘", activity="招聘", share=6,
             also="hires", each=(5, 60)),
    _Service(row="专业技术服务", title="检验检测技术服务", activity="技术服务", share=10,
             function="技术服务", also="needs", each=(1, 3)),
    _Service(row="政府委托服务活动", title="专精特新企业培育", activity="诊断咨询", share=6),
)  # fmt: skip

_MISTAKES: tuple[tuple[str, CellValue], ...] = (
    ("firms", "约200"),
    ("held_on", "2021年12月30日"),
    ("financing", "0.3亿元"),
    ("mode", "现场"),
    ("proof", ""),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A made-up platform (平台): who it is, and whether its form has mistakes."""

    number: int
    name: str
    code: str
    level: str
    mistaken: bool


def made_up(count: int, findings: float = 0.0) -> tuple[Platform, ...]:
    """Return that many platforms with names and credit codes of their own."""
    edition, _ = rules()
    return tuple(
        Platform(
            number=number,
            name=_name(number),
            code=_code(number),
            level=edition.levels[0 if number % 3 == 0 else 1].name,
            mistaken=int((number + 1) * findings) > int(number * findings),
        )
        for number in range(count)
    )


def filing_content(platform: Platform, *, ledger: int, seed: int) -> Content:
    """Return what stands in the platform's form."""
    edition, forms = rules()
    chance = random.Random(f"filing/{seed}/{platform.number}")
    content = sample_content(
        edition=edition,
        forms=forms,
        year=YEAR,
        answers=_answers(platform, chance),
        activities=_activities(ledger, chance),
    )
    if not platform.mistaken:
        return content
    sheet = forms.filing.ledger.sheet
    rows = [dict(row) for row in content.rows[sheet]]
    wrong = chance.sample(range(len(rows)), 3)
    for row, (column, value) in zip(wrong, chance.sample(_MISTAKES, 3), strict=True):
        rows[row][column] = value
    return replace(content, rows={**content.rows, sheet: tuple(rows)})


@cache
def rules() -> tuple[Edition, Forms]:
    edition = default_edition()
    return edition, load_forms(edition)


def _name(number: int) -> str:
    rest, place = divmod(number, len(_PLACES))
    rest, trade = divmod(rest, len(_TRADES))
    rest, kind = divmod(rest, len(_KINDS))
    return f"{_PLACES[place]}{_TRADES[trade]}{_KINDS[kind]}{rest + 1 if rest else ''}"


def _code(number: int) -> str:
    stem = f"91340300MA2{number:06d}"
    return stem + str(uscc.calc_check_digit(stem))


def _answers(platform: Platform, chance: random.Random) -> dict[str, CellValue]:
    _, forms = rules()
    field = forms.filing.field
    operator = f"蚌埠示例{platform.name.removesuffix('平台')}有限公司"
    staff, expense = chance.randint(12, 90), chance.randint(90, 900)
    return {
        **_ORDINARY,
        "name": platform.name,
        "operator": operator,
        "code": platform.code,
        "level": platform.level,
        "recognition": f"皖经信示例2021-{platform.number + 1}号",
        "county": chance.choice(field("county").choices),
        "account_name": operator,
        "account": f"1752{platform.number:012d}",
        "staff": staff,
        "professionals": staff * 2 // 3,
        "income": chance.randint(2000, 20000) / 20,
        "expense": expense,
        "public_expense": expense * chance.randint(10, 50) / 100,
        "satisfaction": chance.randint(1700, 1990) / 20,
        "province_result": chance.choice(field("province_result").best_first),
    }


def _activities(ledger: int, chance: random.Random) -> tuple[Activity, ...]:
    """Return activities held `ledger` times in all, three series of each kind."""
    times = [LEAST_LEDGER, *[0] * (len(_SERVICES) - 1)]
    drawn = chance.choices(
        range(len(_SERVICES)), [one.share for one in _SERVICES], k=ledger - LEAST_LEDGER
    )
    for kind in drawn:
        times[kind] += 1
    return tuple(
        _series(service, part, held, chance)
        for service, total in zip(_SERVICES, times, strict=True)
        for part, held in enumerate(_thirds(total))
        if held
    )


def _thirds(total: int) -> tuple[int, int, int]:
    return (total + 2) // 3, (total + 1) // 3, total // 3


def _series(service: _Service, part: int, times: int, chance: random.Random) -> Activity:
    firms = chance.randint(18, 60)
    figures: dict[str, int | float] = {"firms": firms, "visits": firms + chance.randint(5, 70)}
    if service.also:
        figures[service.also] = chance.randint(*service.each)
    return Activity(
        row=service.row,
        title=f"{service.title}{'甲乙丙'[part]}班",
        activity=service.activity,
        times=times,
        mode=service.mode,
        function=service.function,
        figures=figures,
    )
