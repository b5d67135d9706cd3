"""B6: encodings, names of parts and relations (编码、部件名、关系)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from tests.hostile import honest
from tests.hostile.case import Case, Outcome, doubted, same, unharmed
from tests.hostile.honest import (
    NAME,
    PROFILE,
)
from tests.hostile.kinds.changes import (
    Change,
    changed,
    in_links,
    in_workbook,
)
from tests.kit.taken_apart import (
    LINKS,
    RELATIONS,
    ROOT,
    STRINGS,
    STYLES,
    TYPES,
    WORKBOOK,
    TakenApart,
)


def cases() -> Iterator[Case]:
    """Yield encodings, parts by other names, and decoys at the usual ones."""
    for name, change, outcome in (*_encodings(), *_parts()):
        yield Case(item="B6", name=name, make=partial(changed, change), outcome=outcome)


def _encodings() -> Iterator[tuple[str, Change, Outcome]]:
    def encoded(name: str, codec: str, declared: str, mark: bytes = b"") -> Change:
        def change(parts: TakenApart) -> None:
            part = name if name in parts.parts else parts.sheet(name)
            text = parts.parts[part].decode()
            text = re.sub(r"<\?xml[^>]*\?>", declared, text, count=1)
            parts.parts[part] = mark + text.encode(codec, errors="xmlcharrefreplace")

        return change

    said = '<?xml version="1.0" encoding="{}"?>'
    for name in (PROFILE, STRINGS, WORKBOOK, STYLES, LINKS):
        for codec, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
            yield f"编码 {name} {codec}", encoded(name, codec, said.format("UTF-16"), mark), same()
    yield "编码 UTF-16 没有声明", encoded(PROFILE, "utf-16-le", "", b"\xff\xfe"), same()
    yield (
        "编码 UTF-16LE 没有字节序标记",
        encoded(PROFILE, "utf-16-le", said.format("UTF-16LE")),
        unharmed(),
    )
    yield (
        "编码 UTF-8 带标记",
        encoded(PROFILE, "utf-8", said.format("UTF-8"), b"\xef\xbb\xbf"),
        same(),
    )
    yield "编码 共享字符串带标记", encoded(STRINGS, "utf-8", "", b"\xef\xbb\xbf"), same()
    yield "编码 工作簿带标记", encoded(WORKBOOK, "utf-8", "", b"\xef\xbb\xbf"), same()
    yield "编码 关系带标记", encoded(LINKS, "utf-8", "", b"\xef\xbb\xbf"), same()
    yield "编码 声明 utf8", encoded(PROFILE, "utf-8", said.format("utf8")), unharmed()
    yield "编码 声明 US-ASCII", encoded(STRINGS, "ascii", said.format("US-ASCII")), same()
    yield "编码 GB18030", encoded(STRINGS, "gb18030", said.format("GB18030")), unharmed()
    yield "编码 GBK 没有声明", encoded(STRINGS, "gbk", ""), doubted()
    yield "编码 ISO-8859-1", encoded(STRINGS, "latin-1", said.format("ISO-8859-1")), unharmed()
    yield "编码 UTF-7", encoded(STRINGS, "utf-7", said.format("UTF-7")), doubted()
    yield "编码 UTF-32", encoded(STRINGS, "utf-32", said.format("UTF-32")), unharmed()
    yield "编码 说 UTF-16 实为 UTF-8", encoded(STRINGS, "utf-8", said.format("UTF-16")), doubted()
    yield (
        "编码 说 UTF-8 实为 UTF-16",
        encoded(STRINGS, "utf-16-le", said.format("UTF-8"), b"\xff\xfe"),
        unharmed(),
    )


def _parts() -> Iterator[tuple[str, Change, Outcome]]:
    one = "worksheets/sheet2.xml"

    def moved(part: str, name: str, *said: tuple[str, str, str]) -> Change:
        def change(parts: TakenApart) -> None:
            parts.rename(part, name)
            for where, old, new in said:
                parts.change(where, old, new)
            parts.change(TYPES, f"/{part}", f"/{name}")

        return change

    def book(name: str) -> Change:
        folder, _, last = name.rpartition("/")
        links = f"{folder}/_rels/{last}.rels".removeprefix("/")

        def change(parts: TakenApart) -> None:
            parts.rename(WORKBOOK, name)
            parts.rename(LINKS, links)
            parts.change(ROOT, WORKBOOK, name)
            parts.change(TYPES, f"/{WORKBOOK}", f"/{name}")
            if folder != "xl":
                parts.change(
                    LINKS if LINKS in parts.parts else links, 'Target="', 'Target="/xl/', count=-1
                )

        return change

    yield "部件 workbook22.xml", book("xl/workbook22.xml"), same()
    yield "部件 根目录的 workbook.xml", book("workbook.xml"), same()
    yield "部件 book/main.xml", book("book/main.xml"), same()
    yield "部件 中文名", book("xl/工作簿.xml"), unharmed()
    for target in (
        "../xl/" + one,
        "/xl/" + one,
        "./" + one,
        "worksheets/../" + one,
        "worksheets//sheet2.xml",
    ):
        outcome = unharmed() if "//" in target else same()
        yield f"关系 {target}", in_links(f'Target="{one}"', f'Target="{target}"'), outcome
    for target in (
        "worksheets\\sheet2.xml",
        "Worksheets/Sheet2.XML",
        "worksheets/sheet%32.xml",
        f" {one} ",
    ):
        yield f"关系 {target!r}", in_links(f'Target="{one}"', f'Target="{target}"'), unharmed()
    yield (
        "关系 指向网址",
        in_links(f'Target="{one}"', 'Target="http://example.invalid/a.xml"'),
        doubted(),
    )
    yield (
        "关系 外部",
        in_links(f'Target="{one}"', f'TargetMode="External" Target="{one}"'),
        doubted(),
    )
    yield (
        "关系 出文件夹",
        in_links(f'Target="{one}"', 'Target="../../xl/worksheets/sheet2.xml"'),
        unharmed(),
    )
    yield (
        "关系 指向没有的部件",
        in_links(f'Target="{one}"', 'Target="worksheets/none.xml"'),
        doubted(),
    )
    yield "关系 指向自己", in_links(f'Target="{one}"', 'Target="workbook.xml"'), doubted()
    yield (
        "关系 内部方式写明",
        in_links(f'Target="{one}"', f'TargetMode="Internal" Target="{one}"'),
        same(),
    )
    sheet = moved("xl/" + one, "xl/worksheets/附件一.xml", (LINKS, one, "worksheets/附件一.xml"))
    yield "部件 中文名的工作表", sheet, same()
    for what, part, name in (
        ("共享字符串", STRINGS, "sharedStrings2.xml"),
        ("样式", STYLES, "styles2.xml"),
        ("样式在子文件夹", STYLES, "styles/styles.xml"),
        ("共享字符串在根", STRINGS, "../strings.xml"),
    ):
        real = ("xl/" + name).replace("xl/../", "")
        last = part.removeprefix("xl/")
        yield f"部件 {what}改名", moved(part, real, (LINKS, f'"{last}"', f'"{name}"')), same()

    def decoy(part: str, name: str, how: Callable[[bytes], bytes]) -> Change:
        rename = moved(part, f"xl/{name}", (LINKS, f'"{part[3:]}"', f'"{name}"'))

        def change(parts: TakenApart) -> None:
            fake = how(parts.parts[part])
            rename(parts)
            parts.parts[part] = fake

        return change

    swapped = honest.text_of(NAME).encode()
    yield "诱饵 共享字符串", decoy(STRINGS, "sharedStrings2.xml",
                           lambda x: x.replace(swapped, "别的平台".encode())), unharmed()  # fmt: skip
    yield "诱饵 工作表", decoy("xl/" + one, "worksheets/real.xml",
                        lambda x: x.replace(b"436.25", b"9")), unharmed()  # fmt: skip
    yield (
        "诱饵 样式",
        decoy(STYLES, "styles2.xml", lambda x: x.replace(b"#,##0", b"0%")),
        unharmed(),
    )

    def second_book(parts: TakenApart) -> None:
        book("xl/workbook22.xml")(parts)
        parts.parts[WORKBOOK] = parts.parts["xl/workbook22.xml"].replace(
            b"<workbookPr ", b'<workbookPr date1904="1" '
        )

    yield "诱饵 工作簿", second_book, unharmed()

    def unlinked(kind: str) -> Change:
        def change(parts: TakenApart) -> None:
            pattern = rb'<Relationship Id="[^"]*" Type="[^"]*/%s"[^>]*/>' % kind.encode()
            parts.turn(LINKS, lambda xml: re.sub(pattern, b"", xml))

        return change

    yield "没有指向共享字符串", unlinked("sharedStrings"), doubted()
    yield "没有指向样式", unlinked("styles"), doubted()
    yield (
        "两个样式关系",
        lambda p: p.relate("styles", "theme/theme1.xml"),
        doubted(),
    )
    yield (
        "两个主部件关系",
        lambda p: p.change(
            ROOT,
            "</Relationships>",
            f'<Relationship Id="z" Type="{RELATIONS}/officeDocument" Target="xl/theme/theme1.xml"/>'
            "</Relationships>",
        ),
        doubted(),
    )
    yield "关系编号重复", lambda p: p.relate("worksheet", one, id="rId3"), doubted()
    yield "没读的表 r:id 为空", in_workbook(' name="填报说明" sheetId="1" r:id="rId1"',
                              ' name="填报说明" sheetId="1" r:id=""'), same()  # fmt: skip
    yield "要读的表 r:id 为空", in_workbook(' name="附件1" sheetId="2" r:id="rId2"',
                              ' name="附件1" sheetId="2" r:id=""'), doubted()  # fmt: skip
    yield "两张表一个部件", in_workbook('r:id="rId3"', 'r:id="rId2"'), doubted()
    yield "工作表重名", in_workbook('name="附件2"', 'name="附件1"'), doubted()
    yield "工作表名全角", in_workbook('name="附件1"', 'name="附件１"'), unharmed()
    yield "工作表名两边空格", in_workbook('name="附件1"', 'name=" 附件1 "'), unharmed()
    yield "关系前缀另起", lambda p: p.turn(
        WORKBOOK, lambda x: x.replace(b"xmlns:r=", b"xmlns:rel=").replace(b" r:id=", b" rel:id=")
    ), same()  # fmt: skip
    yield "没有目录", lambda p: p.parts.pop(TYPES), unharmed()
    yield "没有样式部件", lambda p: p.parts.pop(STYLES), doubted()
    yield "没有主题", lambda p: p.parts.pop("xl/theme/theme1.xml"), same()
    yield "没有文档属性", lambda p: p.parts.pop("docProps/app.xml"), same()
    yield (
        "要读的表藏起来",
        in_workbook('name="附件1" sheetId="2"', 'name="附件1" state="veryHidden" sheetId="2"'),
        unharmed(),
    )
