"""`xlpy edition new` (新建政策版本): a folder to write next year's rule in, made from another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from xlpy.errors import EditionError, FileBusyError
from xlpy.excel.files.atomic import write_files
from xlpy.excel.files.cures import cure
from xlpy.policy.editions.folder import RULE, Source
from xlpy.policy.editions.load import edition_of
from xlpy.policy.frozen import Frozen
from xlpy.steps.edition.look import case_around
from xlpy.steps.rules.shelf import edition_around, named, on_shelf

_ID = re.compile(r"""(?m)^\s*id\s*=\s*["']([a-z-]+)-([0-9]{4})["']""")
_FORM = re.compile(r"[a-z]+(?:-[a-z]+)*-[0-9]{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """An edition that was made (新建的政策版本): its folder, its id, and what it is made from."""

    folder: Path
    id: str
    origin: str


def fresh(folder: Path, origin: str) -> Fresh:
    """Make `folder` with the files of the edition `origin` (an id or a folder) under another id.

    The id is the folder's name, where that can be one, else that of `origin` with the next year
    that is free. EditionError when the folder holds anything, lies in a case or an edition, or
    its name is the id of another edition.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise EditionError(f"“{folder}”已经存在，请换一个文件夹名，以免覆盖已有的内容。")
    case = case_around(folder.resolve().parent)
    if case is not None:
        raise EditionError(
            f"“{folder}”在评价项目“{case.folder.name}”里面；请建在项目以外，"
            f"如“{case.folder.parent / folder.name}”，改好后再用于项目。"
        )
    if (around := edition_around(folder.parent)) is not None:
        raise EditionError(
            f"“{folder}”在政策版本“{around.name}”的文件夹里面；请建在它的旁边，"
            f"如“{around.parent / folder.name}”。"
        )
    beside = folder.resolve().parent
    source = named(origin, beside).source
    id = _free(folder.name, source, beside)
    texts = {**source.sealed, RULE: _headed(source.texts[RULE], id, edition_of(source).id)}
    if edition_of(Source(folder.name, Frozen(texts))).id != id:
        raise EditionError(
            f'“{origin}”的编号写法特殊，改不成新的编号；请把它的 id 单独写成一行，如 id = "{id}"。'
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise FileBusyError(f"不能建立“{folder}”：{cure(problem)}。") from problem
    write_files({folder / name: text.encode() for name, text in texts.items()})
    return Fresh(folder=folder.resolve(), id=id, origin=edition_of(source).id)


def _free(name: str, source: Source, beside: Path) -> str:
    known = (one.edition.id for one in on_shelf(beside) if one.edition)
    taken = {*known, edition_of(source).id}
    if _FORM.fullmatch(name):
        if name in taken:
            raise EditionError(f"编号“{name}”已有政策版本在用，请换一个文件夹名，如年份加一。")
        return name
    found = _ID.search(source.texts[RULE])
    city, year = found.groups() if found else ("edition", "2000")
    number = int(year) + 1
    while f"{city}-{number}" in taken:
        number += 1
    if not _FORM.fullmatch(fresh := f"{city}-{number}"):
        raise EditionError(
            f"“{name}”取不出编号（{fresh}）；请把文件夹名写成“小写拼音-年份”，如 {city}-2031。"
        )
    return fresh


def _headed(text: str, id: str, origin: str) -> str:
    """Return the rule under its new id, with a reminder of what to look at on top."""
    head = (
        f"# 依据 {origin} 建立。请对照印发的办法逐项改：标题、文号、印发日期和有效期、条款号、\n"
        "# 金额、目标、比例、一票否决情形；每个数字旁的 phrase 照抄原文。\n"
        "# 改好后运行 xlpy edition check 核对，\n"
        f"# 再用 xlpy edition diff {origin} 和本文件夹 看改了哪些。本段看过即可删去。\n\n"
    )
    return head + _ID.sub(f'id = "{id}"', text, count=1)
