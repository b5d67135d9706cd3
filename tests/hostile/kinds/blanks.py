"""B5: styled blanks wherever they lie (带样式的空格), which cost nothing; and contents far off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from tests.hostile import honest
from tests.hostile.case import Case, Outcome, Target, doubted, same, unharmed
from tests.hostile.honest import BALLOT, LEDGER, PRODUCTS, PROFILE, SUMMARY
from tests.kit.taken_apart import TakenApart

Change = Callable[[bytes], bytes]

_SHEETS: tuple[tuple[Target, str, str], ...] = (
    ("filing", PROFILE, "甲.xlsx"),
    ("filing", LEDGER, "甲.xlsx"),
    ("filing", SUMMARY, "甲.xlsx"),
    ("filing", PRODUCTS, "甲.xlsx"),
    ("ballot", BALLOT, "甲.xlsx"),
    ("staff", "参评名单", "甲.xlsm"),
    ("staff", "专家", "甲.xlsm"),
    ("staff", "评价结果", "甲.xlsm"),
)


def cases() -> Iterator[Case]:
    """Yield blanks on every sheet that is read, in all three workbooks."""
    for target, sheet, file in _SHEETS:
        every = sheet in (PROFILE, LEDGER, BALLOT, "参评名单")
        for name, change, outcome, always in _changes():
            if always or every:
                yield Case(
                    item="B5",
                    name=f"{sheet} {name}",
                    make=partial(_changed, target, sheet, change),
                    outcome=outcome,
                    file=file,
                    target=target,
                    heavy=not always and "多" in name,
                )


def _changed(target: Target, sheet: str, change: Change) -> TakenApart:
    parts: TakenApart = getattr(honest, target)()
    parts.turn(parts.sheet(sheet), change)
    return parts


def _changes() -> Iterator[tuple[str, Change, Outcome, bool]]:
    """Yield name, change of the sheet's XML, outcome, and whether it is tried on every sheet."""
    last = '<row r="1048576"{}>{}</row>'
    blank = '<c r="A1048576" s="1"/>'
    yield "最后一行一个空格", _after(last.format("", blank)), same(), True
    yield "最后一行没有单元格", _after('<row r="1048576" s="1" customFormat="1"/>'), same(), False
    yield (
        "最后一行到 XFD",
        _after(last.format("", '<c r="A1048576" s="1"/><c r="XFD1048576" s="1"/>')),
        same(),
        False,
    )
    yield "第一行到 XFD", _in_first('<c r="XFD{}" s="1"/>'), same(), True
    yield "第一行到 AMJ", _in_first('<c r="AMJ{}" s="1"/>'), same(), False
    yield "每一行到 XFD", _in_every('<c r="XFD{}" s="1"/>'), same(), False
    yield "每一行到 AMJ", _in_every('<c r="AMJ{}" s="1"/>'), same(), False
    yield "LibreOffice 重复的空行", _after(_rows(range(300_001, 300_021))), same(), False
    yield "第 65536 行", _after('<row r="65536"><c r="IV65536" s="1"/></row>'), same(), False
    yield "整列样式", _columns('<col min="1" max="16384" width="9" style="1"/>'), same(), False
    yield "几列样式到底", _columns('<col min="8" max="16384" width="9" style="1"/>'), same(), False
    yield (
        "空格里没有值的 t",
        _after(last.format("", '<c r="A1048576" s="1" t="s"/><c r="B1048576" t="n"><v/></c>')),
        same(),
        False,
    )
    yield (
        "空字符串",
        _after(last.format("", '<c r="A1048576" t="inlineStr"><is><t></t></is></c>')),
        same(),
        False,
    )
    yield (
        "只有空白的字符串",
        _after(
            last.format(
                "", '<c r="A1048576" t="inlineStr"><is><t xml:space="preserve">  </t></is></c>'
            )
        ),
        unharmed(),
        False,
    )
    yield "远处合并的空格", _merged("A1048570:XFD1048576"), unharmed(), False
    yield "多一万行空格", _after(_rows(range(20_001, 30_001))), same(), False
    yield "多三万行空格到底", _after(_rows(range(1_018_577, 1_048_577))), same(), False
    yield "多两百行各一千格", _after(_rows(range(5_001, 5_201), 1_000)), same(), False
    far = '<c r="{}" t="inlineStr"><is><t>有内容</t></is></c>'
    yield "最后一行有内容", _after(last.format("", far.format("A1048576"))), doubted(), False
    yield "XFD 有内容", _in_first(far.replace("{}", "XFD{}")), doubted(), False
    yield "XFD 有数字", _in_first('<c r="XFD{}"><v>5</v></c>'), doubted(), False
    yield (
        "第三十万行有内容",
        _after(f'<row r="300000">{far.format("C300000")}</row>'),
        doubted(),
        False,
    )
    yield (
        "最后一行有公式",
        _after(last.format("", '<c r="A1048576"><f>SUM(A1:A9)</f><v>0</v></c>')),
        unharmed(),
        False,
    )
    yield (
        "超过最后一行",
        _after('<row r="1048577"><c r="A1048577" s="1"/></row>'),
        unharmed(),
        False,
    )
    yield "超过最后一列", _in_first('<c r="XFE{}" s="1"/>'), unharmed(), False


def _after(rows: str) -> Change:
    """Add rows at the end."""
    return lambda xml: xml.replace(b"</sheetData>", rows.encode() + b"</sheetData>", 1)


def _in_first(cell: str) -> Change:
    def change(xml: bytes) -> bytes:
        row = re.search(rb'<row r="([0-9]+)"[^>]*[^/]>', xml)
        assert row
        end = xml.index(b"</row>", row.start())
        return xml[:end] + cell.format(int(row[1])).encode() + xml[end:]

    return change


def _in_every(cell: str) -> Change:
    def change(xml: bytes) -> bytes:
        pieces = re.split(rb'(?=<row r=")', xml)
        for at, piece in enumerate(pieces):
            row = re.match(rb'<row r="([0-9]+)"', piece)
            if row and b"</row>" in piece:
                said = cell.format(int(row[1])).encode() + b"</row>"
                pieces[at] = piece.replace(b"</row>", said, 1)
        return b"".join(pieces)

    return change


def _columns(column: str) -> Change:
    def change(xml: bytes) -> bytes:
        bare = re.sub(rb"<cols>.*?</cols>", b"", xml)
        return bare.replace(b"<sheetData>", f"<cols>{column}</cols><sheetData>".encode(), 1)

    return change


def _merged(ref: str) -> Change:
    def change(xml: bytes) -> bytes:
        said = f'<mergeCell ref="{ref}"/>'.encode()
        if b"</mergeCells>" in xml:
            return xml.replace(b"</mergeCells>", said + b"</mergeCells>", 1)
        return xml.replace(
            b"</sheetData>", b'</sheetData><mergeCells count="1">' + said + b"</mergeCells>", 1
        )

    return change


def _rows(numbers: range, width: int = 3) -> str:
    from xlpy.model.grid import column_letters

    letters = [column_letters(column) for column in range(width)]
    return "".join(
        f'<row r="{row}">' + "".join(f'<c r="{at}{row}" s="1"/>' for at in letters) + "</row>"
        for row in numbers
    )
