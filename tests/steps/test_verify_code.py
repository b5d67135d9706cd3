"""The 核验码 (核验码): printed on what is filed, held against the case by `verify --code`."""

from __future__ import annotations

import json
from datetime import date

import pytest
from openpyxl import load_workbook

from tests.kit.clerk import Clerk
from tests.kit.forger import adopt, edit_cell, rewrite_log
from xlpy.report.papers.anchor import code_of, grouped
from xlpy.steps.case import Case
from xlpy.steps.log import journal
from xlpy.steps.verify import CodeSeen, verify

TODAY = date(2023, 8, 15)


def code_on(path) -> str:
    """Return the code a paper prints, found in its last line as a person would."""
    sheet = load_workbook(path).worksheets[0]
    texts = [str(row[0].value) for row in sheet.iter_rows() if row[0].value]
    [code] = [one.removeprefix("核验码：") for one in texts if one.startswith("核验码：")]
    assert texts[-1] == f"核验码：{code}"
    return code


def asked(case: Case, code: str) -> CodeSeen:
    """Return what a code comes to."""
    found = verify(case.folder, today=TODAY, code=code).code
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("paper", "version"), [("公示名单", 1), ("奖补资金安排表", 1), ("奖补资金安排表", 2)]
)
def test_a_paper_prints_where_the_log_stood_before_its_own_line(
    paper: str, version: int, played: Case
) -> None:
    name = f"输出/已导出/{paper}-第{version}版.xlsx"
    lines = journal.lines(played)
    at = next(n for n, one in enumerate(lines) if name in one["outputs"])
    assert code_on(played.folder / name) == code_of(lines[at - 1]["hash"])
    assert lines[at]["papers"][0]["code"] == code_of(lines[at]["prev"])


def test_the_export_says_it_in_words_and_in_json(ready: Case) -> None:
    done = Clerk(ready).run("export", "--notice")
    assert done["code"] == code_on(ready.notice)
    assert any(done["code"] in note for note in done["notes"])


def test_a_refused_export_has_none(case: Case) -> None:
    assert Clerk(case).run("export", "--notice")["code"] is None


def test_the_same_content_is_the_same_version_with_its_first_code(ready: Case) -> None:
    """The log has moved on; the paper in the drawer has not."""
    clerk = Clerk(ready)
    first = clerk.run("export", "--notice")["code"]
    before = ready.notice.read_bytes()
    clerk.run("evaluate")
    again = clerk.run("export", "--notice")
    assert again["code"] == first
    assert ready.notice.read_bytes() == before
    assert [path.name for path in ready.filed.iterdir()] == ["公示名单-第1版.xlsx"]


def test_no_correction_is_about_the_code(played: Case) -> None:
    rows = load_workbook(played.finance)["更正说明"].iter_rows(values_only=True)
    assert not any("核验码" in str(cell) for row in rows for cell in row)


def test_a_code_tells_its_line_its_paper_and_that_it_is_the_newest(played: Case) -> None:
    seen = asked(played, code_on(played.notice))
    lines = journal.lines(played)
    at = next(n for n, one in enumerate(lines) if one.get("papers"))
    assert (seen.line, seen.command, seen.time) == (
        at,
        lines[at - 1]["command"],
        lines[at - 1]["time"],
    )
    assert (seen.paper, seen.version, seen.newest, seen.unchanged) == ("公示名单", 1, True, True)
    assert seen.ok
    assert "逐行对照" in seen.sentence


def test_a_paper_that_was_replaced_is_known_and_told(played: Case) -> None:
    seen = asked(played, code_on(played.filed / "奖补资金安排表-第1版.xlsx"))
    assert (seen.version, seen.newest, seen.ok) == (1, False, True)
    assert "已由第2版代替" in seen.sentence


def test_a_paper_whose_file_was_changed_is_not_in_order(played: Case) -> None:
    code = code_on(played.notice)
    path = played.filed / "公示名单-第1版.xlsx"
    path.write_bytes(path.read_bytes() + b" ")
    seen = asked(played, code)
    assert (seen.unchanged, seen.ok) == (False, False)


@pytest.mark.parametrize(
    "spell",
    [
        lambda code: code.lower(),
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: f"核验码：{code}",
        lambda code: "".join(chr(ord(c) + 0xFEE0) for c in code),
        lambda code: code.replace("-", "—"),
        lambda code: code.replace("0", "O").replace("1", "l"),
        lambda code: code[:-5],
        lambda code: f"  {code}\n",
        lambda code: f"核验码：{code}（印在表的末尾）",
        lambda code: f"核验码：{code}(印在表的末尾)。",
        lambda code: f"“{code}”",
        lambda code: f"'{code}'",
        lambda code: f"「{code}」",
        lambda code: f"（{code}）",
        lambda code: f"{code}。",
        lambda code: f"{code}，",
        lambda code: f"{code}；",
        lambda code: code.replace("-", "·"),
        lambda code: code.replace("-", "/"),
    ],
)
def test_a_code_is_taken_as_people_type_it(spell, played: Case) -> None:
    assert asked(played, spell(code_on(played.notice))).ok


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "没有输入核验码"),
        ("  ", "没有输入核验码"),
        ("。", "没有输入核验码"),
        ("核验码：", "没有输入核验码"),
        ("（）", "没有输入核验码"),
        ("A" * 100_000, "这里有100000个字"),
        ("甲乙丙", "只有数字"),
        ("3F9A-0C12", "共20位"),
        ("3F9A-0C12-D4E5-B6A7-0000", "抄错"),
        ("٣F9A-0C12-D4E5-B6A7-B138", "只有数字"),
    ],
)
def test_what_is_no_code_is_said(typed: str, why: str, played: Case) -> None:
    seen = asked(played, typed)
    assert (seen.ok, seen.line, why in seen.sentence) == (False, None, True)


@pytest.mark.parametrize("sign", ["A", "甲"])
def test_a_whole_page_is_not_said_again(sign: str, played: Case) -> None:
    assert len(asked(played, sign * 100_000).sentence) < 150


def test_a_code_of_nothing_here_is_said_plainly(played: Case, xlpy) -> None:
    status, out, _ = xlpy("verify", played.folder, "--code", "3F9A-0C12-D4E5-B6A7-B138")
    assert status == 1
    assert "不在本项目的运行记录中" in out
    assert "另一个评价项目" in out
    assert "改写" in out
    assert "抄错" not in out, "its check group says so"


def test_one_wrong_digit_and_two_swapped_are_seen() -> None:
    right = grouped("3F9A0C12D4E5B6A7").replace("-", "")
    from xlpy.report.papers.anchor import MistypedError, typed_code

    for at in range(len(right)):
        for digit in "0123456789ABCDEF":
            if digit != right[at]:
                with pytest.raises(MistypedError):
                    typed_code(right[:at] + digit + right[at + 1 :])
    for at in range(len(right) - 1):
        if right[at] != right[at + 1]:
            with pytest.raises(MistypedError):
                typed_code(right[:at] + right[at + 1] + right[at] + right[at + 2 :])


def test_a_code_whose_export_was_cut_out_of_the_log_is_told(played: Case) -> None:
    code = code_on(played.finance)
    lines = journal.lines(played)
    last = max(n for n, one in enumerate(lines) if one["command"] == "export")
    numbers = iter(range(10_000))
    rewrite_log(played, lambda entry: next(numbers) < last)
    seen = asked(played, code)
    assert (seen.line, seen.version, seen.ok) == (last, None, False)
    assert "后来被删去" in seen.sentence


def test_a_code_after_the_log_was_written_anew_is_unknown(played: Case) -> None:
    code = code_on(played.notice)
    rewrite_log(played, lambda entry: entry.update(login="x"))
    assert (asked(played, code).line, asked(played, code).ok) == (None, False)


def test_in_a_broken_log_no_code_can_be_held(played: Case, xlpy) -> None:
    code = code_on(played.notice)
    played.log.write_bytes(played.log.read_bytes().replace(b"evaluate", b"evaluale", 1))
    status, out, _ = xlpy("verify", played.folder, "--code", code)
    assert status == 1
    assert "无从核对" in out


def test_the_json_of_a_code(played: Case, xlpy) -> None:
    _, out, _ = xlpy("verify", played.folder, "--code", code_on(played.notice), "--json")
    view = json.loads(out)
    assert set(view) == {"ok", "lines", "inputs", "outputs", "problems", "notes", "code"}
    assert view["code"]["path"] == "输出/已导出/公示名单-第1版.xlsx"
    assert view["code"]["ok"] is True
    _, out, _ = xlpy("verify", played.folder, "--json")
    assert json.loads(out)["code"] is None


@pytest.mark.parametrize("name", ["公示名单-第1版", "奖补资金安排表-第2版"])
def test_a_forged_paper_with_another_code_is_named(name: str, played: Case) -> None:
    """The log and its digests made to fit."""
    path = played.filed / f"{name}.xlsx"
    newest = played.output / f"{name.partition('-')[0]}.xlsx"
    sheet = load_workbook(path).worksheets[0]
    cell = next(row[0] for row in sheet.iter_rows() if str(row[0].value).startswith("核验码"))
    edit_cell(path, sheet.title, cell.coordinate, f"核验码：{grouped('3F9A0C12D4E5B6A7')}")
    newest.write_bytes(path.read_bytes())

    def forge(entry) -> None:
        adopt(entry, played, path)
        adopt(entry, played, newest)

    rewrite_log(played, forge)
    problems = verify(played.folder, today=TODAY).problems
    assert any(name in one and "3F9A-0C12-D4E5-B6A7-B138 不在运行记录中" in one for one in problems)


def test_a_paper_with_the_code_of_another_line_is_named(played: Case) -> None:
    path = played.filed / "奖补资金安排表-第2版.xlsx"
    other = code_on(played.filed / "奖补资金安排表-第1版.xlsx")
    sheet = load_workbook(path).worksheets[0]
    cell = next(row[0] for row in sheet.iter_rows() if str(row[0].value).startswith("核验码"))
    edit_cell(path, sheet.title, cell.coordinate, f"核验码：{other}")
    problems = verify(played.folder, today=TODAY).problems
    assert any(
        f"{other} 与导出前的运行记录不符" in one or f"{other} 不在" in one for one in problems
    )


def test_papers_of_1_0_have_no_code_and_it_is_said(old_case: Case) -> None:
    done = verify(old_case.folder, today=date(2023, 6, 30))
    assert any("公示名单第1版" in one and "没有印核验码" in one for one in done.notes)


def test_a_paper_of_1_1_stays_the_same_paper(ready: Case, monkeypatch) -> None:
    """Filed without a code: while nothing changed it is written again as it was."""
    with monkeypatch.context() as before:
        before.setattr("xlpy.steps.filed.papers.code_of", lambda digest: "")
        Clerk(ready).run("export", "--notice")
    first = ready.notice.read_bytes()
    again = Clerk(ready).run("export", "--notice")
    assert again["code"] is None
    assert ready.notice.read_bytes() == first
    assert any("没有印核验码" in one for one in verify(ready.folder, today=TODAY).notes)
