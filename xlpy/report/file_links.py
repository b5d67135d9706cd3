"""Links from a finding to its file (链接到文件): a click opens what has to be mended.

The name of a file was chosen by whoever sent it. So a link leads only to a workbook that lies
in the case folder, and never has characters that a spreadsheet program reads as anything else
than a name: there the name stays plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from xlpy.model.finding import Place
from xlpy.model.sheet import Formula

Paths = Mapping[tuple[str, str], str]
"""The path of every file people sent, from the case folder, by its name and digest."""

_LONGEST = 255  # characters of a text in a formula
_WORKBOOK = ".xlsx"
_ODD = re.compile(r'["#%\\:*?<>|]|//|\.\.')  # a quote, a place in the file, an escape, no name


def paths_of(inputs: Iterable[tuple[str, str]]) -> Paths:
    """Return the paths by name and digest; `inputs` are (path from the case folder, digest)."""
    return {(path.rpartition("/")[2], digest): path for path, digest in inputs}


def file_link(place: Place, digest: str, *, paths: Paths, own: str) -> Formula | str:
    """Return the file's name as a link to it; `own` is our workbook: there, to the very cell.

    >>> file_link(Place("a.xlsx"), "1", paths={("a.xlsx", "1"): "申报材料/a.xlsx"}, own="").text
    '=HYPERLINK("申报材料/a.xlsx","a.xlsx")'
    """
    if place.file == own and place.sheet:
        return _link(f"#'{place.sheet}'!{place.cell.partition(':')[0] or 'A1'}", place.file)
    path = paths.get((place.file, digest), "")
    usual = path.lower().endswith(_WORKBOOK) and path.isprintable() and not _ODD.search(path)
    return _link(path, place.file) if usual and len(path) <= _LONGEST else place.file


def _link(target: str, shown: str) -> Formula:
    return Formula(f'=HYPERLINK("{target}","{shown}")', shown)
