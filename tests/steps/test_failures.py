"""Whatever goes wrong around the program: one sentence, exit 2, no half-written file."""

from __future__ import annotations

import errno
import json
import os
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from filelock import FileLock

from xlpy.steps.case import Case
from xlpy.steps.new import new

_TRACEBACK = re.compile(r"Traceback|Error\b|\.py")


def _one_sentence(err: str) -> bool:
    return err.count("\n") == 1 and not _TRACEBACK.search(err) and "。" in err


@pytest.mark.parametrize("command", ["check", "ballots", "evaluate", "export", "verify"])
def test_a_missing_folder_is_one_sentence(command: str, tmp_path: Path, xlpy) -> None:
    status, out, err = xlpy(command, tmp_path / "没有")
    assert (status, out) == (2, "")
    assert "找不到评价项目文件夹" in err
    assert _one_sentence(err)


def test_a_folder_without_the_workbook_is_no_case(tmp_path: Path, xlpy) -> None:
    status, _, err = xlpy("evaluate", tmp_path)
    assert status == 2
    assert "没有 evaluate.xlsm" in err


def test_a_file_is_no_case(tmp_path: Path, xlpy) -> None:
    (tmp_path / "年度").write_text("x", encoding="utf-8")
    status, _, err = xlpy("evaluate", tmp_path / "年度")
    assert status == 2
    assert "不是文件夹" in err


def test_a_broken_staff_workbook_names_the_backup(case: Case, xlpy) -> None:
    case.workbook.write_bytes(b"PK\x03\x04 broken")
    status, _, err = xlpy("evaluate", case.folder)
    assert status == 2
    assert "备份" in err
    assert _one_sentence(err)


def test_a_missing_inbox_is_named(case: Case, xlpy) -> None:
    for path in case.ballots.iterdir():
        path.unlink()
    case.ballots.rmdir()
    status, _, err = xlpy("evaluate", case.folder)
    assert status == 2
    assert "专家评分" in err


def test_a_broken_filing_among_good_ones_costs_itself_only(ready: Case, xlpy) -> None:
    (ready.filings / "坏.xlsx").write_bytes(b"PK\x03\x04" + bytes(100))
    (ready.filings / "图.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    status, out, _ = xlpy("evaluate", ready.folder, "--json")
    view = json.loads(out)
    refused = {one["file"]: one["code"] for one in view["findings"] if one["severity"] == "错误"}
    assert status == 1
    assert refused == {"坏.xlsx": "F101", "图.png": "F101"}
    assert sum(p["status"] == "graded" for p in view["platforms"]) == 4


def _zipped(name: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        opened.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("扫描.pdf", b"%PDF-1.7"),
        ("照片.JPG", b"\xff\xd8\xff\xe0"),
        ("说明.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")),
        ("材料.zip", _zipped("甲.txt")),
        ("材料.rar", b"Rar!\x1a\x07"),
        ("申报表.xlsx.lnk", b"L\x00\x00\x00\x01\x14\x02\x00"),
        ("申报表.url", b"[InternetShortcut]\nURL=https://example.com/"),
        (".申报表.xlsx.icloud", b"bplist00"),
        ("申报表.webloc", b"<?xml version='1.0'?><plist/>"),
        ("申报表.gsheet", b'{"url":"https://example.com"}'),
        ("材料.7z", b"7z\xbc\xaf\x27\x1c"),
        ("材料.tar.gz", b"\x1f\x8b\x08"),
        ("邮件.eml", b"From: a@example.com\r\n\r\n"),
        ("录像.mp4", b"\0\0\0\x18ftypmp42"),
        ("甲\u202exslx.exe", b"MZ" + bytes(90) + b"PE\0\0"),
    ],
)
def test_what_can_be_no_form_is_a_finding_that_blocks_and_no_platform(
    name: str, raw: bytes, ready: Case, xlpy
) -> None:
    (ready.filings / name).write_bytes(raw)
    view = json.loads(xlpy("evaluate", ready.folder, "--json")[1])
    (found,) = view["findings"]
    assert (found["severity"], "佐证材料" in found["mend"]) == ("错误", True)
    assert [one["status"] for one in view["platforms"]] == ["graded"] * 4
    status, out, _ = xlpy("export", ready.folder)
    assert (status, "有1个错误没有改正或受理" in out, "待核实" in out) == (1, True, False)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("乙.xlsx", b"PK\x03\x04" + bytes(100)),
        ("乙.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)),
        ("乙.et", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)),
        ("乙.xlsx", b"%TSD-Header-###%" + bytes(500)),
        ("乙.xls", b"%TSD-Header-###%" + bytes(500)),
        ("乙.xlsx", b"\x00\x01E-SafeNet\x00\x00\x00LOCK" + bytes(500)),
        ("乙.xlsx", b""),
    ],
    ids=["damaged", "old", "wps", "protected", "protected and old", "another", "empty"],
)
def test_what_could_be_a_form_stands_for_a_platform(
    name: str, raw: bytes, case: Case, xlpy
) -> None:
    (case.filings / name).write_bytes(raw)
    view = json.loads(xlpy("evaluate", case.folder, "--json")[1])
    states = {one["name"]: one["status"] for one in view["platforms"]}
    assert states.pop(name) == "pending"
    assert set(states.values()) == {"graded"}


def test_a_subfolder_is_a_finding_but_superseded_files_are_left_alone(ready: Case, xlpy) -> None:
    (ready.filings / "旧").mkdir()
    (ready.filings / "作废").mkdir()
    (ready.filings / "作废" / "坏.xlsx").write_bytes(b"not read")
    view = json.loads(xlpy("evaluate", ready.folder, "--json")[1])
    assert [one["code"] for one in view["findings"]] == ["F102"]


def test_files_of_the_system_and_of_an_open_program_are_named_and_not_read(
    ready: Case, xlpy
) -> None:
    (ready.filings / "Thumbs.db").write_bytes(b"x")
    (ready.filings / "~$甲.xlsx").write_bytes(b"x")
    status, out, _ = xlpy("evaluate", ready.folder, "--json")
    found = {one["file"]: (one["code"], one["severity"]) for one in json.loads(out)["findings"]}
    assert (status, found) == (
        0,
        {"Thumbs.db": ("F109", "提示"), "~$甲.xlsx": ("F108", "警告")},
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("甲.xlsx:Zone.Identifier", "自动留下"),
        (".fuse_hidden0001", "自动留下"),
        ("甲.xlsx.crdownload", "没有下载完"),
        ("~WRL0001.tmp", "自动留下"),
        ("a\nb.tmp", "自动留下"),
    ],
)
def test_what_a_system_leaves_behind_is_a_note_and_stops_nothing(
    name: str, words: str, ready: Case, xlpy
) -> None:
    (ready.filings / name).write_bytes(b"x")
    status, out, _ = xlpy("evaluate", ready.folder, "--json")
    (found,) = json.loads(out)["findings"]
    assert (status, found["code"], found["severity"]) == (0, "F109", "提示")
    assert words in found["found"]


def test_a_folder_of_a_system_is_a_note_and_one_of_a_person_is_not(ready: Case, xlpy) -> None:
    for name in ("@eaDir", "__MACOSX", "旧\u202e\n"):
        (ready.filings / name).mkdir()
        (ready.filings / name / "甲.xlsx").write_bytes(b"not read")
    found = json.loads(xlpy("evaluate", ready.folder, "--json")[1])["findings"]
    assert [(one["code"], one["severity"]) for one in found] == [
        *[("F109", "提示")] * 2,
        ("F102", "错误"),
    ]
    assert "“旧··”" in found[-1]["found"]


def test_a_link_is_never_followed(ready: Case, tmp_path: Path, xlpy) -> None:
    secret = tmp_path / "别处.xlsx"
    secret.write_bytes(next(ready.filings.iterdir()).read_bytes())
    (ready.filings / "链接.xlsx").symlink_to(secret)
    view = json.loads(xlpy("evaluate", ready.folder, "--json")[1])
    assert [(one["code"], one["file"]) for one in view["findings"]] == [("F101", "链接.xlsx")]


def test_an_empty_case_evaluates_to_nothing(tmp_path: Path, xlpy) -> None:
    from datetime import date

    empty = new(tmp_path / "空", year=2022, as_of=date(2023, 6, 30))
    status, out, _ = xlpy("evaluate", empty.folder, "--json")
    view = json.loads(out)
    assert status == 0
    assert (view["base"], view["quota"], view["platforms"], view["total_subsidy"]) == (
        0,
        0,
        [],
        "0",
    )


def test_ballots_without_an_eligible_platform_are_refused(tmp_path: Path, xlpy) -> None:
    from datetime import date

    empty = new(tmp_path / "空", year=2022, as_of=date(2023, 6, 30))
    status, _, err = xlpy("ballots", empty.folder, "--experts", "7")
    assert status == 2
    assert "还没有符合条件的平台" in err


def test_new_never_overwrites(case: Case, xlpy) -> None:
    before = case.workbook.read_bytes()
    status, _, err = xlpy("new", case.folder, "--year", "2022")
    assert status == 2
    assert "已经存在" in err
    assert case.workbook.read_bytes() == before


def _failing(number: int):
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "磁盘"), (errno.EROFS, "只读"), (errno.EACCES, "")]
)
def test_a_disk_that_cannot_be_written_leaves_the_old_result(
    number: int, words: str, case: Case, xlpy, monkeypatch: pytest.MonkeyPatch
) -> None:
    xlpy("evaluate", case.folder)
    before = {p: p.read_bytes() for p in case.output.rglob("*") if p.is_file()}
    monkeypatch.setattr(os, "replace", _failing(number))
    status, _, err = xlpy("evaluate", case.folder)
    monkeypatch.undo()
    assert status == 2
    assert words in err
    assert _one_sentence(err)
    after = {p: p.read_bytes() for p in case.output.rglob("*") if p.is_file()}
    assert after == before


def test_two_people_at_once_get_one_sentence(case: Case, xlpy) -> None:
    with FileLock(case.output / ".lock"):
        status, _, err = xlpy("evaluate", case.folder)
    assert status == 2
    assert "另一个人" in err
    assert not case.result.exists()


def test_a_mistake_of_ours_shows_no_traceback(
    case: Case, xlpy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("xlpy.judge.evaluate.evaluate", broken)
    status, out, err = xlpy("evaluate", case.folder)
    assert (status, out) == (2, "")
    assert "程序内部错误" in err
    assert err.count("\n") == 1
    Path(re.search("“(.+?)”", err).group(1)).unlink()


@pytest.mark.parametrize("number", [errno.EINVAL, errno.EBADF, errno.EAGAIN])
def test_what_names_no_file_is_no_file_to_look_for(
    case: Case, xlpy, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """A pipe, a process: the clerk is told to try again, the maintainer gets where it was."""

    def broken(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("xlpy.judge.evaluate.evaluate", broken)
    status, out, err = xlpy("evaluate", case.folder)
    assert (status, out) == (2, "")
    assert f"读写出错：系统没有说明是哪个文件（错误码{number}）" in err
    assert "请重试，再出现时请把“" in err
    assert "没有权限" not in err
    assert _one_sentence(err)
    trace = Path(re.search("“(.+?)”", err).group(1))
    assert "in broken" in trace.read_text(encoding="utf-8")
    trace.unlink()


def test_where_no_trace_can_be_kept_it_is_said_all_the_same(
    case: Case, xlpy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("xlpy.judge.evaluate.evaluate", broken)
    monkeypatch.setattr("xlpy.steps.mishap.tempfile.NamedTemporaryFile", full)
    status, _, err = xlpy("evaluate", case.folder)
    assert status == 2
    assert "再出现时请联系软件维护人员（临时文件夹也写不进去" in err
    assert _one_sentence(err)
