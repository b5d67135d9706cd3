"""The blank form in the case (空白申报表): it says what 参数 says, while nobody touches it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.kit.platforms import rules
from tests.steps.test_new_from import Xlpy, type_in
from xlpy.excel.writing import package
from xlpy.model.staff import Office
from xlpy.steps.blank import blank_bytes
from xlpy.steps.case import Case
from xlpy.steps.log import journal

NAME = "平台申报表.xlsx"
OFFICE = {"报送截止": date(2023, 5, 31), "受理科室": "中小企业科", "受理电话": "0552-7654321"}
KNOWN = Office(deadline=date(2023, 5, 31), room="中小企业科", phone="0552-7654321")


@pytest.fixture
def fresh(tmp_path: Path, xlpy: Xlpy) -> Case:
    """A new case of 2022."""
    folder = tmp_path / "2022年度"
    assert xlpy("new", folder, "--year", "2022", "--as-of", "2023-06-30")[0] == 0
    return Case(folder)


def tell(case: Case, **changes: object) -> None:
    """Type the office into 参数."""
    for label, value in {**OFFICE, **changes}.items():
        type_in(case.workbook, "parameters", label, {"value": value})


def made(office: Office) -> bytes:
    """Return the blank form of 2022 as the program makes it."""
    edition, forms = rules()
    return blank_bytes(edition, forms, 2022, office)


def blank(case: Case) -> Path:
    """Return the blank form of the case."""
    return case.folder / NAME


def logged(case: Case) -> list[bool]:
    """Tell of each run whether its line names the blank form."""
    return [NAME in entry["outputs"] for entry in journal.lines(case)]


def test_the_blank_form_says_what_the_parameters_say(fresh: Case, xlpy: Xlpy) -> None:
    assert blank(fresh).read_bytes() == made(Office())
    tell(fresh)
    _, out, _ = xlpy("check", fresh.folder)
    assert blank(fresh).read_bytes() == made(KNOWN)
    assert "已按「参数」重新写出，发给平台的请用新的" in out
    shown = "".join(map(str, load_workbook(blank(fresh))["填报说明"].values))
    assert "2023年5月31日" in shown
    assert "0552-7654321" in shown


def test_another_version_does_not_call_back_the_forms_that_are_out(
    fresh: Case, xlpy: Xlpy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its blank form is another one though nobody changed 参数: what was sent stays good."""
    monkeypatch.setattr("xlpy.steps.blank.__version__", "1.9.0")
    tell(fresh)
    _, out, _ = xlpy("check", fresh.folder)
    assert "已由 1.9.0 版按「参数」重新写出" in out
    assert "以前发出的仍然有效，照常接收" in out
    assert "发给平台的请用新的。" not in out


def test_it_follows_every_later_change(fresh: Case, xlpy: Xlpy) -> None:
    tell(fresh)
    xlpy("check", fresh.folder)
    tell(fresh, 受理科室="服务体系科")
    xlpy("check", fresh.folder)
    assert blank(fresh).read_bytes() == made(
        Office(deadline=KNOWN.deadline, room="服务体系科", phone=KNOWN.phone)
    )


def test_it_is_written_and_logged_once_as_long_as_nothing_changes(fresh: Case, xlpy: Xlpy) -> None:
    tell(fresh)
    for _ in range(2):
        _, out, _ = xlpy("check", fresh.folder)
    assert logged(fresh) == [True, False]
    assert NAME not in out


def test_one_that_new_wrote_is_logged_by_the_first_check(fresh: Case, xlpy: Xlpy) -> None:
    _, out, _ = xlpy("check", fresh.folder)
    assert logged(fresh) == [True]
    assert NAME not in out


def test_one_that_somebody_changed_is_left_alone_with_the_way_out(fresh: Case, xlpy: Xlpy) -> None:
    book = load_workbook(blank(fresh))
    book["附件1"]["A1"] = "本县专用"
    book.save(blank(fresh))
    before = blank(fresh).read_bytes()
    tell(fresh)
    for _ in range(2):
        _, out, _ = xlpy("check", fresh.folder)
        assert "被改过，或不是本版程序写出的，没有按「参数」更新" in "".join(out.split())
        assert blank(fresh).read_bytes() == before
    blank(fresh).unlink()
    xlpy("check", fresh.folder)
    assert blank(fresh).read_bytes() == made(KNOWN)


def test_one_of_which_nothing_is_known_is_left_alone_in_silence_until_there_is_an_office(
    fresh: Case, xlpy: Xlpy
) -> None:
    blank(fresh).write_bytes(b"of version 1.0")
    _, out, _ = xlpy("check", fresh.folder)
    assert NAME not in out
    assert blank(fresh).read_bytes() == b"of version 1.0"


def test_a_lost_one_is_written_again(fresh: Case, xlpy: Xlpy) -> None:
    blank(fresh).unlink()
    xlpy("check", fresh.folder)
    assert blank(fresh).read_bytes() == made(Office())


def test_one_of_a_case_whose_workbook_does_not_say_it_is_known_by_its_bytes(
    fresh: Case, xlpy: Xlpy
) -> None:
    _forget(fresh)
    tell(fresh)
    xlpy("check", fresh.folder)
    assert blank(fresh).read_bytes() == made(KNOWN)


def _forget(case: Case) -> None:
    """Take away what `new` kept of the blank form, as in a case of version 1.0."""
    book = load_workbook(case.workbook, keep_vba=True)
    page = book["_meta"]
    [row] = [cells[0].row for cells in page.iter_rows() if cells[0].value == "blank"]
    page.delete_rows(row)
    book.save(case.workbook)


def test_one_that_cannot_be_written_is_a_note_and_the_check_goes_on(
    fresh: Case, xlpy: Xlpy
) -> None:
    blank(fresh).unlink()
    blank(fresh).mkdir()
    status, out, _ = xlpy("check", fresh.folder)
    assert status == 0
    assert f"空白的“{NAME}”没有更新：" in out
    assert logged(fresh) == [False]


def test_a_case_made_from_the_last_shows_its_office_at_once_and_follows_a_change_of_it(
    fresh: Case, xlpy: Xlpy
) -> None:
    tell(fresh)
    folder = fresh.folder.parent / "2023年度"
    xlpy("new", folder, "--from", fresh.folder, "--as-of", "2024-06-30")
    following = Case(folder)
    edition, forms = rules()
    carried = Office(room=KNOWN.room, phone=KNOWN.phone)
    assert blank(following).read_bytes() == blank_bytes(edition, forms, 2023, carried)
    tell(following, 受理电话="0552-1111111")
    xlpy("check", folder)
    changed = Office(deadline=KNOWN.deadline, room=KNOWN.room, phone="0552-1111111")
    assert blank(following).read_bytes() == blank_bytes(edition, forms, 2023, changed)


def test_verify_takes_a_renewed_form_for_what_it_is_and_names_one_changed_later(
    fresh: Case, xlpy: Xlpy
) -> None:
    xlpy("check", fresh.folder)
    tell(fresh)
    xlpy("check", fresh.folder)
    xlpy("evaluate", fresh.folder)
    status, out, _ = xlpy("verify", fresh.folder)
    assert (status, NAME in out) == (0, False)
    blank(fresh).write_bytes(b"changed")
    status, out, _ = xlpy("verify", fresh.folder)
    told = "".join(out.split())
    assert status == 1
    assert f"输出文件“{NAME}”与运行记录不符，写出后被改动过。自己改的请另存为别的文件名" in told
    blank(fresh).unlink()
    xlpy("check", fresh.folder)
    assert xlpy("verify", fresh.folder)[0] == 0


def test_a_form_that_another_zlib_packed_is_as_it_should_be(
    fresh: Case, xlpy: Xlpy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is neither written again nor announced, and the log takes it as it lies there."""
    before = blank(fresh).read_bytes()
    monkeypatch.setattr(package, "_LEVEL", 9)
    assert made(Office()) != before
    for _ in range(2):
        _, out, _ = xlpy("check", fresh.folder)
        assert "已按「参数」重新写出" not in out
    assert blank(fresh).read_bytes() == before
    assert logged(fresh) == [True, False]
    assert journal.lines(fresh)[0]["outputs"][NAME] == journal.digest(before)
