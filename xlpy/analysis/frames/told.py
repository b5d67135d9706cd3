"""Findings and reasons as tables (问题表、依据表): what was found, and why it was decided so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from xlpy.analysis.frames.columns import Column, frame_of
from xlpy.model.decision import Evaluation, Reason
from xlpy.model.finding import Finding
from xlpy.model.private import STRUCK, Private
from xlpy.policy.findings.catalogue import catalogue

_FOUND = (
    Column("id", "编号"),
    Column("finding", "问题代码"),
    Column("kind", "问题"),
    Column("severity", "严重程度"),
    Column("source", "材料"),
    Column("code", "统一社会信用代码"),
    Column("name", "平台名称"),
    Column("expert", "专家编号"),
    Column("sheet", "工作表"),
    Column("cell", "单元格"),
    Column("places", "处数", "whole"),
    Column("article", "依据"),
    Column("blocks", "影响导出", "truth"),
    Column("accepted", "已受理", "truth"),
)
_REASONS = (
    Column("code", "统一社会信用代码"),
    Column("name", "平台名称"),
    Column("number", "序号", "whole"),
    Column("step", "步骤代码"),
    Column("article", "依据条款"),
    Column("given", "输入"),
    Column("limit", "规定"),
    Column("outcome", "结论"),
    Column("text", "说明"),
)
_FREELY = ("核实说明：", "理由：")
"""Behind these a reason says, to its end, what staff wrote freely: nobody knows who is named."""
_VISIT = "visit"
FILING, BALLOT, STAFF = "申报材料", "专家评分", "工作簿"
"""The words of the column 材料."""


def findings_frame(
    evaluation: Evaluation, experts: Mapping[str, str], private: Private
) -> pd.DataFrame:
    """Return a row a finding (问题表), in their order; of what was typed nothing is repeated.

    Columns: `id`, `finding` (its code), `kind` (what it is, in Chinese), `severity`, `source`,
    `code` and `name` of the platform or `expert` (number) of the ballot it is about, `sheet`,
    `cell`, `places` (how many it stands for), `article`, `blocks` (an export waits for it),
    `accepted`. `experts` maps names of ballot files to the numbers of their experts. Names of
    files stand nowhere: people put their own in them.
    """
    platforms = {one.filing.file: one for one in evaluation.decisions if one.filing is not None}
    rows = []
    for one in evaluation.findings:
        decision = platforms.get(one.place.file)
        expert = "" if decision else experts.get(one.place.file, "")
        rows.append(
            {
                **_finding(one),
                "sheet": private.struck(one.place.sheet),
                "source": FILING if decision else BALLOT if expert else _source(one, experts),
                "code": decision.code if decision else "",
                "name": decision.name if decision else "",
                "expert": expert,
                "accepted": one.id in evaluation.accepted,
            }
        )
    return frame_of(_FOUND, rows)


def _source(one: Finding, experts: Mapping[str, str]) -> str:
    if one.place.file in experts:
        return BALLOT
    return STAFF if one.code.startswith("R") else FILING


def _finding(one: Finding) -> dict[str, object]:
    return {
        "id": one.id,
        "finding": one.code,
        "kind": catalogue()[one.code].title,
        "severity": one.severity.value,
        "cell": one.cell,
        "places": one.count,
        "article": one.article,
        "blocks": one.blocks,
    }


def reasons_frame(evaluation: Evaluation, private: Private) -> pd.DataFrame:
    """Return a row a reason (依据表), platforms as in the result, reasons in their order.

    Columns: `code`, `name`, `number` (1 for a platform's first), `step` (see
    `model.decision.Reason`), `article`, `given`, `limit`, `outcome`, `text`. What names a person,
    a telephone or an account is struck out (`private`), and so is what staff wrote freely
    (核实说明、理由、实地考察); experts have their numbers there.
    """
    rows = (
        {
            "code": one.code,
            "name": one.name,
            "number": number,
            "step": reason.step,
            "article": reason.article,
            **{name: private.struck(text, one.key) for name, text in _told(reason)},
        }
        for one in evaluation.decisions
        for number, reason in enumerate(one.reasons, 1)
    )
    return frame_of(_REASONS, rows)


def _told(reason: Reason) -> Iterator[tuple[str, str]]:
    """Yield what a reason says, without what staff wrote freely.

    >>> dict(_told(Reason("ruling", "", "定为甲级，理由：张三反映", "甲", "乙级", "甲级")))["text"]
    '定为甲级，理由：〔略〕'
    """
    text, given = reason.text, reason.given
    for mark in _FREELY:
        head, found, _ = text.partition(mark)
        text = f"{head}{mark}{STRUCK}" if found else text
    if reason.step == _VISIT:
        text, given = text.replace(given, STRUCK), STRUCK
    yield from (("given", given), ("limit", reason.limit))
    yield from (("outcome", reason.outcome), ("text", text))
