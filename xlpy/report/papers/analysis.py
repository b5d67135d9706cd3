"""The analysis for the meeting (会商分析.xlsx): its tables as sheets one hands to a director."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from xlpy.model.decision import Evaluation
from xlpy.model.sheets.board import Board
from xlpy.model.sheets.sheet import Document
from xlpy.model.sheets.titled import Banner
from xlpy.policy.edition import Edition
from xlpy.report.papers.boards.stacked import stacked_sheet
from xlpy.report.papers.pages import warning_banners

TITLE = "评价会商分析"
CAUTION = "供会议参考，不改变任何评价结果"
"""What every page of the analysis says (供参考)."""


def analysis_document(
    boards: Sequence[Board], evaluation: Evaluation, edition: Edition, caution: str = ""
) -> Document:
    """Return 会商分析.xlsx: the tables (分析表) of one sheet below one another, in their order.

    `caution` is what the reader has to know beside the warnings every output shows.
    """
    title = f"{edition.city}{evaluation.year}年度{TITLE}"
    grouped = [tuple(group) for _, group in groupby(boards, lambda one: one.sheet)]
    sheets = [
        stacked_sheet(
            group,
            list(_head(title, evaluation, "" if number else caution)),
            header=f"&C{CAUTION}",
        )
        for number, group in enumerate(grouped)
    ]
    return Document(title=title, sheets=tuple(sheets))


def _head(title: str, evaluation: Evaluation, caution: str) -> Iterator[Banner]:
    yield Banner((title,), "title", 32)
    yield Banner((f"{CAUTION}；专家以编号表示。",), "subtitle", 20)
    yield from warning_banners(evaluation)
    if caution:
        yield Banner((caution,), "warning")
