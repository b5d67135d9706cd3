"""A further sum of 附件3, 服务时长(小时), from its description alone to the target of an area."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.kit.as_book import as_book
from tests.kit.edition import changed, written
from tests.kit.filled import YEAR, filled
from xlpy.forms.ballot.reference import reference_rows
from xlpy.forms.filing.document import filing_document
from xlpy.forms.filing.read import read_filing
from xlpy.model.filing import Filing
from xlpy.model.sheets.sheet import Document, Formula
from xlpy.policy.editions.load import default_edition, load_edition
from xlpy.policy.form import Forms
from xlpy.policy.forms.load import load_forms

AREA = "专业技术服务"
OLD = 'targets = [{ measure = "needs", at_least = 10, unit = "个", phrase = "10个以上" }]'
NEW = 'targets = [{ measure = "hours", at_least = 10, unit = "小时", phrase = "10小时以上" }]'


OWN = """
[[ledger.columns.add]]
after = "needs"
id = "hours"
label = "服务时长(小时)"
kind = "decimal"
unit = "小时"

[[summary.columns.add]]
after = "needs"
id = "hours"
label = "服务时长(小时)"
kind = "decimal"
unit = "小时"
exact = true
"""
"""What the edition's own filing.toml adds: the column in 附件3, and its sum in 附件4."""


@pytest.fixture
def edition(tmp_path: Path):
    """Return an edition with a target of ten hours, and a column for them."""
    folder = written(tmp_path, changed((OLD, NEW)))
    with (folder / "filing.toml").open("a", encoding="utf-8") as own:
        own.write(OWN)
    return load_edition(folder)


@pytest.fixture
def forms(edition) -> Forms:
    return load_forms(edition)


def drawn(edition, forms: Forms, *, hours: str, claimed: str | None) -> Document:
    """Return the form filled: the area's first two activities took `hours` and four hours."""
    content = filled(edition, forms.filing, rows=60)
    own = [row for row in content.rows["附件3"] if row["area"] == AREA]
    own[0]["hours"], own[1]["hours"] = float(hours), 4
    (claim,) = (row for row in content.rows["附件4"] if row["key"] == AREA)
    claim["hours"] = "" if claimed is None else float(claimed)
    return filing_document(edition=edition, forms=forms, year=YEAR, content=content)


def read(edition, forms: Forms, *, hours: str = "6.5", claimed: str | None = "10.5") -> Filing:
    book = as_book(drawn(edition, forms, hours=hours, claimed=claimed))
    return read_filing(book, edition=edition, forms=forms, year=YEAR).filing


def found(filing: Filing) -> list[tuple[str, str]]:
    """Return code and words of what differs in 附件4."""
    return [(one.code, one.found) for one in filing.findings if one.place.sheet == "附件4"]


def test_the_formula_of_the_verdict_sums_the_new_column(edition, forms):
    """达标 of the area asks for ten hours, of the claim and of the ledger."""
    sheet = next(
        one for one in drawn(edition, forms, hours="6", claimed="10").sheets if one.name == "附件4"
    )
    line = next(line for line in sheet.lines if line.values[0] == AREA)
    formulas = [one.text for one in line.values if isinstance(one, Formula)]
    assert "SUMIFS('附件3'!$O$" in formulas[-1]
    assert ">=10" in formulas[-1]


def test_the_new_column_is_summed_exactly(edition, forms):
    """6.5 and 4 are 10.5, as claimed: nothing differs."""
    filing = read(edition, forms)
    assert filing.proof.by_row[AREA].figure("hours") == Decimal("10.5")
    assert filing.summary[AREA]["hours"] == Decimal("10.5")
    assert found(filing) == []


@pytest.mark.parametrize(
    ("claimed", "difference"),
    [
        ("10.6", ("X501", f"“{AREA}”的服务时长(小时)填报 10.6，台账只有 10.5")),
        ("10.4", ("X502", f"“{AREA}”的服务时长(小时)填报 10.4，台账有 10.5")),
        (None, ("X507", f"“{AREA}”的服务时长(小时)未填写，台账有 10.5")),
    ],
)
def test_a_claim_of_the_new_figure_is_held_against_the_ledger(edition, forms, claimed, difference):
    """Above, below and left out are said as of any other figure."""
    assert found(read(edition, forms, claimed=claimed)) == [difference]


@pytest.mark.parametrize(
    ("hours", "reached"), [("5.9", False), ("6", True), ("6.1", True)], ids=["9.9", "10", "10.1"]
)
def test_the_new_figure_is_held_against_the_target(edition, forms, hours, reached):
    """The area's target, ten hours: below it, at it and above it."""
    filing = read(edition, forms, hours=hours, claimed=str(Decimal(hours) + 4))
    (reference,) = reference_rows(edition, [filing])
    assert [one.reached for one in reference.tallies if one.row.name == AREA] == [reached]


def test_every_sum_of_the_real_form_has_its_column_in_the_ledger():
    """A claim and what it sums have the same unit and kind; no number column is left out."""
    form = load_forms(default_edition()).filing
    claimed = [(one.id, one.kind, one.unit) for one in form.summary.numbers if one.id != "events"]
    assert claimed == [(one.id, one.kind, one.unit) for one in form.ledger.numbers]
