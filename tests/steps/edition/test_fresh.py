"""`xlpy edition new`: next year's folder from this year's, never over anything, never in a case."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.kit.edition import REAL
from xlpy.errors import CaseError, EditionError
from xlpy.policy.editions.load import load_edition
from xlpy.steps.case import Case
from xlpy.steps.edition.fresh import fresh
from xlpy.steps.edition.look import check, diff
from xlpy.steps.new import new


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


@pytest.mark.parametrize("name", ["新办法", "Bengbu_2026", "bengbu"])
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


def test_a_folder_named_as_another_edition_is_refused(tmp_path: Path):
    """The program's own, and those beside."""
    fresh(tmp_path / "bengbu-2030", "bengbu-2022")
    (tmp_path / "deep").mkdir()
    for folder in (tmp_path / "bengbu-2022", tmp_path / "deep" / "bengbu-2022"):
        with pytest.raises(EditionError, match="编号“bengbu-2022”已有政策版本在用"):
            fresh(folder, "bengbu-2022")
    assert fresh(tmp_path / "下一版", "bengbu-2022").id == "bengbu-2023"
    assert fresh(tmp_path / "再下一版", "bengbu-2022").id == "bengbu-2024"


def test_not_within_another_edition(tmp_path: Path):
    made = fresh(tmp_path / "bengbu-2030", "bengbu-2022")
    with pytest.raises(EditionError, match="在政策版本“bengbu-2030”的文件夹里面；请建在它的旁边"):
        fresh(made.folder / "bengbu-2031", "bengbu-2022")
    with pytest.raises(CaseError, match="在政策版本“bengbu-2030”的文件夹里面；请把评价项目建在"):
        new(made.folder / "2030年度", year=2030, as_of=date(2031, 1, 1))


@pytest.mark.parametrize(
    "line", ["id = 'huainan-2024'", 'id="huainan-2024"', ' id  =  "huainan-2024" ']
)
def test_however_the_id_is_written_it_is_changed(line: str, tmp_path: Path):
    first = fresh(tmp_path / "huainan-2024", "bengbu-2022")
    rule = first.folder / "edition.toml"
    text = rule.read_text(encoding="utf-8").replace('id = "huainan-2024"', line)
    rule.write_text(text, encoding="utf-8")
    made = fresh(tmp_path / "huainan-2025", str(first.folder))
    assert load_edition(made.folder).id == made.id == "huainan-2025"


def test_without_an_edition_named_it_says_so(tmp_path: Path):
    for text in ("", " "):
        with pytest.raises(EditionError, match="没有写明政策版本"):
            fresh(tmp_path / "bengbu-2023", text)
