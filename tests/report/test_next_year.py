"""What a new case takes from last year's (承接上年), in the cases that are not plain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from tests.kit.decided import CODE, EDITION, FORMS, decision, filing, ungraded
from xlpy.model.decision import Decision, Status
from xlpy.model.filing import Answer
from xlpy.model.finding import Finding, Place, Severity
from xlpy.model.staff import LAST_YEAR, RosterRow, Staff
from xlpy.report.next_year import LastYear, Taken, taken
from xlpy.report.workbook.document import staff_skeleton

AS_OF = date(2024, 6, 30)
LAST = staff_skeleton(edition=EDITION, forms=FORMS, case="old", year=2022, as_of=AS_OF)
FRESH = staff_skeleton(edition=EDITION, forms=FORMS, case="new", year=2023, as_of=AS_OF)


def handed_on(*decisions: Decision, edition: Any = EDITION, **staff: Any) -> Taken:
    """Return what a case with these decisions and this staff's part hands on."""
    last = LastYear(edition=edition, forms=FORMS, staff=replace(LAST, **staff), decisions=decisions)
    return taken(FRESH, last, edition=EDITION, forms=FORMS)


def listing(*rows: RosterRow) -> dict[str, Any]:
    """Return a roster as read and as typed."""
    typed = tuple({"row": Decimal(r.row), "name": r.name, "code": r.code} for r in rows)
    return {"roster": rows, "typed": {"roster": typed}}


def roster(got: Taken, *ids: str) -> list[tuple[Answer | None, ...]]:
    """Return these columns of the new roster."""
    return [tuple(row.get(id) for id in ids) for row in got.staff.typed["roster"]]


def claims(one: Decision, **answers: str) -> Decision:
    """Return a decision whose form says who the platform is, and more."""
    return replace(one, filing=filing(one.name, code=one.code, **answers))


def test_a_row_doubled_last_year_is_taken_once_with_what_either_says() -> None:
    first = RosterRow(row=4, name="甲", code="1", level="省级")
    second = RosterRow(row=5, name=" 甲 ", code="1", level="省级", contact="王工")
    got = handed_on(**listing(first, second))
    assert roster(got, "row", "name", "contact") == [(Decimal(4), "甲", "王工")]


def test_a_code_the_roster_did_not_have_is_taken_from_the_form() -> None:
    one = claims(decision("甲", number=1))
    got = handed_on(one, **listing(RosterRow(row=4, name="甲", code="")))
    assert roster(got, "name", "code") == [("甲", CODE.format(1))]


def test_a_platform_that_filed_under_its_former_name_is_taken_once_under_the_current_one() -> None:
    one = claims(decision("旧名", number=1), recognition="5号")
    row = RosterRow(row=4, name="新名", code=CODE.format(1), former_names=("旧名", "更旧"))
    got = handed_on(one, **listing(row))
    [(name, note, former)] = roster(got, "name", LAST_YEAR, "former_names")
    assert (name, former) == ("新名", None)
    assert str(note).startswith("上年名单：国家级，5号，")


def test_platforms_that_only_filed_come_behind_by_name() -> None:
    filed = (claims(decision(name, number=n)) for n, name in enumerate("丙乙", 2))
    got = handed_on(*filed, **listing(RosterRow(row=4, name="甲", code="1")))
    assert [name for (name,) in roster(got, "name")] == ["甲", "丙", "乙"]


def test_of_two_forms_of_one_platform_neither_is_taken_and_it_says_so() -> None:
    pending = ungraded("乙", Status.PENDING, number=2, filing=None)
    got = handed_on(pending)
    assert roster(got) == []
    assert "上年申报材料中有1份没有列入名单，请核对后自行填写：“乙”。" in got.notes


def test_a_row_of_which_nothing_is_known_has_no_note() -> None:
    absent = ungraded("甲", Status.ABSENT, number=1, level="", filing=None)
    got = handed_on(absent, **listing(RosterRow(row=4, name="甲", code=CODE.format(1))))
    assert roster(got, "name", LAST_YEAR) == [("甲", None)]


def test_a_contact_is_never_made_of_two_sources() -> None:
    one = claims(decision("甲", number=1), contact="李工")
    row = RosterRow(row=4, name="甲", code=CODE.format(1), phone="0552-1")
    assert roster(handed_on(one, **listing(row)), "contact", "phone") == [(None, "0552-1")]


def _with_parameters(*rows: tuple[str, Answer]) -> dict[str, Any]:
    typed = tuple({"row": Decimal(9), "id": id, "value": value} for id, value in rows)
    return {"typed": {"parameters": typed}, "chosen": {id: str(value) for id, value in rows}}


def chosen(got: Taken) -> list[tuple[Answer, Answer]]:
    """Return the parameters taken, as typed, without the evaluation date."""
    return [(row["id"], row["value"]) for row in got.staff.typed["parameters"][1:]]


def test_a_parameter_is_taken_as_it_was_typed_to_its_own_row() -> None:
    got = handed_on(**_with_parameters(("line_a", Decimal("88.5")), ("aggregation", "算术平均")))
    assert chosen(got) == [("line_a", Decimal("88.5")), ("aggregation", "算术平均")]
    ids = [*(f.id for f in FORMS.staff.dates), *(one.id for one in EDITION.parameters)]
    wanted = [Decimal(4 + ids.index(str(row["id"]))) for row in got.staff.typed["parameters"]]
    assert [row["row"] for row in got.staff.typed["parameters"]] == wanted


def test_lines_that_do_not_fall_under_the_new_edition_are_left_and_named() -> None:
    got = handed_on(**_with_parameters(("line_c", Decimal(95)), ("min_ballots", Decimal(4))))
    assert chosen(got) == [("min_ballots", Decimal(4))]
    assert any(
        note.startswith("上年参数“C级最低分”（95）没有带入：各线应依次下降") for note in got.notes
    )


def test_a_parameter_the_new_edition_does_not_have_is_left_and_named() -> None:
    other = replace(EDITION.parameters[0], id="bonus", label="加分")
    edition = replace(EDITION, parameters=(*EDITION.parameters, other))
    got = handed_on(edition=edition, **_with_parameters(("bonus", "2")))
    assert chosen(got) == []
    assert "上年参数“加分”（2）没有带入：政策文件里没有这个参数；请按新的办法确定。" in got.notes


def _wrong(sheet: str, severity: Severity) -> Finding:
    return Finding(
        code="R823",
        severity=severity,
        place=Place("evaluate.xlsm", sheet),
        found="有两张",
        needed="只有一张",
        mend="请删去一张",
        article="",
    )


def test_what_could_not_be_read_of_list_and_experts_is_told() -> None:
    sheets: Sequence[str] = ("参评名单", "专家", "受理")
    wrong = tuple(_wrong(sheet, Severity.ERROR) for sheet in sheets)
    got = handed_on(findings=(*wrong, _wrong("专家", Severity.WARNING)))
    [note] = [one for one in got.notes if one.startswith("上年工作簿中有")]
    assert note.startswith("上年工作簿中有2处有误，带入的内容请核对：")
    assert "受理" not in note


def test_a_year_without_anything_hands_on_nothing_but_says_so() -> None:
    got = handed_on()
    assert got.notes == ("已带入上年（2022年度）的专家0人、平台0家、参数0项。",)
    assert isinstance(got.staff, Staff)
    assert got.staff.typed["parameters"] == FRESH.typed["parameters"]
