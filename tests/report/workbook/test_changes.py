"""The sheet 变更记录: newest first, what one run found in one row together."""

from __future__ import annotations

from tests.report.workbook.test_workbook import built, rows
from xlpy.model.history import Change, History
from xlpy.report.workbook.table import ROOM

TIME = "2023-06-{:02d}T15:04:09+08:00"


def change(day: int, column: str, old: str, new: str, **more: str) -> Change:
    """Return a change of 甲's row of 评价结果."""
    known = {"table": "results", "row": "甲", "command": "evaluate", "login": "zhang", **more}
    return Change(time=TIME.format(day), column=column, old=old, new=new, **known)


def told(*changes: Change) -> list[tuple[object, ...]]:
    """Return the rows of the sheet."""
    ids = ("time", "login", "run", "sheet", "row", "column", "text")
    return rows(built(history=History(changes=changes)), "changes", *ids)


def test_grade_and_reason_of_one_run_are_one_row():
    """What was decided, and why."""
    assert told(change(1, "ruling", "B", "A"), change(1, "ruling_reason", "", "服务面广")) == [
        (
            *("2023-06-01 15:04", "zhang", "评价", "评价结果", "甲"),
            *("审定等次、审定理由", "局办公会审定：甲 B→A，理由：服务面广"),
        )
    ]


def test_the_newest_change_stands_first():
    """Each run has its own rows."""
    found = told(change(1, "ruling", "", "B"), change(2, "ruling", "B", "A"))
    assert [row[0] for row in found] == ["2023-06-02 15:04", "2023-06-01 15:04"]


def test_rows_of_two_platforms_stay_apart():
    """Also in one run."""
    found = told(change(1, "ruling", "", "B"), change(1, "ruling", "", "A", row="乙"))
    assert [row[4] for row in found] == ["乙", "甲"]


def test_a_run_is_called_as_its_button():
    """Those of version 1.0 by what they were called then."""
    commands = ("check", "ballots", "notice", "finance", "verify", "export")
    found = told(*(change(n, "ruling", "", "A", command=c) for n, c in enumerate(commands, 1)))
    assert [row[2] for row in reversed(found)] == [
        *("校验", "生成评分表", "公示", "资金", "核验", "导出"),
    ]


def test_no_more_changes_are_shown_than_the_sheet_has_room_for():
    """The last line says how many older ones stand in the log."""
    many = [change(1, "ruling", "", "A", row=f"平台{n}") for n in range(ROOM + 1)]
    assert len(told(*many[:ROOM])) == ROOM
    found = told(*many)
    assert len(found) == ROOM
    assert found[-1][-1] == "更早的2项变更没有列出，见“输出”文件夹中的运行记录。"
