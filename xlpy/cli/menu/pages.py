"""The two pages of the menu (菜单的两页): which case, and what to do with it."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from xlpy import __version__
from xlpy.cli import terminal
from xlpy.cli.menu.asking import (
    BackError,
    Item,
    LeaveError,
    ask,
    ask_more,
    chosen,
    dragged,
    folded,
    is_path,
    read_anything,
)
from xlpy.cli.menu.cases import Home, case_at, free_name, known_cases, manual
from xlpy.errors import CaseError
from xlpy.steps.case import Case
from xlpy.steps.gather import year_of
from xlpy.steps.interpreter import mend_interpreter
from xlpy.steps.mishap import sentence

Run = Callable[[list[str]], int]
"""Runs a command line and returns its exit status; says all there is to say."""

_LEAVE = Item("0", "离开", ("退出", "关闭", "q", "exit"))
_WORKBOOK, _FOLDER = Item("7", "打开工作簿"), Item("8", "打开文件夹")
_OTHER = Item("9", "换一个评价项目")
_FIRST = (Item("1", "示例"), Item("2", "新建"), Item("3", "打开评价项目", ("打开",)), _LEAVE)
_CASE = (
    Item("1", "校验"),
    Item("2", "生成评分表"),
    Item("3", "评价"),
    Item("4", "导出公示名单", ("公示",)),
    Item("5", "导出奖补资金安排表", ("资金",)),
    Item("6", "核验"),
    _WORKBOOK,
    _FOLDER,
    _OTHER,
    Item("10", "会议材料"),
    _LEAVE,
)
_COMMANDS = {
    "1": ("check",),
    "2": ("ballots",),
    "3": ("evaluate",),
    "4": ("export", "--notice"),
    "5": ("export", "--finance"),
    "6": ("verify",),
    "10": ("report",),
}
_DO_IT = "下一步：按上面的提示处理，保存并关闭工作簿，再选一次。"
_NEXT = {
    ("1", 0): "下一步：没有错误级问题；材料收齐以后选 2 生成评分表。",
    ("1", 1): "下一步：平台的错误，把“输出/校验反馈”里的表退回改正；自己的选 7 改；再选 1 校验。",
    ("2", 0): "下一步：把评分表发给专家，收回放进“专家评分”，再选 3 评价。",
    (
        "3",
        0,
    ): "下一步：选 7 看「评价结果」，填好黄色栏再选 3；没有未了事项的选 4 导出公示名单。",
    ("3", 1): "下一步：选 7 处理「校验问题」里的错误，填好黄色栏，保存并关闭，再选 3 评价。",
    ("4", 0): "公示名单在“输出”文件夹里，选 8 打开。",
    ("4", 1): "下一步：逐条处理以后选 3 评价，再选 4。",
    ("5", 0): "资金安排表在“输出”文件夹里，选 8 打开。",
    ("5", 1): "下一步：逐条处理以后选 3 评价，再选 5。",
    ("10", 0): "会议材料在“输出/会议材料”文件夹里，选 8 打开“输出”。",
    ("6", 0): "下一步：核对无误，不用处理。",
    ("6", 1): "下一步：逐条查明是谁改动的；是自己移动或改过的，按提示办理后再选 6 核验。",
}
_BAD_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]|[. ]$')
_OF_WINDOWS = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_YEAR = re.compile("20[0-9]{2}")


class Menu:
    """A menu over the cases in one folder (菜单)."""

    def __init__(self, home: Home, run: Run, today: Callable[[], date]) -> None:
        """Look after the cases in `home`; a case itself is opened, and its neighbours are known."""
        if not home.folder.is_dir():
            raise CaseError(f"找不到文件夹“{home.folder}”，请写明放评价项目的文件夹。")
        self._home, self._closed = home.folder.resolve(), home.closed
        self._run, self._today = run, today
        self._case: Case | None = None
        self._greeted = False

    def serve(self) -> None:
        """Ask and do until whoever types leaves; nothing that goes wrong ends it."""
        read_anything()
        self._guarded(self._begin)
        try:
            while True:
                items = _FIRST if self._case is None else _CASE
                self._head(items)  # what stops this would stop it for ever
                self._guarded(partial(self._page, items))
                gc.collect()  # a run of a command line may leave much, and ends; this goes on
        except LeaveError:
            terminal.say("已离开。")

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except BackError as back:
            if str(back):
                terminal.say(str(back))
        except KeyboardInterrupt:
            terminal.say("已中断，回到菜单。")
        except LeaveError:
            raise
        except Exception as problem:
            terminal.complain(sentence(problem))

    def _begin(self) -> None:
        try:
            case = case_at(self._home)
        except CaseError:
            return
        self._home, self._closed = case.folder.parent, ""
        self._open(case)

    def _page(self, items: Sequence[Item]) -> None:
        answer = ask("请输入数字，按回车：")
        item = chosen(answer, items)
        if item is not None:
            self._do(item)
        elif is_path(answer):
            self._open(case_at(dragged(answer, self._home)))
        else:
            wrong = f"没有“{answer}”这一项，" if answer else ""
            terminal.say(
                f"{wrong}请输入 0 到 {len(items) - 1} 中的一个数字（或这一项的名称），再按回车；"
                "也可以把评价项目文件夹拖进窗口，再按回车。"
            )

    def _head(self, items: Sequence[Item]) -> None:
        terminal.say("")
        if self._case is None:
            terminal.say(f"xlpy {__version__}　中小企业公共服务平台评价")
            terminal.say(self._closed or f"评价项目放在：{self._home}")
            if guide := manual(self._home):
                terminal.say(f"使用手册：{guide}")
            terminal.say(_listed(items))
        else:
            terminal.say(f"【{self._case.folder.name}】{self._case.folder}")
            terminal.say(_listed(items[:5]))
            terminal.say(_listed(items[5:]))

    def _do(self, item: Item) -> None:
        if item is _LEAVE:
            raise LeaveError
        if self._case is None:
            {"1": self._demo, "2": self._new, "3": self._choose}[item.digit]()
        elif item.digit in _COMMANDS:
            self._command(item, self._case)
        elif item is _OTHER:
            self._choose()
        elif item is _FOLDER:
            _start(self._case.folder)
        else:
            _start(self._case.workbook)
            terminal.say("改完请保存并关闭，再回到这里。")

    def _command(self, item: Item, case: Case) -> None:
        command, *more = _COMMANDS[item.digit]
        status = self._run([command, str(case.folder), *more])
        terminal.say(_NEXT.get((item.digit, status), _DO_IT))

    def _confirm_room(self) -> None:
        """Go back where no case can be made; the page that follows says why."""
        if self._closed:
            raise BackError("现在不能建立项目，原因和办法见下面。")

    def _demo(self) -> None:
        self._confirm_room()
        name = free_name(self._home, "示例")
        terminal.say(f"正在建立示例项目“{name}”，请稍候……")
        if self._run(["demo", str(self._home / name)]) == 0:
            terminal.say(f"下一步：选 3，再选“{name}”，可以看它的工作簿和输出。")

    def _new(self) -> None:
        self._confirm_room()
        year = self._ask_year()
        name = self._ask_name(free_name(self._home, f"{year}年度"))
        last = self._ask_last(year)
        folder = self._home / name
        words = ["new", str(folder), "--year", str(year)]
        if self._run([*words, "--from", str(last.folder)] if last else words) == 0:
            self._open(case_at(folder))
            terminal.say(
                "下一步：选 7 打开工作簿，填「参数」「参评名单」「专家」，保存并关闭，再选 1。"
            )

    def _ask_year(self) -> int:
        usual = self._today().year - 1
        while True:
            answer = folded(ask_more(f"评价哪一年的服务？直接按回车是 {usual}"))
            year = answer.removesuffix("年度").removesuffix("年") or str(usual)
            if _YEAR.fullmatch(year):
                return int(year)
            terminal.say(f"“{answer}”不是年度，请输入四位数字，如 {usual}。")

    def _ask_name(self, usual: str) -> str:
        while True:
            name = ask_more(f"文件夹叫什么？直接按回车是“{usual}”") or usual
            if _BAD_NAME.search(name):
                terminal.say('文件夹名里不能有 \\ / : * ? " < > | ，末尾不能是点，请换一个名称。')
            elif _OF_WINDOWS.fullmatch(name):
                terminal.say(f"“{name}”是 Windows 自己用的名称，请换一个名称。")
            elif (self._home / name).exists():
                terminal.say(f"“{name}”已经存在，请换一个名称，以免覆盖已有的材料。")
            else:
                return name

    def _ask_last(self, year: int) -> Case | None:
        """Return the case to carry on, None for none; nothing is asked where none is earlier."""
        dated = [(year_of(one), one) for one in known_cases(self._home)]
        earlier = [one for then, one in dated if then is not None and then < year]
        if not earlier:
            return None
        terminal.say("可以承接以前的项目（带入专家、名单、联系方式和局里确定的参数）：")
        _show(earlier)
        while True:
            answer = ask_more("承接哪一个？输入数字；不承接的直接按回车")
            if not answer or (found := self._meant(answer, earlier)):
                return found if answer else None

    def _choose(self) -> None:
        cases = known_cases(self._home)
        if cases:
            _show(cases)
            only = f"；直接按回车是“{cases[0].folder.name}”" if len(cases) == 1 else ""
            question = f"打开哪一个？输入数字，或把文件夹拖进窗口{only}"
        else:
            make = "" if self._closed else "；可以返回以后选“新建”"
            terminal.say(f"“{self._home}”里还没有评价项目{make}。")
            question = "在别处的，把评价项目文件夹拖进窗口，按回车"
        while True:
            answer = ask_more(question)
            if not answer and len(cases) == 1:
                return self._open(cases[0])
            if answer and (found := self._meant(answer, cases)):
                return self._open(found)
            if not answer:
                terminal.say("请输入一个数字，或把评价项目文件夹拖进窗口，再按回车。")

    def _meant(self, answer: str, cases: Sequence[Case]) -> Case | None:
        """Return the case with this number or name or path; None where what is wrong was told."""
        items = [Item(str(at), one.folder.name) for at, one in enumerate(cases, 1)]
        if (item := chosen(answer, items)) is not None:
            return cases[items.index(item)]
        if folded(answer).isdecimal() and not (self._home / answer).exists():
            most = f"请输入 1 到 {len(cases)} 中的数字" if cases else "请把评价项目文件夹拖进窗口"
            terminal.say(f"没有第 {folded(answer)} 个，{most}，再按回车。")
            return None
        try:
            return case_at(dragged(answer, self._home))
        except CaseError as problem:
            terminal.complain(str(problem))
            return None

    def _open(self, case: Case) -> None:
        self._case = case
        terminal.say(f"已打开评价项目：{case.folder}")
        for note in mend_interpreter(case):
            terminal.say(note)
        if not self._greeted:
            terminal.say(
                "提示里说的 xlpy check、xlpy evaluate 等命令，就是菜单里的“校验”“评价”等各项。"
            )
            self._greeted = True


def _listed(items: Sequence[Item]) -> str:
    return f"  {'　'.join(f'{one.digit} {one.word}' for one in items)}"


def _show(cases: Sequence[Case]) -> None:
    for number, one in enumerate(cases, 1):
        terminal.say(f"  {number} {one.folder.name}")


def _start(path: Path) -> None:
    """Let Windows open a file or folder with the program it is for; elsewhere say where it is."""
    start = getattr(os, "startfile", None)
    if start is None:
        terminal.say(f"请打开：{path}")
        return
    try:
        start(str(path))
    except OSError:
        terminal.complain(f"没能打开“{path}”，请在文件资源管理器里找到它，双击打开。")
