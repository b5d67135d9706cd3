"""The staff's workbook opened, typed in and saved in LibreOffice; then the year goes on."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.kit.typed_staff import Ran, StaffSheets, xlpy
from tests.kit.typist import Typed, Typist

TIE = ("龙子湖人才培训服务平台", "涂山数字化转型服务平台")  # as the demo settled it
VETOED, LOWERED, SHORT = "经开区创新创业服务平台", "固镇农产品加工服务平台", "怀远县域企业服务平台"
REASON = "局办公会研究：台账差错较多，降为D级"
ACCEPTED = "局办公会研究：已核对入驻回执"


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A case whose workbook LibreOffice saved: the runs after that, and the workbook now."""

    folder: Path
    typed: Typed
    macros: bytes
    evaluated: Ran
    noticed: Ran
    exported: Ran
    verified: Ran

    @property
    def workbook(self) -> Path:
        return self.folder / "evaluate.xlsm"

    @property
    def sheets(self) -> StaffSheets:
        return StaffSheets(self.workbook)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("staff") / "示例"
    assert xlpy("demo", folder).status == 0
    return folder


@pytest.fixture(scope="module")
def year(typist: Typist, demo: Path) -> Year:
    """Return the demo's year after staff changed their minds, in LibreOffice."""
    workbook = demo / "evaluate.xlsm"
    macros = macros_of(workbook)
    before = StaffSheets(workbook)
    first, second = TIE
    shortfall = next(one["id"] for one in xlpy("check", demo, "--json").view["findings"]
                     if one["code"] == "P901")  # fmt: skip
    steps = (
        before.type("results", first, "tie_order", "2"),
        before.type("results", second, "tie_order", "１"),
        before.type("results", first, "final", "A"),  # the program's own column
        before.type("roster", VETOED, "false_evidence", "是"),
        before.type("roster", VETOED, "visit", "2023年6月12日现场核实"),
        before.type("roster", VETOED, "explanation", "台账中的活动查无此事"),
        before.type("results", LOWERED, "ruling", "D"),
        before.type("results", LOWERED, "ruling_reason", REASON),
        before.type("acceptances", shortfall, "reason", ACCEPTED),
        before.type("parameters", "公示截止", "value", "2023年7月28日"),
        before.type("parameters", "会议纪要号", "value", "蚌经信办(2023)9号"),
    )
    typed = typist.work(workbook, steps, save=workbook)
    return Year(
        folder=demo,
        typed=typed,
        macros=macros,
        evaluated=xlpy("evaluate", demo, "--json"),
        noticed=xlpy("export", demo, "--notice", "--json"),
        exported=xlpy("export", demo, "--finance", "--json"),
        verified=xlpy("verify", demo, "--json"),
    )


def macros_of(workbook: Path) -> bytes:
    with zipfile.ZipFile(workbook) as package:
        return package.read("xl/vbaProject.bin")


def test_the_workbook_takes_what_staff_type(year):
    """Staff's cells are open, and no formula ends in an error."""
    assert (year.typed.refused, year.typed.errors) == ((), ())


def test_a_tie_goes_by_the_order_typed(year):
    """The group across the last place is ordered as staff numbered it, full-width or not."""
    places = [year.evaluated.platform(name) for name in TIE]
    assert [(one["rank"], one["final"]) for one in places] == [(6, "C"), (5, "B")]


def test_a_veto_typed_in_the_roster_makes_a_platform_d(year):
    """虚假佐证 = 是 is a reason for D, and there is no money."""
    one = year.evaluated.platform(VETOED)
    assert (one["status"], one["final"], one["subsidy"]) == ("vetoed", "D", "0")


def test_a_ruling_with_a_reason_changes_the_grade(year):
    """审定等次 and 审定理由 change the named platform, and the reason is kept."""
    one = year.evaluated.platform(LOWERED)
    assert (one["preliminary"], one["final"], one["subsidy"]) == ("C", "D", "0")
    assert any(REASON in reason["text"] for reason in one["reasons"])


def test_an_acceptance_given_again_holds(year):
    """受理 with another reason still covers its finding; nothing is open."""
    states = {one["state"] for one in year.evaluated.view["findings"] if one["code"] == "P901"}
    assert states == {"已受理"}


def test_the_rebuilt_workbook_keeps_what_staff_typed(year):
    """evaluate makes the workbook anew and carries every staff cell over."""
    sheets = year.sheets
    filed = ("“公示名单”第1版", "“奖补资金安排表”第2版")  # before the rulings were typed
    notes = year.evaluated.view["notes"]
    assert [one.partition("与现在")[0] for one in notes] == [
        f"提醒：已导出的{one}" for one in filed
    ]
    assert [sheets.text("results", name, "tie_order") for name in TIE] == ["2.0", "1.0"]
    assert sheets.text("results", LOWERED, "ruling_reason") == REASON
    assert sheets.text("roster", VETOED, "visit") == "2023年6月12日现场核实"
    assert sheets.text("parameters", "会议纪要号", "value") == "蚌经信办(2023)9号"
    assert sheets.text("parameters", "公示截止", "value").startswith("2023-07-28")


def test_the_rebuilt_workbook_shows_the_new_result(year):
    """Program columns are those of this evaluation, whatever was typed there."""
    sheets = year.sheets
    finals = [sheets.text("results", name, "final") for name in (*TIE, VETOED, LOWERED)]
    assert finals == ["C", "B", "D", "D"]


def test_the_macros_survive_libreoffice(year):
    """The project in LibreOffice's copy (now the backup) and in the rebuilt one is ours."""
    backups = sorted((year.folder / "输出" / "备份").glob("evaluate-*.xlsm"))
    assert len(year.macros) > 1000
    assert macros_of(year.workbook) == year.macros
    assert backups
    assert all(map(zipfile.is_zipfile, backups))


def test_the_export_passes_and_everything_agrees(year):
    """Nothing is left open: both sheets are filed, and verify finds nothing changed."""
    assert (year.noticed.status, year.noticed.view["refused"]) == (0, [])
    assert (year.exported.status, year.exported.view["refused"]) == (0, [])
    assert year.exported.view["total_subsidy"] == "165"
    assert year.verified.view["problems"] == []
