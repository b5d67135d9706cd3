"""`verify` looks at everything that lies in a case (核验各种文件), and accuses nobody of litter."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.kit.clerk import Clerk
from tests.kit.forger import edit_cell, rewrite_log
from xlpy.excel.reading.contents import same_content
from xlpy.steps.case import Case
from xlpy.steps.check import check
from xlpy.steps.log import journal
from xlpy.steps.new import new
from xlpy.steps.verify import Verification, verify

TODAY = date(2023, 8, 15)


def seen(case: Case) -> Verification:
    """Verify the case on a day after the demo's year."""
    return verify(case.folder, today=TODAY)


@pytest.mark.parametrize(
    "name",
    [
        "备注.txt",
        "公示名单-最终.xlsx",
        "运行记录.xlsx",
        "已导出/公示名单-第7版.xlsx",
        "已导出/说明.docx",
        "备份/evaluate-2023-01-01-000000.xlsm",
        "备份/evaluate.xlsm",
        "专家评分表/专家评分表-09-外人.xlsx",
        "校验反馈/别家平台-1234.xlsx",
    ],
)
def test_a_file_the_log_does_not_know_is_named_with_the_way_out(name: str, played: Case) -> None:
    path = played.output / name
    path.write_bytes(b"x")
    [told] = seen(played).problems
    assert f"“输出/{name}”" in told
    assert "程序不会删除它" in told


@pytest.mark.parametrize("name", ["旧的", "已导出/归档", "备份/2023"])
def test_a_strange_folder_is_named_once(name: str, played: Case) -> None:
    folder = played.output / name
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.xlsx").write_bytes(b"x")
    [told] = seen(played).problems
    assert f"文件夹“输出/{name}”不是程序建立的" in told


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_link_is_named_and_not_followed(played: Case) -> None:
    (played.output / "已导出" / "链接").symlink_to(played.folder.parent)
    [told] = seen(played).problems
    assert "“输出/已导出/链接”不是普通文件" in told


@pytest.mark.parametrize(("count", "sentences"), [(20, 20), (21, 21), (300, 21)])
def test_many_strange_files_are_counted(count: int, sentences: int, played: Case) -> None:
    for number in range(count):
        (played.backups / f"副本{number:03}.xlsm").write_bytes(b"x")
    problems = seen(played).problems
    assert len(problems) == sentences
    if count > 20:
        assert f"另有{count - 20}个文件不在运行记录中" in problems[-1]


@pytest.mark.parametrize(
    "name",
    [
        ".xlpy-0123456789abcdef.new.tmp",
        "~$公示名单.xlsx",
        ".~lock.公示名单.xlsx#",
        "Thumbs.db",
        ".DS_Store",
    ],
)
def test_what_comes_and_goes_is_no_accusation(name: str, played: Case) -> None:
    for folder in (played.folder, played.output, played.filed, played.backups):
        (folder / name).write_bytes(b"x")
    assert (seen(played).problems, seen(played).notes) == ((), ())


def test_every_copy_of_the_workbook_is_held(played: Case) -> None:
    for path in played.backups.glob("evaluate-*"):
        path.write_bytes(path.read_bytes() + b" ")
    problems = "".join(seen(played).problems)
    assert all(
        f"备份“输出/备份/{path.name}”" in problems for path in played.backups.glob("evaluate-*")
    )


@pytest.mark.parametrize("name", ["平台申报表.xlsx", "专家评分表.xlsx"])
def test_a_changed_blank_form_is_named(name: str, played: Case) -> None:
    path = played.folder / name
    sheet = {"平台申报表.xlsx": "填报说明", "专家评分表.xlsx": "评分说明"}[name]
    edit_cell(path, sheet, "A1", "请把钱打到另一个账户")
    [told] = seen(played).problems
    assert f"“{name}”" in told
    assert "移走" in told


@pytest.mark.parametrize("name", ["平台申报表.xlsx", "专家评分表.xlsx"])
def test_a_changed_blank_form_is_named_before_any_run(name: str, tmp_path: Path) -> None:
    case = new(tmp_path / "新", year=2022, as_of=date(2023, 6, 30))
    path = case.folder / name
    path.write_bytes(path.read_bytes() + b" ")
    assert any(f"“{name}”" in one for one in seen(case).problems)


def forge_blank(case: Case) -> None:
    """Change the blank ballot, and the digest evaluate.xlsm keeps of it."""
    path = case.folder / "专家评分表.xlsx"
    before = journal.digest(path.read_bytes())
    edit_cell(path, "评分说明", "A1", "请把钱打到另一个账户")
    book = load_workbook(case.workbook, keep_vba=True)
    [cell] = [one for row in book["_meta"].iter_rows() for one in row if one.value == before]
    cell.value = journal.digest(path.read_bytes())
    book.save(case.workbook)


def test_a_changed_blank_ballot_is_named_though_the_workbook_vouches_for_it(
    played: Case, tmp_path: Path
) -> None:
    for case in (played, new(tmp_path / "新", year=2022, as_of=date(2023, 6, 30))):
        forge_blank(case)
        [told] = [one for one in seen(case).problems if "“专家评分表.xlsx”" in one]
        assert "移走" in told


def test_a_blank_ballot_of_another_version_that_it_vouches_for_is_a_note(played: Case) -> None:
    forge_blank(played)
    rewrite_log(played, lambda entry: entry.update(version="1.1.0"))
    assert any("“专家评分表.xlsx”由 1.1.0 版写出" in one for one in seen(played).notes)


def test_a_new_case_has_nothing_but_no_evaluation(tmp_path: Path) -> None:
    case = new(tmp_path / "新", year=2022, as_of=date(2023, 6, 30))
    [told] = seen(case).problems
    assert "还没有评价" in told
    assert seen(case).notes == ()


def test_a_blank_ballot_moved_away_is_no_trouble(played: Case) -> None:
    (played.folder / "专家评分表.xlsx").unlink()
    assert seen(played).problems == ()


def test_a_blank_form_that_staff_moved_away_and_a_check_wrote_again_is_fine(ready: Case) -> None:
    (ready.folder / "平台申报表.xlsx").unlink()
    Clerk(ready).parameters(phone="0552-3000001")
    check(ready.folder, today=TODAY)
    assert [one for one in seen(ready).problems if "申报表" in one] == []


def test_a_ballot_changed_after_it_was_made_is_named(played: Case) -> None:
    path = sorted(played.issued.iterdir())[0]
    edit_cell(path, "评分表", "A1", "改过")
    [told] = seen(played).problems
    assert f"“输出/专家评分表/{path.name}”与运行记录不符" in told


def test_a_feedback_copy_changed_after_it_was_made_is_named(played: Case) -> None:
    path = sorted(played.feedback.iterdir())[0]
    path.write_bytes(path.read_bytes() + b" ")
    [told] = seen(played).problems
    assert path.name in told


def test_a_feedback_copy_of_an_earlier_check_is_held_too(played: Case) -> None:
    """Staff had it open, so the next check could not delete it; or they wrote in it."""
    old = sorted(played.feedback.iterdir())[0]
    content = old.read_bytes()
    next(played.filings.glob(f"{old.name[:4]}*")).unlink()
    check(played.folder, today=TODAY)
    assert not old.exists()
    old.write_bytes(content)
    assert not any(old.name in one for one in seen(played).problems)
    old.write_bytes(content + b" ")
    assert any(f"{old.name}”是较早一次运行写出的" in one for one in seen(played).problems)


def test_what_staff_keep_beside_the_case_is_a_note(played: Case) -> None:
    (played.folder / "会议").mkdir()
    (played.folder / "会议记录.docx").write_bytes(b"x")
    done = seen(played)
    assert done.problems == ()
    [note] = done.notes
    assert "“会议”、“会议记录.docx”" in note
    assert "没有核验" in note


def test_files_of_the_same_parts_are_the_same_content(played: Case, tmp_path: Path) -> None:
    """However they were compressed; one other sign in one part is another content."""
    from tests.kit.panel import compressed

    blank = (played.folder / "专家评分表.xlsx").read_bytes()
    assert compressed(blank) != blank
    assert same_content(blank, compressed(blank))
    assert not same_content(blank, played.notice.read_bytes())


def test_a_blank_form_compressed_by_another_zlib_is_the_same(played: Case) -> None:
    from tests.kit.panel import compressed

    path = played.folder / "专家评分表.xlsx"
    path.write_bytes(compressed(path.read_bytes()))
    assert seen(played).problems == ()


def test_what_was_kept_of_a_torn_log_is_no_accusation(played: Case) -> None:
    """A power cut in the middle of the last line: mended, and kept aside."""
    played.log.write_bytes(played.log.read_bytes()[:-40])
    assert seen(played).problems == ()
    assert seen(played).problems == ()
    assert played.torn
    played.torn[0].write_bytes(b"x")
    [told] = seen(played).problems
    assert f"“{played.relative(played.torn[0])}”与运行记录不符" in told
