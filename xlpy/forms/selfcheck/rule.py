"""自查 against the rule: functions of Art. 4 and targets of Art. 5 (服务功能和年度目标)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlpy.forms.drawing.cells import bare, joined
from xlpy.forms.drawing.words import NO_TARGET, NOT_REACHED, REACHED, area_words, condition_words
from xlpy.forms.filing_blank.formulas import area_sum, function_sum, within
from xlpy.forms.filing_blank.plan import Plan
from xlpy.forms.selfcheck.line import MEND, PASS, CheckLine, listing, named, shown
from xlpy.model.sheets.formula import quoted
from xlpy.model.sheets.sheet import Formula
from xlpy.policy.edition import Area, AreaRow, Condition, Function

HAS, LACKS = "具备", "不具备"
_YES, _NO = "达到", "未达到"


def function_lines(plan: Plan) -> Iterator[CheckLine]:
    """Yield the lines of Art. 4: one a function, whether one at least is there, and the excess.

    None where the edition asks for no function.
    """
    edition = plan.edition
    if not edition.functions:
        return
    article = edition.articles["function"]
    yield CheckLine(f"{article} 服务功能（按填报数和台账中较小的计算）")
    yield _one_at_least(plan)
    for function in edition.functions:
        yield _function(plan, function)
    yield _excess(plan)


def area_lines(plan: Plan) -> Iterator[CheckLine]:
    """Yield the lines of Art. 5: one an area; they inform and exclude nobody."""
    article = plan.edition.articles.get("area", "")
    yield CheckLine(f"{article} 年度目标（供专家评分参考，不单独影响参评）".lstrip())
    for area in plan.edition.areas:
        yield _area(plan, area)


def _one_at_least(plan: Plan) -> CheckLine:
    functions = plan.edition.functions
    tests = ",".join(_has(plan, function) for function in functions)
    return CheckLine(
        subject="至少一项",
        needed=f"{'、'.join(function.name for function in functions)}至少具备一项",
        state=Formula(f"={joined(named(one.name, _has(plan, one)) for one in functions)}", ""),
        verdict=Formula(f"=IF(OR({tests}),{quoted(PASS)},{quoted(MEND)})", MEND),
        advice="条件不足的请核对附件1，并在附件3“服务功能”栏标明活动。",
    )


def _function(plan: Plan, function: Function) -> CheckLine:
    states = [_state(plan, function, condition) for condition in function.conditions]
    return CheckLine(
        subject=function.name,
        needed="；".join(condition_words(condition) for condition in function.conditions),
        state=_listed(states),
        verdict=Formula(f"=IF({_has(plan, function)},{quoted(HAS)},{quoted(LACKS)})", LACKS),
        advice="须全部条件达到才具备此项功能。",
    )


def _has(plan: Plan, function: Function) -> str:
    tests = ",".join(_holds(plan, function, condition) for condition in function.conditions)
    return f"AND({tests})"


def _holds(plan: Plan, function: Function, condition: Condition) -> str:
    cell = plan.answer(condition.field)
    if condition.bound is None:
        return f"TRIM({cell})={quoted(condition.equals)}"
    held = function_sum(plan, function, condition.measure) if condition.measure else f"N({cell})"
    return within(condition, cell, held)


def _state(plan: Plan, function: Function, condition: Condition) -> tuple[str, str]:
    verdict = f'IF({_holds(plan, function, condition)},"{_YES}","{_NO}")'
    lead = f"{condition.field}："
    if not condition.measure:
        return f"{quoted(lead)}&{verdict}", f"{lead}{_NO}"
    held = function_sum(plan, function, condition.measure)
    figures, blank = shown(plan.answer(condition.field), held, _unit(condition))
    return f'{quoted(lead)}&{figures}&"，"&{verdict}', f"{lead}{blank}，{_NO}"


def _unit(condition: Condition) -> str:
    return condition.bound.unit if condition.bound else ""


def _excess(plan: Plan) -> CheckLine:
    parts = []
    for function in plan.edition.functions:
        for condition in function.conditions:
            if condition.measure:
                cell = plan.answer(condition.field)
                held = function_sum(plan, function, condition.measure)
                parts.append(named(condition.field, f"ROUND(N({cell})-{held},6)>0"))
    needed = "附件1填报数不多于附件3中该服务功能的合计"
    advice = "请在附件3“服务功能”栏标明活动、补充台账，或改正附件1。"
    return listing("填报与台账", needed, parts, advice, "")


def _area(plan: Plan, area: Area) -> CheckLine:
    rows = [row for row in area.rows if row.targets]
    if not rows:
        return CheckLine(area.name, area_words(plan.form, area), None, NO_TARGET, "")
    tests = ",".join(f"{plan.summary(row, 'reached')}={quoted(REACHED)}" for row in rows)
    states = [_target(plan, area, row, target) for row in rows for target in row.targets]
    return CheckLine(
        subject=area.name,
        needed=area_words(plan.form, area),
        state=_listed(states),
        verdict=Formula(f"=IF(OR({tests}),{quoted(REACHED)},{quoted(NOT_REACHED)})", NOT_REACHED),
        advice="未达标的如有遗漏，请补充附件3和附件4。",
    )


def _target(plan: Plan, area: Area, row: AreaRow, target: Condition) -> tuple[str, str]:
    lead = f"{bare(plan.form.summary.column(target.measure))}："
    claimed = plan.summary(row, target.measure)
    held = area_sum(plan, area, row, target.measure)
    part, blank = shown(claimed, held, _unit(target))
    return f"{quoted(lead)}&{part}", f"{lead}{blank}"


def _listed(states: Sequence[tuple[str, str]]) -> Formula:
    """Return one state put together of several, each with what it says on the blank form."""
    parts = '&"；"&'.join(part for part, _ in states)
    return Formula(f"={parts}", "；".join(blank for _, blank in states))
