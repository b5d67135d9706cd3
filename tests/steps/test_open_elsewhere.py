"""An output that is open in Excel while a run writes: what can be done without is left out."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.kit.whole import everything, is_whole
from xlpy.steps.case import Case
from xlpy.steps.log import journal

Busy = Callable[[Path], None]


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> Busy:
    """Hold a file open as Excel on Windows does: it cannot be replaced."""
    whole = os.replace

    def hold(path: Path) -> None:
        def replace(source: Path, target: Path) -> None:
            if Path(target) == path:
                raise PermissionError(errno.EACCES, "open")
            whole(source, target)

        monkeypatch.setattr(os, "replace", replace)

    return hold


@pytest.mark.parametrize(
    ("name", "told"),
    [("输出/收件登记.xlsx", "没有更新收件登记.xlsx"), ("平台申报表.xlsx", "没有更新")],
)
def test_check_goes_on_without_the_register_or_the_blank_form(
    name: str, told: str, case: Case, xlpy, busy: Busy
) -> None:
    path = case.folder / name
    path.unlink(missing_ok=True)
    busy(path)
    status, out, _ = xlpy("check", case.folder)
    said = "".join(out.split())
    assert (status in (0, 1), told in said, "请先在Excel或WPS中关闭" in said) == (True,) * 3
    assert name not in journal.lines(case)[-1]["outputs"]
    assert is_whole(case)


def test_evaluate_waits_for_the_result_to_be_closed(ready: Case, xlpy, busy: Busy) -> None:
    before, lines = ready.result.read_bytes(), ready.log.read_bytes()
    busy(ready.result)
    status, _, err = xlpy("evaluate", ready.folder)
    assert (status, "评价结果.xlsx" in err, "关闭" in err) == (2, True, True)
    assert (ready.result.read_bytes(), ready.log.read_bytes()) == (before, lines)
    assert is_whole(ready)


@pytest.mark.parametrize("name", ["运行记录.jsonl", "运行记录.head", "运行记录.last"])
def test_a_log_that_is_open_is_noticed_before_anything_is_replaced(
    name: str, ready: Case, xlpy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows answers: the run changes no file, not for a moment, and says what to close."""
    next(ready.filings.iterdir()).unlink()  # the result would be another one
    before, replaced = everything(ready), list[Path]()
    whole, move = Path.open, os.replace

    class Sharing(PermissionError):
        winerror = 32

    def refuse(path: Path, *words: str, **more: object) -> object:
        if path.name == name and "+" in "".join(words):
            raise Sharing(errno.EACCES, "open", str(path))
        return whole(path, *words, **more)  # type: ignore[call-overload]

    def replace(source: Path, target: Path) -> None:
        if source != target:  # to its own name: so Windows is asked whether it is free
            replaced.append(Path(target))
        move(source, target)

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(os, "replace", replace)
    status, out, err = xlpy("evaluate", ready.folder)
    assert (status, out, replaced) == (2, "", [])
    assert f"无法写入“{name}”：正被占用，请先在其他程序中关闭，然后重试。" in err
    assert "没有写入权限" not in err
    assert everything(ready) == before
    monkeypatch.undo()
    assert xlpy("evaluate", ready.folder)[0] in (0, 1)
    assert is_whole(ready)


@pytest.mark.parametrize("command", ["check", "evaluate", "export", "verify"])
def test_a_workbook_the_system_does_not_let_us_read_is_no_damaged_one(
    command: str, ready: Case, xlpy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who took an older copy would lose what was typed since; only a damaged one is told so."""
    refused = PermissionError(errno.EACCES, "held")
    whole, opened = os.open, Path.open

    def no_descriptor(path, *rest):
        if Path(path) == ready.workbook:
            raise refused
        return whole(path, *rest)

    def no_stream(path, *rest, **more):
        if path == ready.workbook:
            raise refused
        return opened(path, *rest, **more)

    before = everything(ready)
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", no_descriptor)
        patch.setattr(Path, "open", no_stream)
        status, out, err = xlpy(command, ready.folder)
    assert (status, out) == (2, "")
    assert err.startswith("无法打开“evaluate.xlsm”：没有读取权限，或正被占用，请检查权限、关闭")
    assert "备份" not in err
    assert everything(ready) == before
    ready.workbook.write_bytes(b"PK\x03\x04")
    assert "取回后再试" in xlpy(command, ready.folder)[2]
