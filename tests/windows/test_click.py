"""The click, over real COM (真实的一次点击): cmd.exe, python.exe, xlwings, and a stand-in Excel."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pytest
import xlwings as xw

from tests.kit.clerk import Clerk, command_line
from tests.kit.fake_com import Application, Calls, CDispatch, windows_engine
from tests.kit.memory_engine import opened
from tests.kit.programs import must_run_all
from tests.windows import stopped
from tests.windows.clicks import CONF, Click, Excel, excel
from tests.windows.machine import PYTHON, Machine
from xlpy import addin
from xlpy.excel.reading.book import read_book
from xlpy.model.grid import Book
from xlpy.steps.case import Case
from xlpy.steps.gather import gather

BUTTONS: Final = MappingProxyType(
    {
        "check": ("XlpyCheck", ("check",)),
        "ballots": ("XlpyBallots", ("ballots",)),
        "evaluate": ("XlpyEvaluate", ("evaluate",)),
        "notice": ("XlpyNotice", ("export", "--notice")),
        "finance": ("XlpyFinance", ("export", "--finance")),
        "verify": ("XlpyVerify", ("verify",)),
    }
)
"""The function of xlpy.addin, its macro, and the command line's words, in a year's order."""

_EXPERT: Final = MappingProxyType(
    {"id": "expert", "name": "person", "unit": "unit", "category": "category"}
)

PORTABLE: Final = "C:\\便携 包\\xlpy\\python\\python.exe"
LOG, HEAD, LAST = "输出/运行记录.jsonl", "输出/运行记录.head", "输出/运行记录.last"
LOCK: Final = "输出/.lock"  # gone on Windows once nobody has it
COPY: Final = "输出/备份/evaluate-2023-08-01-090000-"
PRINTED: Final = frozenset(("输出/奖补资金安排表.xlsx", "输出/已导出/奖补资金安排表-第1版.xlsx"))
LETTERS: Final = frozenset(("输出/资金拨付请示.docx", "输出/已导出/资金拨付请示-第1版.docx"))
"""Papers whose 核验码 stands on the digest of a copy made before."""

DIFFER: Final = MappingProxyType(
    {
        **dict.fromkeys(("check", "ballots", "evaluate"), frozenset[str]()),
        "notice": frozenset((LOG, HEAD, LAST)),
        **dict.fromkeys(("finance", "verify"), frozenset((LOG, HEAD, LAST, *PRINTED, *LETTERS))),
    }
)
"""The files, beside the copies themselves, that are then others than those of the command."""

LICENCE: Final = (
    *("Application.Application", "Application.Workbooks", "Workbooks.()"),
    *("Workbook.Worksheets", "Worksheets.()", "Worksheet.Range"),
)
"""What xlwings asks, at its import, for a key of its paid part in the sheet xlwings.conf."""

Sheets = Mapping[str, Mapping[tuple[int, int], Any]]


@dataclass(frozen=True, slots=True)
class Done:
    """What is there after a button, or after a command: the sheets, and the files of 输出."""

    sheets: Sheets
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Year:
    """The six buttons in order: what each click came to, and what was there then."""

    clicks: Mapping[str, Click]
    clicked: Mapping[str, Done]
    commanded: Mapping[str, Done]
    counted: Mapping[str, tuple[str, ...]]


@pytest.fixture(scope="module")
def office(windows: Machine) -> Iterator[Excel]:
    """The stand-in, started."""
    if shutil.which("Xvfb") is None:
        (pytest.fail if must_run_all() else pytest.skip)("请先安装：apt-get install xvfb")
    with excel(windows) as one:
        yield one


@pytest.fixture(scope="module")
def stopped_clock() -> Iterator[None]:
    """The clock of this process, stopped as that of the clicks."""
    with pytest.MonkeyPatch.context() as patch:
        import xlpy.steps.log.journal as journal

        moment = journal.Stamp(*stopped.MOMENT)
        patch.setattr("xlpy.steps.log.journal.stamp", lambda: moment)
        patch.setattr("xlpy.cli.commands._today", lambda: stopped.TODAY)
        patch.setattr("xlpy.addin._today", lambda: stopped.TODAY)
        yield


@pytest.fixture(scope="module")
def made(_ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case whose papers are due, its experts listed by name."""
    folder = Path(shutil.copytree(_ready, tmp_path_factory.mktemp("listed") / _ready.name))
    clerk = Clerk(Case(folder))
    for one in gather(clerk.case, today=stopped.TODAY).ballots:
        clerk.adds("experts", **{id: getattr(one, of) for id, of in _EXPERT.items()})
    clerk.adds("experts", id="08", name="钱九", unit="市示例单位")  # whose form is yet to be made
    assert clerk.run("evaluate")["status"] == 0
    return folder


@pytest.fixture(scope="module")
def year(
    office: Excel, made: Path, stopped_clock: None, tmp_path_factory: pytest.TempPathFactory
) -> Year:
    """Click all buttons, give all commands to a copy, and count in another one."""
    ours = in_windows(office, made, "年度 甲")
    other = Case(Path(shutil.copytree(made, tmp_path_factory.mktemp("cli") / made.name)))
    office.open(ours.workbook)
    clicks, clicked, commanded = {}, {}, {}
    for name, (macro, words) in BUTTONS.items():
        clicks[name] = office.click(macro)
        clicked[name] = Done(office.sheets(), files(ours))
        command, *more = words
        command_line(command, other.folder, *more)
        commanded[name] = Done(built(other.workbook), files(other))
    third = Path(shutil.copytree(made, tmp_path_factory.mktemp("fake") / made.name))
    office.ask("close")
    return Year(clicks, clicked, commanded, dict(counted(Case(third))))


def in_windows(office: Excel, made: Path, name: str) -> Case:
    """Copy a case into the C: drive, under a folder with Chinese and blanks."""
    return Case(Path(shutil.copytree(made, office.windows.folder(name) / made.name)))


def files(case: Case) -> dict[str, bytes]:
    """Return the files of 输出."""
    paths = (path for path in case.output.rglob("*") if path.is_file())
    return {path.relative_to(case.folder).as_posix(): path.read_bytes() for path in paths}


def built(path: Path) -> Sheets:
    """Return the cells of a closed workbook."""
    book = read_book(path)
    assert isinstance(book, Book)
    return {
        grid.name: {
            (row, column): value
            for row, line in enumerate(grid.rows)
            for column, value in enumerate(line)
            if value != ""
        }
        for grid in book.grids
    }


def counted(case: Case) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the invokes of each button in the fake engine of tests/addin/test_invokes."""
    book = read_book(case.workbook)
    assert isinstance(book, Book)
    memory = opened(case.workbook, book.grids)
    with windows_engine() as engine:
        for name in BUTTONS:
            calls = Calls()
            app = engine.COMRetryObjectWrapper(CDispatch(calls, Application(memory.app, memory)))
            xw.Book(impl=engine.App(xl=app).books(case.workbook.name)).set_mock_caller()
            try:
                assert getattr(addin, name)() is not None, memory.app.alerts
            finally:
                del xw.Book._mock_caller
            yield name, tuple(calls.made)


def as_held(value: Any) -> Any:
    """Return a cell of a file as Excel holds it: one kind of number, dates with a time."""
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if isinstance(value, datetime):
        return [value.isoformat()]
    return float(value) if type(value) in (int, Decimal) else value


def differences(ours: Sheets, theirs: Sheets) -> dict[str, dict[tuple[int, int], tuple[Any, Any]]]:
    """Return the cells that differ, sheet by sheet."""
    found: dict[str, dict[tuple[int, int], tuple[Any, Any]]] = {}
    for name in ours.keys() | theirs.keys():
        one, other = ours.get(name, {}), theirs.get(name, {})
        for at in one.keys() | other.keys():
            pair = as_held(one.get(at)), as_held(other.get(at))
            if pair[0] != pair[1]:
                found.setdefault(name, {})[at] = pair
    return found


STEPS: Final = {(8 + step, 0): (str(step), float(step)) for step in range(1, 9)}
"""A10:A17 of 操作台: the numbers of the steps are texts in an open workbook, as all there is."""


@pytest.mark.parametrize("button", BUTTONS)
def test_a_click_fills_every_cell_as_the_command_does(year: Year, button: str):
    """Of every sheet but xlwings.conf, where the Windows Python was typed in."""
    assert year.clicks[button].status == 0
    assert year.clicks[button].log == b""
    found = differences(year.clicked[button].sheets, year.commanded[button].sheets)
    found.pop(CONF)
    assert found == {"操作台": STEPS}


def logged(done: Done) -> list[dict[str, Any]]:
    """Return the lines of the run log without what the copies' bytes decide."""
    lines = done.files[LOG].decode("utf-8").splitlines()
    return [_plain(json.loads(line)) for line in lines]


def _plain(line: dict[str, Any]) -> dict[str, Any]:
    papers = [
        {**one, "code": "", "digest": "", "letters": sorted(one["letters"])}
        for one in line.get("papers", ())
    ]
    other = PRINTED | LETTERS
    outputs = {name: digest for name, digest in line["outputs"].items() if name not in other}
    kept = sorted(line.get("kept", ()))
    return {**line, "hash": "", "prev": "", "papers": papers, "outputs": outputs, "kept": kept}


def cells_of(content: bytes, folder: Path) -> Sheets:
    """Return the cells of a workbook's content."""
    path = folder / "book.xlsm"
    path.write_bytes(content)
    return built(path)


@pytest.mark.parametrize("button", BUTTONS)
def test_a_click_writes_the_files_the_command_writes(year: Year, button: str, tmp_path: Path):
    """To the byte, but what the copy of the workbook brings about: it names the Python (解释器).

    The copy in 备份 has no Interpreter row in xlwings.conf where it is made by a click, and this
    machine's where by a command; so its digest in the log differs, so the lines after it, and so
    the 核验码 printed at the end of the next paper.
    """
    ours, theirs = year.clicked[button], year.commanded[button]
    assert ours.files.keys() == theirs.files.keys() - {LOCK}
    differing = {name for name in ours.files if ours.files[name] != theirs.files[name]}
    copies = {f"{COPY}{paper}.xlsm" for paper in ("公示名单", "奖补资金安排表")} & differing
    assert differing - copies == DIFFER[button]
    for name in copies:
        found = differences(*(cells_of(one.files[name], tmp_path) for one in (ours, theirs)))
        assert found == {CONF: {(8, 0): (None, "Interpreter"), (8, 1): (None, sys.executable)}}
    for name in differing & PRINTED:
        found = differences(*(cells_of(one.files[name], tmp_path) for one in (ours, theirs)))
        [(_, [(_, codes)])] = [(sheet, cells.items()) for sheet, cells in found.items()]
        assert all(re.fullmatch("核验码：([0-9A-F]{4}-){4}[0-9A-F]{4}", code) for code in codes)
    assert len(copies) == {"notice": 1, "finance": 2, "verify": 2}.get(button, 0)
    assert logged(ours) == logged(theirs)


@pytest.mark.parametrize("button", BUTTONS)
def test_the_invokes_are_those_the_fake_engine_counts(year: Year, button: str):
    """One by one in their order; before them xlwings' import looks for a licence, three times.

    `Application.Hwnd` is asked in the fake by App(xl=…); over COM the window is known, and the
    application is asked for itself.
    """
    made, counted = year.clicks[button].made, year.counted[button]
    assert counted[0] == "Application.Hwnd"
    assert made == (*LICENCE * 3, "Application.Application", *counted[1:])


@pytest.mark.parametrize("button", BUTTONS)
def test_nothing_is_asked_that_the_stand_in_does_not_know(year: Year, button: str):
    """What is refused: a method asked for as a property, and what the licence would be read by."""
    refused = year.clicks[button].refused
    asked = ("Worksheet.Range", "Range.Worksheet", "Range.Row", "Range.Column", "Range.Rows")
    assert refused[:15] == asked * 3
    assert set(refused[15:]) == {"Worksheet.Range"}


def test_the_line_is_that_of_the_macro(year: Year):
    """The interpreter of xlwings.conf, from its own folder; the function; the window."""
    for name, click in year.clicks.items():
        assert click.line.startswith(
            r'cmd.exe /C C: & cd "C:\Python311" & "C:\Python311\python.exe" '
        )
        assert f"; import xlpy.addin; xlpy.addin.{name}()" in click.line


def test_what_was_done_is_told_in_chinese(year: Year):
    """One box or none; 核验 says the year is in order."""
    texts = {name: [said for _, said in click.boxes] for name, click in year.clicks.items()}
    assert texts["check"] == texts["evaluate"] == []
    [ballots], [notice], [finance], [verified] = (
        texts[name] for name in ("ballots", "notice", "finance", "verify")
    )
    assert ballots.startswith("已生成1份评分表，共4家平台，在“输出/专家评分表”中。")
    assert r"\2022 年度 100%\输出\公示名单.xlsx" in notice
    assert r"\2022 年度 100%\输出\奖补资金安排表.xlsx" in finance
    assert verified.startswith("核验通过")


@pytest.fixture(scope="module")
def second(office: Excel, made: Path) -> Iterator[Case]:
    """Another case, to be opened after the year."""
    case = in_windows(office, made, "年度 乙")
    office.open(case.workbook)
    yield case
    office.ask("close")


def test_the_python_of_the_package_answers_too(office: Excel, year: Year, second: Case):
    """Its path has Chinese and a blank; it takes no clock from us, so 操作台 tells another time."""
    office.register(PORTABLE)
    click = office.click("XlpyCheck")
    assert (click.status, click.log, click.boxes) == (0, b"", ())
    assert rf'cd "{PORTABLE.rpartition(chr(92))[0]}" & "{PORTABLE}" -B' in click.line
    found = differences(office.sheets(), year.commanded["check"].sheets)
    assert found.keys() <= {CONF, "操作台", "参数"}, found


def told(office: Excel, click: Click) -> str:
    """Return the one sentence a failed button says: in the box, and in 操作台's cell."""
    assert (click.status, click.log) == (0, b"")
    text = click.said
    assert office.sheets()["操作台"][2, 0] == text
    assert "\n" not in text
    assert text == text.encode("gbk").decode("gbk")
    assert not re.search(r"[?\ufffd]|Error|Traceback", text), text
    return text


def test_a_file_held_open_is_named(office: Excel, second: Case):
    """By another program, as it is to be closed."""
    office.register(PYTHON)
    with office.held(second.result):
        text = told(office, office.click("XlpyEvaluate"))
    assert text.startswith("评价没有完成：")
    assert "评价结果.xlsx" in text
    assert "正被占用" in text


def test_a_lost_folder_is_named(office: Excel, second: Case):
    """专家评分, moved away."""
    office.register(PYTHON)
    away = second.ballots.rename(second.folder / "移走的")
    text = told(office, office.click("XlpyEvaluate"))
    away.rename(second.ballots)
    assert text.startswith("评价没有完成：")
    assert "专家评分" in text


@pytest.mark.parametrize("set_to", [{"PYTHONUTF8": "1"}, {"PYTHONIOENCODING": "utf-8"}])
def test_what_no_cell_can_say_xlwings_shows_in_chinese(
    office: Excel, second: Case, set_to: dict[str, str]
):
    """Excel is gone: xlwings' macro reads the error stream in code page 936, and shows it."""
    office.register(PYTHON)
    click = office.click("XlpyCheck", gone=True, **set_to)
    assert click.status == 1
    text = click.log.decode("gbk").rstrip()
    assert text.startswith("找不到要处理的工作簿：请先打开它；")
    assert text.endswith("然后再点一次按钮。")
    assert click.said.startswith(text)


def test_an_interpreter_that_is_gone_is_named_before_anything_runs(office: Excel, second: Case):
    """By our own macro."""
    office.register(r"C:\没有 的\python.exe")
    click = office.click("XlpyCheck")
    assert (click.status, click.line) == (None, "")
    assert click.boxes[0][0] == "平台评价"
    assert click.said.startswith(r"找不到登记的 Python 解释器：C:\没有 的\python.exe")


def test_an_interpreter_that_does_not_start_is_no_silence(office: Excel, second: Case):
    """A file of that name that is no program: what cmd.exe says of it is shown."""
    broken = office.windows.folder("坏 的") / "python.exe"
    broken.write_text("x", encoding="ascii")
    office.register(office.windows.name(broken))
    click = office.click("XlpyCheck")
    assert click.status
    assert click.said.startswith(click.log.decode("gbk").strip()[:20])


DATED: Final = """
import xlwings
from datetime import date
from xlpy.excel.live.book import LiveBook, Patch
app = xlwings.App(impl=xlwings._xlwindows.App(xl={window}))
patch = Patch(sheet={sheet!a}, top=0, left=20, rows=((date(2023, 6, 30),),))
LiveBook(app.books["evaluate.xlsm"]).write((patch,))
"""


def test_a_day_arrives_as_that_day(office: Excel, second: Case):
    """In China's zone: what pywin32 takes for local time, it would send as the day before."""
    done = office.python(DATED.format(window=office.window, sheet="参数"))
    assert done.status == 0, done.why
    assert office.sheets()["参数"][0, 20] == ["2023-06-30T00:00:00"]
