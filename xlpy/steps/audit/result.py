"""评价结果.xlsx held against what judging again comes to (结果表核对): bytes, contents, cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlpy.excel.reading.book import read_book
from xlpy.excel.reading.contents import same_content
from xlpy.excel.writing.write import document_bytes
from xlpy.model.grid import Book, Grid, Refusal
from xlpy.model.sheets.sheet import Sheet, Value
from xlpy.policy.form import Field
from xlpy.policy.forms.load import load_reports
from xlpy.report.former import as_formerly
from xlpy.report.register.row import clock
from xlpy.steps.audit.cells import (
    Difference,
    bare_figure,
    other_figures,
    sheet_differences,
    whole_names,
)
from xlpy.steps.audit.chain import number
from xlpy.steps.audit.files import written
from xlpy.steps.audit.judging import Judged, changed_since
from xlpy.steps.audit.tables import Held, row_differences, table_differences
from xlpy.steps.audit.told import Told, first, note
from xlpy.steps.case import Case
from xlpy.steps.evaluate import result_of, versions
from xlpy.steps.gather import Gathered
from xlpy.steps.log import journal

_MOST = 10
_EXAMPLES = 3
_WORDS = ("status", "reason")  # sentences another version may word otherwise
_LOGGED = ("name", "code", "score", "final", "subsidy")
_SAME_REASONS = frozenset({"1.1.0"})  # they give reasons in the words of this one
_ACCEPTED = "受理"
_AGAIN = "请查明是谁改动的，并重新评价。"


def result_problems(case: Case, gathered: Gathered, judged: Judged) -> Iterator[Told]:
    """Yield the cells of 评价结果.xlsx that do not say what judging again comes to.

    Written by this version with the same components it is the same to the byte, or at least in
    every part where they were compressed otherwise.
    """
    if not case.result.is_file():
        return  # told already
    if changed := changed_since(gathered, judged.entry):
        yield from _of_then(case, gathered, judged, changed)
        return
    document = result_of(gathered, judged.evaluation)
    if same_content(case.result.read_bytes(), document_bytes(document)):
        return
    book = read_book(case.result)
    name = case.result.name
    if isinstance(book, Refusal):
        yield Told(f"“{name}”读不了，不能逐格核对；请重新评价。")
        return
    sheets = document.sheets if judged.same_version else _of_its_version(book, gathered, judged)
    scores = gathered.forms.staff.tables["ballots"].sheet
    yield from _cells(name, book, sheets, judged, scores)


def _of_its_version(book: Book, gathered: Gathered, judged: Judged) -> Sequence[Sheet]:
    """Return the sheets as the version that wrote the file laid them out."""
    evaluation = judged.evaluation
    there = {*(grid.name for grid in book.grids), *book.others}
    ballots = evaluation.marked(gathered.ballots)
    sheets = result_of(gathered, evaluation).sheets
    return as_formerly(sheets, there, evaluation, gathered.edition, gathered.forms, ballots)


def _of_then(case: Case, gathered: Gathered, judged: Judged, changed: str) -> Iterator[Told]:
    """Hold the result of an evaluation whose files or cells are no more against its line.

    That it is of then is said once, and accuses nobody; a changed file is told with the outputs.
    """
    name, clocked = case.result.name, clock(judged.entry["time"])
    if written(gathered.entries).get(case.relative(case.result)) == journal.digest(
        case.result.read_bytes()
    ):
        yield Told(
            f"“{name}”还是{clocked}那次评价的结果，其后{changed}；请再评价一次（xlpy evaluate）。"
        )
    table = load_reports()["results"]
    book = read_book(case.result, wanted=(table.sheet,))
    if isinstance(book, Refusal) or len(book.grids) != 1:
        yield Told(f"“{name}”读不了，不能与运行记录核对；请重新评价。")
        return
    grid = book.grids[0]
    whole = whole_names(grid)
    label = [table.column(id).label for id in _LOGGED]
    rows = [
        dict(zip(label, values, strict=True))
        for code, title, _, score, final, amount in judged.entry["decisions"]
        for texts in [[whole.get(one, one) for one in (title, code)]]
        for values in [(*texts, number(score), final, number(amount))]
    ]
    wrong = table_differences(grid, rows, Held(tuple(label), telling=tuple(label[1:])))
    told = (
        f"“{name}”与运行记录第{judged.number + 1}行不同：{one.words}。{_AGAIN}" for one in wrong
    )
    yield from first(told, _MOST, f"“{name}”与运行记录另有{{count}}处不同。")


def _cells(
    name: str, book: Book, sheets: Sequence[Sheet], judged: Judged, scores: str
) -> Iterator[Told]:
    grids = {grid.name: grid for grid in book.grids}
    other = sorted({*grids, *book.others} - {sheet.name for sheet in sheets})
    yield from (Told(f"“{name}”中多出工作表「{one}」。{_AGAIN}") for one in other)
    hard: list[Difference] = []
    soft: list[Difference] = []
    for sheet in sheets:
        grid = grids.get(sheet.name)
        if grid is None:
            yield Told(f"“{name}”中没有工作表「{sheet.name}」。{_AGAIN}")
            continue
        if judged.same_version:
            hard += _differences(grid, sheet)
        else:
            decisive = tuple(_decisive(grid, sheet))
            hard += decisive
            told_otherwise = _wording(grid, sheet, judged.entry["version"], scores)
            for one, decides in told_otherwise:
                if one not in decisive:
                    (hard if decides else soft).append(one)
    told = (f"“{name}”与重新评价的结果不同：{one.words}。{_AGAIN}" for one in hard)
    yield from first(told, _MOST, f"“{name}”与重新评价的结果另有{{count}}处不同。")
    if soft:
        soft.sort(key=lambda one: _digits(one.shown) == _digits(one.expected))
        some = "；".join(one.words for one in soft[:_EXAMPLES])
        yield note(
            f"“{name}”由 {judged.entry['version']} 版写出，名次、等次、得分、金额以外有"
            f"{len(soft)}处文字与本版不同（如{some}）；重新评价一次以后按本版逐格核对。"
        )
    if not hard:
        yield _otherwise_made(name, grids, judged)


def _otherwise_made(name: str, grids: Mapping[str, Grid], judged: Judged) -> Told:
    """Say why the bytes differ though no cell does: other components, or the looks were changed."""
    if not judged.same_version or _other_components(grids):
        return note(
            f"“{name}”是用另一版的程序或组件写出的，各格已核对，版式没有；重新评价一次以后可以核对。"
        )
    return Told(f"重新生成的“{name}”与运行记录不同：各格相同，版式或隐藏的内容不同。{_AGAIN}")


def _other_components(grids: Mapping[str, Grid]) -> bool:
    """Tell whether the file names other versions of the components than are installed here."""
    run = grids.get(load_reports()["run"].sheet)
    ours = versions()
    rows = run.rows if run else ()
    return any(len(row) > 1 and ours.get(str(row[0]), row[1]) != row[1] for row in rows)


def _differences(grid: Grid, sheet: Sheet) -> Iterator[Difference]:
    """Yield every cell that differs, but for the versions of the components."""
    ours = versions().keys()
    aside = {
        (row, column)
        for row, line in enumerate(sheet.lines)
        if line.values and line.values[0] in ours
        for column in range(2)
    }
    yield from sheet_differences(grid, sheet.lines, aside=aside)


def _digits(text: str) -> str:
    """Return the digits of a text: where they differ a figure does, not only the wording."""
    return "".join(sign for sign in text if sign.isdecimal())


def _decisive(grid: Grid, sheet: Sheet) -> Iterator[Difference]:
    """Yield the cells that differ among those no version may word otherwise."""
    reports = load_reports()
    if sheet.name == reports["results"].sheet:
        yield from _ranking(grid, sheet, reports["results"].columns)


def _wording(
    grid: Grid, sheet: Sheet, version: str, scores: str
) -> Iterator[tuple[Difference, bool]]:
    """Yield the other cells that differ, and whether no version would word them so.

    Another version finds more and says it in other words; its figures are the same. What 校验问题
    and 运行信息 list comes and goes with the version, so there only a bare figure decides.
    """
    reports = {table.sheet: id for id, table in load_reports().items()}
    id = reports.get(sheet.name, "")
    same_reasons = id == "reasons" and version in _SAME_REASONS
    for one in row_differences(grid, sheet.lines):
        if id == "run":
            decides = bare_figure(one)
        elif id in ("results", "reasons"):
            decides = other_figures(one) or (same_reasons and not _of_acceptance(grid, one))
        else:
            decides = id == "averages" or sheet.name == scores
        yield one, decides


def _of_acceptance(grid: Grid, one: Difference) -> bool:
    """Tell whether a row of 决定依据 is about an accepted finding: its words are the finding's."""
    at = int("".join(sign for sign in one.cell if sign.isdecimal()) or 0)
    row = grid.rows[at - 1] if at else one.expected.split("，")
    return _ACCEPTED in row


def _ranking(grid: Grid, sheet: Sheet, columns: Sequence[Field]) -> Iterator[Difference]:
    labels = tuple(one.label for one in columns)
    heading = next(at for at, line in enumerate(sheet.lines) if line.values == labels)
    rows: list[Mapping[str, Value]] = []
    for line in sheet.lines[heading + 1 :]:
        if len(line.values) == len(labels):
            rows.append(dict(zip(labels, line.values, strict=True)))
    held = tuple(one.label for one in columns if one.id not in _WORDS)
    telling = tuple(one.label for one in columns if one.id in ("code", "level"))
    yield from table_differences(grid, rows, Held(held, telling=telling))
