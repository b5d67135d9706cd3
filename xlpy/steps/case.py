"""The case folder (评价项目): where everything of one year lives, and who may write in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from xlpy.errors import CaseError, FileBusyError
from xlpy.excel.files.cures import cure
from xlpy.report.letters.names import ONE_PAGE, RESULT

FILINGS = "申报材料"
BALLOTS = "专家评分"
EVIDENCE = "佐证材料"
OUTPUT = "输出"
POLICY = "政策"
SUPERSEDED = "作废"  # the one subfolder of FILINGS and BALLOTS that is left unread
WORKBOOK = "evaluate.xlsm"
TABLES, BY_HAND = "数据", "手工改动"  # below 会议材料
_VERSION = re.compile(f"{RESULT}-第[0-9]+版")  # below 已导出
TORN = "运行记录-未写完的行-"


@dataclass(frozen=True, slots=True)
class Case:
    """The paths of one case folder (评价项目); `file` is the name of the staff's workbook there."""

    folder: Path
    file: str = WORKBOOK

    @property
    def workbook(self) -> Path:
        """Return the staff's workbook."""
        return self.folder / self.file

    @property
    def filings(self) -> Path:
        """Return the folder of what the platforms sent."""
        return self.folder / FILINGS

    @property
    def ballots(self) -> Path:
        """Return the folder of what the experts sent."""
        return self.folder / BALLOTS

    @property
    def evidence(self) -> Path:
        """Return the folder of the evidence (佐证材料); it may be missing."""
        return self.folder / EVIDENCE

    @property
    def policy(self) -> Path:
        """Return the folder of the edition this case is judged by (政策)."""
        return self.folder / POLICY

    @property
    def output(self) -> Path:
        """Return the folder of everything the program writes."""
        return self.folder / OUTPUT

    @property
    def result(self) -> Path:
        """Return the result workbook (评价结果)."""
        return self.output / "评价结果.xlsx"

    @property
    def finance(self) -> Path:
        """Return the subsidy sheet filed with finance (奖补资金安排表)."""
        return self.output / "奖补资金安排表.xlsx"

    @property
    def notice(self) -> Path:
        """Return the public list (公示名单)."""
        return self.output / "公示名单.xlsx"

    @property
    def feedback(self) -> Path:
        """Return the folder of feedback copies (校验反馈)."""
        return self.output / "校验反馈"

    @property
    def issued(self) -> Path:
        """Return the folder of ballots made for the experts (专家评分表)."""
        return self.output / "专家评分表"

    @property
    def meeting(self) -> Path:
        """Return the folder of what the meeting looks at (会议材料)."""
        return self.output / "会议材料"

    @property
    def results(self) -> Path:
        """Return the folder of the letters to the platforms (结果告知书)."""
        return self.output / RESULT

    @property
    def filed(self) -> Path:
        """Return the folder of every filed version (已导出)."""
        return self.output / "已导出"

    @property
    def register(self) -> Path:
        """Return the register of what came (收件登记)."""
        return self.output / "收件登记.xlsx"

    @property
    def backups(self) -> Path:
        """Return the folder of copies of the staff's workbook (备份)."""
        return self.output / "备份"

    @property
    def log(self) -> Path:
        """Return the run log (运行记录)."""
        return self.output / "运行记录.jsonl"

    @property
    def log_head(self) -> Path:
        """Return the file with the hash of the log's last line."""
        return self.output / "运行记录.head"

    @property
    def log_last(self) -> Path:
        """Return the file with the line that was announced last, and what belongs to it."""
        return self.output / "运行记录.last"

    @property
    def torn(self) -> tuple[Path, ...]:
        """Return what was kept of a log that a crash had torn (未写完的行)."""
        return tuple(sorted(self.output.glob(f"{TORN}*.txt")))

    @property
    def rooms(self) -> tuple[Path, ...]:
        """Return the folders the program writes in: the case, 政策, 输出 and its subfolders."""
        return (self.folder, self.policy, self.output, *self._subfolders)

    @property
    def _subfolders(self) -> tuple[Path, ...]:
        below = (ONE_PAGE, TABLES, BY_HAND)
        meeting = (self.meeting, *(self.meeting / name for name in below))
        filed = (self.filed, self.results, *self._versions)
        return (self.feedback, self.issued, *meeting, *filed, self.backups)

    @property
    def _versions(self) -> tuple[Path, ...]:
        """Return the folders of 已导出 that hold the letters of one version each."""
        there = self.filed.iterdir() if self.filed.is_dir() else ()
        return tuple(sorted(one for one in there if _VERSION.fullmatch(one.name) and one.is_dir()))

    def make_rooms(self, paths: Iterable[Path]) -> None:
        """Make 政策 and the subfolders of 输出 these files go to; FileBusyError when 输出 is gone.

        Neither the case nor 输出 is ever made again: somebody moved them away.
        """
        rooms = {self.policy, *self._subfolders}
        for folder in sorted({path.parent for path in paths}):
            if folder not in rooms and not self._is_version(folder):
                continue
            try:
                folder.mkdir(exist_ok=True)
            except OSError as problem:
                raise FileBusyError(
                    f"不能建立“{self.relative(folder)}”：{cure(problem)}。"
                ) from problem

    def _is_version(self, folder: Path) -> bool:
        return folder.parent == self.filed and bool(_VERSION.fullmatch(folder.name))

    def relative(self, path: Path) -> str:
        """Return `path` as written in the log and the result: from the case folder, with `/`."""
        return path.relative_to(self.folder).as_posix()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the case for writing; FileBusyError when somebody else works on it.

        输出 is never made here: where it is gone, somebody moved it away (see `steps.log.anew`).
        """
        if not self.output.is_dir():
            raise self._moved_away()
        try:
            lock = FileLock(self.output / ".lock", timeout=2)
            lock.acquire()
        except Timeout:
            raise FileBusyError(
                f"“{self.folder.name}”正由另一个人或另一个窗口处理，请等它结束后再试。"
            ) from None
        except OSError as problem:
            raise FileBusyError(f"不能在“{self.output}”中写入：{cure(problem)}。") from problem
        try:
            yield
        except (OSError, CaseError, FileBusyError) as problem:
            if self.output.is_dir():
                raise
            raise self._moved_away() from problem
        finally:
            lock.release()

    def _moved_away(self) -> FileBusyError:
        return FileBusyError(
            f"“{self.folder}”或其中的“{OUTPUT}”在运行中被移走或改名，本次运行没有完成；"
            "请放回原处，或打开它现在所在的文件夹，再运行一次。"
        )


def outside(folder: Path) -> Path:
    """Return the folder itself, or where it lies within a case (评价项目), the one of that case."""
    cases = _cases(folder)
    return cases[-1].parent if cases else folder


def within(folder: Path) -> Case | None:
    """Return the case that a folder is or lies in, the innermost; None where there is none."""
    cases = _cases(folder)
    return Case(cases[0]) if cases else None


def _cases(folder: Path) -> list[Path]:
    parts = (FILINGS, BALLOTS, OUTPUT)
    return [one for one in (folder, *folder.parents) if all((one / p).is_dir() for p in parts)]


def open_case(folder: Path, file: str = WORKBOOK) -> Case:
    """Return the case in `folder`; CaseError says what is missing and what to do.

    `file` is the workbook's name when it is open: staff may have renamed it.
    """
    if not folder.exists():
        raise CaseError(
            f"找不到评价项目文件夹“{folder}”，请核对路径，或先用 xlpy new 新建评价项目。"
        )
    if not folder.is_dir():
        raise CaseError(f"“{folder}”不是文件夹，请给出评价项目所在的文件夹。")
    case = Case(folder.resolve(), file)
    if not case.workbook.is_file():
        raise CaseError(
            f"“{folder}”中没有 {file}，不是评价项目；"
            f"请核对路径，或从“{OUTPUT}/备份”中取回该工作簿。"
        )
    for part in (case.filings, case.ballots):
        if not part.is_dir():
            raise CaseError(f"“{folder}”中没有文件夹“{part.name}”，请恢复这个文件夹后再试。")
    return case
