"""A run of the command line that dies in the middle (中途被结束), as from the Task Manager.

python.exe killed.py N WORDS...

ends its own process without any tidying up right before the disk is written to for the N-th time.
"""

from __future__ import annotations

import sys

from tests.kit.killed import die_at
from xlpy.cli.commands import run

if __name__ == "__main__":
    die_at(int(sys.argv[1]), lambda: run(sys.argv[2:]))
