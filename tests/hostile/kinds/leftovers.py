"""B7: what people type and leave behind (习惯写法与遗留), and what goes by a wrong name."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial

from tests.hostile import honest
from tests.hostile.case import (
    ANY,
    Case,
    Outcome,
    advised,
    doubted,
    refused,
    same,
    told,
    unharmed,
    wrong,
)
from tests.hostile.honest import (
    BALLOT,
    INCOME,
    LEDGER,
    LOAN,
    PROFILE,
    RECOGNISED,
    SATISFACTION,
    SCORE,
    STAFF_COUNT,
    Spot,
)
from tests.hostile.kinds.changes import Change
from tests.kit.taken_apart import CONTENT_TYPES, LINKS, RELATIONS, WORKBOOK, TakenApart

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_MONEY = {
    "￥820.50": "820.5", "¥820.50": "820.5", ".5": "0.5", "+85": "85", "8 205.5": "8205.5",
    "8 205.5万元": "8205.5", "5000 万 元": "5000", "5000万元整": "5000", "5,000.00": "5000",
    "５０００": "5000", "５，０００．５": "5000.5", "5000万": "5000", "RMB 5000": "5000", "5000.": "5000",
    "０．５": "0.5", "¥ 5,000.00 万元": "5000", "人民币5000万元": "5000", "5 000": "5000",
}  # fmt: skip
_NEVER = (
    "约200", "十人", "100+", "无", "/", "1e3", "4亿元", "2至3", "3-5", "1.2.3", "5%", "五千", "-",
    "5000元", "TRUE", "=1+1", "1/2", "5000,00", "5,00", "--5", "5000(含税)", "5000.00.00", "∞", "N/A",
)  # fmt: skip
_DATES = (
    "2021年3月5日", "2021.3.5", "2021-3-5", "2021/3/5", "20210305", "2021年3月5号", "2021年03月05日",
    "2021年3月5日 星期五", "2021年3月5日（星期五）", "二〇二一年三月五日", "２０２１年３月５日", "2021 年 3 月 5 日",
    "2021-03-05 00:00:00", "2021－3－5", "2021。3。5", "二零二一年三月五日", "2021年3月5日星期五", "2021—3—5",
)  # fmt: skip
_NO_DATES = (
    "2021年3月", "2021", "3月5日", "2021年2月30日", "2021.13.5", "05/03/2021", "21.3.5", "2021-3-5至2021-3-6",
    "长期", "无", "2021年3月5日星期六", "三月五日", "二〇二一年十三月五日", "202135", "2021年3月5日左右",
)  # fmt: skip


def cases() -> Iterator[Case]:
    """Yield values as typed, lines below tables, further sheets, and files of other kinds."""
    for text, number in _MONEY.items():
        yield _typed(
            f"收入 {text}", INCOME, text, advised(INCOME, number, 服务收入=Decimal(number))
        )
    for text in ("￥820.50", "+85", "8 205.5"):
        yield _typed(f"融资额 {text}", LOAN, text, told())
    for text in _NEVER:
        yield _typed(f"收入 {text}", INCOME, text, wrong(INCOME))
    count = honest.number_of(STAFF_COUNT)
    for text in (f"{count} 人", f"+{count}", f"{count}人", f" {count} ", count.translate(_WIDE)):
        yield _typed(f"人员 {text!r}", STAFF_COUNT, text, advised(STAFF_COUNT, count))
    for text in ("62个", "62.5", "62家"):
        yield _typed(f"人员 {text!r}", STAFF_COUNT, text, wrong(STAFF_COUNT))
    for text in ("94.05%", "94.05％", "94.05"):
        yield _typed(
            f"满意度 {text}", SATISFACTION, text, advised(SATISFACTION, 服务满意度=Decimal("94.05"))
        )
    day = date(2021, 3, 5)
    for text in _DATES:
        yield _typed(f"日期 {text}", RECOGNISED, text, advised(RECOGNISED, 认定日期=day))
    for text in _NO_DATES:
        yield _typed(f"日期 {text}", RECOGNISED, text, told(RECOGNISED))
    for text in ("+11", ".5", "11分", "１１", "11.0"):
        outcome = same() if text not in (".5",) else Outcome(ways=("read", "told"),
                values={"91340300MA2N0ABC16 scores": _scores(Decimal("0.5"))})  # fmt: skip
        if text == "11分" or text == "+11":
            outcome = Outcome(ways=("read", "told"), spot=SCORE)
        yield Case(
            item="B7",
            name=f"分数 {text}",
            make=lambda t=text: _changed(lambda p: p.text(*SCORE, t), "ballot"),
            outcome=outcome,
            target="ballot",
        )
    yield from _lines()
    yield from _sheets()
    yield from _files()


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def _scores(first: Decimal) -> tuple[Decimal, ...]:
    _, *more = (points - 1 for points in honest.RUBRIC)
    return (first, *more)


def _typed(name: str, spot: Spot, text: str, outcome: Outcome) -> Case:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return Case(
        item="B7",
        name=name,
        make=lambda: _changed(lambda p: p.text(*spot, escaped)),
        outcome=outcome,
    )


def _changed(change: Change, base: str = "filing") -> TakenApart:
    parts: TakenApart = getattr(honest, base)()
    change(parts)
    return parts


def _line(row: int, cells: dict[str, str]) -> str:
    said = "".join(
        f'<c r="{column}{row}"><v>{value}</v></c>'
        if re.fullmatch(r"[0-9.]+", value)
        else f'<c r="{column}{row}" t="inlineStr"><is><t>{value}</t></is></c>'
        for column, value in cells.items()
    )
    return f'<row r="{row}">{said}</row>'


def _replaced_row(sheet: str, row: int, cells: dict[str, str], parts: TakenApart) -> None:
    def turned(xml: bytes) -> bytes:
        said = _line(row, cells).encode()
        found = re.search(rb'<row r="%d"[^>]*?(?:/>|>.*?</row>)' % row, xml, re.DOTALL)
        if found:
            return xml[: found.start()] + said + xml[found.end() :]
        return xml.replace(b"</sheetData>", said + b"</sheetData>", 1)

    parts.turn(parts.sheet(sheet), turned)


def _lines() -> Iterator[Case]:
    for name, cells in {
        "合计": {"B": "合计", "I": "500", "J": "900", "L": "5413"},
        "合计在序号栏": {"A": "合计", "I": "500", "J": "900"},
        "合 计": {"A": "合 计", "I": "500"},
        "小计": {"C": "小计", "L": "5413"},
        "总计": {"C": "总计：", "L": "5413"},
        "填表人": {"A": "填表人：张三", "F": "审核人：李四", "J": "日期：2023年1月5日"},
        "填表人在第二栏": {"B": "填表人：张三"},
        "单位盖章": {"B": "单位（盖章）：", "J": "2023年1月"},
        "说明": {"B": "注：以上活动均有签到表"},
    }.items():
        for row in (18, 20):
            yield Case(
                item="B7",
                name=f"台账第{row}行 {name}",
                make=lambda c=cells, r=row: _changed(partial(_replaced_row, LEDGER, r, c)),
                outcome=Outcome(ways=("told",), spot=(LEDGER, ANY)),
            )
    for name, cells in {
        "平均分": {"B": "平均分", "E": "11", "F": "10.5"},
        "合计": {"A": "合计", "E": "22"},
        "专家签名": {"A": "专家签名：张三", "J": "2023年6月30日"},
    }.items():
        yield Case(
            item="B7",
            name=f"评分表下 {name}",
            make=lambda c=cells: _changed(partial(_replaced_row, BALLOT, 7, c), "ballot"),
            outcome=told((BALLOT, ANY)),
            target="ballot",
        )


def _sheets() -> Iterator[Case]:
    def added(
        name: str, body: Callable[[bytes], bytes], parts: TakenApart, of: str = LEDGER
    ) -> None:
        part = "xl/worksheets/sheet77.xml"
        parts.parts[part] = body(parts.parts[parts.sheet(of)])
        parts.relate("worksheet", "worksheets/sheet77.xml", id="rId77")
        parts.declare(
            part, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
        )
        said = f'<sheet name="{name}" sheetId="77" r:id="rId77"/></sheets>'
        parts.change(WORKBOOK, "</sheets>", said)

    def as_is(xml: bytes) -> bytes:
        return xml

    def empty(xml: bytes) -> bytes:
        return re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", xml, flags=re.DOTALL)

    def notes(xml: bytes) -> bytes:
        said = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>草稿</t></is></c></row></sheetData>'
        return re.sub(rb"<sheetData>.*</sheetData>", said.encode(), xml, flags=re.DOTALL)

    for name in (
        "附件3 (2)",
        "附件3(2)",
        "附件3续",
        "附件3（续）",
        "附件3-2",
        "附件3续表",
        "台账续",
        "Sheet1",
        "副本附件3",
    ):
        yield Case(
            item="B7",
            name=f"又一张台账 {name}",
            make=lambda n=name: _changed(partial(added, n, as_is)),
            outcome=told(),
        )
    for name, of in (("附件1 (2)", PROFILE), ("附件4 (2)", "附件4"), ("附件2续", "附件2")):
        yield Case(
            item="B7",
            name=f"又一张 {name}",
            make=lambda n=name, o=of: _changed(partial(added, n, as_is, of=o)),
            outcome=told(),
        )
    for name in ("Sheet1", "Sheet2", "备用", "附件5", "WpsReserved_CellImgList"):
        yield Case(
            item="B7",
            name=f"多一张空表 {name}",
            make=lambda n=name: _changed(partial(added, n, empty)),
            outcome=same(),
        )
    yield Case(
        item="B7",
        name="多一张草稿",
        make=lambda: _changed(partial(added, "草稿", notes)),
        outcome=unharmed(),
    )
    yield Case(
        item="B7",
        name="附件３全角又一张",
        make=lambda: _changed(partial(added, "附件３", as_is)),
        outcome=doubted(),
    )
    yield Case(
        item="B7",
        name="图表工作表",
        make=_with_chart_sheet,
        outcome=same(),
    )
    for mark, name in (("附件3", "台账"), ("附件1", "基本情况"), ("附件4", "附件4 ")):
        yield Case(
            item="B7",
            name=f"{mark} 改名 {name!r}",
            make=lambda m=mark, n=name: _changed(
                lambda p: p.change(WORKBOOK, f'name="{m}"', f'name="{n}"')
            ),
            outcome=told() if name.strip() != mark else unharmed(),
        )


def _with_chart_sheet() -> TakenApart:
    parts = honest.filing()
    parts.parts["xl/chartsheets/sheet1.xml"] = b"<chartsheet/>"
    parts.change(
        LINKS,
        "</Relationships>",
        f'<Relationship Id="rId88" Type="{RELATIONS}/chartsheet" Target="chartsheets/sheet1.xml"/>'
        "</Relationships>",
    )
    parts.change(WORKBOOK, "</sheets>", '<sheet name="图表1" sheetId="88" r:id="rId88"/></sheets>')
    return parts


def _files() -> Iterator[Case]:
    good = honest.filing().zipped()
    csv = "平台名称,甲平台\r\n运营单位,某公司\r\n"
    docx = _zip({"[Content_Types].xml": "<Types/>", "word/document.xml": "<d/>"})
    for name, raw, file, outcome in (
        ("亿赛通头", b"%TSD-Header-###%" + good[:4000], "甲.xlsx", _protected()),
        ("亿赛通头，空文件", b"%TSD-Header-###%", "甲.xlsx", _protected()),
        ("E-SafeNet 头", b"b\x14#e" + b"E-SafeNet   LOCK" + good[:4000], "甲.xlsx", _protected()),
        ("未知加密头", b"\x62\x14\x23\x65" + good[:4000], "甲.xlsx", refused(unlike=("old_xls",))),
        ("密码加密", _OLE + "EncryptedPackage".encode("utf-16-le"), "甲.xlsx", refused("encrypted")),
        ("权限管理加密", _OLE + "\x06DataSpaces".encode("utf-16-le") + "DRMEncryptedDataSpace".encode("utf-16-le"),
         "甲.xlsx", refused(unlike=("old_xls", "damaged"))),
        ("旧版 xls 改名", _OLE + "Workbook".encode("utf-16-le"), "甲.xlsx", refused("old_xls")),
        ("Word 97 改名", _OLE + "WordDocument".encode("utf-16-le"), "甲.xlsx", refused("other_office")),
        ("csv 改名", csv.encode("gbk"), "甲.xlsx", refused("text")),
        ("csv 改名 UTF-8", b"\xef\xbb\xbf" + csv.encode(), "甲.xlsx", refused("text")),
        ("csv 改名 UTF-16", b"\xff\xfe" + csv.encode("utf-16-le"), "甲.xlsx", refused("text")),
        ("制表符文本改名", csv.replace(",", "\t").encode("gbk"), "甲.xlsx", refused("text")),
        ("网页改名", b"<html><table><tr><td>1</td></tr></table></html>", "甲.xlsx", refused("text", "webpage")),
        ("XML 表格 2003 改名", b"<?xml version='1.0'?><Workbook/>", "甲.xlsx", refused("text", "xml_sheet")),
        ("JSON 改名", b'{"name": "x"}', "甲.xlsx", refused("text")),
        ("docx 改名", docx, "甲.xlsx", refused("other_office")),
        ("pptx 改名", _zip({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": ""}), "甲.xlsx",
         refused("other_office")),
        ("docx 里嵌了工作簿", _zip({"[Content_Types].xml": f'<Types xmlns="{CONTENT_TYPES}"/>', "_rels/.rels": _rels("word/document.xml"),
         "word/document.xml": "<d/>", "word/embeddings/xl/workbook.xml": "<w/>"}), "甲.xlsx",
         refused("other_office", "odd_parts")),
        ("ods 改名", _zip({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
         "甲.xlsx", refused("ods")),
        ("xlsb 改名", _zip({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": "x"}), "甲.xlsx", refused("xlsb")),
        ("PDF 改名", b"%PDF-1.7\n", "甲.xlsx", refused("pdf")),
        ("PDF 前有空行", b"\n%PDF-1.7\n", "甲.xlsx", unharmed()),
        ("图片改名", b"\x89PNG\r\n\x1a\n", "甲.xlsx", refused("picture")),
        ("HEIC 改名", b"\x00\x00\x00\x18ftypheic", "甲.xlsx", refused()),
        ("压缩包里有表", _zip({"甲.xlsx": good.decode("latin-1")}), "甲.zip", refused("archive")),
        ("压缩包改名", _zip({"甲.xlsx": "x"}), "甲.xlsx", refused("archive")),
        ("rar 改名", b"Rar!\x1a\x07\x00", "甲.xlsx", refused("archive")),
        ("7z 改名", b"7z\xbc\xaf\x27\x1c", "甲.xlsx", refused("archive")),
        ("gzip 改名", b"\x1f\x8b\x08", "甲.xlsx", refused("archive", "damaged", "truncated")),
        ("空文件", b"", "甲.xlsx", refused("empty")),
        ("一个字节", b"P", "甲.xlsx", refused()),
        ("全是零", bytes(5000), "甲.xlsx", refused(unlike=("text",))),
        ("随机字节", bytes(range(256)) * 9, "甲.xlsx", refused()),
        ("快捷方式", b"L\x00\x00\x00\x01\x14\x02\x00", "甲.xlsx.lnk", refused(unlike=("damaged",))),
        ("网址", b"[InternetShortcut]\r\nURL=http://x", "甲.url", refused(unlike=("damaged",))),
        ("iCloud 占位", b"bplist00", ".甲.xlsx.icloud", refused(unlike=("damaged",))),
        ("WPS et 改名", _OLE + "Workbook".encode("utf-16-le"), "甲.et", refused("wps")),
        ("Office 锁定文件", b"user", "~$甲.xlsx", refused("lock")),
        ("LibreOffice 锁定文件", b",user", ".~lock.甲.xlsx#", refused("lock")),
        ("Mac 附属文件", b"\x00\x05\x16\x07", "._甲.xlsx", refused("system")),
        ("大写后缀", good, "甲.XLSX", same()),
        ("没有后缀", good, "甲", refused("suffix")),
        ("备份后缀", good, "甲.xlsx.bak", refused("suffix")),
        ("模板后缀", good, "甲.xltx", refused("suffix")),
        ("xlsm 后缀", good, "甲.xlsm", same()),
        ("下载没完", good[: len(good) // 2], "甲.xlsx.crdownload", refused()),
    ):  # fmt: skip
        yield Case(
            item="B7", name=f"文件 {name}", make=partial(_raw, raw), outcome=outcome, file=file
        )


def _protected() -> Outcome:
    """A document-protection program has it: a sentence of its own, no other kind."""
    return refused(unlike=("damaged", "unknown", "text", "old_xls", "archive"))


def _raw(raw: bytes) -> bytes:
    return raw


def _rels(target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r" Type="{RELATIONS}/officeDocument" Target="{target}"/></Relationships>'
    )


def _zip(members: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, body in members.items():
            package.writestr(zipfile.ZipInfo(name), body.encode("latin-1", "replace"))
    return stream.getvalue()
