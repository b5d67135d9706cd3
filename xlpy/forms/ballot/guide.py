"""评分说明: how an expert scores, and what the points of each area are."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlpy.forms.ballot.scores import BallotPlan
from xlpy.forms.drawing.words import validity_words
from xlpy.model.look import colours
from xlpy.model.number import plain
from xlpy.model.sheets.sheet import Line, Page, Sheet, Span
from xlpy.model.sheets.titled import Banner, banner_merges, footer

_WIDTHS = (6.0, 30.0, 14.0, 50.0)
_ON_LINE, _LINE = 42, 17.0
_WIDE = len(_WIDTHS) - 1


def ballot_guide_sheet(plan: BallotPlan, *, referring: bool) -> Sheet:
    """Return the guide for experts (评分说明), `referring` to 参考数据 where there are any."""
    head = (Banner((plan.title,), "title", 34), Banner(("一、评分办法",), "group", 24))
    points = tuple(_points(plan, referring=referring))
    example = f"（示例，{plan.edition.bureau}可调整）" if plan.is_example else ""
    table = (
        Banner((f"二、评分标准{example}",), "group", 24),
        *_rubric(plan),
    )
    lines = (*head, *points, *table)
    wrapped = (Span(row, 1, row, _WIDE) for row, _ in enumerate(points, len(head)))
    return Sheet(
        name=plan.form.guide,
        lines=lines,
        widths=_WIDTHS,
        merges=(*banner_merges(lines, len(_WIDTHS)), *((one, "cell.wrap") for one in wrapped)),
        page=Page(footer=footer(plan.form.guide)),
        protect=True,
        tab_colour=colours.TAB_READ,
        gridlines=False,
    )


def _points(plan: BallotPlan, *, referring: bool) -> Iterator[Line]:
    for number, words in enumerate(_rules(plan, referring=referring), 1):
        height = _LINE * -(-len(words) // _ON_LINE) + 6
        yield Line((number, words), ("cell.center", "cell.wrap"), height)


def _rules(plan: BallotPlan, *, referring: bool) -> Iterator[str]:
    form = plan.form
    low, high = plan.edition.experts
    yield f"依据{validity_words(plan.edition)}，由{low}至{high}名专家独立评分，每人一份。"
    yield (
        f"在「{form.sheet}」浅黄色格内评分：每个平台{len(plan.rubric)}个服务类别逐项评分，"
        f"0 分至该项满分，最多{form.score_places}位小数；“{form.total}”由公式计算。"
    )
    yield "空白表示没有评，不是 0 分；评 0 分的请填 0。有一项没有评分的行不计入。"
    yield (
        f"与某平台有利害关系的，在“{form.recused}”栏选“{form.recused_yes}”，该行分数全部留空；"
        "回避的不计入该平台的平均分。"
    )
    if referring:
        yield f"「{form.reference}」列出各平台台账能够证明的数字和年度目标，供评分参考。"
    typed = "、".join(field.label for field in form.head if field.id != "signature")
    yield f"请填写表头的{typed}，打印后签名；不要改动平台名称、信用代码和栏目名称。"
    office = plan.edition.bureau
    yield f"评分完成后保存为 .xlsx 文件发回{office}，打印签名的一份一并交回。"


def _rubric(plan: BallotPlan) -> Iterator[Line]:
    yield Line((plan.form.number, "服务类别", "满分（分）", "依据"), "head", 24)
    styles = ("cell.center", "cell", "cell.center", "cell.center")
    for number, (area, points) in enumerate(zip(plan.edition.areas, plan.rubric, strict=True), 1):
        yield Line((number, area.name, points, area.article), styles, 20)
    total = plain(sum(plan.rubric, Decimal(0)))
    yield Line((None, plan.form.total, Decimal(total), None), "total", 22)
