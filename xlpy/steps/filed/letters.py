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
    listed = list(letters)
    names = distinct_names(wanted for wanted, _ in listed)
    return {
        folder / f"{name}{DOCX}": letter_file(letter)
        for name, (_, letter) in zip(names, listed, strict=True)
    }


def distinct_names(wanted: Iterable[str]) -> tuple[str, ...]:
    """Return safe names for files, without ending, numbered where two would be one on some disk.

    >>> distinct_names(["甲-101M", "a/b", "A_b", "甲-101M"])
    ('甲-101M', 'a_b', 'A_b-2', '甲-101M-2')
    """
    names: list[str] = []
    taken: set[str] = set()
    for one in wanted:
        safe, number = safe_name(one), 1
        while f"{safe}{_behind(number)}".casefold() in taken:
            number += 1
        names.append(f"{safe}{_behind(number)}")
        taken.add(names[-1].casefold())
    return tuple(names)


def _behind(number: int) -> str:
    return f"-{number}" if number > 1 else ""
