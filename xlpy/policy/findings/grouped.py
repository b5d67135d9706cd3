"""Findings of one kind (同类的问题) are one row once there are many, so that lists are read.

What stands one by one is what somebody mends one by one. More than that nobody reads, and a file
made of nothing else would fill the staff's workbook until no program opens it any more.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from xlpy.model.finding import Finding, Place, in_order
from xlpy.policy.findings.catalogue import catalogue

MOST_ALIKE = 20
"""So many of a kind in a column stand one by one; so many more of a file that has too many."""
_CELLS, _LOST_CELLS = 2_000, 20_000
MOST_MEMBERS = 100
"""How many of those it stands for a row knows by their own ids."""
MOST_OF_FILE = 300
"""Rows of one file; beyond it every kind on a sheet that has many is one row."""
MOST_FILES = 100
"""So many files of which the very same is said stand one by one."""
MOST_LISTED = 20_000
"""Rows of one list; beyond it the most frequent kinds are one row each."""
_NAMED = 5
"""How many places one row names."""


def most_cells(code: str) -> int:
    """Return how many cells one row keeps, to be coloured: as many as 附件3 has room for.

    Of values that are not what was meant all that are read: none may look right in a copy.
    """
    return _LOST_CELLS if catalogue()[code].lossy else _CELLS


class Group(NamedTuple):
    """One row for findings of many files (多个文件的同类问题), and those it stands for."""

    row: Finding
    those: Sequence[Finding]


def column_of(cell: str) -> str:
    """Return the letters of an address (栏): "" where it has none.

    >>> column_of("AB12"), column_of("K4:K9"), column_of("")
    ('AB', 'K', '')
    """
    return cell.partition(":")[0].rstrip("0123456789")


def of_column(first: Finding, cells: Sequence[str], count: int, members: Iterable[str]) -> Finding:
    """Return the one row for findings of a kind in one column; `cells` as many as are kept.

    It has the severity and the words of the first. `cells` ends with the last of all.
    """
    places = "、".join(cells[:_NAMED])
    return replace(
        first,
        place=first.place._replace(cell=f"{cells[0]}:{cells[-1]}"),
        found=f"{first.found}（这一栏同类问题共{count}处，前{_NAMED}处：{places}）",
        cells=tuple(cells[: most_cells(first.code)]),
        count=count,
        members=tuple(members),
    )


def by_column(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings in order of place; more than 20 of a kind in a column are one.

    One without a cell is never one of many: what it is about stands in its words alone.
    """
    columns: dict[tuple[str, ...], list[Finding]] = {}
    for one in in_order(list(findings)):
        file = (one.place.file, one.digest, one.place.sheet)
        columns.setdefault((column_of(one.place.cell), one.code, *file), []).append(one)
    kept: list[Finding] = []
    for (letters, *_), them in columns.items():
        if letters and len(them) > MOST_ALIKE:
            cells = tuple(dict.fromkeys(one.place.cell for one in them))
            ids = (one.id for one in them[:MOST_MEMBERS])
            kept.append(of_column(them[0], cells, len(cells), ids if _few(them) else ()))
        else:
            kept += them
    return in_order(kept)


def within_file(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings of one file, few enough to be kept: no file fills the lists of a case.

    Beyond 300 rows, more than 20 of a kind on a sheet are one row; where that is not enough, more
    than 20 of a kind in the file.
    """
    kept = tuple(findings)
    for key in (_kind_on_sheet, _kind):
        if len(kept) > MOST_OF_FILE:
            kept = _merged(kept, key)
    return kept


def listed(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the rows of a list of a whole case (列入清单的问题), at most 20,000 and a few.

    Files of which the very same is said are one row when there are more than 100; beyond the
    most rows the kinds that have the most of them are.
    """
    groups = across_files(findings)
    if not groups:
        return tuple(findings)
    instead = {id(one): group for group in groups for one in group.those}
    rows = {id(got): got for got in (_row(one, instead) for one in findings)}
    return in_order(list(rows.values()))


def across_files(findings: Sequence[Finding], *, short: int = 0) -> tuple[Group, ...]:
    """Return the groups of a list; `short` by how much it may be short of what is listed."""
    same = _alike(findings)
    left = len(findings) - sum(len(them) - 1 for them in same)
    if left + short <= MOST_LISTED:
        return tuple(_of_files(them) for them in same)
    groups: list[Group] = []
    kinds = Counter(one.code for one in findings)
    for code, count in sorted(kinds.items(), key=lambda one: (-one[1], one[0])):
        if left + short <= MOST_LISTED or count <= MOST_ALIKE:
            break
        them = [one for one in findings if one.code == code]
        groups.append(_of_files(them))
        left -= count - 1
    taken = {group.row.code for group in groups}
    return (*groups, *(_of_files(them) for them in same if them[0].code not in taken))


def _row(one: Finding, instead: Mapping[int, Group]) -> Finding:
    group = instead.get(id(one))
    return one if group is None else group.row


def _alike(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Return the findings about whole files of which the very same is said, where many."""
    if len(findings) <= MOST_FILES:
        return []
    same: dict[tuple[str, ...], list[Finding]] = {}
    for one in findings:
        if one.place.file and not (one.place.sheet or one.subject):
            same.setdefault((one.code, one.found, one.needed, one.mend), []).append(one)
    return [them for them in same.values() if len(them) > MOST_FILES]


def _of_files(them: Sequence[Finding]) -> Group:
    """Return one row for findings of many files; its id is theirs, in whatever order they come."""
    first = in_order(list(them))[0]
    files = sorted({one.place.file for one in them})
    count = sum(one.count for one in them)
    named = "、".join(files[:_NAMED])
    ids = "\x1f".join(sorted(one.id for one in them))
    row = replace(
        first,
        place=Place(f"{first.place.file}等{len(files)}个文件"),
        found=f"{first.found}（同类问题共{count}处，在{len(files)}个文件中，前几个：{named}）",
        subject="",
        digest=hashlib.sha256(ids.encode()).hexdigest(),
        now="",
        cells=(),
        count=count,
        members=(),
    )
    return Group(row, them)


def _merged(findings: Sequence[Finding], key: Callable[[Finding], Hashable]) -> tuple[Finding, ...]:
    groups: dict[Hashable, list[Finding]] = {}
    for one in findings:
        groups.setdefault(key(one), []).append(one)
    kept = ([_of_file(them)] if len(them) > MOST_ALIKE else them for them in groups.values())
    return in_order([one for them in kept for one in them])


def _of_file(them: Sequence[Finding]) -> Finding:
    first = them[0]
    sheets = {one.place.sheet for one in them}
    one_sheet = len(sheets) == 1
    count = sum(one.count for one in them)
    shown = [f"{one.place._replace(file='')}" for one in them[:_NAMED]]
    cells = dict.fromkeys(cell for one in them for cell in one.places) if one_sheet else {}
    return replace(
        first,
        place=Place(first.place.file, first.place.sheet if one_sheet else ""),
        found=f"{first.found}（这份文件同类问题共{count}处，前{_NAMED}处：{'、'.join(shown)}）",
        cells=tuple(cells)[: most_cells(first.code)],
        count=count,
        members=tuple(one.id for one in them),
    )


def _kind_on_sheet(finding: Finding) -> Hashable:
    return finding.code, finding.place.sheet


def _kind(finding: Finding) -> Hashable:
    return finding.code


def _few(them: Sequence[Finding]) -> bool:
    return len(them) <= MOST_MEMBERS
