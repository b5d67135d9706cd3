"""The lock of the runtime (运行库锁定): every version with the hashes of its files, all systems.

    python -m docs.lock

Asks the package index for hashes, through uv (`pip install uv`; no dependency of ours): run it
when a runtime dependency or its version in constraints.txt changes, then `python -m docs.licences`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"

_HEAD = """\
# Everything xlpy runs on, with hashes: Python 3.11 to 3.13, Linux, Windows, macOS.
# Install: python -m pip install --require-hashes -r requirements.lock
# Written by: python -m docs.lock
"""
_LINE = re.compile(r"([A-Za-z0-9][\w.-]*)==([\w.]+)(?: ; ([^\\\n]+?))? \\$", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


class Locked(NamedTuple):
    """One library of the lock: its version, where it is needed ("" everywhere), its hashes."""

    version: str
    marker: str
    hashes: int


def main() -> int:
    """Write the lock anew."""
    uv = shutil.which("uv")
    if uv is None:
        print("uv is not installed: python -m pip install uv", file=sys.stderr)
        return 2
    command = (
        *(uv, "pip", "compile", "pyproject.toml", "--universal", "--generate-hashes"),
        *("--python-version", "3.11", "-c", "constraints.txt", "--upgrade"),
        *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-config", "-q"),
    )
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    LOCK.write_text(_HEAD + done.stdout, encoding="utf-8")
    return 0


def locked(text: str) -> Mapping[str, Locked]:
    """Return the libraries of a lock by name.

    >>> sign = "0" * 64
    >>> locked(f"a==1.0 ; sys_platform == 'win32' \\\\\\n    --hash=sha256:{sign}\\n")
    {'a': Locked(version='1.0', marker="sys_platform == 'win32'", hashes=1)}
    """
    starts = list(_LINE.finditer(text))
    ends = [found.start() for found in starts[1:]] + [len(text)]
    return {
        found[1]: Locked(found[2], found[3] or "", len(_HASH.findall(text, found.end(), end)))
        for found, end in zip(starts, ends, strict=True)
    }


if __name__ == "__main__":
    sys.exit(main())
