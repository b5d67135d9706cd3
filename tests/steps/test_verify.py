"""`verify` sees one changed byte anywhere (核验)."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from xlpy.steps.case import Case
from xlpy.steps.log import journal

_CHECKED = [
    "申报材料/涂山数字化转型服务平台.xlsx",
    "专家评分/专家评分表-03-王示例.xlsx",
    "输出/评价结果.xlsx",
    "输出/奖补资金安排表.xlsx",
    "输出/公示名单.xlsx",
    "输出/收件登记.xlsx",
    "输出/已导出/公示名单-第1版.xlsx",
    "输出/已导出/奖补资金安排表-第1版.xlsx",
    "输出/已导出/奖补资金安排表-第2版.xlsx",
    "输出/专家评分表/专家评分表-01-张示例.xlsx",
    "输出/运行记录.jsonl",
    "输出/运行记录.head",
]


def _flip(path: Path, at: float) -> None:
    content = bytearray(path.read_bytes())
    content[int(len(content) * at)] ^= 1
    path.write_bytes(bytes(content))


def test_an_untouched_case_is_confirmed(played: Case, xlpy) -> None:
    status, out, _ = xlpy("verify", played.folder)
    assert status == 0
    assert "核验无误" in out


@pytest.mark.parametrize("at", [0.0, 0.5, 0.999])
@pytest.mark.parametrize("name", _CHECKED)
def test_one_changed_byte_is_seen(name: str, at: float, played: Case, xlpy) -> None:
    _flip(played.folder / name, at)
    status, out, _ = xlpy("verify", played.folder)
    assert status == 1
    assert Path(name).stem in out


def test_a_missing_output_is_seen(played: Case, xlpy) -> None:
    played.finance.unlink()
    status, out, _ = xlpy("verify", played.folder)
    assert status == 1
    assert "“输出/奖补资金安排表.xlsx”不见了" in out


def test_a_filing_that_came_later_is_seen(played: Case, xlpy) -> None:
    source = next(played.filings.iterdir())
    (played.filings / "后来的.xlsx").write_bytes(source.read_bytes())
    status, out, _ = xlpy("verify", played.folder)
    assert status == 1
    assert "“申报材料/后来的.xlsx”是评价之后收到的" in out


def test_a_cut_last_line_of_the_log_is_seen(played: Case, xlpy) -> None:
    lines = played.log.read_text(encoding="utf-8").splitlines(keepends=True)
    played.log.write_text("".join(lines[:-1]), encoding="utf-8")
    status, out, _ = xlpy("verify", played.folder)
    assert status == 1
    assert "运行记录" in out


def test_a_tampered_log_stops_the_next_run(played: Case, xlpy) -> None:
    _flip(played.log, 0.5)
    before = {path: path.read_bytes() for path in played.folder.rglob("*.xls?")}
    status, _, err = xlpy("evaluate", played.folder)
    assert status == 2
    assert "运行记录已被改动" in err
    assert {path: path.read_bytes() for path in played.folder.rglob("*.xls?")} == before


@pytest.mark.parametrize("written", [2, 3])
def test_a_power_cut_while_logging_leaves_a_whole_log(
    written: int, played: Case, xlpy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line is announced in the head, appended, confirmed; the power goes in between."""
    calls = iter(range(1, 9))

    def until_the_cut(keep):
        def write(*words: object) -> None:
            if next(calls) >= written:
                raise KeyboardInterrupt
            keep(*words)

        return write

    monkeypatch.setattr(journal, "write_files", until_the_cut(journal.write_files))
    monkeypatch.setattr(journal, "append_line", until_the_cut(journal.append_line))
    before = len(journal.lines(played))
    assert xlpy("evaluate", played.folder)[0] == 2
    monkeypatch.undo()
    assert played.log_head.read_text(encoding="ascii").count("\n") == 2
    assert len(journal.lines(played)) == before + written - 2
    assert journal.problems(played) == ()
    assert xlpy("evaluate", played.folder)[0] == 0
    assert journal.problems(played) == ()


def test_verify_writes_nothing_but_its_line_of_the_log(played: Case, xlpy) -> None:
    def files() -> dict[Path, tuple[int, bytes]]:
        own = (played.log, played.log_head, played.output / ".lock")
        paths = [p for p in played.folder.rglob("*") if p.is_file() and p not in own]
        return {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in paths}

    before, lines = files(), journal.lines(played)
    xlpy("verify", played.folder)
    assert files() == before
    *kept, added = journal.lines(played)
    assert tuple(kept) == lines
    assert (added["command"], added["outputs"], added["problems"]) == ("verify", {}, 0)


def test_a_case_on_a_disk_nobody_may_write_to_is_verified(
    played: Case, xlpy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy to look at: it is held against the log all the same."""
    before = played.log.read_bytes()
    monkeypatch.setattr(Path, "mkdir", _read_only)
    status, out, _ = xlpy("verify", played.folder)
    assert (status, "核验无误" in out) == (0, True)
    assert played.log.read_bytes() == before


def _read_only(*_: object, **__: object) -> None:
    raise OSError(errno.EROFS, os.strerror(errno.EROFS))
