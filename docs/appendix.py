"""The generated tables of the manual (手册附表): drawn again from the policy files.

    python -m docs.appendix

Each table stands in docs/使用手册.md between two comments that carry its name, so that no figure,
label or finding is written twice.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from xlpy.excel.files.atomic import write_files
from xlpy.excel.reading import refused
from xlpy.excel.workers.limits import MEMORY
from xlpy.forms.ballot import rows as ballot_rows
from xlpy.forms.cells.table import MOST_ROWS
from xlpy.forms.drawing.words import area_words, condition_words
from xlpy.model.number import plain
from xlpy.policy.edition import Condition, Ground
from xlpy.policy.editions.load import default_edition
from xlpy.policy.findings.catalogue import Entry, catalogue
from xlpy.policy.form import Field
from xlpy.policy.forms.filing import FREE
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import parameter_wording
from xlpy.policy.parameters.typed import needed
from xlpy.steps.gather import SECONDS_PER_FILE

MANUAL = Path(__file__).parent / "使用手册.md"

_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
_OPTIONAL = "{otherwise}"  # filled with nothing in the common case
_BAR = "&#124;"
_MEGA = 2**20
_KINDS: Mapping[str, str] = {
    "F": "文件",
    "S": "工作表和栏目",
    "C": "单元格",
    "L": "台账",
    "X": "勾稽关系",
    "D": "申报与名单",
    "B": "评分表",
    "R": "经办人工作簿",
    "P": "待补正",
}


def main() -> int:
    """Write the manual with fresh tables."""
    old = MANUAL.read_text(encoding="utf-8")
    new = with_tables(old)
    if new != old:
        write_files({MANUAL: new.encode("utf-8")})
    return 0


def with_tables(manual: str) -> str:
    """Return the manual's text with every generated table as it is now.

    Raises ValueError when the place of a table is missing.
    """
    for name, table in TABLES.items():
        before, begin, rest = manual.partition(f"<!-- 表：{name} -->\n")
        _, end, after = rest.partition(f"<!-- 表完：{name} -->")
        if not begin or not end:
            raise ValueError(f"the manual has no place for the table {name}")
        manual = f"{before}{begin}\n{table()}\n{end}{after}"
    return manual


def _parameters() -> str:
    edition = default_edition()
    rows = (
        (
            one.label,
            parameter_wording(one, one.default),
            needed(one),
            one.article,
            one.meaning,
        )
        for one in edition.parameters
    )
    return _table(("参数", "默认值", "可填", "依据", "含义"), rows)


def _subsidies() -> str:
    edition = default_edition()
    heads = ("平台级别", *(grade.printed for grade in edition.grades))
    rows = (
        (level.name, *(plain(level.subsidy[grade.name]) for grade in edition.grades))
        for level in edition.levels
    )
    return _table(heads, rows)


def _staff_columns() -> str:
    """Return who fills each column of the staff's workbook."""
    rows: list[tuple[str, ...]] = []
    for table in load_forms(default_edition()).staff.tables.values():
        yours = "、".join(column.label for column in table.columns if column.staff)
        others = "、".join(column.label for column in table.columns if not column.staff)
        rows.append((f"「{table.sheet}」", yours or "（没有）", others or "（没有）"))
    return _table(("工作表", "经办人填写（黄色）", "程序填写（灰色）"), rows)


def _findings() -> str:
    return "\n\n".join(_findings_of(letter, title) for letter, title in _KINDS.items())


def _findings_of(letter: str, title: str) -> str:
    entries = [entry for code, entry in catalogue().items() if code.startswith(letter)]
    rows = (
        (
            entry.code,
            entry.title,
            str(entry.severity),
            _said(entry.found),
            _said(entry.needed),
            _said(entry.mend),
            _export(entry),
        )
        for entry in entries
    )
    heads = ("代码", "名称", "严重程度", "发现的情况", "应当如何", "改正办法", "对导出的影响")
    return f"#### {letter}　{title}\n\n{_table(heads, rows)}"


def _export(entry: Entry) -> str:
    if entry.severity != "错误" and not entry.shortfall:
        return "不影响"
    return "改正或受理后可导出" if entry.acceptable else "改正后才能导出"


def _refusals() -> str:
    text = files("xlpy.policy.findings").joinpath("refused.toml").read_text(encoding="utf-8")
    rows = ((_said(one["found"]), one["mend"]) for one in tomllib.loads(text).values())
    return _table(("发现的情况", "改正办法"), rows)


def _limits() -> str:
    rows = (
        ("一个文件", f"{refused.FILE_BYTES // _MEGA} MB", "文件过大"),
        ("一个文件解压后", f"{refused.UNPACKED_BYTES // _MEGA} MB", "解压后大小异常"),
        ("一张工作表解压后", f"{refused.SHEET_BYTES // _MEGA} MB", "内容过多"),
        ("一个文件中的部件", f"{refused.MEMBERS} 个", "解压后大小异常"),
        ("一个文件的工作表", f"{refused.SHEETS} 张", "内容过多"),
        ("内容所在的行", f"第 {refused.ROWS} 行", "在很远的位置有内容"),
        ("内容所在的列", f"第 {refused.COLUMNS} 列", "在很远的位置有内容"),
        ("一张工作表有内容的单元格", f"{refused.CELLS} 个", "内容过多"),
        ("同上，写法特殊的文件", f"{refused.ODD_CELLS} 个", "内容过多"),
        ("一张工作表的公式和错误值", f"{refused.MARKED} 个", "内容过多"),
        ("一张工作表的合并区域", f"{refused.MERGED} 个", "内容过多"),
        ("一个单元格的文字", f"{refused.CELL_SIGNS} 字", "C333，只影响这一格"),
        ("一张名单、台账填写的行", f"{MOST_ROWS} 行", "S209，以后的行没有读取"),
        ("一份评分表填写的行", f"{ballot_rows.MOST_ROWS} 行", "S209"),
        ("读取一个文件的时间", f"{SECONDS_PER_FILE:.0f} 秒", "F103"),
        ("读取一个文件的内存", f"{MEMORY // _MEGA} MB", "内容过多，超出内存限额"),
    )
    return _table(("什么", "最多", "超过时"), rows)


def _ids() -> str:
    """Return the ids of the common forms, which an edition names in change, drop and after."""
    form = load_forms(default_edition()).filing
    rows: list[tuple[str, ...]] = []
    for group, fields in form.groups:
        rows += (_id_row(f"{form.profile_sheet} {group}", field) for field in fields)
    for table in (form.products, form.ledger, form.summary):
        rows += (_id_row(table.sheet, field) for field in table.columns)
    return _table(("表", "栏目", "id", "去掉"), rows)


def _id_row(where: str, field: Field) -> tuple[str, ...]:
    return where, field.label, f"`{field.id}`", "可以" if field.id in FREE else ""


def _functions() -> str:
    rows = (
        (one.name, one.article, "；".join(condition_words(part) for part in one.conditions))
        for one in default_edition().functions
    )
    return _table(("服务功能", "依据", "条件（须同时达到）"), rows)


def _areas() -> str:
    edition = default_edition()
    form = load_forms(edition).filing
    rows = ((one.name, one.article, area_words(form, one)) for one in edition.areas)
    return _table(("服务类别", "依据", "年度目标"), rows)


def _vetoes() -> str:
    return _grounds(default_edition().vetoes)


def _shortfalls() -> str:
    return _grounds(default_edition().shortfalls)


def _grounds(grounds: Iterable[Ground]) -> str:
    rows = ((one.text, _judged(one.condition), one.article) for one in grounds)
    return _table(("情形", "判断", "依据"), rows)


def _judged(condition: Condition) -> str:
    """Return a condition in words, with the choice of the bureau it depends on."""
    if condition.when is None:
        return condition_words(condition)
    id, value = condition.when
    parameter = next(one for one in default_edition().parameters if one.id == id)
    return (
        f"{condition_words(condition)}"
        f"（参数“{parameter.label}”为“{parameter_wording(parameter, value)}”时）"
    )


def _said(text: str) -> str:
    """Return a text of the catalogue with … for what is filled in."""
    if _PLACEHOLDER.fullmatch(text):
        return "（按实际情况说明）"
    words = default_edition().wording
    told = _PLACEHOLDER.sub(lambda one: words.get(one.group()[1:-1], one.group()), text)
    return _PLACEHOLDER.sub("…", told.replace(_OPTIONAL, ""))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(_lines(heads, rows))


def _lines(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', _BAR) for cell in row)} |"


TABLES: Mapping[str, Callable[[], str]] = {
    "经办人栏": _staff_columns,
    "服务功能": _functions,
    "服务类别": _areas,
    "一票否决": _vetoes,
    "待补正": _shortfalls,
    "奖补标准": _subsidies,
    "参数": _parameters,
    "校验问题": _findings,
    "读不了的文件": _refusals,
    "限额": _limits,
    "栏目编号": _ids,
}


if __name__ == "__main__":
    sys.exit(main())
