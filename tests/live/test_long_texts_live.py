"""Long texts of 附件1 in LibreOffice: what the cell cannot show is printed whole, line by line."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from tests.kit.office import recalculated
from tests.kit.platforms import YEAR, filing_content, made_up, rules
from tests.kit.typed_content import answer
from tests.kit.typist import Typist
from xlpy.excel.reading.book import read_book
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.filing.document import filing_document
from xlpy.forms.filing.read import read_filing
from xlpy.forms.filing_blank.plan import long_fields, plan_of
from xlpy.model.filing import Content
from xlpy.model.grid import Book

EDITION, FORMS = rules()
FORM = FORMS.filing
PLAN = plan_of(EDITION, FORM, YEAR)
CONTENT = filing_content(made_up(1)[0], ledger=3, seed=7)
REPORT, EXAMPLE, NEXT = (field.label for field in long_fields(FORM))
LONGEST = FORM.field("report").longest
FITS = "本页不必打印"
CUT = "请另附全文"


def numbered(length: int, paragraphs: int = 1) -> str:
    """Return a text in which no two places are alike, in paragraphs of the same length."""
    words = "".join(f"第{n}句介绍平台服务情况。" for n in range(length))[: length - paragraphs + 1]
    step = -(-len(words) // paragraphs)
    return "\n".join(words[at : at + step] for at in range(0, len(words), step))


@dataclass(frozen=True)
class Printed:
    """The sheet as calculated: its note, its lines, and what the hints of 附件1 say."""

    note: str
    lines: tuple[str, ...]
    hints: Mapping[str, str]

    def text(self, label: str) -> str:
        """Return what is printed of a text, without its line breaks."""
        heads = [f"【{one}】" for one in (REPORT, EXAMPLE, NEXT)]
        first = self.lines.index(f"【{label}】") + 1
        end = next((n for n in range(first, len(self.lines)) if self.lines[n] in heads), None)
        return "".join(self.lines[first:end])


def seen(content: bytes) -> Printed:
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    page = book[FORM.overflow]
    _, note, *lines = (str(page.cell(row, 1).value or "") for row in range(1, page.max_row + 1))
    hints = {
        label: str(book[FORM.profile_sheet].cell(PLAN.answers[label] + 2, 2).value)
        for label in (REPORT, EXAMPLE, NEXT)
    }
    return Printed(note, tuple(lines), hints)


def printed(**texts: str) -> Printed:
    answers = {FORM.field(id).label: text for id, text in texts.items()}
    content = Content(answers={**CONTENT.answers, **answers}, rows=CONTENT.rows)
    document = filing_document(edition=EDITION, forms=FORMS, year=YEAR, content=content)
    return seen(recalculated(document_bytes(document)))


def test_texts_that_fit_are_not_printed_twice():
    """The sheet says that it need not be printed, and holds no line."""
    found = printed(report=numbered(2500, 8), example="无", plan="")
    assert FITS in found.note
    assert "".join(found.lines) == ""
    assert not any(FORM.overflow in hint for hint in found.hints.values())


def test_only_the_texts_that_do_not_fit_are_printed_and_whole():
    """Paragraphs begin a line of their own; the hint in 附件1 says where the text is."""
    report, plan = numbered(3600, 12), numbered(4200)
    found = printed(report=report, example="无", plan=plan)
    assert found.text(REPORT) == report.replace("\n", "")
    assert found.text(NEXT) == plan
    assert f"【{EXAMPLE}】" not in found.lines
    assert [label for label, hint in found.hints.items() if FORM.overflow in hint] == [REPORT, NEXT]
    assert {one[:4] for one in report.split("\n")} <= {line[:4] for line in found.lines}


def test_three_texts_of_the_greatest_length_are_all_whole():
    """What the form lets people type, it prints."""
    texts = {id: numbered(LONGEST, 25) for id in ("report", "example", "plan")}
    found = printed(**texts)
    assert [found.text(label) for label in (REPORT, EXAMPLE, NEXT)] == [
        text.replace("\n", "") for text in texts.values()
    ]
    assert not any(CUT in line for line in found.lines)


def test_a_text_of_many_short_lines_is_not_cut_silently():
    """More lines than the sheet has: its last line asks for the whole text on paper."""
    found = printed(report="行\n" * 400, plan=numbered(LONGEST))
    assert CUT in found.lines[-1]


def test_a_text_typed_into_the_blank_form_is_printed_and_read(typist: Typist, tmp_path: Path):
    """Also when rows were inserted above: the formulas follow the cell."""
    blank, saved = tmp_path / "空表.xlsx", tmp_path / "甲.xlsx"
    blank.write_bytes(document_bytes(filing_document(edition=EDITION, forms=FORMS, year=YEAR)))
    text = numbered(4000)
    sheet, cell = answer("report")
    steps = [("type", sheet, cell, text), ("unprotect", sheet), ("insert_rows", sheet, 9, 2)]
    assert typist.work(blank, steps, save=saved).refused == ()
    assert seen(saved.read_bytes()).text(REPORT) == text
    book = read_book(saved)
    assert isinstance(book, Book)
    filing = read_filing(book, edition=EDITION, forms=FORMS, year=YEAR).filing
    assert filing.answers[REPORT] == text


@pytest.mark.parametrize("key", ["title", "remark"])
def test_a_row_grows_with_the_text_that_is_typed(typist: Typist, tmp_path: Path, key: str):
    """附件3 of the blank form: nothing of a long cell is cut, although the sheet is protected."""
    blank, saved = tmp_path / "空表.xlsx", tmp_path / "甲.xlsx"
    blank.write_bytes(document_bytes(filing_document(edition=EDITION, forms=FORMS, year=YEAR)))
    at = PLAN.place(FORM.ledger.sheet, 0, key)
    text = "政策宣讲会" * (FORM.ledger.column(key).longest // 5)
    cell = f"{openpyxl.utils.get_column_letter(at[1] + 1)}{at[0] + 1}"
    typist.work(blank, [("type", FORM.ledger.sheet, cell, text)], save=saved)
    page = openpyxl.load_workbook(saved)[FORM.ledger.sheet]
    lines = len(text) / FORM.ledger.column(key).width  # were every letter one width of the column
    assert page.row_dimensions[at[0] + 1].height > lines * 10
