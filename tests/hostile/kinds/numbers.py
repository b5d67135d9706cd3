"""B6: numbers and dates spelt otherwise (数字与日期的写法); and those that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from tests.hostile import honest
from tests.hostile.case import Case, Outcome, advised, doubted, same, told, unharmed
from tests.hostile.honest import (
    BALLOT,
    INCOME,
    LEDGER,
    PROFILE,
    RECOGNISED,
    REMARK,
    SCORE,
)
from tests.hostile.kinds.changes import (
    Change,
    all_prefixed,
    changed,
    rewritten,
)
from tests.kit.taken_apart import (
    WORKBOOK,
    TakenApart,
)

_INCOME = "服务收入"
_NUMBERS: dict[str, Outcome] = {
    **{
        text: same(**{_INCOME: Decimal(number)})
        for text, number in {
            ".5": "0.5", "5.": "5", "+5": "5", "+.5": "0.5", "1E3": "1000", "1e3": "1000",
            "5E+2": "500", "5e-1": "0.5", "5.0E0": "5", " 5 ": "5", "\n5\n": "5", "\t5": "5",
            "5 ": "5", "005": "5", "0.50": "0.5", "436.25000": "436.25", "4.3625E2": "436.25",
            "43625E-2": "436.25", "&#53;": "5", "&#x35;": "5", "0": "0", "0.0": "0", "00": "0",
            "0E0": "0", "436.24999999999994": "436.25", "+0": "0", "436.250000000000000000": "436.25",
        }.items()
    },
    **dict.fromkeys(
        ("1e999", "-1e999", "9" * 400, "1E309"), told(INCOME)
    ),
    **dict.fromkeys(
        (
            "INF", "NaN", "1,000", "５", "0x10", "1_000", "5 5", "٥", "--5", "5-", "1e", "e5", ".",
            "+", "五", "5%", "１e３", "5d", "1e5.5", "infinity", "nan", "1 000", "5\u00a0", "½", "²",
        ),
        doubted(INCOME),
    ),
    "-0": advised(INCOME, **{_INCOME: Decimal(0)}),
    "0." + "1" * 400: unharmed(),
}  # fmt: skip
_ODD_REMARKS = ("５", "1e999", "1,000", "NaN", "INF", "0x10", "5 5", "abc", "..", "1E309")
_BLANKS = ("><v></v></c>", "><v/></c>", ' t="n"><v></v></c>', ' t="n"/>', "></c>", ' t="str"><v></v></c>',
           ' t="s"/>', ' t="inlineStr"><is><t></t></is></c>', ' t="inlineStr"><is/></c>', ' t="str"/>')  # fmt: skip


def cases() -> Iterator[Case]:
    """Yield spellings of numbers and dates, in money, remarks and scores."""
    for name, change, outcome in (*_numbers(), *_dates()):
        yield Case(item="B6", name=name, make=partial(changed, change), outcome=outcome)
    for name, change, outcome in _in_ballot():
        make = partial(changed, change, "ballot")
        yield Case(item="B6", name=f"评分表 {name}", make=make, outcome=outcome, target="ballot")


def _numbers() -> Iterator[tuple[str, Change, Outcome]]:
    for text, outcome in _NUMBERS.items():
        shown = text if len(text) < 30 else f"{text[:8]}…（{len(text)} 位）"
        yield f"数字 {shown!r}", lambda p, t=text: p.number(*INCOME, t), outcome
    for text in _ODD_REMARKS:
        yield f"备注里的数字 {text!r}", lambda p, t=text: p.number(*REMARK, t), _but_read()
    for inside in _BLANKS:
        yield (
            f"空值写作 {inside}",
            lambda p, i=inside: p.put(*INCOME, i),
            same(**{_INCOME: None}),
        )
    value = honest.number_of(INCOME)
    for name, inside, outcome in (
        ("文本型数字", f' t="str"><v>{value}</v></c>', same()),
        ("内嵌文本型数字", f' t="inlineStr"><is><t>{value}</t></is></c>', same()),
        ("t 为空", f' t=""><v>{value}</v></c>', unharmed()),
        ("t 不认识", f' t="z"><v>{value}</v></c>', doubted(INCOME)),
        ("布尔 1", ' t="b"><v>1</v></c>', told(INCOME)),
        ("布尔 true", ' t="b"><v>true</v></c>', doubted(INCOME)),
        ("布尔 TRUE", ' t="b"><v>TRUE</v></c>', doubted(INCOME)),
        ("布尔 2", ' t="b"><v>2</v></c>', doubted(INCOME)),
        ("错误值", ' t="e"><v>#N/A</v></c>', told(INCOME, "C310")),
        ("新的错误值", ' t="e"><v>#SPILL!</v></c>', told(INCOME, "C310")),
        ("不认识的错误值", ' t="e"><v>#怪!</v></c>', told(INCOME)),
        ("两个 v", f"><v>{value}</v><v>9</v></c>", doubted(INCOME)),
        ("v 在 f 前", f"><v>{value}</v><f>1+1</f></c>", unharmed()),
        ("t=d 放数字", f' t="d"><v>{value}</v></c>', doubted(INCOME)),
        ("大写的 t", f' t="N"><v>{value}</v></c>', doubted(INCOME)),
        ("样式号不存在", f' s="9999"><v>{value}</v></c>', unharmed()),
        ("没有样式号", f"><v>{value}</v></c>", same()),
    ):
        if name in ("样式号不存在", "没有样式号"):
            yield name, rewritten(INCOME, f'<c r="{INCOME[1]}"{inside}'), outcome
        else:
            yield name, lambda p, i=inside: p.put(*INCOME, i), outcome


def _but_read() -> Outcome:
    """An odd number nobody reads costs at most its own cell."""
    return Outcome(ways=("read", "told"), spot=REMARK)


def _dates() -> Iterator[tuple[str, Change, Outcome]]:
    for text in (
        "2021-03-05", "2021-03-05T00:00:00", "2021-03-05T00:00:00Z", "2021-03-05T00:00:00.000",
        "2021-03-05T00:00:00.000Z", "2021-03-05Z", " 2021-03-05 ", "2021-03-05T00:00",
    ):  # fmt: skip
        outcome = same() if not text.endswith("05Z") and text.count(":") != 1 else unharmed()
        yield (
            f"t=d {text!r}",
            lambda p, t=text: p.put(*RECOGNISED, f' t="d"><v>{t}</v></c>'),
            outcome,
        )
    for text in (
        "2021-03-05T00:00:00+08:00", "2021-03-04T16:00:00-08:00", "2021-03-05+08:00",
        "2021-03-05T16:00:00Z", "2021-03-05T23:59:59", "2021-13-05", "2021-02-30", "21-03-05",
        "2021-3-5", "２０２１-03-05", "12:30:00", "",
    ):  # fmt: skip
        outcome = (
            unharmed()
            if text in ("2021-3-5", "", "2021-03-05T23:59:59", "2021-03-05T16:00:00Z")
            else doubted(RECOGNISED)
        )
        yield (
            f"t=d {text!r}",
            lambda p, t=text: p.put(*RECOGNISED, f' t="d"><v>{t}</v></c>'),
            outcome,
        )
    for number in ("0", "0.5", "0.99999", "-1", "2958466", "1e10"):
        yield f"日期序号 {number}", lambda p, n=number: p.number(*RECOGNISED, n), told(RECOGNISED)
    yield "日期序号带小数", lambda p: p.number(*RECOGNISED, "44260.0"), same()
    yield "日期序号带时刻", lambda p: p.number(*RECOGNISED, "44260.5"), unharmed()
    yield "日期序号科学计数", lambda p: p.number(*RECOGNISED, "4.426E4"), same()
    for spelling in ("1", "true", " 1 ", "&#49;"):
        yield f"1904 写作 {spelling!r}", partial(_dated_from_1904, spelling), same()
    for spelling in ("0", "false", "", " 0 "):
        new = f'<workbookPr date1904="{spelling}" '
        outcome = same() if spelling else unharmed()
        yield (
            f"1900 写作 {spelling!r}",
            lambda p, n=new: p.change(WORKBOOK, "<workbookPr ", n),
            outcome,
        )
    for spelling in ("yes", "on", "2", "TRUE"):
        new = f'<workbookPr date1904="{spelling}" '
        yield (
            f"日期系统写作 {spelling!r}",
            lambda p, n=new: p.change(WORKBOOK, "<workbookPr ", n),
            unharmed(),
        )
    yield (
        "两个 workbookPr",
        lambda p: p.change(WORKBOOK, "<bookViews>", '<workbookPr date1904="1"/><bookViews>'),
        doubted(),
    )


def _dated_from_1904(spelling: str, parts: TakenApart) -> None:
    parts.change(WORKBOOK, "<workbookPr ", f'<workbookPr date1904="{spelling}" ')
    style = parts.style_of(*RECOGNISED)
    pattern = re.compile(rb's="%d"><v>(4[0-9]{4})</v>' % style)
    for sheet in (PROFILE, LEDGER):
        parts.turn(
            parts.sheet(sheet),
            lambda xml: pattern.sub(lambda m: b's="%d"><v>%d</v>' % (style, int(m[1]) - 1462), xml),
        )


def _in_ballot() -> Iterator[tuple[str, Change, Outcome]]:
    def encoded(parts: TakenApart) -> None:
        part = parts.sheet(BALLOT)
        text = re.sub(r"<\?xml[^>]*\?>", "", parts.parts[part].decode())
        parts.parts[part] = b"\xff\xfe" + text.encode("utf-16-le")

    yield "UTF-16", encoded, same()
    yield "前缀", lambda p: p.turn(p.sheet(BALLOT), partial(all_prefixed, b"x")), same()
    for text in ("11.0", " 11 ", "+11", "1.1E1", "11."):
        yield f"分数写作 {text!r}", lambda p, t=text: p.number(*SCORE, t), same()
    for text in ("1e999", "NaN", "１１", "1,1"):
        yield f"分数写作 {text!r}", lambda p, t=text: p.number(*SCORE, t), doubted(SCORE)
    yield "分数里有注释", lambda p: p.number(*SCORE, "1<!-- -->1"), same()
    yield "分数重复", _doubled, doubted()


def _doubled(parts: TakenApart) -> None:
    cell = parts.cell(*SCORE)
    parts.change(parts.sheet(BALLOT), cell, cell + cell.replace(b"11", b"9"))
