"""Labels of older versions of a form (旧名称): read as those of today, without a finding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kit.drawn import FORM, changed, filing, findings, grid, ledger, profile, read
from xlpy.forms.cells.labels import labels_of
from xlpy.forms.cells.notes import Notes
from xlpy.forms.cells.table import read_table, table_plan
from xlpy.model.grid import address

GOOD = read(filing()).filing
PENALISED = FORM.field("penalised")
[OLD] = PENALISED.former


@pytest.mark.parametrize("written", [OLD, f"{OLD}*", " 是否受到 行政或司法处罚\uff0a"])
def test_the_label_of_version_1_is_read_as_the_one_of_today(written: str):
    """An honest old form has no finding, and its answer goes by today's label."""
    row = next(n for n, cells in enumerate(profile().rows) if f"{PENALISED.label}*" in cells)
    sheet = changed(profile(), {address(row, 1): written})
    assert read(filing(sheet)).filing == GOOD
    assert GOOD.answers[PENALISED.label] == "否"


def test_the_old_label_beside_the_new_one_is_doubled():
    """Nobody chooses silently which of the two answers counts."""
    found = findings(changed(profile(), {"B70": OLD, "C70": "是"}))
    assert [one.code for one in found] == ["S204"]
    assert f"“{PENALISED.label}”" in found[0].sentence


@pytest.mark.parametrize("version", range(FORM.oldest, FORM.version + 1))
def test_every_version_that_is_read_raises_nothing(version: int):
    """A form of this edition and an older version is not warned of."""
    meta = grid("_meta", f"form | filing\nedition | bengbu-2022\nversion | '{version}")
    assert read(filing(meta)).filing == GOOD


@pytest.mark.parametrize("version", ["0", "", f"{FORM.version + 1}", "１甲"])
def test_a_version_nobody_knows_is_warned_of(version: str):
    """F107: neither older than the oldest read, nor newer than ours, nor no version at all."""
    meta = grid("_meta", f"form | filing\nedition | bengbu-2022\nversion | '{version}")
    assert [one.code for one in findings(meta)] == ["F107"]


def test_a_column_is_found_by_its_former_heading():
    """Columns of 附件2 to 附件4 have former names like fields of 附件1."""
    columns = tuple(
        replace(one, former=("举办地点", "活动地点")) if one.id == "venue" else one
        for one in FORM.ledger.columns
    )
    plan = table_plan(replace(FORM.ledger, columns=columns), number=FORM.number)
    notes = Notes("甲.xlsx", "0" * 64, {}, "第九条")
    sheet = changed(ledger(), {"H3": "活动地点", "H4": "市民中心"})
    table = read_table(sheet, plan, notes)
    assert table
    assert (table.column("venue")[0], notes.findings("甲")) == ("市民中心", ())


def test_a_label_of_today_is_never_taken_for_the_former_one_of_another():
    """A name that moved from one field to another means the one that bears it."""
    first, second = replace(PENALISED, former=("乙",)), replace(PENALISED, id="b", label="乙")
    assert labels_of((first, second)).meant("乙 *") == "乙"
