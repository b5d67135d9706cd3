"""自查 of 附件4 and 年服务企业数 against the ledger (填报与台账的差异)."""

from __future__ import annotations

from collections.abc import Iterator

from xlpy.forms.drawing.cells import bare
from xlpy.forms.filing_blank.formulas import area_sum
from xlpy.forms.filing_blank.plan import Plan
from xlpy.forms.selfcheck.line import ASK, MEND, OWN, PASS, CheckLine, listing
from xlpy.model.sheets.formula import quoted
from xlpy.model.sheets.sheet import Formula
from xlpy.policy.edition import Area, AreaRow

_MORE, _LESS, _EMPTY, _TEXT = "多于台账", "少于台账", "未填而台账有", "不是数字"


def summary_lines(plan: Plan) -> Iterator[CheckLine]:
    """Yield one line for each row of 附件4, and one for 年服务企业数."""
    summary, ledger = plan.form.summary.sheet, plan.form.ledger.sheet
    yield CheckLine(f"{summary}与{ledger}台账的差异")
    yield _served(plan)
    for area, row in plan.edition.area_rows:
        yield _row(plan, area, row)


def _served(plan: Plan) -> CheckLine:
    field = plan.form.field("served")
    cell, held = plan.answer(field.label), f"SUM({plan.column(plan.form.ledger, 'firms')})"
    part = f'IF(N({cell})>{held},"填报"&{cell}&"，台账合计"&{held},"")'
    firms = plan.form.ledger.column("firms").label
    return listing(field.label, f"不多于附件3“{firms}”合计", [part], "请补充台账或改正附件1。", "")


def _row(plan: Plan, area: Area, row: AreaRow) -> CheckLine:
    parts = [_figure(plan, area, row, field.id) for field in plan.form.summary.numbers]
    serious = f"ISNUMBER(FIND({quoted(_MORE)},{OWN})),ISNUMBER(FIND({quoted(_TEXT)},{OWN}))"
    verdict = f'=IF({OWN}="",{quoted(PASS)},IF(OR({serious}),{quoted(MEND)},{quoted(ASK)}))'
    return CheckLine(
        subject=row.name,
        needed="填报数不多于台账，并与台账一致",
        state=Formula("=" + "&".join(parts), ""),
        verdict=Formula(verdict, PASS),
        advice="多报的请改正附件4或补充附件3；少报的请核对。",
    )


def _figure(plan: Plan, area: Area, row: AreaRow, id: str) -> str:
    """Return the formula part that says how one claimed figure differs from the ledger."""
    field = plan.form.summary.column(id)
    cell, held = plan.summary(row, id), area_sum(plan, area, row, id)
    label = bare(field)
    # Fewer firms than the ledger's sum are fine: the same firm comes twice.
    less = f'IF({cell}<{held},"{label}{_LESS}；","")' if field.exact else '""'
    return (
        f'IF({cell}="",IF({held}>0,"{label}{_EMPTY}；",""),'
        f'IF(ISNUMBER({cell}),IF({cell}>{held},"{label}{_MORE}；",{less}),"{label}{_TEXT}；"))'
    )
