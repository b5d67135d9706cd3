"""The demo with the clock of the log stopped (时钟停住), so that two machines can be compared.

python same_demo.py FOLDER

The registered interpreter is the same on both, too: it stands in evaluate.xlsm, whose copies the
log holds by their digest.
"""

from __future__ import annotations

import sys
from pathlib import Path

from xlpy.demo.play import demo
from xlpy.steps import new
from xlpy.steps.log import journal

MOMENT = journal.Stamp("2023-08-01T09:00:00+08:00", "clerk")
INTERPRETER = {"Interpreter_Win": r"C:\Python311\python.exe"}


def main(folder: str) -> None:
    """Play the demo into a folder."""
    journal.stamp = lambda: MOMENT
    new.interpreter = lambda platform, executable: INTERPRETER
    demo(Path(folder), say=lambda text: None, show=lambda part, done: None)


if __name__ == "__main__":
    main(sys.argv[1])
