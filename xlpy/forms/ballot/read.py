"""Reading an expert's ballot (读取专家评分表): who, for which case, and row by row what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from xlpy.forms.ballot.heading import ballot_columns, ballot_labels
from xlpy.forms.ballot.rows import RowReader, score_fields
from xlpy.forms.ballot.seal import Origin, Sealed, is_genuine
from xlpy.forms.cells.aside import Continued, note_carried, note_continued, note_moving
from xlpy.forms.cells.at import typed_text
from xlpy.forms.cells.identity import read_meta
from xlpy.forms.cells.labels import Labels, label_key, labels_of
from xlpy.forms.cells.looks import look_problem
from xlpy.forms.cells.normalise import answered
from xlpy.forms.cells.notes import Notes
from xlpy.forms.cells.values.typed import is_blank, shown, trim
from xlpy.model import identity as meta
from xlpy.model.ballot import Ballot, BallotRow
from xlpy.model.grid import Book, CellValue, Grid, address
from xlpy.model.identity import LISTS_SHEET, META_SHEET
from xlpy.policy.edition import Edition
from xlpy.policy.findings.catalogue import catalogue
from xlpy.policy.form import BallotForm, Forms

_POINTS = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,6})?")
_NUMBER = re.compile("[0-9]{1,4}")

_COLON = re.compile("[:：]")
_Placed = tuple[tuple[int, int], CellValue]


def read_ballot(
    book: Book,
    *,
    edition: Edition,
    forms: Forms,
    rubric: Sequence[Decimal],
    blank: bool = False,
    origin: Origin | None = None,
) -> Ballot:
    """Return the ballot; rows with an error are there and not valid, empty ones are absent.

    `rubric` is used where the ballot does not say which one it was made with. `blank` reads a
    ballot as it went out: every platform on it, nothing else. With `origin`, a ballot of that case
    whose seal is not right (B725) is nobody's and not counted.
    """
    form = forms.ballot
    notes = Notes(book.file, book.digest, edition.wording)
    identity = read_meta(book)
    made = _made_for(identity)
    # The blank template says no expert: filled in, it is nobody's ballot.
    own = identity.get(meta.FORM) == meta.BALLOT and bool(made.expert)
    grid = _sheet(book, form, notes)
    note_carried(book, notes)
    note_continued(book, _continued(edition, form), notes)
    if grid is not None and not own:
        notes.add("B717", "", "")
    _note_version(identity.get(meta.VERSION, ""), own, form, notes)
    fits = len(made.rubric) == len(edition.areas)
    other = bool(made.rubric) and not fits
    used = made.rubric if fits else tuple(rubric)
    read = None if grid is None else _read(grid, edition, form, used, notes, blank, other=other)
    head, rows = read or ({}, ())
    own = own and _genuine(identity, made, origin, notes)
    expert = made.expert if own else ""
    return Ballot(
        file=book.file,
        digest=book.digest,
        expert=expert,
        person=head.get("expert", ""),
        unit=head.get("unit", ""),
        category=head.get("category", ""),
        supplement=made.supplement,
        case=made.case if own else "",
        rubric=made.rubric,
        rows=rows,
        findings=() if blank else notes.findings(head.get("expert") or expert),
        counted=own and read is not None,
    )


def ballot_sheets(form: BallotForm) -> tuple[str, ...]:
    """Return the sheets of a ballot that take no input (不填写的工作表): nobody reads them."""
    return (form.guide, form.reference, META_SHEET, LISTS_SHEET)


def _continued(edition: Edition, form: BallotForm) -> Continued:
    return Continued(tables={form.sheet: ballot_labels(edition, form)}, own=ballot_sheets(form))


def _read(
    grid: Grid,
    edition: Edition,
    form: BallotForm,
    rubric: Sequence[Decimal],
    notes: Notes,
    blank: bool,
    *,
    other: bool,
) -> tuple[dict[str, str], tuple[BallotRow, ...]] | None:
    """Return the head and the rows, or None without a heading row, or with rows without end."""
    columns = ballot_columns(grid, edition, form, rubric, notes, of_other_areas=other)
    if columns is None:
        return None
    if other:  # it is void as a whole, and that is told
        notes = Notes("", "", edition.wording)
    reader = RowReader(
        grid=grid,
        form=form,
        columns=columns,
        fields=score_fields(edition, form, rubric),
        notes=notes,
    )
    head = read_head(grid, columns.heading, form, notes)
    rows = reader.platforms() if blank else reader.rows()
    if rows is None:
        return None
    note_moving(grid, (one.row - 1 for one in rows), reader.inputs(), notes)
    note_moving(grid, range(columns.heading), (column for _, column in grid.moving), notes)
    return head, rows


def _sheet(book: Book, form: BallotForm, notes: Notes) -> Grid | None:
    """Return the sheet 评分表; F106 when there is none, S202 lost, S205 more than one."""
    found = [grid for grid in book.grids if label_key(grid.name) == label_key(form.sheet)]
    lost = {label_key(name): why for name, why in book.lost.items()}
    if label_key(form.sheet) in lost:
        words = {"sheet": form.sheet, "why": lost[label_key(form.sheet)]}
        notes.add("S202", form.sheet, "", words)
    elif not found:
        notes.add("F106", "", "", {"sheet": form.sheet})
    elif len(found) > 1:
        notes.add("S205", form.sheet, "", {"count": len(found), "sheet": form.sheet})
    else:
        return found[0]
    return None


def _note_version(version: str, own: bool, form: BallotForm, notes: Notes) -> None:
    if own and version != str(form.version):
        notes.add("F107", "", "", {"found": version or "空", "needed": str(form.version)})


def _made_for(identity: Mapping[str, str]) -> Sealed:
    """Return what `_meta` says of the ballot, true or not."""
    supplement = identity.get(meta.SUPPLEMENT, "")
    return Sealed(
        case=identity.get(meta.CASE, ""),
        expert=identity.get(meta.EXPERT, ""),
        supplement=int(supplement) if _NUMBER.fullmatch(supplement) else 0,
        rubric=_rubric(identity.get(meta.RUBRIC, "")),
        edition=identity.get(meta.EDITION, ""),
    )


def _genuine(
    identity: Mapping[str, str], made: Sealed, origin: Origin | None, notes: Notes
) -> bool:
    """Tell whether its case made the ballot so (B725); of another case the judging tells."""
    if origin is None or made.case != origin.case:
        return True
    genuine = is_genuine(identity.get(meta.SEAL, ""), origin, made)
    if not genuine:
        notes.add("B725", "", "")
    return genuine


def _rubric(text: str) -> tuple[Decimal, ...]:
    """Return the points the ballot was made with; () when they cannot be read."""
    parts = [part.strip() for part in text.split(",")]
    if not all(map(_POINTS.fullmatch, parts)):
        return ()
    return tuple(map(Decimal, parts))


def read_head(grid: Grid, above: int, form: BallotForm, notes: Notes) -> dict[str, str]:
    """Return the head's answers as text by field id; notes B716 for blanks, B723 for wrong ones."""
    labels = labels_of(form.head)
    cells = dict(_answers(grid, above, labels))
    answers: dict[str, str] = {}
    for field in form.head:
        at, value = cells.get(field.label, (None, ""))
        cell = "" if at is None else address(*at)
        answer, problem = ("", None) if is_blank(value) else answered(value, field)
        answers[field.id] = typed_text(answer)
        look = None if at is None else look_problem(grid, *at, value, field)
        if problem is None and field.required and not answers[field.id]:
            notes.add("B716", grid.name, cell, {"label": field.label})
        elif look is not None or (problem is not None and answer is None):
            problem = look or problem
            assert problem is not None
            needed = catalogue()[problem.code].needed.format_map(problem.words)
            words = {"label": field.label, "value": shown(value), "needed": needed}
            notes.add("B723", grid.name, cell, words)
    return answers


def _answers(grid: Grid, above: int, labels: Labels) -> Iterator[tuple[str, _Placed]]:
    """Yield (label, (place, value)) for every label above the heading row."""
    for row in range(above):
        cells = grid.rows[row]
        for column, cell in enumerate(cells):
            label = labels.meant(cell)
            if label is not None:
                yield label, _to_the_right(grid, row, column, labels)
            elif isinstance(cell, str) and (parts := _COLON.split(cell, maxsplit=1))[1:]:
                label = labels.meant(parts[0])  # 专家姓名：张三 in one cell
                if label is not None:
                    yield label, ((row, column), trim(parts[1]))


def _to_the_right(grid: Grid, row: int, column: int, labels: Labels) -> _Placed:
    """Return the first filled cell right of a label, before the next label."""
    cells = grid.rows[row]
    for at in range(column + 1, len(cells)):
        if labels.meant(cells[at]) is not None:
            break
        if not is_blank(cells[at]):
            return (row, at), cells[at]
    return (row, column + 1), ""
