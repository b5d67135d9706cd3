"""The sheet 变更记录: every staff cell that changed, in words, the newest change first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from xlpy.model.history import Change, History
from xlpy.model.sheets.sheet import Sheet
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms
from xlpy.report.register.row import clock
from xlpy.report.workbook.table import ROOM, Row, table_sheet
from xlpy.report.year.change_words import ChangeWords
from xlpy.report.year.runs import command_word

_OLDER = "更早的{count}项变更没有列出，见“输出”文件夹中的运行记录。"


def changes_sheet(edition: Edition, forms: Forms, history: History) -> Sheet:
    """Return the sheet 变更记录: what one run found changed in one row is one row here."""
    joined = [list(group) for _, group in groupby(history.changes, key=_place)]
    most = ROOM if len(joined) <= ROOM else ROOM - 1
    words = ChangeWords(edition, forms)
    rows = [_row(one, words, forms) for one in reversed(joined[-most:])]
    if older := len(joined) - len(rows):
        rows.append(Row({"text": _OLDER.format(count=older)}))
    return table_sheet(forms.staff.tables["changes"], rows, frozen_columns=1)


def _place(one: Change) -> tuple[int, str, str, str]:
    return one.run, one.time, one.table, one.row


def _row(changed: Sequence[Change], words: ChangeWords, forms: Forms) -> Row:
    first = changed[0]
    cells = {one.column: (one.was or one.old, one.new) for one in changed}
    return Row(
        {
            "time": clock(first.time),
            "login": first.login or None,
            "run": command_word(forms.staff, first.command),
            "sheet": words.sheet(first.table),
            "row": words.row(first.table, first.row) or None,
            "column": "、".join(words.label(first.table, id) for id in cells),
            "text": words.text(first.table, first.row, cells),
        }
    )
