"""Reports and the workbook under rules of another shape: grades, levels, areas, offices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.kit.as_book import grid_of
from tests.kit.decided import decision, evaluation, staff
from tests.kit.judging import EDITION
from tests.kit.other_shapes import (
    EIGHT,
    THREE,
    elsewhere,
    with_areas,
    with_grades,
    with_levels,
)
from xlpy.excel.reading.book import read_book
from xlpy.excel.writing.styles import look
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.staff.read import read_staff
from xlpy.model.decision import Decision, Evaluation, Score, Status
from xlpy.model.grid import Book
from xlpy.model.look.colours import GRADE_BARS
from xlpy.model.sheets.sheet import Document, Sheet
from xlpy.policy.edition import Edition
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import default_rules
from xlpy.report.papers.grade_colours import GRADE_STYLES, grade_conditions, spread
from xlpy.report.papers.notice import notice_document
from xlpy.report.workbook.document import staff_skeleton, workbook_document
from xlpy.report.year.change_words import ChangeWords

AS_OF = date(2022, 12, 31)
FOUR = ("A", "B", "C", "D")
# How people who lack one kind of cone see colours (Machado, Oliveira, Fernandes 2009).
PLAIN = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
SIGHT = {
    "all colours": PLAIN,
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


def built(edition: Edition, judged: Evaluation | None = None) -> Document:
    """Return the staff's workbook of an edition."""
    forms = load_forms(edition)
    cells = staff_skeleton(edition=edition, forms=forms, case="case-1", year=2022, as_of=AS_OF)
    return workbook_document(
        edition=edition,
        forms=forms,
        rules=default_rules(edition),
        staff=cells,
        evaluation=judged,
        register=(),
    )


def back(document: Document, path: Path) -> Book:
    """Return the document as it is read from its file."""
    path.write_bytes(document_bytes(document))
    return read_book(path)


def judged(edition: Edition, grades: Sequence[str], **changes: Any) -> Evaluation:
    """Return one decided platform a grade."""
    rules = default_rules(edition)
    score = Score(totals=(), recused=(), value=decision("甲").score.value, areas=rules.rubric)
    made = [_decision(edition, grade, n, score) for n, grade in enumerate(grades, 1)]
    known = {"chosen": rules.chosen, "rubric": rules.rubric, "edition": edition.id}
    return evaluation(*made, **known | changes)


def _decision(edition: Edition, grade: str, number: int, score: Score) -> Decision:
    level = edition.levels[number % len(edition.levels)]
    made = decision(f"平台{number}", number=number)
    return replace(
        made,
        level=level.name,
        preliminary=grade,
        final=grade,
        subsidy=level.subsidy[grade],
        score=score,
        reasons=(),
    )


def sheet(document: Document, name: str) -> Sheet:
    """Return a sheet by name."""
    return next(one for one in document.sheets if one.name == name)


def looks(edition: Edition) -> dict[str, str]:
    """Return the style of each grade in 评价结果."""
    table = load_forms(edition).staff.tables["results"]
    found = grade_conditions(edition, table, ("final",), 3, 1)
    return {one.formula.split('"')[1]: one.style for one in found}


@pytest.mark.parametrize(
    ("names", "numbers"),
    [
        (THREE, "158"),
        (FOUR, "1368"),
        (EIGHT[:5], "13568"),
        (EIGHT[:6], "124578"),
        (EIGHT[:7], "1235678"),
        (EIGHT, "12345678"),
    ],
    ids=len,
)
def test_the_grades_have_their_looks_from_the_first_to_the_last(names: Sequence[str], numbers: str):
    expected = dict(zip(names, (f"grade.{n}" for n in numbers), strict=True))
    assert looks(with_grades(names)) == expected


def test_four_grades_look_as_they_did():
    """A dark, B and C lighter blue, D grey and slanted."""
    assert [
        (look(one)["bg_color"], look(one).get("italic", False)) for one in looks(EDITION).values()
    ] == [
        ("#0F2848", False),
        ("#265D96", False),
        ("#84B1DA", False),
        ("#E7E7E7", True),
    ]


def light(colour: str, sight: str = "all colours") -> tuple[float, float, float]:
    """Return lightness and hue of a colour (CIE Lab, D65) as this sight has it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    seen = [
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear, strict=True))))
        for row in SIGHT[sight]
    ]
    r, g, b = seen
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def far(one: str, other: str, sight: str) -> float:
    """Return how far two colours are apart; 2 is what an eye just sees."""
    pairs = zip(light(one, sight), light(other, sight), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


@pytest.mark.parametrize("sight", list(SIGHT))
def test_no_two_colours_of_a_palette_are_taken_for_one_another(sight: str):
    cells = [look(style)["bg_color"] for style in GRADE_STYLES]
    for palette in (GRADE_BARS, cells):
        assert min(far(one, other, sight) for one, other in combinations(palette, 2)) > 15


@pytest.mark.parametrize("count", range(2, 9))
def test_grades_are_apart_in_grey_print(count: int):
    """Each is lighter than the better one, in cells and charts alike."""
    greys = [light(colour)[0] for colour in spread(GRADE_BARS, count)]
    assert min(worse - better for better, worse in pairwise(greys)) > 10


def test_a_grade_has_one_colour_in_cells_and_charts():
    assert tuple(look(style)["bg_color"] for style in GRADE_STYLES) == GRADE_BARS


def test_letters_in_a_cell_of_a_grade_can_be_read():
    """Dark on light or light on dark: 3 to 1 at least, as for large letters."""
    for style in GRADE_STYLES:
        own = look(style)
        apart = abs(light(own["bg_color"])[0] - light(own["font_color"])[0])
        assert apart > 40, style


@pytest.mark.parametrize("names", [THREE, FOUR, EIGHT], ids=len)
def test_the_charts_have_a_series_a_grade_by_its_printed_name(names: Sequence[str]):
    edition = EDITION if names == FOUR else with_grades(names)
    scores, by_level, _, money = sheet(built(edition, judged(edition, names)), "仪表盘").charts
    printed = [f"{name}级" if names == FOUR else name for name in names]
    assert [one.name for one in scores.series] == [one.name for one in by_level.series] == printed
    assert len({one.colour for one in scores.series}) == len(names)
    assert money.series[0].categories.bottom - money.series[0].categories.top + 1 == len(names)


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_the_charts_have_a_colour_a_level(count: int):
    edition = with_levels(*(f"{number}类级" for number in range(count)))
    _, by_level, _, money = sheet(built(edition, judged(edition, FOUR)), "仪表盘").charts
    assert len({one.colour for one in money.series}) == count
    assert by_level.series[0].categories.bottom - by_level.series[0].categories.top + 1 == count


@pytest.mark.parametrize(
    "edition",
    [
        pytest.param(with_grades(THREE), id="three grades"),
        pytest.param(with_grades(EIGHT), id="eight grades"),
        pytest.param(with_levels("国家级"), id="one level"),
        pytest.param(with_levels("国家级", "省级", "市级"), id="three levels"),
        pytest.param(with_areas(1), id="one area"),
        pytest.param(with_areas(24), id="many areas"),
    ],
)
def test_the_workbook_of_any_shape_is_written_and_read(edition: Edition, tmp_path: Path):
    names = [grade.name for grade in edition.grades]
    document = built(edition, judged(edition, names))
    book = back(document, tmp_path / "evaluate.xlsm")
    read = read_staff(book, edition=edition, forms=load_forms(edition), fallback=AS_OF).staff
    assert [one.sentence for one in read.findings] == []
    shown = {cell for row in grid_of(book, "评价结果").rows for cell in row}
    assert shown >= set(names)


def test_the_desk_counts_the_grades_by_their_printed_names():
    edition = with_grades(THREE)
    desk = sheet(built(edition, judged(edition, THREE)), "操作台")
    figures = {line.values[0]: line.values[2] for line in desk.lines if len(line.values) > 2}
    assert figures["一等名额"] == "1家"
    assert figures["评价等次"] == "一等 1家　　二等 1家　　不入等 1家"
    assert "A、B级名额" in {
        line.values[0] for line in sheet(built(EDITION), "操作台").lines if line.values
    }


def texts(document: Document) -> str:
    """Return all texts of a document."""
    values = (v for one in document.sheets for line in one.lines for v in line.values)
    return "\n".join(str(value) for value in values if value is not None)


def test_the_public_list_is_signed_by_the_authority_of_the_city():
    edition = elsewhere()
    forms = load_forms(edition)
    made = judged(edition, FOUR)
    paper = notice_document(evaluation=made, edition=edition, forms=forms, staff=staff())
    said = texts(paper)
    assert "经专家评分并报局党组会审定，现将2022年度" in said
    assert "书面形式向市工业和信息化局反映" in said
    assert "\n淮南市工业和信息化局　　" in said
    assert "经信" not in said.replace(edition.title, "")
    assert "经济和信息化" not in said


@pytest.mark.parametrize(
    ("authority", "signed"),
    [
        ("市工业和信息化局", "淮南市工业和信息化局"),
        ("淮南市工业和信息化局", "淮南市工业和信息化局"),
        ("工业和信息化局", "淮南市工业和信息化局"),
    ],
)
def test_the_city_stands_once_before_the_authority(authority: str, signed: str):
    edition = replace(elsewhere(), authority=authority)
    forms = load_forms(edition)
    made = judged(edition, FOUR)
    paper = notice_document(evaluation=made, edition=edition, forms=forms, staff=staff())
    assert f"\n{signed}　　" in texts(paper)


def test_the_meeting_of_the_edition_stands_on_the_desk_and_in_the_changes():
    edition = elsewhere()
    forms = load_forms(edition)
    tied = replace(judged(edition, "A").decisions[0], tie=True, status=Status.GRADED)
    document = built(edition, evaluation(tied, chosen=default_rules(edition).chosen))
    said = texts(document)
    assert "局党组会审定" in said
    assert "局党组会日期未填写" in said
    assert "请按局党组会的裁定填写“并列裁定”" in said
    words = ChangeWords(edition, forms).text("results", "甲平台", {"ruling": ("B", "A")})
    assert words == "局党组会审定：甲平台 B→A"
    assert (
        ChangeWords(EDITION, forms)
        .text("results", "甲", {"ruling": ("B", "A")})
        .startswith("局办公会审定：甲 ")
    )
