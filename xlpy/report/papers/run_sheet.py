"""What a result was made with (运行信息): rules, parameters, versions and inputs; no clock time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from xlpy.model.ballot import Ballot
from xlpy.model.decision import Evaluation
from xlpy.model.number import plain
from xlpy.model.sheets.sheet import Line, Page, Sheet
from xlpy.model.sheets.titled import Banner, titled
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms
from xlpy.policy.forms.load import load_reports
from xlpy.policy.parameters.rules import parameter_wording
from xlpy.report.papers.pages import date_label, fitting, heading, labels, widths
from xlpy.visible import visible

_MAY_EXPORT = "可以导出"
_NONE = ("无",)
_COUNTED = {True: "计入评分", False: "未计入评分"}


def run_sheet(
    evaluation: Evaluation,
    edition: Edition,
    forms: Forms,
    ballots: Sequence[Ballot],
    inputs: Sequence[tuple[str, str]],
    versions: Mapping[str, str],
) -> Sheet:
    """Return the sheet 运行信息; the inputs are (file, SHA-256)."""
    table = load_reports()["run"]
    wide = widths(table.columns)
    title = f"{evaluation.year}年度{table.title}"
    sections = (
        ("评价", _about(evaluation, edition, forms)),
        ("参数", _parameters(evaluation, edition)),
        ("尚须处理（全部解决后方可导出）", _numbered(evaluation.causes)),
        ("计入评分的专家（编号、姓名）", evaluation.experts),
        ("收到的评分表（文件、专家、是否计入）", _ballots(ballots)),
        ("输入文件和经办人填写内容（SHA-256）", _inputs(inputs)),
        ("程序和组件版本", sorted(versions.items())),
    )
    body = [line for name, rows in sections for line in _section(name, rows, wide)]
    sheet = Sheet(
        name=table.sheet,
        lines=(Banner((title,), "title", 30), heading(labels(table.columns), wide), *body),
        widths=wide,
        page=Page(landscape=True),
    )
    return titled(sheet, heading=1)


def _section(name: str, rows: Iterable[Sequence[str]], wide: Sequence[float]) -> Iterator[Line]:
    blank = ("",) * len(wide)
    yield Line((name, *blank[1:]), "group")
    for row in [*rows] or [_NONE]:
        cells = (*row, *blank[len(row) :])
        yield Line(cells, "text.wrap", fitting(cells, wide))


def _ballots(ballots: Sequence[Ballot]) -> Iterator[tuple[str, str]]:
    """Yield every ballot that came, by expert and file, and whether it counts (是否计入)."""
    for one in sorted(ballots, key=lambda ballot: (ballot.expert, ballot.file)):
        who = (f"{one.expert} {one.person}".strip(), one.category)
        parts = (*map(visible, who), _COUNTED[one.counted])
        yield visible(one.file), "，".join(part for part in parts if part)


def _inputs(inputs: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for path, digest in sorted(inputs):
        yield visible(path), digest


def _numbered(causes: Sequence[str]) -> Iterator[tuple[str, str]]:
    for number, cause in enumerate(causes, start=1):
        yield f"第{number}项", visible(cause)


def _about(evaluation: Evaluation, edition: Edition, forms: Forms) -> Iterator[tuple[str, ...]]:
    yield "政策版本", evaluation.edition
    yield "政策版本摘要", edition.digest
    yield "办法", f"{edition.title}，{edition.issued}印发"
    yield (
        "办法有效期",
        f"{edition.valid_from}至{edition.valid_to}",
        "",
        "",
        edition.articles["validity"],
    )
    yield "评价年度", f"{evaluation.year}"
    yield date_label(forms, "as_of"), f"{evaluation.as_of}"
    yield f"参评平台数（{edition.quota_grades}比例的基数）", f"{evaluation.base}"
    yield (
        f"{edition.quota_grades}合计名额",
        f"{evaluation.quota}",
        "",
        "",
        edition.articles["quota"],
    )
    yield "奖补资金合计(万元)", plain(evaluation.total_subsidy)
    yield "能否导出", f"尚有{len(evaluation.causes)}项须处理" if evaluation.causes else _MAY_EXPORT
    for warning in evaluation.warnings:
        yield "提醒", warning


def _parameters(evaluation: Evaluation, edition: Edition) -> Iterator[tuple[str, ...]]:
    """Yield every parameter with its value in words, its default and who decided it."""
    for one in edition.parameters:
        value, decided_by = evaluation.chosen[one.id]
        words = parameter_wording(one, value)
        yield one.label, words, parameter_wording(one, one.default), decided_by, one.article
