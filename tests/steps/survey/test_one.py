"""What a survey says of one case: what `evaluate` says, nothing private, nothing written."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from filelock import FileLock

from tests.kit.clerk import Clerk
from tests.kit.whole import everything
from tests.steps.test_hostile import _answer
from xlpy.model.decision import Evaluation
from xlpy.model.survey import CHANGED, EVALUATED, NOT_RUN, NOTICED, PAID, SurveyedCase
from xlpy.steps.case import Case
from xlpy.steps.survey import one
from xlpy.steps.survey.one import readers, surveyed

TODAY = date(2023, 8, 1)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _no_child_stays() -> object:
    """End the child that reads, as the end of a process does."""
    yield
    readers().__exit__(None, None, None)
    readers.cache_clear()


def look(case: Case) -> SurveyedCase:
    return surveyed(TODAY, case.folder)


@pytest.mark.parametrize("name", ["case", "ready", "played", "old_case"])
def test_it_says_what_evaluate_says(request: pytest.FixtureRequest, xlpy: Run, name: str) -> None:
    case: Case = request.getfixturevalue(name)
    found = look(case)
    told = json.loads(xlpy("evaluate", case.folder, "--json")[1])
    assert (found.problem, found.waiting) == ("", "")
    assert (found.year, found.base, found.quota) == (told["year"], told["base"], told["quota"])
    assert found.total == Decimal(told["total_subsidy"])
    assert [
        (
            *(one.code, one.name, one.level, one.status.value, one.rank, one.preliminary),
            *(one.final, one.tie, one.ballots, one.recused),
            None if one.score is None else f"{one.score:f}",
            one.subsidy,
        )
        for one in found.platforms
    ] == [
        (
            *(one["code"], one["name"], one["level"], one["status"], one["rank"]),
            *(one["preliminary"], one["final"], one["tie"], one["ballots"], one["recused"]),
            one["score"],
            None if one["subsidy"] is None else Decimal(one["subsidy"]),
        )
        for one in told["platforms"]
    ]
    open_ones = [one for one in told["findings"] if one["state"] in ("待处理", "须改正")]
    late = {"R832", "R833", "R834"}  # what the papers wait for, and no evaluation
    wanted = [one["severity"] for one in open_ones if one["code"] not in late]
    assert found.open_errors == wanted.count("错误")
    assert found.open_others == len(wanted) - wanted.count("错误")


@pytest.mark.parametrize("name", ["case", "ready", "played", "old_case"])
def test_no_file_of_the_case_changes(request: pytest.FixtureRequest, name: str) -> None:
    case: Case = request.getfixturevalue(name)
    before = everything(case)
    times = {path: path.stat().st_mtime_ns for path in case.folder.rglob("*")}
    look(case)
    assert everything(case) == before
    assert {path: path.stat().st_mtime_ns for path in case.folder.rglob("*")} == times


def test_a_case_somebody_works_on_is_read_without_waiting(ready: Case) -> None:
    with FileLock(ready.output / ".lock"):
        assert look(ready).problem == ""


@pytest.mark.parametrize(
    ("name", "stage"), [("case", NOT_RUN), ("ready", EVALUATED), ("played", PAID)]
)
def test_how_far_a_case_is_stands_in_its_log(
    request: pytest.FixtureRequest, name: str, stage: str
) -> None:
    assert look(request.getfixturevalue(name)).stage == stage


def test_a_case_with_its_list_out_is_noticed(ready: Case) -> None:
    assert Clerk(ready).run("export", "--notice")["status"] == 0
    assert look(ready).stage == NOTICED


def test_a_case_whose_files_changed_since_says_so(ready: Case) -> None:
    _answer(min(ready.filings.iterdir()), "联系人", "别人")
    assert look(ready).stage == CHANGED


def test_a_list_that_shows_other_grades_than_now_is_told(ready: Case) -> None:
    clerk = Clerk(ready)
    clerk.run("export", "--notice")
    clerk.parameters(line_a="99", line_b="98")
    clerk.run("evaluate")
    found = look(ready)
    assert found.stage == EVALUATED
    assert "已导出的公示名单第1版与现在的等次或奖补金额不同" in found.open


def test_no_score_is_shown_while_a_ballot_is_out(ready: Case) -> None:
    min(ready.ballots.iterdir()).unlink()
    found = look(ready)
    assert "评分表没有收齐" in found.waiting
    assert {(o.score, o.rank, o.final, o.subsidy) for o in found.platforms} == {(None,) * 4}
    assert found.total == 0


def test_the_order_of_who_waits_tells_no_rank(ready: Case) -> None:
    ranked = [one.code for one in look(ready).platforms]
    min(ready.ballots.iterdir()).unlink()
    assert [one.code for one in look(ready).platforms] == sorted(ranked) != ranked


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("91340300MA2XL0101M", "91340300MA2XL0101M"),
        ("911234567890123456", "911234567890123456"),
        ("13900001111", "〔略〕"),
        ("张三13900001111", "张三〔略〕"),
        ("6222020200112233445", "〔略〕"),
    ],
)
def test_a_telephone_for_a_code_is_struck_and_a_code_is_not(
    monkeypatch: pytest.MonkeyPatch, ready: Case, typed: str, told: str
) -> None:
    decided = one.decide

    def named(*words: object, **more: object) -> Evaluation:
        found = decided(*words, **more)  # type: ignore[arg-type]
        return replace(found, decisions=(replace(found.decisions[0], code=typed),))

    monkeypatch.setattr(one, "decide", named)
    assert [each.code for each in look(ready).platforms] == [told]


def test_scores_are_shown_once_the_list_is_out(ready: Case) -> None:
    Clerk(ready).run("export", "--notice")
    min(ready.ballots.iterdir()).unlink()
    found = look(ready)
    assert found.waiting == ""
    assert all(one.score is not None for one in found.platforms)


def test_what_a_case_waits_for_names_no_id_file_or_cell(case: Case) -> None:
    _answer(min(case.filings.iterdir()), "年服务企业数", "约200")
    told = look(case).open
    assert any("错误没有改正或受理" in one for one in told)
    assert not any("xlsx" in one or "C3" in one for one in told)


def test_neither_account_nor_telephone_nor_person_travels(ready: Case) -> None:
    first = min(ready.filings.iterdir())
    _answer(first, "平台名称", "甲平台13900001111")
    told = repr(look(ready))
    for label in ("联系人", "联系电话", "法定代表人", "银行账号", "开户名称"):
        assert _typed(first, label) not in told
    assert "13900001111" not in told
    assert "甲平台〔略〕" in told


def _typed(path: Path, label: str) -> str:
    from openpyxl import load_workbook

    rows = load_workbook(path)["附件1"].iter_rows(values_only=True)
    return next(str(row[2]) for row in rows if str(row[1]).rstrip("*") == label)


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (lambda case: case.workbook.unlink(), "没有 evaluate.xlsm，不是评价项目"),
        (lambda case: case.workbook.write_bytes(b"PK"), "evaluate.xlsm 读不了"),
        (lambda case: shutil.rmtree(case.ballots), "没有文件夹“专家评分”"),
        (lambda case: case.log.write_text("{}\n", encoding="utf-8"), "运行记录已被改动"),
    ],
)
def test_what_is_broken_is_said_with_the_way_out(
    ready: Case, broken: Callable[[Case], object], told: str
) -> None:
    broken(ready)
    problem = look(ready).problem
    assert told in problem
    assert "请" in problem


def test_a_run_that_was_not_finished_is_told_beside_the_reason(ready: Case) -> None:
    names = (".xlpy-0123456789abcdef.new.tmp", ".xlpy-0123456789abcdef.old.tmp")
    plan = {"outputs": [["输出/评价结果.xlsx", *names, "0", None]], "leaving": {}}
    kept = ready.log_last.read_text(encoding="utf-8")
    ready.log_last.write_text(f"{kept}{json.dumps(plan)}\n", encoding="utf-8")
    ready.workbook.unlink()
    assert "上次运行没有写完" in look(ready).problem


def test_a_fault_of_the_program_costs_this_case_only(
    ready: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("xlpy.steps.survey.one.decide", fails)
    assert "程序内部错误（ZeroDivisionError）" in look(ready).problem


def test_a_folder_that_went_away_is_told_so(tmp_path: Path) -> None:
    told = surveyed(TODAY, tmp_path / "没有").problem
    assert "在汇总过程中被移走、改名，或与共享文件夹的连接断开了" in told
