"""What nobody sees in a filing (看不见的字符): never in what is kept, found or sent back."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from tests.kit.drawn import EDITION, FORMS, YEAR, filing, ledger, profile, read
from xlpy.forms.filing.feedback import feedback_document
from xlpy.model.signs.unseen import UNSEEN
from xlpy.policy.form import Field

SIGNS = [
    *("\u200b", "\u200e", "\u200f", "\u2060", "\ufeff", "\u00ad", "\u180e", "\u034f", "\u3164"),
    *("\ufe0f", "\U000e0101", "\u202a", "\u202d", "\u202e", "\u2067", "\u061c", "\x07", "\x9b"),
    *("\U000e0041", "\ufdd0", "\u2028", "\x85", "\ufff9", "\ufffc", "\ufffd", "\n", "\r\n"),
]
NAMED = ("平台名称", "运营单位", "开户名称", "开户银行", "法定代表人", "联系人", "认定文号")
DIGITS = ("统一社会信用代码", "银行账号", "联系电话")
_FOUND = re.compile(f"[{UNSEEN}\ufffd\u2028\u2029\x85\r\n]")


def with_sign(label: str, sign: str) -> str:
    good = {
        "统一社会信用代码": "91340300MA2N0ABC16",
        "银行账号": "18450000123",
        "联系电话": "13955212345",
    }
    text = good.get(label, "蚌埠甲服务公司")
    return f"'{sign}{text[:4]}{sign}{text[4:]}{sign}"


@pytest.mark.parametrize("label", [*NAMED, *DIGITS])
@pytest.mark.parametrize("sign", SIGNS)
def test_no_unseen_sign_is_kept_found_or_sent_back(label: str, sign: str) -> None:
    """In a name, a payee, an account, a code: stripped, or a finding that has none itself."""
    book = filing(profile(f"{label} | x"))
    grids = [
        replace(
            one, rows=[[with_sign(label, sign)[1:] if c == "x" else c for c in r] for r in one.rows]
        )
        for one in book.grids
    ]
    got = read(replace(book, grids=tuple(grids)), content=True)
    kept = got.filing.text(label)
    told = "".join(one.sentence + one.subject for one in got.filing.findings)
    assert got.content is not None
    document = feedback_document(
        edition=EDITION, forms=FORMS, year=YEAR, content=got.content, findings=got.filing.findings
    )
    sheet = next(one for one in document.sheets if one.name == "附件1")
    sent = "".join(
        str(cell) for line in sheet.lines[1:19] for cell in line.values if isinstance(cell, str)
    )
    assert not _FOUND.search(kept + told + sent.replace("\n", ""))
    assert kept or got.filing.findings


@pytest.mark.parametrize("sign", ["\u200b", "\u202d", "\x07", "\U000e0041", "\ufe0f"])
@pytest.mark.parametrize("label", [*NAMED, *DIGITS])
def test_what_changes_nothing_for_the_eye_is_no_finding(label: str, sign: str) -> None:
    got = read(filing(profile(f"{label} | {with_sign(label, sign)}"))).filing
    assert (got.text(label) != "", got.findings) == (True, ())


def test_a_report_keeps_its_lines_and_no_unseen_sign() -> None:
    got = read(filing(profile("服务开展情况 | 一\\n二\u200b\u202d三")), content=True)
    assert got.filing.text("服务开展情况") == "一\n二三"
    assert got.content is not None
    assert got.content.answers["服务开展情况"] == "一\n二三"


def test_a_wrapped_text_of_the_ledger_is_one_line() -> None:
    got = read(filing(ledger("活动名称 | 地点\n政策\\n宣讲 | 三楼\\n会议室")), content=True)
    assert got.content is not None
    row = got.content.rows["附件3"][0]
    assert (row["title"], row["venue"]) == ("政策 宣讲", "三楼 会议室")
    assert [one for one in got.filing.findings if one.place.sheet == "附件3"] == []


def text_fields() -> list[Field]:
    return [one for one in FORMS.filing.fields if one.kind in ("text", "long", "phone", "account")]


@pytest.mark.parametrize("field", text_fields(), ids=lambda one: one.id)
def test_a_cell_beyond_its_room_goes_nowhere(field: Field) -> None:
    """Neither its text nor a part beyond what a finding quotes."""
    got = read(filing(profile(f"{field.label} | {'字' * 32_768}")), content=True)
    assert [one.code for one in got.filing.findings] == ["C333"]
    assert field.label not in got.filing.answers
    assert got.content is not None
    whole = json.dumps([got.content.answers.get(field.label, ""), *map(str, got.filing.findings)])
    assert len(whole) < 2000


@pytest.mark.parametrize(
    ("length", "kept", "said"),
    [
        (100, 100, ""),
        (101, 101, "全文已读取"),
        (200, 200, "全文已读取"),
        (201, 100, "已按前99字读取"),
        (32_767, 100, "已按前99字读取"),
    ],
)
def test_a_name_many_times_too_long_is_kept_in_part(length: int, kept: int, said: str) -> None:
    got = read(filing(profile(f"平台名称 | {'字' * length}"))).filing
    name = got.text("平台名称")
    assert (len(name), name.endswith("…")) == (kept, length > 200)
    mends = [one.mend for one in got.findings]
    assert mends == ([f"请精简；{said}。"] if said else [])
