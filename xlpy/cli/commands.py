"""The command line (命令行): Chinese words, exit status 0 fine, 1 findings, 2 cannot run."""

from __future__ import annotations

import atexit
import gc
import math
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from xlpy import __version__
from xlpy.cli import terminal
from xlpy.cli.chinese import ChineseCommand, ChineseGroup, ChinesePath, complaint
from xlpy.cli.editions import edition
from xlpy.cli.first_time import excel_steps
from xlpy.errors import XlpyError
from xlpy.steps.mishap import sentence

FINE, FINDINGS, CANNOT_RUN = 0, 1, 2

_folder = click.argument("folder", metavar="评价项目", type=ChinesePath())
_DATES = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"]
_json = click.option("--json", "as_json", is_flag=True, help="只输出一个 JSON 对象")
_as_of = click.option(
    "--as-of",
    metavar="日期",
    type=click.DateTime(_DATES),
    help="只按这个评价日期试看，如 2023-06-30，不写出任何文件；不写则用「参数」中的评价日期",
)


def _number(context: click.Context, option: click.Parameter, value: float | None) -> float | None:
    """Return a number; one that is none (nan) lies between all bounds."""
    if value is not None and math.isnan(value):
        raise click.BadParameter("nan", ctx=context, param=option)
    return value


@click.group(
    cls=ChineseGroup,
    help="中小企业公共服务平台评价：校验申报材料，汇总专家评分，评定等次，导出奖补资金表。",
)
@click.version_option(__version__, "--version", message="xlpy %(version)s", help="显示版本")
def cli() -> None:
    """Hold the commands together."""


@cli.command(cls=ChineseCommand, help="新建评价项目文件夹：工作簿、空白表和收件文件夹。")
@_folder
@click.option(
    "--year",
    metavar="年度",
    type=int,
    help="评价哪一年的服务，如 2022；写了 --from 的可以不写，即上年项目的下一年",
)
@click.option(
    "--from",
    "last",
    metavar="上年项目",
    type=ChinesePath(),
    help="承接上年的评价项目：带入专家、名单、联系方式和局里确定的参数，级别和有效期待核对",
)
@click.option(
    "--as-of",
    metavar="日期",
    type=click.DateTime(_DATES),
    help="评价日期，如 2023-06-30；不写则为今天，以后可在「参数」中改",
)
@click.option(
    "--edition",
    "rule",
    metavar="政策版本",
    help="按哪个政策版本评价：编号（见 xlpy edition list）或政策版本文件夹；"
    "不写则取评价日期有效的最新一个",
)
@click.pass_context
def new(
    context: click.Context,
    folder: Path,
    year: int | None,
    last: Path | None,
    as_of: datetime | None,
    rule: str | None,
) -> int:
    """Make a case folder."""
    from xlpy.steps import new as step
    from xlpy.steps.rules.shelf import chosen, named

    if rule is not None:
        named(rule, folder.resolve().parent)  # a blank one is not as good as none
    day = _day(as_of) or _today()
    notes: tuple[str, ...] = ()
    if last is not None:
        with terminal.progress() as progress:
            made = step.new_from(
                folder, last, year=year, as_of=day, edition=rule or "", progress=progress
            )
        case, notes = made.case, made.notes
    elif year is not None:
        choice = chosen(rule or "", day, folder.resolve().parent)
        case, notes = step.new(folder, year=year, as_of=day, edition=choice.source), choice.notes
    else:
        raise click.MissingParameter(ctx=context, param=_option(context, "year"))
    terminal.say(f"已建立评价项目：{case.folder}")
    for note in notes:
        terminal.say(note)
    terminal.say(
        "下一步：把“平台申报表.xlsx”发给平台，收回的文件放入“申报材料”，再运行 xlpy check。"
    )
    for line in excel_steps(sys.platform, case.folder):
        terminal.say(line)
    return FINE


@cli.command(
    cls=ChineseCommand, help="校验收到的全部材料，列出所有问题，并为有问题的平台生成反馈表。"
)
@_folder
@_json
def check(folder: Path, as_json: bool) -> int:
    """Check everything received."""
    from xlpy.steps.check import check as run

    with terminal.progress(quiet=as_json) as progress:
        done = run(folder, today=_today(), progress=progress)
    if as_json:
        _print_json(done)
    else:
        terminal.show_findings(done.evaluation)
        terminal.show_written(done)
    return _status(done)


@cli.command(cls=ChineseCommand, help="为每位专家生成评分表；后到的平台另生成补充表。")
@_folder
@click.option(
    "--experts", metavar="人数", type=int, help="专家人数，如 7；不写则按工作簿「专家」表"
)
@click.option(
    "--rescore",
    metavar="平台",
    default="",
    help="材料更换后请专家重新评分：只为这个平台（名称或信用代码）补发评分表",
)
def ballots(folder: Path, experts: int | None, rescore: str) -> int:
    """Make the experts' ballots."""
    from xlpy.steps.ballots import ballots as run

    with terminal.progress() as progress:
        made = run(folder, experts=experts, today=_today(), rescore=rescore, progress=progress)
    terminal.say(f"已生成{len(made.written)}份评分表，共{made.platforms}家平台。")
    for path in made.written:
        terminal.say(f"  {path}")
    for note in made.notes:
        terminal.say(note)
    return FINE


@cli.command(cls=ChineseCommand, help="评价：读取全部材料和评分表，评定等次，写出评价结果。")
@_folder
@_as_of
@_json
def evaluate(folder: Path, as_of: datetime | None, as_json: bool) -> int:
    """Evaluate the case."""
    from xlpy.steps.evaluate import evaluate as run

    with terminal.progress(quiet=as_json) as progress:
        done = run(folder, today=_today(), as_of=_day(as_of), progress=progress)
    if as_json:
        _print_json(done)
    else:
        terminal.show_result(done.evaluation)
        terminal.show_written(done)
    return _status(done)


@cli.command(
    cls=ChineseCommand,
    help="导出公示名单；公示期满后导出奖补资金安排表。还有未了事项时拒绝并列出原因。"
    "不写选项的，导出应办的一种。",
)
@_folder
@click.option("--notice", is_flag=True, help="导出公示名单")
@click.option("--finance", is_flag=True, help="导出奖补资金安排表")
@_json
def export(folder: Path, notice: bool, finance: bool, as_json: bool) -> int:
    """Export what is published or filed."""
    from xlpy.model.history import FINANCE, NOTICE
    from xlpy.steps.export import export as run

    if notice and finance:
        raise XlpyError("一次只导出一种，请只写 --notice 或 --finance；都不写的，导出应办的一种。")
    paper = NOTICE if notice else FINANCE if finance else ""
    with terminal.progress(quiet=as_json) as progress:
        done = run(folder, today=_today(), paper=paper, progress=progress)
    if as_json:
        _print_json(done, code=done.code or None)
    elif done.refused:
        terminal.show_refusal(done)
    else:
        terminal.show_written(done)
    return FINDINGS if done.refused else FINE


@cli.command(
    cls=ChineseCommand,
    help="会议材料：会商分析、汇报、会议纪要代拟稿和一页通；只供会议参考，不改变评价结果。",
)
@_folder
@click.option(
    "--last",
    metavar="上年项目",
    type=ChinesePath(),
    help="与哪个上年项目对比；承接上年建立的项目不用写",
)
@click.option("--csv", "tables", is_flag=True, help="另写出供统计分析用的数据表（CSV）")
def report(folder: Path, last: Path | None, tables: bool) -> int:
    """Write what the meeting looks at."""
    from xlpy.steps.meeting.report import report as run

    with terminal.progress() as progress:
        done = run(folder, today=_today(), last=last, tables=tables, progress=progress)
    terminal.show_written(done)
    return FINE


@cli.command(cls=ChineseCommand, help="核验：重新读取材料，核对输出文件和运行记录是否被改动。")
@_folder
@click.option(
    "--code",
    metavar="核验码",
    default=None,
    help="核对纸质的公示名单或资金安排表：表末尾的核验码，如 27D4-C0A1-E98B-340E-2157",
)
@_json
def verify(folder: Path, code: str | None, as_json: bool) -> int:
    """Verify inputs, outputs and the log."""
    from xlpy.steps.verify import verify as run

    with terminal.progress(quiet=as_json) as progress:
        seen = run(folder, today=_today(), code=code, progress=progress)
    if as_json:
        terminal.print_json(
            {
                "ok": seen.ok,
                "lines": seen.lines,
                "inputs": seen.inputs,
                "outputs": seen.outputs,
                "problems": list(seen.problems),
                "notes": list(seen.notes),
                "code": asdict(seen.code) if seen.code else None,
            }
        )
    else:
        terminal.show_verification(seen)
    return FINE if seen.ok else FINDINGS


@cli.command(
    cls=ChineseCommand,
    help="汇总多个评价项目：逐个重新评价，写出一份汇总.xlsx；不改动任何项目。",
)
@click.argument("folders", metavar="文件夹…", nargs=-1, required=True, type=ChinesePath())
@click.option(
    "--out", metavar="文件", type=ChinesePath(), help="汇总写到哪里，不写则为当前文件夹的汇总.xlsx"
)
@click.option("--csv", "tables", is_flag=True, help="另写出供统计分析用的数据表（CSV）")
@click.option(
    "--workers", metavar="个数", type=click.IntRange(1, 64), help="本机用几个进程，不写则每核一个"
)
@click.option(
    "--seconds",
    metavar="秒数",
    type=click.FloatRange(1, 86_400),
    callback=_number,
    help="每个项目最多评价多久，不写则为600秒",
)
@click.option(
    "--dask",
    metavar="地址",
    help="在 Dask 集群上运行：local:4、tcp://127.0.0.1:端口或 tls://主机:端口",
)
@_json
def survey(
    folders: tuple[Path, ...],
    out: Path | None,
    tables: bool,
    workers: int | None,
    seconds: float | None,
    dask: str | None,
    as_json: bool,
) -> int:
    """Survey many cases."""
    from xlpy.steps.survey.run import NAME, How, complete
    from xlpy.steps.survey.run import survey as run

    if dask is not None and not dask.strip():
        raise XlpyError("--dask 后面没有地址，请写明，如 local:4；在本机汇总的，不写 --dask。")
    if workers and dask:
        raise XlpyError("--workers 是本机的进程数，与 --dask 只写一个；local:4 即本机4个进程。")
    how = How(dask=dask or "", workers=workers)
    with terminal.progress(quiet=as_json) as progress:
        done = run(
            folders,
            today=_today(),
            out=out or Path(NAME),
            how=how._replace(seconds=seconds) if seconds else how,
            tables=tables,
            progress=progress,
        )
    if as_json:
        from xlpy.report.survey.json_view import survey_view

        terminal.print_json(survey_view(done.survey))
        for note in done.notes:
            terminal.complain(f"说明：{note}")
    else:
        terminal.show_survey(done)
    return FINE if complete(done.survey) else FINDINGS


@cli.command(cls=ChineseCommand, help="建立并走完一个示例项目：评价、被拒绝的导出、处理、再导出。")
@click.argument("folder", metavar="[文件夹]", required=False, type=ChinesePath())
@click.option(
    "--edition",
    "rule",
    metavar="政策版本",
    help="按哪个政策版本演示：编号（见 xlpy edition list）或政策版本文件夹",
)
def demo(folder: Path | None, rule: str | None) -> int:
    """Run the demo case."""
    from xlpy.demo.play import demo as run
    from xlpy.steps.rules.shelf import named

    beside = (folder or Path()).resolve()
    near = beside.parent if folder else beside
    source = None if rule is None else named(rule, near).source
    made = run(folder, source, say=terminal.say, show=terminal.show_demo)
    terminal.say("")
    terminal.say(f"示例结果在：{made / '输出'}")
    return FINE


@cli.command(
    cls=ChineseCommand,
    help="在 LibreOffice 中打开评价项目的工作簿并听候按钮；给出一份表格时，随时校验这份表格。",
)
@click.argument("path", metavar="评价项目或表格", type=ChinesePath())
def desk(path: Path) -> int:
    """Serve a workbook live in LibreOffice."""
    from xlpy import addin
    from xlpy.steps.live.desk import Face
    from xlpy.steps.live.desk import desk as run

    ids = ("check", "ballots", "evaluate", "notice", "finance", "report", "verify", "export")
    face = Face(say=terminal.say_now, show=terminal.show_list)
    run(path, actions={id: getattr(addin, id) for id in ids}, today=_today(), face=face)
    return FINE


@cli.command(cls=ChineseCommand, help="重新生成 templates 和 workbook 中的空白表（维护人员使用）。")
@click.option("--check", "only_check", is_flag=True, help="只检查是否过期，不写文件")
def build(only_check: bool) -> int:
    """Build the checked-in workbooks again."""
    from xlpy.steps.build.templates import build as run
    from xlpy.steps.build.templates import stale

    if only_check:
        for name in (names := stale()):
            terminal.complain(f"“{name}”已过期，请运行 xlpy build 后提交。")
        return FINDINGS if names else FINE

    for path in run():
        terminal.say(str(path))
    return FINE


@cli.command(
    cls=ChineseCommand, help="菜单：不用写命令，输入数字即可新建、打开、校验、评价、导出、核验。"
)
@click.argument("folder", metavar="[文件夹]", required=False, type=ChinesePath())
def menu(folder: Path | None) -> int:
    """Ask for a number and run what it stands for, until whoever types leaves."""
    from xlpy.cli.menu.cases import Home, usual_home
    from xlpy.cli.menu.pages import Menu

    if folder and folder.is_file():  # a workbook dropped on 开始.bat
        folder = folder.parent
    home = Home(folder) if folder else usual_home(Path(sys.executable))
    Menu(home, run, _today).serve()
    return FINE


cli.add_command(edition)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its status; no traceback ever reaches a person."""
    terminal.settle_streams(sys.platform)
    if arguments is not None:
        sys.exit(run(arguments))
    gc.set_threshold(400_000, 20, 50)  # one thing is done, then all ends: hardly anything is freed
    ended = [CANNOT_RUN]
    atexit.register(_leave, ended)  # before all others, so that it comes after them
    try:
        ended[0] = run(None)
    except SystemExit as left:  # so click leaves a pipe that nobody reads any more
        ended[0] = left.code if isinstance(left.code, int) else CANNOT_RUN
    sys.exit(ended[0])


def run(arguments: list[str] | None) -> int:
    """Run a command line and return its exit status; what went wrong was said in a sentence."""
    try:
        status = cli.main(
            arguments,
            prog_name="xlpy",
            standalone_mode=False,
            windows_expand_args=False,  # a folder may be called %年度% or [x]
        )
    except click.ClickException as problem:
        status = _fail(*complaint(problem))
    except (KeyboardInterrupt, click.Abort):
        status = _fail("已中断，没有写到一半的文件。")
    except Exception as problem:
        status = _fail(sentence(problem))
    return status or FINE


def _leave(ended: list[int]) -> None:
    """Leave with the status: what the system takes back as a whole is not taken apart before."""
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except BrokenPipeError:
        ended[0] = FINDINGS  # as click has it where the pipe breaks before
    except OSError as problem:  # the disk is full; told already where something ran into it
        with suppress(OSError):
            if ended[0] != CANNOT_RUN:
                ended[0] = _fail(sentence(problem))
    os._exit(ended[0])


def _fail(*lines: str) -> int:
    for line in lines:
        terminal.complain(line)
    return CANNOT_RUN


def _status(done: Any) -> int:
    return FINDINGS if terminal.has_errors(done.evaluation) else FINE


def _print_json(done: Any, **more: object) -> None:
    from xlpy.report.json_view import json_view

    view = json_view(done.evaluation)
    notes = {"refused": list(done.refused), "notes": list(done.notes)}
    terminal.print_json({**view, **notes, **more})


def _option(context: click.Context, name: str) -> click.Parameter:
    return next(one for one in context.command.params if one.name == name)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the operator's own calendar day is meant
