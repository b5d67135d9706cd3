"""填报说明 as printed: until when, to whom and where a platform hands in its form."""

from __future__ import annotations

from datetime import date

import pytest

from xlpy.forms.filing.document import filing_document
from xlpy.model.staff import Office
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms

EDITION = default_edition()
FORMS = load_forms(EDITION)
BY_HAND = "____________"


def head(office: Office | None, year: int | None = 2022) -> tuple[str, str]:
    """Return the two lines below the title of the guide."""
    document = filing_document(edition=EDITION, forms=FORMS, year=year, office=office)
    (when,), (where,) = (line.values for line in document.sheets[0].lines[1:3])
    return str(when), str(where)


def test_what_is_known_of_the_office_is_printed():
    """The last day, the room, the phone and the address."""
    office = Office(
        deadline=date(2023, 3, 31),
        room="市经信局中小企业科",
        phone="0552-3112345",
        address="东海大道5183号",
    )
    assert head(office) == (
        "评价年度：2022年    报送截止：2023年3月31日",
        "受理科室：市经信局中小企业科    联系电话：0552-3112345    地址：东海大道5183号",
    )


@pytest.mark.parametrize("office", [None, Office()])
def test_what_is_not_known_is_left_to_be_filled_in_by_hand(office: Office | None):
    """A form drawn before the office is known has room for a pen."""
    assert head(office, None) == (
        "评价年度：      年    报送截止：    年  月  日（以市经信局通知为准）",
        f"受理科室：{BY_HAND}    联系电话：{BY_HAND}    地址：{BY_HAND}",
    )


def test_one_thing_known_is_printed_beside_the_blanks():
    """Each of them stands for itself."""
    assert head(Office(phone="12345"))[1] == (
        f"受理科室：{BY_HAND}    联系电话：12345    地址：{BY_HAND}"
    )
