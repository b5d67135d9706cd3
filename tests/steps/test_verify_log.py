"""`verify` believes no log by what it says of itself (核验运行记录): forged, or begun anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.kit.clerk import DATES, Clerk
from tests.kit.forger import adopt, append_line, cell_of, edit_cell, pay, rewrite_log
from xlpy import __version__
from xlpy.report.papers.anchor import code_of
from xlpy.steps.audit.lines import RELEASED
from xlpy.steps.case import Case
from xlpy.steps.check import check
from xlpy.steps.evaluate import evaluate
from xlpy.steps.log import journal
from xlpy.steps.verify import Verification, verify

TODAY = date(2023, 8, 15)
A = "淮畔中小企业综合服务平台"
OTHER = "1.1.0"


def seen(case: Case) -> Verification:
    """Verify the case on a day after the demo's year."""
    return verify(case.folder, today=TODAY)


def other_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what runs now log itself as another version of the program."""
    monkeypatch.setattr("xlpy.steps.record.__version__", OTHER)


@pytest.mark.parametrize("version", [__version__, "1.0.0", "9.9.9", ""])
def test_a_forged_amount_is_named_whatever_version_the_line_claims(
    version: str, played: Case
) -> None:
    def forge(entry) -> None:
        pay(entry, A, "500")
        entry["version"] = version

    rewrite_log(played, forge)
    assert journal.problems(played) == ()
    told = [one for one in seen(played).problems if A in one and "重新评价的结果与运行记录" in one]
    assert told, seen(played).problems
    assert "奖补金额(万元)记录为500，应为50" in told[0]


@pytest.mark.parametrize("command", ["check", "ballots", "export", "verify"])
def test_a_forged_amount_in_any_line_about_the_same_files_is_named(
    command: str, played: Case
) -> None:
    lines = journal.lines(played)
    now = lines[-1]["inputs"]
    wanted = [
        n for n, one in enumerate(lines) if one["command"] == command and one["inputs"] == now
    ]
    if not wanted:
        check(played.folder, today=TODAY)
        wanted = [len(journal.lines(played)) - 1]
    numbers = iter(range(10_000))
    rewrite_log(played, lambda one: pay(one, A, "80") if next(numbers) == wanted[-1] else None)
    problems = seen(played).problems
    assert any(f"第{wanted[-1] + 1}行" in one and "应为50" in one for one in problems), problems


def test_a_forged_amount_in_the_line_of_an_older_paper_is_held_against_the_paper(
    played: Case,
) -> None:
    """Its files are gone, so it cannot be judged again; the paper lies there."""

    def forge(entry) -> None:
        if any(one["path"].endswith("资金安排表-第1版.xlsx") for one in entry.get("papers", ())):
            pay(entry, A, "80")

    rewrite_log(played, forge)
    problems = seen(played).problems
    assert any("奖补资金安排表-第1版" in one and A in one and "80" in one for one in problems)


def test_a_log_made_anew_does_not_fit_the_codes_on_the_papers(played: Case) -> None:
    """One letter of one old line, every hash reckoned anew."""
    numbers = iter(range(10_000))
    rewrite_log(played, lambda one: one.update(login="x") if next(numbers) == 0 else None)
    assert journal.problems(played) == ()
    problems = seen(played).problems
    for name in ("公示名单-第1版", "奖补资金安排表-第1版", "奖补资金安排表-第2版"):
        assert any(name in one and "核验码" in one for one in problems), name


def test_another_parameter_in_the_log_is_named(played: Case) -> None:
    rewrite_log(played, lambda entry: entry["parameters"].update(line_a="95"))
    assert any("参数与工作簿不同" in one for one in seen(played).problems)


def test_another_evaluation_date_in_the_log_is_named(played: Case) -> None:
    rewrite_log(played, lambda entry: entry.update(as_of="2023-06-29"))
    assert any("评价日期是 2023-06-29" in one for one in seen(played).problems)


def test_a_result_changed_together_with_the_log_is_named_cell_by_cell(played: Case) -> None:
    cell = cell_of(played.result, "评价结果", A, "奖补金额(万元)")
    edit_cell(played.result, "评价结果", cell, 500)
    rewrite_log(played, lambda entry: adopt(entry, played, played.result))
    problems = seen(played).problems
    assert any(f"「评价结果」{cell}为“500”，应为“50”" in one for one in problems), problems


def test_so_it_is_when_the_line_claims_another_version(played: Case) -> None:
    cell = cell_of(played.result, "评价结果", A, "奖补金额(万元)")
    edit_cell(played.result, "评价结果", cell, 500)

    def forge(entry) -> None:
        adopt(entry, played, played.result)
        entry["version"] = OTHER

    rewrite_log(played, forge)
    problems = seen(played).problems
    assert any(f"「评价结果」{cell}为“500”，应为“50”" in one for one in problems), problems


def test_a_case_of_another_version_is_clean_and_says_what_was_held(
    ready: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    other_version(monkeypatch)
    evaluate(ready.folder, today=TODAY)
    monkeypatch.undo()
    done = seen(ready)
    assert done.problems == ()
    assert any(OTHER in one and "每一项结论、金额" in one for one in done.notes)


def test_one_new_evaluation_makes_all_of_it_comparable(
    ready: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    other_version(monkeypatch)
    evaluate(ready.folder, today=TODAY)
    monkeypatch.undo()
    evaluate(ready.folder, today=TODAY)
    assert (seen(ready).problems, seen(ready).notes) == ((), ())


def test_a_case_of_1_0_is_clean_and_says_what_cannot_be_held(old_case: Case) -> None:
    done = verify(old_case.folder, today=date(2023, 6, 30))
    assert done.problems == ()
    told = "".join(done.notes)
    for words in ("1.0.0 版", "备份/evaluate.xlsm", "平台申报表.xlsx", "没有印核验码"):
        assert words in told, words


def test_a_forged_amount_in_a_log_of_1_0_is_named(old_case: Case) -> None:
    rewrite_log(old_case, lambda entry: pay(entry, A, "500"))
    problems = verify(old_case.folder, today=date(2023, 6, 30)).problems
    assert any(A in one and "应为50" in one for one in problems)


# Lines written by hand below the last one: the chain and every code on paper stay whole


def forged_line(case: Case, path, **more) -> None:
    """Append a line, as a run would, that takes a file as it lies there for its output."""
    last = journal.lines(case)[-1]
    entry = {k: v for k, v in last.items() if k not in ("prev", "hash", "kept", "papers")}
    outputs = {case.relative(path): journal.digest(path.read_bytes())}
    append_line(case, {**entry, "command": "export", "outputs": outputs, **more})


def test_a_line_below_that_takes_a_changed_version_for_its_own_is_seen(played: Case) -> None:
    path = played.filed / "奖补资金安排表-第2版.xlsx"
    cell = cell_of(path, "奖补资金安排表", A, "银行账号")
    edit_cell(path, "奖补资金安排表", cell, "6222000011112222")
    forged_line(played, path)
    problems = seen(played).problems
    assert any("先后记下“输出/已导出/奖补资金安排表-第2版.xlsx”" in one for one in problems)
    assert any("6222000011112222" in one and "重新评价" in one for one in problems)


def test_a_line_below_for_the_plain_name_is_seen(played: Case) -> None:
    cell = cell_of(played.finance, "奖补资金安排表", A, "银行账号")
    edit_cell(played.finance, "奖补资金安排表", cell, "6222000011112222")
    forged_line(played, played.finance)
    problems = seen(played).problems
    assert any("“输出/奖补资金安排表.xlsx”不是奖补资金安排表第2版" in one for one in problems)


def test_a_line_below_for_the_result_is_seen(played: Case) -> None:
    cell = cell_of(played.result, "评价结果", A, "奖补金额(万元)")
    edit_cell(played.result, "评价结果", cell, 500)
    forged_line(played, played.result)
    problems = seen(played).problems
    assert any(f"「评价结果」{cell}为“500”，应为“50”" in one for one in problems)


def test_a_line_below_for_a_ballot_is_seen(played: Case) -> None:
    path = sorted(played.issued.iterdir())[0]
    edit_cell(path, "评分表", "A1", "改过")
    forged_line(played, path)
    assert any(f"先后记下“{played.relative(path)}”" in one for one in seen(played).problems)


def test_a_new_version_written_by_hand_is_held_against_the_judging(played: Case) -> None:
    """With its line, its digest, its content and even the right code."""
    last = next(one for one in reversed(journal.lines(played)) if one.get("papers"))
    path = played.filed / "奖补资金安排表-第3版.xlsx"
    path.write_bytes((played.filed / "奖补资金安排表-第2版.xlsx").read_bytes())
    cell = cell_of(path, "奖补资金安排表", A, "银行账号")
    edit_cell(path, "奖补资金安排表", cell, "6222000011112222")
    code = code_of(journal.lines(played)[-1]["hash"])
    sheet = load_workbook(path).worksheets[0]
    foot = next(row[0] for row in sheet.iter_rows() if str(row[0].value).startswith("核验码"))
    edit_cell(path, sheet.title, foot.coordinate, f"核验码：{code}")
    [paper] = last["papers"]
    mine = {"version": 3, "path": played.relative(path), "same": False, "code": code}
    forged_line(
        played,
        path,
        papers=[{**paper, **mine, "digest": journal.digest(path.read_bytes())}],
    )
    problems = seen(played).problems
    assert any("第3版" in one and "6222000011112222" in one for one in problems), problems


# What a line says of itself chooses what it is held against, and clears nothing


def forge_last(case: Case, command: str, **more) -> int:
    """Pay 80 in the last line of a command and change what it says of itself; its number."""
    lines = journal.lines(case)
    at = max(n for n, one in enumerate(lines) if one["command"] == command)
    numbers = iter(range(10_000))

    def forge(entry) -> None:
        if next(numbers) == at:
            pay(entry, A, "80")
            entry.update({k: v for k, v in more.items() if v is not None})

    rewrite_log(case, forge)
    assert journal.problems(case) == ()
    return at + 1


@pytest.mark.parametrize("version", ["1.0.0", "1.1.0", __version__])
def test_an_amount_in_a_line_of_any_version_about_these_files_is_a_problem(
    version: str, played: Case
) -> None:
    check(played.folder, today=TODAY)
    at = forge_last(played, "check", version=version)
    problems = seen(played).problems
    assert any(f"第{at}行" in one and "80" in one and "50" in one for one in problems), problems


@pytest.mark.parametrize("version", ["1.9.0", "9.9.9", "1.1.9", "", "甲" * 5000])
def test_a_version_there_never_was_is_a_problem(version: str, played: Case) -> None:
    rewrite_log(played, lambda entry: entry.update(version=version))
    told = [one for one in seen(played).problems if "软件版本" in one]
    assert told
    assert "请用那一版核验" in told[0]
    assert max(map(len, told)) < 300


def test_a_command_there_never_was_is_a_problem(played: Case) -> None:
    numbers = iter(range(10_000))
    rewrite_log(played, lambda one: one.update(command="pay") if next(numbers) == 0 else None)
    assert any("第1行" in one and "命令“pay”" in one for one in seen(played).problems)


def test_every_version_of_the_changelog_is_known() -> None:
    text = (Path(__file__).parents[2] / "CHANGELOG.md").read_text(encoding="utf-8")
    named = {line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")}
    assert (named - {"Unreleased"}) | {__version__} == RELEASED


@pytest.mark.parametrize("version", ["1.1.0", __version__])
def test_lines_about_the_same_files_of_then_tell_the_same(version: str, played: Case) -> None:
    """The files are others now, so none of the two can be judged again."""
    check(played.folder, today=TODAY)
    next(played.filings.glob("珠城*.xlsx")).unlink()
    at = forge_last(played, "check", version=version)
    problems = seen(played).problems
    assert any(f"第{at}行" in one and "记录为80" in one for one in problems), problems


def test_a_line_with_another_evaluation_date_than_its_fellows_is_a_problem(played: Case) -> None:
    check(played.folder, today=TODAY)
    at = forge_last(played, "check", as_of="2023-06-29")
    problems = seen(played).problems
    assert any(f"第{at}行" in one and "评价日期是 2023-06-29" in one for one in problems)


def test_a_line_with_other_staff_cells_though_none_changed_is_a_problem(played: Case) -> None:
    check(played.folder, today=TODAY)
    at = forge_last(played, "check", staff="0" * 64)
    assert any(f"第{at}行" in one and "指纹" in one for one in seen(played).problems)


def test_a_line_with_other_files_than_both_its_neighbours_is_told(played: Case) -> None:
    """A note: a file may have been away for a run."""
    for _ in range(3):
        check(played.folder, today=TODAY)
    at = len(journal.lines(played)) - 1
    numbers = iter(range(1, 10_000))

    def forge(entry) -> None:
        if next(numbers) == at:
            pay(entry, A, "80")
            entry["inputs"].popitem()

    rewrite_log(played, forge)
    assert any(f"第{at}行" in one and "80" in one for one in seen(played).notes)


# The log and its head deleted, and the program run again


@pytest.fixture
def begun_anew(played: Case) -> Case:
    """The demo case with a new log of one line."""
    played.log.unlink()
    played.log_head.unlink()
    evaluate(played.folder, today=TODAY)
    return played


def test_a_log_begun_anew_does_not_verify(begun_anew: Case) -> None:
    assert journal.problems(begun_anew) == ()
    problems = seen(begun_anew).problems
    kept = [*begun_anew.filed.rglob("*.*"), *begun_anew.issued.iterdir(), begun_anew.notice]
    kept += [begun_anew.finance, begun_anew.register, *begun_anew.feedback.iterdir()]
    for path in kept:
        name = f"“{begun_anew.relative(path)}”"
        assert any(name in one and "不在运行记录中" in one for one in problems), name


def test_a_copy_of_the_old_log_is_unknown_too(begun_anew: Case) -> None:
    known = journal.lines(begun_anew)[-1]["kept"]
    old = [
        one
        for one in begun_anew.backups.glob("evaluate-*")
        if begun_anew.relative(one) not in known
    ]
    assert old
    problems = "".join(seen(begun_anew).problems)
    assert all(f"“{begun_anew.relative(one)}”" in problems for one in old)


def test_papers_of_another_log_are_told_by_their_code(begun_anew: Case) -> None:
    problems = seen(begun_anew).problems
    [told] = [one for one in problems if "公示名单-第1版" in one]
    assert "印的核验码" in told
    assert "另一份运行记录" in told
    assert "程序不会删除" in told


def test_what_is_moved_elsewhere_is_no_trouble_any_more(begun_anew: Case) -> None:
    elsewhere = begun_anew.folder.parent / "旧材料"
    elsewhere.mkdir()
    known = {*journal.lines(begun_anew)[-1]["kept"], "输出/评价结果.xlsx"}
    for path in [*begun_anew.output.rglob("*")]:
        own = path.stem == "运行记录" or path.name == ".lock"
        if path.is_file() and not own and begun_anew.relative(path) not in known:
            path.rename(elsewhere / path.name)
    assert seen(begun_anew).problems == ()


def test_a_log_cut_short_with_its_head_leaves_papers_nobody_filed(played: Case) -> None:
    """The last export and all after it are taken out of the log."""
    lines = journal.lines(played)
    last = max(n for n, one in enumerate(lines) if one["command"] == "export")
    numbers = iter(range(10_000))
    rewrite_log(played, lambda entry: next(numbers) < last)
    problems = seen(played).problems
    assert any("奖补资金安排表-第2版.xlsx”不在运行记录中" in one for one in problems)
    assert any("“输出/奖补资金安排表.xlsx”与运行记录不符" in one for one in problems)


def test_a_year_is_clean_after_every_step(case: Case, xlpy) -> None:
    """Nothing to say, but that nobody evaluated yet."""
    clerk = Clerk(case, xlpy)

    def problems() -> list[str]:
        return [one for one in clerk.run("verify")["problems"] if "还没有评价" not in one]

    assert problems() == []
    clerk.confirms()
    assert problems() == []
    clerk.run("check")
    assert problems() == []
    xlpy("ballots", case.folder)
    assert problems() == []
    clerk.run("evaluate")
    assert problems() == []
    assert clerk.run("export")["status"] == 1, "no dates yet: refused"
    assert problems() == []
    clerk.parameters(**DATES)
    assert problems() == []
    clerk.run("evaluate")
    assert problems() == []
    assert clerk.run("export", "--notice")["status"] == 0
    assert problems() == []
    assert clerk.run("export", "--finance")["status"] == 0
    assert problems() == []
    clerk.parameters(filed_on=date(2023, 7, 20), phone="0552-3000001")
    assert problems() == [] or "公示名单" in problems()[0]
