"""The digest of what staff typed (经办人内容的校验值): equal content, equal digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from xlpy.forms.staff_cells import typed_text
from xlpy.model.filing import Answer

APPENDED = "note"
"""The key of a row the program appended and nobody touched: it is no input."""

_NO_INPUT = frozenset({"conf"})
_PLACE = "row"


def staff_digest(typed: Mapping[str, tuple[Mapping[str, Answer], ...]]) -> str:
    """Return the SHA-256 of all staff cells and parameters.

    The bytes of the file, the order of rows and what the program wrote play no part.
    """
    content = {
        table: sorted(_cells(row) for row in rows if APPENDED not in row)
        for table, rows in typed.items()
        if table not in _NO_INPUT
    }
    filled = {table: rows for table, rows in content.items() if rows}
    text = json.dumps(filled, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _cells(row: Mapping[str, Answer]) -> list[tuple[str, str]]:
    return sorted((id, typed_text(value)) for id, value in row.items() if id != _PLACE)
