"""Build the package for Windows (生成便携包).

python -m xlpy.bundle [FOLDER]

Writes xlpy-<version>-windows.zip into FOLDER (dist), from a checkout, on any system with pip, and
xlpy-<version>-windows-会议材料.zip to be unpacked over it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from xlpy.bundle.package import build
from xlpy.errors import XlpyError
from xlpy.steps.mishap import sentence


def main(words: list[str]) -> int:
    """Build it and say where it is."""
    if len(words) > 1 or (words and words[0].startswith("-")):
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(words[0] if words else "dist")
    try:
        print(*build(folder), sep="\n")
    except (XlpyError, OSError) as problem:
        print(sentence(problem), file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
