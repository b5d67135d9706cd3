"""The sheets 评价结果 and 奖补资金: decisions beside the staff's rulings on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlpy.model.decision import Decision, Evaluation
from xlpy.model.filing import Answer
from xlpy.model.finding import Finding
from xlpy.model.keys import Key
from xlpy.model.sheets.sheet import Sheet
from xlpy.model.staff import Staff
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms, Table
from xlpy.report.papers.grade_colours import grade_conditions
from xlpy.report.papers.pages import score_style
from xlpy.report.papers.reasons import Accepted, accepted_shortfalls, main_reason, status_words
from xlpy.report.workbook.roster import typed_key
from xlpy.report.workbook.table import HEADING, Row, notes_by_row, row_number, table_sheet

Typed = Mapping[str, Answer]

_GONE = "已不在评价结果中；填写的内容仍保留，请核对名称和代码，或清空这一行。"
_TIE = "并列待裁定：请按{meeting}的裁定填写“并列裁定”。"


def results_sheet(
    edition: Edition,
    forms: Forms,
    staff: Staff,
    evaluation: Evaluation | None,
    findings: Sequence[Finding],
) -> Sheet:
    """Return the sheet 评价结果; rulings follow their platform, those without one stay below."""
    form = forms.staff
    table = form.tables["results"]
    typed = staff.typed.get("results", ())
    notes = notes_by_row(findings, form.file, table.sheet)
    decisions = evaluation.decisions if evaluation else ()
    rulings, left = _matched(typed, decisions)
    accepted = accepted_shortfalls(evaluation) if evaluation else ()
    rows = []
    for decision in decisions:
        # Two platforms of the same key are both pending: what staff typed stands once.
        ruling = rulings.pop(decision.key, {})
        note = notes.get(row_number(ruling), "")
        if not note and decision.tie:
            note = _TIE.format(meeting=edition.meeting)
        rows.append(_decision_row(table, decision, ruling, note, accepted))
    gone = _GONE if evaluation else ""
    rows += [_kept_row(table, row, notes.get(row_number(row)) or gone) for row in left]
    colours = grade_conditions(edition, table, ("preliminary", "final"), HEADING + 1, len(rows))
    unprinted = 1  # 程序提示: the sheet is wide enough without it
    return table_sheet(table, rows, frozen_columns=3, conditions=colours, unprinted=unprinted)


def moved_rows(staff: Staff, evaluation: Evaluation | None) -> dict[int, int]:
    """Return where the rows of 评价结果 stand now, by the one-based row they were read from."""
    decisions = evaluation.decisions if evaluation else ()
    rulings, left = _matched(staff.typed.get("results", ()), decisions)
    ordered = [*(rulings.pop(d.key, {}) for d in decisions), *left]
    return {row_number(row): at for at, row in enumerate(ordered, HEADING + 2) if row}


def subsidy_sheet(edition: Edition, forms: Forms, evaluation: Evaluation | None) -> Sheet:
    """Return the sheet 奖补资金: the paid platforms with their accounts."""
    table = forms.staff.tables["subsidy"]
    paid = [d for d in evaluation.decisions if d.subsidy] if evaluation else []
    rows = [_paid_row(forms, decision) for decision in paid]
    colours = grade_conditions(edition, table, ("grade",), HEADING + 1, len(rows))
    return table_sheet(table, rows, conditions=colours)


def _matched(
    typed: Sequence[Typed], decisions: Sequence[Decision]
) -> tuple[dict[Key, Typed], list[Typed]]:
    """Return the rulings by platform, and the rows left: without a platform, or a second one."""
    platforms = {decision.key for decision in decisions}
    rulings: dict[Key, Typed] = {}
    left = []
    for row in typed:
        key = typed_key(row)
        if key in platforms and key not in rulings:
            rulings[key] = row
        else:
            left.append(row)
    return rulings, left


def _decision_row(
    table: Table, decision: Decision, ruling: Typed, note: str, accepted: Accepted
) -> Row:
    values = {
        "rank": decision.rank,
        "name": decision.name,
        "code": decision.code,
        "level": decision.level,
        "score": decision.score.value,
        "status": status_words(decision, accepted),
        "preliminary": decision.preliminary,
        "final": decision.final,
        "subsidy": decision.subsidy,
        "to_line": decision.to_line,
        "to_quota": decision.to_quota,
        "reason": main_reason(decision, accepted),
        **_staff_cells(table, ruling),
        "note": note or None,
    }
    centred = dict.fromkeys(("level", "preliminary", "final"), "program.center")
    score = score_style(decision.score.value, "program.decimal", "program.center")
    to_line = score_style(decision.to_line, "program.decimal", "program.center")
    looks = {"status": "program.center.wrap", "score": score, "to_line": to_line}
    return Row(values, {**centred, **looks})


def _kept_row(table: Table, typed: Typed, note: str) -> Row:
    values = {"name": typed.get("name"), "code": typed.get("code"), **_staff_cells(table, typed)}
    return Row({**values, "note": note or None}, {"note": "warning"} if note else {})


def _staff_cells(table: Table, typed: Typed) -> dict[str, Answer | None]:
    return {field.id: typed.get(field.id) for field in table.columns if field.staff}


def _paid_row(forms: Forms, decision: Decision) -> Row:
    filing, fields = decision.filing, forms.filing
    answers = {
        id: filing.text(fields.field(id).label) if filing else ""
        for id in ("operator", "account_name", "bank", "account")
    }
    values = {
        "name": decision.name,
        "code": decision.code,
        "level": decision.level,
        "grade": decision.final,
        "amount": decision.subsidy,
        **answers,
    }
    return Row(values, {"grade": "program.center", "level": "program.center"})
