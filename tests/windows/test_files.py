"""Files that other programs hold, two runs at once, a run that is killed, names people give."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.kit.killed import KILLED
from tests.kit.whole import everything, is_whole
from tests.windows import killed
from tests.windows.__main__ import TESTS
from tests.windows.machine import PYTHON, Machine
from xlpy.excel.files.atomic import write_files
from xlpy.steps.case import Case

Place = Callable[[Path], Path]
Hold = Callable[..., AbstractContextManager[None]]


@pytest.fixture
def there(ready: Case, place: Place) -> Case:
    """A case that is ready, one filing withdrawn since: the next result is another one."""
    case = Case(place(ready.folder))
    next(iter(sorted(case.filings.iterdir()))).unlink()
    return case


@pytest.mark.parametrize(
    ("mode", "name", "said"),
    [
        ("excel", "输出/评价结果.xlsx", "无法写入“评价结果.xlsx”：文件正被占用"),
        ("reader", "输出/评价结果.xlsx", "无法写入“评价结果.xlsx”：文件正被占用"),
        ("excel", "输出/运行记录.jsonl", "无法写入“运行记录.jsonl”：正被占用"),
        ("reader", "输出/运行记录.head", "无法写入“运行记录.head”：正被占用"),
    ],
)
def test_a_file_that_is_held_stops_the_run_and_nothing_changes(
    mode: str, name: str, said: str, windows: Machine, there: Case, hold: Hold
) -> None:
    """It is named, with the cure; nothing is left beside it, and afterwards all goes on."""
    before = everything(there)
    with hold(mode, there.folder / name):
        done = windows.xlpy("evaluate", windows.name(there.folder))
    assert (done.status, said in done.text, "没有写入权限" in done.text) == (2, True, False)
    assert done.text.count("\n") == 1
    assert "。。" not in done.text
    assert everything(there) == before
    assert windows.xlpy("evaluate", windows.name(there.folder)).status in (0, 1)
    assert is_whole(there)


def test_the_staffs_workbook_open_in_excel_is_left_alone(
    windows: Machine, there: Case, hold: Hold
) -> None:
    """The results are written all the same, and no link or copy stays behind."""
    before = there.workbook.read_bytes()
    with hold("excel", there.workbook):
        done = windows.xlpy("evaluate", windows.name(there.folder))
    assert done.status in (0, 1)
    assert "没有更新 evaluate.xlsm" in done.text
    assert "本次结果已写入“输出”文件夹" in done.text
    assert there.workbook.read_bytes() == before
    assert is_whole(there)


def test_a_filing_that_nobody_may_read_is_a_finding(
    windows: Machine, there: Case, hold: Hold
) -> None:
    """A copy in progress costs that file only."""
    path = next(iter(sorted(there.filings.iterdir())))
    with hold("alone", path):
        done = windows.xlpy("check", windows.name(there.folder))
    assert done.status == 1
    assert path.name in done.text
    assert "请关闭正在使用该文件的程序" in done.text


def test_a_workbook_that_nobody_may_read_is_told_as_that(
    windows: Machine, there: Case, hold: Hold
) -> None:
    """It may well be whole: nobody is sent to an older copy."""
    before = everything(there)
    with hold("alone", there.workbook):
        done = windows.xlpy("check", windows.name(there.folder))
    assert (done.status, done.text) == (
        2,
        "无法打开“evaluate.xlsm”：正被占用，请先在其他程序中关闭，然后重试。\n",
    )
    assert everything(there) == before


def test_a_read_only_result_has_its_own_sentence_and_can_be_freed(
    windows: Machine, there: Case
) -> None:
    """The mark 只读 is somebody's wish; without it the run goes on."""
    before = everything(there)
    windows.run("cmd", "/c", "attrib", "+R", windows.name(there.result))
    done = windows.xlpy("evaluate", windows.name(there.folder))
    assert done.status == 2
    assert "“评价结果.xlsx”：它是只读文件，请右键单击它，在“属性”里去掉“只读”" in done.text
    assert everything(there) == before
    windows.run("cmd", "/c", "attrib", "-R", windows.name(there.result))
    assert windows.xlpy("evaluate", windows.name(there.folder)).status in (0, 1)
    assert is_whole(there)


def test_two_runs_at_once_do_not_mix(windows: Machine, there: Case) -> None:
    """One waits for the other or is told to; the case is whole whoever was first."""
    other = windows.start(PYTHON, "-m", "xlpy", "evaluate", windows.name(there.folder))
    mine = windows.xlpy("evaluate", windows.name(there.folder))
    output, _ = other.communicate(timeout=300)
    told = output.decode("gbk", errors="replace")
    for status, text in ((mine.status, mine.text), (other.returncode, told)):
        assert status in (0, 1) or "正由另一个人或另一个窗口处理" in text
    assert {mine.status, other.returncode} & {0, 1}
    assert is_whole(there)


@pytest.mark.parametrize("number", [9, 14, 17, 20])
def test_a_run_killed_in_the_middle_is_finished_or_undone(
    number: int, windows: Machine, there: Case
) -> None:
    """By the next one, which leaves a whole log and no temporary file."""
    script = there.folder.parent / "killed.py"
    shutil.copy2(str(killed.__file__), script)
    words = ("evaluate", windows.name(there.folder))
    library = {"PYTHONPATH": TESTS}
    done = windows.run(PYTHON, windows.name(script), str(number), *words, environment=library)
    assert done.status == KILLED, done.why
    assert windows.xlpy("evaluate", windows.name(there.folder)).status in (0, 1)
    assert is_whole(there)
    assert windows.xlpy("verify", windows.name(there.folder)).status == 0


def test_names_that_people_give_are_taken_as_typed(windows: Machine) -> None:
    """Signs that cmd.exe, click or a shell would read otherwise."""
    home = windows.folder("怪名")
    names = ["100%完成 %PATH%", "[x]!^ a & b;(1)", "㐂𠮷 it's", "~"]
    for name in names:
        place = windows.name(home) + "\\" + name
        done = windows.xlpy("new", place, "--year", "2022", "--as-of", "2023-06-30")
        assert done.status == 0, (name, done.why)
    assert sorted(path.name for path in home.iterdir()) == sorted(names)


def test_a_case_on_a_share_is_worked_on_by_its_network_path(windows: Machine, ready: Case) -> None:
    r"""As \\server\share: Wine's way to name a folder so."""
    share = windows.share("共享 盘")
    shutil.copytree(ready.folder, share / "年度")
    case = Case(share / "年度")
    before = case.log.read_text(encoding="utf-8").splitlines()
    done = windows.xlpy("check", "\\\\server\\共享 盘\\年度")
    assert done.status in (0, 1), done.text
    assert "Traceback" not in done.text
    assert is_whole(case)
    assert case.log.read_text(encoding="utf-8").splitlines()[:-1] == before


def test_a_path_that_is_too_long_is_told_as_that(windows: Machine) -> None:
    """Windows says that it is not there; Wine takes it, so the sentence is asked for itself."""
    asked = (
        "from xlpy.excel.files.cures import cure; "
        "p = 'C:\\\\' + '长' * 257; e = FileNotFoundError(2, 'x', p, 3); print(cure(e))"
    )
    assert "路径太长" in windows.run(PYTHON, "-c", asked).text


def test_the_memory_of_a_worker_is_bounded(windows: Machine) -> None:
    """The job takes it, and the worker itself looks on where the job does not bound it (Wine)."""
    asked = (
        "import subprocess, sys, time, win32job\n"
        "from xlpy.excel.workers import job, limits\n"
        "one = job.job()\n"
        "code = 'from xlpy.excel.workers import limits; import os, time; '\n"
        "code += 'limits.watch(os.getppid(), memory=2**26); x = bytearray(2**27); time.sleep(9)'\n"
        "p = subprocess.Popen([sys.executable, '-c', code])\n"
        "one.take(p._handle)\n"
        "print(win32job.IsProcessInJob(p._handle, one._job), p.wait())\n"
    )
    script = windows.folder("内存") / "memory.py"
    write_files({script: asked.encode()})
    assert windows.run(PYTHON, windows.name(script)).text.split() == ["True", "77"]
