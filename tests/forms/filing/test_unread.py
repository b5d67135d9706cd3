"""Sheets that cannot be read (读不出的表): what they would say is unknown, not nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kit.drawn import (
    DIGEST,
    FILE,
    FORM,
    changed,
    filing,
    ledger,
    products,
    profile,
    read,
    summary,
)
from xlpy.model.filing import Filing
from xlpy.model.grid import Book

HEADS = {f"{letter}3": "" for letter in "ABCDEFGHIJKLMNOPQR"}
FUNCTION = "服务功能"


def found(book: Book) -> Filing:
    return read(book).filing


def without(name: str) -> Book:
    """Return the good filing without one of its sheets."""
    grids = (profile(), products(), ledger(), summary())
    return Book(file=FILE, digest=DIGEST, grids=tuple(one for one in grids if one.name != name))


def head(label: str) -> str:
    """Return the cell of a heading of the ledger."""
    names = [str(cell).rstrip("*") for cell in ledger().rows[2]]
    return f"{chr(ord('A') + names.index(label))}3"


def test_a_good_ledger_is_proof():
    assert found(filing()).unproved is False


def test_an_empty_ledger_is_proof_of_nothing():
    """It was read: there is nothing on it (L404)."""
    assert found(filing(ledger("活动日期"))).unproved is False


UNREAD = {
    "missing (S201)": without("附件3"),
    "renamed (S201)": Book(
        file=FILE,
        digest=DIGEST,
        grids=(profile(), products(), replace(ledger(), name="台账"), summary()),
    ),
    "lost (S202)": replace(without("附件3"), lost={"附件3": "#SPILL!"}),
    "required column lost (S203)": filing(changed(ledger(), {head("参加企业数(家)"): "家数"})),
    "functions lost (S203)": filing(changed(ledger(), {head(FUNCTION): "功能"})),
    "amounts lost (S203)": filing(changed(ledger(), {head("融资额(万元)"): "金额"})),
    "functions doubled (S204)": filing(changed(ledger(), {"S3": FUNCTION})),
    "doubled (S205)": filing(ledger(), replace(ledger(), name="附件 ３")),
    "no heading (S207)": filing(changed(ledger(), HEADS)),
}


@pytest.mark.parametrize("book", UNREAD.values(), ids=UNREAD.keys())
def test_a_ledger_that_cannot_be_read_leaves_the_functions_unknown(book: Book):
    filed = found(book)
    assert (filed.readable, filed.unproved) == (True, True)
    assert not [one.code for one in filed.findings if one.code in ("X503", "X504")]


@pytest.mark.parametrize("label", ["备注", "促成对接(笔)"])
def test_a_column_no_function_is_judged_on_may_be_missing(label: str):
    """S203 says so; what Art. 4 asks for is there all the same."""
    filed = found(filing(changed(ledger(), {head(label): ""})))
    assert ("S203" in [one.code for one in filed.findings], filed.unproved) == (True, False)


@pytest.mark.parametrize(
    "book",
    [
        without("附件1"),
        replace(without("附件1"), lost={"附件1": "#SPILL!"}),
        filing(profile(), replace(profile(), name="附件 １")),
        filing(changed(profile(), {"F3": "填报内容"})),
    ],
    ids=["missing", "lost", "doubled", "answers doubled"],
)
def test_answers_that_cannot_be_read_are_all_wrong_and_none_is_guessed(book: Book):
    filed = found(book)
    assert (filed.answers, filed.wrong) == ({}, frozenset(one.label for one in FORM.fields))
