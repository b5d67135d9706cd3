"""`xlpy survey` over 300 cases against the plain script looped over them, and against one core."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measure import Cost, cost_of, peak_together

CASES, PLATFORMS = 300, 10_000
DIFFERENT = 10  # cases are made, the others are copies: the script is run on these and multiplied
FASTER, TWO_WORKERS, MEMORY = 15.0, 1.8, 600.0
FLAT = 0.1  # MB more a case: its rows are kept until all are written
_FEW = 7  # batches that memory is compared with
_STEP = 0.05  # seconds between two looks at the memory
_PEER = Path(__file__).parent / "peer.py"

Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Province:
    """A folder of cases (全省的项目): `CASES` of them, `PLATFORMS` platforms together."""

    folder: Path

    @property
    def part(self) -> Path:
        """Return the folder of the cases that differ; the copies lie beside it."""
        return self.folder / "第01批"

    @property
    def out(self) -> Path:
        """Return where the survey writes."""
        return self.folder.with_name("汇总.xlsx")

    def prepare(self) -> None:
        """Make the cases that differ, evaluate them, and lay their copies beside them."""
        sizes = [PLATFORMS * (at + 1) // CASES - PLATFORMS * at // CASES for at in range(CASES)]
        for at in range(DIFFERENT):
            size = sizes[at]
            case = str(self.part / f"市{at:02}")
            self.part.mkdir(parents=True, exist_ok=True)
            for command in (
                ("tests.kit.case", case, str(size), "120", str(at + 1)),
                ("xlpy", "evaluate", case),
            ):
                cost_of((sys.executable, "-m", *command), before=_nothing)
        for batch in range(2, CASES // DIFFERENT + 1):
            copy = self.folder / f"第{batch:02}批"
            shutil.copytree(self.part, copy, copy_function=os.link)

    def survey(self, *, workers: int, batches: int = CASES // DIFFERENT) -> tuple[str, ...]:
        """Return the command over so many batches; one worker has one core."""
        pinned = ("taskset", "-c", "0") if workers == 1 else ()
        folders = sorted(map(str, self.folder.iterdir()))[:batches]
        ours = (sys.executable, "-m", "xlpy", "survey", *folders, "--out", str(self.out))
        return (*pinned, *ours, "--workers", str(workers))

    @property
    def peer(self) -> tuple[str, ...]:
        """Return the plain script, looped over the cases that differ."""
        out = str(self.folder.with_name("out.xlsx"))
        return (sys.executable, str(_PEER), *sorted(map(str, self.part.iterdir())), out)


def survey_rows(folder: Path) -> Iterator[Row]:
    """Yield what a survey of 300 cases costs beside the script, one core, and fewer cases."""
    province = Province(folder / "省")
    province.prepare()
    two, one, peer = [], [], []
    for _ in range(2):
        two.append(cost_of(province.survey(workers=2), before=_nothing))
        peer.append(cost_of(province.peer, before=_nothing))
        one.append(cost_of(province.survey(workers=1), before=_nothing))
    yield from _speed(two, one, peer)
    few = peak_together(province.survey(workers=2, batches=_FEW), before=_nothing, step=_STEP)
    whole = peak_together(province.survey(workers=2), before=_nothing, step=_STEP)
    more = (whole - few) / (CASES - _FEW * DIFFERENT)
    yield f"内存峰值：{_FEW * DIFFERENT}个项目", f"{few:.0f} MB", "全部进程合计"
    yield (
        f"内存峰值：{CASES}个项目",
        f"{whole:.0f} MB",
        _verdict(whole < MEMORY, f"低于 {MEMORY:.0f} MB"),
    )
    yield "每增一个项目", f"{more:.2f} MB", _verdict(more <= FLAT, f"至多 {FLAT} MB")


def _speed(two: Sequence[Cost], one: Sequence[Cost], peer: Sequence[Cost]) -> Iterator[Row]:
    whole = CASES // DIFFERENT
    by_two, by_one, by_peer = (min(cost.wall for cost in each) for each in (two, one, peer))
    faster, speedup = by_peer * whole / by_two, by_one / by_two
    yield "xlpy survey，两个进程", f"{by_two:.1f} s", ""
    yield "openpyxl+pandas 脚本", f"{by_peer * whole:.0f} s", f"{DIFFERENT}个项目实测后乘{whole}"
    yield "快多少倍", f"{faster:.1f}", _verdict(faster >= FASTER, f"至少 {FASTER:.0f} 倍")
    yield "xlpy survey，一个核心", f"{by_one:.1f} s", ""
    yield "是一个核心的多少倍", f"{speedup:.2f}", _verdict(speedup >= TWO_WORKERS, "至少 1.8 倍")
    yield "每个平台", f"{by_two / PLATFORMS * 1000:.1f} ms", ""


def _verdict(met: bool, target: str) -> str:
    return f"目标{target}：{'达到' if met else '未达到'}"


def _nothing() -> None:
    """Do nothing before a run: a survey changes no case."""
