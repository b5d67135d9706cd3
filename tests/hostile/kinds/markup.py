"""B6: XML of one meaning spelt otherwise (标记的写法); rows, cells and prefixes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from tests.hostile import honest
from tests.hostile.case import Case, Outcome, doubted, same, unharmed
from tests.hostile.honest import (
    INCOME,
    LEDGER,
    PROFILE,
)
from tests.hostile.kinds.changes import (
    Change,
    all_prefixed,
    changed,
    on_row,
    on_sheet,
)
from tests.kit.taken_apart import (
    LINKS,
    MAIN,
    RELATIONS,
    ROOT,
    STRINGS,
    STYLES,
    TYPES,
    WORKBOOK,
    TakenApart,
)

_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def cases() -> Iterator[Case]:
    """Yield spellings of tags, addresses, rows and prefixes."""
    for name, change, outcome in (*_xml(), *_rows(), *_prefixes()):
        yield Case(item="B6", name=name, make=partial(changed, change), outcome=outcome)


def _xml() -> Iterator[tuple[str, Change, Outcome]]:
    value = honest.number_of(INCOME)
    for what, old, new, outcome in (
        ("v 里有注释", f"<v>{value}</v>", f"<v>{value[:2]}<!-- 9 -->{value[2:]}</v>", same()),
        ("v 里有 CDATA", f"<v>{value}</v>", f"<v><![CDATA[{value}]]></v>", same()),
        ("v 里有一半 CDATA", f"<v>{value}</v>", f"<v>{value[:2]}<![CDATA[{value[2:]}]]></v>", same()),
        ("v 里有处理指令", f"<v>{value}</v>", f"<v>{value[:2]}<?x 9?>{value[2:]}</v>", same()),
        ("v 有 xml:space", f"<v>{value}</v>", f'<v xml:space="preserve">{value}</v>', same()),
        ("v 里是字符引用", f"<v>{value}</v>", f"<v>&#{ord(value[0])};{value[1:]}</v>", same()),
        ("v 重复声明命名空间", f"<v>{value}</v>", f'<v xmlns="{MAIN}">{value}</v>', same()),
        ("v 带就地前缀", f"<v>{value}</v>", f'<q:v xmlns:q="{MAIN}">{value}</q:v>', same()),
        ("c 重复声明命名空间", '<c r="C23"', f'<c xmlns="{MAIN}" r="C23"', same()),
        ("row 重复声明命名空间", '<row r="23"', f'<row xmlns="{MAIN}" r="23"', same()),
        ("sheetData 重复声明命名空间", "<sheetData>", f'<sheetData xmlns="{MAIN}">', same()),
        ("v 里有元素", f"<v>{value}</v>", f"<v>{value[:2]}<b/>{value[2:]}</v>", doubted(INCOME)),
        ("注释里有单元格", '<row r="23"', '<!--<c r="C23"><v>9</v></c>--><row r="23"', same()),
        ("注释里有行", '<c r="C23"', '<!-- <row r="99"> --><c r="C23"', same()),
        ("注释里有 sheetData", "<sheetData>", "<!-- <sheetData> --><sheetData>", same()),
        ("注释里有结束标签", "</sheetData>", "<!-- </sheetData> --></sheetData>", same()),
        ("处理指令里有单元格", '<row r="23"', '<?x <c r="C23"><v>9</v></c>?><row r="23"', same()),
        ("根前注释", "<worksheet ", "<!-- 表 --><worksheet ", same()),
        ("根后注释", "</worksheet>", "</worksheet><!-- 完 -->", same()),
        ("根前处理指令", "<worksheet ", "<?mso-application progid='Excel.Sheet'?><worksheet ", same()),
        ("CDATA 在行间", '<row r="23"', '<![CDATA[ ]]><row r="23"', unharmed()),
        ("CDATA 里有单元格", '<row r="23"', '<![CDATA[<c r="C23"><v>9</v></c>]]><row r="23"', unharmed()),
        ("行间有文字", '<row r="23"', '文字<row r="23"', unharmed()),
        ("单引号", '<c r="C23"', "<c r='C23'", same()),
        ("等号两边空格", '<c r="C23"', '<c r = "C23"', same()),
        ("标签里换行", '<c r="C23"', '<c\n  r="C23"\n ', same()),
        ("结束标签有空格", f"<v>{value}</v>", f"<v>{value}</v >", same()),
        ("属性里有大于号", '<row r="23"', '<row spans="1:5>" r="23"', unharmed()),
        ("地址小写", '<c r="C23"', '<c r="c23"', same()),
        ("地址带美元号", '<c r="C23"', '<c r="$C$23"', unharmed()),
        ("地址两边空格", '<c r="C23"', '<c r=" C23 "', unharmed()),
        ("地址是字符引用", '<c r="C23"', '<c r="&#67;23"', same()),
        ("地址前导零", '<c r="C23"', '<c r="C023"', unharmed()),
        ("地址是别的行", '<c r="C23"', '<c r="C24"', doubted()),
        ("地址全角", '<c r="C23"', '<c r="Ｃ23"', doubted()),
        ("属性重复", '<c r="C23"', '<c r="C23" r="D23"', doubted()),
        ("维度说谎", '<dimension ref="A1:E104"', '<dimension ref="A1"', same()),
        ("维度极大", '<dimension ref="A1:E104"', '<dimension ref="A1:XFD1048576"', same()),
        ("维度不通", '<dimension ref="A1:E104"', '<dimension ref="怪"', same()),
        ("XML 1.1", '<?xml version="1.0"', '<?xml version="1.1"', unharmed()),
        ("单引号声明", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
         "<?xml version='1.0' encoding='utf-8'?>", same()),
        ("没有声明", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', "", same()),
        ("没有收尾", "</worksheet>", "", doubted()),
        ("实体没有定义", f"<v>{value}</v>", "<v>&num;</v>", doubted()),
        ("空字符", f"<v>{value}</v>", "<v>4\x00</v>", doubted()),
        ("控制字符", f"<v>{value}</v>", "<v>4\x0b</v>", doubted()),
    ):  # fmt: skip
        yield f"XML {what}", on_sheet(PROFILE, old, new), outcome


def _rows() -> Iterator[tuple[str, Change, Outcome]]:
    def no_refs(parts: TakenApart) -> None:
        parts.turn(parts.sheet(PROFILE), lambda xml: re.sub(rb'<c r="[A-Z]+[0-9]+"', b"<c", xml))

    def no_rows(parts: TakenApart) -> None:
        parts.turn(parts.sheet(PROFILE), lambda xml: re.sub(rb'<row r="[0-9]+"', b"<row", xml))

    def neither(parts: TakenApart) -> None:
        no_refs(parts)
        no_rows(parts)

    def a_row_a_cell(parts: TakenApart) -> None:
        def turned(xml: bytes) -> bytes:
            def split(match: re.Match[bytes]) -> bytes:
                head, inside = match[1], match[2]
                cells = re.findall(rb"<c .*?(?:/>|</c>)", inside, re.DOTALL)
                return b"".join(b"<row" + head + b">" + one + b"</row>" for one in cells)

            return re.sub(rb"<row([^>]*)>(.*?)</row>", split, xml, flags=re.DOTALL)

        parts.turn(parts.sheet(PROFILE), turned)

    def indented(parts: TakenApart) -> None:
        parts.turn(
            parts.sheet(PROFILE),
            lambda xml: xml.replace(b"<row", b"\r\n  <row").replace(b"<c ", b"\r\n    <c ")
            .replace(b"</row>", b"\r\n  </row>"),
        )  # fmt: skip

    def lower(parts: TakenApart) -> None:
        parts.turn(
            parts.sheet(LEDGER),
            lambda xml: re.sub(rb'<c r="[A-Z]+', lambda m: m[0].lower(), xml),
        )

    yield "单元格都没有地址", no_refs, same()
    yield "行都没有行号", no_rows, same()
    yield "都没有地址", neither, same()
    yield "一格一个 row", a_row_a_cell, same()
    yield "缩进和回车换行", indented, same()
    yield "台账地址全小写", lower, same()
    cell = honest.filing().cell(*INCOME).decode()
    for what, old, new, outcome in (
        ("单元格重复，值相同", cell, cell + cell, doubted()),
        ("单元格重复，值不同", cell, cell + cell.replace("436.25", "9"), doubted()),
        ("行重复在后", "</sheetData>",
         '<row r="23"><c r="C23"><v>9</v></c></row></sheetData>', doubted()),
        ("行号倒退", "</sheetData>", '<row r="2"><c r="F2"><v>9</v></c></row></sheetData>', doubted()),
        ("行号为 0", "<sheetData>", '<sheetData><row r="0"><c r="C0"><v>9</v></c></row>', doubted()),
        ("行号为负", "<sheetData>", '<sheetData><row r="-1"/>', doubted()),
        ("行号前导零", '<row r="23"', '<row r="023"', unharmed()),
        ("行号越界", "</sheetData>", '<row r="1048577"><c r="A1048577"><v>9</v></c></row></sheetData>',
         doubted()),
        ("行里套行", cell, f'<row r="23">{cell}</row>', doubted()),
        ("单元格套单元格", cell, f'<c r="B23">{cell}</c>', doubted()),
        ("单元格在行外", '<row r="24"', '<c r="C23"><v>9</v></c><row r="24"', doubted()),
        ("两个 sheetData", "</sheetData>",
         '</sheetData><sheetData><row r="23"><c r="C23"><v>9</v></c></row></sheetData>', doubted()),
        ("空的 sheetData 在前", "<sheetData>", "<sheetData/><sheetData>", doubted()),
        ("空行自闭合", '<row r="24"', '<row/><row r="25"', unharmed()),
    ):  # fmt: skip
        yield f"行列 {what}", on_sheet(PROFILE, old, new), outcome


def _prefixes() -> Iterator[tuple[str, Change, Outcome]]:
    def prefixed(*names: str, prefix: str = "x") -> Change:
        def change(parts: TakenApart) -> None:
            for name in names:
                part = name if name in parts.parts else parts.sheet(name)
                parts.turn(part, partial(all_prefixed, prefix.encode()))

        return change

    yield "前缀 工作表", prefixed(PROFILE, LEDGER), same()
    yield "前缀 工作表，名字怪", prefixed(PROFILE, prefix="a-b.c_d"), same()
    yield "前缀 工作表，中文", prefixed(PROFILE, prefix="表"), same()
    yield "前缀 共享字符串", prefixed(STRINGS), same()
    yield "前缀 样式", prefixed(STYLES), same()
    yield "前缀 工作簿", prefixed(WORKBOOK), same()
    yield "前缀 关系", prefixed(LINKS, ROOT), same()
    yield "前缀 目录", prefixed(TYPES), same()
    yield (
        "前缀 全部",
        prefixed(PROFILE, LEDGER, STRINGS, STYLES, WORKBOOK, LINKS, ROOT, TYPES),
        same(),
    )
    yield (
        "前缀 行就地声明",
        on_row(lambda row: _with_prefix(row, f'xmlns:q="{MAIN}"')),
        same(),
    )

    def strict(parts: TakenApart) -> None:
        for part, body in parts.parts.items():
            said = body.replace(MAIN.encode(), _STRICT.encode())
            parts.parts[part] = said.replace(RELATIONS.encode(), _STRICT_RELATIONS.encode())

    def strict_relations(parts: TakenApart) -> None:
        for part in (WORKBOOK, LINKS, ROOT):
            parts.change(part, RELATIONS, _STRICT_RELATIONS, count=-1)

    def strict_sheet(parts: TakenApart) -> None:
        parts.change(parts.sheet(PROFILE), MAIN, _STRICT, count=-1)

    yield "严格 OOXML", strict, same()
    yield "严格 OOXML 的关系", strict_relations, same()
    yield "只有一张表是严格 OOXML", strict_sheet, unharmed()


def _with_prefix(row: str, declared: str) -> str:
    said = re.sub(r"<(/?)(row|c|v)\b", r"<\1q:\2", row)
    return said.replace("<q:row ", f"<q:row {declared} ", 1)
