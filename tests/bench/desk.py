"""`python -m tests.bench.desk [PLATFORMS]`: from a click to filled sheets in LibreOffice.

Needs Xvfb and LibreOffice. The click itself is left out: what is measured begins where the
button's function is called and ends when the last cell is filled.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.kit.case import make_case
from tests.kit.screen import lit
from xlpy import addin
from xlpy.excel.office.engine import open_book
from xlpy.excel.office.link import connect
from xlpy.excel.office.program import find_office
from xlpy.steps import evaluate as step
from xlpy.steps.live.workbook import LiveWorkbook

_RUNS = 3
_PARTS: dict[str, tuple[Any, str]] = {
    "读取打开的工作簿": (LiveWorkbook, "read"),
    "读取全部材料": (step, "gather"),
    "评价": (step, "decide"),
    "制作评价结果.xlsx": (step, "result_bytes"),
    "写入磁盘": (step, "write_files"),
    "填写打开的各表": (LiveWorkbook, "fill"),
}


def main() -> None:
    """Measure and print."""
    platforms = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    has_pandas = "已安装" if find_spec("pandas") else "未安装"
    started = sorted(_start_up() for _ in range(5))[2]
    print(f"点一次按钮的导入 {started:.2f} s（pandas {has_pandas}；目标低于 0.6 s）")
    with tempfile.TemporaryDirectory(prefix="xlpy-bench-") as folder:
        case = make_case(Path(folder, "case"), platforms=platforms)
        with lit(Path(folder, "screen")) as screen:
            os.environ.update(screen.environment)
            _measure(case.workbook, platforms)


def _start_up() -> float:
    """Return the seconds of all imports of a click on 评价, as `-X importtime` counts them."""
    code = (
        "import xlpy.addin, xlpy.steps.live.workbook, xlpy.judge.evaluate\n"
        "import xlpy.excel.writing.write\n"
        "import xlpy.report.papers.result, xlpy.report.workbook.document, xlsxwriter.workbook\n"
        "from xlpy.excel.files.friends import without_friends\n"
        "with without_friends():\n import xlwings"
    )
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", code],
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stderr
    own = (line.split("|")[0].rpartition(":")[2].strip() for line in told.splitlines())
    return sum(int(one) for one in own if one.isdecimal()) / 1e6


def _measure(workbook: Path, platforms: int) -> None:
    spent: Counter[str] = Counter()
    began = time.perf_counter()
    link = connect(find_office())
    connected = time.perf_counter()
    open_book(link, workbook)
    opened = time.perf_counter()
    print(f"启动 LibreOffice {connected - began:.2f} s（新配置）")
    print(f"打开工作簿（含 import xlwings）{opened - connected:.2f} s")
    with _watched(spent):
        for run in range(_RUNS):
            spent.clear()
            start = time.perf_counter()
            assert addin.evaluate() is not None
            _show(f"{platforms} 个平台，第 {run + 1} 次点击", time.perf_counter() - start, spent)
    link.hang_up()


def _show(title: str, total: float, spent: Counter[str]) -> None:
    print(f"\n{title}：{total:.2f} s")
    for part in _PARTS:
        print(f"  {part}\t{spent[part]:.2f} s\t{spent[part] / total:.0%}")
    rest = total - sum(spent.values())
    print(f"  其余（加锁、记录等）\t{rest:.2f} s\t{rest / total:.0%}")


@contextmanager
def _watched(spent: Counter[str]) -> Iterator[None]:
    """Count the seconds of every part."""
    kept = {part: getattr(*where) for part, where in _PARTS.items()}
    for part, (owner, name) in _PARTS.items():
        setattr(owner, name, _timed(part, kept[part], spent))
    try:
        yield
    finally:
        for part, (owner, name) in _PARTS.items():
            setattr(owner, name, kept[part])


def _timed(part: str, run: Callable[..., Any], spent: Counter[str]) -> Callable[..., Any]:
    def timed(*words: Any, **more: Any) -> Any:
        start = time.perf_counter()
        try:
            return run(*words, **more)
        finally:
            spent[part] += time.perf_counter() - start

    return timed


if __name__ == "__main__":
    main()
