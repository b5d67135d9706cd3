"""One row accepted for many findings (多条问题一次受理), and many accepted before they were one."""

from __future__ import annotations

import pytest

from tests.kit.judging import Applicant, accepting, ballots, codes, evaluated, filing, rules, staff
from xlpy.model.decision import Evaluation
from xlpy.model.filing import Filing
from xlpy.model.finding import Finding, Place
from xlpy.model.staff import Acceptance
from xlpy.policy.findings.catalogue import finding
from xlpy.policy.findings.grouped import by_column, listed, within_file

ONE = Applicant()


def scans(count: int) -> list[Filing]:
    """Return that many files that are no form."""
    found = [
        finding(
            "F101", Place(f"{n:03}.pdf"), digest=f"d{n}", found="是 PDF", needed="应", mend="请"
        )
        for n in range(count)
    ]
    return [
        Filing(file=one.place.file, digest=one.digest, readable=False, stray=True, findings=(one,))
        for one in found
    ]


def judged(*sent: Filing, accepted: tuple[Acceptance, ...] = ()) -> Evaluation:
    return evaluated(
        filings=[filing(ONE), *sent],
        ballots=ballots([ONE], rules().rubric),
        cells=staff([ONE], acceptances=accepted),
    )


def accept(*ids: str, reason: str = "已核实") -> tuple[Acceptance, ...]:
    return tuple(accepting(id, reason=reason)[0]._replace(row=3 + n) for n, id in enumerate(ids))


def test_the_row_of_many_files_accepts_them_all():
    (row,) = listed(judged(*scans(150)).findings)
    done = judged(*scans(150), accepted=accept(row.id))
    assert (codes(done).count("R811"), done.causes) == (0, ())
    assert {row.id, *(one.id for one in done.findings)} <= done.accepted


def test_files_accepted_one_by_one_before_stay_accepted():
    ids = [one.id for one in judged(*scans(101)).findings]
    done = judged(*scans(101), accepted=accept(*ids))
    (row,) = listed(done.findings)
    assert (row.id in done.accepted, done.causes) == (True, ())


def test_with_one_file_more_the_row_is_to_be_accepted_again():
    (row,) = listed(judged(*scans(150)).findings)
    done = judged(*scans(151), accepted=accept(row.id))
    assert codes(done).count("R811") == 1
    assert done.accepted == frozenset()


def wrong(count: int) -> tuple[Finding, ...]:
    """Return findings of one column of the platform's own file."""
    own = filing(ONE)
    return tuple(
        finding("C309", Place(own.file, "附件3", f"J{row}"), subject=ONE.name, digest=own.digest)
        for row in range(4, 4 + count)
    )


def with_findings(found: tuple[Finding, ...], *ids: str) -> Evaluation:
    return evaluated(
        filings=[filing(ONE, findings=found)],
        ballots=ballots([ONE], rules().rubric),
        cells=staff([ONE], acceptances=accept(*ids)),
    )


@pytest.mark.parametrize("count", [21, 100])
def test_what_version_1_0_had_accepted_one_by_one_is_accepted_as_one(count: int):
    ids = [one.id for one in wrong(count)]
    done = with_findings(by_column(wrong(count)), *ids)
    assert (codes(done), done.causes) == (["C309"], ())


def test_of_a_file_with_very_many_the_acceptances_of_before_hold():
    own = filing(ONE)
    many = tuple(
        finding("C309", Place(own.file, "附件3", f"{chr(65 + at % 20)}{at}"), digest=own.digest)
        for at in range(1, 302)
    )
    done = with_findings(within_file(many), *(one.id for one in many))
    assert (codes(done), done.causes) == (["C309"], ())


def test_when_one_of_them_was_not_accepted_the_row_is_open():
    ids = [one.id for one in wrong(30)][1:]
    done = with_findings(by_column(wrong(30)), *ids)
    assert (codes(done).count("R811"), len(done.causes)) == (29, 1)


def test_the_row_itself_is_accepted_as_ever():
    (row,) = by_column(wrong(30))
    assert with_findings((row,), row.id).accepted == frozenset({row.id})
