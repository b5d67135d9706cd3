"""Labels as people leave them (栏目名称): stars, blanks, brackets and width do not matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from xlpy.model.filing import match_key
from xlpy.model.grid import CellValue
from xlpy.model.signs.unseen import without_private
from xlpy.policy.form import Field

_LONGEST = 60  # no label is longer: a report's text is not worth folding
_SEEN = 300


@lru_cache(maxsize=4096)
def label_key(text: str) -> str:
    """Return a label as compared: `平台名称 *` and `平台名称` are the same.

    >>> label_key("参加企业数（家） *")
    '参加企业数(家)'
    """
    return match_key(without_private(text[:_SEEN])).strip("*").rstrip(":")


class Labels:
    """Known labels (已知栏目): which of them a cell shows.

    `former` maps labels of older versions to the label of today that is meant.
    """

    __slots__ = ("_exact", "_known", "_signs", "names")

    def __init__(self, labels: Iterable[str], former: Mapping[str, str] | None = None) -> None:
        self.names = tuple(labels)
        known = {label_key(label): today for label, today in (former or {}).items()}
        self._known: Mapping[str, str] = known | {label_key(one): one for one in self.names}
        # Without the first sign of any label, in no width and no case, a text is none of them.
        firsts = {key[:1] for key in self._known} | {"*"}
        wide = {chr(ord(one) + 0xFEE0) for one in firsts if "!" <= one <= "~"}
        self._signs = frozenset(f(one) for one in firsts | wide for f in (str.lower, str.upper))
        self._exact: dict[CellValue, str] = {}
        for label in self.names:
            self._exact |= {label: label, f"{label}*": label}

    def meant(self, cell: CellValue) -> str | None:
        """Return the known label that `cell` shows, or None."""
        if not isinstance(cell, str) or not cell or len(cell) > _LONGEST:
            return None
        known = self._exact.get(cell)
        if known is not None or self._signs.isdisjoint(cell):
            return known
        return self._known.get(label_key(cell))


def labels_of(fields: Iterable[Field], *others: str) -> Labels:
    """Return the labels of fields, known by their former ones too, behind `others`."""
    fields = tuple(fields)
    former = {label: field.label for field in fields for label in field.former}
    return Labels((*others, *(field.label for field in fields)), former)
