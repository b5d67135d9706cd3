"""自查 of 附件2 and 附件3: empty tables, incomplete rows, columns not filled as asked."""

from __future__ import annotations

from collections.abc import Iterator

from xlpy.forms.drawing.rules import days
from xlpy.forms.filing_blank.plan import Plan
from xlpy.forms.selfcheck.line import ASK, MEND, OWN, PASS, CheckLine, listing, named, passing
from xlpy.model.number import plain
from xlpy.model.sheets.formula import quoted
from xlpy.model.sheets.sheet import Formula
from xlpy.policy.form import Field, Table


def table_lines(plan: Plan) -> Iterator[CheckLine]:
    """Yield the lines about 附件2 and 附件3."""
    for table, when_empty in ((plan.form.products, ASK), (plan.form.ledger, MEND)):
        yield CheckLine(table.sheet)
        yield _filled(plan, table, when_empty)
        yield _complete(plan, table)
        yield _columns(plan, table)
    yield _departments(plan)


def _filled(plan: Plan, table: Table, when_empty: str) -> CheckLine:
    rows = f"SUMPRODUCT(--({_any(plan, table)}>0))"
    return CheckLine(
        subject="行数",
        needed="逐行填写，不留空表",
        state=Formula(f'={rows}&"行"', "0行"),
        verdict=Formula(
            f'=IF({OWN}="0行",{quoted(when_empty)},{quoted(PASS)})',
            when_empty,
        ),
        advice=f"请填写；确实没有的，请向{plan.edition.bureau}说明。",
    )


def _complete(plan: Plan, table: Table) -> CheckLine:
    missing = "+".join(
        f'({plan.column(table, one.id)}="")' for one in table.columns if one.required
    )
    rows = f"SUMPRODUCT(({_any(plan, table)}>0)*(({missing})>0))"
    labels = "、".join(field.label for field in table.columns if field.required)
    part = f'IF({rows}=0,"",{rows}&"行的必填栏有空白")'
    return listing("必填栏", f"每行填写{labels}", [part], "请补全标黄的单元格。", "")


def _columns(plan: Plan, table: Table) -> CheckLine:
    parts = [named(one.label, test) for one in table.columns if (test := _wrong(plan, table, one))]
    needed = "数字、日期和选项符合要求"
    if plan.year and table is plan.form.ledger:
        needed += f"，日期在{plan.year}年内"
    return listing("各栏填写", needed, parts, "请改正所列栏目中标红的单元格。", "")


def _departments(plan: Plan) -> CheckLine:
    ledger = plan.form.ledger
    entrusted, department = ledger.column("entrusted"), ledger.column("department")
    chosen, named_by = (plan.column(ledger, one.id) for one in (entrusted, department))
    yes = entrusted.choices[0]
    rows = f'SUMPRODUCT(({chosen}={quoted(yes)})*({named_by}=""))'
    return CheckLine(
        subject=entrusted.label,
        needed=f"为“{yes}”的填写{department.label}",
        state=Formula(f'=IF({rows}=0,"",{rows}&"行未填写{department.label}")', ""),
        verdict=passing("", ASK),
        advice=f"请填写{department.label}。",
    )


def _any(plan: Plan, table: Table) -> str:
    return "(" + "+".join(f'({plan.column(table, one.id)}<>"")' for one in table.columns) + ")"


def _wrong(plan: Plan, table: Table, field: Field) -> str:
    """Return the test that a column holds something it does not take; "" when all is welcome."""
    cells = plan.column(table, field.id)
    if field.choices:
        good = "+".join(f"COUNTIF({cells},{quoted(choice)})" for choice in field.choices)
        return f"COUNTA({cells})<>{good}"
    if field.kind == "date":
        first, last = (f"DATE({day.year},{day.month},{day.day})" for day in days(plan.year))
        return f'COUNTA({cells})<>COUNTIFS({cells},">="&{first},{cells},"<="&{last})'
    if field.kind in ("whole", "decimal"):
        good = f'{cells},">={plain(field.low)}"'
        if field.high is not None:
            good += f',{cells},"<={plain(field.high)}"'
        return f"COUNTA({cells})<>COUNTIFS({good})"
    return ""
