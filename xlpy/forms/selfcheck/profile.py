"""自查 of 附件1: what is missing, what is not filled as asked, what contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator

from xlpy.forms.drawing.rules import wrong
from xlpy.forms.filing_blank.plan import Plan
from xlpy.forms.selfcheck.line import CheckLine, listing, wrongly
from xlpy.model.sheets.formula import quoted
from xlpy.policy.form import Field

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: without I, O, S, V, Z
_LENGTH = 18
_BASE = 31


def profile_lines(plan: Plan) -> Iterator[CheckLine]:
    """Yield the lines about 附件1."""
    sheet = plan.form.profile_sheet
    yield CheckLine(f"{sheet} 必填项")
    for name, fields in plan.form.groups:
        required = [field for field in fields if field.required]
        if required:
            yield _missing(plan, name, required)
    yield CheckLine(f"{sheet} 填写规范")
    for name, fields in plan.form.groups:
        parts = [wrongly(one.label, wrong(one, plan.answer(one.label))) for one in fields]
        needed = "数字、日期、选项、位数和字数符合要求"
        yield listing(name, needed, parts, "请按单元格的提示改正所列项目。", "")
    for field in plan.form.fields:
        if field.kind == "code":
            yield _code(plan, field)
        yield from _relations(plan, field)


def _missing(plan: Plan, group: str, required: list[Field]) -> CheckLine:
    parts = [wrongly(one.label, f'TRIM({plan.answer(one.label)})=""') for one in required]
    blank = "".join(f"“{field.label}”" for field in required)
    return listing(group, "带 * 的全部填写", parts, "请填写所列项目；没有的数字填 0。", blank)


def _code(plan: Plan, field: Field) -> CheckLine:
    cell = plan.answer(field.label)
    code = f"UPPER(TRIM({cell}))"
    # Term by term: not every spreadsheet takes an array of places inside FIND and MID.
    terms = (
        f"(FIND(MID({code},{place},1),{quoted(_ALPHABET)})-1)*{_weight(place)}"
        for place in range(1, _LENGTH + 1)
    )
    remainder = f"IFERROR(MOD({'+'.join(terms)},{_BASE}),-1)"
    part = (
        f'IF(TRIM({cell})="","",IF(ISNUMBER({cell}),"存成了数字，末几位可能已丢失",'
        f'IF(LEN({code})<>{_LENGTH},"现有"&LEN({code})&"位",'
        f'IF({remainder}=0,"","校验码不符，可能有一位填错"))))'
    )
    advice = "请设为文本格式，对照营业执照逐位核对。"
    return listing(field.label, f"{_LENGTH}位，校验码符合 GB 32100", [part], advice, "")


def _weight(place: int) -> int:
    """Return what a place of the code counts, from 1 on; the check digit itself counts once."""
    return 1 if place == _LENGTH else pow(3, place - 1, _BASE)


def _relations(plan: Plan, field: Field) -> Iterator[CheckLine]:
    pairs = ((field.not_above, ">", "不大于", "大于"), (field.not_before, "<", "不早于", "早于"))
    for label, sign, needed, found in pairs:
        if label:
            cell, other = plan.answer(field.label), plan.answer(label)
            test = f"AND(ISNUMBER({cell}),ISNUMBER({other}),{cell}{sign}{other})"
            part = f'IF({test},{quoted(f"{found}“{label}”")},"")'
            yield listing(field.label, f"{needed}“{label}”", [part], "请核对这两格。", "")
