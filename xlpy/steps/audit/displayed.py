"""What evaluate.xlsm displays (工作簿所示): the program's cells, as the last run left them.

Names, scores, grades and amounts are held against the log always. Every other cell of the program
is made again from the state of the last run that filled the workbook, while that state is still
known: the same files, the same staff cells, the same version of the program.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from xlpy import __version__
from xlpy.forms.cells.identity import read_meta
from xlpy.model.grid import Book, Grid
from xlpy.model.identity import EDITION_DIGEST, PROGRAM
from xlpy.model.sheets.sheet import Document, Sheet
from xlpy.policy.form import Table
from xlpy.report.register.row import FOLDER, clock
from xlpy.report.runlog import Entry
from xlpy.report.workbook.table import HEADING
from xlpy.report.year.runs import command_word
from xlpy.steps.audit.cells import Difference, other_figures, sheet_differences, whole_names
from xlpy.steps.audit.chain import number
from xlpy.steps.audit.judging import cells_changed
from xlpy.steps.audit.states import State, states, why_not
from xlpy.steps.audit.tables import Held, around_table, table_differences
from xlpy.steps.audit.told import Told, first, note
from xlpy.steps.case import Case
from xlpy.steps.gather import CHANGE, Gathered

FILLING = ("check", "evaluate", "export", CHANGE)
"""The runs that fill the workbook."""

_MOST = 10  # sentences on one sheet
_BACK = 6  # so many runs before the last one are looked at
_EXAMPLES = 3
_WORDS = ("status", "reason", "note", "to_line", "to_quota")  # another version may tell otherwise
_RECKONED = ("to_line", "to_quota")  # another version may reckon them for other rows
_JUDGED = ("ballots", "results", "subsidy")  # they tell of the judging alone
_PROGRAM = (*_JUDGED, "register", "findings", "changes")  # no rows of the staff's own
_RESULTS = ("name", "code", "score", "final", "subsidy")
_SUBSIDY = ("name", "code", "grade", "amount")
_CURE = "这些格由程序填写，请查明改动；再运行一次 xlpy check 即重新填写。"
_REFRESH = "再运行一次 xlpy check 即可全部核对。"


def displayed_problems(case: Case, gathered: Gathered, book: Book, today: date) -> Iterator[Told]:
    """Yield the program's cells of the workbook that do not show what they should."""
    yield from _unknown(case, gathered)
    entries = gathered.entries
    yield from _told(case, tuple(_around(gathered, book)))
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
            whole = whole_names(grid)
            full = [{id: whole.get(str(v), v) for id, v in row.items()} for row in wanted]
            yield from table_differences(
                grid, full, Held(tuple(label.values()), telling=telling_labels)
            )


def _named(book: Book, name: str) -> Iterator[Grid]:
    return (grid for grid in book.grids if grid.name == name)


def _around(gathered: Gathered, book: Book) -> Iterator[Difference]:
    """Yield what stands around the tables that are the program's alone: above, beside, below.

    Title and hint are the same in every state; of a workbook another version filled only what
    has figures is held, its words may be that version's.
    """
    filled = [one["version"] for one in gathered.entries if one["command"] in FILLING]
    ours = all(one == __version__ for one in filled[-2:]) and not _is_older(gathered, book)
    for id in _PROGRAM:
        table = gathered.forms.staff.tables[id]
        for grid in _named(book, table.sheet):
            labels = tuple(one.label for one in table.columns)
            beside = id != "ballots"  # its columns are the experts': held with its rows
            for one in around_table(grid, labels, (table.title, table.hint), beside=beside):
                if ours or other_figures(one):
                    yield one


def _is_older(gathered: Gathered, book: Book) -> bool:
    """Tell whether another version wrote the whole file: while it is open a run fills cells only.

    The mark in `_meta` is believed where the log, or what else stands there, agrees: one of before
    1.3.0 has neither mark nor digest, and the log or its forms are of before; of any other version
    the log has runs.
    """
    meta = read_meta(book)
    drawn, entries = meta.get(PROGRAM, ""), gathered.entries
    if drawn:
        return drawn != __version__ and drawn in {one["version"] for one in entries}
    old = gathered.staff.version < gathered.forms.staff.version
    old = old or any("edition_digest" not in one for one in entries)
    return old and EDITION_DIGEST not in meta


# Every cell, made again


def _every_cell(
    case: Case, gathered: Gathered, book: Book, fills: Sequence[int], today: date
) -> Iterator[Told]:
    """Yield the cells that no state of the last runs explains."""
    entry = gathered.entries[fills[-1]]
    if why := why_not(gathered, entry):
        yield note(
            f"{case.workbook.name}：{why}，只核对了名称、得分、等次和金额，其余程序填写的格没有核对；"
            f"{_REFRESH}"
        )
        return
    if entry["version"] != __version__:
        why = f"最近一次由 {entry['version']} 版填写"
        yield from _figures_alone(case, gathered, book, fills, today, why)
        return
    typed = cells_changed(gathered)
    wrong, state = _least_wrong(case, gathered, book, fills, today, judged_only=typed)
    before = gathered.entries[fills[-2]]["version"] if len(fills) > 1 else __version__
    if wrong and before != __version__:  # what it read was another workbook, and is no more
        why = f"原由 {before} 版填写，最近一次运行把它更新成了本版的样子"
        yield from _figures_alone(case, gathered, book, fills, today, why)
        return
    if wrong and _is_older(gathered, book):
        why = "还是旧版软件写出的样子，打开时只填写了结果（请保存并关闭）"
        yield from _figures_alone(case, gathered, book, fills, today, why)
        return
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


def _figures_alone(
    case: Case, gathered: Gathered, book: Book, fills: Sequence[int], today: date, why: str
) -> Iterator[Told]:
    """Yield what any version would show as well, and a note on what may be worded otherwise."""
    state = next(states(case, gathered, fills, today))
    wrong = tuple(_differences(gathered, book, state.document, judged_only=False))
    hard = tuple(dict.fromkeys(_figures(gathered, book, state.document)))
    yield from _told(case, hard)
    soft = [one for one in wrong if one not in hard]
    some = "；".join(one.words for one in soft[:_EXAMPLES])
    held = "名称、级别、得分、名次、等次、金额和账号已逐格核对"
    if not soft:
        yield note(f"{case.workbook.name}{why}：{held}，其余与按现在的内容填写的也相同。")
        return
    yield note(
        f"{case.workbook.name}{why}：{held}，"
        f"其余有{len(soft)}处与按现在的内容填写的不同（如{some}）；{_REFRESH}"
    )


def _figures(gathered: Gathered, book: Book, document: Document) -> Iterator[Difference]:
    """Yield the differences of the sheets that tell of the judging, their sentences aside."""
    tables = gathered.forms.staff.tables
    for sheet in document.sheets:
        for id in _JUDGED:
            if sheet.name == tables[id].sheet:
                aside = [one.label for one in tables[id].columns if one.id in _WORDS]
                for grid in _named(book, sheet.name):
                    yield from _table(grid, sheet, id, tables[id], aside=aside)
                    words = [one.label for one in tables[id].columns if one.id in _RECKONED]
                    whole = _table(grid, sheet, id, tables[id], aside=words)
                    yield from (one for one in whole if other_figures(one))


def _least_wrong(
    case: Case,
    gathered: Gathered,
    book: Book,
    fills: Sequence[int],
    today: date,
    *,
    judged_only: bool,
) -> tuple[tuple[Difference, ...], State]:
    """Return the state that explains the most of what is shown, and what it does not explain."""
    found: list[tuple[tuple[Difference, ...], State]] = []
    for state in states(case, gathered, fills, today):
        wrong = tuple(_differences(gathered, book, state.document, judged_only=judged_only))
        found.append((wrong, state))
        if not wrong:
            break
    return min(found, key=lambda one: len(one[0]))


def _sheets(gathered: Gathered) -> str:
    return "」「".join(gathered.forms.staff.tables[id].sheet for id in _JUDGED)


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


def _table(
    grid: Grid, sheet: Sheet, id: str, table: Table, *, aside: Collection[str] = ()
) -> Iterator[Difference]:
    labels = [str(value) for value in sheet.lines[HEADING].values]
    staff = tuple(field.label for field in table.columns if field.staff)
    program = tuple(label for label in labels if label not in (*staff, *aside))
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
