"""What follows when a case takes another edition (改用的后果): what is void, what is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from xlpy.forms.staff.cells import staff_cells
from xlpy.model.staff import Staff
from xlpy.policy.form import BallotForm, Forms, Table
from xlpy.steps.rules.sealed import CaseRules

_NAMED = 5


def consequences(old: Staff, before: CaseRules | None, rules: CaseRules) -> Iterator[str]:
    """Yield what the operator is told: another city, void forms and ballots, choices that are gone.

    `old` is what staff typed; `before` the rule the case was judged by, None where it is lost.
    """
    yield from _elsewhere(before, rules)
    yield from _void(before, rules)
    yield from _unanswerable(old, before, rules)


def column_words(table: Table, id: str) -> str:
    """Return a column of the workbook as sentences name it: 「参评名单」的“平台级别”栏."""
    return f"「{table.sheet}」的“{table.column(id).label}”栏"


def _elsewhere(before: CaseRules | None, rules: CaseRules) -> Iterator[str]:
    """Yield that the edition is another city's: most likely a slip."""
    if before is not None and before.edition.city != rules.edition.city:
        yield (
            f"注意：新的政策版本是{rules.edition.city}的，本项目原来按{before.edition.city}的评价；"
            "选错了的，请再改用原来的一个。"
        )


def _void(before: CaseRules | None, rules: CaseRules) -> Iterator[str]:
    """Yield which forms that are out are void: those whose fields or rubric differ."""
    if before is None:
        return
    old, new = before, rules
    if _filing(old.forms) != _filing(new.forms):
        yield (
            "申报表的栏目有变动，空白的申报表已重新写出：请发给平台；已报来的继续读取，"
            "缺少或多出的栏目会列为问题。"
        )
    areas = [[(one.id, one.name) for one in side.edition.areas] for side in (old, new)]
    rubric = [side.edition.parameter("rubric").default for side in (old, new)]
    if _headings(old.forms.ballot) != _headings(new.forms.ballot):
        yield (
            "评分表的栏目有变动：以前发出的评分表作废，请把收回的移入“作废”文件夹，"
            "重新生成评分表发给专家。"
        )
    if areas[0] != areas[1] or rubric[0] != rubric[1]:
        yield (
            "评分的服务类别或分值有变动：以前发出的评分表作废，"
            "请重新生成评分表发给专家（「参数」中另定了分值的以它为准）。"
        )


def _unanswerable(old: Staff, before: CaseRules | None, rules: CaseRules) -> Iterator[str]:
    """Yield what was chosen, or may have been, from choices that are there no more."""
    tables = rules.forms.staff.tables
    gone: dict[str, Counter[str]] = {}
    for (table, _, id), value in staff_cells(old).items():
        known = {one.id: one for one in tables[table].columns}
        if id in known and known[id].choices and value not in known[id].choices:
            gone.setdefault(column_words(tables[table], id), Counter())[value] += 1
    for where, values in gone.items():
        yield (
            f"{where}有{values.total()}格填的是新的政策版本没有的选项（“{_some(values)}”），"
            "请在工作簿里改选，再评价。"
        )
    if before is None:
        return
    offered = {one.id: one.choices for one in rules.forms.filing.fields}
    for field in before.forms.filing.fields:
        now = offered.get(field.id, ())
        if now and (lost := [one for one in field.choices if one not in now]):
            yield (
                f"{before.forms.filing.profile_sheet}“{field.label}”不再有选项“{_some(lost)}”："
                "已报来的申报表选了它的会列为问题，请退回平台改选。"
            )


def _some(values: Iterable[str]) -> str:
    return "”“".join(list(values)[:_NAMED])


def _headings(form: BallotForm) -> object:
    """Return by what the columns of a ballot are found."""
    columns = [(one.id, one.label) for one in (*form.head, *form.columns)]
    return columns, form.number, form.total, form.recused, form.comment


def _filing(forms: Forms) -> object:
    """Return what of the platform's form a filing depends on."""
    form = forms.filing
    tables = (form.products, form.ledger, form.summary)
    fields = [(one.id, one.label, one.kind, one.choices, one.required) for one in form.fields]
    columns = [(one.id, one.label, one.choices) for table in tables for one in table.columns]
    return fields, columns
