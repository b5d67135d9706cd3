"""`python -m tests.hostile [--pending] [WORD …]`: run cases and print those that fail, by kind.

With words only cases whose names hold one of them. `--pending` brings pending.txt up to date.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.hostile.table import pending, run, table, write_pending


def main(words: list[str]) -> None:
    """Run the cases."""
    rewrite = "--pending" in words
    words = [word for word in words if word != "--pending"]
    failing: list[str] = []
    tried: set[str] = set()
    counted: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for id, case in table().items():
            if words and not any(word in id for word in words):
                continue
            done = run(case, Path(folder))
            tried.add(id)
            counted[case.item] += 1
            slow = f"  [{done.seconds:.1f} s]" if done.seconds > 1 else ""
            if done.problem:
                failing.append(id)
                print(
                    f"{id}\n    应为 {case.outcome}\n    实为 {done.problem[:300]}{slow}",
                    flush=True,
                )
            elif slow:
                print(f"{id}{slow}")
    by_item = Counter(table()[id].item for id in failing)
    for item, count in sorted(counted.items()):
        print(f"{item}: {count} 个样例，{by_item[item]} 个没有达到")
    if rewrite:
        # Of cases that were not run nothing new is known.
        late = (pending() - tried) | set(failing)
        write_pending([id for id in table() if id in late])


if __name__ == "__main__":
    main(sys.argv[1:])
