"""A whole small year with LibreOffice as the only spreadsheet program, through the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.kit.platforms import YEAR, Platform, filing_content, made_up, rules
from tests.kit.typed_ballot import BallotSheet
from tests.kit.typed_content import typing
from tests.kit.typed_staff import Ran, StaffSheets, xlpy
from tests.kit.typist import Typist
from xlpy.demo.ballots import spread
from xlpy.policy.parameters.rules import default_rules

FORM = rules()[1].filing
RUBRIC = default_rules(rules()[0]).rubric
PLATFORMS = made_up(4)
BEST, GOOD, FAIR, POOR = (one.name for one in PLATFORMS)
SCORES = {BEST: "92.3", GOOD: "86", FAIR: "84.5", POOR: "55"}
RECUSED = {("02", BEST)}
PEOPLE = (
    ("01", "张一", "市经信局", "经信"),
    ("02", "李二", "市科技局", "科技"),
    ("03", "王三", "市财政局", "财政"),
    ("04", "赵四", "市人社局", "人社"),
    ("05", "陈五", "示例大学", "行业"),
)
DATES = {
    "局办公会日期": "2023年7月18日",
    "会议纪要号": "蚌经信办(2023)9号",
    "公示开始": "2023-7-20",
    "公示截止": "2023/7/26",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The year after its end (一个年度): the folder and what each command came to."""

    folder: Path
    checked: Ran
    evaluated: Ran
    noticed: Ran
    exported: Ran
    verified: Ran


@pytest.fixture(scope="module")
def year(typist: Typist, tmp_path_factory: pytest.TempPathFactory) -> Year:
    folder = tmp_path_factory.mktemp("year") / f"{YEAR}年度"
    assert xlpy("new", folder, "--year", YEAR, "--as-of", "2023-06-30").status == 0
    staff_lists(typist, folder / "evaluate.xlsm")
    platforms_fill(typist, folder)
    checked = xlpy("check", folder, "--json")
    assert xlpy("ballots", folder).status == 0
    experts_score(typist, folder)
    return Year(
        folder=folder,
        checked=checked,
        evaluated=xlpy("evaluate", folder, "--json"),
        noticed=xlpy("export", folder, "--notice", "--json"),
        exported=xlpy("export", folder, "--finance", "--json"),
        verified=xlpy("verify", folder, "--json"),
    )


def staff_lists(typist: Typist, workbook: Path) -> None:
    """Type roster, experts and dates into the new workbook."""
    sheets = StaffSheets(workbook)
    columns = ("id", "name", "unit", "category")
    steps = (
        *sheets.add("roster", *map(listed, PLATFORMS)),
        *sheets.add("experts", *(dict(zip(columns, one, strict=True)) for one in PEOPLE)),
        *(sheets.type("parameters", label, "value", text) for label, text in DATES.items()),
    )  # fmt: skip
    assert typist.work(workbook, steps, save=workbook).refused == ()


def listed(one: Platform) -> dict[str, str]:
    """Return what the official list says of a platform, as its form does."""
    content = filing_content(one, ledger=12, seed=5).answers
    day = content[FORM.field("valid_until").label]
    number = content[FORM.field("recognition").label]
    assert isinstance(day, date)
    known = {"name": one.name, "code": one.code, "level": one.level, "number": str(number)}
    return {**known, "valid_until": f"{day.year}-{day.month}-{day.day}"}


def platforms_fill(typist: Typist, folder: Path) -> None:
    """Fill the blank form once a platform, and send it in."""
    for platform in PLATFORMS:
        steps = typing(filing_content(platform, ledger=12, seed=5), year=YEAR)
        path = folder / "申报材料" / f"{platform.name}.xlsx"
        assert typist.work(folder / "平台申报表.xlsx", steps, save=path).refused == ()


def experts_score(typist: Typist, folder: Path) -> None:
    """Score every issued ballot, and send it back."""
    for path in sorted((folder / "输出" / "专家评分表").glob("*.xlsx")):
        sheet = BallotSheet(path)
        expert = next(one[0] for one in PEOPLE if one[1] in path.name)
        opinions = {
            name: () if (expert, name) in RECUSED else spread(Decimal(total), RUBRIC)
            for name, total in SCORES.items()
        }
        steps = sheet.typing({"signature": expert, "signed_on": "2023-6-28"}, opinions)
        typist.work(path, steps, save=folder / "专家评分" / path.name)


def test_forms_typed_without_mistakes_are_checked_without_a_finding(year):
    """check finds nothing in four forms that LibreOffice saved."""
    assert [one["found"] for one in year.checked.view["findings"]] == []
    assert year.checked.status == 0


def test_every_platform_gets_the_grade_its_scores_give(year):
    """Two of four may be A or B: the third falls to C, the fourth below the last line."""
    found = {
        name: [year.evaluated.platform(name)[key] for key in ("score", "rank", "final", "subsidy")]
        for name in SCORES
    }
    assert found == {
        BEST: ["92.30", 1, "A", "50"],
        GOOD: ["86.00", 2, "B", "15"],
        FAIR: ["84.50", 3, "C", "10"],
        POOR: ["55.00", 4, "D", "0"],
    }


def test_base_quota_and_recusal_are_counted(year):
    """Four took part, two places; the recusal leaves one ballot fewer and no zero."""
    view = year.evaluated.view
    best = year.evaluated.platform(BEST)
    assert (view["base"], view["quota"]) == (4, 2)
    assert (best["ballots"], best["recused"]) == (4, 1)


def test_the_year_is_exported_and_verified(year):
    """Nothing is left open; the sheets are filed and agree with the log."""
    assert year.noticed.view["refused"] == []
    assert year.exported.view["refused"] == []
    assert year.exported.view["total_subsidy"] == "75"
    assert year.verified.view["problems"] == []


def test_the_filed_sheets_open_in_libreoffice_with_their_total(typist, year):
    """奖补资金安排表 shows each paid platform and the total as LibreOffice reads it."""
    path = year.folder / "输出" / "奖补资金安排表.xlsx"
    sheet = openpyxl.load_workbook(path).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    seen = typist.work(path, look=[(sheet.title, cell.coordinate) for cell in cells])
    texts = {one.text for one in seen.seen}
    assert seen.errors == ()
    assert {BEST, GOOD, FAIR} <= texts
    assert POOR not in texts
    assert any("柒拾伍万元整" in text for text in texts)
