"""A case made by version 1.0.0 (旧版项目): it opens, nothing is lost, its log goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.kit.clerk import Clerk
from xlpy.forms.staff.cells import CellKey, staff_cells
from xlpy.model.finding import Severity
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms
from xlpy.steps.ballots import ballots
from xlpy.steps.case import Case
from xlpy.steps.check import check
from xlpy.steps.evaluate import evaluate
from xlpy.steps.gather import gather
from xlpy.steps.log import journal
from xlpy.steps.verify import verify

TODAY = date(2023, 6, 30)
Xlpy = Callable[..., tuple[int, str, str]]


def typed(case: Case) -> dict[CellKey, str]:
    """Return every staff cell of the case."""
    return staff_cells(gather(case, today=TODAY).staff)


def entries(case: Case) -> list[dict[str, Any]]:
    """Return the lines of a log that is whole."""
    assert not journal.problems(case)
    return list(journal.lines(case))


def confirmed(case: Case, xlpy: Xlpy) -> Clerk:
    """Return a clerk who filled what 1.0 did not ask for, and evaluated."""
    clerk = Clerk(case, xlpy)
    clerk.confirms()
    clerk.roster("蚌山信息化促进服务平台", valid_until=date(2023, 3, 31))
    clerk.roster("淮上融资担保服务平台", explanation="投诉办理单三份")
    clerk.run("evaluate")
    return clerk


def test_the_workbook_is_one_of_version_1(old_case: Case):
    """Else the tests below would say nothing."""
    staff = gather(old_case, today=TODAY).staff
    assert staff.version == 1
    assert staff.unknown == ()


def test_a_check_rebuilds_it_with_all_that_staff_typed(old_case: Case):
    """Table by table, cell by cell; sheets and columns of today are there."""
    before = typed(old_case)
    tables = {table for table, _, _ in before}
    assert tables == {"parameters", "roster", "experts", "acceptances", "results"}
    assert check(old_case.folder, today=TODAY).notes == ()
    after = typed(old_case)
    for table in tables:
        assert {k: v for k, v in after.items() if k[0] == table} == {
            k: v for k, v in before.items() if k[0] == table
        }
    gathered = gather(old_case, today=TODAY, audited=True)
    form = load_forms(default_edition()).staff
    assert gathered.staff.version == form.version
    names = {grid.name for grid in gathered.book.grids}
    assert {table.sheet for table in form.tables.values()} <= names
    assert not {"R815", "R818", "R824"} & {one.code for one in gathered.staff.findings}


def test_nothing_new_is_called_lost(old_case: Case):
    """Sheets and columns that version 1.0 did not have."""
    found = {one.code for one in gather(old_case, today=TODAY).staff.findings}
    assert not {"R815", "R818", "R824"} & found


def test_an_evaluation_comes_to_the_same_grades_and_money(old_case: Case):
    """As its log has them."""
    before = journal.last(entries(old_case), "evaluate")
    assert before is not None
    done = evaluate(old_case.folder, today=TODAY)
    decided = {(d.code, d.name): (d.final, str(d.subsidy)) for d in done.evaluation.decisions}
    assert decided == {(code, name): (f, paid) for code, name, _, _, f, paid in before["decisions"]}


def test_its_log_goes_on_and_tells_no_change_of_what_stood_there(old_case: Case, xlpy: Xlpy):
    """The first run keeps where the cells stand; only what is typed after it is a change."""
    before = entries(old_case)
    evaluate(old_case.folder, today=TODAY)
    assert entries(old_case)[: len(before)] == before
    assert gather(old_case, today=TODAY).history.changes == ()
    clerk = Clerk(old_case, xlpy)
    assert clerk.rows("changes") == []
    clerk.roster("淮上融资担保服务平台", explanation="投诉办理单三份")
    evaluate(old_case.folder, today=TODAY)
    assert [(one["row"][:10], one["column"]) for one in clerk.rows("changes")] == [
        ("淮上融资担保服务平台", "核实说明")
    ]


def test_ballots_that_are_out_are_not_sent_again(old_case: Case):
    """And that their figures were not kept is told, no more."""
    made = ballots(old_case.folder, experts=None, today=TODAY)
    assert made.written == ()
    done = evaluate(old_case.folder, today=TODAY)
    [told] = [one for one in done.evaluation.findings if one.code == "B731"]
    assert told.severity is Severity.NOTE
    assert not any("B731" in cause for cause in done.evaluation.causes)


def test_verify_is_clean_and_says_what_one_new_evaluation_makes_comparable(old_case: Case):
    """Bytes can only be compared with what the same version wrote; decisions and amounts always."""
    before = verify(old_case.folder, today=TODAY)
    assert before.problems == ()
    assert any("1.0.0 版" in one and "每一项结论、金额" in one for one in before.notes)
    again = verify(old_case.folder, today=TODAY)
    assert any("项目里还没有“政策”文件夹：是较早版本建立的" in one for one in again.notes)
    done = evaluate(old_case.folder, today=TODAY)
    assert not [one for one in done.notes if "政策" in one]
    assert old_case.policy.is_dir()
    after = verify(old_case.folder, today=TODAY)
    assert after.problems == ()
    assert not any("最近一次评价" in one for one in after.notes)


def test_filed_sheets_become_the_first_version_at_the_next_export(old_case: Case, xlpy: Xlpy):
    """To the byte; the new one is the second, and both stand against the log."""
    before = {path.name: path.read_bytes() for path in (old_case.notice, old_case.finance)}
    clerk = confirmed(old_case, xlpy)
    clerk.accepts(only=["R834"])
    clerk.run("evaluate")
    assert clerk.run("export", "--notice")["status"] == 0
    done = clerk.run("export", "--finance")
    assert done["status"] == 0, done
    for name in ("公示名单", "奖补资金安排表"):
        first = old_case.filed / f"{name}-第1版.xlsx"
        assert first.read_bytes() == before[f"{name}.xlsx"]
        newest = (old_case.filed / f"{name}-第2版.xlsx").read_bytes()
        assert newest == (old_case.output / f"{name}.xlsx").read_bytes()
    assert verify(old_case.folder, today=TODAY).problems == ()


def test_a_filed_sheet_that_was_changed_by_hand_is_no_first_version(old_case: Case, xlpy: Xlpy):
    """Its digest does not agree with the log."""
    clerk = confirmed(old_case, xlpy)
    old_case.notice.write_bytes(old_case.notice.read_bytes() + b" ")
    assert clerk.run("export", "--notice")["status"] == 0
    assert not (old_case.filed / "公示名单-第1版.xlsx").exists()
