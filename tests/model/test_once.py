"""Equal values held once, and nothing said otherwise."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from decimal import Decimal

import pytest

from xlpy.model.ballot import Ballot, BallotRow
from xlpy.model.decision import Reason
from xlpy.model.filing import Filing, Proof, Tally
from xlpy.model.once import Once


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


def reasons(name: str) -> tuple[Reason, ...]:
    return (
        Reason("veto", "第十六条", "没有一票否决的情形", "否", "", "不否决"),
        Reason("rank", "第十一条", f"{name}第1名"),
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


def test_reasons_say_what_they_said() -> None:
    assert Once().reasons(reasons("甲平台")) == reasons("甲平台")


def test_two_platforms_share_the_reasons_both_have() -> None:
    first, second = map(Once().reasons, as_sent(reasons("甲平台"), reasons("乙平台")))
    assert first[0].text is second[0].text


@pytest.mark.parametrize(("most", "held"), [(8, False), (9, False), (10, True)])
def test_so_many_texts_are_held_and_no_more(most: int, held: bool) -> None:
    """Nine are of the first platform; most of what is said of one is said of no other."""
    sent = as_sent(*map(reasons, ("甲平台", "乙平台", "乙平台")))
    _, second, third = map(Once(most).reasons, sent)
    assert (second[1].text is third[1].text) is held
    assert second[0].text is third[0].text
