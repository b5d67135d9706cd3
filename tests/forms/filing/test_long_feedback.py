"""A copy with very many wrong cells (问题很多的校验反馈): it can be opened, and sent back."""

from __future__ import annotations

import pytest

from tests.kit.drawn import EDITION, FORMS, YEAR, filing, ledger, read
from xlpy.forms.filing import feedback
from xlpy.forms.filing.feedback import feedback_document
from xlpy.forms.filing.read import FilingRead
from xlpy.model.sheets.sheet import Sheet


def long_ledger(count: int, cell: str) -> FilingRead:
    rows = "\n".join([cell] * count)
    return read(filing(ledger(f"参加人次\n{rows}")), content=True)


def ledger_sheet(read: FilingRead) -> Sheet:
    """Return 附件3 of the copy."""
    assert read.content is not None
    document = feedback_document(
        edition=EDITION,
        forms=FORMS,
        year=YEAR,
        content=read.content,
        findings=read.filing.findings,
    )
    return next(one for one in document.sheets if one.name == "附件3")


def marked(read: FilingRead) -> tuple[int, int]:
    """Return how many notes and how many cells of colour the copy has on 附件3."""
    page = ledger_sheet(read)
    runs = [one.span for one in page.conditions if one.formula == "=TRUE"]
    return len(page.notes), sum(span.bottom - span.top + 1 for span in runs)


@pytest.mark.parametrize(("count", "notes"), [(99, 99), (100, 100), (101, 100)])
def test_of_very_many_cells_the_first_have_a_note_and_all_the_colour(count: int, notes: int):
    assert marked(long_ledger(count, "约200")) == (notes, count)


def test_a_percentage_in_every_row_is_blank_in_every_row():
    """Of 2,500 as of two: none may look right in the copy."""
    found = long_ledger(2_500, "90%")
    assert not any(0.9 in line.values for line in ledger_sheet(found).lines)


def test_a_copy_has_no_more_colours_than_a_program_opens_quickly(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(feedback, "_MOST_COLOURS", 30)
    assert max(marked(long_ledger(40, "约200"))) <= 30


def test_a_copy_has_no_more_notes_than_can_be_sent_back(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(feedback, "_MOST_NOTES", 30)
    assert marked(long_ledger(40, "约200"))[0] <= 30
