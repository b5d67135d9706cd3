"""The commands on editions (政策版本的命令): `xlpy edition list`, check, diff, new, apply."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from xlpy.cli import terminal
from xlpy.cli.chinese import ChineseCommand, ChineseGroup, ChinesePath

FINE, FINDINGS = 0, 1

_path = ChinesePath()


@click.group(cls=ChineseGroup, help="政策版本：列出、核对、对照、新建，或改用到评价项目。")
def edition() -> None:
    """Hold the commands on editions together."""


@edition.command(
    "list", cls=ChineseCommand, help="列出程序自带的和文件夹中的政策版本，最新的在前。"
)
@click.argument("folder", metavar="[文件夹]", required=False, type=_path, default=Path())
def list_editions(folder: Path) -> int:
    """List the editions there are."""
    from xlpy.steps.rules.shelf import of_one_id, on_shelf, shelf_at

    found = on_shelf(shelf_at(folder))
    terminal.show_editions(found, _today())
    for told in of_one_id(found):
        terminal.say(told)
    return FINE


@edition.command("check", cls=ChineseCommand, help="核对一个政策版本文件夹，一次列出全部错误。")
@click.argument("folder", metavar="政策版本文件夹", type=_path)
def check_edition(folder: Path) -> int:
    """Check an edition."""
    from xlpy.steps.edition.look import check

    seen = check(folder)
    terminal.show_faults(seen)
    return FINDINGS if seen.faults else FINE


@edition.command(
    "diff", cls=ChineseCommand, help="对照两个政策版本，逐条写明改了什么；可写编号、文件夹或项目。"
)
@click.argument("old", metavar="原版本")
@click.argument("new", metavar="新版本")
def diff_editions(old: str, new: str) -> int:
    """Tell what two editions say otherwise."""
    from xlpy.steps.edition.look import compare

    seen = compare(old, new, Path().resolve())
    terminal.show_differences(seen.differences)
    for note in seen.notes:
        terminal.say(f"说明：{note}")
    return FINE


@edition.command(
    "new", cls=ChineseCommand, help="依据已有的版本新建一个政策版本文件夹，改好后供新的项目使用。"
)
@click.argument("folder", metavar="新文件夹", type=_path)
@click.option(
    "--from", "origin", metavar="政策版本", required=True, help="依据哪个版本：编号或文件夹"
)
def new_edition(folder: Path, origin: str) -> int:
    """Make an edition to write next year's rule in."""
    from xlpy.steps.edition.fresh import fresh

    made = fresh(folder, origin)
    terminal.say(f"已建立政策版本文件夹：{made.folder}（编号{made.id}，依据{made.origin}）")
    if made.folder.name != made.id:
        terminal.say(
            f"文件夹名“{made.folder.name}”不是“小写拼音-年份”的样子，编号取为{made.id}；"
            "要改的改 edition.toml 里的 id。"
        )
    terminal.say("下一步：用记事本打开其中的 edition.toml，对照印发的办法逐项改；")
    terminal.say(f"改好后运行 xlpy edition check {made.folder} 核对。")
    return FINE


@edition.command(
    "apply",
    cls=ChineseCommand,
    help="让评价项目改用更正后的政策版本；理由和改动写入运行记录，之后请重新评价。",
)
@click.argument("folder", metavar="评价项目", type=_path)
@click.argument("text", metavar="政策版本")
@click.option("--reason", metavar="理由", default="", help="为什么改用，如：奖补金额录入有误，更正")
def apply_edition(folder: Path, text: str, reason: str) -> int:
    """Let a case take a mended edition."""
    from xlpy.steps.edition.apply import apply

    with terminal.progress() as progress:
        done = apply(folder, text, reason=reason, today=_today(), progress=progress)
    if not done.restored:
        same = "规定和表格与原来依据的没有不同。"
        told = "改动如下：" if done.differences else same
        terminal.say(f"已改用《{done.edition.title}》（{done.edition.id}），{told}")
        if done.differences:
            terminal.show_differences(done.differences)
    for note in done.notes:
        terminal.say(note)
    return FINE


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the operator's own calendar day is meant
