"""`xlpy survey` as its user sees it: files, sentences, exit status, the same bytes each time."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.kit.whole import everything
from tests.steps.survey.conftest import SHOWN
from xlpy.excel.reading.book import read_book
from xlpy.model.grid import Book
from xlpy.steps.case import Case

Run = Callable[..., tuple[int, str, str]]
Folder = Path


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder of one's own."""
    folder = tmp_path / "这里"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def texts_of(path: Path) -> list[str]:
    book = load_workbook(path)
    return [
        str(value)
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if value is not None
    ]


def test_the_workbook_is_written_where_one_stands(province: Path, here: Path, xlpy: Run) -> None:
    _, out, err = xlpy("survey", province)
    assert err == ""
    assert f"已写出：{here / '汇总.xlsx'}" in out
    assert "共3个项目，评价3个，平台9家，奖补合计" in out
    assert sorted(os.listdir(here)) == ["汇总.xlsx"]


def test_every_case_and_platform_stands_in_it(province: Path, here: Path, xlpy: Run) -> None:
    told = json.loads(xlpy("survey", province, "--json")[1])
    texts = set(texts_of(here / "汇总.xlsx"))
    assert {one["folder"] for one in told["cases"]} == set(SHOWN) <= texts
    assert len(told["platforms"]) == 9
    assert {one["name"] for one in told["platforms"]} <= texts


def test_json_says_of_each_platform_what_evaluate_says(province: Path, xlpy: Run) -> None:
    told = json.loads(xlpy("survey", province, "--json")[1])
    for shown in SHOWN:
        single = json.loads(xlpy("evaluate", province / shown, "--json")[1])
        wanted = [
            (one["code"], one["status"], one["score"], one["rank"], one["final"], one["subsidy"])
            for one in single["platforms"]
        ]
        assert wanted == [
            (one["code"], one["status"], one["score"], one["rank"], one["final"], one["subsidy"])
            for one in told["platforms"]
            if one["folder"] == shown
        ]
        (case,) = (one for one in told["cases"] if one["folder"] == shown)
        assert case["total_subsidy"] == single["total_subsidy"]
        assert (case["base"], case["quota"]) == (single["base"], single["quota"])


def test_the_same_cases_give_the_same_bytes(province: Path, here: Path, xlpy: Run) -> None:
    xlpy("survey", province)
    first = (here / "汇总.xlsx").read_bytes()
    xlpy("survey", province, "--workers", "1", "--out", here / "二.xlsx")
    assert (here / "二.xlsx").read_bytes() == first


def test_no_case_changes(province: Path, xlpy: Run) -> None:
    before = [everything(Case(province / shown)) for shown in SHOWN]
    xlpy("survey", province, "--csv")
    assert [everything(Case(province / shown)) for shown in SHOWN] == before
    assert sorted(os.listdir(province)) == ["东市", "西市"]


def test_our_own_reader_reads_it(province: Path, here: Path, xlpy: Run) -> None:
    xlpy("survey", province)
    assert isinstance(read_book(here / "汇总.xlsx"), Book)


def test_a_broken_case_is_named_with_its_reason_and_the_others_stand(
    province: Path, here: Path, xlpy: Run
) -> None:
    (province / SHOWN[1] / "evaluate.xlsm").write_bytes(b"\x00" * 100)
    status, out, err = xlpy("survey", province)
    assert (status, err) == (1, "")
    assert f"没有评价成：{SHOWN[1]}：evaluate.xlsm 读不了" in out
    assert "共3个项目，评价2个，平台6家" in out
    texts = texts_of(here / "汇总.xlsx")
    assert any("evaluate.xlsm 读不了" in one for one in texts)


def test_a_case_that_lies_there_twice_is_told(province: Path, here: Path, xlpy: Run) -> None:
    shutil.copytree(province / SHOWN[0], province / "东市/备份")
    _, out, _ = xlpy("survey", province)
    assert "注意：东市/2022年度、东市/备份是同一个项目，合计中重复计算了" in out
    texts = texts_of(here / "汇总.xlsx")
    assert any("东市/2022年度" in one and "东市/备份" in one for one in texts)


def test_status_0_needs_cases_without_open_errors(ready: Case, province: Path, xlpy: Run) -> None:
    assert xlpy("survey", ready.folder)[0] == 0
    assert xlpy("survey", ready.folder, province)[0] == 1  # nobody was confirmed there


def test_the_tables_for_analysts_lie_beside(province: Path, here: Path, xlpy: Run) -> None:
    _, out, _ = xlpy("survey", province, "--csv", "--out", here / "全省.xlsx")
    room = here / "全省数据"
    assert f"已写出：{room / 'platforms.csv'}" in out
    with (room / "platforms.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 9
    with (room / "cases.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["folder"] for row in csv.DictReader(file)] == sorted(SHOWN)


def test_a_folder_to_write_in_takes_the_usual_name(province: Path, here: Path, xlpy: Run) -> None:
    (here / "结果").mkdir()
    xlpy("survey", province, "--out", here / "结果")
    assert (here / "结果/汇总.xlsx").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--out", "汇总.docx"), "汇总写成 .xlsx 文件，“汇总.docx”不是"),
        (("--out", "没有/汇总.xlsx"), "请先建立它，或改写 --out"),
        (("--dask", "local:2", "--workers", "2"), "--workers 是本机的进程数，与 --dask 只写一个"),
        (("--workers", "0"), "“--workers”的取值不对"),
        (("--seconds", "0"), "“--seconds”的取值不对"),
        (("--seconds", "nan"), "“--seconds”的取值不对"),
    ],
)
def test_what_cannot_be_is_said_with_the_way_out(
    province: Path, here: Path, xlpy: Run, words: tuple[str, ...], told: str
) -> None:
    status, out, err = xlpy("survey", province, *words)
    assert (status, out) == (2, "")
    assert told in err
    assert os.listdir(here) == []


@pytest.mark.parametrize("where", ["", "输出", "申报材料"])
def test_nothing_is_written_within_a_case(province: Path, xlpy: Run, where: str) -> None:
    inner = province / SHOWN[0] / where / "汇总.xlsx"
    status, _, err = xlpy("survey", province, "--out", inner)
    assert status == 2
    assert "汇总不写入任何项目；请换一个文件夹运行，或用 --out 写明放在哪里" in err
    assert not inner.exists()


def test_who_stands_in_a_case_is_told_to_write_elsewhere(
    province: Path, xlpy: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(province / SHOWN[0])
    status, _, err = xlpy("survey", ".")
    assert status == 2
    assert "或用 --out 写明放在哪里" in err


def test_a_folder_without_cases_ends_in_a_sentence(here: Path, xlpy: Run) -> None:
    status, out, err = xlpy("survey", here)
    assert (status, out) == (2, "")
    assert "中没有评价项目" in err


def test_a_telephone_in_the_name_of_a_folder_is_struck_out(
    province: Path, here: Path, xlpy: Run
) -> None:
    (province / "西市").rename(province / "西市13900001111")
    xlpy("survey", province)
    assert not any("13900001111" in one for one in texts_of(here / "汇总.xlsx"))


def test_a_telephone_stands_in_no_note_either(province: Path, here: Path, xlpy: Run) -> None:
    (province / "链13900001111").symlink_to(province / "西市")
    told = xlpy("survey", province, "--json")[1]
    assert "13900001111" not in told
    assert "链〔略〕" in json.loads(told)["notes"][0]
    assert not any("13900001111" in one for one in texts_of(here / "汇总.xlsx"))


def test_a_folder_of_another_encoding_is_spelt_alike_everywhere(
    province: Path, here: Path, xlpy: Run
) -> None:
    (province / "西市").rename(province / os.fsdecode(b"\xb1\xb1"))
    told = json.loads(xlpy("survey", province, "--json", "--csv")[1])
    names = [one["folder"] for one in told["cases"]]
    assert names[1] == "<U+DCB1><U+DCB1>/乙"
    assert set(names) <= set(texts_of(here / "汇总.xlsx"))
    with (here / "汇总数据/cases.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["folder"] for row in csv.DictReader(file)] == names


@pytest.mark.parametrize("name", ["汇总.xlsx", "汇总数据"])
def test_a_place_that_is_taken_is_told_before_any_case_is_read(
    province: Path, here: Path, xlpy: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    if name.endswith(".xlsx"):
        (here / "汇总.xlsx/汇总.xlsx").mkdir(parents=True)
    else:
        (here / name).write_text("", encoding="utf-8")
    monkeypatch.setattr("xlpy.steps.survey.run.here", lambda *_, **__: pytest.fail("read"))
    words = ("--out", "汇总.xlsx") if name.endswith(".xlsx") else ("--csv",)
    status, _, err = xlpy("survey", province, *words)
    assert status == 2
    assert "请移走它" in err


def test_a_folder_nobody_may_write_in_is_told_before_any_case_is_read(
    province: Path, here: Path, xlpy: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr("xlpy.excel.files.swaps._store", refused)
    monkeypatch.setattr("xlpy.steps.survey.run.here", lambda *_, **__: pytest.fail("read"))
    status, _, err = xlpy("survey", province)
    assert status == 2
    assert "无法写入“汇总.xlsx”：没有写入权限" in err
    assert os.listdir(here) == []


def test_who_waits_for_ballots_has_no_money_on_the_screen(ready: Case, xlpy: Run) -> None:
    min(ready.ballots.iterdir()).unlink()
    _, out, _ = xlpy("survey", ready.folder)
    row = next(line for line in out.splitlines() if line.startswith(ready.folder.name))
    assert row.split("\t")[4] == "—"
    assert f"没有列出，也没有计入合计：{ready.folder.name}。" in out


def test_a_closed_standard_output_stops_nothing(
    province: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xlpy.cli import commands

    monkeypatch.setattr("sys.stdout", None)
    assert commands.run(["survey", str(province)]) == 1
    assert (here / "汇总.xlsx").exists()
