"""`xlpy desk` (操作台): the workbook, or any form, live in LibreOffice."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from xlpy.errors import CaseError, FileBusyError, OfficeClosedError, OfficeError
from xlpy.excel.files.atomic import is_open_elsewhere, owner_file
from xlpy.excel.live.book import LiveBook
from xlpy.excel.office.engine import open_book
from xlpy.excel.office.link import Link, connect
from xlpy.excel.office.program import find_office
from xlpy.forms.cells.identity import read_meta
from xlpy.model.finding import Finding
from xlpy.model.identity import VERSION
from xlpy.policy.editions.load import DEFAULT
from xlpy.policy.form import StaffForm
from xlpy.steps.case import WORKBOOK, Case, open_case
from xlpy.steps.evaluate import decide
from xlpy.steps.gather import gather, staff_book
from xlpy.steps.live.form_check import check_form
from xlpy.steps.log.anew import begun_anew, make_output
from xlpy.steps.rules.sealed import keep, rules_of
from xlpy.steps.workbook import CLOSED

_FORMS = (".xlsx", ".xlsm")
_UNSAVED = (
    "最后一次操作之后没有保存工作簿：那以后填写的内容没有留下，“输出”中的结果可能已与工作簿不一致。"
    "请重新打开，核对经办人填写的内容，再评价一次。"
)
_FORMER = {"导出": "export"}  # the button of version 1.0
_UNLOCKING = 5.0  # seconds LibreOffice may take to let go of a file it has closed


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What the operator sees of the desk (显示): sentences, and findings."""

    say: Callable[[str], None]
    show: Callable[[Sequence[Finding]], None]


def desk(
    path: Path, *, actions: Mapping[str, Callable[[], object]], today: date, face: Face
) -> None:
    """Open a case's workbook, or a form, in LibreOffice, and serve it until it is closed.

    `actions` are the functions behind the buttons by their id; each finds the workbook with
    `Book.caller()`, fills it and returns None when it could not. Raises CaseError,
    FileBusyError and OfficeError.
    """
    if path.is_dir() or path.name == WORKBOOK:
        _serve_case(open_case(path if path.is_dir() else path.parent), actions, today, face)
    elif path.is_file() and path.suffix.lower() in _FORMS:
        _serve_form(path.resolve(), today, face)
    else:
        raise CaseError(
            f"“{path}”不是评价项目文件夹，也不是 .xlsx 表格；请给出其中之一的完整路径。"
        )


def _serve_case(
    case: Case, actions: Mapping[str, Callable[[], object]], today: date, face: Face
) -> None:
    form = rules_of(DEFAULT).forms.staff  # names are the same everywhere
    buttons = _FORMER | {one.caption: one.id for one in form.buttons}
    if _is_older(case, form):
        _mend(case, today, face)
    link, _ = _opened(case.workbook, face)
    saved = unsaved = False
    try:
        face.say(
            "已在 LibreOffice 中打开工作簿，请点「操作台」上的按钮；关闭工作簿即结束，"
            "在那之前请不要关闭本窗口。"
        )
        for event in link.events():
            if event["event"] == "saved":
                saved, unsaved = True, False
            if action := actions.get(buttons.get(event.get("caption", ""), "")):
                _run(event["caption"], action, face)
                unsaved = True
                link.forget_clicks()
    finally:
        link.hang_up()
    face.say("工作簿已关闭。")
    if unsaved:
        face.say(_UNSAVED)
    if saved:
        _mend(case, today, face)


def _is_older(case: Case, form: StaffForm) -> bool:
    """Tell whether the workbook lacks sheets, columns and buttons of today."""
    version = read_meta(staff_book(case)).get(VERSION, "")
    return version.isdecimal() and int(version) < form.version


def _run(caption: str, action: Callable[[], object], face: Face) -> None:
    face.say(f"{caption}……")
    began = time.monotonic()
    done = action()
    if done is None:
        face.say(f"{caption}没有完成，原因见工作簿中的提示。已写出的文件都是完整的。")
    elif getattr(done, "refused", ()):
        face.say(f"{caption}被拒绝，原因见工作簿中的提示。")
    else:
        face.say(f"{caption}完成，用时{time.monotonic() - began:.1f}秒。")


def _mend(case: Case, today: date, face: Face) -> None:
    """Build the workbook again: what LibreOffice saved has no macros for Excel."""
    if not _let_go(case.workbook):
        face.say(
            f"{case.workbook.name} 还被占用，没有重新生成，在 Excel 中暂时没有按钮：请在它关闭以后"
            "运行一次 xlpy check。"
        )
        return
    make_output(case, lambda: staff_book(case))
    with case.locked():
        gathered = gather(case, today=today)
        keep(case, gathered.policy)
        for note in begun_anew(case, gathered.entries, lambda: gathered.book):
            face.say(note)
        evaluation = decide(gathered, today=today)
        for note in CLOSED.fill(case, gathered, evaluation, history=gathered.history):
            face.say(note)


def _let_go(path: Path) -> bool:
    """Wait until LibreOffice has closed the file; False when somebody has it open again."""
    until = time.monotonic() + _UNLOCKING
    while is_open_elsewhere(path):
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def _serve_form(path: Path, today: date, face: Face) -> None:
    link, book = _opened(path, face)
    try:
        face.say("已在 LibreOffice 中打开。每次保存后重新校验；关闭即结束。")
        _check(book, today, face)
        for event in link.events():
            if event["event"] == "saved":
                _check(book, today, face)
    except OfficeClosedError:
        pass  # closed while we checked: there is nobody left to tell
    finally:
        link.hang_up()
    face.say("表格已关闭。")


def _check(book: Any, today: date, face: Face) -> None:
    live = LiveBook(book)
    try:
        found = check_form(live, today=today)
    finally:
        live.release()
    for line in found.lines:
        face.say(line)
    face.show(found.findings)


def _opened(path: Path, face: Face) -> tuple[Link, Any]:
    """Return the line to LibreOffice and the workbook open in it."""
    if is_open_elsewhere(path):
        owner = owner_file(path)
        raise FileBusyError(
            f"“{path.name}”正在别处打开，或者不能写入：请先关闭它"
            + (f"；如确认无人打开，请删除同一文件夹中的“{owner.name}”，" if owner else "，")
            + "然后再试。"
        )
    office = find_office()
    face.say("正在启动 LibreOffice……")
    link = connect(office)
    try:
        return link, open_book(link, path)
    except OfficeError:
        link.hang_up()
        raise
