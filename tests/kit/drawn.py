"""Filing forms drawn as text: a test shows the cells as one would see them.

A cell is drawn as it would be typed:

    200          a number (spreadsheets keep it as a float)
    '200         text, whatever it looks like
    2022-03-05   a date
    TRUE         a truth value
    20%          a number behind a percent format
    200{0.2千}   a number, and what its cell shows
    #REF!        an error cell
    =            a formula that was never calculated
    ^words       words hidden under a merged cell
    \\n          a line break
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from xlpy.forms.filing.read import FilingRead, read_filing
from xlpy.model.finding import Finding
from xlpy.model.grid import Book, CellValue, Flaw, Grid
from xlpy.policy.editions.load import default_edition
from xlpy.policy.form import Table
from xlpy.policy.forms.load import load_forms

EDITION = default_edition()
FORMS = load_forms(EDITION)
FORM = FORMS.filing
YEAR = 2022
FILE, DIGEST = "甲平台.xlsx", "0" * 64

PROFILE = """
    平台名称 | 甲平台
    运营单位 | 蚌埠甲服务有限公司
    统一社会信用代码 | 91340300MA2N0ABC16
    平台级别 | 省级
    认定文号 | 皖经信中小企业2021年1号
    认定日期 | 2021-03-05
    有效期至 | 2024-03-04
    所在县区 | 蚌山区
    是否在蚌埠市注册 | 是
    法定代表人 | 张三
    联系人 | 李四
    联系电话 | '0552-3112345
    开户名称 | 蚌埠甲服务（集团）有限公司
    开户银行 | 中国银行蚌埠分行营业部
    银行账号 | '1845 0000 1234 5678
    从业人员 | 30
    专业技术人员 | 20
    服务收入 | 500.5
    服务支出 | 400
    公益性服务支出 | 100
    年服务企业数 | 150
    服务满意度 | 96.5
    在线服务系统 | 是
    线下年服务企业数 | 100
    信息服务活动场次 | 1
    培训能力和评价机制 | 是
    培训活动场次 | 1
    培训人数 | 60
    融资服务活动场次 | 1
    融资总额 | 5000
    是否入驻省平台网络 | 是
    是否按期报送运营情况 | 是
    省评价结果 | 良好
    是否受到处分或处罚 | 否
    查实投诉次数 | 0
    申请报告 | 有
    审计报告 | 合并审计
    服务证明材料 | 有
    服务成效(附件2-4) | 有
    政府委托任务完成情况 | 有
    省平台网络任务完成情况 | 有
    服务开展情况 | 全年服务开展情况良好。
    典型案例 | 无
"""

PRODUCTS = """
    产品(项目)名称 | 服务类别 | 服务方式 | 收费方式 | 年服务企业数(家)
    政策通 | 综合咨询服务 | 线上线下 | 公益 | 80
    创业课堂 | 人才和培训服务 | 线下 | 低收费 | 30
"""

LEDGER = """
    活动日期 | 活动名称 | 服务类别 | 活动类型 | 服务功能 | 参加企业数(家) | 参加人次 | 融资额(万元)
    2022-03-05 | 政策宣讲会 | 综合咨询服务 | 政策宣讲 | 信息服务 | 120 | 150 |
    2022-06-01 | 管理培训班 | 人才和培训服务 | 培训 | 培训服务 | 30 | 60 |
    2022-09-09 | 银企对接会 | 融资服务 | 投融资对接 | 融资服务 | 20 | 25 | 5000
"""

SUMMARY = """
    服务类别 | 活动场次 | 服务企业数(家) | 服务人次 | 融资额(万元)
    综合咨询服务 | 1 | 100 | 150 |
    融资服务 | 1 | 20 | 25 | 5000
    人才和培训服务-培训 | 1 | 30 | 60 |
"""

# What a ledger or product row holds in the columns a drawing leaves out.
_USUAL = {
    FORM.products.sheet: {
        "name": "产品{n}",
        "area": "综合咨询服务",
        "mode": "线上",
        "charge": "公益",
    },
    FORM.ledger.sheet: {
        "held_on": "2022-03-05",
        "title": "活动{n}",
        "area": "综合咨询服务",
        "activity": "政策宣讲",
        "mode": "线下",
        "firms": "10",
        "proof": "3-{n}",
    },
}

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:E[0-9]+)?")
_LOOK = re.compile(r"([0-9.-]+)\{([^{}]*)\}")
_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")


def grid(name: str, drawing: str) -> Grid:
    """Return the sheet drawn: a line a row, cells parted by |; a blank line is a blank row."""
    return _grid(name, [_cells(line) for line in drawing.strip("\n").splitlines()])


def profile(drawing: str = "") -> Grid:
    """Return 附件1 in our own layout: the good answers, and instead of them those drawn."""
    answers = dict(_cells(line) for line in PROFILE.strip().splitlines())
    for label, answer in map(_cells, filter(str.strip, drawing.splitlines())):
        assert label in {field.label for field in FORM.fields}, label
        answers[label] = answer
    rows: list[Sequence[str]] = [[FORM.profile_title], [], list(FORM.profile_columns)]
    for group, fields in FORM.groups:
        rows.append([group])
        for field in fields:
            star = "*" if field.required else ""
            rows.append(["", field.label + star, answers.get(field.label, ""), field.unit, ""])
    return _grid(FORM.profile_sheet, rows)


def products(drawing: str = PRODUCTS) -> Grid:
    """Return 附件2; columns that are not drawn hold what is usual."""
    return _table(FORM.products, FORM.number, drawing)


def ledger(drawing: str = LEDGER) -> Grid:
    """Return 附件3; columns that are not drawn hold what is usual."""
    return _table(FORM.ledger, FORM.number, drawing)


def summary(drawing: str = SUMMARY) -> Grid:
    """Return 附件4 with all its rows; cells that are not drawn are blank."""
    drawn = {row[FORM.summary_key]: row for row in _records(drawing)}
    names = [row.name for _, row in EDITION.area_rows]
    heads = [FORM.summary_key, *(column.label for column in FORM.summary.columns)]
    rows = [[FORM.summary.title], [], heads]
    rows += [[name, *(drawn.get(name, {}).get(head, "") for head in heads[1:])] for name in names]
    return _grid(FORM.summary.sheet, rows)


def filing(*changed: Grid, lost: dict[str, str] | None = None) -> Book:
    """Return a good filing, with the sheets given in place of its own."""
    names = {one.name for one in changed}
    good = [one for one in (profile(), products(), ledger(), summary()) if one.name not in names]
    return Book(file=FILE, digest=DIGEST, grids=(*good, *changed), lost=lost or {})


def changed(sheet: Grid, cells: dict[str, str]) -> Grid:
    """Return the sheet with other words in some cells, e.g. {"B3": "日期"}."""
    rows = [list(row) for row in sheet.rows]
    flaws, texts, looks = dict(sheet.flaws), dict(sheet.error_texts), dict(sheet.shown)
    for place, words in cells.items():
        row, column = _at(place)
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [""] * (column + 1 - len(rows[row]))
        plain, look = _look(words)
        rows[row][column], flaw = _value(plain)
        if look is not None:
            looks[row, column] = look
        if flaw is not None:
            flaws[row, column], texts[row, column] = flaw, words
    return replace(sheet, rows=rows, flaws=flaws, error_texts=texts, shown=looks)


def flawed(sheet: Grid, place: str, flaw: Flaw, told: str = "") -> Grid:
    """Return the sheet with a cell its reader could not take a value from, and what it tells."""
    at = _at(place)
    emptied = changed(sheet, {place: ""})
    texts = {**emptied.error_texts, at: told} if told else emptied.error_texts
    return replace(emptied, flaws={**emptied.flaws, at: flaw}, error_texts=texts)


def _at(place: str) -> tuple[int, int]:
    match = _ADDRESS.fullmatch(place)
    assert match, place
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def read(book: Book, *, content: bool = False) -> FilingRead:
    """Read the filing as of the year 2022 under the default edition."""
    return read_filing(book, edition=EDITION, forms=FORMS, year=YEAR, content=content)


def findings(*sheets: Grid, code: str = "") -> tuple[Finding, ...]:
    """Return the findings of a good filing with these sheets, of one code or of all."""
    found = read(filing(*sheets)).filing.findings
    return tuple(one for one in found if code in ("", one.code))


def sentences(*sheets: Grid, code: str = "") -> list[str]:
    """Return the findings' sentences."""
    return [one.sentence for one in findings(*sheets, code=code)]


def _table(table: Table, number: str, drawing: str) -> Grid:
    usual = {table.column(id).label: words for id, words in _USUAL[table.sheet].items()}
    heads = [column.label for column in table.columns]
    rows: list[Sequence[str]] = [[table.title], [], [number, *heads]]
    for n, drawn in enumerate(_records(drawing), 1):
        assert drawn.keys() <= set(heads), drawn.keys() - set(heads)
        cells = [drawn.get(head, usual.get(head, "").format(n=n)) for head in heads]
        rows.append([str(n), *cells])
    return _grid(table.sheet, rows)


def _records(drawing: str) -> list[dict[str, str]]:
    heads, *rows = [_cells(line) for line in drawing.splitlines() if line.strip()]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def _cells(line: str) -> list[str]:
    return [cell.strip(" ") for cell in line.split("|")]


def _grid(name: str, rows: Sequence[Sequence[str]]) -> Grid:
    values = [[_value(_look(cell)[0]) for cell in row] for row in rows]
    flaws = {
        (row, column): flaw
        for row, cells in enumerate(values)
        for column, (_, flaw) in enumerate(cells)
        if flaw is not None
    }
    texts = {at: rows[at[0]][at[1]] for at, flaw in flaws.items() if flaw is Flaw.ERROR}
    return Grid(
        name=name,
        rows=[[value for value, _ in cells] for cells in values],
        flaws=flaws,
        error_texts=texts,
        shown={
            (row, column): look
            for row, cells in enumerate(rows)
            for column, cell in enumerate(cells)
            if (look := _look(cell)[1]) is not None
        },
    )


def _look(drawn: str) -> tuple[str, str | None]:
    """Return a cell as drawn without what it shows, and what it shows."""
    match = _LOOK.fullmatch(drawn)
    return (match[1], match[2]) if match else (drawn, None)


def _value(drawn: str) -> tuple[CellValue, Flaw | None]:
    match drawn[:1]:
        case "'":
            return drawn[1:].replace("\\n", "\n"), None
        case "#":
            return "", Flaw.ERROR
        case "^":
            return drawn[1:], Flaw.COVERED
        case "=":
            return "", Flaw.UNCALCULATED
    if drawn in ("TRUE", "FALSE"):
        return drawn == "TRUE", None
    if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", drawn):
        return date.fromisoformat(drawn), None
    if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}", drawn):
        return datetime.fromisoformat(drawn), None
    if drawn.endswith("%") and _NUMBER.fullmatch(drawn[:-1]):
        return float(drawn[:-1]) / 100, Flaw.PERCENT
    if _NUMBER.fullmatch(drawn):
        return float(drawn), None
    return drawn.replace("\\n", "\n"), None
