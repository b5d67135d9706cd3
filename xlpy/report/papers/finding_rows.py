"""The sheet 校验问题: all findings with their ids and what became of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from xlpy.model.decision import Evaluation
from xlpy.model.finding import Finding
from xlpy.model.sheets.sheet import Sheet
from xlpy.policy.findings.grouped import listed
from xlpy.policy.form import Forms
from xlpy.report.papers.pages import list_sheet
from xlpy.visible import visible

ACCEPTED = "已受理"
OPEN = "待处理"
TO_MEND = "须改正"
ADVICE = "提示"
CENTRED = ("id", "severity", "cell", "article", "state")
"""Columns whose texts stand in the middle, by id."""


def state(finding: Finding, accepted: Collection[str]) -> str:
    """Return the state of a finding (状态): 已受理, 待处理, 须改正 (cannot be accepted), 提示."""
    if finding.id in accepted:
        return ACCEPTED
    if not finding.blocks:
        return ADVICE
    return OPEN if finding.acceptable else TO_MEND


def finding_cells(finding: Finding, accepted: Collection[str]) -> Mapping[str, str]:
    """Return what stands in each column of a finding's row, by column id."""
    return {
        "id": finding.id,
        "severity": finding.severity.value,
        "subject": visible(finding.subject),
        "file": visible(finding.place.file),
        "sheet": visible(finding.place.sheet),
        "cell": finding.place.cell,
        "found": visible(finding.found),
        "needed": visible(finding.needed),
        "mend": visible(finding.mend),
        "article": finding.article,
        "state": state(finding, accepted),
    }


def finding_rows(
    findings: Iterable[Finding], accepted: Collection[str], columns: Iterable[str]
) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a list of findings, in the order given, with these columns.

    Where there are too many for one list, a row stands for many.
    """
    wanted = tuple(columns)
    every = (finding_cells(finding, accepted) for finding in listed(tuple(findings)))
    return tuple(tuple(cells[id] for id in wanted) for cells in every)


def finding_sheet(evaluation: Evaluation, forms: Forms) -> Sheet:
    """Return the sheet 校验问题, also with those of the judging."""
    table = forms.staff.tables["findings"]
    columns = [column.id for column in table.columns]
    rows = finding_rows(evaluation.findings, evaluation.accepted, columns)
    return list_sheet(table, f"{evaluation.year}年度{table.title}", rows, centred=CENTRED)
