"""The glossary says what stands in the docstrings, and every word means one thing."""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter

import pytest

from docs.glossary import GLOSSARY, Term, page, public_classes, sorted_terms, terms_of

TERMS = sorted_terms()
PLAN = {
    *("filing", "ballot", "ledger", "summary", "vetoes", "quota", "ruling", "finding", "reason"),
    *("case", "edition", "roster", "decision", "grade", "subsidy", "rubric", "proof"),
}
"""Words of the house, one per idea."""


def test_the_glossary_is_fresh():
    """After a change of a term: python -m docs.glossary."""
    assert GLOSSARY.read_text(encoding="utf-8") == page()


def test_every_public_class_of_the_rule_has_a_chinese_term():
    """Write it in the first line of the docstring, in brackets behind the English."""
    named = {term.home for term in TERMS}
    assert [home for home, _ in public_classes() if home not in named] == []


@pytest.mark.parametrize("word", ["chinese", "english"])
def test_every_word_names_one_thing(word: str):
    """Two classes with one name, or one Chinese word for two of them, would be confused."""
    homes = defaultdict(list)
    for term in TERMS:
        homes[attrgetter(word)(term)].append(term.home)
    assert {one: where for one, where in homes.items() if len(where) > 1} == {}


def test_the_words_of_the_house_are_in_it():
    """None of them is lost when its docstring is written anew."""
    assert {term.english for term in TERMS} >= PLAN


def test_the_glossary_stays_a_glossary():
    """Two pages and a half at most: what is no word of the rule belongs in no bracket."""
    assert len(page().splitlines()) <= 128


def test_a_term_is_read_from_the_first_line_and_from_the_attributes():
    """Neither another line's bracket nor one with other signs makes a term."""
    doc = (
        "One row (名单行), not (Art. 2).\n\nWhen (空白) is blank, `places` (名额)\nare `high` (x)."
    )
    assert list(terms_of("model.a.RosterRow", doc)) == [
        Term(chinese="名单行", english="roster row", home="model.a.RosterRow"),
        Term(chinese="名额", english="places", home="model.a.RosterRow.places"),
    ]
    assert list(terms_of("model.a.RosterRow", "One row.\n\nOf a list (名单).")) == []
