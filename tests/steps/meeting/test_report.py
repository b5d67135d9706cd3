"""`xlpy report` (会议材料): what the meeting looks at, beside the result, never instead of it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.kit.case import make_case
from tests.kit.clerk import DATES, Clerk, retype
from tests.kit.other_editions import Year
from xlpy.excel.reading.book import read_book
from xlpy.forms.cells.identity import read_meta
from xlpy.model.identity import CASE, LAST_CASE, LAST_FOLDER, META_SHEET
from xlpy.steps.case import Case
from xlpy.word.reading import read_letter

SHEETS = [
    *("要点", "专家情况", "一致性", "去一专家", "临界", "方法比较", "回避影响"),
    *("证据对照", "年度对比", "分县区"),
]
CAUTION = "供会议参考，不改变任何评价结果"


def files(case: Case) -> dict[str, bytes]:
    """Return every file of a case, by its path."""
    paths = (path for path in sorted(case.folder.rglob("*")) if path.is_file())
    return {case.relative(path): path.read_bytes() for path in paths if path.name != ".lock"}


def cells(path: Path, sheet: str) -> list[list[object]]:
    """Return the filled rows of a sheet."""
    book = load_workbook(path)
    return [[c for c in row if c is not None] for row in book[sheet].iter_rows(values_only=True)]


def test_a_report_writes_the_analysis_and_the_documents(ready: Case, xlpy) -> None:
    status, out, err = xlpy("report", ready.folder)
    assert (status, err) == (0, "")
    written = {path.relative_to(ready.meeting).as_posix() for path in ready.meeting.rglob("*.*")}
    pages = {name for name in written if name.startswith("一页通/")}
    assert written - pages == {"会商分析.xlsx", "评价情况汇报.docx", "会议纪要(代拟).docx"}
    assert len(pages) == 4
    assert "会商分析.xlsx" in out
    assert load_workbook(ready.meeting / "会商分析.xlsx").sheetnames == SHEETS


def test_nothing_else_changes_but_the_log(ready: Case, xlpy) -> None:
    """Result, workbook, papers, register and the lines before are what they were."""
    Clerk(ready).run("export")
    before = files(ready)
    assert xlpy("report", ready.folder)[0] == 0
    after = files(ready)
    new = {name for name in after if name.startswith("输出/会议材料/")}
    logs = {"输出/运行记录.jsonl", "输出/运行记录.head", "输出/运行记录.last"}
    assert {n: c for n, c in after.items() if n not in new | logs} == {
        n: c for n, c in before.items() if n not in logs
    }
    assert after["输出/运行记录.jsonl"].startswith(before["输出/运行记录.jsonl"])
    last = json.loads(after["输出/运行记录.jsonl"].splitlines()[-1])
    evaluated = json.loads(before["输出/运行记录.jsonl"].splitlines()[-2])
    assert last["command"] == "report"
    assert last["decisions"] == evaluated["decisions"]


def test_the_money_is_the_same_after_a_report(ready: Case, xlpy) -> None:
    other = Case(Path(shutil.copytree(ready.folder, ready.folder.parent / "另一份")))
    assert xlpy("report", ready.folder)[0] == 0
    for case in (ready, other):
        assert Clerk(case).run("export")["status"] == 0
        assert Clerk(case).run("export")["status"] == 0
    one, two = (load_workbook(case.finance).active for case in (ready, other))
    assert one is not None
    assert two is not None
    cells = [
        [c for row in sheet.iter_rows(values_only=True) for c in row if "核验码" not in str(c)]
        for sheet in (one, two)
    ]
    assert cells[0] == cells[1]


def test_verify_knows_what_a_report_wrote(ready: Case, xlpy) -> None:
    xlpy("report", ready.folder, "--csv")
    assert Clerk(ready).run("verify")["problems"] == []
    (ready.meeting / "会商分析.xlsx").write_bytes(b"changed")
    (told,) = Clerk(ready).run("verify")["problems"]
    assert "会商分析.xlsx" in told


def test_verify_names_what_lies_there_and_is_not_ours(ready: Case, xlpy) -> None:
    xlpy("report", ready.folder)
    (ready.meeting / "我的笔记.docx").write_bytes(b"mine")
    (told,) = Clerk(ready).run("verify")["problems"]
    assert "我的笔记.docx" in told


def test_the_next_report_takes_the_place_of_the_one_before(ready: Case, xlpy) -> None:
    xlpy("report", ready.folder, "--csv")
    gone = next((ready.meeting / "一页通").iterdir())
    moved = ready.filings / "作废"
    moved.mkdir()
    name = gone.stem.rpartition("-")[0]
    sent = next(path for path in ready.filings.glob("*.xlsx") if name in path.name)
    sent.rename(moved / sent.name)
    assert xlpy("report", ready.folder)[0] == 0
    assert not (ready.meeting / "数据" / "scores.csv").exists()
    Clerk(ready).run("evaluate")
    told = Clerk(ready).run("verify")["problems"]
    assert not [one for one in told if "会议材料" in one]


def test_a_report_says_that_the_case_changed_since_its_evaluation(ready: Case, xlpy) -> None:
    clerk = Clerk(ready)
    name = clerk.rows("results")[0]["name"]
    clerk.results(name, ruling="C", ruling_reason="会议研究")
    status, out, _ = xlpy("report", ready.folder)
    assert status == 0
    assert "请先评价，再重新生成会议材料" in out
    first = cells(ready.meeting / "会商分析.xlsx", "要点")
    assert any("请先评价，再重新生成会议材料" in str(row) for row in first)
    clerk.run("evaluate")
    _, out, _ = xlpy("report", ready.folder)
    assert "请先评价" not in out


def test_every_page_of_the_analysis_says_that_it_decides_nothing(ready: Case, xlpy) -> None:
    xlpy("report", ready.folder)
    for sheet in load_workbook(ready.meeting / "会商分析.xlsx"):
        assert sheet.oddHeader.center.text == CAUTION
        assert any(CAUTION in str(row) for row in sheet.iter_rows(values_only=True))


def test_the_first_page_has_five_sentences(ready: Case, xlpy) -> None:
    xlpy("report", ready.folder)
    rows = cells(ready.meeting / "会商分析.xlsx", "要点")
    points = [row for row in rows if row and row[0] in (1, 2, 3, 4, 5)]
    assert [row[1] for row in points] == ["名额", "临界", "专家", "方法", "未了事项"]
    assert all(str(row[2]).endswith("。") for row in points)


# No score before its panel is complete


def test_a_report_waits_for_a_listed_expert_whose_ballot_is_out(ready: Case, xlpy) -> None:
    ballot = sorted(ready.ballots.glob("*.xlsx"))[0]
    Clerk(ready).adds("experts", id="01", name="张一", unit="某局")
    others = [f"{number:02d}" for number in range(2, 8)]
    for number in others:
        Clerk(ready).adds("experts", id=number, name=f"专家{number}", unit="某单位")
    away = ready.folder.parent / ballot.name
    ballot.rename(away)
    before = files(ready)
    status, _, err = xlpy("report", ready.folder)
    assert status == 2
    assert "会议材料要等评分表收齐" in err
    assert "专家01" in err
    assert "从工作簿「专家」中删去" in err
    assert files(ready) == before
    assert not ready.meeting.exists()
    away.rename(ballot)
    assert xlpy("report", ready.folder)[0] == 0


def test_an_expert_taken_off_the_list_is_not_waited_for(ready: Case, xlpy) -> None:
    """The way out the refusal names."""
    sorted(ready.ballots.glob("*.xlsx"))[0].unlink()
    for number in range(2, 8):
        Clerk(ready).adds("experts", id=f"{number:02d}", name=f"专家{number}", unit="某单位")
    assert xlpy("report", ready.folder)[0] == 0


def test_without_any_ballot_there_is_nothing_to_show(ready: Case, xlpy) -> None:
    for path in ready.ballots.glob("*.xlsx"):
        path.unlink()
    status, _, err = xlpy("report", ready.folder)
    assert status == 2
    assert "会议材料要等评分表收齐" in err


def test_a_ballot_sent_twice_is_waited_for(ready: Case, xlpy) -> None:
    """Neither counts: what the meeting would see is not what the expert said."""
    for number in range(1, 8):
        Clerk(ready).adds("experts", id=f"{number:02d}", name=f"专家{number}", unit="某单位")
    ballot = sorted(ready.ballots.glob("*.xlsx"))[0]
    shutil.copy(ballot, ballot.with_name("又一份.xlsx"))
    status, _, err = xlpy("report", ready.folder)
    assert status == 2
    assert "交回的没有计入" in err


# Last year


@pytest.fixture
def after(ready: Case, tmp_path: Path) -> tuple[Case, Case]:
    """A case and that of last year: `_meta` remembers it as `new --from` writes it."""
    last = make_case(tmp_path / "去年的", platforms=4, ledger=30, seed=2, findings=0.0)
    Clerk(last).run("evaluate")
    book = load_workbook(ready.workbook, keep_vba=True)
    meta = {row[0].value: row for row in book[META_SHEET].iter_rows()}
    id = read_meta(read_book(last.workbook))[CASE]
    told = {LAST_CASE: id, LAST_FOLDER: f"../{last.folder.name}"}
    for name, value in told.items():
        if name in meta:
            meta[name][1].value = value
        else:
            book[META_SHEET].append([name, value])
    book.save(ready.workbook)
    return ready, last


def compared(case: Case) -> list[list[object]]:
    """Return the rows of 年度对比 below its heading."""
    rows = cells(case.meeting / "会商分析.xlsx", "年度对比")
    heading = next(at for at, row in enumerate(rows) if "上年等次" in row)
    return [row for row in rows[heading + 1 :] if row]


def test_the_case_it_was_made_from_is_found_and_set_beside(after: tuple[Case, Case], xlpy) -> None:
    case, last = after
    before = files(last)
    status, out, _ = xlpy("report", case.folder)
    assert (status, "上年项目" in out) == (0, False)
    seen = Clerk(last).run("evaluate", "--as-of", "2023-06-30")["platforms"]
    view = {one["name"]: one for one in seen}
    rows = compared(case)
    assert len(rows) == 4
    for row in rows:
        assert str(row[3]) == str(Decimal(view[row[0]]["score"]).normalize())
    assert files(last) == before


def test_last_year_is_found_beside_the_case_under_another_name(
    after: tuple[Case, Case], xlpy
) -> None:
    case, last = after
    last.folder.rename(case.folder.parent / "搬过来的上年项目")
    xlpy("report", case.folder)
    assert len(compared(case)) == 4
    assert "搬过来的上年项目" in str(cells(case.meeting / "会商分析.xlsx", "年度对比"))


def test_a_last_year_that_is_gone_is_told(after: tuple[Case, Case], xlpy) -> None:
    case, last = after
    shutil.rmtree(last.folder)
    status, out, _ = xlpy("report", case.folder)
    assert status == 0
    assert "本项目承接的上年项目不在原处" in out


@pytest.mark.parametrize("path", ["/etc", "C:\\x", "\\\\server\\x", "//server/x", "http://x"])
def test_a_path_that_leads_elsewhere_is_not_followed(
    after: tuple[Case, Case], path: str, xlpy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only where it lay by plain names, or beside this case."""
    case, last = after
    shutil.rmtree(last.folder)
    book = load_workbook(case.workbook, keep_vba=True)
    meta = {row[0].value: row for row in book[META_SHEET].iter_rows()}
    meta[LAST_FOLDER][1].value = path
    book.save(case.workbook)
    looked: list[Path] = []
    monkeypatch.setattr(
        "xlpy.steps.meeting.before._id_of", lambda one: looked.append(one.folder) or ""
    )
    assert xlpy("report", case.folder)[0] == 0
    assert all(one.parent == case.folder.parent for one in looked)


def test_a_last_year_whose_files_changed_since_is_told(after: tuple[Case, Case], xlpy) -> None:
    case, last = after
    next(iter(last.ballots.glob("*.xlsx"))).unlink()
    _, out, _ = xlpy("report", case.folder)
    assert "在其最近一次评价以后有变动" in out
    assert "在其最近一次评价以后有变动" in str(cells(case.meeting / "会商分析.xlsx", "年度对比"))


def test_another_editions_grades_stand_in_its_own_words(
    years: Callable[[str], Year], tmp_path: Path, xlpy
) -> None:
    """望澜 2031 beside 霁湖 2032: nothing is mapped."""
    case = years("jihu-2032").copied(tmp_path)
    last = years("wanglan-2031").case
    status, out, err = xlpy("report", case.folder, "--last", last.folder)
    assert (status, err) == (0, ""), out
    rows = cells(case.meeting / "会商分析.xlsx", "年度对比")
    assert any("上年依据的政策版本是“wanglan-2031”" in str(row) for row in rows)


def test_without_a_last_year_the_sheet_says_so(ready: Case, xlpy) -> None:
    xlpy("report", ready.folder)
    rows = cells(ready.meeting / "会商分析.xlsx", "年度对比")
    assert any("没有找到上年的评价项目" in str(row) for row in rows)


def test_last_year_can_be_named(ready: Case, played: Case, xlpy) -> None:
    """A case of the same year is none; nor is the case itself."""
    status, _, err = xlpy("report", ready.folder, "--last", ready.folder)
    assert (status, "就是本项目" in err) == (2, True)
    status, _, err = xlpy("report", ready.folder, "--last", played.folder)
    assert (status, "不早于本项目" in err) == (2, True)


def test_a_last_case_that_is_none_is_told(ready: Case, tmp_path: Path, xlpy) -> None:
    status, _, err = xlpy("report", ready.folder, "--last", tmp_path / "没有")
    assert status == 2
    assert "找不到评价项目文件夹" in err


# What a click on 校验 or 评价 must not cost


@pytest.mark.parametrize("command", ["check", "evaluate", "ballots", "verify"])
def test_no_other_command_imports_statistics_or_documents(ready: Case, command: str) -> None:
    code = (
        "import sys; from xlpy.cli.commands import run; "
        f"run([{command!r}, {str(ready.folder)!r}]); "
        "heavy = {'pandas', 'numpy', 'docx', 'lxml'} & set(sys.modules); print('heavy', heavy)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "heavy set()"


@pytest.mark.parametrize("problem", [ModuleNotFoundError("pandas"), ImportError("numpy: no DLL")])
def test_without_statistics_the_report_says_where_they_come_from(
    ready: Case, xlpy, monkeypatch: pytest.MonkeyPatch, problem: ImportError
) -> None:
    """Left out, or unpacked in part: pandas is there, what it needs is not."""

    def missing(name: str) -> None:
        raise problem

    monkeypatch.setattr("xlpy.steps.meeting.waiting.import_module", missing)
    before = files(ready)
    status, _, err = xlpy("report", ready.folder)
    assert status == 2
    assert "xlpy-版本-windows-会议材料.zip" in err
    assert files(ready) == before


def test_the_same_case_gives_the_same_bytes(ready: Case, xlpy) -> None:
    other = Case(Path(shutil.copytree(ready.folder, ready.folder.parent / "另一份")))
    for case in (ready, other):
        assert xlpy("report", case.folder, "--csv")[0] == 0
    one, two = (
        {path.relative_to(case.meeting): path.read_bytes() for path in case.meeting.rglob("*.*")}
        for case in (ready, other)
    )
    assert one == two


def test_typed_dates_are_no_reason_to_evaluate_again(ready: Case, xlpy) -> None:
    Clerk(ready).parameters(**{**DATES, "minutes": "纪要〔2023〕8号"})
    _, out, _ = xlpy("report", ready.folder)
    assert "请先评价" not in out


def test_what_was_changed_in_word_is_kept_when_a_report_comes_again(ready: Case, xlpy) -> None:
    """The draft minutes are made to be changed; the copy stays through further reports."""
    xlpy("report", ready.folder)
    minutes = ready.meeting / "会议纪要(代拟).docx"
    changed = minutes.read_bytes() + b" "
    minutes.write_bytes(changed)
    status, out, _ = xlpy("report", ready.folder)
    assert status == 0
    assert (
        "原来的会议材料被手工改过（或不在运行记录中），已另存为“输出/会议材料/手工改动/会议纪要(代拟)-"
        in out
    )
    assert minutes.read_bytes() != changed
    for _ in range(2):
        (kept,) = (ready.meeting / "手工改动").iterdir()
        assert kept.read_bytes() == changed
        assert Clerk(ready).run("verify")["problems"] == []
        xlpy("report", ready.folder)


def test_the_documents_say_what_the_reader_has_to_know(case: Case, xlpy) -> None:
    """As the analysis does: nobody reads 汇报 without it."""
    xlpy("report", case.folder)
    for name in ("评价情况汇报.docx", "会议纪要(代拟).docx"):
        said = "".join(read_letter((case.meeting / name).read_bytes()).paragraphs)
        assert "本项目还没有评价过" in said


def test_minutes_the_log_does_not_know_are_kept_too(ready: Case, xlpy) -> None:
    """The log was moved away: nobody knows who wrote what lies there."""
    xlpy("report", ready.folder)
    minutes = ready.meeting / "会议纪要(代拟).docx"
    minutes.write_bytes(changed := minutes.read_bytes() + b" ")
    for path in ready.output.glob("运行记录*"):
        path.unlink()
    Clerk(ready).run("evaluate")
    assert xlpy("report", ready.folder)[0] == 0
    kept = {p.read_bytes() for p in (ready.meeting / "手工改动").glob("会议纪要*.docx")}
    assert kept == {changed}


def test_tables_of_before_go_and_it_is_said(ready: Case, xlpy) -> None:
    """They would be those of another result; changed ones are kept."""
    xlpy("report", ready.folder, "--csv")
    scores = ready.meeting / "数据" / "scores.csv"
    scores.write_bytes(changed := scores.read_bytes() + b"x")
    _, out, _ = xlpy("report", ready.folder)
    assert "以前的数据表（会议材料/数据）已不是现在的结果，已移除" in out
    assert not list((ready.meeting / "数据").glob("*.csv"))
    (kept,) = (ready.meeting / "手工改动").glob("scores-*.csv")
    assert kept.read_bytes() == changed
    assert Clerk(ready).run("verify")["problems"] == []
    assert "以前的数据表" not in xlpy("report", ready.folder)[1]


def test_a_ballot_that_does_not_count_is_waited_for_without_a_list_of_experts(
    ready: Case, xlpy
) -> None:
    """Twice from one expert: neither counts, and nobody is listed on 专家."""
    first = sorted(ready.ballots.glob("*.xlsx"))[0]
    shutil.copy(first, first.with_name("又一份.xlsx"))
    status, _, err = xlpy("report", ready.folder)
    assert status == 2
    assert "交回的没有计入" in err
    assert "移入“作废”" in err


def test_the_briefing_names_no_file_and_no_cell(case: Case, xlpy) -> None:
    """Ids, files and cells are for the clerk, and what was typed stands in no paper."""
    path = sorted(case.filings.glob("*.xlsx"))[0]
    retype(path, account="6222 0212 3456 7890 12x")
    Clerk(case).run("evaluate")
    assert xlpy("report", case.folder)[0] == 0
    said = "".join(read_letter((case.meeting / "评价情况汇报.docx").read_bytes()).paragraphs)
    assert not re.search("[A-Z][0-9]{3}-[0-9a-f]{8}|[.]xlsx|6222", said)
    assert "逐项见评价工作簿「校验问题」" in said
    assert "须改正、补正或受理的申报材料涉及" in said


def test_a_grade_changed_since_the_notice_is_told_in_all_papers(ready: Case, xlpy) -> None:
    """The evaluation has nothing open, and yet the list is to be published again."""
    clerk = Clerk(ready)
    assert clerk.run("export", "--notice")["refused"] == []
    assert "应重新导出公示名单并公示" not in xlpy("report", ready.folder)[1]
    name = clerk.rows("results")[0]["name"]
    clerk.results(name, ruling="C", ruling_reason="会议研究")
    clerk.run("evaluate")
    words = f"公示名单（第1版）导出以后，{name}的等次或奖补金额有变动：应重新导出公示名单并公示"
    assert words in xlpy("report", ready.folder)[1]
    assert words in str(cells(ready.meeting / "会商分析.xlsx", "要点"))
    for letter in ("评价情况汇报.docx", "会议纪要(代拟).docx"):
        assert words in "".join(read_letter((ready.meeting / letter).read_bytes()).paragraphs)
