"""Many cases on this machine (本机汇总): a worker takes a case, its one child reads the files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path

from xlpy.excel.workers.limits import MEMORY
from xlpy.excel.workers.pool import Crew
from xlpy.excel.workers.worker import Failure
from xlpy.model.survey import SurveyedCase
from xlpy.steps.case import BALLOTS, FILINGS
from xlpy.steps.survey.one import surveyed

SECONDS = 600.0
"""How long one case may take, unless somebody allows more (每个项目的时限)."""

Count = Callable[[int], None]

_LATER = ("xlpy.judge.evaluate",)
_ALONE = "请在那个项目上单独运行 xlpy check 查看原因。"


def here(
    folders: Sequence[Path],
    *,
    today: date,
    workers: int | None = None,
    seconds: float = SECONDS,
    progress: Count | None = None,
) -> tuple[SurveyedCase, ...]:
    """Return what each case comes to, in the order of `folders`, by worker processes.

    One `workers` a core unless it is said. A case that takes longer than `seconds`, more memory
    than a worker may have, or kills its worker twice has that as its problem.
    """
    for name in _LATER:
        import_module(name)  # a forked worker finds it there
    with Crew(workers, employ=True) as crew:
        found = crew.read(
            partial(surveyed, today), folders, seconds=seconds, progress=progress, weight=weight
        )
    return tuple(_failed(one, seconds) if isinstance(one, Failure) else one for one in found)


def weight(folder: Path) -> int:
    """Return how much there is to read in a case (份数): the number of its files, 0 for none."""
    try:
        return sum(len(list((folder / part).iterdir())) for part in (FILINGS, BALLOTS))
    except OSError:
        return 0


def _failed(failure: Failure, seconds: float) -> SurveyedCase:
    if failure.kind == "stuck":
        told = (
            f"超过每个项目的时限（{seconds:g}秒）没有评价完，"
            "请用 --seconds 放宽时限再汇总，或在那个项目上单独运行 xlpy check 查看哪份材料慢。"
        )
    elif failure.kind == "memory":
        told = f"评价它用的内存超过每个项目的上限（{MEMORY // 2**20}MB），{_ALONE}"
    else:
        told = f"评价它的进程意外中止，{_ALONE}"
    return SurveyedCase(folder="", problem=told)
