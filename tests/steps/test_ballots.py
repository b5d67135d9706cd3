"""Ballots for the experts, supplements for platforms that came later (评分表、补充表)."""

from __future__ import annotations

import json
from pathlib import Path

from openpyxl import load_workbook

from tests.kit.case import AS_OF, make_case
from tests.kit.clerk import Clerk, shorten
from tests.kit.panel import fill_ballots
from xlpy.excel.reading.book import read_book
from xlpy.model.grid import Book
from xlpy.steps.case import Case


def _names(path: Path) -> list[str]:
    book = read_book(path, wanted=("评分表",))
    assert isinstance(book, Book)
    rows = book.grids[0].rows
    heading = next(n for n, row in enumerate(rows) if "平台名称" in row)
    column = list(rows[heading]).index("平台名称")
    return [str(row[column]) for row in rows[heading + 1 :] if row[column]]


def test_running_again_never_touches_what_is_out(case: Case, xlpy) -> None:
    before = {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in case.issued.iterdir()}
    status, out, _ = xlpy("ballots", case.folder, "--experts", "7")
    assert status == 0
    assert "没有新增平台" in out
    assert {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in case.issued.iterdir()} == before


def test_a_platform_that_came_later_gets_supplements(case: Case, tmp_path: Path, xlpy) -> None:
    other = make_case(tmp_path / "别的", platforms=6, ledger=30, findings=0.0, experts=1)
    mine = {path.name for path in case.filings.iterdir()}
    late = [path for path in other.filings.iterdir() if path.name not in mine]
    for path in late:
        (case.filings / path.name).write_bytes(path.read_bytes())
    xlpy("ballots", case.folder, "--experts", "7")
    supplements = sorted(path for path in case.issued.iterdir() if "补充1" in path.name)
    assert len(supplements) == 7
    assert all(len(_names(path)) == len(late) == 2 for path in supplements)


def test_each_expert_has_an_own_order_that_is_repeatable(tmp_path: Path, xlpy) -> None:
    case = make_case(tmp_path / "甲", platforms=6, ledger=12, findings=0.0, experts=3)
    orders = [_names(path) for path in sorted(case.issued.iterdir())]
    assert len({tuple(order) for order in orders}) > 1
    assert len({tuple(sorted(order)) for order in orders}) == 1
    for path in sorted(case.issued.iterdir()):
        path.unlink()
    xlpy("ballots", case.folder, "--experts", "3")
    assert [_names(path) for path in sorted(case.issued.iterdir())] == orders


def test_fewer_experts_than_listed_is_refused(played: Case, xlpy) -> None:
    status, _, err = xlpy("ballots", played.folder, "--experts", "5")
    assert status == 2
    assert "列了7位" in err


def test_odd_numbers_never_share_a_file(case: Case, xlpy) -> None:
    """What a file name cannot hold is replaced; each expert still gets a ballot."""
    book = load_workbook(case.workbook, keep_vba=True)
    for row, id in enumerate(("科/1", "科:1", "科?1"), 4):
        book["专家"].cell(row, 1, id)
    book.save(case.workbook)
    before = set(case.issued.iterdir())
    status, out, _ = xlpy("ballots", case.folder, "--experts", "3")
    assert (status, "已生成3份" in out) == (0, True)
    assert len(set(case.issued.iterdir()) - before) == 3


def test_an_expert_renumbered_1_for_01_is_still_the_same(played: Case, xlpy) -> None:
    """No second ballot is made for him, and the one he returned counts."""
    before = json.loads(xlpy("evaluate", played.folder, "--json")[1])["platforms"]
    book = load_workbook(played.workbook, keep_vba=True)
    assert book["专家"]["A4"].value == "01"
    book["专家"]["A4"].value = 1
    book.save(played.workbook)
    issued = sorted(played.issued.iterdir())
    _, out, _ = xlpy("ballots", played.folder)
    assert sorted(played.issued.iterdir()) == issued
    assert "专家1的评分表已发出" in out
    view = json.loads(xlpy("evaluate", played.folder, "--json")[1])
    assert not [one for one in view["findings"] if one["code"] in ("B720", "B724")]
    assert [one["score"] for one in view["platforms"]] == [one["score"] for one in before]


def test_the_number_of_one_who_left_goes_to_nobody_else(played: Case, xlpy) -> None:
    """A ballot with his name is out; the newcomer gets a number and a ballot of his own."""
    book = load_workbook(played.workbook, keep_vba=True)
    for column in range(1, 5):
        book["专家"].cell(6, column).value = None
    book.save(played.workbook)
    before = set(played.issued.iterdir())
    _, out, _ = xlpy("ballots", played.folder, "--experts", "7")
    [made] = set(played.issued.iterdir()) - before
    assert made.name == "专家评分表-08.xlsx"
    assert "编号08的专家还没有" in out


def test_ballots_that_were_moved_away_are_told(played: Case, xlpy) -> None:
    """They would be sent out twice."""
    for path in played.issued.iterdir():
        path.unlink()
    _, out, _ = xlpy("ballots", played.folder)
    assert "以前生成的评分表有7份不在“输出/专家评分表”中" in "".join(out.split())


def test_figures_of_a_ballot_that_was_moved_away_are_not_forgotten(ready: Case, xlpy) -> None:
    """Moved to the experts, made again after a file was replaced: the old ones come back scored."""
    for path in ready.issued.iterdir():
        path.unlink()
    filing = min(ready.filings.iterdir())
    shorten(filing, 20)
    xlpy("ballots", ready.folder, "--experts", "7")
    view = json.loads(xlpy("evaluate", ready.folder, "--json")[1])
    told = [one["file"] for one in view["findings"] if one["code"] == "B730"]
    assert told == [filing.name]


def test_the_new_ballot_counts_where_the_old_one_never_came(ready: Case, xlpy) -> None:
    """Made again under a number of its own: scored on what is proved now."""
    for path in (*ready.issued.iterdir(), *ready.ballots.iterdir()):
        path.unlink()
    shorten(min(ready.filings.iterdir()), 20)
    xlpy("ballots", ready.folder, "--experts", "7")
    fill_ballots(ready, today=AS_OF, seed=1)
    view = json.loads(xlpy("evaluate", ready.folder, "--json")[1])
    assert "B730" not in [one["code"] for one in view["findings"]]
    assert {one["ballots"] for one in view["platforms"]} == {7}


def test_why_somebody_was_left_out_is_said_once(ready: Case, xlpy) -> None:
    Clerk(ready).roster("未报平台", level="省级")
    _, out, _ = xlpy("ballots", ready.folder, "--experts", "7")
    assert "没有列入评分表：未报平台（待核实：未收到申报材料）。" in "".join(out.split())
