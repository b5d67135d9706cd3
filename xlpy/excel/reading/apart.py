"""The sheets of a workbook one by one (逐张读取): what is wrong in one may cost that one alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from xlpy.excel.reading.archive import Archive
from xlpy.excel.reading.canonical.sheet import Canon, canon
from xlpy.excel.reading.refused import SHEET_BYTES, Refused, RefusedError

_OF_A_SHEET = frozenset(
    {
        Refused.DISORDER,
        Refused.TWO_READINGS,
        Refused.TOO_MANY,
        Refused.DAMAGED,
        Refused.FAR_CELL,
        Refused.NOT_UTF8,
        Refused.DTD,
    }
)
"""What may be wrong with one sheet alone, the others being as they should."""
_DISORDERED = "内容损坏"


def canons(
    archive: Archive, parts: Mapping[str, str], spared: Collection[str]
) -> tuple[dict[str, Canon], dict[str, str]]:
    """Return the sheets in one shape, given their parts by name, and the lost ones with the reason.

    What is wrong with one of the `spared` costs that sheet alone; raises `RefusedError` for others.
    """
    sheets: dict[str, Canon] = {}
    lost: dict[str, str] = {}
    for name, part in parts.items():
        with Apart(name, lost, spared):
            xml = archive.part(part) if part else None
            if xml is None:
                lost[name] = "文件中缺少该工作表的内容"
                continue
            if len(xml) > SHEET_BYTES:
                most = f"工作表“{name}”超过 {SHEET_BYTES // 2**20} MB"
                raise RefusedError(Refused.TOO_MANY, most)
            sheets[name] = canon(xml, name)
    return sheets, lost


class Apart:
    """Lets what is wrong in one sheet cost that sheet alone, where it is to (只失去这一张)."""

    def __init__(self, name: str, lost: dict[str, str], spared: Collection[str]) -> None:
        self._name, self._lost, self._spared = name, lost, name in spared

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        """Put the sheet among the lost ones, with the reason."""
        if not self._spared or not isinstance(error, RefusedError):
            return False
        if error.kind not in _OF_A_SHEET:
            return False
        why = error.detail.removeprefix(f"工作表“{self._name}”").removeprefix("的")
        self._lost[self._name] = why or _DISORDERED
        return True
