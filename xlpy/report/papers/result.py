"""The result of an evaluation (评价结果.xlsx): the ranking and everything it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from xlpy.model.ballot import Ballot
from xlpy.model.day import day_words
from xlpy.model.decision import Decision, Evaluation
from xlpy.model.look.paging import LYING_WIDE
from xlpy.model.number import plain
from xlpy.model.sheets.sheet import Document, Line, Sheet, Value
from xlpy.model.sheets.titled import Banner, titled
from xlpy.policy.edition import Edition
from xlpy.policy.form import Field, Forms
from xlpy.policy.forms.load import load_reports, paper_titles
from xlpy.report.papers.finding_rows import finding_sheet
from xlpy.report.papers.grade_colours import grade_conditions
from xlpy.report.papers.pages import (
    date_label,
    fitted,
    fitting,
    heading,
    inside,
    labels,
    money_style,
    score_style,
    signatures,
    signed_page,
    styles,
    table_page,
    warning_banners,
    widths,
)
from xlpy.report.papers.reason_blocks import reason_sheet
from xlpy.report.papers.reasons import (
    Accepted,
    accepted_shortfalls,
    main_reason,
    status_words,
)
from xlpy.report.papers.run_sheet import run_sheet
from xlpy.report.papers.scores.averages import average_sheet
from xlpy.report.papers.scores.matrix import matrix_sheet

_GRADES = ("preliminary", "final")
_AROUND = 8.0  # points above and below the lines of a row
_LOOKS = {"status": "center.wrap"}  # beside the money, which stands to the right


def result_document(
    *,
    evaluation: Evaluation,
    edition: Edition,
    forms: Forms,
    ballots: Sequence[Ballot],
    inputs: Sequence[tuple[str, str]],
    versions: Mapping[str, str],
) -> Document:
    """Return 评价结果.xlsx; `inputs` are (file, SHA-256). Same input, same document."""
    return Document(
        title=f"{edition.city}{evaluation.year}年度{paper_titles(edition)['results']}",
        sheets=(
            ranking_sheet(evaluation, edition, forms),
            reason_sheet(evaluation, edition),
            matrix_sheet(evaluation, forms, ballots),
            average_sheet(evaluation, edition, forms.staff.tables["ballots"].sheet),
            finding_sheet(_judged(evaluation), forms),
            run_sheet(evaluation, edition, forms, ballots, inputs, versions),
        ),
    )


def _judged(evaluation: Evaluation) -> Evaluation:
    """Return it without what no evaluation is about: dates and papers that come later."""
    return replace(evaluation, findings=tuple(one for one in evaluation.findings if not one.stage))


def ranking_sheet(evaluation: Evaluation, edition: Edition, forms: Forms) -> Sheet:
    """Return the sheet 评价结果, as the meeting prints it: one row a platform, warnings on top."""
    table = load_reports()["results"]
    wide = widths(table.columns)
    above = fitted(_head(evaluation, edition, forms), wide)
    rows = list(ranking_lines(evaluation, table.columns))
    top = len(above)
    head, foot = heading(labels(table.columns), wide), fitted(_foot(), wide)
    page = table_page(wide, named=2)
    sheet = Sheet(
        name=table.sheet,
        lines=(*above, head, *rows, *foot),
        widths=wide,
        conditions=grade_conditions(edition, table, _GRADES, top + 1, len(rows)),
        page=signed_page(page, (*above, head), rows, foot, LYING_WIDE.room(wide)),
    )
    return titled(sheet, heading=top, frozen=2)


def ranking_lines(evaluation: Evaluation, columns: Sequence[Field]) -> Iterable[Line]:
    """Yield one row for every platform, in the order of the evaluation."""
    wide = widths(columns)
    looks = {one.id: style for one, style in zip(columns, styles(columns), strict=True)} | _LOOKS
    roomy = inside(tuple(looks[one.id] for one in columns), wide)
    accepted = accepted_shortfalls(evaluation)
    for decision in evaluation.decisions:
        cells = ranking_cells(decision, accepted)
        row = tuple(cells[column.id] for column in columns)
        score = score_style(decision.score.value, "decimal", "cell.center")
        own = looks | {"score": score, "subsidy": money_style(decision.subsidy)}
        styled = tuple(own[column.id] for column in columns)
        yield Line(row, styled, fitting(row, roomy, 20, _AROUND))


def ranking_cells(decision: Decision, accepted: Accepted = ()) -> Mapping[str, Value]:
    """Return what stands in each column of a platform's row, by column id."""
    return {
        "rank": decision.rank,
        "name": decision.name,
        "code": decision.code,
        "level": decision.level,
        "score": decision.score.value,
        "preliminary": decision.preliminary,
        "final": decision.final,
        "subsidy": decision.subsidy,
        "status": status_words(decision, accepted),
        "reason": main_reason(decision, accepted),
    }


def _head(evaluation: Evaluation, edition: Edition, forms: Forms) -> list[Banner]:
    title = f"{edition.city}{evaluation.year}年度{paper_titles(edition)['results']}"
    facts = (
        f"{date_label(forms, 'as_of')}：{day_words(evaluation.as_of)}",
        f"比例基数：{evaluation.base}家",
        f"{edition.quota_grades}名额：{evaluation.quota}家",
        f"奖补资金合计：{plain(evaluation.total_subsidy)}万元",
    )
    banners = [Banner((title,), "title", 32), Banner(("　　".join(facts),), "subtitle", 20)]
    banners += warning_banners(evaluation)
    if evaluation.causes:
        count = f"尚有{len(evaluation.causes)}项须处理（见「运行信息」）"
        banners.append(Banner((f"{count}，目前不能导出资金安排表和公示名单。",), "warning"))
    return banners


def _foot() -> tuple[Banner, Banner]:
    note = "逐条理由见「决定依据」，专家评分见「专家评分」，所用参数和输入文件见「运行信息」。"
    names = signatures("经办人", "复核", "负责人")
    return Banner((note,), "note"), Banner((names,), "sign", 40)
