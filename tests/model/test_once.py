"""Equal values held once, and nothing said otherwise."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from decimal import Decimal

import pytest

from xlpy.model import once as module
from xlpy.model.ballot import Ballot, BallotRow
from xlpy.model.decision import Decision, Reason, Score, Status
from xlpy.model.filing import Filing, Proof, Tally
from xlpy.model.once import Once, decided_once


def filing(name: str) -> Filing:
    tally = Tally({"events": 3, "financing": Decimal("4.50")})
    return Filing(
        file=f"{name}.xlsx",
        digest=name,
        answers={"平台名称": name, "平台级别": "省级", "服务收入": Decimal("1.0")},
        summary={"融资服务": {"events": Decimal(1), "financing": Decimal("1.0")}},
        proof=Proof({"融资服务": tally}, {"融资服务": tally, "其他服务": Tally()}, 7),
        places={"平台名称": "C5", "平台级别": "C8"},
        evidence=("1-001", "1-002"),
        wrong=frozenset({"联系人"}),
    )


def ballot(expert: str) -> Ballot:
    rows = (
        BallotRow(3, "甲平台", "91", (Decimal("1.0"),)),
        BallotRow(4, "乙平台", "92", valid=False),
    )
    return Ballot(file=f"{expert}.xlsx", digest=expert, expert=expert, rows=rows)


def decision(name: str) -> Decision:
    score = Score((("1", Decimal("90.0")),), ("2",), Decimal("90.00"), (Decimal("9.0"), Decimal(9)))
    reasons = (
        Reason("veto", "第十六条", "没有一票否决的情形", "否", "", "不否决"),
        Reason("rank", "第十一条", f"{name}第1名"),
    )
    return Decision(
        code="91", name=name, level="省级", status=Status.GRADED, score=score, reasons=reasons
    )


def as_sent(*values: object) -> Iterator[object]:
    """Yield copies, as they come from processes that share nothing."""
    for value in values:
        yield pickle.loads(pickle.dumps(value))


FILINGS = (filing("甲平台"), filing("乙平台"))


def test_a_filing_says_what_it_said() -> None:
    """To the order of its answers, and the decimals of its numbers."""
    once = Once()
    assert repr([once.filing(one) for one in as_sent(*FILINGS)]) == repr([*FILINGS])


@pytest.mark.parametrize(
    "part",
    [
        lambda one: next(iter(one.answers)),
        lambda one: one.answers["平台级别"],
        lambda one: next(iter(one.summary)),
        lambda one: next(iter(one.summary["融资服务"])),
        lambda one: next(iter(one.proof.by_function)),
        lambda one: next(iter(one.proof.by_row["融资服务"].figures)),
        lambda one: one.places,
        lambda one: one.evidence,
    ],
)
def test_two_filings_share_what_both_say(part) -> None:
    sent = [*as_sent(*FILINGS)]
    assert part(sent[0]) is not part(sent[1])
    first, second = map(Once().filing, sent)
    assert part(first) is part(second)


def test_another_place_is_another_place() -> None:
    """An inserted row moves the answers of one file alone."""
    moved = Filing(file="丙", digest="", places={"平台名称": "C6", "平台级别": "C8"})
    once = Once()
    assert [once.filing(one).places["平台名称"] for one in (FILINGS[0], moved, FILINGS[1])] == [
        "C5",
        "C6",
        "C5",
    ]


def test_a_ballot_says_what_it_said() -> None:
    assert repr(Once().ballot(ballot("1"))) == repr(ballot("1"))


def test_two_ballots_share_the_names_of_the_platforms() -> None:
    first, second = map(Once().ballot, as_sent(ballot("1"), ballot("2")))
    for one, same in zip(first.rows, second.rows, strict=True):
        assert one.name is same.name
        assert one.code is same.code


def test_a_decision_says_what_it_said() -> None:
    """A score of 90.0 is not shown as 90."""
    decisions = tuple(map(decision, ("甲平台", "乙平台")))
    assert repr(decided_once(as_sent(*decisions))) == repr(decisions)


def test_two_decisions_share_their_reasons_and_numbers() -> None:
    first, second = decided_once(as_sent(decision("甲平台"), decision("乙平台")))
    assert first.reasons[0].text is second.reasons[0].text
    assert first.score.totals[0][1] is second.score.totals[0][1]
    assert first.score.areas[0] is not first.score.areas[1]


@pytest.mark.parametrize(("most", "held"), [(8, False), (9, False), (10, True)])
def test_so_many_texts_are_held_and_no_more(
    monkeypatch: pytest.MonkeyPatch, most: int, held: bool
) -> None:
    """Nine are of the first decision; most of what is said of one platform is said of no other."""
    monkeypatch.setattr(module, "_MOST_REASONS", most)
    _, second, third = decided_once(as_sent(*map(decision, ("甲平台", "乙平台", "乙平台"))))
    assert (second.reasons[1].text is third.reasons[1].text) is held
    assert second.reasons[0].text is third.reasons[0].text
