"""Letters to files (公文写出): charts drawn, read back, named safely; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from xlpy.excel.files.names import safe_name
from xlpy.model.letter.letter import Letter

DOCX = ".docx"


def letter_file(letter: Letter) -> bytes:
    """Return a letter as a document; raises ReadBackError when it does not read back."""
    from xlpy.excel.writing.charted import charted
    from xlpy.word.write import letter_bytes

    return letter_bytes(letter, [charted(one) for one in letter.drawings])


def named_letters(folder: Path, letters: Iterable[tuple[str, Letter]]) -> Mapping[Path, bytes]:
    """Return letters as documents in `folder`, under safe names that differ also without case."""
    files: dict[Path, bytes] = {}
    taken: set[str] = set()
    for wanted, letter in letters:
        name, number = safe_name(wanted), 1
        while f"{name}{_behind(number)}".casefold() in taken:
            number += 1
        name = f"{name}{_behind(number)}"
        taken.add(name.casefold())
        files[folder / f"{name}{DOCX}"] = letter_file(letter)
    return files


def _behind(number: int) -> str:
    return f"-{number}" if number > 1 else ""
