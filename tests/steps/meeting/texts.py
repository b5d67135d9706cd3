"""Every text of the files a case wrote, for tests that look for what must not stand there."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

_TEXT = re.compile(rb"<(?:[a-z]+:)?(?:t|v)(?: [^>]*)?>([^<]*)<")

TABLES = ("findings", "ledger", "platforms", "reasons", "scores")
"""The tables of one case that `xlpy.frames` and --csv give."""


def text_of(path: Path) -> str:
    """Return all that can be read in a workbook, a document or a text file, as one text."""
    if path.suffix not in (".xlsx", ".docx", ".xlsm"):
        return path.read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(path) as package:
        parts = [package.read(name) for name in package.namelist() if name.endswith(".xml")]
        inner = [name for name in package.namelist() if name.endswith(".xlsx")]
        assert all(name.startswith("word/embeddings/") for name in inner)
        for name in inner:
            path.with_suffix(".inner.xlsx").write_bytes(package.read(name))
            parts.append(text_of(path.with_suffix(".inner.xlsx")).encode("utf-8"))
    return "\n".join(part.decode("utf-8") for part in parts)


def texts_below(folders: Iterable[Path]) -> dict[Path, str]:
    """Return the text of every file in these folders, and of files named themselves."""
    paths = (
        path
        for folder in folders
        for path in ([folder] if folder.is_file() else sorted(folder.rglob("*")))
    )
    return {path: text_of(path) for path in list(paths) if path.is_file()}
