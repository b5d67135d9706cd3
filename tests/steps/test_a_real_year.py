"""A year as clerks live it (真实的一年): twenty turns, then every sheet agrees with the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.kit.case import AS_OF, make_case
from tests.kit.clerk import DATES, Clerk, command_line, retype, shorten
from tests.kit.panel import fill_ballots
from xlpy.report.papers.capital import capital_value
from xlpy.steps.case import SUPERSEDED, Case, open_case
from xlpy.steps.filed.papers import stored
from xlpy.steps.log import journal

SURNAMES = "张李王赵陈杨周吴"
LATE, RENAMED, REPLACED, LIFTED, PAID = 4, 1, 2, 3, 0
NEW_NAME = "改名后的公共服务平台"


class Year:
    """The clerk's year, turn by turn; `names` are the platforms as they first filed."""

    def __init__(self, folder: Path) -> None:
        self.case = make_case(folder, platforms=6, experts=0, ledger=30)
        self.clerk = Clerk(self.case)
        self.names = sorted(path.stem for path in self.case.filings.iterdir())
        self.drawer = folder.parent / "还没有报来.xlsx"
        self.path(LATE).rename(self.drawer)
        self.totals: list[Decimal] = []

    def path(self, number: int) -> Path:
        return self.case.filings / f"{self.names[number]}.xlsx"

    def codes(self) -> list[str]:
        view = self.clerk.run("evaluate")
        self.totals.append(Decimal(view["total_subsidy"]))
        return [one["code"] for one in view["findings"] if one["state"] in ("待处理", "须改正")]

    def platform(self, name: str):
        return next(p for p in self.clerk.run("evaluate")["platforms"] if p["name"] == name)

    def ballots(self, *options: str) -> str:
        status, out, err = command_line("ballots", self.case.folder, *options)
        assert status == 0, err
        return out

    def exported(self, *options: str) -> str:
        view = self.clerk.run("export", *options)
        assert view["status"] == 0, view["refused"]
        return "".join(view["notes"])

    def refused(self, *options: str) -> str:
        view = self.clerk.run("export", *options)
        assert view["status"] == 1
        return "\n".join(view["refused"])

    def walk(self) -> None:
        """Take the turns in order."""
        for turn in self.turns():
            turn()

    def turns(self) -> Iterator:
        yield from (self.january, self.forms_come, self.one_comes_late, self.one_is_corrected)
        yield from (self.panel_is_named, self.ballots_go_out, self.an_expert_is_replaced)
        yield from (self.scores_come_back, self.one_is_renamed, self.too_early)
        yield from (self.the_list_is_held, self.a_veto_is_lifted, self.a_ledger_is_exchanged)
        yield from (self.the_meeting, self.the_notice, self.an_objection, self.the_second_notice)
        yield from (self.the_money, self.another_account, self.another_login)

    def january(self) -> None:  # 1
        self.clerk.parameters(deadline=date(2023, 6, 9), office="示例科", phone="0552-3000000")
        self.clerk.run("check")

    def forms_come(self) -> None:  # 2
        rows = self.clerk.rows("register")
        assert sum(row["kind"] == "平台" and row["state"] == "已收" for row in rows) == 5

    def one_comes_late(self) -> None:  # 3
        self.drawer.rename(self.path(LATE))
        self.clerk.run("check")
        self.clerk.roster(self.names[LATE], received_on=date(2023, 6, 12))
        self.clerk.run("check")
        row = next(r for r in self.clerk.rows("register") if r["name"] == self.names[LATE])
        assert row["late"] == "是"

    def one_is_corrected(self) -> None:  # 4
        aside = self.case.filings / SUPERSEDED
        aside.mkdir()
        (aside / "旧.xlsx").write_bytes(self.path(PAID).read_bytes())
        retype(self.path(PAID), staff=99)
        self.clerk.run("check")
        row = next(r for r in self.clerk.rows("register") if r["name"] == self.names[PAID])
        assert row["version"] == 2

    def panel_is_named(self) -> None:  # 5
        kinds = ("经信", "科技", "财政", "人社", "行业", "行业", "行业")
        for number, kind in enumerate(kinds, start=1):
            name = f"{SURNAMES[number - 1]}示例"
            unit = f"市示例单位{number}"
            self.clerk.adds("experts", id=f"0{number}", name=name, unit=unit, category=kind)

    def ballots_go_out(self) -> None:  # 6
        assert "已生成7份评分表，共6家平台" in self.ballots()
        assert "已生成0份评分表" in self.ballots()

    def an_expert_is_replaced(self) -> None:  # 7
        self.clerk.sets("experts", "07", "id", name="吴示例")
        assert "另编一个没有用过的编号" in self.ballots()
        self.clerk.sets("experts", "07", "id", id="08")
        assert "已生成1份评分表" in self.ballots()

    def scores_come_back(self) -> None:  # 8
        fill_ballots(self.case, today=AS_OF, seed=3)
        [gone] = self.case.ballots.glob("*-07-*")
        gone.unlink()
        assert self.platform(self.names[PAID])["ballots"] == 7

    def one_is_renamed(self) -> None:  # 9
        before = self.platform(self.names[RENAMED])
        retype(self.path(RENAMED), name=NEW_NAME)
        self.clerk.roster(self.names[RENAMED], name=NEW_NAME, former_names=self.names[RENAMED])
        after = self.platform(NEW_NAME)
        assert (after["score"], after["final"]) == (before["score"], before["final"])

    def too_early(self) -> None:  # 10
        causes = self.refused()
        assert "还没有在名单中填写" in causes
        assert "“局办公会日期”没有填写" in causes

    def the_list_is_held(self) -> None:  # 11
        self.clerk.confirms()
        assert "R837" not in self.codes()

    def a_veto_is_lifted(self) -> None:  # 12
        retype(self.path(LIFTED), complaints=3)
        self.clerk.roster(self.names[LIFTED], complaints=1)
        assert "R838" in self.codes()
        self.clerk.roster(self.names[LIFTED], explanation="两件为误转，见示例函")
        assert "R838" not in self.codes()

    def a_ledger_is_exchanged(self) -> None:  # 13
        shorten(self.path(REPLACED), 29)
        assert "B730" in self.codes()
        self.ballots("--rescore", self.names[REPLACED])
        assert "B730" in self.codes()
        fill_ballots(self.case, today=AS_OF, seed=4, names="*补充*")
        assert "B730" not in self.codes()
        self.clerk.accepts("已核对台账")
        assert self.codes() == []

    def the_meeting(self) -> None:  # 14
        self.clerk.parameters(**{**DATES, "minutes": ""})
        self.clerk.results(self.names[PAID], ruling="C", ruling_reason="局办公会研究")
        assert self.codes() == []

    def the_notice(self) -> None:  # 15
        assert "公示名单（第1版）" in self.exported()
        assert "“会议纪要号”没有填写" in self.refused()

    def an_objection(self) -> None:  # 16
        self.clerk.adds(
            "objections", raised_on=date(2023, 7, 6), platform=NEW_NAME, text="数字不实"
        )
        self.clerk.parameters(minutes="纪要〔2023〕7号")
        assert "有1件异议没有处理结果" in self.refused()
        self.clerk.sets("objections", "数字不实", "text", outcome="部分成立，等次调整")
        self.clerk.results(NEW_NAME, ruling="D", ruling_reason="异议成立")
        self.codes()
        assert "等次或奖补金额" in self.refused("--finance")

    def the_second_notice(self) -> None:  # 17
        dates = {"notice_from": date(2023, 7, 12), "notice_to": date(2023, 7, 18)}
        self.clerk.parameters(meeting_on=date(2023, 7, 11), **dates)
        assert "第2版，标明更正" in self.exported()

    def the_money(self) -> None:  # 18
        assert "奖补资金安排表（第1版）" in self.exported()
        self.clerk.parameters(filed_on=date(2023, 7, 20))

    def another_account(self) -> None:  # 19
        retype(self.path(LATE), account="6217000011112222")
        assert "奖补资金安排表" in "".join(self.clerk.run("evaluate")["notes"])
        assert "第2版，标明更正" in self.exported()

    def another_login(self) -> None:  # 20
        assert self.clerk.run("check")["status"] == 0
        assert self.clerk.run("evaluate")["status"] == 0


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The year, walked to its end."""
    made = Year(tmp_path_factory.mktemp("year") / "2022年度")
    made.walk()
    return made


def total(path_or_bytes, label: str = "金额(元)") -> Decimal:
    """Return the last number under a heading: the total of a subsidy sheet."""
    sheet = load_workbook(path_or_bytes).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = next(row.index(label) for row in rows if label in row)
    return [Decimal(str(row[at])) for row in rows if isinstance(row[at], int | float)][-1]


def test_the_year_ends_verified(year: Year) -> None:
    assert year.clerk.run("verify")["problems"] == []


def test_every_paper_agrees_with_its_line_of_the_log_to_the_yuan(year: Year) -> None:
    entries = journal.lines(year.case)
    filed = [(one, line) for line in entries for one in line.get("papers", ()) if not one["same"]]
    assert [(one["kind"], one["version"]) for one, _ in filed] == [
        ("notice", 1),
        ("notice", 2),
        ("finance", 1),
        ("finance", 2),
    ]
    for one, line in filed:
        path = year.case.folder / one["path"]
        assert journal.digest(path.read_bytes()) == one["digest"]
        if one["kind"] == "finance":
            assert total(path) == Decimal(line["total_subsidy"]) * 10000
            words = [
                str(cell)
                for row in load_workbook(path).worksheets[0].iter_rows(values_only=True)
                for cell in row
                if str(cell).endswith("元整")
            ]
            assert capital_value(words[-1]) == Decimal(line["total_subsidy"]) * 10000


def test_the_public_list_shows_the_grades_of_the_log(year: Year) -> None:
    line = [one for one in journal.lines(year.case) if one.get("papers")][1]
    final = {name: grade for _, name, _, _, grade, _ in line["decisions"] if grade}
    path = year.case.folder / line["papers"][0]["path"]
    rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    shown = {row[1]: row[3] for row in rows if isinstance(row[0], int)}
    assert shown == final


def test_the_changes_tell_the_meeting_and_the_rename(year: Year) -> None:
    told = "\n".join(str(row["text"]) for row in year.clerk.rows("changes"))
    assert "局办公会审定" in told
    assert NEW_NAME in told
    assert "误转" in told


def test_a_backup_lies_beside_every_paper(year: Year) -> None:
    names = [path.name for path in year.case.backups.iterdir()]
    assert sum("公示名单" in name for name in names) == 2
    assert sum("奖补资金安排表" in name for name in names) == 2


def test_the_folder_given_away_still_verifies(year: Year, tmp_path: Path) -> None:
    import shutil

    copy = Path(shutil.copytree(year.case.folder, tmp_path / "副本"))
    assert Clerk(open_case(copy)).run("verify")["problems"] == []


def test_next_year_begins_with_names_and_nothing_decided(year: Year, tmp_path: Path) -> None:
    folder = tmp_path / "2023年度"
    status, _, err = command_line(
        "new", folder, "--from", year.case.folder, "--as-of", "2024-06-28"
    )
    assert status == 0, err
    rows = Clerk(Case(folder)).rows("roster")
    assert {row["name"] for row in rows} == {NEW_NAME, *year.names} - {year.names[RENAMED]}
    blank = ("level", "number", "valid_until", "complaints", "explanation", "received_on")
    assert all(row[id] is None for row in rows for id in blank)


def test_the_stored_versions_are_all_there(year: Year) -> None:
    from xlpy.steps.log.history import history_of

    papers = history_of(journal.lines(year.case)).papers
    assert len(papers) == 4
    assert all(stored(year.case, one) for one in papers)
