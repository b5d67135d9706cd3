"""One evaluation of ten thousand platforms (一万个平台): time, memory, and the files it leaves."""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import peak_together
from xlpy.excel.reading.book import read_book
from xlpy.excel.reading.refused import FILE_BYTES, UNPACKED_BYTES
from xlpy.model.grid import Book

PLATFORMS = 10_000
MEMORY = 600.0  # MB, all processes together
_LEDGER = 120
_STEP = 0.1  # seconds between two looks: each costs more, the more there is to look at
_MB = 2**20
_FILES = {
    "评分表": "专家评分/专家评分表-01.xlsx",
    "评价结果.xlsx": "输出/评价结果.xlsx",
    "evaluate.xlsm": "evaluate.xlsm",
}


def huge(case: Path) -> Iterator[tuple[str, str, str]]:
    """Make the case and evaluate it once; yield what it took, row by row."""
    size = (f"{PLATFORMS}", f"{_LEDGER}")
    made = (sys.executable, "-m", "tests.kit.case", f"{case}", *size)
    subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
    command = (sys.executable, "-m", "xlpy", "evaluate", f"{case}")
    start = time.perf_counter()
    peak = peak_together(command, before=lambda: None, step=_STEP)
    yield "xlpy evaluate（边运行边量内存）", f"{time.perf_counter() - start:.0f} s", ""
    yield "内存峰值：全部进程合计", f"{peak:.0f} MB", _met(peak < MEMORY, f"低于 {MEMORY:.0f} MB")
    for name, path in _FILES.items():
        packed = (case / path).stat().st_size
        with zipfile.ZipFile(case / path) as package:
            unpacked = sum(one.file_size for one in package.infolist())
        start = time.perf_counter()
        read = isinstance(read_book(case / path, notes=True), Book)
        seconds = time.perf_counter() - start
        told = f"低于 {FILE_BYTES // _MB}、{UNPACKED_BYTES // _MB} MB，读得回（{seconds:.1f} s）"
        fits = read and packed <= FILE_BYTES and unpacked <= UNPACKED_BYTES
        yield name, f"{packed / _MB:.1f}（{unpacked / _MB:.0f}）MB", _met(fits, told)


def _met(met: bool, target: str) -> str:
    return f"目标{target}：{'达到' if met else '未达到'}"
