"""Every letter of an evaluation: of any edition, with any name, the same bytes again."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.kit.decided import EDITION, FORMS, decision, evaluation, staff, ungraded
from tests.kit.letters import HOSTILE, letters_of, texts, written
from tests.kit.other_editions import NAMES, foreign, foreign_words, source_of
from xlpy.model.decision import Status
from xlpy.model.letter.letter import Letter
from xlpy.model.staff import Office, Ruling
from xlpy.policy.editions.load import rulebook_of
from xlpy.policy.parameters.rules import default_rules
from xlpy.word.reading import read_letter
from xlpy.word.texts import spoken

STRANGERS = evaluation(
    *(decision(name, "ABCD"[at % 4], number=at + 1) for at, name in enumerate(HOSTILE)),
    ungraded(HOSTILE[2], Status.INELIGIBLE, number=30),
    ungraded(HOSTILE[8], Status.ABSENT, number=31, final="D", subsidy=Decimal(0)),
    causes=HOSTILE,
    granted=HOSTILE,
    warnings=(HOSTILE[1],),
)
TYPED = staff(
    minutes=HOSTILE[2],
    office=Office(room=HOSTILE[0], phone=HOSTILE[4], address=HOSTILE[8]),
    rulings=(Ruling(row=1, name="甲", code="", reason=HOSTILE[2]),),
)
LETTERS = letters_of(STRANGERS, EDITION, FORMS, TYPED)


def made_under(name: str) -> dict[str, Letter]:
    """Return the letters of one platform of each grade under an edition."""
    edition, forms = rulebook_of(source_of(name))
    level = edition.levels[0]
    rules = default_rules(edition)
    graded = [
        decision(
            f"平台{at}",
            grade.name,
            number=at,
            level=level.name,
            subsidy=level.subsidy[grade.name],
            reasons=(),
            filing=None,
        )
        for at, grade in enumerate(edition.grades, start=1)
    ]
    judged = evaluation(*graded, chosen=rules.chosen, rubric=rules.rubric)
    return letters_of(judged, edition, forms, staff(minutes="示例号"))


def test_every_kind_of_letter_is_there():
    kinds = {one.partition(" ")[0] for one in LETTERS}
    assert kinds == {"notice", "briefing", "minutes", "request", "result", "page"}


@pytest.mark.parametrize("kind", LETTERS)
def test_names_of_strangers_stay_text(kind: str):
    """What is written reads back as it was said; a field in a body would be refused."""
    letter = LETTERS[kind]
    assert read_letter(written(letter)) == spoken(letter)


@pytest.mark.parametrize("kind", ["notice", "briefing", "request", "result 0", "page 0"])
def test_the_same_evaluation_gives_the_same_bytes(kind: str):
    again = letters_of(STRANGERS, EDITION, FORMS, TYPED)[kind]
    assert written(again) == written(LETTERS[kind])


@pytest.mark.parametrize("name", NAMES)
def test_letters_speak_in_the_words_of_their_edition(name: str):
    words = foreign_words(name)
    found = {kind: foreign(texts(one), name, words) for kind, one in made_under(name).items()}
    assert found == {kind: set() for kind in found}


@pytest.mark.parametrize("name", NAMES)
def test_letters_of_every_edition_are_written(name: str):
    letters = made_under(name).values()
    assert all(read_letter(written(one)) == spoken(one) for one in letters)
