"""Runs in words (运行的说法): the button's caption, the time by the log's clock, whose login."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from xlpy.model.history import Run
from xlpy.policy.form import StaffForm
from xlpy.report.register.row import clock

_OTHERS: Mapping[str, str] = MappingProxyType(
    {
        "export": "导出",
        "new": "新建",
        "edition": "更换政策版本",
        "desk": "操作台",
        "build": "重新生成",
    }
)
"""Commands without a button of their own, or of the logs of version 1.0."""


def command_word(form: StaffForm, command: str) -> str:
    """Return what a command is called on the screen (运行名称)."""
    captions = {one.id: one.caption for one in form.buttons}
    return captions.get(command) or _OTHERS.get(command, command)


def run_words(form: StaffForm, run: Run) -> str:
    """Return a run in words: `评价，2023-06-30 15:04（zhang）`."""
    refused = "被拒绝" if run.refused else ""
    login = f"（{run.login}）" if run.login else ""
    command = run.papers[0] if run.papers else run.command  # 公示 or 资金, not 导出
    return f"{command_word(form, command)}{refused}，{clock(run.time)}{login}"
