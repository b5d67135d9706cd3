"""Which edition a new case takes (采用哪个政策版本), and that it is said at once."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.kit.edition import changed, written
from xlpy.errors import EditionError
from xlpy.policy.editions.folder import read_source
from xlpy.policy.editions.load import default_edition
from xlpy.steps.case import Case
from xlpy.steps.rules.shelf import SHELF, chosen, named, of_one_id, on_shelf, shelf_at


def edition(folder: Path, id: str, first: str, last: str, *more: tuple[str, str]) -> Path:
    """Write an edition with this id, valid from the first day to the last."""
    folder.mkdir(exist_ok=True)
    return written(
        folder,
        changed(
            ('id = "bengbu-2022"', f'id = "{id}"'),
            ("valid_from = 2022-08-23", f"valid_from = {first}"),
            ("valid_to = 2023-08-22", f"valid_to = {last}"),
            *more,
        ),
        id,
    )


def test_the_newest_one_valid_on_the_day_is_taken(tmp_path: Path):
    """Of three beside the case and the program's own; the day decides."""
    edition(tmp_path, "bengbu-2023", "2023-08-23", "2025-08-22")
    edition(tmp_path / SHELF, "bengbu-2024", "2024-03-01", "2026-03-01")
    edition(tmp_path, "bengbu-2027", "2027-01-01", "2027-12-31")
    assert [one.edition.id for one in on_shelf(tmp_path) if one.edition] == [
        "bengbu-2027", "bengbu-2024", "bengbu-2023", "bengbu-2022"
    ]  # fmt: skip
    days = {"2023-06-30": "bengbu-2022", "2023-08-23": "bengbu-2023", "2024-05-01": "bengbu-2024"}
    for day, id in days.items():
        choice = chosen("", date.fromisoformat(day), tmp_path)
        assert f"（{id}，有效期" in choice.notes[0]
    assert (
        "同时有效的还有bengbu-2023，要用的请写明 --edition。"
        in chosen("", date(2024, 5, 1), tmp_path).notes
    )


def test_the_first_and_the_last_day_are_valid(tmp_path: Path):
    for day, valid in (("08-22", False), ("08-23", True)):
        notes = chosen("", date.fromisoformat(f"2022-{day}"), tmp_path).notes
        assert any(one.startswith("注意：") for one in notes) is not valid
    for day, valid in (("08-22", True), ("08-23", False)):
        notes = chosen("", date.fromisoformat(f"2023-{day}"), tmp_path).notes
        assert any(one.startswith("注意：") for one in notes) is not valid


def test_none_valid_the_latest_is_taken_and_said(tmp_path: Path):
    edition(
        tmp_path,
        "bengbu-2020",
        "2020-01-01",
        "2021-01-01",
        ("issued = 2022-08-23", "issued = 2020-01-01"),
    )
    choice = chosen("", date(2026, 11, 30), tmp_path)
    assert choice.source.digest == default_edition().digest
    assert "评价日期2026-11-30没有有效的政策版本，已暂按最近的一个建立" in choice.notes[1]
    assert "xlpy edition new" in choice.notes[1]
    assert "xlpy edition apply" in choice.notes[1]


def test_one_asked_for_by_id_or_folder_is_taken(tmp_path: Path):
    folder = edition(tmp_path, "bengbu-2027", "2027-01-01", "2027-12-31")
    for text in ("bengbu-2027", str(folder)):
        choice = chosen(text, date(2023, 6, 30), tmp_path)
        assert choice.source.digest == read_source(folder).digest
        assert any("不在这一办法的有效期内" in one for one in choice.notes)


def test_two_of_one_id_are_refused_with_both_places(tmp_path: Path):
    """Beside the case lies a changed one under the id of the program's own."""
    edition(
        tmp_path,
        "bengbu-2022",
        "2022-08-23",
        "2023-08-22",
        ('phrase = "3次以上"', 'phrase = "三次以上"'),
    )
    for text in ("bengbu-2022", ""):
        with pytest.raises(EditionError) as refused:
            chosen(text, date(2023, 6, 30), tmp_path)
        said = str(refused.value)
        assert "都叫“bengbu-2022”而内容不同：" in said
        assert "随程序提供（摘要" in said
        assert f"文件夹“{tmp_path / 'bengbu-2022'}”" in said
        assert "换一个编号" in said
        assert said.count("文件夹“") == 1


def test_the_same_twice_is_one(tmp_path: Path):
    edition(tmp_path, "bengbu-2022", "2022-08-23", "2023-08-22")
    assert named("bengbu-2022", tmp_path).edition == default_edition()


def test_one_with_a_fault_is_not_passed_over(tmp_path: Path):
    """It may be the one that is meant: nobody is judged by another for a comma too many."""
    edition(
        tmp_path, "bengbu-2023", "2023-08-23", "2025-08-22", ('meeting = "局办公会"', "meeting = 5")
    )
    with pytest.raises(EditionError) as refused:
        chosen("", date(2024, 1, 1), tmp_path)
    said = str(refused.value)
    assert f"有政策版本读不出来，不知道是不是该用的（文件夹“{tmp_path / 'bengbu-2023'}”：" in said
    assert "“meeting”" in said
    assert "或用 --edition 写明要用的版本" in said
    choice = chosen("bengbu-2022", date(2024, 1, 1), tmp_path)
    assert choice.source.digest == default_edition().digest
    with pytest.raises(EditionError, match="meeting"):
        chosen(str(tmp_path / "bengbu-2023"), date(2024, 1, 1), tmp_path)


@pytest.mark.parametrize("name", ["edition.toml.txt", "Edition.toml.bak", "filing.toml"])
def test_a_folder_with_a_misnamed_file_is_meant_as_one(name: str, tmp_path: Path):
    """The editor of Windows saves edition.toml.txt and shows edition.toml."""
    folder = edition(tmp_path, "bengbu-2023", "2023-08-23", "2025-08-22")
    (folder / "edition.toml").rename(folder / name)
    [wrong] = [one for one in on_shelf(tmp_path) if one.problem]
    assert wrong.folder == folder
    with pytest.raises(EditionError, match=r"有政策版本读不出来.*bengbu-2023.*edition\.toml"):
        chosen("", date(2024, 1, 1), tmp_path)


def test_two_of_one_id_are_told_in_the_list(tmp_path: Path):
    changes = ('phrase = "3次以上"', 'phrase = "三次以上"')
    edition(tmp_path / SHELF, "huaihe-2024", "2024-01-01", "2024-12-31")
    assert of_one_id(on_shelf(tmp_path)) == ()
    edition(tmp_path, "huaihe-2024", "2024-01-01", "2024-12-31", changes)
    [told] = of_one_id(on_shelf(tmp_path))
    assert told.startswith("有2个政策版本都叫“huaihe-2024”而内容不同：")


def test_a_folder_within_a_case_is_no_edition_for_another(case: Case):
    """The case's own copy neither: it may have been changed, and what counts is the seal."""
    inside = case.folder / "good"
    shutil.copytree(case.policy, inside)
    for folder, said in (
        (inside, "在评价项目“.*”里面；请移到项目以外的文件夹再用"),
        (case.policy, "复制到项目以外的文件夹，再写那个文件夹"),
        (case.folder, "复制到项目以外的文件夹，再写那个文件夹"),
    ):
        with pytest.raises(EditionError, match=said):
            named(str(folder), case.folder.parent)


def test_an_unknown_one_is_refused_with_those_there_are(tmp_path: Path):
    with pytest.raises(EditionError, match=r"没有名为“huaibei-2024”的政策版本.*现有bengbu-2022"):
        named("huaibei-2024", tmp_path)


def test_last_years_own_edition_goes_on_where_no_newer_of_the_city_is_there(tmp_path: Path):
    """Another city's program edition is not taken for it."""
    folder = edition(
        tmp_path / "away", "huainan-2021", "2021-01-01", "2024-12-31",
        ('city = "蚌埠市"', 'city = "淮南市"'), ("是否在蚌埠市注册", "是否在淮南市注册"),
    )  # fmt: skip
    last = read_source(folder)
    assert chosen("", date(2023, 6, 30), tmp_path, last).source.digest == last.digest
    newer = edition(
        tmp_path, "huainan-2023", "2023-01-01", "2025-12-31",
        ('city = "蚌埠市"', 'city = "淮南市"'), ("是否在蚌埠市注册", "是否在淮南市注册"),
    )  # fmt: skip
    assert chosen("", date(2023, 6, 30), tmp_path, last).source.digest == read_source(newer).digest


def test_a_folder_given_by_path_is_meant_though_another_of_its_id_lies_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The mended copy and the first one: the one whose folder is written."""
    first = edition(tmp_path, "bengbu-2030", "2030-01-01", "2030-12-31")
    mended = first.with_name("mended")
    shutil.copytree(first, mended)
    rule = mended / "edition.toml"
    text = rule.read_text(encoding="utf-8").replace('"3次以上"', '"三次以上"')
    rule.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for text in ("bengbu-2030", str(first), "mended"):
        wanted = first if text != "mended" else mended
        assert named(text, tmp_path).source.digest == read_source(wanted).digest


def test_a_list_of_nowhere_is_refused(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EditionError, match="找不到文件夹"):
        shelf_at(tmp_path / "nowhere")
    with pytest.raises(EditionError, match="不是文件夹"):
        shelf_at(tmp_path / "file")
    folder = edition(tmp_path, "bengbu-2030", "2030-01-01", "2030-12-31")
    assert shelf_at(folder) == tmp_path
