"""Polite words to copy and send (提醒文字): who, what is missing, until when, where to turn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xlpy.model.day import day_words
from xlpy.model.finding import Finding
from xlpy.model.staff import Office
from xlpy.policy.findings.catalogue import catalogue
from xlpy.report.register.row import several
from xlpy.visible import visible

_SHOWN = 3  # findings told one by one
_LONGEST = 60  # characters told of one
_NAMED = 5
_SENDER = "sender"
_THANKS = "谢谢支持！"


def for_sender(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that whoever sent the file has to mend; the others are the bureau's."""
    return [one for one in findings if catalogue()[one.code].concerns == _SENDER]


def platform_missing(
    year: int, who: str, form: str, deadline: date | None, today: date | None, office: str
) -> str:
    """Return the reminder to a platform whose filing did not come."""
    return (
        f"{who}：您好！贵单位{year}年度平台评价的申报材料（{form}和佐证材料）还没有收到。"
        f"{_until(deadline, today)}如已报送，请告知。{office}{_THANKS}"
    )


def platform_to_mend(
    year: int,
    who: str,
    findings: Sequence[Finding],
    feedback: str,
    deadline: date | None,
    today: date | None,
    office: str,
) -> str:
    """Return the reminder to a platform whose filing has mistakes; "" when it has none to mend."""
    asked = for_sender(findings)
    if not asked:
        return ""
    file = visible(asked[0].place.file)
    copy = f"请在随附的“{feedback}”上改正" if feedback else "请改正"
    return (
        f"{who}：您好！贵单位{year}年度的“{file}”有{len(asked)}处需要改正或补充："
        f"{_listed(asked)}{copy}后重新报送。{_until(deadline, today)}{office}{_THANKS}"
    )


def expert_missing(year: int, who: str, what: str, platforms: int, office: str) -> str:
    """Return the reminder to an expert whose ballot, or a part of it, is still out."""
    count = f"，其中{platforms}家平台待评分" if platforms else ""
    return (
        f"{who}：您好！{year}年度平台评价的{what}还没有收回{count}。"
        f"请逐家评分，需要回避的注明回避，尽快交回。{office}{_THANKS}"
    )


def expert_to_mend(
    year: int, who: str, findings: Sequence[Finding], unscored: Sequence[str], office: str
) -> str:
    """Return the reminder to an expert whose ballot came with mistakes or blanks; "" without."""
    asked = for_sender(findings)
    if not asked and not unscored:
        return ""
    wrong = f"有{len(asked)}处需要改正：{_listed(asked)}" if asked else ""
    blank = f"还有{len(unscored)}家平台没有有效评分：{several(unscored, _NAMED, '家')}。"
    return (
        f"{who}：您好！您交回的{year}年度专家评分表{wrong}{blank if unscored else ''}"
        f"请改正或补齐后尽快重新交回。{office}{_THANKS}"
    )


def office_words(office: Office) -> str:
    """Return where people turn to, as far as 参数 says it.

    >>> office_words(Office(room="企业服务科", phone="0552-3112345"))
    '联系：企业服务科，电话0552-3112345。'
    """
    named = (("", office.room), ("电话", office.phone), ("地址", office.address))
    words = "，".join(f"{what}{told}" for what, told in named if told)
    return f"联系：{words}。" if words else ""


def _until(deadline: date | None, today: date | None) -> str:
    if deadline is None:
        return "请尽快报送。"
    if today is not None and today > deadline:
        return f"报送截止日期{day_words(deadline)}已过，请尽快报送。"
    return f"报送截止日期为{day_words(deadline)}，请按时报送。"


def _listed(findings: Sequence[Finding]) -> str:
    told = [f"{number}. {_told(one)}；" for number, one in enumerate(findings[:_SHOWN], 1)]
    rest = "其余见校验问题清单。" if len(findings) > _SHOWN else ""
    return f"{''.join(told).removesuffix('；')}。{rest}"


def _told(one: Finding) -> str:
    place = str(one.place._replace(file=""))
    needed = f"，{one.needed}" if one.needed else ""
    text = f"{place}{one.found}{needed}"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
