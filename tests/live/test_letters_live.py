"""Letters in the real programs: valid for Word, and on as many pages as they should have."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from tests.kit.decided import EDITION, FORMS, decision, evaluation, staff, ungraded
from tests.kit.letters import DRAWING, HOSTILE, LETTER, letters_of, written
from tests.kit.office import printed
from tests.kit.other_editions import FIRST, NAMES, source_of
from tests.kit.validator import Validator
from xlpy.excel.writing.charted import charted
from xlpy.model.decision import Decision, Status
from xlpy.model.filing import Proof, Tally
from xlpy.model.letter.letter import Letter
from xlpy.model.staff import Office
from xlpy.policy.edition import Edition
from xlpy.policy.editions.load import rulebook_of
from xlpy.policy.parameters.rules import default_rules
from xlpy.report.letters.one_page import one_page

OFFICE = Office(room="企业科", phone="0552-3000000", address="蚌埠市示例路1号")
PEOPLE = evaluation(
    *(decision(f"平台{at}公共服务平台", "ABC"[at % 3], number=at) for at in range(1, 12)),
    ungraded("缺席平台", Status.ABSENT, number=12, final="D", subsidy=Decimal(0)),
    ungraded("不符平台", Status.INELIGIBLE, number=13),
)
LONG = "特别长的平台名称" * 40


@cache
def letters() -> dict[str, Letter]:
    """Return the letters of some honest platforms and of some that are not."""
    hostile = evaluation(*(decision(one, number=at) for at, one in enumerate(HOSTILE, start=1)))
    honest = letters_of(PEOPLE, EDITION, FORMS, staff(office=OFFICE))
    others = letters_of(hostile, EDITION, FORMS, staff(minutes=HOSTILE[2]))
    kept = ("notice", "briefing", "minutes", "request", "result 0", "page 0")
    found = {kind: honest[kind] for kind in (*kept, "result 12", "page 12")}
    return {**found, **{f"hostile {kind}": others[kind] for kind in kept}, "sample": LETTER}


def pages(letter: Letter) -> int:
    """Return how many pages LibreOffice prints of it."""
    return len(re.findall(rb"/Type\s*/Page[^s]", printed(written(letter), "docx")))


def test_the_validator_has_nothing_against_any_letter(validator: Validator, tmp_path: Path):
    """The Open XML SDK finds no error in any kind of letter, whatever strangers are called."""
    files = {kind: tmp_path / f"{kind}.docx" for kind in letters()}
    for kind, path in files.items():
        path.write_bytes(written(letters()[kind]))
    with ThreadPoolExecutor(2) as pool:
        found = dict(zip(files, pool.map(validator.complaints, files.values()), strict=True))
    assert found == dict.fromkeys(files, ())


def test_the_validator_has_nothing_against_the_figures_of_a_chart(
    validator: Validator, tmp_path: Path
):
    """The workbook that lies in the document."""
    book = tmp_path / "图表.xlsx"
    book.write_bytes(charted(DRAWING).workbook)
    assert validator.complaints(book) == ()


def test_the_validator_sees_what_is_wrong_in_a_letter(validator: Validator, tmp_path: Path):
    broken = tmp_path / "坏.docx"
    broken.write_bytes(written(LETTER)[:-100])
    assert validator.complaints(broken) != ()


@pytest.mark.parametrize(
    ("kind", "count"),
    [("notice", 2), ("result 0", 1), ("result 12", 1), ("request", 3), ("page 0", 1)],
)
def test_a_letter_has_no_page_too_many(kind: str, count: int):
    assert pages(letters()[kind]) == count


def crowded(edition: Edition) -> Decision:
    """Return a platform of whom everything there is to say is long."""
    big = Decimal(1_234_567)
    rows = {row.name: row for _, row in edition.area_rows}
    figures = {name: {one.measure: big for one in row.targets} for name, row in rows.items()}
    proof = Proof(by_row={name: Tally(found) for name, found in figures.items()})
    one = decision(
        LONG,
        edition.grades[0].name,
        level=edition.levels[0].name,
        subsidy=Decimal("37.5"),
        pending=tuple(f"缺少第{at}种材料和它的附件" for at in range(12)),
    )
    score = one.score._replace(
        totals=tuple((f"{at:02}", Decimal("123.5")) for at in range(15)),
        recused=tuple(f"{at}" for at in range(20, 30)),
        areas=(Decimal("12.3456"),) * len(edition.areas),
    )
    reason = one.reasons[0]._replace(text="理由很长" * 400)
    filing = replace(one.filing, summary=figures, proof=proof)
    return replace(one, score=score, reasons=(reason,), filing=filing)


@pytest.mark.parametrize("name", [FIRST, *NAMES])
def test_a_page_for_one_platform_is_one_page(name: str):
    """Of an edition with 20 areas too, with names and reasons without end."""
    edition, forms = rulebook_of(source_of(name))
    rules = default_rules(edition)
    one = crowded(edition)
    judged = evaluation(one, chosen=rules.chosen, rubric=rules.rubric)
    letter = one_page(one, evaluation=judged, edition=edition, forms=forms)
    assert pages(letter) == 1


def test_pages_are_counted():
    """A letter that begins a new page has two."""
    assert pages(LETTER) == 2
