"""A3, A4: digits that went through a number, unseen signs, formulas that reach outside (暗字符)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tests.hostile import honest
from tests.hostile.case import (
    ANY,
    Case,
    Either,
    Outcome,
    advised,
    same,
    told,
    unharmed,
    warned,
    wrong,
)
from tests.hostile.honest import (
    ACCOUNT,
    ACCOUNT_NAME,
    CODE,
    FIRMS,
    INCOME,
    LOAN,
    NAME,
    OPERATOR,
    PHONE,
    PROOF,
    REMARK,
    TITLE,
    Spot,
)
from tests.kit.taken_apart import TYPES, WORKBOOK, TakenApart

_UNSEEN = {
    "零宽空格": "\u200b", "零宽连字": "\u200d", "左至右": "\u200e", "右至左覆盖": "\u202e",
    "左至右嵌入": "\u202a", "隔离": "\u2066", "隔离结束": "\u2069", "词连接": "\u2060",
    "不可见乘": "\u2062", "字节序标记": "\ufeff", "软连字符": "\u00ad", "蒙古元音分隔": "\u180e",
    "字素连接": "\u034f", "韩文填充": "\u3164", "半角韩文填充": "\uffa0", "初声填充": "\u115f",
    "盲文空白": "\u2800", "异体选择": "\ufe0f", "异体选择补充": "\U000e0100", "标签": "\U000e0041",
    "语言标签": "\U000e0001", "下一行": "\x85", "控制序列引入": "\x9b", "行分隔": "\u2028",
    "段分隔": "\u2029", "换行": "\n", "制表": "\t", "注释锚": "\ufff9", "阿拉伯字母标记": "\u061c",
}  # fmt: skip
_ESCAPED = {"响铃": "_x0007_", "转义": "_x001B_", "退格": "_x0008_", "删除": "_x007F_"}
_PLACES = {"名称": NAME, "户名": ACCOUNT_NAME, "账号": ACCOUNT}
_LIKE_BLANKS = (
    "韩文填充",
    "半角韩文填充",
    "盲文空白",
    "制表",
    "换行",
    "行分隔",
    "段分隔",
    "下一行",
)
_LABELS = {
    NAME: "平台名称", ACCOUNT_NAME: "开户名称", ACCOUNT: "银行账号", CODE: "统一社会信用代码",
    PHONE: "联系电话", OPERATOR: "运营单位",
}  # fmt: skip
_MOVING = {
    "外部工作簿": "[1]S!A1", "外部工作簿名": "'[别的.xlsx]表'!A1", "外部路径": "'C:\\[x.xlsx]S'!A1",
    "DDE": "Excel|'C:\\x'!A1", "DDE 命令": "cmd|'/c calc'!A0", "TODAY": "TODAY()-44000",
    "NOW": "INT(NOW())", "RAND": "RAND()*1000", "RANDBETWEEN": "RANDBETWEEN(1,9)",
    "WEBSERVICE": "WEBSERVICE(&quot;http://example.invalid&quot;)", "INDIRECT": "INDIRECT(&quot;A1&quot;)",
    "OFFSET": "OFFSET(A1,1,1)", "小写": "today()-44000", "空格": "TODAY ()", "RTD": "RTD(&quot;a&quot;,,&quot;b&quot;)",
    "CALL": "CALL(&quot;k&quot;,&quot;b&quot;,&quot;J&quot;)", "数组": "_xlfn.RANDARRAY(1)",
    "CELL": "CELL(&quot;row&quot;)", "INFO": "INFO(&quot;directory&quot;)", "嵌套": "SUM(1,IF(TRUE,NOW(),2))",
    "外部名称": "[1]!总额", "CUBE": "CUBEVALUE(&quot;a&quot;,&quot;b&quot;)",
}  # fmt: skip
_STILL = {
    "求和": "SUM(C21:C22)", "字符串里的 TODAY": "LEN(&quot;TODAY()&quot;)", "表名像函数": "'NOW()'!A1",
    "名称像函数": "TODAYS+1", "本簿引用": "附件3!L13", "结构引用": "SUM(表1[金额])", "四舍五入": "ROUND(317.44,1)",
    "字符串里的方括号": "LEN(&quot;[1]S!A1&quot;)",
}  # fmt: skip


def cases() -> Iterator[Case]:
    """Yield digits, unseen signs, formulas, and what a workbook carries."""
    yield from _digits()
    for sign, text in {**_UNSEEN, **_ESCAPED}.items():
        for place, spot in _PLACES.items():
            yield _typed("A3", f"{place}中间有{sign}", spot, text, _unseen(spot, sign))
    for sign in ("零宽空格", "右至左覆盖", "标签", "控制序列引入", "换行"):
        text = _UNSEEN[sign]
        for place, spot in (("代码", CODE), ("电话", PHONE), ("运营单位", OPERATOR)):
            yield _typed("A3", f"{place}中间有{sign}", spot, text, _unseen(spot, sign))
    yield from _formulas()
    yield from _carried()


def _unseen(spot: Spot, sign: str) -> Outcome:
    """The sign is left out, or told of; one that looks like a blank may become one."""
    known = honest.text_of(spot)
    values = Either((known, f"{known[:4]} {known[4:]}"))
    shown = {_LABELS[spot]: values} if sign in _LIKE_BLANKS else {}
    return Outcome(ways=("read", "told", "refused"), values=shown)


def _typed(item: str, name: str, spot: Spot, sign: str, outcome: Outcome) -> Case:
    known = honest.text_of(spot)

    def make() -> TakenApart:
        parts = honest.filing()
        parts.text(*spot, known[:4] + sign.replace("\n", "&#10;") + known[4:])
        return parts

    return Case(item=item, name=name, make=make, outcome=outcome)


def _digits() -> Iterator[Case]:
    label = "银行账号"
    for text, outcome in (
        ("1302030109100120000", warned(ACCOUNT, **{label: "1302030109100120000"})),
        ("130203010910012000", warned(ACCOUNT, **{label: "130203010910012000"})),
        ("6222021302030109000", same(**{label: "6222021302030109000"})),
        ("1.30203010910012E+18", told(ACCOUNT)),
        ("1.3E18", told(ACCOUNT)),
        ("1302030109100123456", same()),
        ("130203010910012", same(**{label: "130203010910012"})),
        ("1302 0301 0910 0123 456", advised(ACCOUNT)),
        ("１３０２０３０１０９１００１２３４５６", advised(ACCOUNT)),
        ("1302030109100123456.0", told(ACCOUNT)),
        ("1302030109100123O56", told(ACCOUNT)),
        ("", wrong(ACCOUNT, "C301")),
    ):

        def make(text: str = text) -> TakenApart:
            parts = honest.filing()
            parts.text(*ACCOUNT, text)
            return parts

        yield Case(item="A3", name=f"账号写作 {text!r}", make=make, outcome=outcome)
    for spot, number in (
        (ACCOUNT, "1302030109100123456"),
        (ACCOUNT, "1.302E+18"),
        (CODE, "9.1E17"),
    ):
        yield Case(
            item="A3",
            name=f"{spot[1]} 存成数字 {number}",
            make=partial(_number, spot, number),
            outcome=wrong(spot, "C314"),
        )
    for text in (
        "913403OOMA20000007",
        "91340300MA2000000７",
        "91340300MA2000000",
        "９１３４０３００",
    ):
        ok = text == "91340300MA2000000７"
        yield Case(
            item="B7",
            name=f"信用代码 {text}",
            make=partial(_text, CODE, text),
            outcome=advised(CODE) if ok else told(CODE),
        )


def _formulas() -> Iterator[Case]:
    for name, formula in _MOVING.items():
        yield Case(
            item="A4",
            name=f"收入 {name}",
            make=partial(_formula, INCOME, formula, honest.number_of(INCOME)),
            outcome=warned(INCOME),
        )
    for name, formula in _STILL.items():
        yield Case(
            item="A4",
            name=f"收入 {name}（不动）",
            make=partial(_formula, INCOME, formula, honest.number_of(INCOME)),
            outcome=same(),
        )
    for spot, value in ((LOAN, "5413"), (FIRMS, honest.number_of(FIRMS))):
        for name in ("外部工作簿", "TODAY", "INDIRECT", "DDE 命令"):
            yield Case(
                item="A4",
                name=f"{spot[1]} {name}",
                make=partial(_formula, spot, _MOVING[name], value),
                outcome=warned(spot),
            )
    for spot in (PROOF, REMARK, TITLE, NAME):
        yield Case(
            item="B7",
            name=f"单元格图片 DISPIMG {'!'.join(spot)}",
            make=partial(_picture, spot),
            outcome=told(spot) if spot != REMARK else unharmed(),
        )


def _carried() -> Iterator[Case]:
    macro = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

    def related(kind: str, part: str, body: bytes, *, of_sheet: bool = False) -> TakenApart:
        parts = honest.filing()
        parts.parts[part] = body
        target = part.removeprefix("xl/")
        if of_sheet:
            links = parts.sheet("附件1").replace("worksheets/", "worksheets/_rels/") + ".rels"
            parts.parts[links] = _links(f"{_RELATIONS}/{kind}", f"../{target}")
        else:
            parts.relate(kind, target)
        return parts

    def macros() -> TakenApart:
        parts = related("vbaProject", "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Attribute VB_Name")
        parts.change(TYPES, main, macro)
        return parts

    def macro_sheet() -> TakenApart:
        parts = honest.filing()
        parts.parts["xl/macrosheets/sheet1.xml"] = (
            b'<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
            b"</xm:macrosheet>"
        )
        parts.relate("xlMacrosheet", "macrosheets/sheet1.xml")
        parts.change(
            "xl/_rels/workbook.xml.rels",
            f"{_RELATIONS}/xlMacrosheet",
            "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet",
        )
        sheet = '<sheet name="Macro1" sheetId="99" state="veryHidden" r:id="rIdMore"/></sheets>'
        parts.change(WORKBOOK, "</sheets>", sheet)
        return parts

    link = (
        b'<externalLink xmlns="%s"/>' % b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    )
    for name, make in {
        "宏": macros,
        "XLM 宏表": macro_sheet,
        "外部链接": partial(related, "externalLink", "xl/externalLinks/externalLink1.xml", link),
        "数据连接": partial(related, "connections", "xl/connections.xml", b"<connections/>"),
        "嵌入的 OLE": partial(
            related, "oleObject", "xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0", of_sheet=True
        ),
        "嵌入的工作簿": partial(
            related, "package", "xl/embeddings/Book1.xlsx", b"PK\x03\x04", of_sheet=True
        ),
        "ActiveX 控件": partial(
            related, "control", "xl/activeX/activeX1.xml", b"<ocx/>", of_sheet=True
        ),
    }.items():
        yield Case(item="A4", name=f"带有{name}", make=make, outcome=warned((ANY, ANY)))


def _number(spot: Spot, number: str) -> TakenApart:
    parts = honest.filing()
    parts.number(*spot, number)
    return parts


def _text(spot: Spot, text: str) -> TakenApart:
    parts = honest.filing()
    parts.text(*spot, text)
    return parts


def _formula(spot: Spot, formula: str, value: str) -> TakenApart:
    parts = honest.filing()
    parts.formula(*spot, formula, value)
    return parts


def _picture(spot: Spot) -> TakenApart:
    parts = honest.filing()
    call = "DISPIMG(&quot;ID_8A3F&quot;,1)"
    parts.put(*spot, f' t="str"><f>_xlfn.{call}</f><v>={call}</v></c>')
    parts.parts["xl/media/image1.png"] = b"\x89PNG\r\n\x1a\n"
    parts.parts["xl/cellimages.xml"] = (
        b'<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>'
    )
    return parts


_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _links(kind: str, target: str) -> bytes:
    """Return the relations of a sheet: one."""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId77" Type="{kind}" Target="{target}"/></Relationships>'
    ).encode()
