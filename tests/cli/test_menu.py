"""The menu (菜单): a clerk types numbers, and the command line does the work."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.kit.clerk import DATES, Clerk, command_line
from tests.kit.panel import fill_ballots
from xlpy.cli import main
from xlpy.cli.menu.asking import dragged
from xlpy.steps import interpreter
from xlpy.steps.case import Case, open_case
from xlpy.steps.gather import year_of

Typed = str | Callable[[], object]
Menu = Callable[..., tuple[str, str]]
FIRST = "3 打开评价项目"
CASE = "6 核验"
AS_OF = date(2023, 6, 30)


class Keyboard(io.TextIOBase):
    """What is typed, line by line (键盘); something else to do in between is done."""

    def __init__(self, typed: tuple[Typed, ...]) -> None:
        """Have these lines ready, then the end."""
        self._typed: Iterator[Typed] = iter(typed)

    def readline(self, _: int = -1) -> str:
        """Return the next line, "" at the end."""
        for one in self._typed:
            if isinstance(one, str):
                return f"{one}\n"
            one()
        return ""


def ctrl_c() -> None:
    """Press Ctrl-C."""
    raise KeyboardInterrupt


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder for cases, with blanks in its name."""
    folder = tmp_path / "评价 项目"
    folder.mkdir()
    return folder


@pytest.fixture
def menu(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Menu:
    """Run `xlpy menu` over `home` (or another folder); return what it printed and complained."""

    def run(*typed: Typed, folder: Path | None = None) -> tuple[str, str]:
        monkeypatch.setattr(sys, "stdin", Keyboard(typed))
        with pytest.raises(SystemExit) as stopped:
            main(["menu", str(folder or home)])
        seen = capsys.readouterr()
        assert stopped.value.code == 0, seen.err
        assert "Traceback" not in seen.out + seen.err
        return seen.out, seen.err

    return run


@pytest.fixture
def placed(home: Path, case: Case) -> Case:
    """The case of four platforms, in `home`."""
    return Case(Path(shutil.copytree(case.folder, home / "2022 年度")))


def test_the_end_of_the_input_leaves(menu: Menu, home: Path) -> None:
    out, err = menu()
    assert (out.count(FIRST), err) == (1, "")
    assert f"评价项目放在：{home}" in out
    assert re.search(r"使用手册：.+使用手册\.md", out)
    assert out.endswith("已离开。\n")


@pytest.mark.parametrize("word", ["0", "０", " 离开 ", "0 离开", "0.离开", "退出", "Q", "（0）"])
def test_leaving_in_many_words(menu: Menu, word: str) -> None:
    out, _ = menu(word, "1")
    assert out.count(FIRST) == 1


@pytest.mark.parametrize("wrong", ["4", "99", "示", "-1", "校验", "1 2"])
def test_a_wrong_entry_is_told_what_can_be_typed(menu: Menu, home: Path, wrong: str) -> None:
    out, err = menu(wrong)
    assert f"没有“{wrong}”这一项，请输入 0 到 3 中的一个数字" in out
    assert (out.count(FIRST), err, list(home.iterdir())) == (2, "", [])


def test_enter_alone_is_told_too(menu: Menu) -> None:
    out, _ = menu("", "  ")
    assert out.count("请输入 0 到 3 中的一个数字") == 2
    assert "没有“" not in out


def test_what_moves_the_screen_is_shown_as_a_sign(menu: Menu) -> None:
    out, _ = menu("\x1b[2J")
    assert "\x1b" not in out
    assert "<U+001B>" in out


def test_a_folder_that_is_not_there_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["menu", str(tmp_path / "没有")])
    assert stopped.value.code == 2
    assert "找不到文件夹" in capsys.readouterr().err


def test_the_demo_never_lies_over_another(menu: Menu, home: Path) -> None:
    (home / "示例").mkdir()
    out, err = menu("示例")
    assert err == ""
    assert [one.name for one in sorted(home.iterdir())] == ["示例", "示例-2"]
    assert open_case(home / "示例-2")
    assert f"示例结果在：{home / '示例-2' / '输出'}" in out
    assert "再选“示例-2”" in out


def test_a_new_case_takes_the_usual_answers(menu: Menu, home: Path) -> None:
    """Last year, the folder of that name; and it is open."""
    out, err = menu("2", "", "")
    year = date.today().year - 1  # noqa: DTZ011 - as the clerk's calendar has it
    assert err == ""
    assert year_of(open_case(home / f"{year}年度")) == year
    assert (CASE in out, "承接" in out) == (True, False)


def test_a_new_case_in_other_words(menu: Menu, home: Path) -> None:
    """What is no year or no name is asked again."""
    (home / "已有").mkdir()
    out, err = menu("新建", "二二", "12022", "２０２２年", "a/b", "尾.", "已有", "我的 项目", "0")
    assert err == ""
    assert "“二二”不是年度" in out
    assert "“12022”不是年度" in out
    assert out.count("文件夹名里不能有") == 2
    assert "“已有”已经存在" in out
    assert year_of(open_case(home / "我的 项目")) == 2022


def test_the_usual_name_is_a_free_one(menu: Menu, home: Path) -> None:
    (home / "2022年度").mkdir()
    menu("2", "2022", "")
    assert open_case(home / "2022年度-2")


@pytest.mark.parametrize("typed", [("0",), ("返回",), ("2022", "0"), ("2022", "", "０")])
def test_nothing_is_made_by_who_turns_back(
    menu: Menu, home: Path, placed: Case, typed: tuple[str, ...]
) -> None:
    typed = tuple("2023" if one == "2022" else one for one in typed)
    out, err = menu("2", *typed)
    assert (list(home.iterdir()), err) == ([placed.folder], "")
    assert out.count(FIRST) == 2


def test_last_years_case_is_carried_on_when_asked(menu: Menu, home: Path, placed: Case) -> None:
    Clerk(placed).adds("experts", id="9", name="钱九", unit="市示例单位")
    out, err = menu("2", "2023", "", "7", "1")
    assert err == ""
    assert "没有第 7 个，请输入 1 到 1 中的数字" in out
    experts = Clerk(open_case(home / "2023年度")).rows("experts")
    assert "钱九" in {one["name"] for one in experts}


def test_last_years_case_is_left_alone_unless_asked(menu: Menu, home: Path, placed: Case) -> None:
    Clerk(placed).adds("experts", id="9", name="钱九", unit="市示例单位")
    menu("2", "2023", "", "")
    assert Clerk(open_case(home / "2023年度")).rows("experts") == []


def test_a_case_of_the_same_year_is_none_to_carry_on(menu: Menu, placed: Case) -> None:
    out, _ = menu("2", "2022", "新的")
    assert "承接哪一个" not in out


def test_what_new_refuses_is_told_and_the_menu_goes_on(menu: Menu, home: Path) -> None:
    shutil.copytree("xlpy/policy/editions/bengbu-2022", home / "edition.dir")
    out, err = menu("2", "2022", "", folder=home / "edition.dir")
    assert "在政策版本“edition.dir”的文件夹里面" in err
    assert out.count(FIRST) == 2


def test_the_only_case_is_opened_by_enter(menu: Menu, placed: Case, home: Path) -> None:
    (home / "别的").mkdir()
    (home / "一个文件").touch()
    out, err = menu("3", "", "0")
    assert err == ""
    assert "  1 2022 年度\n" in out
    assert "别的" not in out
    assert f"已打开评价项目：{placed.folder}" in out
    assert CASE in out


@pytest.mark.parametrize("typed", ["2", "２", "乙 项目", "2 乙 项目", "“乙 项目”"])
def test_one_of_several_is_opened(menu: Menu, placed: Case, home: Path, typed: str) -> None:
    shutil.copytree(placed.folder, home / "乙 项目")
    out, err = menu("打开", "", "3", typed)
    assert err == ""
    assert "请输入一个数字，或把评价项目文件夹拖进窗口" in out
    assert "没有第 3 个，请输入 1 到 2 中的数字" in out
    assert f"已打开评价项目：{home / '乙 项目'}\n" in out


def ways(case: Case) -> dict[str, str]:
    """Return how a shell leaves what is dragged into its window."""
    folder, book = str(case.folder), str(case.workbook)
    return {
        "bare": folder,
        "quoted": f'"{folder}"',
        "a blank behind": f"'{folder}' ",
        "PowerShell": f"& '{folder}'",
        "a shell": folder.replace(" ", "\\ "),
        "the workbook": f'"{book}"',
        "a folder in it": str(case.filings),
        "an output": f'"{case.output / "专家评分表"}"',
    }


@pytest.mark.parametrize("way", ways(Case(Path())))
@pytest.mark.parametrize("asked", [(), ("3",)])
def test_a_case_is_dragged_into_the_window(
    menu: Menu, case: Case, way: str, asked: tuple[str, ...]
) -> None:
    """At the first question, and at that for a case; it lies elsewhere."""
    out, err = menu(*asked, ways(case)[way])
    assert err == ""
    assert f"已打开评价项目：{case.folder}\n" in out


def test_what_is_no_case_is_told_as_the_command_line_tells_it(menu: Menu, home: Path) -> None:
    (home / "空").mkdir()
    out, err = menu(f'"{home / "空"}"', "3", "没有这个", f"{home}/空", "0")
    assert err.count("不是评价项目") == 2
    assert err.count("找不到评价项目文件夹") == 1
    assert "里还没有评价项目" in out
    assert out.count(FIRST) == 3


def test_a_path_too_long_is_a_sentence(menu: Menu) -> None:
    out, err = menu("/" + "长" * 3000)
    assert err
    assert out.count(FIRST) == 2


def test_a_name_alone_is_one_in_the_folder(home: Path) -> None:
    assert dragged("2022 年度", home) == home / "2022 年度"
    assert dragged('"', home) == home / '"'


def test_a_case_itself_is_opened_at_once_beside_its_neighbours(
    menu: Menu, placed: Case, home: Path
) -> None:
    shutil.copytree(placed.folder, home / "乙")
    out, err = menu("9", "乙", folder=placed.folder)
    assert err == ""
    assert (out.count(FIRST), f"已打开评价项目：{home / '乙'}\n" in out) == (0, True)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1", ["check"]),
        ("生成评分表", ["ballots"]),
        ("3评价", ["evaluate"]),
        ("４", ["export", "--notice"]),
        ("公示", ["export", "--notice"]),
        ("5", ["export", "--finance"]),
        ("6", ["verify"]),
    ],
)
def test_an_item_prints_what_its_command_prints_and_what_is_next(
    menu: Menu, played: Case, typed: str, words: list[str]
) -> None:
    """Held against the command itself on a copy of the case in the same place."""
    kept = played.folder.with_name("留底")
    shutil.copytree(played.folder, kept)
    _, printed, complained = command_line(words[0], played.folder, *words[1:])
    shutil.rmtree(played.folder)
    kept.rename(played.folder)
    out, err = menu(typed, folder=played.folder)
    assert err == complained
    body = re.sub("核验码：[-0-9A-F]+", "", out.split("按回车：")[1])
    said = re.sub("核验码：[-0-9A-F]+", "", printed)
    assert body.startswith(said)
    (then,) = body.removeprefix(said).partition("\n\n")[0].splitlines()
    assert "下一步" in then or "选 8 打开" in then


def test_a_refused_export_is_told_with_its_next_step(menu: Menu, placed: Case) -> None:
    out, err = menu("4", "5", folder=placed.folder)
    assert err == ""
    assert "还没有评价，请先评价再导出" in out
    assert "逐条处理以后选 3 评价，再选 4" in out
    assert "逐条处理以后选 3 评价，再选 5" in out


def test_an_error_returns_to_the_menu(menu: Menu, placed: Case) -> None:
    """The folder is renamed while the menu is open; one sentence, and it can be put back."""
    aside = placed.folder.with_name("改了名")
    out, err = menu(
        lambda: placed.folder.rename(aside), "1", lambda: aside.rename(placed.folder), "1",
        folder=placed.folder,
    )  # fmt: skip
    assert err.count("找不到评价项目文件夹") == 1
    assert "按上面的提示处理" in out
    assert f"已写出：{placed.register}" in out


def test_an_unforeseen_failure_returns_to_the_menu(
    menu: Menu, placed: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(home: Path) -> list[Case]:
        raise RuntimeError(home)

    monkeypatch.setattr("xlpy.cli.menu.pages.known_cases", breaks)
    out, err = menu("3", "0")
    assert "程序内部错误（RuntimeError）" in err
    assert out.count(FIRST) == 2


@pytest.mark.parametrize("step", ["xlpy.steps.check.check", "xlpy.steps.evaluate.evaluate"])
def test_ctrl_c_in_an_action_says_so_and_returns(
    menu: Menu, placed: Case, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    monkeypatch.setattr(step, lambda *words, **more: ctrl_c())
    out, err = menu("1" if "check" in step else "3", "9", "0", folder=placed.folder)
    assert err.count("已中断，没有写到一半的文件。") == 1
    assert out.count(CASE) == 3


def test_ctrl_c_at_a_question_says_how_to_leave(menu: Menu, home: Path) -> None:
    out, err = menu(ctrl_c, "2", "2022", ctrl_c, "0")
    assert (out.count("要离开，请输入 0 再按回车"), err) == (2, "")
    assert (out.count(FIRST), list(home.iterdir())) == (3, [])


def test_windows_opens_workbook_and_folder(
    menu: Menu, placed: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(os, "startfile", opened.append, raising=False)
    out, err = menu("7", "打开文件夹", folder=placed.folder)
    assert opened == [str(placed.workbook), str(placed.folder)]
    assert (out.count("改完请保存并关闭，再回到这里"), err) == (1, "")


def test_a_program_that_does_not_start_is_told(
    menu: Menu, placed: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str) -> None:
        raise OSError(path)

    monkeypatch.setattr(os, "startfile", refuse, raising=False)
    out, err = menu("7", folder=placed.folder)
    assert f"没能打开“{placed.workbook}”" in err
    assert out.count(CASE) == 2


def test_elsewhere_it_says_where_they_are(
    menu: Menu, placed: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "startfile", raising=False)
    out, _ = menu("7", "8", folder=placed.folder)
    assert f"请打开：{placed.workbook}\n" in out
    assert f"请打开：{placed.folder}\n" in out


@pytest.mark.parametrize(
    ("typed", "opened"),
    [("2", "2022年度"), ("2022年度1", "2022年度1"), ("2022年度(1)", "2022年度(1)")],
)
def test_a_digit_is_the_one_in_the_list_and_a_name_is_that_name(
    menu: Menu, home: Path, placed: Case, typed: str, opened: str
) -> None:
    """Whatever other folders are called nearly so."""
    for name in ("2", "2022年度", "2022年度(1)", "2022年度1"):
        shutil.copytree(placed.folder, home / name)
    shutil.rmtree(placed.folder)
    out, _ = menu("3", typed)
    assert out.count("已打开评价项目：") == 1
    assert f"已打开评价项目：{home / opened}\n" in out


@pytest.mark.parametrize("name", ["CON", "nul.2022", "com1", "甲\t乙", "a|b"])
def test_a_name_windows_does_not_take_is_asked_again(menu: Menu, home: Path, name: str) -> None:
    out, err = menu("2", "2022", name, "2022年度")
    assert "请换一个名称。" in out
    assert ([path.name for path in home.iterdir()], err) == (["2022年度"], "")


def test_a_workbook_dropped_on_the_menu_opens_its_case(menu: Menu, placed: Case) -> None:
    out, err = menu(folder=placed.workbook)
    assert (f"已打开评价项目：{placed.folder}\n" in out, err) == (True, "")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The package for Windows as far as the menu knows it; it runs the menu."""
    folder = tmp_path / "xlpy"
    (folder / "python").mkdir(parents=True)
    for name in ("开始.bat", "python/python.exe"):
        (folder / name).touch()
    monkeypatch.setattr(sys, "executable", str(folder / "python" / "python.exe"))
    return folder


def _in_the_package(
    *typed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    monkeypatch.setattr(sys, "stdin", Keyboard(typed))
    with pytest.raises(SystemExit) as stopped:
        main(["menu"])
    assert stopped.value.code == 0
    return capsys.readouterr().out


def test_in_the_package_cases_have_a_folder(
    package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = _in_the_package("0", monkeypatch=monkeypatch, capsys=capsys)
    assert f"评价项目放在：{package / '评价项目'}" in out
    assert (package / "评价项目").is_dir()


def test_where_that_folder_cannot_be_made_no_case_is_made(
    package: Path, placed: Case, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is said why, and what to do; a case that lies elsewhere is opened all the same."""
    (package / "评价项目").touch()
    there = sorted(package.rglob("*"))
    out = _in_the_package(
        *("1", "2", "3", str(placed.folder), "0"), monkeypatch=monkeypatch, capsys=capsys
    )
    assert f"不能建立“{package / '评价项目'}”：已有同名的文件，请移走后重试。" in out
    assert "移到能写入的地方（如 D:\\），再双击“开始.bat”" in out
    assert out.count("现在不能建立项目，原因和办法见下面。") == 2
    assert f"已打开评价项目：{placed.folder}" in out
    assert "可以返回以后选“新建”" not in out
    assert sorted(package.rglob("*")) == there


def test_opening_a_case_names_this_python_in_its_workbook(
    menu: Menu, placed: Case, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where the one that made it is gone; told once."""
    python = tmp_path / "python.exe"
    python.touch()
    there = SimpleNamespace(platform="darwin", executable=str(python))
    monkeypatch.setattr(interpreter, "sys", there)
    before = placed.workbook.read_bytes()
    out, _ = menu("3", "", "9", "")
    assert out.count(f"已改为登记本程序的“{python}”") == 1
    assert placed.workbook.read_bytes() != before


def test_opening_a_case_leaves_a_python_that_is_there(menu: Menu, placed: Case) -> None:
    before = placed.workbook.read_bytes()
    out, _ = menu("3", "")
    assert "解释器" not in out
    assert placed.workbook.read_bytes() == before


def test_a_window_that_is_gone_ends_the_menu(menu: Menu) -> None:
    """It does not ask for ever."""

    def gone() -> None:
        raise OSError

    out, err = menu(gone, "1")
    assert (out.count(FIRST), err) == (1, "")


def test_nobody_is_left_to_read_ends_the_menu(home: Path) -> None:
    """As `xlpy menu | head -1` does."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "xlpy", "menu", str(home)],
        input=b"x\n" * 50,
        stdout=writer,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writer)
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") < 10


def test_bytes_that_are_no_text_do_not_end_the_menu(home: Path) -> None:
    """As a pipe of another code page sends them."""
    done = subprocess.run(
        [sys.executable, "-m", "xlpy", "menu", str(home)],
        input="新建\n".encode("gbk") + b"\xff\n0\n",
        capture_output=True,
        env={**os.environ, "PYTHONUTF8": "1"},
        check=True,
    )
    out = done.stdout.decode("utf-8")
    assert (out.count("请输入 0 到 3"), done.stderr, out.count("已离开")) == (2, b"", 1)


def test_a_whole_year_by_the_menu_alone(menu: Menu, case: Case, home: Path) -> None:
    """Only what people do in Excel and with files is done beside it."""
    mine = Case(home / "2022年度")
    clerk = Clerk(mine)

    def receive() -> None:
        for path in case.filings.iterdir():
            shutil.copy(path, mine.filings)
        clerk.parameters(as_of=AS_OF)
        for number, surname in enumerate("张李王赵陈杨周", 1):
            clerk.adds("experts", id=str(number), name=f"{surname}示例", unit="市示例单位")

    def meet() -> None:
        clerk.parameters(**DATES)

    out, err = menu(
        *("2", "2022", ""),
        *(receive, "1"),
        *(clerk.confirms, "2"),
        *(lambda: fill_ballots(mine, today=AS_OF, seed=1), "3"),
        *(meet, "3", "4", "5", "6", "0"),
    )
    assert err == ""
    assert "已生成7份评分表，共4家平台。" in out
    assert "参评4家" in out
    assert "本次导出公示名单（第1版）。" in out
    assert "本次导出奖补资金安排表（第1版）。" in out
    assert "核验无误" in out
    assert mine.result.is_file()
    assert mine.finance.is_file()
