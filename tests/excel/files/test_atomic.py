"""Atomic writing: all or nothing, whatever the disk does."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from xlpy.errors import FileBusyError
from xlpy.excel.files.atomic import append_line, is_open_elsewhere, write_files
from xlpy.excel.files.names import safe_name


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Return two files with old contents."""
    files = (tmp_path / "评价结果.xlsx", tmp_path / "公示名单.xlsx")
    for file in files:
        file.write_bytes(b"old")
    return files


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder, hidden ones too."""
    return {file.name: file.read_bytes() for file in folder.iterdir()}


OLD = {"评价结果.xlsx": b"old", "公示名单.xlsx": b"old"}


def test_all_files_get_their_new_content(pair: tuple[Path, Path], tmp_path: Path):
    """Old files are replaced, new ones and their folders made, nothing else is left."""
    fresh = tmp_path / "校验反馈" / "甲.xlsx"
    write_files({pair[0]: b"new", pair[1]: b"new", fresh: b"new"})
    assert fresh.read_bytes() == b"new"
    fresh.unlink()
    fresh.parent.rmdir()
    assert contents(tmp_path) == dict.fromkeys(OLD, b"new")


@pytest.mark.parametrize(
    ("number", "cure"),
    [(errno.ENOSPC, "磁盘空间不足"), (errno.EROFS, "只读"), (errno.EACCES, "没有写入权限")],
)
def test_a_disk_that_cannot_take_it_leaves_the_old_files(
    pair: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, cure: str
):
    """A full disk at the second file: no file changes, no temporary file stays."""
    whole, calls = os.write, []

    def full(descriptor: int, content: bytes) -> int:
        calls.append(descriptor)
        if len(calls) > 1:
            raise OSError(number, "no")
        return whole(descriptor, content)

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(FileBusyError, match=f"无法写入“公示名单.xlsx”：.*{cure}"):
        write_files(dict.fromkeys(pair, b"new"))
    assert contents(tmp_path) == OLD


@pytest.mark.parametrize("locked", [1, 2])
def test_a_file_open_in_excel_rolls_the_others_back(
    pair: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locked: int
):
    """Windows refuses to replace an open file: all keep their old content, the file is named."""
    whole, calls = os.replace, []

    def busy(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == locked:
            raise PermissionError(errno.EACCES, "open")
        whole(source, target)

    monkeypatch.setattr(os, "replace", busy)
    with pytest.raises(
        FileBusyError, match=f"“{pair[locked - 1].name}”：.*请先在 Excel 或 WPS 中关闭"
    ):
        write_files(dict.fromkeys(pair, b"new"))
    assert contents(tmp_path) == OLD


def test_a_file_that_was_not_there_is_gone_after_a_rollback(
    pair: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Rolling back a new file means no file."""
    whole = os.replace

    def busy(source: Path, target: Path) -> None:
        if Path(target) == pair[0]:
            raise PermissionError(errno.EACCES, "open")
        whole(source, target)

    monkeypatch.setattr(os, "replace", busy)
    with pytest.raises(FileBusyError):
        write_files({tmp_path / "新.xlsx": b"new", pair[0]: b"new"})
    assert contents(tmp_path) == OLD


def test_without_hard_links_the_rollback_works_from_copies(
    pair: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A memory stick knows no hard links."""
    whole, calls = os.replace, []

    def busy(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise PermissionError(errno.EACCES, "open")
        whole(source, target)

    def no_links(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(os, "replace", busy)
    with pytest.raises(FileBusyError):
        write_files(dict.fromkeys(pair, b"new"))
    assert contents(tmp_path) == OLD


def test_when_even_the_rollback_fails_the_old_file_is_kept_and_named(
    pair: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The old content is never thrown away; the message says where it is."""
    whole, calls = os.replace, []

    def broken(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) > 1:
            raise OSError(errno.EIO, "broken")
        whole(source, target)

    monkeypatch.setattr(os, "replace", broken)
    with pytest.raises(FileBusyError, match="的原文件保存为") as caught:
        write_files(dict.fromkeys(pair, b"new"))
    kept = [name for name in contents(tmp_path) if name not in OLD]
    assert [contents(tmp_path)[name] for name in kept] == [b"old"]
    assert kept[0] in str(caught.value)


def test_a_log_grows_by_whole_lines(tmp_path: Path):
    """Lines are appended; a torn last line stays visible above the new one."""
    log = tmp_path / "运行记录.jsonl"
    append_line(log, '{"一": 1}')
    append_line(log, "{}")
    assert log.read_bytes() == '{"一": 1}\n{}\n'.encode()
    log.write_bytes(b'{"torn')
    append_line(log, "{}")
    assert log.read_bytes() == b'{"torn\n{}\n'


def test_a_log_line_on_a_full_disk_leaves_no_half_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """What was written of the line is taken back."""
    log, whole, calls = tmp_path / "运行记录.jsonl", os.write, []
    append_line(log, "first")

    def full(descriptor: int, content: bytes) -> int:
        calls.append(descriptor)
        if len(calls) > 1:
            raise OSError(errno.ENOSPC, "full")
        return whole(descriptor, content[:3])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(FileBusyError, match="磁盘空间不足"):
        append_line(log, "second")
    assert log.read_bytes() == b"first\n"


def test_a_log_line_has_no_line_break(tmp_path: Path):
    """One run, one line."""
    with pytest.raises(ValueError, match="line break"):
        append_line(tmp_path / "log", "a\nb")


def test_owner_files_show_who_has_a_workbook_open(tmp_path: Path):
    """Excel leaves `~$name`, WPS `.~name`, LibreOffice `.~lock.name#`."""
    book = tmp_path / "evaluate.xlsm"
    assert not is_open_elsewhere(book)
    book.write_bytes(b"x")
    assert not is_open_elsewhere(book)
    for owner in ("~$evaluate.xlsm", ".~evaluate.xlsm", ".~lock.evaluate.xlsm#"):
        (tmp_path / owner).write_bytes(b"")
        assert is_open_elsewhere(book)
        (tmp_path / owner).unlink()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("蚌埠市甲平台（有限公司）", "蚌埠市甲平台（有限公司）"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("甲:乙*?丙|丁", "甲_乙_丙_丁"),
        ("CON", "_CON"),
        ("nul.xlsx", "_nul.xlsx"),
        ("com¹", "_com¹"),
        ("console", "console"),
        ("\u202e甲\u200b乙\x00\n丙", "甲乙 丙"),
        ("  . 甲. . ", "甲"),
        ("~$甲", "$甲"),
        ("...", "未命名"),
        ("", "未命名"),
        ("甲" * 100, "甲" * 66),
        ("a" * 100, "a" * 80),
    ],
)
def test_names_from_people_become_file_names(typed: str, name: str):
    """No separator, reserved name, hidden character or endless name reaches the disk."""
    assert safe_name(typed) == name
