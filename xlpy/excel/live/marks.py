"""Marks on an open form (校验标记): a colour and a note, taken back on the next run.

What stood there before, the colour and a note of the person's own, is kept in the tail of our
note, so no other sheet and no file is needed, and a copy of the form still knows it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from xlpy.excel.live.book import LiveBook, in_words
from xlpy.excel.writing.styles import look
from xlpy.model.finding import Severity
from xlpy.model.sheets.note import HEAD, OWN, THREAD, own_words

_COLOUR = re.compile("【原底色】(无|[0-9A-F]{6})")
_LONGEST = 1000  # of a note's own words: Excel shows no more in a small box

_LOOKS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "hint"}
_CLOSED = "「{sheet}」不能加标记，可能设了保护：请在「审阅」中撤销工作表保护后再试。"
_RGB = tuple[int, int, int]


def clear_marks(live: LiveBook, sheets: Sequence[str]) -> None:
    """Take our marks off these sheets and put back what was there."""
    for sheet in sheets:
        for (row, column), note in live.notes(sheet).items():
            text = str(note.text)
            if text.startswith(HEAD):
                with in_words(_CLOSED.format(sheet=sheet)):
                    _take_off(live.cell(sheet, row, column), note, text)


def mark(
    live: LiveBook,
    sheet: str,
    cells: Mapping[tuple[int, int], tuple[Severity, str]],
) -> frozenset[tuple[int, int]]:
    """Mark zero-based cells with the colour of their severity and a note that says what.

    Return the cells left alone: a discussion stands there, which no note could keep.
    """
    left = set()
    for (row, column), (severity, text) in cells.items():
        with in_words(_CLOSED.format(sheet=sheet)):
            if not _put_on(live.cell(sheet, row, column), severity, text):
                left.add((row, column))
    return frozenset(left)


def _put_on(cell: Any, severity: Severity, text: str) -> bool:
    own = cell.note
    if own is not None and str(own.text).startswith(THREAD):
        return False
    old = cell.color
    tail = f"【原底色】{'{:02X}{:02X}{:02X}'.format(*old) if old else '无'}"
    if own is not None:
        tail += f"\n{OWN}{own.text}"
        own.delete()
    cell.add_note(f"{HEAD}\n{text[:_LONGEST]}\n{tail}")
    cell.color = _rgb(look(_LOOKS[severity])["bg_color"].lstrip("#"))
    return True


def _take_off(cell: Any, note: Any, text: str) -> None:
    found = _COLOUR.search(text)
    note.delete()
    if found:
        cell.color = None if found[1] == "无" else _rgb(found[1])
    if own := own_words(text):
        cell.add_note(own)


def _rgb(text: str) -> _RGB:
    return int(text[:2], 16), int(text[2:4], 16), int(text[4:], 16)
