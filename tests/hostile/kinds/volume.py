"""C8 to C11: one file must not hurt the case (体量): many findings, long texts, large products."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from tests.hostile import honest
from tests.hostile.case import Case, Outcome, doubted, told
from tests.hostile.honest import (
    ACCOUNT_NAME,
    BALLOT,
    INCOME,
    LEDGER,
    NAME,
    PROFILE,
    REMARK,
    TITLE,
    Spot,
)
from tests.hostile.kinds.changes import Change
from tests.kit.taken_apart import LINKS, MAIN, STRINGS, STYLES, WORKBOOK, TakenApart
from xlpy.model.grid import column_letters

LONGEST = 32_767
"""Signs a cell of a spreadsheet holds at most."""
_WRONG_ROW = (
    "/", "x", "x", "x", "x", "x", "/", "/", "/", "/", "/", "/", "/", "x", "", "", "",
)  # fmt: skip


def cases() -> Iterator[Case]:
    """Yield each product that grows, at a size a sender can reach with a small file."""
    for item, name, change, outcome in (*_findings(), *_lengths(), *_markup(), *_products()):
        make = partial(_changed, change)
        yield Case(item=item, name=name, make=make, outcome=outcome, heavy=True)
    for item, name, change, outcome in _in_ballot():
        make = partial(_changed, change, "ballot")
        yield Case(item=item, name=name, make=make, outcome=outcome, heavy=True, target="ballot")
    for spot, name in ((NAME, "平台名称"), (ACCOUNT_NAME, "开户名称"), (TITLE, "活动名称")):
        for kind, text in {
            "富文本标记": "[red]甲[/]", "收尾标记": "[/]", "链接标记": "[link=http://x]甲[/link]",
            "终端转义": "甲_x001B_[2J乙", "公式": "=1+1", "等号开头": "=HYPERLINK(&quot;http://x&quot;)",
            "加号开头": "+86", "艾特开头": "@SUM(A1)", "减号开头": "-1", "路径": "../../etc/passwd",
            "设备名": "CON", "保留字": "a:b*c?d|e", "模板": "{value}{0}%s%(x)s", "很长": "甲" * 300,
        }.items():  # fmt: skip
            yield Case(
                item="C11",
                name=f"{name} {kind}",
                make=partial(_changed, lambda p, s=spot, t=text: p.text(*s, t)),
                outcome=bearable(),
            )


def _changed(change: Change, base: str = "filing") -> TakenApart:
    parts: TakenApart = getattr(honest, base)()
    change(parts)
    return parts


def _findings() -> Iterator[tuple[str, str, Change, Outcome]]:
    for rows in (19, 200, 1_500, 2_000):
        yield "C8", f"台账{rows}行，一栏填“/”", _rows(rows, one="I"), told((LEDGER, "I4"))
        yield "C8", f"台账{rows}行，栏栏有错", _rows(rows), told((LEDGER, "B4"))
    yield "C8", "台账五千行，栏栏有错", _rows(5_000), told()
    yield "C8", "台账两千行全部重复", _rows(2_000, honest_row=True), told()
    yield "C8", "附件1 每一格都填错", _everywhere, told()


def _rows(count: int, *, one: str = "", honest_row: bool = False) -> Change:
    """Fill the ledger: rows that are wrong everywhere, or in one column only."""

    def change(parts: TakenApart) -> None:
        def turned(xml: bytes) -> bytes:
            at = xml.index(b'<row r="4"')
            first = xml[at : xml.index(b"</row>", at) + 6]
            rows = []
            for row in range(4, 4 + count):
                if honest_row or one:
                    said = first.replace(b'r="4"', b'r="%d"' % row)
                    said = re.sub(rb'r="([A-Z]+)4"', rb'r="\g<1>%d"' % row, said)
                    if one:
                        cell = rb'<c r="%s%d"[^>]*?(?:/>|>.*?</c>)' % (one.encode(), row)
                        typed = f'<c r="{one}{row}" t="inlineStr"><is><t>/</t></is></c>'
                        said = re.sub(cell, typed.encode(), said, count=1)
                    rows.append(said)
                else:
                    rows.append(_wrong_row(row))
            end = xml.index(b"</sheetData>")
            return xml[:at] + b"".join(rows) + xml[end:]

        parts.turn(parts.sheet(LEDGER), turned)

    return change


def _wrong_row(row: int) -> bytes:
    cells = "".join(
        f'<c r="{column_letters(at)}{row}" t="inlineStr"><is><t>{text}</t></is></c>'
        for at, text in enumerate(_WRONG_ROW, 1)
        if text
    )
    return f'<row r="{row}">{cells}</row>'.encode()


def _everywhere(parts: TakenApart) -> None:
    pattern = rb'(<c r="C[0-9]+" s="[0-9]+")(?: t="s")?><v>[0-9.]+</v></c>'
    parts.turn(
        parts.sheet(PROFILE),
        lambda xml: re.sub(pattern, rb'\1 t="e"><v>#REF!</v></c>', xml),
    )


def _lengths() -> Iterator[tuple[str, str, Change, Outcome]]:
    for spot, name in ((NAME, "名称"), (TITLE, "活动名称"), (REMARK, "备注")):
        for size in (LONGEST - 1, LONGEST, LONGEST + 1, 300_000):
            outcome = told(spot) if size > LONGEST else long_text(spot)
            yield (
                "C9",
                f"{name} {size} 字",
                lambda p, s=spot, n=size: p.text(*s, "甲" * n),
                outcome,
            )
    yield "C9", "名称两千万字", lambda p: p.text(*NAME, "甲" * 20_000_000), doubted(NAME)
    yield (
        "C9",
        "共享字符串两千万字",
        lambda p: p.change(STRINGS, honest.text_of(NAME), "甲" * 20_000_000),
        doubted(NAME),
    )
    yield "C9", "公式一百万字", lambda p: p.formula(*INCOME, "1" + "+1" * 500_000, "5"), bearable()
    yield "C9", "数字一千万位", lambda p: p.number(*INCOME, "1" * 10_000_000), doubted(INCOME)
    yield "C9", "小数一千万位", lambda p: p.number(*INCOME, "0." + "1" * 10_000_000), bearable()
    yield "C9", "错误值一百万字", lambda p: p.put(
        *INCOME, f' t="e"><v>{"#" * 1_000_000}</v></c>'
    ), doubted(INCOME)  # fmt: skip
    yield "C9", "数字格式一百万字", lambda p: p.format(*INCOME, "0" + "[" * 1_000_000), bearable()
    yield "C9", "数字格式十万段", lambda p: p.format(*INCOME, "0;" * 100_000), bearable()
    yield "C9", "数字格式引号不收", lambda p: p.format(*INCOME, '0"' + "甲" * 500_000), bearable()
    yield "C9", "工作表名十万字", lambda p: p.change(
        WORKBOOK, 'name="填报说明"', f'name="{"表" * 100_000}"'
    ), bearable()  # fmt: skip


def long_text(spot: Spot) -> Outcome:
    """A long text within what a cell holds is read, or told of as too long for its column."""
    return Outcome(ways=("read", "told"), free=True, spot=spot)


def bearable() -> Outcome:
    """Whatever is read, told of or refused, within time and memory."""
    return Outcome(ways=("read", "told", "refused"), free=True)


def _markup() -> Iterator[tuple[str, str, Change, Outcome]]:
    def on(old: str, new: Callable[[], str]) -> Change:
        return lambda parts: parts.change(parts.sheet(PROFILE), old, new())

    row, end = '<row r="23"', "</worksheet>"
    for name, change in {
        "嵌套十万层": on(end, lambda: "<a>" * 100_000 + "</a>" * 100_000 + end),
        "单元格里嵌套十万层": on(
            '<c r="C23"',
            lambda: "<extLst>" + "<a>" * 100_000 + "</a>" * 100_000 + '</extLst><c r="C23"',
        ),
        "十万个属性": on(
            row, lambda: "<row " + " ".join(f'a{n}="1"' for n in range(100_000)) + ' r="23"'
        ),
        "十万个命名空间": on(
            "<worksheet ",
            lambda: "<worksheet " + " ".join(f'xmlns:a{n}="u{n}"' for n in range(100_000)) + " ",
        ),
        "一个极长的属性": on(row, lambda: f'<row spans="{"1" * 10_000_000}" r="23"'),
        "一个极长的标签名": on(row, lambda: f"<{'a' * 5_000_000}/>" + row),
        "一个极长的注释": on(row, lambda: f"<!--{'c ' * 5_000_000}-->" + row),
        "百万个注释": on(end, lambda: "<!--c-->" * 1_000_000 + end),
        "百万个处理指令": on(end, lambda: "<?c?>" * 1_000_000 + end),
        "百万个实体引用": on(row, lambda: "&#32;" * 1_000_000 + row),
        "百万个左尖括号的属性": on(row, lambda: f'<row spans="{"&lt;" * 1_000_000}" r="23"'),
        "没有收尾的标签": on(row, lambda: "<row " * 500_000 + row),
        "百万个 c 开头的外来元素": on(
            end, lambda: "<extLst>" + "<cc/>" * 1_000_000 + "</extLst>" + end
        ),
    }.items():
        yield "C10", f"XML {name}", change, bearable()
    yield (
        "C10",
        "XML 一格三十万段富文本",
        lambda p: p.put(*NAME, ' t="inlineStr"><is>' + "<r><t>甲</t></r>" * 300_000 + "</is></c>"),
        doubted(NAME),
    )


def _products() -> Iterator[tuple[str, str, Change, Outcome]]:
    for rows, columns, count in ((2_000, "R", 3_000), (200_000, "XFD", 2_000), (18, "R", 60_000)):

        def merged(parts: TakenApart, ref: str = f"A1:{columns}{rows}", count: int = count) -> None:
            said = f'<mergeCells count="{count}">' + f'<mergeCell ref="{ref}"/>' * count
            parts.turn(
                parts.sheet(LEDGER),
                lambda xml: re.sub(rb"<mergeCells.*?</mergeCells>", b"", xml, flags=re.DOTALL)
                .replace(b"</sheetData>", f"</sheetData>{said}</mergeCells>".encode(), 1),
            )  # fmt: skip

        yield "C10", f"{count} 个合并 A1:{columns}{rows}", merged, bearable()

    def strips(parts: TakenApart) -> None:
        said = "".join(f'<mergeCell ref="A{n}:R{n + 500}"/>' for n in range(1, 4_000))
        parts.turn(
            parts.sheet(LEDGER),
            lambda xml: re.sub(rb"<mergeCells.*?</mergeCells>", b"", xml, flags=re.DOTALL)
            .replace(b"</sheetData>", f"</sheetData><mergeCells>{said}</mergeCells>".encode(), 1),
        )  # fmt: skip

    yield "C10", "四千个错开的合并", strips, bearable()

    def references(parts: TakenApart, size: int = 30_000, count: int = 400_000) -> None:
        index = parts.parts[STRINGS].count(b"<si>")
        parts.change(STRINGS, "</sst>", f"<si><t>{'甲' * size}</t></si></sst>")
        rows = "".join(
            f'<row r="{row}">'
            + "".join(
                f'<c r="{column_letters(at)}{row}" t="s"><v>{index}</v></c>' for at in range(100)
            )
            + "</row>"
            for row in range(3_000, 3_000 + count // 100)
        )
        parts.change(parts.sheet(LEDGER), "</sheetData>", f"{rows}</sheetData>")

    yield "C10", "四十万次引用三万字的字符串", references, bearable()
    yield (
        "C10",
        "一万次引用三百万字的字符串",
        partial(references, size=3_000_000, count=10_000),
        doubted(),
    )

    def many(old: str, one: str, count: int, part: str = "") -> Change:
        def change(parts: TakenApart) -> None:
            where = part or parts.sheet(LEDGER)
            said = "".join(one.replace("#", str(n)) for n in range(10_000, 10_000 + count))
            parts.change(where, old, said + old)

        return change

    for name, change in {
        "二十万个空行": many("</sheetData>", '<row r="#"/>', 180_000),
        "二十万行各一字": many("</sheetData>", '<row r="#"><c r="R#"><v>1</v></c></row>', 180_000),
        "十万个样式": many("</cellXfs>", '<xf numFmtId="0"/>', 100_000, STYLES),
        "十万个数字格式": many("</numFmts>", '<numFmt numFmtId="#" formatCode="0.#%"/>', 100_000, STYLES),
        "十万个共享字符串": many("</sst>", "<si><t>#</t></si>", 100_000, STRINGS),
        "五十万个空共享字符串": many("</sst>", "<si/>", 500_000, STRINGS),
        "五万个工作表": many("</sheets>", '<sheet name="s#" sheetId="#" r:id="rId1#"/>', 50_000, WORKBOOK),
        "十万个关系": many(
            "</Relationships>",
            '<Relationship Id="z#" Type="http://x/image" Target="media/#.png"/>',
            100_000,
            LINKS,
        ),
        "十万个名称": many("</definedNames>", '<definedName name="n#">1</definedName>', 100_000, WORKBOOK),
        "十万个下拉": many(
            "</dataValidations>", '<dataValidation sqref="A#"><formula1>1</formula1></dataValidation>', 100_000
        ),
        "二十万个公式": many(
            "</sheetData>", '<row r="#"><c r="R#"><f>NOW()</f><v>1</v></c></row>', 150_000
        ),
        "二十万个错误值": many("</sheetData>", '<row r="#"><c r="R#" t="e"><v>#N/A</v></c></row>'.replace("#N/A", "怪"), 150_000),
        "二十万个百分比": many("</sheetData>", '<row r="#"><c r="I#" s="15"><v>1</v></c></row>', 150_000),
        "二十万个怪数字": many("</sheetData>", '<row r="#"><c r="R#"><v>1,0</v></c></row>', 150_000),
    }.items():  # fmt: skip
        yield "C10", name, change, bearable()

    def sheet_of(parts: TakenApart) -> None:
        cells = "".join(f'<c r="{column_letters(at)}1"><v>1</v></c>' for at in range(16_384))
        rows = f'<row r="1">{cells}</row><row r="200000"><c r="A200000"><v>1</v></c></row>'
        parts.parts[parts.sheet("附件2")] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()
        )

    yield "C10", "一行到 XFD、一列到二十万行", sheet_of, doubted()


def _in_ballot() -> Iterator[tuple[str, str, Change, Outcome]]:
    def rows(parts: TakenApart) -> None:
        said = "".join(
            f'<row r="{row}"><c r="B{row}" t="inlineStr"><is><t>平台{row}</t></is></c>'
            f'<c r="E{row}" t="inlineStr"><is><t>/</t></is></c></row>'
            for row in range(10, 3_010)
        )
        parts.change(parts.sheet(BALLOT), "</sheetData>", f"{said}</sheetData>")

    yield "C8", "评分表三千个不认识的平台", rows, told((BALLOT, "*"))
