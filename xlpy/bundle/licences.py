"""The texts of the licences (许可文本) of all that the package brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from xlpy.bundle.parts import LEFT_OUT
from xlpy.errors import CaseError

_TEXTS: Final = ("LICENSE", "LICENCE", "COPYING")
_BESIDE: Final = ("NOTICE", "AUTHORS")
_NOT_HERE: Final = ("LICENSE_PRO", *LEFT_OUT)  # of parts that are left out
_BROUGHT: Final = ("chinesecalendar",)
"""Libraries without a text in their wheel: it lies in this room."""


def licences(
    root: Path, python: Mapping[str, bytes], libraries: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    """Yield every text under a name that says what it is of.

    `root` is the checkout; the other two are files by path, as `parts` gives them. Raises
    CaseError for a library without a text: it must not be handed on.
    """
    yield "xlpy-LICENSE.txt", (root / "LICENSE").read_bytes()
    macros = root / "xlpy/excel/macros/vbaProject.LICENSE.txt"
    yield macros.name, macros.read_bytes()
    yield "Python-LICENSE.txt", python["LICENSE.txt"]
    yield from texts(root, libraries)


def texts(root: Path, libraries: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the texts of the libraries alone; raises as `licences` does."""
    lacking = {name.partition(".dist-info/")[0] for name in libraries if ".dist-info/" in name}
    for name, content in libraries.items():
        top, _, rest = name.partition(".dist-info/")
        paper = rest.rpartition("/")[2].upper()
        if paper.startswith((*_TEXTS, *_BESIDE)) and not _not_here(rest):
            if paper.startswith(_TEXTS):
                lacking.discard(top)
            # The whole path: Windows takes LICENSE and license for one name.
            yield f"{top}-{rest.removesuffix('.txt').replace('/', '-')}.txt", content
    for top in sorted(lacking):
        library = top.partition("-")[0]
        if library not in _BROUGHT:
            raise CaseError(
                f"“{top}”没有自带许可文本，不能装进便携包：请把文本放进 xlpy/bundle，"
                "并登记在 licences.py 的 _BROUGHT。"
            )
        yield f"{top}-LICENSE.txt", (root / f"xlpy/bundle/{library}.LICENSE.txt").read_bytes()


def _not_here(path: str) -> bool:
    return path.removeprefix("licenses/").startswith(_NOT_HERE)
