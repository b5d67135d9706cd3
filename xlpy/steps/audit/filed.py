"""The versions that were filed (各版): their 核验码, what they show, whether they still hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from xlpy.judge.order import changed_since, for_paper
from xlpy.model.decision import Evaluation
from xlpy.model.history import FINANCE, NOTICE, Paper
from xlpy.model.keys import Key, kept
from xlpy.model.number import plain
from xlpy.policy.forms.load import load_reports
from xlpy.report.papers.anchor import code_of, printed_code
from xlpy.report.papers.correction import Cells, rows_read
from xlpy.report.papers.finance import finance_rows
from xlpy.report.papers.notice import notice_rows
from xlpy.report.papers.second_look import disagreements, notice_disagreements
from xlpy.report.runlog import Entry
from xlpy.steps.audit.chain import Rows, codes, number, paper_rows
from xlpy.steps.audit.files import written
from xlpy.steps.audit.told import Told, first, note
from xlpy.steps.case import Case
from xlpy.steps.evaluate import agrees
from xlpy.steps.filed.papers import filed_path, newest_path
from xlpy.steps.gather import Gathered
from xlpy.steps.log import journal
from xlpy.steps.log.history import PAPERS

_MOST = 10
_FORGED = "这一版可能不是程序写出的，或运行记录被改写过；请与打印存档的一份核对，并查明。"


class Filed(NamedTuple):
    """One version by the line of the log that filed it (导出的一版); `code` None where none is."""

    line: int
    kind: str
    version: int
    digest: str
    code: str | None
    path: Path
    """Where it lies: under its own name, or under the plain one (version 1.0)."""


def filed_versions(case: Case, gathered: Gathered) -> Iterator[Filed]:
    """Yield every version of the log, oldest first; of 1.0 those that are kept."""
    for line, entry in enumerate(gathered.entries):
        for one in entry.get("papers", ()):
            if not one["same"]:
                yield _filed(case, line, entry, one)
    for paper in gathered.history.papers:
        if not paper.content:
            yield _of_1_0(case, gathered, paper)


def _filed(case: Case, line: int, entry: Entry, one: Mapping[str, Any]) -> Filed:
    path = filed_path(case, one["kind"], one["version"])
    return Filed(line, one["kind"], one["version"], one["digest"], one.get("code"), path)


def _of_1_0(case: Case, gathered: Gathered, paper: Paper) -> Filed:
    lines = (
        n
        for n, one in enumerate(gathered.entries)
        if paper.digest in one["outputs"].values() and "papers" not in one
    )
    kept = filed_path(case, paper.kind, paper.version)
    path = kept if kept.is_file() else newest_path(case, paper.kind)
    return Filed(max(lines), paper.kind, paper.version, paper.digest, None, path)


def filed_problems(case: Case, gathered: Gathered, evaluation: Evaluation | None) -> Iterator[Told]:
    """Yield what is wrong with the versions filed, and whether the newest still hold today."""
    old: list[str] = []
    for one in filed_versions(case, gathered):
        read = paper_rows(one.path, one.kind) if one.path.is_file() else None
        if read is not None:
            yield from _anchored(case, gathered, one, read)
            yield from _rows(case, gathered, one, read)
        if not one.code:
            old.append(f"{PAPERS[one.kind]}第{one.version}版")
    if old:
        yield note(
            f"{'、'.join(old)}由较早版本的程序导出，没有印核验码：只能按运行记录核对文件，"
            "纸质的表不能用 --code 核对。"
        )
    yield from _plainly_named(case, gathered)
    if evaluation is not None:
        yield from _stale(case, gathered, evaluation)


def _anchored(case: Case, gathered: Gathered, one: Filed, read: Rows) -> Iterator[Told]:
    """Hold the code on the sheet against the line before its export."""
    entry, code = gathered.entries[one.line], printed_code(read)
    before = code_of(entry["prev"])
    name = f"“{case.relative(one.path)}”"
    if code == (one.code or "") and (not one.code or code == before):
        return
    where = f"运行记录第{one.line + 1}行导出{name}"
    if code and code not in codes(gathered.entries[: one.line]):
        yield Told(f"{name}印的核验码 {code} 不在运行记录中（应为 {before}）。{_FORGED}")
    elif code:
        yield Told(f"{name}印的核验码 {code} 与导出前的运行记录不符（应为 {before}）。{_FORGED}")
    else:
        yield Told(f"{where}时应印核验码 {one.code}，表上没有。{_FORGED}")


def _rows(case: Case, gathered: Gathered, one: Filed, read: Rows) -> Iterator[Told]:
    """Hold the rows of the sheet against the decisions in the line of its export."""
    table = load_reports()[one.kind]
    label = {column.id: column.label for column in table.columns}
    there = Counter(_shown(cells, label, one.kind) for _, cells in rows_read(read, table, _no_key))
    entry = gathered.entries[one.line]
    wanted = Counter(_logged(entry, one.kind, gathered.edition.grades[-1].name))
    name = f"“{case.relative(one.path)}”"
    line = one.line + 1
    told = [
        *(
            f"{name}列有{'，'.join(row)}，运行记录第{line}行没有。{_FORGED}"
            for row in there - wanted
        ),
        *(f"{name}没有{'，'.join(row)}，运行记录第{line}行有。{_FORGED}" for row in wanted - there),
    ]
    yield from first(sorted(told), _MOST, f"{name}与运行记录第{line}行另有{{count}}处不同。")


def _no_key(cells: Cells) -> Key:
    return Key("", "")


def _shown(cells: Cells, label: Mapping[str, str], kind: str) -> tuple[str, ...]:
    ids = ("name", "grade") if kind == NOTICE else ("name", "code", "grade", "amount")
    return tuple(kept(cells.get(label[id], "")) for id in ids)


def _logged(entry: Entry, kind: str, last: str) -> Iterator[tuple[str, ...]]:
    for code, name, status, _, final, amount in entry["decisions"]:
        if kind == FINANCE and (paid := number(amount)):
            yield name, code, final or "", plain(Decimal(paid))
        elif kind == NOTICE and (final or status in ("graded", "vetoed", "absent")):
            yield name, final or last


def _plainly_named(case: Case, gathered: Gathered) -> Iterator[Told]:
    """Yield the papers whose plain name holds another content than their newest version.

    Where the log agrees with that, which only a line written by hand could make it do.
    """
    for kind, name in PAPERS.items():
        path, paper = newest_path(case, kind), gathered.history.last_paper(kind)
        if paper is None or not path.is_file():
            continue
        digest = journal.digest(path.read_bytes())
        logged = written(gathered.entries).get(case.relative(path))
        if digest == logged != paper.digest:
            yield Told(f"“{case.relative(path)}”不是{name}第{paper.version}版。{_FORGED}")


def _stale(case: Case, gathered: Gathered, evaluation: Evaluation) -> Iterator[Told]:
    """Yield the newest versions that would not come out the same today.

    Another outcome, or the same with another account, payee, date or minutes number.
    """
    for kind in (NOTICE, FINANCE):
        paper = gathered.history.last_paper(kind)
        if paper is None:
            continue
        path = filed_path(case, kind, paper.version)
        path = path if path.exists() else newest_path(case, kind)
        name = case.relative(path)
        if paper.content:
            stands = agrees(paper, gathered, evaluation)
        else:
            stands = not changed_since(paper, evaluation.decisions)
        if stands and paper.content:
            told = _second_look(path, paper, gathered, evaluation)
            yield from first(
                (f"“{name}”与重新评价的结果不同：{one}。{_FORGED}" for one in told),
                _MOST,
                f"“{name}”与重新评价的结果另有{{count}}处不同。",
            )
        elif not stands:
            yield Told(
                f"“{name}”与现在的申报材料和工作簿不一致（如等次、账号、收款单位、会议纪要号、"
                "公示日期或所用的办法改过）；请重新导出。"
            )


def _second_look(
    path: Path, paper: Paper, gathered: Gathered, evaluation: Evaluation
) -> tuple[str, ...]:
    """Return what the sheet itself says otherwise; its digest in the log may be forged too."""
    read = paper_rows(path, paper.kind)
    if read is None:
        return ()  # gone or unreadable: told with the outputs
    shown = for_paper(evaluation, paper.kind)
    if paper.kind == NOTICE:
        return notice_disagreements(read, notice_rows(shown, gathered.edition))
    return disagreements(read, finance_rows(shown, gathered.edition, gathered.forms))
