"""What evaluate.xlsm displays (工作簿所示): the program's cells, as the last run left them.

Names, scores, grades and amounts are held against the log always. Every other cell of the program
is made again from the state of the last run that filled the workbook, while that state is still
known: the same files, the same staff cells, the same version of the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from xlpy import __version__
from xlpy.forms.staff.read import APPENDED
from xlpy.judge.order import for_paper
from xlpy.model.filing import Answer
from xlpy.model.grid import Book, Grid
from xlpy.model.history import FINANCE, NOTICE
from xlpy.model.keys import key_of
from xlpy.model.sheet import Document, Sheet
from xlpy.policy.form import Table
from xlpy.report.register.row import FOLDER, clock
from xlpy.report.runlog import Entry
from xlpy.report.workbook.roster import typed_key
from xlpy.report.workbook.table import HEADING
from xlpy.report.year.runs import command_word
from xlpy.steps.audit.cells import Difference, sheet_differences
from xlpy.steps.audit.chain import number
from xlpy.steps.audit.judging import cells_changed
from xlpy.steps.audit.tables import Held, table_differences
from xlpy.steps.audit.told import Told, first, note
from xlpy.steps.case import Case
from xlpy.steps.evaluate import decide
from xlpy.steps.gather import Gathered
from xlpy.steps.log.history import history_of
from xlpy.steps.workbook import workbook_of

FILLING = ("check", "evaluate", "export")
"""The runs that fill the workbook."""

_MOST = 10  # sentences on one sheet
_BACK = 6  # so many runs before the last one are looked at
_JUDGED = ("ballots", "results", "subsidy")  # they tell of the judging alone
_RESULTS = ("name", "code", "score", "final", "subsidy")
_SUBSIDY = ("name", "code", "grade", "amount")
_CURE = "这些格由程序填写，请查明改动；再运行一次 xlpy check 即重新填写。"
_REFRESH = "再运行一次 xlpy check 即可全部核对。"


class _State(NamedTuple):
    """A state the workbook may have been filled from (填写时的状态)."""

    line: int
    document: Document


def displayed_problems(case: Case, gathered: Gathered, book: Book, today: date) -> Iterator[Told]:
    """Yield the program's cells of the workbook that do not show what they should."""
    yield from _unknown(case, gathered)
    entries = gathered.entries
    fills = [n for n, one in enumerate(entries) if one["command"] in FILLING]
    if not fills:
        yield from _told(case, tuple(_decided(gathered, book, ())))
        return
    last, wrong = fills[-1], list(_decided(gathered, book, entries[fills[-1]]["decisions"]))
    if wrong:
        older = (n for n in reversed(fills[-_BACK - 1 : -1]) if not _differs(gathered, book, n))
        if (shown := next(older, None)) is None:
            yield from _told(case, wrong)
            return
        yield Told(
            f"{case.workbook.name} 显示的是{_run(gathered, entries[shown])}那次运行的结果，"
            f"没有更新到最近一次（{_run(gathered, entries[last])}）。请保存并关闭工作簿，"
            "再运行一次 xlpy check；当时并没有打开它的，请查明是谁换回去的。"
        )
        fills = fills[: fills.index(shown) + 1]
    yield from _every_cell(case, gathered, book, fills, today)


def _unknown(case: Case, gathered: Gathered) -> Iterator[Told]:
    if unknown := gathered.staff.unknown:
        where = "、".join(unknown[:_MOST]) + (f"等{len(unknown)}处" * (len(unknown) > _MOST))
        yield note(f"{case.workbook.name} 中有程序不认识的内容或缺少工作表（{where}），没有核验。")


def _run(gathered: Gathered, entry: Entry) -> str:
    word = command_word(gathered.forms.staff, entry["command"])
    return f"{clock(entry['time'])}{word}"


def _told(case: Case, wrong: Sequence[Difference]) -> Iterator[Told]:
    """Yield the differences as problems, the first of each sheet."""
    for name in dict.fromkeys(one.sheet for one in wrong):
        own = [one for one in wrong if one.sheet == name]
        told = (f"{case.workbook.name}{one.words}。{_CURE}" for one in own)
        yield from first(told, _MOST, f"{case.workbook.name}「{name}」另有{{count}}处不符。")


# What the log itself knows


def _differs(gathered: Gathered, book: Book, line: int) -> bool:
    decisions = gathered.entries[line]["decisions"]
    return any(True for _ in _decided(gathered, book, decisions))


def _decided(
    gathered: Gathered, book: Book, decisions: Sequence[Sequence[str | None]]
) -> Iterator[Difference]:
    """Yield what 评价结果 and 奖补资金 show of names, scores, grades and amounts against a line."""
    tables = gathered.forms.staff.tables
    results, subsidy = tables["results"], tables["subsidy"]
    rows, paid = [], []
    for code, name, _, score, final, amount in decisions:
        known = {"name": name, "code": code, "score": number(score), "final": final}
        rows.append({**known, "subsidy": number(amount)})
        if number(amount):
            paid.append({"name": name, "code": code, "grade": final, "amount": number(amount)})
    for table, held, lines, telling in (
        (results, _RESULTS, rows, ("score", "final", "subsidy")),
        (subsidy, _SUBSIDY, paid, _SUBSIDY),
    ):
        label = {id: table.column(id).label for id in held}
        wanted = [{label[id]: value for id, value in row.items()} for row in lines]
        telling_labels = tuple(label[id] for id in telling)
        for grid in _named(book, table.sheet):
            yield from table_differences(
                grid, wanted, Held(tuple(label.values()), telling=telling_labels)
            )


def _named(book: Book, name: str) -> Iterator[Grid]:
    return (grid for grid in book.grids if grid.name == name)


# Every cell, made again


def _every_cell(
    case: Case, gathered: Gathered, book: Book, fills: Sequence[int], today: date
) -> Iterator[Told]:
    """Yield the cells that no state of the last runs explains."""
    entry = gathered.entries[fills[-1]]
    if why := _why_not(gathered, entry):
        yield note(
            f"{case.workbook.name}：{why}，只核对了名称、得分、等次和金额，其余程序填写的格没有核对；"
            f"{_REFRESH}"
        )
        return
    typed = cells_changed(gathered)
    wrong, state = _least_wrong(case, gathered, book, fills, today, judged_only=typed)
    yield from _told(case, wrong)
    if not wrong and state.line != fills[-1]:
        yield note(
            f"{case.workbook.name} 显示的是{_run(gathered, gathered.entries[state.line])}那次运行"
            f"时的样子，等次和金额没有变；{_REFRESH}"
        )
    if typed:
        yield note(
            f"最近一次运行之后，{case.workbook.name} 中又填写过内容：「{_sheets(gathered)}」"
            f"已逐格核对，其余程序填写的格没有核对；{_REFRESH}"
        )
    else:
        yield from _evidence(gathered, book, state.document)


def _least_wrong(
    case: Case,
    gathered: Gathered,
    book: Book,
    fills: Sequence[int],
    today: date,
    *,
    judged_only: bool,
) -> tuple[tuple[Difference, ...], _State]:
    """Return the state that explains the most of what is shown, and what it does not explain."""
    found: list[tuple[tuple[Difference, ...], _State]] = []
    for state in _states(case, gathered, fills, today):
        wrong = tuple(_differences(gathered, book, state.document, judged_only=judged_only))
        found.append((wrong, state))
        if not wrong:
            break
    return min(found, key=lambda one: len(one[0]))


def _sheets(gathered: Gathered) -> str:
    return "」「".join(gathered.forms.staff.tables[id].sheet for id in _JUDGED)


def _why_not(gathered: Gathered, entry: Entry) -> str:
    """Return why the state of that run is not known any more, "" when it is."""
    if entry["inputs"] != dict(gathered.inputs):
        return "最近一次运行之后材料有增减或改动"
    if entry["version"] != __version__:
        return f"最近一次由 {entry['version']} 版填写，各格的文字与本版不同"
    if entry["staff"] != gathered.staff.digest:
        return "最近一次运行之后经办人填写的内容有改动"
    return ""


def _states(case: Case, gathered: Gathered, fills: Sequence[int], today: date) -> Iterator[_State]:
    """Yield the states the workbook may show, the likeliest first.

    An open workbook keeps its rows where staff had them; LibreOffice's is rebuilt when it closes,
    without a line of its own; and a run may have found it open elsewhere and left it alone.
    """
    newest = fills[-1]
    before = _without_appended(gathered, fills)
    for rows_stay in (False, True):
        for one in (gathered, *before):
            yield from _filled(case, one, newest, rows_stay=rows_stay)
    for day in dict.fromkeys((_day(gathered.entries[newest]), today)):
        yield _rebuilt(case, gathered, newest, day)
    for line in reversed(fills[-_BACK:-1]):
        if not _why_not(gathered, gathered.entries[line]):
            for one in (gathered, *before):
                yield from _filled(case, one, line, rows_stay=False)


def _without_appended(gathered: Gathered, fills: Sequence[int]) -> list[Gathered]:
    """Return what the last run read when it was that run that appended rows to 参评名单.

    Some of the rows, those of the files it was the first to see; or all that nobody touched.
    """
    appended = {int(str(one["row"])): one for one in _roster(gathered) if APPENDED in one}
    if not appended:
        return []
    earlier = gathered.entries[fills[-2]]["inputs"] if len(fills) > 1 else {}
    new = {
        path.rpartition("/")[2] for path, digest in gathered.inputs if earlier.get(path) != digest
    }
    codes = {
        key_of(filing.text(form.field("code").label), filing.text(form.field("name").label))
        for form in (gathered.forms.filing,)
        for filing in gathered.filings
        if filing.file in new
    }
    fresh = {row for row, one in appended.items() if typed_key(one) in codes}
    return [_without(gathered, rows) for rows in (set(appended), fresh) if rows]


def _roster(gathered: Gathered) -> Sequence[Mapping[str, Answer]]:
    return gathered.staff.typed.get("roster", ())


def _without(gathered: Gathered, rows: Set[int]) -> Gathered:
    """Return it without these rows of 参评名单."""
    typed = tuple(one for one in _roster(gathered) if int(str(one["row"])) not in rows)
    staff = replace(
        gathered.staff,
        roster=tuple(one for one in gathered.staff.roster if one.row not in rows),
        typed={**gathered.staff.typed, "roster": typed},
    )
    return replace(gathered, staff=staff)


def _filled(case: Case, gathered: Gathered, line: int, *, rows_stay: bool) -> Iterator[_State]:
    """Yield the workbook as the run of this line filled it."""
    entry = gathered.entries[line]
    then = _at(gathered, line)
    evaluation = decide(then, today=_day(entry))
    history = history_of(gathered.entries[: line + 1])
    outcomes = [evaluation]
    if entry["command"] == "export":
        kinds = (entry["kind"],) if entry.get("kind") else (NOTICE, FINANCE)
        causes = tuple(entry.get("refused", ()))
        outcomes = [replace(for_paper(evaluation, kind), causes=causes) for kind in kinds]
    for outcome in outcomes:
        yield _State(
            line, workbook_of(case, then, outcome, history, rows_stay=rows_stay, drawn=None)
        )


def _rebuilt(case: Case, gathered: Gathered, line: int, day: date) -> _State:
    """Return the workbook as it is rebuilt after a line without a run of its own."""
    evaluation = decide(_at(gathered, line + 1), today=day)
    history = history_of(gathered.entries[: line + 1])
    return _State(line, workbook_of(case, _at(gathered, line + 1), evaluation, history))


def _at(gathered: Gathered, lines: int) -> Gathered:
    """Return what was gathered when the log had so many lines."""
    entries = gathered.entries[:lines]
    return replace(gathered, entries=entries, history=history_of(entries))


def _day(entry: Entry) -> date:
    return date.fromisoformat(entry.get("today") or entry["time"][:10])


def _differences(
    gathered: Gathered, book: Book, document: Document, *, judged_only: bool
) -> Iterator[Difference]:
    form = gathered.forms.staff
    tables = {table.sheet: (id, table) for id, table in form.tables.items()}
    wanted = [form.tables[id].sheet for id in _JUDGED]
    for sheet in document.sheets:
        grids = list(_named(book, sheet.name))
        if len(grids) != 1 or (judged_only and sheet.name not in wanted):
            continue  # a sheet that is not there is a finding (R815, R824)
        if sheet.name in tables:
            yield from _table(grids[0], sheet, *tables[sheet.name])
        elif sheet.name in (form.desk, form.charts):
            yield from _page(grids[0], sheet, desk=sheet.name == form.desk)


def _table(grid: Grid, sheet: Sheet, id: str, table: Table) -> Iterator[Difference]:
    labels = [str(value) for value in sheet.lines[HEADING].values]
    staff = tuple(field.label for field in table.columns if field.staff)
    program = tuple(label for label in labels if label not in staff)
    rows = [
        dict(zip(labels, line.values, strict=True))
        for line in sheet.lines[HEADING + 1 :]
        if line.values
    ]
    if id == "register":  # evidence comes and goes: see `_evidence`
        program = tuple(label for label in program if label != table.column("evidence").label)
    held = Held(
        program,
        beside=tuple(label for label in labels if label in staff),
        may_lack=id in ("roster", "experts", "acceptances", "objections"),
        aside=(table.column("kind").label, FOLDER) if id == "register" else ("", ""),
    )
    yield from table_differences(grid, rows, held)


def _evidence(gathered: Gathered, book: Book, document: Document) -> Iterator[Told]:
    """Yield a note when the evidence is not what 收件登记 shows: files come, nothing is stale."""
    table = gathered.forms.staff.tables["register"]
    labels = tuple(table.column(id).label for id in ("kind", "name", "code", "evidence"))
    for sheet in document.sheets:
        if sheet.name != table.sheet:
            continue
        heads = [str(value) for value in sheet.lines[HEADING].values]
        lines = (line.values for line in sheet.lines[HEADING + 1 :] if line.values)
        rows = [dict(zip(heads, values, strict=True)) for values in lines]
        for grid in _named(book, sheet.name):
            if any(True for _ in table_differences(grid, rows, Held(labels))):
                yield note(
                    f"「{sheet.name}」的“{labels[-1]}”与现在文件夹中的不同：文件夹有增减，或这一栏被改过；"
                    f"{_REFRESH}"
                )


def _page(grid: Grid, sheet: Sheet, *, desk: bool) -> Iterator[Difference]:
    """Yield the differences of a sheet without a table; a folder may have been renamed."""
    for one in sheet_differences(grid, sheet.lines):
        name, _, rest = one.expected.partition("　")
        if not (desk and name and rest and one.shown.endswith(f"　{rest}")):
            yield one
