"""`python -m tests.bench`: evaluate beside a plain script and the floor, survey beside the script.

`--hostile` reads the hostile files of tests/hostile instead, `--huge` evaluates ten thousand
platforms once.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measure import AS_INSTALLED, Pairing, cost_of, paired, peak_together

LEDGER = 120
SMALL, LARGE = 60, 500
FASTER = {SMALL: 8.0, LARGE: 14.0}  # than the peer, in processor time of all processes
ABOVE_FLOOR = 1.5
REPORT = 10.0  # times one evaluation, in processor time: 7 experts, 500 platforms
MEMORY = 300.0  # MB, all processes together
_HERE = Path(__file__).parent
_KEPT = ("evaluate.xlsm", "输出/运行记录.jsonl", "输出/运行记录.head")


@dataclass(frozen=True, slots=True)
class Bench:
    """A case of one size in a folder of its own, and the three commands that work on it."""

    folder: Path
    platforms: int

    @property
    def case(self) -> Path:
        """Return the case folder."""
        return self.folder / "case"

    @property
    def cells(self) -> Path:
        """Return where the cells that evaluate writes are kept for the floor."""
        return self.folder / "cells"

    @property
    def ours(self) -> tuple[str, ...]:
        """Return our command.

        The staff's workbook tells of the run, so every run writes it.
        """
        return (sys.executable, "-m", "xlpy", "evaluate", str(self.case))

    @property
    def report(self) -> tuple[str, ...]:
        """Return the command that writes what the meeting looks at."""
        return (sys.executable, "-m", "xlpy", "report", str(self.case))

    @property
    def peer(self) -> tuple[str, ...]:
        """Return the command of the plain script."""
        return (
            sys.executable,
            str(_HERE / "peer.py"),
            str(self.case),
            str(self.folder / "out.xlsx"),
        )

    @property
    def floor(self) -> tuple[str, ...]:
        """Return the command of the bare reading and writing."""
        script = str(_HERE / "floor.py")
        return (sys.executable, script, str(self.case), str(self.cells), str(self.folder))

    def prepare(self) -> None:
        """Make and evaluate the case, and run each command once, so that all are warm alike."""
        _say(f"制作 {self.platforms} 个平台的评价项目……")
        size = (str(self.platforms), str(LEDGER))
        _run(sys.executable, "-m", "tests.kit.case", str(self.case), *size)
        _run(sys.executable, "-m", "xlpy", "evaluate", str(self.case))
        for name in _KEPT:
            (self.folder / Path(name).name).write_bytes((self.case / name).read_bytes())
        _run(sys.executable, str(_HERE / "floor.py"), "--remember", str(self.case), str(self.cells))
        for command in (self.ours, self.floor):
            cost_of(command, before=self.restore)

    def restore(self) -> None:
        """Put the workbook and the log back as they were after the first run."""
        for name in _KEPT:
            (self.case / name).write_bytes((self.folder / Path(name).name).read_bytes())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="60 platforms only, 3 pairs")
    parser.add_argument("--hostile", action="store_true", help="the hostile files only")
    parser.add_argument("--survey", action="store_true", help="300 cases, nothing else")
    parser.add_argument("--huge", action="store_true", help="10,000 platforms once, nothing else")
    asked = parser.parse_args()
    if asked.hostile:
        from tests.bench.hostile import hostile  # large; the measured runs begin without it

        sys.exit(0 if hostile() else 1)
    if asked.huge:
        from tests.bench.huge import PLATFORMS, huge

        _say(f"制作 {PLATFORMS} 个平台的评价项目（约一刻钟），再评价一次……")
        with tempfile.TemporaryDirectory(prefix="xlpy-bench-") as folder:
            _table(f"{PLATFORMS} 个平台，台账各 {LEDGER} 行", huge(Path(folder, "case")))
        return
    if asked.survey:
        _survey()
        return
    quick = asked.quick
    with tempfile.TemporaryDirectory(prefix="xlpy-bench-") as folder:
        small = Bench(Path(folder, "small"), SMALL)
        cost = _measured(small, 3 if quick else 5, 3 if quick else 7)
        if not quick:
            larger = _measured(Bench(Path(folder, "large"), LARGE), 3, 7)
            _table("每个平台的成本", _growth(cost, larger))
            _table("会议材料", _report(Bench(Path(folder, "large"), LARGE)))
    if not quick:
        _survey()


def _survey() -> None:
    from tests.bench.survey import CASES, PLATFORMS, survey_rows

    _say(f"制作 {CASES} 个项目，{PLATFORMS} 个平台，再与基线、一个核心交替运行 2 次……")
    with tempfile.TemporaryDirectory(prefix="xlpy-bench-") as folder:
        _table(f"{CASES} 个项目，{PLATFORMS} 个平台，台账各 {LEDGER} 行", survey_rows(Path(folder)))


def _measured(bench: Bench, peers: int, floors: int) -> float:
    """Measure one size, print its table; return our median wall clock."""
    bench.folder.mkdir()
    bench.prepare()
    _say(f"{bench.platforms} 个平台：与基线、下限各交替运行 {peers}、{floors} 次……")
    by_peer = paired(bench.ours, bench.peer, pairs=peers, before=bench.restore)
    by_floor = paired(bench.ours, bench.floor, pairs=floors, before=bench.restore)
    together = peak_together(bench.ours, before=bench.restore)
    rows = (
        *_against_peer(by_peer, FASTER[bench.platforms]),
        *_against_floor(by_floor, ABOVE_FLOOR if bench.platforms == LARGE else None),
        *_memory(by_floor, together, MEMORY if bench.platforms == LARGE else None),
    )
    _table(f"{bench.platforms} 个平台，台账各 {LEDGER} 行", rows)
    return by_floor.wall()[0]


def _against_peer(pairing: Pairing, target: float) -> Iterator[tuple[str, str, str]]:
    ours, peer = pairing.wall()
    busy, peer_busy = pairing.busy()
    faster = sorted(1 / ratio for ratio in pairing.ratios())
    middle = faster[len(faster) // 2]
    yield "xlpy evaluate", f"{ours:.2f} s", f"处理器 {busy:.2f} s"
    yield "openpyxl+pandas 脚本", f"{peer:.2f} s", f"处理器 {peer_busy:.2f} s"
    less = 1 / pairing.busy_ratio()
    yield "快多少倍", f"{middle:.1f}（{faster[0]:.1f}～{faster[-1]:.1f}）", ""
    yield "快多少倍（处理器）", f"{less:.1f}", _verdict(less >= target, f"至少 {target:.0f} 倍")


def _against_floor(pairing: Pairing, target: float | None) -> Iterator[tuple[str, str, str]]:
    ours, floor = pairing.wall()
    busy, floor_busy = pairing.busy()
    ratios = pairing.ratios()
    middle = ratios[len(ratios) // 2]
    yield "xlpy evaluate（第二轮）", f"{ours:.2f} s", f"处理器 {busy:.2f} s"
    yield "只读写不评价（下限）", f"{floor:.2f} s", f"处理器 {floor_busy:.2f} s"
    yield (
        "是下限的多少倍",
        f"{middle:.2f}（{ratios[0]:.2f}～{ratios[-1]:.2f}）",
        "" if target is None else _verdict(middle <= target, f"至多 {target} 倍"),
    )
    yield "是下限的多少倍（处理器）", f"{pairing.busy_ratio():.2f}", ""


def _report(bench: Bench) -> Iterator[tuple[str, str, str]]:
    """Yield what a report costs beside one evaluation of the same case."""
    _say(f"{bench.platforms} 个平台：会议材料与评价各运行 3 次……")
    pairing = paired(bench.report, bench.ours, pairs=3, before=bench.restore)
    busy, once = pairing.busy()
    yield "xlpy report", f"{pairing.wall()[0]:.2f} s", f"处理器 {busy:.2f} s"
    yield "xlpy evaluate", f"{pairing.wall()[1]:.2f} s", f"处理器 {once:.2f} s"
    ratio = pairing.busy_ratio()
    yield (
        "是评价的多少倍（处理器）",
        f"{ratio:.1f}",
        _verdict(ratio <= REPORT, f"至多 {REPORT:.0f} 倍"),
    )


def _memory(
    pairing: Pairing, together: float, target: float | None
) -> Iterator[tuple[str, str, str]]:
    largest = max(cost.largest for cost in pairing.ours)
    yield "内存峰值：最大的一个进程", f"{largest:.0f} MB", ""
    verdict = "" if target is None else _verdict(together < target, f"低于 {target:.0f} MB")
    yield "内存峰值：全部进程合计", f"{together:.0f} MB", verdict


def _growth(small: float, large: float) -> Iterator[tuple[str, str, str]]:
    each, each_large = small / SMALL, large / LARGE
    more = (large - small) / (LARGE - SMALL)
    yield f"{SMALL} 个平台", f"{each * 1000:.1f} ms", "含启动"
    yield (
        f"{LARGE} 个平台",
        f"{each_large * 1000:.1f} ms",
        _verdict(each_large <= each, "不增长"),
    )
    yield f"从 {SMALL} 到 {LARGE}，每增一个", f"{more * 1000:.1f} ms", "不含启动"


def _verdict(met: bool, target: str) -> str:
    return f"目标{target}：{'达到' if met else '未达到'}"


def _table(
    title: str, rows: Iterator[tuple[str, str, str]] | tuple[tuple[str, str, str], ...]
) -> None:
    print(f"\n{title}")
    for name, value, remark in rows:
        print(f"  {_wide(name, 28)}{_wide(value, 20)}{remark}")
    sys.stdout.flush()


def _wide(text: str, columns: int) -> str:
    shown = sum(1 if one.isascii() else 2 for one in text)
    return text + " " * max(columns - shown, 1)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, check=False, env=AS_INSTALLED)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode("utf-8", errors="replace"))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
