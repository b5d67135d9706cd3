"""Click in Chinese (命令行中文界面): help pages and complaints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from xlpy.errors import CaseError
from xlpy.visible import visible


class ChineseFormatter(click.HelpFormatter):
    """Headings with a Chinese colon."""

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        self.write(f"{'':>{self.current_indent}}{heading}：\n")


class ChineseContext(click.Context):
    """A context that writes help pages in Chinese."""

    formatter_class = ChineseFormatter


class ChineseCommand(click.Command):
    """A command whose help page is Chinese."""

    context_class = ChineseContext

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        words = " ".join(self.collect_usage_pieces(ctx)).replace("[OPTIONS]", "[选项]")
        words = words.replace("COMMAND [ARGS]...", "命令 …")
        formatter.write_usage(ctx.command_path, words, prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of options."""
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        if records:
            with formatter.section("选项"):
                formatter.write_dl([(name, _plain(text)) for name, text in records])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help` with a Chinese explanation."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示帮助"
        return option


class ChineseGroup(ChineseCommand, click.Group):
    """A group of commands whose help page is Chinese, in the order of a year's work."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order they were defined."""
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None:
                rows.append((name, command.help or ""))
        with formatter.section("命令"):
            formatter.write_dl(rows)


class ChinesePath(click.Path):
    """A path as typed; one whose links lead in a circle is refused."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, readable=False)  # whoever reads it says why he cannot

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; CaseError when nothing can be found there."""
        path = super().convert(value, param, ctx)
        assert isinstance(path, Path)
        try:
            path.resolve()
        except (OSError, RuntimeError, ValueError):
            told = f"“{visible(str(path))}”读不到（如链接绕成了圈），请核对路径。"
            raise CaseError(told) from None
        return path


def complaint(problem: click.ClickException) -> tuple[str, ...]:
    """Return what is wrong with a command line, in one Chinese sentence with the cure.

    Lines of the help page where nothing was typed at all.
    """
    if type(problem).__name__ == "NoArgsIsHelpError":
        return tuple(problem.format_message().splitlines())
    return (_sentence(problem),)


def _sentence(problem: click.ClickException) -> str:
    command = (
        problem.ctx.command_path
        if isinstance(problem, click.UsageError) and problem.ctx
        else "xlpy"
    )
    advice = f"请用 {command} --help 查看用法。"
    if isinstance(problem, click.NoSuchOption):
        return f"没有选项“{problem.option_name}”，{advice}"
    if isinstance(problem, click.MissingParameter):
        parameter = problem.param
        name = parameter.metavar or parameter.opts[0] if parameter else ""
        if isinstance(parameter, click.Option):
            name = parameter.opts[0]
        return f"缺少“{name}”，{advice}"
    if isinstance(problem, click.BadParameter):
        parameter = problem.param
        name = parameter.opts[0] if parameter else ""
        meant = f"（{parameter.help}）" if isinstance(parameter, click.Option) else ""
        return f"“{name}”的取值不对{meant}，{advice}"
    if isinstance(problem, click.UsageError):
        unknown = getattr(problem, "command_name", "")  # NoSuchCommand, of newer releases only
        return f"没有命令“{unknown}”，{advice}" if unknown else f"命令写法不对，{advice}"
    return f"无法执行，{advice}"


def _plain(text: str) -> str:
    return text.replace("[required]", "（必填）").replace("  （", "（")
