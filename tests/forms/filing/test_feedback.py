"""The feedback copy (校验反馈): every finding in front, every wrong cell marked where it now is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from xlpy.forms.filing.feedback import feedback_document
from xlpy.forms.filing_blank.plan import ANSWER, FIRST, plan_of
from xlpy.model.filing import Content
from xlpy.model.finding import Finding, Place
from xlpy.model.sheets.sheet import Document, Sheet, Span
from xlpy.model.staff import Office
from xlpy.policy.editions.load import default_edition
from xlpy.policy.findings.catalogue import finding
from xlpy.policy.forms.load import load_forms

EDITION = default_edition()
FORMS = load_forms(EDITION)
FORM = FORMS.filing
PLAN = plan_of(EDITION, FORM, 2022)

CONTENT = Content(
    answers={"平台名称": "甲平台", "从业人员": "约200"},
    rows={
        "附件3": ({"title": "第一场", "visits": "十人"}, {"title": "第二场", "visits": "12"}),
        "附件4": ({"key": "融资服务", "events": 9},),
    },
    origins={
        ("附件1", "D30"): (-1, "从业人员"),
        ("附件1", "D9"): (-1, "联系人"),
        ("附件３", "K12"): (0, "visits"),
        ("附件３", "K14"): (1, "visits"),
        ("附件4", "B3"): (0, "events"),
    },
)


def at(where: str, cell: str, code: str = "C304", **words: str) -> Finding:
    given = {"value": "约200", "unit": "人", "label": "联系人", "shown": "约", "offer": "", **words}
    return finding(code, Place("甲.xlsx", where, cell), **given)


def feedback(*findings: Finding) -> Document:
    return feedback_document(
        edition=EDITION, forms=FORMS, year=2022, content=CONTENT, findings=findings
    )


def sheet(document: Document, name: str) -> Sheet:
    return next(one for one in document.sheets if one.name == name)


def colours(page: Sheet) -> list[tuple[Span, str]]:
    return [(one.span, one.style) for one in page.conditions if one.formula == "=TRUE"]


def texts(page: Sheet) -> list[str]:
    return [str(value) for line in page.lines for value in line.values if value]


def test_the_feedback_stands_in_front_of_the_whole_form():
    """Opened first, followed by the sheets of the filing: it can be sent back as one."""
    document = feedback()
    assert document.active == "校验反馈"
    assert [one.name for one in document.sheets] == [
        *(
            "校验反馈",
            "填报说明",
            "附件1",
            "附件2",
            "附件3",
            "附件4",
            "承诺书",
            "自查",
            "附件1续页",
            "_meta",
        )
    ]


def test_every_finding_is_listed_with_both_addresses():
    """The person's own cell, ours, and the three texts, in the order of their places."""
    late, early = at("附件３", "K14"), at("附件1", "D30")
    lines = sheet(feedback(late, early), "校验反馈").lines[5:]
    assert [line.values[2:5] for line in lines] == [
        ("附件1", "D30", "C21"),
        ("附件３", "K14", "J5"),
    ]
    assert [line.values[0] for line in lines] == [early.id, late.id]
    assert lines[0].values[5:8] == (early.found, early.needed, early.mend)


def test_the_head_names_the_platform_and_counts_by_severity():
    """Who it is for, and how much there is to do."""
    page = sheet(feedback(at("附件1", "D30"), at("附件1", "D9", "C316")), "校验反馈")
    words = "".join(texts(page)[:4])
    assert "甲平台：" in words
    assert "错误1处，待补正0处，警告1处，提示0处" in words


def test_a_wrong_cell_is_coloured_and_explained_where_it_now_stands():
    """The mark follows the label, not the address in the person's file."""
    page = sheet(feedback(at("附件1", "D30")), "附件1")
    row = PLAN.answers["从业人员"]
    assert colours(page) == [(Span(row, ANSWER, row, ANSWER), "error")]
    assert page.notes == {(row, ANSWER): "【错误】填写为“约200”，应为整数（人）。请填写整数。"}
    assert page.lines[row].values[ANSWER] == "约200"


def test_a_marked_cell_stays_open():
    """The cell keeps its input style: it can be corrected and keeps its number format."""
    page = sheet(feedback(at("附件1", "D9", "C301")), "附件1")
    assert page.lines[PLAN.answers["联系人"]].styles[ANSWER] == "input.long"


def test_neighbouring_marks_of_one_column_share_one_colour():
    """Two wrong cells below one another are one conditional format; both have their note."""
    page = sheet(feedback(at("附件３", "K12"), at("附件３", "K14")), "附件3")
    column = 1 + [one.id for one in FORM.ledger.columns].index("visits")
    assert colours(page) == [(Span(FIRST, column, FIRST + 1, column), "error")]
    assert sorted(page.notes) == [(FIRST, column), (FIRST + 1, column)]


def many(code: str = "C304") -> Finding:
    """Return one finding that stands for two cells of a column."""
    return replace(at("附件３", "K12:K14", code), cells=("K12", "K14"), count=2)


def test_every_cell_of_many_is_coloured():
    """They are one row in front, and each cell has its colour and its note."""
    document = feedback(many())
    page = sheet(document, "附件3")
    column = 1 + [one.id for one in FORM.ledger.columns].index("visits")
    assert colours(page) == [(Span(FIRST, column, FIRST + 1, column), "error")]
    assert sorted(page.notes) == [(FIRST, column), (FIRST + 1, column)]
    (line,) = sheet(document, "校验反馈").lines[5:]
    assert line.values[2:5] == ("附件３", "K12:K14", "J4:J5")


def test_many_in_one_row_are_counted_each():
    assert "错误2处" in "".join(texts(sheet(feedback(many()), "校验反馈"))[:4])


def test_every_value_that_lost_something_is_left_blank():
    ledger = texts(sheet(feedback(many("C306")), "附件3"))
    assert ("十人" in ledger, "12" in ledger) == (False, False)


def test_the_gravest_of_two_findings_gives_the_colour_and_both_the_words():
    """A warning on the same cell is not lost under the error."""
    page = sheet(feedback(at("附件1", "D30", "C316"), at("附件1", "D30")), "附件1")
    ((_, style),) = colours(page)
    (note,) = page.notes.values()
    assert style == "error"
    assert ("【错误】" in note, "【警告】" in note) == (True, True)


def test_a_summary_mark_goes_to_the_row_of_its_area():
    """附件4 rows stand in the order of the edition, whatever their order in the person's file."""
    page = sheet(feedback(at("附件4", "B3")), "附件4")
    row = FIRST + [row.name for _, row in EDITION.area_rows].index("融资服务")
    assert colours(page) == [(Span(row, 1, row, 1), "error")]


def test_a_finding_without_a_cell_of_ours_is_listed_all_the_same():
    """A missing sheet has no cell to colour."""
    page = sheet(feedback(at("附件2", "", "S201", sheet="附件2")), "校验反馈")
    assert page.lines[5].values[2:5] == ("附件2", "", "")


def test_a_value_that_lost_something_is_left_blank():
    """Sent back unchanged it would look right: a wrong account would be paid."""
    lost = (at("附件1", "D9", "C314"), at("附件3", "K14", "C306"))
    content = replace(CONTENT, answers={**CONTENT.answers, "联系人": 6.2220212345678897e18})
    document = feedback_document(
        edition=EDITION, forms=FORMS, year=2022, content=content, findings=lost
    )
    assert "6222021234567890000" not in texts(sheet(document, "附件1"))
    assert "约200" in texts(sheet(document, "附件1"))
    ledger = texts(sheet(document, "附件3"))
    assert ("十人" in ledger, "12" in ledger) == (True, False)
    assert [span for span, _ in colours(sheet(document, "附件3"))], "marked all the same"


def test_what_is_to_be_completed_is_no_warning_to_a_platform():
    """It stands in the way of the money: the letter must not say that it may stay."""
    page = feedback(at("附件1", "D9", "P901", text="未入驻省平台网络")).sheets[0]
    shown = texts(page)
    assert "待补正" in shown
    assert "待补正1处，警告0处" in "".join(shown)
    assert not any("「受理」" in text for text in shown)


def test_the_guide_in_the_copy_names_the_office():
    """A platform that corrects the copy reads there until when and where to send it."""
    office = Office(deadline=date(2023, 3, 31), room="中小企业科")
    document = feedback_document(
        edition=EDITION, forms=FORMS, year=2022, content=CONTENT, findings=(), office=office
    )
    guide = "".join(texts(sheet(document, FORM.guide)))
    assert ("报送截止：2023年3月31日" in guide, "受理科室：中小企业科" in guide) == (True, True)


def test_without_findings_the_feedback_says_so():
    """Zero of everything, and no row below the headings."""
    page = sheet(feedback(), "校验反馈")
    assert "错误0处，待补正0处，警告0处，提示0处" in "".join(texts(page))
    assert len(page.lines) == 5
