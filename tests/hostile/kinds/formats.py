"""A1: number formats that say another number (数字格式), and honest ones that do not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tests.hostile import honest
from tests.hostile.case import Case, Outcome, same, told, unharmed, wrong
from tests.hostile.honest import (
    CLAIMED_LOANS,
    EXPENSE,
    FINANCED,
    FIRMS,
    HELD_ON,
    INCOME,
    LOAN,
    RECOGNISED,
    SATISFACTION,
    SCORE,
    SERVED,
    STAFF_COUNT,
    Spot,
)
from tests.kit.taken_apart import STYLES, TakenApart

_SCALED = (
    '0!.0,"万"', "0!.0,", "#,##0,", "0,", "0,,", '0.0,"万"', '#,##0.00,"千"', "0.00,_ ", "0,;-0,",
    '[>100]0,"千";0', '[Red]0,"千"', "[$-804]0,", '0!.00"亿"', "0\\.0", '0"."0', '0!.0000"亿元"',
)  # fmt: skip
_OTHER_UNIT = (
    '0.00"亿元"', "¥#,##0.00", '"¥"#,##0.00', "[$¥-804]#,##0.00", "[$￥-804]#,##0", "￥0.00",
    '0"元"', "0\\元", "0!元", '0.00" 元"', "$#,##0.00", "[$€-2] #,##0", '0"千元"', '0"百万"',
    '0"家"', '[Blue]0"元";[Red]-0"元"', '0.00_ "元"', '"人民币"0"元"', "[$USD] 0.00",
)  # fmt: skip
_HIDDEN = (";;;", ";0", '""', '" "', ";;;@", "[White];;;", '"";"";""', "_ ", '[>1]"";0', "*-")
_WORDED = (
    '"约"0', '0"以上"', '"276"', '"500"', '0"0"', '"1"0', "-0", "(0)", '0"00"', '"不足"0',
    '0"多"', '"-"0', '[>1]"达标";0', "!-0", '[=436.25]"9";0', '[<1000]"9000";0', '"已核"',
)  # fmt: skip
_PERCENT = ("0%", "0.00%", "0.0%;-0.0%", "[Red]0%", '0"元"%', "0‰", '0"‰"', "%0", "#,##0.0%_)")
_DATES = (
    "yyyy-mm-dd",
    'yyyy"年"m"月"d"日"',
    "[h]:mm",
    "hh:mm:ss",
    "m/d/yy",
    "e/m/d",
    "aaaa",
    "[s]",
)
_HONEST = (
    "General", "G/通用格式", "0", "0.0", "0.00", "#,##0", "#,##0.00", "#,##0.00_ ", "0.00_);(0.00)",
    "0_);[Red]\\(0\\)", "[Red]0;[Green]-0", '0"万元"', '0.00" 万元"', '0.0\\ "万元"', "@",
    '[>1000]0,"千";0.0', "[<100]0,;0.0", "0;0;", '0;-0;"—"', "0.00E+00", "# ?/?", "000000", "?0.0?",
    "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "#,##0.00;[Red]-#,##0.00", "* 0.0",
    "0.00;-0.00;;@", "[$-804]0.00", "[Color10]0.0", '0.0"万元";-0.0"万元"', "[$-409]#,##0.00",
)  # fmt: skip
_BUILT_IN: dict[int, Outcome] = {
    **dict.fromkeys((0, 1, 2, 3, 4, 11, 12, 13, 37, 38, 39, 40, 41, 43, 48, 49), same()),
    **dict.fromkeys((5, 6, 7, 8, 42, 44), told(INCOME)),
    **dict.fromkeys((9, 10), told(INCOME, "C306")),
    **dict.fromkeys((14, 15, 17, 18, 20, 22, 27, 31, 36, 45, 46, 47, 50, 57, 58), told(INCOME)),
}
_DATE_FORMATS = (
    "yyyy-mm-dd", "yyyy/m/d", 'yyyy"年"m"月"d"日"', "[$-804]yyyy\\-mm\\-dd;@", "yyyy\\.mm\\.dd",
    "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "m/d/yyyy", "yyyy-mm-dd hh:mm", "YYYY/MM/DD",
    '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "yyyy/m/d;@",
)  # fmt: skip


def cases() -> Iterator[Case]:
    """Yield every number format in a money cell, and some elsewhere."""
    for codes, outcome in (
        (_SCALED, told(INCOME)),
        (_OTHER_UNIT, told(INCOME)),
        (_HIDDEN, told(INCOME)),
        (_WORDED, told(INCOME)),
        (_PERCENT, told(INCOME)),
        (_DATES, told(INCOME)),
        (_HONEST, same()),
        (("[DBNum1][$-804]General", "[DBNum2]0.0", '"￥"0.00"万元"'), unharmed()),
    ):
        for code in codes:
            yield _case(f"收入 {code}", INCOME, code, outcome)
    for id, outcome in _BUILT_IN.items():
        yield Case(
            item="A1",
            name=f"收入 内置格式 {id}",
            make=partial(_by_id, INCOME, str(id)),
            outcome=outcome,
        )
    yield from _elsewhere()
    yield from _spelt()
    for code in _DATE_FORMATS:
        yield _case(f"日期 {code}", RECOGNISED, code, same())
    for id in (14, 15, 22, 27, 31, 36, 50, 57, 58):
        yield Case(
            item="A1",
            name=f"日期 内置格式 {id}",
            make=partial(_by_id, RECOGNISED, str(id)),
            outcome=same(),
        )
    for code in ("General", "0", "#,##0.00", '0"号"'):
        yield _case(f"日期 {code}", RECOGNISED, code, told(RECOGNISED))
        yield _case(f"活动日期 {code}", HELD_ON, code, told(HELD_ON))


def _elsewhere() -> Iterator[Case]:
    for spot, code, outcome in (
        (LOAN, '0!.0,"万"', told(LOAN)),
        (LOAN, "#,##0,", told(LOAN)),
        (LOAN, '0.00"亿元"', told(LOAN)),
        (LOAN, ";;;", told(LOAN)),
        (LOAN, "0.00%", told(LOAN, "C306")),
        (LOAN, '#,##0.00"万元"', same()),
        (CLAIMED_LOANS, '0!.0,"万"', told(CLAIMED_LOANS)),
        (CLAIMED_LOANS, "0,", told(CLAIMED_LOANS)),
        (CLAIMED_LOANS, "#,##0.00", same()),
        (FINANCED, '0!.0,"亿"', told(FINANCED)),
        (FINANCED, '0"元"', told(FINANCED)),
        (EXPENSE, '"￥"#,##0', told(EXPENSE)),
        (SATISFACTION, '0.00"%"', same()),
        (SATISFACTION, "0.00\\%", same()),
        (SATISFACTION, "0.00%", told(SATISFACTION, "C306")),
        (SATISFACTION, '0"分"', told(SATISFACTION)),
        (STAFF_COUNT, '0"人"', same()),
        (STAFF_COUNT, '0"万人"', told(STAFF_COUNT)),
        (STAFF_COUNT, "0,", told(STAFF_COUNT)),
        (STAFF_COUNT, '0"家"', told(STAFF_COUNT)),
        (SERVED, '0"家"', same()),
        (SERVED, '0"家次"', told(SERVED)),
        (SERVED, '0!.0,"千家"', told(SERVED)),
        (FIRMS, '0"家"', same()),
        (FIRMS, '"约"0', told(FIRMS)),
        (FIRMS, "0%", told(FIRMS, "C306")),
    ):
        yield _case(f"{'!'.join(spot)} {code}", spot, code, outcome)
    for code, outcome in (
        ("0.0", same()),
        ('0.0"分"', same()),
        ("General", same()),
        ("0%", wrong(SCORE)),
        ("0,", told(SCORE)),
        (";;;", told(SCORE)),
        ('"10"', told(SCORE)),
        ('0!.0', told(SCORE)),
        ("yyyy-mm-dd", wrong(SCORE)),
    ):  # fmt: skip
        yield Case(
            item="A1",
            name=f"评分 {code}",
            make=partial(_formatted, "ballot", SCORE, code),
            outcome=outcome,
            target="ballot",
        )


def _spelt() -> Iterator[Case]:
    """Yield the same percent format behind numbers spelt in other ways."""

    def styled(spelling: str) -> TakenApart:
        parts = honest.filing()
        parts.restyle(*INCOME, spelling.format(parts.style("0.00%")))
        return parts

    for spelling in ("0{}", "000{}", " {}", "{} ", "+{}", "\t{}"):
        yield _percent(f"样式号写作 {spelling!r}", partial(styled, spelling))
    for id in ("09", "009", "010", " 9", "9 ", "+9", "&#57;", "&#x39;"):
        yield _percent(f"格式号写作 {id!r}", partial(_by_id, INCOME, id))

    def custom(number: str, used: str) -> TakenApart:
        parts = honest.filing()
        parts.style("0.00%", id=number)
        parts.restyle(*INCOME, parts.style_by_id(used))
        return parts

    for number, used in (("0188", "188"), ("188", "0188"), (" 188", "188"), ("188", " 188 ")):
        yield _percent(f"自定义格式号 {number!r} 用作 {used!r}", partial(custom, number, used))

    def escaped(code: str) -> TakenApart:
        parts = honest.filing()
        parts.format(*INCOME, "0.00%")
        parts.change(STYLES, 'formatCode="0.00%"', f'formatCode="{code}"')
        return parts

    for code in ("0.00&#37;", "0.00&#x25;", "0&#46;00%"):
        yield _percent(f"格式写作 {code}", partial(escaped, code))

    def quoted() -> TakenApart:
        parts = honest.filing()
        style = parts.style("0.00%")
        cell = parts.cell(*INCOME).replace(b'"', b"'").replace(b"s='15'", b"s = '%d'" % style)
        parts.change(parts.sheet(INCOME[0]), parts.cell(*INCOME), cell)
        return parts

    yield _percent("样式号用单引号，等号两边空格", quoted)
    yield _percent("不应用数字格式", partial(_by_id, INCOME, "9", ' applyNumberFormat="0"'))


def _percent(name: str, make: partial[TakenApart] | object) -> Case:
    assert callable(make)
    return Case(item="A1", name=f"百分比 {name}", make=make, outcome=told(INCOME))


def _case(name: str, spot: Spot, code: str, outcome: Outcome) -> Case:
    return Case(
        item="A1", name=name, make=partial(_formatted, "filing", spot, code), outcome=outcome
    )


def _formatted(target: str, spot: Spot, code: str) -> TakenApart:
    parts: TakenApart = getattr(honest, target)()
    parts.format(*spot, code)
    return parts


def _by_id(spot: Spot, id: str, more: str = "") -> TakenApart:
    parts = honest.filing()
    parts.restyle(*spot, parts.style_by_id(id, more))
    return parts
