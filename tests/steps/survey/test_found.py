"""Which cases a survey finds below the folders it was given (查找评价项目)."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.steps.survey.conftest import SHOWN
from xlpy.errors import CaseError
from xlpy.steps.survey.found import search


def shown(*folders: Path) -> list[str]:
    return [one.shown for one in search(folders).found]


def test_every_case_below_a_folder_is_found_by_name(province: Path) -> None:
    assert shown(province) == sorted(SHOWN)


def test_a_case_is_found_where_it_is_named_itself(province: Path) -> None:
    assert shown(province / "西市/甲") == ["甲"]


def test_of_several_folders_each_case_has_its_folder_before_it(province: Path) -> None:
    east, west = province / "东市", province / "西市/乙"
    assert shown(east, west) == [f"{east.as_posix()}/2022年度", str(west)]


def test_a_case_that_two_folders_hold_is_one(province: Path) -> None:
    assert len(shown(province, province / "西市", province / "西市" / "甲")) == len(SHOWN)


def test_nothing_is_looked_for_within_a_case(province: Path) -> None:
    shutil.copytree(province / "西市/甲", province / "西市/乙/佐证材料/甲")
    assert shown(province) == sorted(SHOWN)


@pytest.mark.parametrize("name", [".snapshot", "@eaDir", "$RECYCLE.BIN", "__MACOSX"])
def test_what_systems_keep_is_left_out(province: Path, name: str) -> None:
    shutil.copytree(province / "西市/甲", province / name / "甲")
    assert shown(province) == sorted(SHOWN)


def test_a_case_that_lost_its_workbook_is_still_one(province: Path) -> None:
    """It is named with the reason, not passed over."""
    (province / "西市/甲/evaluate.xlsm").unlink()
    assert shown(province) == sorted(SHOWN)


def test_a_workbook_lying_about_hides_no_case_below(province: Path) -> None:
    shutil.copy(province / "西市/甲/evaluate.xlsm", province)
    assert shown(province) == [province.name, *sorted(SHOWN)]


def test_a_link_is_not_followed_and_that_is_told(province: Path, tmp_path: Path) -> None:
    (province / "西市/甲").rename(tmp_path / "别处")
    (province / "西市/甲").symlink_to(tmp_path / "别处")
    found = search([province])
    assert [one.shown for one in found.found] == ["东市/2022年度", "西市/乙"]
    assert f"“{province / '西市/甲'}”是链接，没有查看" in found.notes[0]


def test_a_link_that_is_named_is_followed(province: Path, tmp_path: Path) -> None:
    (tmp_path / "链接").symlink_to(province)
    assert shown(tmp_path / "链接") == sorted(SHOWN)


def test_a_circle_of_links_ends(province: Path) -> None:
    (province / "东市/上").symlink_to(province)
    assert shown(province) == sorted(SHOWN)


def test_a_folder_nobody_may_read_is_named(province: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may read everything, so the system is played."""
    scan = os.scandir

    def refused(folder: Path) -> object:
        if Path(folder).name == "东市":
            raise PermissionError(13, "no", str(folder))
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refused)
    first, *others = search([province]).found
    assert (first.shown, len(others)) == ("东市", 2)
    assert first.problem.startswith(f"打不开“{province / '东市'}”：没有")


def test_folders_are_looked_into_eight_deep_and_no_deeper(province: Path) -> None:
    eighth, ninth = province / "1/2/3/4/5/6/7/8", province / "a/2/3/4/5/6/7/8/9"
    shutil.copytree(province / "西市/甲", eighth)
    shutil.copytree(province / "西市/甲", ninth)
    found = search([province])
    assert [one.folder for one in found.found if one.folder in (eighth, ninth)] == [eighth]
    assert f"“{ninth}”以下层数太多" in found.notes[0]


def test_a_folder_without_cases_is_an_error_that_says_what_one_is(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"中没有评价项目（有 evaluate\.xlsm 和"):
        search([tmp_path])


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"找不到文件夹.*共享文件夹请确认已经连接"):
        search([tmp_path / "没有"])


def test_a_file_that_is_named_is_said_to_be_none(province: Path) -> None:
    with pytest.raises(CaseError, match="不是文件夹"):
        search([province / "西市/甲/evaluate.xlsm"])


def test_a_case_within_a_case_is_told(province: Path) -> None:
    inner = province / "西市/乙/又一份"
    shutil.copytree(province / "西市/甲", inner)
    found = search([province])
    assert [one.shown for one in found.found] == sorted(SHOWN)
    assert found.notes[0].startswith(f"“{inner}”也像评价项目，而在另一个项目里面")


def test_evidence_in_a_case_is_no_case(province: Path) -> None:
    shutil.copytree(province / "西市/甲", province / "西市/乙/佐证材料", dirs_exist_ok=True)
    assert search([province]).notes == ()


def test_half_of_a_copied_case_is_told(province: Path) -> None:
    (province / "北市/申报材料").mkdir(parents=True)
    found = search([province])
    assert [one.shown for one in found.found] == sorted(SHOWN)
    assert found.notes == (
        f"“{province / '北市'}”没有 evaluate.xlsm，没有当作评价项目；"
        "是评价项目的，多半没有复制完，请复制完整后再汇总。",
    )
