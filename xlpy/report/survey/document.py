"""Many cases in one workbook (汇总.xlsx): sums on one sheet, cases, platforms, what is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from xlpy.model.day import day_words
from xlpy.model.number import plain
from xlpy.model.sheets.board import Board
from xlpy.model.sheets.sheet import Document, Sheet
from xlpy.model.sheets.titled import Banner
from xlpy.model.survey import Survey
from xlpy.report.papers.boards.listed import listed_sheet
from xlpy.report.papers.boards.stacked import stacked_sheet
from xlpy.report.survey.lists import case_board, platform_board
from xlpy.report.survey.tables import (
    city_board,
    county_board,
    edition_board,
    grade_board,
    level_board,
    matter_board,
)
from xlpy.report.survey.totals import Totals, totals
from xlpy.report.survey.words import MOST_NAMED, edition_names, listed
from xlpy.visible import visible

TITLE = "评价项目汇总"

_FAILED = "有{count}个项目不能评价，没有计入任何合计：{names}。原因见「{sheet}」。"
_TWICE = "同一项目在这里有几份，平台数、金额等在合计中重复计入：{names}。请只留一份再汇总。"
_WAITING = (
    "有{count}个项目的评分表没有收齐，得分、名次、等次和奖补金额没有列出，也没有计入合计：{names}。"
)


def survey_document(survey: Survey) -> Document:
    """Return 汇总.xlsx: sums by city, level, grade and county; cases, platforms, matters, editions.

    Cases stand in the order of the survey, platforms in that of their result; what of one edition
    another has not stays blank. All text of others is written as text. The same survey gives the
    same document. Source: SPEC 13.
    """
    sums = totals(survey)
    names = edition_names(sums.editions)
    header = f"&C{TITLE}（{day_words(survey.today)}）"
    cases = case_board(survey, names)
    tables = (city_board(sums), level_board(sums, names), grade_board(sums, names))
    head = list(_head(survey, sums, cases.sheet))
    lists = (
        (county_board(survey, sums, names), 4),
        (cases, 1),
        (platform_board(survey, names), 4),
        (matter_board(survey, names), 1),
        (edition_board(sums), 1),
    )
    return Document(
        title=TITLE,
        sheets=(
            stacked_sheet(tables, head, header=header, kept=False),
            *(_list(board, named, header) for board, named in lists),
        ),
    )


def _list(board: Board, named: int, header: str) -> Sheet:
    return listed_sheet(board, [Banner((board.title,), "title", 30)], named=named, header=header)


def _head(survey: Survey, sums: Totals, cases: str) -> Iterator[Banner]:
    yield Banner((TITLE,), "title", 32)
    facts = (
        f"汇总日期：{day_words(survey.today)}",
        f"评价项目：{len(survey.cases)}个",
        f"平台：{sums.all.platforms}家",
        f"奖补金额合计：{_money(sums.all.subsidy)}",
    )
    yield Banner(("　　".join(facts),), "subtitle", 20)
    for text in _wrong(survey, cases):
        yield Banner((visible(text),), "error")
    for note in survey.notes:
        yield Banner((visible(f"提醒：{note}"),), "warning")


def _money(amount: Decimal | None) -> str:
    return "还没有列出" if amount is None else f"{plain(amount)}万元"


def _wrong(survey: Survey, cases: str) -> Iterator[str]:
    """Yield why the sums are not what they seem."""
    if failed := [one.folder for one in survey.failed]:
        yield _FAILED.format(count=len(failed), names=listed(failed), sheet=cases)
    if survey.twice:
        yield _TWICE.format(names=_copies(survey.twice))
    if waiting := [one.folder for one in survey.judged if one.waiting]:
        yield _WAITING.format(count=len(waiting), names=listed(waiting))


def _copies(twice: Sequence[Sequence[str]]) -> str:
    told = "；".join(map(listed, twice[:MOST_NAMED]))
    return f"{told}等{len(twice)}个项目" if len(twice) > MOST_NAMED else told
