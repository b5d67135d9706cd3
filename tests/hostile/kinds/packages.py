"""The zip around a workbook (压缩包): tricks of its headers, its names, its parts, its XML."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from functools import partial

from tests.hostile import honest
from tests.hostile.case import Case, Outcome, refused, same, unharmed
from tests.hostile.honest import INCOME, PROFILE
from tests.kit.taken_apart import STRINGS, WORKBOOK, TakenApart, zipped

_SHEET = "xl/worksheets/sheet2.xml"
_DAMAGED = ("damaged", "truncated", "scrambled", "overlap")
_BROKEN = (*_DAMAGED, "bomb", "member_name", "doubled_member", "encrypted", "dtd", "two_readings")

Raw = Callable[[], bytes]


def cases() -> Iterator[Case]:
    """Yield zips that are honest in an unusual way, and those that are not."""
    for name, make, outcome in (*_honest(), *_headers(), *_members()):
        yield Case(item="zip", name=name, make=make, outcome=outcome)
    for name, prolog, body, outcome in _declared():
        yield Case(
            item="zip", name=f"DTD {name}", make=partial(_dtd, prolog, body), outcome=outcome
        )


def _honest() -> Iterator[tuple[str, Raw, Outcome]]:
    for name, settings in {
        "压缩": {"deflated": True},
        "流式写入": {"streamed": True},
        "流式写入又压缩": {"streamed": True, "deflated": True},
        "zip64": {"zip64": True},
        "有文件夹项": {"folders": True},
        "1980 年的时间": {"time": (1980, 1, 1, 0, 0, 0)},
        "2107 年的时间": {"time": (2107, 12, 31, 23, 59, 58)},
        "Unix 属性": {"attributes": 0o100644 << 16},
        "各项有注释": {"comment": "备注".encode()},
        "各项有扩展字段": {"extra": b"UT\x05\x00\x03\x00\x00\x00\x00"},
        "目录在最后": {"turned": True},
        "目录在中间": {"shuffled": True},
    }.items():
        yield name, partial(_written, **settings), same()  # type: ignore[arg-type]
    yield "压缩包有注释", partial(_commented, b"saved by someone"), same()
    yield "注释里像压缩包结尾", partial(_commented, b"PK\x05\x06" + bytes(18)), unharmed()
    yield "bzip2 压缩", partial(_written, method=zipfile.ZIP_BZIP2), unharmed()
    yield "lzma 压缩", partial(_written, method=zipfile.ZIP_LZMA), unharmed()
    yield "符号链接属性", partial(_written, attributes=0o120777 << 16), unharmed()
    yield "多余的部件", partial(_with, "xl/customXml/随便.bin", b"x" * 5000), same()
    yield "多余的可执行文件", partial(_with, "setup.exe", b"MZ"), unharmed()
    yield "里面有 .rels 外的隐藏文件", partial(_with, ".DS_Store", b"Bud1"), same()
    yield "里面有 __MACOSX", partial(_with, "__MACOSX/._甲.xlsx", b"x"), same()


def _headers() -> Iterator[tuple[str, Raw, Outcome]]:
    good = partial(_written)
    for name, change, outcome in (
        ("截去一半", lambda raw: raw[: len(raw) // 2], refused(*_DAMAGED)),
        ("截去最后一字节", lambda raw: raw[:-1], refused(*_DAMAGED)),
        ("截去目录", lambda raw: raw[: raw.rindex(b"PK\x05\x06") - 300], refused(*_DAMAGED)),
        ("只剩目录", lambda raw: raw[raw.index(b"PK\x01\x02") :], refused()),
        ("后面有字节", lambda raw: raw + b"more", refused(*_DAMAGED)),
        ("后面有许多零", lambda raw: raw + bytes(70_000), refused(*_DAMAGED)),
        ("接着又一个", lambda raw: raw + raw, refused(*_DAMAGED, "two_readings")),
        ("前面有字节", lambda raw: b"#!/bin/sh\n" + raw, refused()),
        ("前面有 MZ", lambda raw: b"MZ" + bytes(510) + raw, refused()),
        ("前面有空洞", lambda raw: raw[:4] + raw[4:], same()),
        ("PK00 开头", lambda raw: b"PK00" + raw, refused()),
        ("分卷", lambda raw: _patched(raw, b"PK\x05\x06", 4, b"\x01\x00"), unharmed()),
        ("项数多报", lambda raw: _patched(raw, b"PK\x05\x06", 10, b"\xff\x00"), refused(*_BROKEN)),
        ("项数少报", lambda raw: _patched(raw, b"PK\x05\x06", 10, b"\x03\x00"), refused(*_BROKEN)),
        ("目录位置错", lambda raw: _patched(raw, b"PK\x05\x06", 16, b"\x07\x00\x00\x00"), refused(*_BROKEN)),
        ("校验和错", lambda raw: _in_both(raw, 14, 16, b"\x01\x02\x03\x04"), refused(*_DAMAGED, "two_readings")),
        ("目录里校验和错", lambda raw: _in_directory(raw, 16, b"\x01\x02\x03\x04"), refused(*_BROKEN)),
        ("目录里大小错", lambda raw: _in_directory(raw, 24, b"\x09\x00\x00\x00"), refused(*_BROKEN)),
        ("大小报作 4GB", lambda raw: _in_directory(raw, 24, b"\xfe\xff\xff\xff"), refused(*_BROKEN)),
        ("加密标志", lambda raw: _in_directory(raw, 8, b"\x01\x00"), refused("encrypted", "overlap", "two_readings")),
        ("两处加密标志", lambda raw: _in_both(raw, 6, 8, b"\x01\x00"), refused("encrypted")),
        ("强加密标志", lambda raw: _in_both(raw, 6, 8, b"\x41\x00"), refused("encrypted")),
        ("不认识的压缩方法", lambda raw: _in_both(raw, 8, 10, b"\x63\x00"), refused(*_BROKEN)),
        ("Deflate64", lambda raw: _in_both(raw, 8, 10, b"\x09\x00"), refused(*_BROKEN)),
        ("方法前后不一", lambda raw: _in_directory(raw, 10, b"\x08\x00"), refused(*_BROKEN)),
        ("位置指向别项", lambda raw: _in_directory(raw, 42, bytes(4)), refused(*_BROKEN)),
        ("位置越界", lambda raw: _in_directory(raw, 42, b"\xff\xff\xff\x7f"), refused(*_BROKEN)),
        ("名字前后不一", lambda raw: _in_directory(raw, 46, b"xl/worksheets/sheet6.xml"), refused(*_BROKEN)),
        ("名字长度错", lambda raw: _patched(raw, b"PK\x03\x04", 26, b"\xff\xff"), refused(*_BROKEN)),
        ("扩展长度错", lambda raw: _in_directory(raw, 30, b"\xff\xff"), refused(*_BROKEN)),
    ):  # fmt: skip
        yield f"头 {name}", (lambda change=change: change(good())), outcome
    yield "头 空的压缩包", lambda: b"PK\x05\x06" + bytes(18), refused()
    yield "头 位压坏", lambda: _flipped(_written(deflated=True)), refused(*_DAMAGED)
    yield "头 只有一项垃圾", lambda: zipped([("x", b"y")]), refused("archive")
    yield "炸弹 一项千倍", lambda: zipped(
        [*honest.filing().members(), ("xl/media/a.bin", bytes(21 * 2**20))], deflated=True
    ), refused("bomb", "too_many")  # fmt: skip
    yield "炸弹 五千零一项", lambda: zipped(
        [*honest.filing().members(), *((f"m{n}", b"") for n in range(5_001))]
    ), refused("bomb", "too_many")  # fmt: skip
    yield "炸弹 重叠", _overlapping, refused("overlap", "bomb", "doubled_member", "two_readings")


def _members() -> Iterator[tuple[str, Raw, Outcome]]:
    fake = b"<worksheet/>"
    for name, extra, outcome in (
        ("同名两份", (_SHEET, fake), refused("doubled_member", "two_readings")),
        ("只差大小写", (_SHEET.upper(), fake), refused("doubled_member", "two_readings")),
        (
            "只差斜杠方向",
            (_SHEET.replace("/", "\\"), fake),
            refused("doubled_member", "member_name", "two_readings"),
        ),
        ("多一个斜杠", (_SHEET.replace("/", "//"), fake), unharmed()),
        ("点斜杠", ("./" + _SHEET, fake), unharmed()),
        ("出文件夹", ("../../evil.xml", fake), refused("member_name")),
        ("反斜杠出文件夹", ("..\\evil.xml", fake), refused("member_name")),
        ("绝对路径", ("/etc/passwd", fake), refused("member_name")),
        ("盘符", ("C:/evil.xml", fake), refused("member_name")),
        ("设备名", ("xl/CON", fake), unharmed()),
        ("名字有换行", ("xl/a\nb.xml", fake), unharmed()),
        ("名字很长", ("x" * 60_000, fake), unharmed()),
        ("空名字", ("", fake), unharmed()),
        ("右至左的名字", ("xl/\u202elmx.txt", fake), unharmed()),
        ("全角的名字", ("xl/ｗorkbook.xml", fake), unharmed()),
        ("尾随点", (_SHEET + ".", fake), unharmed()),
        ("尾随空格", (_SHEET + " ", fake), unharmed()),
        ("xlsb 的部件", ("xl/workbook.bin", b"x"), unharmed()),
    ):
        yield f"部件 {name}", partial(_with, *extra), outcome
    yield "部件 反斜杠写的全部", lambda: zipped(
        [(name.replace("/", "\\"), body) for name, body in honest.filing().members()]
    ), unharmed()  # fmt: skip
    yield "部件 大写写的全部", lambda: zipped(
        [(name.upper(), body) for name, body in honest.filing().members()]
    ), unharmed()  # fmt: skip
    yield (
        "部件 名字有空字符",
        lambda: _with("xl/aXb.xml", fake).replace(b"xl/aXb.xml", b"xl/a\0b.xml"),
        refused(),
    )
    yield "部件 没有工作簿", lambda: zipped(
        [one for one in honest.filing().members() if one[0] != WORKBOOK]
    ), refused()  # fmt: skip
    yield "部件 没有根关系", lambda: zipped(
        [one for one in honest.filing().members() if one[0] != "_rels/.rels"]
    ), refused()  # fmt: skip
    yield "部件 工作表是空的", lambda: _replaced(_SHEET, b""), unharmed()
    yield "部件 工作表是二进制", lambda: _replaced(_SHEET, bytes(range(256))), unharmed()
    yield "部件 共享字符串是网页", lambda: _replaced(STRINGS, b"<html>"), refused()


def _declared() -> Iterator[tuple[str, str, str, Outcome]]:
    laughs = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
    )
    value = honest.number_of(INCOME)
    for name, declared, entity in (
        ("十亿次大笑", laughs, "&l9;"),
        ("平方膨胀", f'<!ENTITY a "{"x" * 50_000}">', "&a;" * 500),
        ("外部实体", '<!ENTITY a SYSTEM "file:///etc/hostname">', "&a;"),
        ("外部实体网址", '<!ENTITY a SYSTEM "http://example.invalid/a">', "&a;"),
        ("参数实体", '<!ENTITY % a SYSTEM "http://example.invalid/a.dtd"> %a;', value),
        ("内部实体", f'<!ENTITY a "{value}">', "&a;"),
        ("只有声明", "", value),
        ("默认属性", '<!ATTLIST c s CDATA "9">', value),
    ):
        yield name, f"<!DOCTYPE worksheet [{declared}]>", entity, refused("dtd")
    yield (
        "外部 DTD",
        '<!DOCTYPE worksheet SYSTEM "http://example.invalid/a.dtd">',
        value,
        refused("dtd"),
    )
    yield (
        "公共标识",
        '<!DOCTYPE worksheet PUBLIC "x" "http://example.invalid/">',
        value,
        refused("dtd"),
    )


def _dtd(prolog: str, value: str) -> TakenApart:
    parts = honest.filing()
    parts.number(*INCOME, value)
    parts.change(parts.sheet(PROFILE), "<worksheet ", f"{prolog}<worksheet ")
    return parts


def _written(
    *,
    deflated: bool = False,
    streamed: bool = False,
    zip64: bool = False,
    folders: bool = False,
    turned: bool = False,
    shuffled: bool = False,
    time: tuple[int, int, int, int, int, int] = (2023, 1, 5, 10, 0, 0),
    attributes: int = 0,
    comment: bytes = b"",
    extra: bytes = b"",
    method: int | None = None,
) -> bytes:
    """Return the honest form in a zip written with these settings."""
    stream = _NoSeek() if streamed else io.BytesIO()
    members = honest.filing().members()
    if folders:
        members = [("xl/", b""), ("xl/worksheets/", b""), *members]
    if turned:
        members = members[::-1]
    if shuffled:
        members = members[5:] + members[:5]
    how = method if method is not None else zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
    with zipfile.ZipFile(stream, "w") as package:
        for name, body in members:
            entry = zipfile.ZipInfo(name, time)
            entry.compress_type, entry.external_attr = how, attributes
            entry.comment, entry.extra = comment, extra
            with package.open(entry, "w", force_zip64=zip64) as part:
                part.write(body)
    return stream.getvalue()


class _NoSeek(io.BytesIO):
    """A pipe: sizes can only be written after the bytes, in a data descriptor."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise io.UnsupportedOperation

    def tell(self) -> int:
        raise io.UnsupportedOperation


def _commented(comment: bytes) -> bytes:
    stream = io.BytesIO(_written())
    with zipfile.ZipFile(stream, "a") as package:
        package.comment = comment
    return stream.getvalue()


def _with(name: str, body: bytes) -> bytes:
    return zipped([*honest.filing().members(), (name, body)])


def _replaced(name: str, body: bytes) -> bytes:
    parts = honest.filing()
    parts.parts[name] = body
    return parts.zipped()


def _overlapping() -> bytes:
    """Return a zip whose directory names one body a hundred times."""
    raw = _written(deflated=True)
    entry, end = raw.index(b"PK\x01\x02"), raw.rindex(b"PK\x05\x06")
    size = struct.unpack_from("<HHH", raw, entry + 28)
    first = raw[entry : entry + 46 + sum(size)]
    copies = b"".join(first[:46] + (b"%03d" % n) + first[49:] for n in range(100))
    total, length, at = struct.unpack_from("<HLL", raw, end + 10)
    tail = struct.pack(
        "<4sHHHHLLH", b"PK\x05\x06", 0, 0, total + 100, total + 100, length + len(copies), at, 0
    )
    return raw[:entry] + copies + raw[entry:end] + tail


def _patched(raw: bytes, mark: bytes, at: int, new: bytes) -> bytes:
    start = raw.rindex(mark) + at if mark == b"PK\x05\x06" else raw.index(mark) + at
    return raw[:start] + new + raw[start + len(new) :]


def _in_directory(raw: bytes, at: int, new: bytes) -> bytes:
    start = raw.index(b"PK\x01\x02")
    while raw[start + 46 :][: len(_SHEET)] != _SHEET.encode():
        start = raw.index(b"PK\x01\x02", start + 1)
    return raw[: start + at] + new + raw[start + at + len(new) :]


def _in_both(raw: bytes, local: int, directory: int, new: bytes) -> bytes:
    start = raw.index(b"PK\x03\x04")
    while raw[start + 30 :][: len(_SHEET)] != _SHEET.encode():
        start = raw.index(b"PK\x03\x04", start + 1)
    changed = raw[: start + local] + new + raw[start + local + len(new) :]
    return _in_directory(changed, directory, new)


def _flipped(raw: bytes) -> bytes:
    at = raw.index(_SHEET.encode()) + len(_SHEET) + 400
    return raw[:at] + bytes([raw[at] ^ 0x55]) + raw[at + 1 :]
