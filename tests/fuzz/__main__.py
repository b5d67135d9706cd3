"""`python -m tests.fuzz [N] [--seed S]`: break N honest workbooks and read each of them.

Prints tried, read, warned, refused, slowest, largest; what must not be is saved beside and named,
and the exit status is 1.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tests.fuzz.crew import Total, fuzz


def main() -> None:
    """Run the fuzzing."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="第一个变异的编号")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"), help="问题文件存放处")
    asked = parser.parse_args()
    cores = len(os.sched_getaffinity(0))
    total = fuzz(asked.seed, range(asked.first, asked.first + asked.count), cores, asked.keep)
    _print(total, asked.seed)
    sys.exit(1 if total.problems else 0)


def _print(total: Total, seed: int) -> None:
    for line in total.problems:
        print(line)
    states = "，".join(f"{total.states[state]} {word}" for state, word in _WORDS.items())
    print(f"共试 {total.tried}：{states}")
    print(f"最慢 {total.slowest[0]:.2f} 秒（第 {total.slowest[1]} 个），", end="")
    print(f"最大 {total.largest[0]:.0f} MB（第 {total.largest[1]} 个）")
    print(f"种子 {seed}；重现一个：python -m tests.fuzz 1 --seed {seed} --first 编号")


_WORDS = {"read": "读出", "warned": "读出并有提示", "refused": "拒收"}


if __name__ == "__main__":
    main()
