"""What only Windows says or refuses, raised here as it raises it: numbers, marks, moments."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from xlpy.errors import FileBusyError
from xlpy.excel.files import atomic, cures, moves, swaps
from xlpy.excel.files.atomic import append_line, confirm_free, write_files
from xlpy.excel.files.cures import cure

OLD, NEW = b"old", b"new"


class Refusal(PermissionError):
    """A PermissionError with the number Windows gives, which no other system keeps."""

    def __init__(self, number: int, name: str = "x") -> None:
        super().__init__(errno.EACCES, "拒绝访问。", name)
        self.winerror = number


class Missing(FileNotFoundError):
    """A path that Windows does not find, or cannot take."""

    def __init__(self, number: int, name: str) -> None:
        super().__init__(errno.ENOENT, "系统找不到指定的路径。", name)
        self.winerror = number


def of_length(signs: int) -> str:
    """Return a path of so many signs."""
    root = os.path.abspath("/")
    return root + "长" * (signs - len(root))


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Wait no time, and return what was waited."""
    waited: list[float] = []
    monkeypatch.setattr(moves.time, "sleep", waited.append)
    return waited


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> set[Path]:
    """Return the files that bear the mark 只读; a chmod takes it away."""
    files: set[Path] = set()
    whole, chmod, unlink = Path.lstat, Path.chmod, Path.unlink

    def lstat(path: Path) -> object:
        found = whole(path)
        mark = stat.FILE_ATTRIBUTE_READONLY if path in files else 0
        return SimpleNamespace(st_file_attributes=mark, st_mode=found.st_mode)

    def change(path: Path, mode: int, **more: bool) -> None:
        files.discard(path)
        chmod(path, 0o644, **more)

    def remove(path: Path, missing_ok: bool = False) -> None:
        if path in files:
            raise Refusal(5)
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "lstat", lstat)
    monkeypatch.setattr(Path, "chmod", change)
    monkeypatch.setattr(Path, "unlink", remove)
    return files


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (Refusal(32), "正被占用"),
        (Refusal(33), "正被占用"),
        (Refusal(1224), "正被占用"),
        (Refusal(5), "没有写入权限"),
        (Refusal(19), "磁盘是只读的"),
        (Refusal(112), "磁盘空间不足"),
        (Refusal(123), "名称里有系统不允许的符号，请换一个名称后重试"),
        (Refusal(23), "磁盘读写出错"),
        (Refusal(1117), "磁盘读写出错"),
        (Refusal(53), "网络盘没有连接"),
        (Refusal(121), "网络盘没有回应"),
        (Missing(206, "x"), "路径太长"),
        (Missing(3, "x"), "所在文件夹不存在"),
        (Missing(3, of_length(259)), "所在文件夹不存在"),
        (Missing(3, of_length(260)), "路径太长"),
        (Missing(2, of_length(260)), "路径太长"),
    ],
)
def test_windows_numbers_are_told_for_what_they_are(problem: OSError, said: str) -> None:
    """A path of 259 signs is the longest Windows takes."""
    assert said in cure(problem)
    assert not cure(problem).endswith("。")


def test_a_file_the_c_library_may_not_open_is_asked_about_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """open() of Python knows EACCES only; a rename to the same name is told the number."""
    path = tmp_path / "运行记录.jsonl"
    path.write_bytes(OLD)
    plain = PermissionError(errno.EACCES, "Permission denied", str(path))
    monkeypatch.setattr(cures, "_WINDOWS_RUNS", True)
    assert "没有写入权限" in cure(plain)
    assert "没有写入权限" in cure(PermissionError(errno.EACCES, "Permission denied"))

    def refuse(source: object, target: object) -> None:
        assert source == target == str(path)
        raise Refusal(32)

    monkeypatch.setattr(os, "rename", refuse)
    assert "正被占用" in cure(plain)
    assert path.read_bytes() == OLD


def test_a_file_somebody_looks_at_is_replaced_a_moment_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slept: list[float]
) -> None:
    """A virus scanner lets go after two tries."""
    whole, calls = os.replace, []

    def busy(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) < 3:
            raise Refusal(5)
        whole(source, target)

    monkeypatch.setattr(os, "replace", busy)
    write_files({tmp_path / "评价结果.xlsx": NEW})
    assert (tmp_path / "评价结果.xlsx").read_bytes() == NEW
    assert slept == list(moves.PAUSES[:2])


def test_a_file_open_in_excel_is_given_up_after_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slept: list[float]
) -> None:
    """All keep their old content and nothing else lies there."""
    path = tmp_path / "评价结果.xlsx"
    path.write_bytes(OLD)

    def busy(source: Path, target: Path) -> None:
        raise Refusal(5)

    monkeypatch.setattr(os, "replace", busy)
    with pytest.raises(FileBusyError, match=r"“评价结果\.xlsx”：文件正被占用"):
        write_files({path: NEW})
    assert sum(slept) < 1
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [(path.name, OLD)]


def test_a_refusal_of_another_kind_is_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slept: list[float]
) -> None:
    """A disk that is read-only does not become another by waiting."""

    def refuse(source: Path, target: Path) -> None:
        raise Refusal(19)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(FileBusyError, match="磁盘是只读的"):
        write_files({tmp_path / "评价结果.xlsx": NEW})
    assert slept == []


def test_on_windows_the_old_file_is_copied_and_never_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link to a file that Excel holds open could not be removed there."""
    monkeypatch.setattr(swaps, "_LINKS", False)
    linked: list[object] = []
    monkeypatch.setattr(os, "link", lambda *paths: linked.append(paths))
    first, second = tmp_path / "甲.xlsx", tmp_path / "乙.xlsx"
    first.write_bytes(OLD)
    second.write_bytes(OLD)
    whole = os.replace

    def busy(source: Path, target: Path) -> None:
        if target == second:
            raise OSError(errno.EBUSY, "open")
        whole(source, target)

    monkeypatch.setattr(os, "replace", busy)
    with pytest.raises(FileBusyError):
        write_files({first: NEW, second: NEW})
    assert linked == []
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {
        "甲.xlsx": OLD,
        "乙.xlsx": OLD,
    }


def test_a_read_only_file_is_left_and_told_how_to_free_it(
    tmp_path: Path, marked: set[Path]
) -> None:
    """Neither it nor the file beside it changes, and no temporary file stays."""
    first, second = tmp_path / "甲.xlsx", tmp_path / "乙.xlsx"
    first.write_bytes(OLD)
    second.write_bytes(OLD)
    marked.add(second)
    with pytest.raises(FileBusyError, match=r"“乙\.xlsx”：它是只读文件，请右键单击它"):
        write_files({first: NEW, second: NEW})
    assert sorted(one.read_bytes() for one in tmp_path.iterdir()) == [OLD, OLD]


def test_a_read_only_log_is_told_as_read_only(tmp_path: Path, marked: set[Path]) -> None:
    """Not as a missing right."""
    log = tmp_path / "运行记录.jsonl"
    append_line(log, "{}")
    marked.add(log)
    with pytest.raises(FileBusyError, match="它是只读文件"):
        append_line(log, "{}")
    with pytest.raises(FileBusyError, match="它是只读文件"):
        confirm_free(log)
    assert log.read_bytes() == b"{}\n"


def test_a_read_only_temporary_file_is_cleared_all_the_same(
    tmp_path: Path, marked: set[Path]
) -> None:
    """Version 1.3 and earlier gave it the mark of the file it was to replace."""
    left = tmp_path / f".xlpy-{'0' * 16}.old.tmp"
    left.write_bytes(OLD)
    marked.add(left)
    swaps.clear([tmp_path])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("number", "said"), [(32, "正被占用"), (5, "没有写入权限")])
def test_a_log_that_another_program_has_is_noticed_without_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    """By opening it as for writing."""
    log = tmp_path / "运行记录.jsonl"
    append_line(log, "{}")

    def refuse(path: Path, mode: str) -> object:
        raise Refusal(number, str(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FileBusyError, match=f"“运行记录.jsonl”：{said}"):
        confirm_free(log)


def test_a_file_that_is_not_there_is_free(tmp_path: Path) -> None:
    """And is not made."""
    confirm_free(tmp_path / "运行记录.head")
    assert list(tmp_path.iterdir()) == []


def test_what_windows_lets_nobody_rename_is_not_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slept: list[float]
) -> None:
    """A program may share the writing of a file and keep its name."""
    head = tmp_path / "运行记录.head"
    head.write_bytes(OLD)

    def refuse(source: Path, target: Path) -> None:
        raise Refusal(32)

    monkeypatch.setattr(atomic, "_WINDOWS", True)
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(FileBusyError, match=r"“运行记录\.head”：正被占用"):
        confirm_free(head)


def test_an_ordinary_file_bears_no_mark(tmp_path: Path) -> None:
    """Nor does one that is not there."""
    assert not cures.is_read_only(tmp_path)
    assert not cures.is_read_only(tmp_path / "没有")
