"""xlpy.frames: typed tables with stable columns, exact amounts, labels in Chinese (数据表)."""

from __future__ import annotations

import csv
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from tests.kit.clerk import Clerk, retype
from tests.steps.meeting.texts import TABLES, text_of
from xlpy import frames
from xlpy.errors import CaseError
from xlpy.steps.case import Case

DECIDED = [
    *("code", "name", "level", "status", "state", "score", "rank", "preliminary", "final"),
    *("subsidy_yuan", "ballots", "recused", "tie", "to_line", "to_quota"),
]
SAID = ["code", "name", "expert", "recused", "total"]
LEDGER = [
    *("code", "name", "row", "counted", "held_on", "title", "area", "activity", "mode"),
    *("function", "venue", "firms", "visits", "matches", "financing", "hires", "needs"),
    *("entrusted", "department", "proof"),
]
FOUND = [
    *("id", "finding", "kind", "severity", "source", "code", "name", "expert", "sheet", "cell"),
    *("places", "article", "blocks", "accepted"),
]
REASONS = ["code", "name", "number", "step", "article", "given", "limit", "outcome", "text"]


def below(sheet: Any, label: str) -> tuple[int, int]:
    """Return the place of the first cell under a heading (one-based)."""
    heading = next(row for row in sheet.iter_rows(max_row=6) if row[0].value == "序号")
    names = [str(cell.value or "") for cell in heading]
    column = next(at for at, name in enumerate(names) if name.startswith(label))
    return heading[0].row + 1, column + 1


def test_the_columns_are_those_that_are_documented(ready: Case) -> None:
    """Other people's notebooks rest on them."""
    assert list(frames.platforms(ready.folder).columns)[:15] == DECIDED
    assert list(frames.scores(ready.folder).columns)[:5] == SAID
    assert list(frames.ledger(ready.folder).columns) == LEDGER
    assert list(frames.findings(ready.folder).columns) == FOUND
    assert list(frames.reasons(ready.folder).columns) == REASONS


@pytest.mark.parametrize("name", TABLES)
def test_every_column_has_its_label(ready: Case, name: str) -> None:
    frame = getattr(frames, name)(ready.folder)
    labels = frame.attrs["labels"]
    assert list(labels) == list(frame.columns)
    assert all(label and not label.isascii() for label in labels.values())


@pytest.mark.parametrize("name", TABLES)
def test_a_table_without_rows_has_the_same_columns_and_types(
    ready: Case, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a notebook for a whole year runs on its first day."""
    whole = getattr(frames, name)(ready.folder)
    assert str(whole.dtypes.to_dict()) == str(whole.iloc[:0].dtypes.to_dict())
    types = {str(kind) for kind in whole.dtypes}
    assert types <= {"object", "Int64", "bool", "datetime64[s]"}


def test_money_is_whole_yuan_and_a_score_exact(ready: Case) -> None:
    made = frames.platforms(ready.folder)
    view = Clerk(ready).run("evaluate")
    wanted = {one["name"]: one for one in view["platforms"]}
    for row in made.itertuples():
        one = wanted[row.name]
        assert row.score == (None if one["score"] is None else Decimal(one["score"]))
        assert type(row.score) in (Decimal, type(None))
        assert row.subsidy_yuan == int(one["subsidy"]) * 10_000
    assert made["subsidy_yuan"].sum() == int(view["total_subsidy"]) * 10_000
    assert made["rank"].dtype == "Int64"


def test_the_points_add_up_to_the_totals_of_the_judging(ready: Case) -> None:
    made = frames.scores(ready.folder)
    areas = [name for name in made.columns if name.startswith("area_")]
    assert len(areas) == 10
    assert len(made) == 4 * 7
    for row in made.itertuples(index=False):
        points = [getattr(row, name) for name in areas]
        if row.recused:
            assert row.total is None
            assert set(points) == {None}
        else:
            assert sum(points, Decimal(0)) == row.total
    means = made[~made["recused"]].groupby("name")["total"].agg(lambda x: sum(x) / len(x))
    platforms = frames.platforms(ready.folder).set_index("name")
    for name, mean in means.items():
        assert abs(platforms.loc[name, "score"] - mean) <= Decimal("0.005")


def test_the_ledger_counts_what_the_judging_counts(ready: Case) -> None:
    made, platforms = frames.ledger(ready.folder), frames.platforms(ready.folder)
    counted = made[made["counted"]]
    proved = platforms.set_index("name")["proved_events"]
    assert counted.groupby("name").size().to_dict() == {n: int(v) for n, v in proved.items()}
    firms = counted.groupby("name")["firms"].sum()
    wanted = platforms.set_index("name")["proved_firms"]
    assert {n: int(v) for n, v in firms.items()} == {n: int(v) for n, v in wanted.items()}
    assert (made["held_on"].dt.year == 2022).all()


def test_a_row_with_an_error_is_there_and_does_not_count(ready: Case) -> None:
    path = sorted(ready.filings.glob("*.xlsx"))[0]
    book = load_workbook(path)
    sheet = book["附件3"]
    first, column = below(sheet, "活动日期")
    sheet.cell(first, column).value = "2021-12-30"
    book.save(path)
    made = frames.ledger(ready.folder)
    uncounted = made[~made["counted"]]
    assert uncounted["row"].tolist() == [first]
    assert uncounted["held_on"].tolist() == [pd.Timestamp(2021, 12, 30)]


def test_findings_say_whose_they_are_and_repeat_nothing_that_was_typed(ready: Case) -> None:
    path = sorted(ready.filings.glob("*.xlsx"))[0]
    retype(path, phone="张三手机一三九")
    made = frames.findings(ready.folder)
    row = made[made["finding"] == "C316"].iloc[0]
    assert (row["source"], row["sheet"], row["severity"]) == ("申报材料", "附件1", "警告")
    assert row["name"]
    assert not made.astype(str).apply(lambda column: column.str.contains("张三手机")).any(axis=None)


def test_a_person_is_struck_out_of_the_reasons(ready: Case) -> None:
    clerk = Clerk(ready)
    name = clerk.rows("roster")[0]["name"]
    clerk.roster(
        name, contact="欧阳联络", phone="0552-7654321", visit="欧阳联络陪同，电话0552-7654321"
    )
    made = frames.reasons(ready.folder)
    visit = made[made["step"] == "visit"].iloc[0]
    assert visit["given"] == "〔略〕"


def test_scores_wait_for_their_panel_and_findings_do_not(ready: Case) -> None:
    for number in range(1, 8):
        Clerk(ready).adds("experts", id=f"{number:02d}", name=f"专家{number}", unit="某单位")
    sorted(ready.ballots.glob("*.xlsx"))[0].unlink()
    for name in ("platforms", "scores", "reasons"):
        with pytest.raises(CaseError, match="会议材料要等评分表收齐"):
            getattr(frames, name)(ready.folder)
    assert len(frames.ledger(ready.folder)) == 4 * 30
    frames.findings(ready.folder)


def test_nothing_is_written_by_reading_a_table(ready: Case) -> None:
    def seen() -> dict[Path, bytes]:
        return {p: p.read_bytes() for p in ready.folder.rglob("*") if p.is_file()}

    before = seen()
    for name in TABLES:
        getattr(frames, name)(str(ready.folder))
    assert seen() == before


def test_a_folder_that_is_no_case_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="不是评价项目"):
        frames.platforms(tmp_path)


# As files


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_files_hold_what_the_tables_hold(ready: Case, xlpy) -> None:
    assert xlpy("report", ready.folder, "--csv")[0] == 0
    tables = ready.meeting / "数据"
    assert {path.name for path in tables.iterdir()} == {
        *(f"{name}.csv" for name in TABLES),
        "columns.csv",
    }
    for name in TABLES:
        frame, read = getattr(frames, name)(ready.folder), rows(tables / f"{name}.csv")
        assert len(read) == len(frame)
        assert list(read[0]) == list(frame.columns) if read else True
    scores = rows(tables / "platforms.csv")
    frame = frames.platforms(ready.folder)
    assert [one["score"] for one in scores] == [str(s) for s in frame["score"]]
    assert [one["subsidy_yuan"] for one in scores] == [str(s) for s in frame["subsidy_yuan"]]


def test_the_files_begin_with_a_byte_order_mark(ready: Case, xlpy) -> None:
    xlpy("report", ready.folder, "--csv")
    for path in (ready.meeting / "数据").iterdir():
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_columns_are_told_in_chinese(ready: Case, xlpy) -> None:
    xlpy("report", ready.folder, "--csv")
    told = rows(ready.meeting / "数据" / "columns.csv")
    assert {one["table"] for one in told} == set(TABLES)
    assert {"table": "scores", "column": "expert", "label": "专家编号"} in told


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1家", "@甲", "＝1+1", "\t=1"])
def test_no_text_of_a_platform_becomes_a_formula(ready: Case, xlpy, text: str) -> None:
    path = sorted(ready.filings.glob("*.xlsx"))[0]
    book = load_workbook(path)
    sheet = book["附件3"]
    cell = sheet.cell(*below(sheet, "活动名称"))
    cell.value, cell.data_type = text, "s"
    book.save(path)
    assert xlpy("report", ready.folder, "--csv")[0] == 0
    titles = [one["title"] for one in rows(ready.meeting / "数据" / "ledger.csv")]
    assert f"'{text.strip()}" in titles
    assert not [one for one in titles if one[:1] in tuple("=+-@＝")]


def test_a_case_folder_moved_elsewhere_gives_the_same_tables(ready: Case) -> None:
    other = Path(shutil.copytree(ready.folder, ready.folder.parent / "别处"))
    for name in TABLES:
        one, two = (getattr(frames, name)(folder) for folder in (ready.folder, other))
        pd.testing.assert_frame_equal(one, two)


FREE = "举报人李四提供，电话13900001111"


def test_what_staff_wrote_freely_stands_in_no_table(ready: Case, xlpy) -> None:
    """Nobody knows who is named in 核实说明, 实地考察, 审定理由."""
    clerk = Clerk(ready)
    name = clerk.rows("roster")[0]["name"]
    clerk.roster(name, explanation=FREE, visit=FREE)
    clerk.results(clerk.rows("results")[0]["name"], ruling="C", ruling_reason=FREE)
    clerk.run("evaluate")
    assert xlpy("report", ready.folder, "--csv")[0] == 0
    for path in [*(ready.meeting / "数据").iterdir(), ready.meeting / "会商分析.xlsx"]:
        text = text_of(path)
        assert "13900001111" not in text
        assert path.suffix == ".xlsx" or "李四" not in text
    assert "〔略〕" in text_of(ready.meeting / "数据" / "reasons.csv")


@pytest.mark.parametrize("name", ["nan", "NaT", "<NA>", "None"])
def test_a_platform_of_an_odd_name_keeps_it(ready: Case, xlpy, name: str) -> None:
    path = sorted(ready.filings.glob("*.xlsx"))[0]
    retype(path, name=name)
    Clerk(ready).run("evaluate")
    xlpy("report", ready.folder, "--csv")
    assert name in {one["name"] for one in rows(ready.meeting / "数据" / "platforms.csv")}


def test_a_short_remark_of_one_spoils_nothing_told_of_others(ready: Case) -> None:
    first, second, *_ = Clerk(ready).rows("roster")
    Clerk(ready).roster(first["name"], visit="国家级", explanation="A级")
    made = frames.reasons(ready.folder)
    told = made[made["name"] == second["name"]]
    assert not told.astype(str).apply(lambda column: column.str.contains("〔略〕")).any(axis=None)


@pytest.mark.parametrize("change", ["roster", "blank"])
def test_the_persons_of_a_platform_called_otherwise_are_struck_too(
    ready: Case, change: str
) -> None:
    """Renamed in 参评名单 while its form has the old name; a form without a name."""
    path = sorted(ready.filings.glob("*.xlsx"))[0]
    clerk = Clerk(ready)
    name = path.stem
    retype(path, contact="欧阳联络")
    book = load_workbook(path)
    sheet = book["附件3"]
    sheet.cell(*below(sheet, "活动名称")).value = "欧阳联络主讲"
    book.save(path)
    if change == "roster":
        clerk.roster(name, name="淮畔新名平台", former_names=name)
    else:
        retype(path, name=None)
    texts = frames.ledger(ready.folder)["title"].astype(str)
    assert not texts.str.contains("欧阳").any()
    assert texts.str.contains("〔略〕主讲").any() or change == "blank"
