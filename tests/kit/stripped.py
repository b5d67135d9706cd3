"""Workbooks of ours without what is stored beside their formulas (去掉公式的存储值)."""

from __future__ import annotations

import io
import re
import zipfile

CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)><f>([^<]*)</f><v>([^<]*)</v></c>')
"""A cell with a formula: its address, the rest of its tag, the formula, what is stored."""

TEXT = ' t="str"'
"""In the tag of a formula whose result is a text."""


def stripped(content: bytes, *, stale: str = "", wrong: tuple[str, str] = ("", "")) -> bytes:
    """Return a workbook of ours without the stored results, or with the same `stale` one in all.

    With `wrong` a piece of its formulas is another.
    """

    def bare(cell: re.Match[str]) -> str:
        kept, formula = cell[2].replace(TEXT, ""), cell[3].replace(*wrong)
        return f'<c r="{cell[1]}"{kept}><f>{formula}</f>{stale and f"<v>{stale}</v>"}</c>'

    into = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as package,
        zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in package.namelist():
            part = package.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = part.decode()
                assert text.count("<f>") == len(CELL.findall(text))
                part = CELL.sub(bare, text).encode()
            made.writestr(name, part)
    return into.getvalue()
