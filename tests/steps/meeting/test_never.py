"""What a report never says: names of experts, accounts, telephones, persons, p-values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.kit.clerk import Clerk
from tests.steps.meeting.texts import texts_below
from xlpy.steps.case import Case
from xlpy.steps.evaluate import decide
from xlpy.steps.gather import Gathered, gather

PRIVATE = ("representative", "contact", "phone", "account", "account_name", "bank")


@pytest.fixture
def told(ready: Case, xlpy) -> Case:
    """A case with its report, its tables, its notice and its money."""
    for one in _gathered(ready).ballots:
        Clerk(ready).adds("experts", id=one.expert, name=one.person, unit=one.unit)
    roster = Clerk(ready).rows("roster")[0]
    Clerk(ready).roster(roster["name"], contact="李联络", phone="0552-7654321")
    assert Clerk(ready).run("evaluate")["status"] == 0
    assert xlpy("report", ready.folder, "--csv")[0] == 0
    assert xlpy("export", ready.folder, "--notice")[0] == 0
    assert xlpy("export", ready.folder, "--finance")[0] == 0
    return ready


def _gathered(case: Case) -> Gathered:
    return gather(case, today=date(2023, 7, 20))


def secrets(case: Case, ids: tuple[str, ...] = PRIVATE) -> Iterator[str]:
    """Yield what platforms and staff wrote of accounts, telephones and persons."""
    gathered = _gathered(case)
    form = gathered.forms.filing
    for filing in gathered.filings:
        yield from (filing.text(form.field(id).label) for id in ids)
    for row in gathered.staff.roster:
        yield from (row.contact, row.phone)


def experts(case: Case) -> Iterator[str]:
    gathered = _gathered(case)
    for one in gathered.staff.experts:
        yield from (one.name, one.unit)
    yield from (one.person for one in gathered.ballots)


def held(texts: dict[Path, str], words: Iterator[str]) -> set[tuple[str, str]]:
    """Return which of these words stand in which files."""
    wanted = {word for word in words if len(word) > 1}
    assert wanted
    return {(path.name, word) for path, text in texts.items() for word in wanted if word in text}


def test_no_account_telephone_or_person_stands_in_tables_or_analysis(told: Case) -> None:
    """The operator's own name may be the payee's: then it stands as the operator's."""
    texts = texts_below([told.meeting / "数据", told.meeting / "会商分析.xlsx"])
    assert len(texts) == 7
    ids = tuple(id for id in PRIVATE if id not in ("account_name", "bank"))
    assert held(texts, secrets(told, ids)) == set()


def test_no_account_or_telephone_stands_in_any_paper_of_the_meeting(told: Case) -> None:
    texts = texts_below([told.meeting])
    assert held(texts, secrets(told, ("phone", "account"))) == set()


def test_no_expert_stands_by_name_in_anything_of_the_meeting(told: Case) -> None:
    assert held(texts_below([told.meeting]), experts(told)) == set()


def test_no_expert_and_no_score_stands_in_what_the_public_and_platforms_see(told: Case) -> None:
    texts = texts_below([told.output / "公示.docx", told.results])
    assert len(texts) >= 4
    assert held(texts, experts(told)) == set()
    evaluation = decide(_gathered(told), today=_gathered(told).staff.as_of)  # type: ignore[arg-type]
    scores = (f"{one.score.value}" for one in evaluation.decisions if one.score.value is not None)
    assert held(texts, scores) == set()


def test_a_letter_names_no_other_platform(told: Case) -> None:
    evaluation = decide(_gathered(told), today=_gathered(told).staff.as_of)  # type: ignore[arg-type]
    names = [one.name for one in evaluation.decisions]
    for path, text in texts_below([told.results]).items():
        own = [name for name in names if path.stem.startswith(name)]
        assert [name for name in names if name in text] == own


def test_the_money_asks_without_accounts(told: Case) -> None:
    texts = texts_below([told.output / "资金拨付请示.docx"])
    assert held(texts, secrets(told, ("account", "phone", "contact", "representative"))) == set()


@pytest.mark.parametrize("word", ["p值", "P值", "显著性", "p-value", "p_value", "pvalue"])
def test_nothing_speaks_of_significance(told: Case, word: str) -> None:
    texts = texts_below([told.meeting])
    assert [path.name for path, text in texts.items() if word in text] == []


def test_what_is_looked_for_would_be_found(told: Case) -> None:
    """The sheet for finance has the accounts: the tests above look for the right words."""
    texts = texts_below([told.finance])
    assert held(texts, secrets(told, ("account",)))
