"""`xlpy.frames.survey`: many cases as tables, exact, without persons (数据表)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit.whole import everything
from tests.steps.survey.conftest import SHOWN
from xlpy import frames
from xlpy.errors import CaseError
from xlpy.steps.case import Case


def test_every_case_and_platform_has_its_row(province: Path) -> None:
    tables = frames.survey(province)
    assert tables.cases["folder"].tolist() == sorted(SHOWN)
    assert tables.platforms.groupby("folder").size().to_dict() == dict(
        zip(SHOWN, (2, 3, 4), strict=True)
    )
    assert set(tables.open["folder"]) == set(SHOWN)


@pytest.mark.parametrize("column", ["code", "name", "score", "rank", "final", "subsidy_yuan"])
def test_a_platform_is_as_in_the_table_of_its_case(province: Path, column: str) -> None:
    many = frames.survey(province).platforms
    for shown in SHOWN:
        single = frames.platforms(province / shown)
        assert many.loc[many["folder"] == shown, column].tolist() == single[column].tolist()


def test_several_folders_are_one_survey(province: Path) -> None:
    tables = frames.survey(str(province / SHOWN[0]), province / SHOWN[1], workers=1)
    assert len(tables.cases) == 2


def test_a_case_that_cannot_be_read_is_a_row_with_its_problem(province: Path) -> None:
    (province / SHOWN[0] / "evaluate.xlsm").unlink()
    cases = frames.survey(province).cases.set_index("folder")
    assert "没有 evaluate.xlsm" in cases.loc[SHOWN[0], "problem"]
    assert cases.loc[SHOWN[1], "problem"] == ""


def test_nothing_is_written_anywhere(province: Path) -> None:
    case = Case(province / SHOWN[0])
    before = everything(case)
    frames.survey(province)
    assert everything(case) == before


def test_no_case_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="中没有评价项目"):
        frames.survey(tmp_path)
