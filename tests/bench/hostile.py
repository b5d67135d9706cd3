"""Every hostile file read in a process of its own (异常文件实测): time and memory of each."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from tests.hostile.table import Run, run, table

_WORST = 5
_WORDS = {"refused": "拒收", "warned": "读出并有提示", "read": "读出", "failed": "没有读成"}


def hostile() -> bool:
    """Read all cases, print what became of them; True when every outcome was met."""
    states: Counter[str] = Counter()
    done: dict[str, Run] = {}
    with tempfile.TemporaryDirectory() as folder:
        for id, case in table().items():
            one = done[id] = run(case, Path(folder), apart=True)
            states["failed" if not one.seen.values and not one.seen.refused else one.state] += 1
    missed = sum(bool(one.problem) for one in done.values())
    said = "，".join(f"{states[state]} {word}" for state, word in _WORDS.items())
    print(f"共试 {len(done)}：{said}；{missed} 个没有达到应有结果")
    slow = sorted(done, key=lambda id: -done[id].seconds)[:_WORST]
    large = sorted(done, key=lambda id: -done[id].megabytes)[:_WORST]
    print("最慢：" + "；".join(f"{done[id].seconds:.2f} 秒 {id}" for id in slow))
    print("最大：" + "；".join(f"{done[id].megabytes:.0f} MB {id}" for id in large))
    sizes = [one.size for one in done.values()]
    print(f"文件 {min(sizes)} 字节至 {max(sizes) / 2**20:.1f} MB")
    return not missed
