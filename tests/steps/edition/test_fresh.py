"""`xlpy edition new`: next year's folder from this year's, never over anything, never in a case."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit.edition import REAL
from xlpy.errors import EditionError
from xlpy.policy.editions.load import load_edition
from xlpy.steps.case import Case
from xlpy.steps.edition.fresh import fresh
from xlpy.steps.edition.look import check, diff


def test_it_is_the_other_one_under_its_own_id(tmp_path: Path):
    made = fresh(tmp_path / "bengbu-2026", "bengbu-2022")
    assert (made.id, made.origin) == ("bengbu-2026", "bengbu-2022")
    assert sorted(path.name for path in made.folder.iterdir()) == sorted(
        path.name for path in REAL.glob("*.toml") if path.name != "demo.toml"
    )
    assert check(made.folder).faults == ()
    assert [str(one) for one in diff("bengbu-2022", str(made.folder), tmp_path)] == [
        "办法：编号 bengbu-2022→bengbu-2026"
    ]


@pytest.mark.parametrize("name", ["新办法", "bengbu-2022", "Bengbu_2026"])
def test_a_folder_whose_name_can_be_no_id_gets_the_next_year(name: str, tmp_path: Path):
    made = fresh(tmp_path / name, "bengbu-2022")
    assert made.id == "bengbu-2023"
    assert load_edition(made.folder).id == "bengbu-2023"


def test_from_an_offices_own_folder(tmp_path: Path):
    first = fresh(tmp_path / "huainan-2024", "bengbu-2022")
    second = fresh(tmp_path / "x", str(first.folder))
    assert second.id == "huainan-2025"


def test_nothing_is_written_over(tmp_path: Path):
    (tmp_path / "bengbu-2023").mkdir()
    (tmp_path / "bengbu-2023" / "办法.pdf").write_bytes(b"x")
    with pytest.raises(EditionError, match="已经存在，请换一个文件夹名"):
        fresh(tmp_path / "bengbu-2023", "bengbu-2022")
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(EditionError, match="已经存在"):
        fresh(tmp_path / "file", "bengbu-2022")


def test_not_within_a_case(case: Case):
    for folder in (case.folder / "bengbu-2023", case.policy / "x", case.output / "a" / "b"):
        with pytest.raises(EditionError, match="里面；请建在项目以外，如"):
            fresh(folder, "bengbu-2022")
        assert not folder.exists()


def test_from_one_that_is_not_there(tmp_path: Path):
    with pytest.raises(EditionError, match="没有名为“bengbu-2021”的政策版本"):
        fresh(tmp_path / "x", "bengbu-2021")
    assert not (tmp_path / "x").exists()
