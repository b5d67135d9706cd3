"""B6: texts and shared strings spelt otherwise (文字的写法)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from tests.hostile import honest
from tests.hostile.case import Case, Outcome, doubted, same, unharmed
from tests.hostile.honest import (
    LEDGER,
    NAME,
    PROFILE,
    REMARK,
)
from tests.hostile.kinds.changes import (
    Change,
    changed,
    in_workbook,
    on_sheet,
)
from tests.kit.taken_apart import (
    MAIN,
    STRINGS,
    TakenApart,
)


def cases() -> Iterator[Case]:
    """Yield spellings of texts, and texts that look like markup."""
    for name, change, outcome in (*_texts(), *_words()):
        yield Case(item="B6", name=name, make=partial(changed, change), outcome=outcome)


def _texts() -> Iterator[tuple[str, Change, Outcome]]:
    name = honest.text_of(NAME)
    half, rest = name[:4], name[4:]
    for what, inside, outcome in (
        ("内嵌", f' t="inlineStr"><is><t>{name}</t></is></c>', same()),
        ("内嵌富文本", f' t="inlineStr"><is><r><t>{half}</t></r><r><t>{rest}</t></r></is></c>', same()),
        ("str", f' t="str"><v>{name}</v></c>', same()),
        ("CDATA", f' t="str"><v><![CDATA[{name}]]></v></c>', same()),
        ("一半 CDATA", f' t="str"><v>{half}<![CDATA[{rest}]]></v></c>', same()),
        ("内嵌 CDATA", f' t="inlineStr"><is><t><![CDATA[{name}]]></t></is></c>', same()),
        ("注释夹在中间", f' t="inlineStr"><is><t>{half}<!-- x -->{rest}</t></is></c>', same()),
        ("处理指令夹在中间", f' t="inlineStr"><is><t>{half}<?x y?>{rest}</t></is></c>', same()),
        ("字符引用", f' t="inlineStr"><is><t>&#{ord(name[0])};{name[1:]}</t></is></c>', same()),
        ("十六进制引用", f' t="inlineStr"><is><t>&#x{ord(name[0]):X};{name[1:]}</t></is></c>', same()),
        ("小写十六进制引用", f' t="inlineStr"><is><t>&#x{ord(name[0]):x};{name[1:]}</t></is></c>', same()),
        ("拼音", f' t="inlineStr"><is><t>{name}</t><rPh sb="0" eb="1"><t>zhu</t></rPh>'
         "<phoneticPr fontId=\"1\"/></is></c>", same()),
        ("两边空白", f' t="inlineStr"><is><t xml:space="preserve">  {name}\n</t></is></c>', same()),
        ("is 和 v 不同", f' t="inlineStr"><is><t>{name}</t></is><v>别的</v></c>', doubted(NAME)),
        ("v 和 is 不同", f' t="inlineStr"><v>别的</v><is><t>{name}</t></is></c>', doubted(NAME)),
        ("str 里有 is", f' t="str"><v>{name}</v><is><t>别的</t></is></c>', doubted(NAME)),
        ("数字里有 is", "><v>5</v><is><t>别的</t></is></c>", doubted(NAME)),
        ("内嵌没有 is", ' t="inlineStr"><v>别的</v></c>', doubted(NAME)),
        ("两个 is", f' t="inlineStr"><is><t>{name}</t></is><is><t>别的</t></is></c>', doubted(NAME)),
        ("两个 t", f' t="inlineStr"><is><t>{half}</t><t>{rest}</t></is></c>', unharmed()),
        ("t 和 r 并存", f' t="inlineStr"><is><t>{half}</t><r><t>{rest}</t></r></is></c>', unharmed()),
        ("序号越界", ' t="s"><v>99999</v></c>', doubted(NAME)),
        ("序号为负", ' t="s"><v>-1</v></c>', doubted(NAME)),
        ("序号带小数", ' t="s"><v>47.5</v></c>', doubted(NAME)),
        ("序号非数字", ' t="s"><v>a</v></c>', doubted(NAME)),
        ("转义的转义", f' t="inlineStr"><is><t>{name}_x005F_x0041_</t></is></c>',
         same(平台名称=f"{name}_x0041_")),
    ):  # fmt: skip
        yield f"名称 {what}", lambda p, i=inside: p.put(*NAME, i), outcome
    index = _index(honest.filing(), NAME)
    for spelling in (
        f" {index} ",
        f"0{index}",
        f"+{index}",
        f"{index}\n",
        f"&#{ord(index[0])};{index[1:]}",
    ):
        yield (
            f"序号写作 {spelling!r}",
            lambda p, s=spelling: p.put(*NAME, f' t="s"><v>{s}</v></c>'),
            same() if spelling.strip().isdigit() and spelling[0] != "0" else unharmed(),
        )
    for what, old, new, outcome in (
        ("富文本", f"<si><t>{name}</t></si>",
         f"<si><r><rPr><b/></rPr><t>{half}</t></r><r><t>{rest}</t></r></si>", same()),
        ("拼音", f"<si><t>{name}</t></si>",
         f'<si><t>{name}</t><rPh sb="0" eb="2"><t>zhucheng</t></rPh></si>', same()),
        ("CDATA", f"<t>{name}</t>", f"<t><![CDATA[{name}]]></t>", same()),
        ("注释", f"<t>{name}</t>", f"<t>{half}<!-- 别的 -->{rest}</t>", same()),
        ("t 里有属性", f"<t>{name}</t>", f'<t xml:space="preserve" >{name}</t >', same()),
        ("就地声明命名空间", f"<si><t>{name}</t></si>",
         f'<z:si xmlns:z="{MAIN}"><z:t>{name}</z:t></z:si>', same()),
    ):  # fmt: skip
        yield f"共享字符串 {what}", lambda p, o=old, n=new: p.change(STRINGS, o, n), outcome
    for what, new, outcome in (
        ("没有计数", "<sst xmlns", same()),
        ("计数为 0", '<sst count="0" uniqueCount="0" xmlns', same()),
        ("计数偏小", '<sst count="5" uniqueCount="3" xmlns', same()),
        ("计数偏大", '<sst count="99999" uniqueCount="9999" xmlns', same()),
        ("计数极大", '<sst count="4000000000" uniqueCount="4000000000" xmlns', unharmed()),
        ("计数不是数", '<sst uniqueCount="x" xmlns', unharmed()),
        ("计数两边空白", '<sst uniqueCount=" 350 " xmlns', unharmed()),
    ):

        def change(parts: TakenApart, new: str = new) -> None:
            counts = re.compile(rb"<sst xmlns=(\"[^\"]*\")[^>]*>")
            parts.turn(STRINGS, lambda xml: counts.sub(new.encode() + rb"=\1>", xml))

        yield f"共享字符串 {what}", change, outcome


def _words() -> Iterator[tuple[str, Change, Outcome]]:
    def validation(text: str) -> Change:
        said = (
            '<dataValidations count="1"><dataValidation type="list" sqref="H1">'
            f"<formula1>{text}</formula1></dataValidation></dataValidations>"
        )

        def change(parts: TakenApart) -> None:
            parts.turn(parts.sheet(LEDGER), lambda x: re.sub(
                rb"<dataValidations.*?</dataValidations>", said.encode(), x, flags=re.DOTALL))  # fmt: skip

        return change

    yield "下拉列表里有 sheetData", validation('"sheetData,row,c"'), same()
    yield (
        "下拉列表里有标签",
        validation('"&lt;sheetData&gt;,&lt;/sheetData&gt;,&lt;row r=1&gt;"'),
        same(),
    )
    yield "下拉列表里有结束标签 CDATA", validation('<![CDATA["</sheetData>"]]>'), same()
    yield (
        "属性里有 sheetData",
        on_sheet(
            PROFILE,
            "</worksheet>",
            '<extLst><ext uri="sheetData mergeCell ref"/></extLst></worksheet>',
        ),
        same(),
    )
    yield (
        "名称里有 sheetData",
        in_workbook(
            "<definedNames>", '<definedNames><definedName name="sheetData">1</definedName>'
        ),
        same(),
    )
    yield "工作表名 sheetData", in_workbook('name="填报说明"', 'name="sheetData"'), unharmed()
    yield (
        "备注里有标签",
        lambda p: p.text(*REMARK, '&lt;sheetData&gt;&lt;row r="1"&gt;&lt;c r="A1"'),
        same(),
    )
    yield (
        "备注里有 mergeCell",
        lambda p: p.text(*REMARK, '&lt;mergeCell ref="B23:C23"/&gt;'),
        same(),
    )
    yield (
        "备注里有 AlternateContent",
        lambda p: p.text(*REMARK, "AlternateContent xmlns:a="),
        same(),
    )
    yield "备注里有等号和引号", lambda p: p.text(*REMARK, "a = b, 'c' =&gt; \"d\""), same()


def _index(parts: TakenApart, spot: tuple[str, str]) -> str:
    found = re.search(rb"<v>([0-9]+)</v>", parts.cell(*spot))
    assert found
    return found[1].decode()
