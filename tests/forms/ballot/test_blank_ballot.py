"""The expert's form as values: headings, scores, recusal, identity, reference."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from xlpy.forms.ballot.document import ballot_document
from xlpy.forms.ballot.reference import reference_rows
from xlpy.model import identity as meta
from xlpy.model.filing import Filing, Proof, Tally
from xlpy.model.identity import META_SHEET
from xlpy.model.sheets.sheet import Document, Formula, Sheet
from xlpy.policy.edition import AreaRow, Edition
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import default_rules

EDITION = default_edition()
FORMS = load_forms(EDITION)
FORM = FORMS.ballot
RUBRIC = default_rules(EDITION).rubric
ROWS = (("乙平台", "B2", "省级"), ("甲平台", "A1", "国家级"))
HEADING, FIRST, SCORE = 3, 4, 4


def made(**kwargs: object) -> Document:
    return ballot_document(**{"edition": EDITION, "forms": FORMS, "rubric": RUBRIC} | kwargs)


def sheet(document: Document, name: str = FORM.sheet) -> Sheet:
    return next(one for one in document.sheets if one.name == name)


def styles(page: Sheet, row: int) -> tuple[str, ...]:
    line = page.lines[row]
    return (line.styles,) * len(line.values) if isinstance(line.styles, str) else line.styles


def tally(name: str, **figures: int) -> Filing:
    """A filing that claims and proves the same figures in the first area."""
    row = EDITION.area_rows[0][1].name
    return Filing(
        file="f.xlsx",
        digest="",
        answers={"平台名称": name, "统一社会信用代码": "A1", "平台级别": "省级"},
        summary={row: {key: Decimal(value) for key, value in figures.items()}},
        proof=Proof(by_row={row: Tally(figures=figures)}),
    )


def test_the_headings_carry_the_points_of_the_rubric():
    """Each area is headed with its points on a line of their own; the reader minds no line."""
    found = sheet(made()).lines[HEADING].values
    areas = [
        f"{area.name}\n({points}分)" for area, points in zip(EDITION.areas, RUBRIC, strict=True)
    ]
    lead = ["序号", "平台名称", "统一社会信用代码", "平台级别"]
    assert list(found) == [*lead, *areas, "合计", "回避", "评语"]
    assert found[SCORE] == "综合咨询服务\n(12分)"


def test_the_head_asks_for_the_expert_in_pairs_of_label_and_input():
    """专家姓名, 单位, 类别, 签名, 日期: each label has its input in the next cell."""
    page = sheet(made(expert=("03", "张三", "市科技局", "科技")))
    pairs = {}
    for row in (1, 2):
        values = page.lines[row].values
        for column, value in enumerate(values):
            if value in {field.label for field in FORM.head}:
                pairs[value] = (values[column + 1], styles(page, row)[column + 1][:5])
    assert pairs == {
        "专家姓名": ("张三", "input"),
        "单位": ("市科技局", "input"),
        "类别": ("科技", "input"),
        "签名": (None, "input"),
        "日期": (None, "input"),
    }


def test_platforms_stand_locked_in_the_order_given():
    """An expert cannot change who is scored, and can type every score."""
    page = sheet(made(rows=ROWS))
    assert [line.values[1:4] for line in page.lines[FIRST:]] == list(ROWS)
    look = styles(page, FIRST)
    assert not any(style.startswith("input") for style in look[:4])
    assert all(style.startswith("input") for style in look[4:14])
    assert not look[14].startswith("input")


def test_the_template_has_empty_open_rows():
    """Without platforms there are rows to type them into."""
    page = sheet(made())
    assert len(page.lines) - FIRST == 30
    assert all(style.startswith("input") for style in styles(page, FIRST)[:4])


def test_the_total_is_a_formula_that_is_empty_while_a_score_is():
    """合计 counts the scores before it adds them."""
    total = sheet(made(rows=ROWS)).lines[FIRST].values[14]
    assert total == Formula('=IF(COUNT($E5:$N5)=10,ROUND(SUM($E5:$N5),1),"")')


def test_every_score_is_held_to_its_points_and_one_decimal():
    """One validation an area over all rows, with its own maximum and a hint."""
    page = sheet(made(rows=ROWS))
    rules = [one for one in page.validations if one.kind == "custom"]
    assert [one.span for one in rules] == [(FIRST, 4 + n, FIRST + 1, 4 + n) for n in range(10)]
    for rule, points in zip(rules, RUBRIC, strict=True):
        assert f"<={points}," in rule.formula
        assert f"0 至 {points} 分，最多1位小数" in rule.hint
        assert "ROUND" in rule.formula


def test_a_recusal_is_chosen_from_a_list():
    """回避 takes 是 or nothing."""
    page = sheet(made(rows=ROWS))
    (rule,) = [one for one in page.validations if one.span.left == 15]
    assert (rule.kind, rule.choices, rule.span.bottom) == ("list", ("是",), FIRST + 1)


def test_the_identity_keeps_case_expert_supplement_and_rubric():
    """What the reader needs to know whose ballot this is."""
    document = made(rows=ROWS, expert=("03", "", "", ""), case="c-1", year=2022, supplement=2)
    page = sheet(document, META_SHEET)
    assert page.hidden == "very"
    assert dict(line.values for line in page.lines) == {
        meta.FORM: "ballot",
        meta.EDITION: EDITION.id,
        meta.VERSION: str(FORM.version),
        meta.CASE: "c-1",
        meta.EXPERT: "03",
        meta.SUPPLEMENT: "2",
        meta.RUBRIC: "12, 12, 10, 10, 12, 10, 10, 8, 6, 10",
        meta.YEAR: "2022",
        meta.SEAL: "",
    }


def test_a_supplement_says_so_in_its_title():
    """补充 sheets are told apart at a glance."""
    assert sheet(made(supplement=2)).lines[0].values[0].endswith("（补充2）")


def test_the_guide_lists_the_points_and_their_sum():
    """评分说明 shows each area with its points, 100 in all."""
    lines = sheet(made(), FORM.guide).lines
    listed = [line.values[1:3] for line in lines if len(line.values) == 4][1:-1]
    assert listed == list(zip((area.name for area in EDITION.areas), RUBRIC, strict=True))
    assert lines[-1].values[2] == Decimal(100)


def test_reference_reached_needs_every_target():
    """Art. 5 asks for 6 events and 200 firms: at both limits reached, below one of them not."""
    filings = [
        tally("甲", events=6, firms=200),
        tally("乙", events=5, firms=200),
        tally("丙", events=6, firms=199),
    ]
    rows = reference_rows(EDITION, filings)
    assert [row.tallies[0].reached for row in rows] == [True, False, False]


def test_reference_reached_counts_the_smaller_of_claimed_and_proved():
    """A proved figure that was not claimed does not reach a target."""
    row = EDITION.area_rows[0][1].name
    modest = tally("甲", events=6, firms=200)
    modest.summary[row]["firms"] = Decimal(10)
    (reference,) = reference_rows(EDITION, [modest])
    assert reference.tallies[0].reached is False


def test_reference_says_nothing_of_areas_without_targets():
    """其他服务 has no target: neither reached nor missed."""
    (reference,) = reference_rows(EDITION, [tally("甲", events=1)])
    found = {one.row.name: one.reached for one in reference.tallies}
    assert found["其他服务"] is None


def test_the_reference_sheet_follows_the_order_of_the_ballot():
    """The experts find platforms in the order of their own sheet."""
    reference = reference_rows(EDITION, [tally("甲平台", events=6, firms=300)])
    other = [
        row.__class__(name="乙平台", code="B2", level="省级", tallies=row.tallies)
        for row in reference
    ]
    page = sheet(made(rows=ROWS, reference=[*reference, *other]), FORM.reference)
    names = [line.values[0] for line in page.lines[3:]]
    count = len(EDITION.area_rows)
    assert names == ["乙平台"] * count + ["甲平台"] * count
    assert page.lines[3].values[3:6] == (EDITION.area_rows[0][1].name, 6, 300)


def test_a_platform_of_the_reference_is_never_split_across_pages():
    """Three platforms on the first page, four on each later one."""
    names = [f"平台{n}" for n in range(8)]
    filings = [tally(name, events=7) for name in names]
    reference = reference_rows(EDITION, filings)
    page = sheet(made(rows=ROWS, reference=reference), FORM.reference)
    starts = [
        page.lines[row].values[0] != page.lines[row - 1].values[0] for row in page.page.breaks
    ]
    assert starts == [True, True]


@pytest.mark.parametrize(
    ("name", "points", "width"),
    [
        pytest.param("甲乙丙", "12", 6.3, id="one line"),
        pytest.param("甲乙丙丁", "12", 8.3, id="no sign alone on a line of three"),
        pytest.param("甲乙丙丁戊", "12", 6.3, id="two lines"),
        pytest.param("甲乙丙丁戊己庚辛壬", "12", 6.3, id="three lines of three"),
        pytest.param("甲乙丙丁戊己庚辛壬癸", "12", 8.3, id="no fourth line"),
        pytest.param("甲乙丙", "12.5", 8.3, id="the points stay together"),
        pytest.param("甲" * 40, "12", 12.5, id="too long for any"),
    ],
)
def test_the_column_of_an_area_is_as_narrow_as_its_heading_lets_it(
    name: str, points: str, width: float
):
    """A name takes three lines at most, and its points the one below."""
    areas = (EDITION.areas[0]._replace(name=name), *EDITION.areas[1:])
    rubric = (Decimal(points), *RUBRIC[1:])
    page = sheet(made(edition=replace(EDITION, areas=areas), rubric=rubric))
    assert page.widths[SCORE] == width


def of_areas(count: int) -> Sheet:
    """Return the sheet of an edition with so many areas of nine signs, 6.3 wide each."""
    area = EDITION.areas[0]
    areas = tuple(area._replace(name=f"甲乙丙丁戊己庚辛{n:X}"[:9]) for n in range(count))
    return sheet(made(edition=replace(EDITION, areas=areas), rubric=(Decimal(5),) * count))


@pytest.mark.parametrize(("count", "pages"), [(15, 1), (17, 1), (18, 2), (20, 2)])
def test_more_areas_than_a_page_can_show_are_printed_over_two(count: int, pages: int):
    """Above 200 widths; the names of the platforms stand on both pages."""
    page = of_areas(count)
    assert (sum(page.widths) > 200) == (pages == 2)
    assert page.page.fit_width == pages
    assert page.page.repeat_columns == (None if pages == 1 else (0, 1))


def test_the_title_of_a_ballot_over_two_pages_stands_whole_on_the_first():
    """Right of the columns that both show, and not wider than the first page."""
    page = of_areas(20)
    (title,) = [span for span, style in page.merges if style == "title"]
    assert (title.top, title.left) == (0, 2)
    assert page.lines[0].values[title.left] == FORM.title
    assert sum(page.widths[: title.right + 1]) <= (sum(page.widths) + sum(page.widths[:2])) / 2


def test_there_is_room_to_sign_by_hand():
    """A row of 42 points beside 签名, two lines of what is typed elsewhere."""
    assert [line.height for line in sheet(made()).lines[1:3]] == [30, 42]


def test_a_ballot_with_nothing_to_look_up_does_not_speak_of_it():
    """The template has no 参考数据: the sheet is hidden, and the guide does not name it."""
    blank, full = made(), made(rows=ROWS, reference=reference_rows(EDITION, [tally("甲平台")]))
    hidden = [sheet(document, FORM.reference).hidden for document in (blank, full)]
    named = [
        any(f"「{FORM.reference}」" in str(value) for line in guide.lines for value in line.values)
        for guide in (sheet(document, FORM.guide) for document in (blank, full))
    ]
    assert (hidden, named) == (["hidden", ""], [False, True])


def _without(row: AreaRow, measure: str) -> AreaRow:
    return row._replace(targets=tuple(one for one in row.targets if one.measure != measure))


def without_targets(measure: str) -> Edition:
    """Return the edition with no target on one measure."""
    areas = tuple(
        area._replace(rows=tuple(_without(row, measure) for row in area.rows))
        for area in EDITION.areas
    )
    return replace(EDITION, areas=areas)


@pytest.mark.parametrize(
    ("edition", "figures", "shown"),
    [
        pytest.param(EDITION, {"events": 6}, True, id="a target asks for it"),
        pytest.param(without_targets("hires"), {"events": 6}, False, id="nobody asks and has it"),
        pytest.param(without_targets("hires"), {"hires": 1}, True, id="a ledger has it"),
    ],
)
def test_a_measure_of_noughts_is_shown_where_a_target_asks_for_it(
    edition: Edition, figures: dict[str, int], shown: bool
):
    reference = reference_rows(edition, [tally("甲平台", **figures)])
    page = sheet(made(edition=edition, rows=ROWS, reference=reference), FORM.reference)
    assert ("招聘人次" in page.lines[2].values) is shown
    assert len({len(line.values) for line in page.lines[2:]} | {len(page.widths)}) == 1


def test_a_nought_stands_only_where_a_target_asks_for_more():
    """Elsewhere the cell is empty: a table full of noughts hides the figures."""
    reference = reference_rows(EDITION, [tally("甲平台", events=6)])
    page = sheet(made(rows=ROWS, reference=reference), FORM.reference)
    heading, first = page.lines[2].values, page.lines[3].values
    told = dict(zip(heading, first, strict=True))
    assert (told["活动场次"], told["服务企业数(家)"], told["服务人次"]) == (6, 0, None)


def test_the_name_of_a_platform_is_black_once_and_grey_below():
    """It stands on every row, so that rows can be filtered by it."""
    reference = reference_rows(EDITION, [tally("甲平台", events=6)])
    page = sheet(made(rows=ROWS, reference=reference), FORM.reference)
    names = [line.values[0] for line in page.lines[3:]]
    assert names == ["甲平台"] * len(EDITION.area_rows)
    looks = [line.styles[0] for line in page.lines[3:]]
    assert looks == ["text.wrap", *["faint"] * (len(names) - 1)]


@pytest.mark.parametrize(("signs", "tall"), [(11, 32.0), (12, 33.4), (60, 97.2)])
def test_the_row_of_a_platform_is_as_high_as_its_name(signs: int, tall: float):
    """A line of eleven signs has the usual height; it grows with what experts type."""
    page = sheet(made(rows=(("甲" * signs, "A1", "省级"),)))
    row = page.lines[FIRST]
    assert (row.grows, row.height) == (True, tall)


@pytest.mark.parametrize("signs", [11, 12, 60])
def test_the_reference_shows_the_whole_name_once(signs: int):
    name = "甲" * signs
    page = sheet(
        made(rows=((name, "A1", "省级"),), reference=reference_rows(EDITION, [tally(name)])),
        FORM.reference,
    )
    on_line = (page.widths[0] - 2) / 2
    assert (page.lines[3].height or 0) >= 13.5 * -(-signs // on_line)
