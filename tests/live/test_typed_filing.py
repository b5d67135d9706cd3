"""A filing typed into the blank form in LibreOffice, saved there, and read by us."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from tests.kit.platforms import YEAR, filing_content, made_up, rules
from tests.kit.typed_content import answer, answers_as_typed, claim, entry, typing
from tests.kit.typist import Typed, Typist
from xlpy.excel.reading.book import read_book
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.filing.document import filing_document
from xlpy.forms.filing.read import read_filing
from xlpy.model.filing import Filing
from xlpy.model.grid import Book
from xlpy.model.number import plain

EDITION, FORMS = rules()
FORM = FORMS.filing
LEDGER = FORM.ledger.sheet
CONTENT = filing_content(made_up(1)[0], ledger=30, seed=3)
ROWS = tuple(row.name for _, row in EDITION.area_rows)
READY = "可以报送"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A form that was typed and saved: what the typist saw, and where the file is."""

    typed: Typed
    path: Path

    @property
    def filing(self) -> Filing:
        return read(self.path)


def read(path: Path) -> Filing:
    book = read_book(path)
    assert isinstance(book, Book), book
    return read_filing(book, edition=EDITION, forms=FORMS, year=YEAR).filing


def answered(filing: Filing) -> tuple[object, ...]:
    """Return everything a filing says, without file name and digest."""
    return filing.answers, filing.summary, filing.proof


def computed(id: str) -> list[tuple[str, str]]:
    """Return the places of a computed column of 附件4."""
    return [claim(row, id) for row in range(len(ROWS))]


LOOK = [("自查", "B2"), *computed("ledger_events"), *computed("difference"), *computed("reached")]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("typed")


@pytest.fixture(scope="module")
def blank(place: Path) -> Path:
    path = place / FORM.file
    path.write_bytes(document_bytes(filing_document(edition=EDITION, forms=FORMS, year=YEAR)))
    return path


@pytest.fixture(scope="module")
def sent(typist: Typist, blank: Path, place: Path) -> Sent:
    path = place / "甲平台.xlsx"
    steps = typing(CONTENT, year=YEAR)
    return Sent(typed=typist.work(blank, steps, save=path, look=LOOK), path=path)


@pytest.fixture(scope="module")
def rearranged(typist: Typist, sent: Sent, place: Path) -> Sent:
    """Return the form with rows inserted and columns moved after it was filled."""
    path = place / "改过版面.xlsx"
    steps = [
        ("insert_rows", LEDGER, 7, 3),
        ("insert_rows", FORM.products.sheet, 4, 1),
        *(("unprotect", sheet) for sheet in (FORM.profile_sheet, LEDGER, FORM.summary.sheet)),
        ("insert_rows", FORM.profile_sheet, 9, 2),
        ("insert_rows", FORM.summary.sheet, 3, 1),
        ("move_column", LEDGER, "I", "C"),
        ("move_column", FORM.summary.sheet, "B", "F"),
        ("move_column", FORM.profile_sheet, "D", "B"),
    ]
    return Sent(typed=typist.work(sent.path, steps, save=path, look=LOOK[:1]), path=path)


@pytest.fixture(scope="module")
def of_1904(typist: Typist, blank: Path, place: Path) -> Sent:
    """Return the same form typed in a book that counts its dates from 1904."""
    path = place / "1904.xlsx"
    steps = [("calendar_of_1904",), *typing(CONTENT, year=YEAR)]
    return Sent(typed=typist.work(blank, steps, save=path, look=LOOK[:1]), path=path)


def test_every_cell_of_the_form_takes_what_is_typed(sent):
    """No input cell is locked: fields, products, thirty ledger rows and the summary go in."""
    assert sent.typed.refused == ()


def test_what_was_typed_is_what_is_read(sent):
    """Each of the answers comes back exactly: dates, codes, full-width numbers, long text."""
    assert len(sent.filing.answers) == len(FORM.fields)
    assert sent.filing.answers == answers_as_typed(CONTENT)


def test_a_form_filled_without_mistakes_has_no_finding(sent):
    """Nothing LibreOffice does while saving is held against the platform."""
    assert [one.sentence for one in sent.filing.findings] == []


def test_the_summary_is_read_as_typed(sent):
    """附件4 comes back row by row as exact numbers."""
    claimed = {
        row["key"]: {id: Decimal(str(n)) for id, n in row.items() if id != "key"}
        for row in CONTENT.rows[FORM.summary.sheet]
    }
    assert sent.filing.summary == claimed


def test_no_formula_of_the_typed_form_ends_in_an_error(sent, rearranged, of_1904):
    """Neither filling nor inserting rows nor moving columns breaks a formula of ours."""
    assert [one.typed.errors for one in (sent, rearranged, of_1904)] == [(), (), ()]


def test_the_self_check_lets_the_form_go(sent, rearranged, of_1904):
    """自查 says that a faultless form may be sent, and our reader agrees."""
    states = [one.typed.seen[0].text for one in (sent, rearranged, of_1904)]
    assert [state.startswith(READY) for state in states] == [True, True, True]


def test_the_formulas_of_the_summary_agree_with_the_proof(sent):
    """台账场次 as LibreOffice counts it is what the ledger proves to our reader; 差异 is 0."""
    seen, count = sent.typed.seen[1:], len(ROWS)
    counted = dict(zip(ROWS, (cell.value for cell in seen[:count]), strict=True))
    assert counted == {
        name: tally.figure("events") for name, tally in sent.filing.proof.by_row.items()
    }
    assert {cell.text for cell in seen[count : 2 * count]} == {"0"}


def test_the_targets_reached_agree_with_the_proof(sent):
    """达标 in LibreOffice is what the bounds of the edition say of the proof."""
    shown = [cell.text for cell in sent.typed.seen[1 + 2 * len(ROWS) :]]
    proof = sent.filing.proof.by_row
    expected = []
    for _, row in EDITION.area_rows:
        held = [
            one.bound is None or one.bound.holds(Decimal(proof[row.name].figure(one.measure)))
            for one in row.targets
        ]
        expected.append("—" if not held else "达标" if all(held) else "未达标")
    assert shown == expected
    assert {"达标", "未达标"} <= set(shown)


def test_inserted_rows_and_moved_columns_change_nothing(sent, rearranged):
    """Rows and columns may go anywhere: labels and headings tell what a cell is."""
    assert rearranged.typed.refused == ()
    assert answered(rearranged.filing) == answered(sent.filing)
    assert rearranged.filing.findings == ()


def test_dates_counted_from_1904_are_the_same_dates(sent, of_1904):
    """A book with the other date system gives the same filing."""
    with zipfile.ZipFile(of_1904.path) as package:
        assert b'date1904="true"' in package.read("xl/workbook.xml")
    assert answered(of_1904.filing) == answered(sent.filing)
    assert of_1904.filing.findings == ()


def test_locked_cells_refuse(typist, blank):
    """Titles, labels, formulas and 自查 cannot be typed over."""
    cells = [("附件1", "B5"), ("附件3", "A1"), ("附件4", "I4"), ("自查", "D5")]
    steps = tuple(("type", sheet, cell, "改动") for sheet, cell in cells)
    assert typist.work(blank, steps, shown=True).refused == steps


def test_numbers_kept_as_text_are_the_same_numbers(typist, sent, place):
    """Text in number cells, with its own unit, separators or full-width, is the same number."""
    first, second = (row["firms"] for row in CONTENT.rows[LEDGER][:2])
    served = CONTENT.answers[FORM.field("served").label]
    steps = [
        ("type", *entry(0, "firms"), f"'{first}"),
        ("type", *entry(1, "firms"), f"{second}家"),
        ("type", *answer("served"), f"　{served:,} 家"),
        ("type", *answer("satisfaction"), f"'{plain(satisfaction())}"),
        ("type", *answer("valid_until"), "'２０２４年３月４日"),
    ]
    path = place / "数字存为文本.xlsx"
    typed = typist.work(sent.path, steps, save=path, look=[(step[1], step[2]) for step in steps])
    assert [cell.value for cell in typed.seen] == [0] * len(steps)
    assert [one.sentence for one in read(path).findings] == []
    assert answered(read(path)) == answered(sent.filing)


def satisfaction() -> Decimal:
    return Decimal(str(CONTENT.answers[FORM.field("satisfaction").label]))
