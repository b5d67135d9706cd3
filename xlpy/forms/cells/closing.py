"""Rows of a table that are no entries (不是填报内容的行): 合计, 填表人, 备注, headings once more.

People close a list with its sums and sign it. Read as entries such rows would be a dozen findings,
none of them true. What is told here is only what a row calls itself; whether the row is an entry
all the same - it has a day, or says what it is - the table decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from xlpy.forms.cells.normalise import Problem, read
from xlpy.forms.cells.notes import Notes
from xlpy.forms.cells.values.texts import PLACEHOLDERS
from xlpy.forms.cells.values.typed import is_blank, shown, trim
from xlpy.model.filing import match_key
from xlpy.model.grid import CellValue, Grid

if TYPE_CHECKING:
    from xlpy.forms.cells.table import TablePlan

_NAMED = 5
"""How many rows one finding names before it says 等."""
_ACROSS = 60
"""Columns in which a row that is no entry may say so."""
_SURE, _ENOUGH = 4, 3
"""Of the first four columns so many have their own heading, where a row repeats it."""
_LONGEST = 60
"""No such line begins with a longer text: a report's text is not worth folding."""

_OF = (
    r"(?:本页|本表|本月|本季度?|本年度?|全年|年度|以上|上述|各项|分类|[0-9]{1,2}月"
    r"|第?[一二三四]季度)?"
)
_SUM = r"(?:总?合计|总计|小计|共计|累计|总和|合计数|总数)"
_SCORE = (
    r"(?:去掉.{0,6})?(?:平均|最高|最低)(?:得?分|成绩|值|数)?"
    r"|(?:均|最后|最终|总|综合|中位)(?:得?分|成绩|值|数)|合计得?分"
    r"|名次|排名|排序|得分|标准差|方差"
)
_TOTAL = re.compile(rf"{_OF}(?:{_SUM}|{_SCORE})(?:\([^()]*\))?(?:[:=].*|共?[0-9.,]+.{{0,6}})?")
_WHO = (
    r"(?:填表|填报|填写|制表|制单|编制|编报|审核|复核|校核|审批|批准|核准|经办|统计|汇总|报送|上报|申报|"
    r"单位|平台|法定|企业|机构|部门|项目|分管|主管|主要|财务|评审|评价|评分|专家|监督|记录|组|联系|公司)"
)
_IS = r"(?:人|人员|员|者|负责人|代表人?|领导|单位|部门|机构|专家|组长|电话|日期|时间)"
_SEAL = r"(?:签名|签字|签章|盖章|公章|印章)"
_SIGNED = re.compile(
    # 填表人：张三, 审核：, 单位（盖章）：
    rf"(?:{_WHO}+{_IS}?|{_IS})(?:及?{_SEAL}|\([^()]*\))*[:_].*"
    # 填表人, 单位负责人, 填表日期, with nothing behind
    rf"|(?:填表|填报|制表|制单|编制|审核|复核|审批|经办|统计)(?:人|人员|员|日期|时间)|日期"
    rf"|(?:{_WHO}*负责人|法定代表人)"
    # 专家签名, 单位负责人（签字）, （盖章）
    rf"|{_WHO}*{_IS}?(?:及?{_SEAL}|\({_WHO}*{_IS}?{_SEAL}\))+"
)
_NOTE = re.compile(
    r"(?:备注|注|注释|附注|说明|填表说明|填报说明|注意事项?|附)[0-9一二三四五六七八九]{0,2}[:.、].*"
)
_NOTHING_BELOW = re.compile(r"[(\-—]*以下(?:为?空白|无正文|无内容|无)[)\-—]*")
_DAY = re.compile(r"(?:[0-9]{4})?年[0-9_]{0,4}月[0-9_]{0,4}日")
_KINDS = (_TOTAL, _SIGNED, _NOTE, _NOTHING_BELOW, _DAY)


def is_closing(cell: CellValue) -> bool:
    """Tell whether a cell says that its row closes a list (合计、填表人、备注 …).

    >>> [is_closing(one) for one in ("合 计：", "填表人：张三", "注：数字为估算", "合计划工作会")]
    [True, True, True, False]
    """
    if not isinstance(cell, str) or not cell:
        return False
    said = match_key(trim(cell)[:_LONGEST])
    return any(kind.fullmatch(said) for kind in _KINDS)


def first_said(cells: Sequence[CellValue]) -> CellValue:
    """Return the first filled cell of a row; a number before it, as 序号 is one, is passed over."""
    for at, cell in enumerate(cells):
        if cell == "":
            continue
        number = isinstance(cell, int | float) or (isinstance(cell, str) and trim(cell).isdigit())
        if not is_blank(cell) and not (at == 0 and number):
            return cell
    return ""


def says_nothing(cell: CellValue) -> bool:
    """Tell whether a cell of such a row says nothing of an entry: blank, a stroke, a signature."""
    return is_blank(cell) or (
        isinstance(cell, str) and (trim(cell) in PLACEHOLDERS or is_closing(cell))
    )


def note_rows(code: str, sheet: str, rows: Sequence[tuple[int, str]], notes: Notes) -> None:
    """Note rows, zero-based with what they call themselves, that were not read as entries."""
    if rows:
        told = "、".join(f"第{row + 1}行“{said}”" for row, said in rows[:_NAMED])
        more = f"等{len(rows)}行" if len(rows) > _NAMED else ""
        notes.add(code, sheet, f"A{rows[0][0] + 1}", {"rows": told + more})


def entries(
    grid: Grid,
    plan: TablePlan,
    rows: Sequence[int],
    columns: Mapping[str, int],
    notes: Notes,
) -> Sequence[int]:
    """Return the rows that are entries; note those that sum up or sign (S210), and headings.

    Only rows whose choices are not as the form offers them are looked at: nearly none.
    """
    choices = [one for one in plan.fields if one.kind == "choice" and one.required]
    asked = next((one for one in choices if one.id in columns), None)
    offered = frozenset(asked.choices if asked else ())
    column = columns[asked.id] if asked else 0
    labels = [(columns[one.id], one.label) for one in plan.fields if one.id in columns]
    closing: dict[int, str] = {}
    headings: dict[int, str] = {}
    for row in rows:
        cells = grid.rows[row][:_ACROSS]
        if column < len(cells) and cells[column] in offered:
            continue
        said = first_said(cells)
        if _is_heading(cells, labels, plan):
            headings[row] = shown(said)
        elif is_closing(said) and not _is_entry(grid.rows[row], plan, columns):
            closing[row] = shown(said)
    note_rows("S210", grid.name, list(closing.items()), notes)
    note_rows("S211", grid.name, list(headings.items()), notes)
    if not (closing or headings):
        return rows
    return [row for row in rows if row not in closing and row not in headings]


def _is_heading(
    cells: Sequence[CellValue], labels: Sequence[tuple[int, str]], plan: TablePlan
) -> bool:
    """Tell whether a row repeats the heading, or the title alone (每页重复的表头)."""
    meant = (at < len(cells) and plan.labels.meant(cells[at]) == one for at, one in labels[:_SURE])
    if sum(meant) >= _ENOUGH:
        return True
    if len(cells) - cells.count("") > 1:
        return False
    said = first_said(cells)
    return isinstance(said, str) and len(said) <= _LONGEST and match_key(said) == plan.title


def _is_entry(row: Sequence[CellValue], plan: TablePlan, columns: Mapping[str, int]) -> bool:
    """Tell whether a row that calls itself a sum is an entry all the same (仍是填报内容).

    It is when it makes one of the required choices, or has a day and another required field.
    """
    days, others = 0, 0
    for field in plan.fields:
        at = columns.get(field.id, -1)
        cell = row[at] if field.required and 0 <= at < len(row) else ""
        if says_nothing(cell):
            continue
        found = read(cell, field)
        meant = not isinstance(found, Problem) or found.value is not None
        if meant and field.kind == "choice":
            return True
        days += meant and field.kind == "date"
        others += field.kind != "date"
    return bool(days and others)
