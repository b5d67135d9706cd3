"""The platform's blank form as values: labels, places, validations, colours, identity."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from tests.kit.filled import YEAR, filled
from xlpy.forms.filing.document import filing_document
from xlpy.forms.filing_blank.plan import ANSWER, FIRST, HEADING, HINT, column_of, plan_of
from xlpy.model import identity as meta
from xlpy.model.filing import Content
from xlpy.model.identity import META_SHEET
from xlpy.model.sheets.sheet import Document, Formula, Sheet, Span
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms

EDITION = default_edition()
FORMS = load_forms(EDITION)
FORM = FORMS.filing
TABLES = (FORM.products, FORM.ledger, FORM.summary)
PLAN = plan_of(EDITION, FORM, None)


def blank(year: int | None = None, content: Content | None = None) -> Document:
    return filing_document(edition=EDITION, forms=FORMS, year=year, content=content)


def sheet(name: str, document: Document | None = None) -> Sheet:
    return next(one for one in (document or blank()).sheets if one.name == name)


def covers(span: Span, row: int, column: int) -> bool:
    return span.top <= row <= span.bottom and span.left <= column <= span.right


def hinted(page: Sheet, row: int, column: int) -> bool:
    """Tell whether exactly one validation with a hint and a title watches the cell."""
    watching = [one for one in page.validations if covers(one.span, row, column)]
    return len(watching) == 1 and bool(watching[0].hint and watching[0].hint_title)


def answered(label: str, content: Content) -> object:
    line = sheet(FORM.profile_sheet, blank(content=content)).lines[PLAN.answers[label]]
    return line.values[ANSWER]


def test_the_sheets_stand_in_the_order_of_the_contract():
    """Guide, 附件1 to 附件4, the page to sign, 自查, the long texts, the identity last."""
    assert [one.name for one in blank().sheets] == [
        *("填报说明", "附件1", "附件2", "附件3", "附件4", "承诺书", "自查"),
        *("附件1续页", "_meta"),
    ]


def test_every_field_of_the_profile_stands_once_with_its_exact_label():
    """Labels are those of the TOML file, with a star after the required ones."""
    lines = sheet(FORM.profile_sheet).lines[FIRST:]
    found = [line.values[1] for line in lines if isinstance(line.values[0], int)]
    assert found == [one.label + "*" * one.required for one in FORM.fields]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.sheet)
def test_every_heading_of_a_table_is_its_exact_label(table):
    """The heading row holds 序号 or the key, then every label."""
    first = FORM.summary_key if table is FORM.summary else FORM.number
    wanted = [first, *(one.label + "*" * one.required for one in table.columns)]
    assert list(sheet(table.sheet).lines[HEADING].values) == wanted


def test_every_answer_of_the_profile_has_a_validation_with_a_hint():
    """Each input cell says what belongs into it."""
    page = sheet(FORM.profile_sheet)
    assert [row for row in PLAN.answers.values() if not hinted(page, row, ANSWER)] == []


@pytest.mark.parametrize("table", [FORM.products, FORM.ledger], ids=lambda table: table.sheet)
def test_every_cell_of_a_long_table_has_a_validation_down_to_its_capacity(table):
    """First and last row of every column are watched; the row after the last is not."""
    page = sheet(table.sheet)
    rows = FORM.capacity if table is FORM.ledger else FORM.product_rows
    columns = range(1 + len(table.columns))
    assert all(hinted(page, FIRST, column) for column in columns)
    assert all(hinted(page, FIRST + rows - 1, column) for column in columns)
    assert not any(hinted(page, FIRST + rows, column) for column in columns)


def test_every_figure_of_the_summary_has_a_validation_and_no_formula_has_one():
    """附件4 is watched where people type and nowhere else."""
    page = sheet(FORM.summary.sheet)
    bottom = FIRST + len(EDITION.area_rows) - 1
    for column, field in enumerate(FORM.summary.columns, 1):
        typed = field.kind != "computed"
        assert hinted(page, FIRST, column) is typed
        assert hinted(page, bottom, column) is typed


def test_every_input_of_the_blank_form_is_open_and_everything_else_locked():
    """In protected sheets the styles named input* are the open ones: exactly the answers."""
    page = sheet(FORM.profile_sheet)
    open_cells = {
        (row, column)
        for row, line in enumerate(page.lines)
        for column in range(len(line.values))
        if (line.styles if isinstance(line.styles, str) else line.styles[column]).startswith(
            "input"
        )
    }
    assert page.protect
    assert open_cells == {(row, ANSWER) for row in PLAN.answers.values()}


def test_long_tables_hold_no_empty_cells():
    """附件2 and 附件3 end with their heading: blank rows are column styles, quick to read."""
    pages = [sheet(table.sheet) for table in (FORM.products, FORM.ledger)]
    assert [len(page.lines) for page in pages] == [FIRST, FIRST]
    assert all(style.startswith("input") for page in pages for style in page.column_styles)


def test_ledger_dates_lie_in_the_year_when_it_is_known():
    """Inside 2022 for the forms of 2022, in this century for the template."""
    column = 1 + [one.id for one in FORM.ledger.columns].index("held_on")
    limits = []
    for year in (2022, None):
        page = sheet(FORM.ledger.sheet, blank(year))
        (rule,) = [one for one in page.validations if one.span.left == column]
        limits.append((rule.low, rule.high))
    assert limits == [
        (date(2022, 1, 1), date(2022, 12, 31)),
        (date(2000, 1, 1), date(2100, 12, 31)),
    ]


def test_a_recognition_may_be_older_than_the_year():
    """Dates of 附件1 are not held to the evaluated year."""
    page = sheet(FORM.profile_sheet, blank(2022))
    row = PLAN.answers[FORM.field("recognised_on").label]
    (rule,) = [one for one in page.validations if one.span.top == row]
    assert rule.low == date(2000, 1, 1)


def test_choices_come_from_the_form():
    """Every field with choices has a list of exactly them."""
    page = sheet(FORM.profile_sheet)
    lists = {one.span.top: one.choices for one in page.validations if one.kind == "list"}
    wanted = {PLAN.answers[one.label]: one.choices for one in FORM.fields if one.choices}
    assert lists == wanted


def test_every_row_of_the_edition_stands_in_the_summary():
    """附件4 has one row for each area row, named as in the edition."""
    lines = sheet(FORM.summary.sheet).lines[FIRST:]
    assert [line.values[0] for line in lines] == [row.name for _, row in EDITION.area_rows]


def test_missing_and_failed_cells_are_coloured():
    """Required answers turn to missing, all answers to failed."""
    page = sheet(FORM.profile_sheet)
    required = {PLAN.answers[one.label] for one in FORM.fields if one.required}
    missing = {one.span.top for one in page.conditions if one.style == "missing"}
    failed = {one.span.top for one in page.conditions if one.style == "failed"}
    assert (missing, failed) == (required, set(PLAN.answers.values()))


def test_the_identity_is_very_hidden_text():
    """`_meta` holds form, edition, version and year."""
    page = sheet(META_SHEET, blank(2022))
    rows = dict(line.values for line in page.lines)
    assert page.hidden == "very"
    assert rows == {
        meta.FORM: "filing",
        meta.EDITION: EDITION.id,
        meta.VERSION: str(FORM.version),
        meta.YEAR: "2022",
    }


def test_the_guide_says_every_limit_of_the_edition():
    """Each phrase of Art. 4 and each article of Art. 5 can be read there."""
    text = "".join(str(value) for line in sheet(FORM.guide).lines for value in line.values)
    bounds = [c.bound for function in EDITION.functions for c in function.conditions if c.bound]
    bounds += [c.bound for _, row in EDITION.area_rows for c in row.targets if c.bound]
    assert [bound.wording for bound in bounds if bound.wording not in text] == []
    assert [area.article for area in EDITION.areas if area.article not in text] == []


def test_every_sheet_prints_on_paper_with_its_name():
    """Tables lie across and repeat their headings, 附件1 stands upright."""
    pages = {one.name: one.page for one in blank().sheets if not one.hidden}
    upright = {name for name, page in pages.items() if not page.landscape}
    assert upright == {"填报说明", "附件1", "承诺书"}
    assert all(f"&L{name}" in page.footer for name, page in pages.items())
    heads = {name for name, page in pages.items() if page.repeat_rows == (HEADING, HEADING)}
    assert heads == {*FORM.sheets, FORM.check}


def test_every_formula_of_the_blank_form_holds_a_value_or_an_empty_text():
    """The overall result is stored: a copy never calculated still says how many are open."""
    (formula,) = [v for v in sheet(FORM.check).lines[1].values if isinstance(v, Formula)]
    assert formula.value.startswith("还有 8 处需要改正")


def test_the_overall_result_points_below_only_on_the_sheet_that_has_the_lines():
    """On 附件1 to 附件4 nothing stands below."""
    words = {}
    for name in (FORM.profile_sheet, *(table.sheet for table in TABLES), FORM.check):
        values = (v for v in sheet(name).lines[1].values if isinstance(v, Formula))
        words[name] = str(next(values).value)
    below = {name for name, text in words.items() if "见下面" in text}
    assert below == {FORM.check}
    assert "「自查」：还有 8 处需要改正，见该表结论为“需改正”的各行。" in words["附件1"]


def test_a_line_that_passes_asks_for_nothing():
    """怎么办 is empty beside a good verdict, and full beside the others."""
    lines = [line.values for line in sheet(FORM.check).lines if len(line.values) == 5]
    advised = [(v[3].value, v[4].value) for v in lines if isinstance(v[4], Formula)]
    assert {verdict for verdict, advice in advised if advice == ""} == {"通过"}
    assert {verdict for verdict, advice in advised if advice} >= {"需改正", "请核对"}


def test_the_names_of_groups_go_across_and_every_long_text_begins_a_page():
    """附件1: no border cuts a group's name; every long text has a page, under its group's name."""
    page = sheet(FORM.profile_sheet)
    across = {span.top for span, style in page.merges if style == "group"}
    named = {row: page.lines[row].values[0] for row in across}
    assert set(named.values()) == {name for name, _ in FORM.groups}
    second, report, *others = page.page.breaks
    labels = [FORM.field(id).label for id in ("example", "plan")]
    assert (named[second], named[report]) == ("服务功能(第四条)", "报告正文")
    assert [page.lines[row].values[1] for row in others] == labels


def test_a_wide_ledger_prints_over_two_pages():
    """With its first columns on both, so that the letters can be read."""
    page = sheet(FORM.ledger.sheet).page
    assert (page.fit_width, page.repeat_columns) == (2, (0, 2))


def test_title_and_hint_of_a_wide_ledger_stand_above_what_both_pages_show():
    """No page cuts them; beside them nothing looks as if it were to be filled."""
    page = sheet(FORM.ledger.sheet)
    last = len(FORM.ledger.columns)
    across = {span: style for span, style in page.merges if span.top <= HINT}
    assert across == {
        Span(0, 0, 0, 2): "title",
        Span(HINT, 0, HINT, 2): "note",
        **{Span(row, 3, row, last): "plain" for row in (0, HINT)},
    }


def test_the_hint_of_a_wide_ledger_is_as_high_as_its_lines():
    """In three columns it takes four lines, over the whole of 附件2 one."""
    ledger, products = (sheet(one.sheet).lines[HINT].height for one in (FORM.ledger, FORM.products))
    assert (ledger, products) == (59.5, 30)


def test_no_section_of_the_self_check_leaves_its_name_at_the_foot_of_a_page():
    """A page break stands before a name, not behind it; and none is needed twice a page."""
    page = sheet(FORM.check)
    named = {row for row, line in enumerate(page.lines) if len(line.values) == 1}
    assert page.page.breaks
    assert named.isdisjoint(row - 1 for row in page.page.breaks)


def test_the_pledge_is_addressed_to_the_authority_by_its_full_name():
    texts = [line.values[0] for line in sheet(FORM.pledge.sheet).lines if line.values]
    assert "蚌埠市经济和信息化局：" in texts


def test_formulas_of_a_filled_form_store_its_own_results():
    """No stored value of the blank form may pass for a result of the filled one."""
    document = blank(YEAR, filled(EDITION, FORM, rows=3))
    page = next(one for one in document.sheets if one.name == FORM.summary.sheet)
    column = column_of(FORM.summary, "ledger_events")
    counts = [line.values[column] for line in page.lines[FIRST:]]
    assert sum(int(one.value) for one in counts if isinstance(one, Formula)) == 3


@pytest.mark.parametrize(
    ("id", "typed", "written"),
    [
        ("name", "=cmd()", "=cmd()"),
        ("account", 6222021234567890, "6222021234567890"),
        ("code", 9.134030012345679e17, "913403001234568000"),
        ("staff", "约200", "约200"),
        ("staff", 50.0, 50),
        ("income", 8706.199999999999, Decimal("8706.2")),
        ("staff", True, "TRUE"),
        ("recognised_on", datetime.combine(date(2021, 3, 5), time()), date(2021, 3, 5)),
        ("recognised_on", "2021.3.5", "2021.3.5"),
        ("staff", "", None),
    ],
)
def test_a_value_read_is_written_back_as_it_was(id, typed, written):
    """Text stays text, codes and accounts become text, floats lose only their binary tail."""
    label = FORM.field(id).label
    found = answered(label, Content(answers={label: typed}))
    assert (found, type(found)) == (written, type(written))


def test_more_ledger_rows_than_the_capacity_are_all_watched():
    """A longer ledger makes validations and formulas reach to its end."""
    rows = ({"title": "活动"},) * (FORM.capacity + 700)
    content = Content(rows={FORM.ledger.sheet: rows})
    page = sheet(FORM.ledger.sheet, blank(YEAR, content))
    last = FIRST + len(rows) - 1
    assert len(page.lines) == last + 1
    assert hinted(page, last, 1)
    assert plan_of(EDITION, FORM, YEAR, content).last[FORM.ledger.sheet] > last


def test_a_summary_row_of_no_area_is_kept_below():
    """Nothing a platform typed is lost; known rows go to their places whatever their order."""
    names = [row.name for _, row in EDITION.area_rows]
    rows = ({"key": "合计", "events": 9}, {"key": f" {names[1]}", "events": 7})
    page = sheet(FORM.summary.sheet, blank(YEAR, Content(rows={FORM.summary.sheet: rows})))
    found = [(line.values[0], line.values[1]) for line in page.lines[FIRST:]]
    assert found[1] == (names[1], 7)
    assert found[len(names) :] == [("合计", 9)]
