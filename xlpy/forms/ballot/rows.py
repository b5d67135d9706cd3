"""The rows of 评分表 (评分行): exact scores, a recusal, or why the row does not count."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlpy.forms.ballot.heading import BallotColumns
from xlpy.forms.ballot.recusal import means_recusal
from xlpy.forms.cells.at import cell_at
from xlpy.forms.cells.closing import first_said, note_rows
from xlpy.forms.cells.flaws import flaw_of, flawed_rows
from xlpy.forms.cells.looks import look_problem
from xlpy.forms.cells.notes import Notes
from xlpy.forms.cells.sayings import is_closing
from xlpy.forms.cells.values.numbers import number
from xlpy.forms.cells.values.typed import Problem, exact, is_blank, narrow, number_text, shown, trim
from xlpy.model.ballot import BallotRow
from xlpy.model.filing import match_key
from xlpy.model.grid import CellValue, Flaw, Grid, address
from xlpy.model.keys import Key, key_of
from xlpy.model.number import plain
from xlpy.policy.edition import Edition
from xlpy.policy.findings.catalogue import catalogue
from xlpy.policy.form import BallotForm, Field

_UNIT = "分"
_LONGEST = 2000  # signs of a name or a comment that are taken on
MOST_ROWS = 20_000
"""Rows an expert may have written on (每份评分表最多读取的行数): a province has ten thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReader:
    """Everything needed to read the rows of one ballot (评分行读取)."""

    grid: Grid
    form: BallotForm
    columns: BallotColumns
    fields: tuple[Field, ...]  # one an area, its points as the upper limit
    notes: Notes
    given: dict[tuple[str, float], Decimal | Problem] = dataclasses.field(default_factory=dict)

    def rows(self) -> tuple[BallotRow, ...] | None:
        """Return every row where the expert wrote something; doubled ones don't count (B707).

        Rows below that average, rank or sign are none of them (S210), nor is the heading once more
        (S211). None when there are more
        rows than platforms can be (B732).
        """
        name, code = (field.label for field in _keys(self.form))
        written: list[int] = []
        closing: list[tuple[int, str]] = []
        headings: list[tuple[int, str]] = []
        for row in self._written():
            coded = not is_blank(self._at(row, code))
            if not coded and is_closing(said := first_said(self.grid.rows[row])):
                closing.append((row, shown(said)))
            elif self._at(row, name) == name:
                headings.append((row, name))
            elif len(written) == MOST_ROWS:
                words = {"limit": MOST_ROWS, "row": row + 1}
                self.notes.add("B732", self.grid.name, address(row, 0), words)
                return None
            else:
                written.append(row)
        note_rows("S210", self.grid.name, closing, self.notes)
        note_rows("S211", self.grid.name, headings, self.notes)
        return tuple(self._once([self._row(row) for row in written]))

    def platforms(self) -> tuple[BallotRow, ...]:
        """Return every row that names a platform, written on or not, without a finding."""
        named = (self._named(row) for row in self._range())
        return tuple(row for row in named if row.name or row.code)

    def inputs(self) -> tuple[int, ...]:
        """Return the columns an expert writes in (填写栏)."""
        form = self.form
        labels = (*(field.label for field in self.fields), form.recused, form.comment)
        columns = self.columns.columns
        return tuple(columns[label] for label in labels if label in columns)

    def _range(self) -> range:
        return range(self.columns.heading + 1, len(self.grid.rows))

    def _at(self, row: int, label: str) -> CellValue:
        column = self.columns.columns.get(label)
        return "" if column is None else cell_at(self.grid, row, column)

    def _address(self, row: int, label: str) -> str:
        return address(row, self.columns.columns[label])

    def _flaw(self, row: int, label: str) -> Flaw | None:
        return self.grid.flaws.get((row, self.columns.columns.get(label, -1)))

    def _named(self, row: int) -> BallotRow:
        name, code = (_plain_text(self._at(row, field.label)) for field in _keys(self.form))
        return BallotRow(row=row + 1, name=name, code=code)

    def _written(self) -> Iterator[int]:
        """Yield the rows with a score, a recusal, a flaw, or a total typed by hand."""
        labels = [*(field.label for field in self.fields), self.form.recused]
        found = self.columns.columns
        inputs = [found[label] for label in labels if label in found]
        flawed = set().union(*flawed_rows(self.grid, inputs).values()) if self.grid.flaws else ()
        for row in self._range():
            cells = self.grid.rows[row]
            filled = cells.count("") < len(cells) and (
                any(not is_blank(cell_at(self.grid, row, at)) for at in inputs)
                or self._totalled(row)
            )
            if filled or row in flawed:
                yield row

    def _totalled(self, row: int) -> bool:
        """Tell whether a total stands there that is no formula of ours."""
        total = self._at(row, self.form.total)
        return not is_blank(total) and not self._is_formula(row, self.form.total)

    def _is_formula(self, row: int, label: str) -> bool:
        return (row, self.columns.columns.get(label, -1)) in self.grid.formulas

    def _row(self, row: int) -> BallotRow:
        named = self._named(row)._replace(comment=_plain_text(self._at(row, self.form.comment)))
        good = self._keys_shown(row) and self._code_kept(row) and self.columns.whole
        recused = self._recused(row)
        if recused is None or self._recusal_misplaced(row):
            return named._replace(valid=False)
        if recused:
            return named._replace(recused=True, valid=self._unscored(row) and good)
        scores = self._scores(row) if self.columns.whole else None
        if scores is None or not self._total_agrees(row, sum(scores, Decimal(0))):
            return named._replace(valid=False)
        return named._replace(scores=scores, valid=good)

    def _keys_shown(self, row: int) -> bool:
        """Tell whether name and code are what the expert saw; each that is not is noted."""
        good = True
        for field in _keys(self.form):
            column = self.columns.columns.get(field.label)
            if column is None:
                continue
            value = cell_at(self.grid, row, column)
            if field.id == "code" and isinstance(value, int | float):
                continue  # C314 tells it
            problem = flaw_of(self.grid, row, column, value, field)
            if problem is not None:
                self.notes.problem(problem, self.grid.name, address(row, column))
                good = False
        return good

    def _code_kept(self, row: int) -> bool:
        """A code stored as a number has lost digits (C314)."""
        label = _keys(self.form)[1].label
        if isinstance(self._at(row, label), int | float):
            self.notes.add("C314", self.grid.name, self._address(row, label), {"label": label})
            return False
        return True

    def _recused(self, row: int) -> bool | None:
        """Return whether the expert recused (回避); None when the cell cannot be understood."""
        label = self.form.recused
        value = self._at(row, label)
        column = self.columns.columns.get(label, -1)
        field = Field(id="recused", label=label, kind="choice")
        problem = flaw_of(self.grid, row, column, value, field) if column >= 0 else None
        if problem is not None:
            self.notes.problem(problem, self.grid.name, address(row, column))
            return None
        answer = match_key(value[:_LONGEST]) if isinstance(value, str) else shown(value)
        if answer in ("", self.form.recused_no):
            return False
        if answer == self.form.recused_yes:
            return True
        self.notes.add("B709", self.grid.name, address(row, column), {"value": shown(value)})
        return None

    def _recusal_misplaced(self, row: int) -> bool:
        """Tell whether a recusal stands among the scores (B726): once a row, and nothing else."""
        typed = [
            (field.label, value)
            for field in self.fields
            # Nearly all are numbers, and these mean none.
            if type(value := self._at(row, field.label)) is not float
            and means_recusal(value, self.form)
        ]
        if typed:
            label, value = typed[0]
            more = f"等{len(typed)}个分数栏" if len(typed) > 1 else ""
            words = {"area": label, "more": more, "value": shown(value)}
            words |= {"recused": self.form.recused, "yes": self.form.recused_yes}
            self.notes.add("B726", self.grid.name, self._address(row, label), words)
        return bool(typed)

    def _unscored(self, row: int) -> bool:
        """Tell whether a recusal stands alone; B708 when there are scores beside it."""
        scored = [f.label for f in self.fields if not is_blank(self._at(row, f.label))]
        if scored:
            self.notes.add("B708", self.grid.name, self._address(row, self.form.recused))
        return not scored

    def _scores(self, row: int) -> tuple[Decimal, ...] | None:
        """Return all scores, or None when one is wrong (B701-B703) or missing (B704)."""
        scores: list[Decimal] = []
        missing: list[str] = []
        columns, flaws, drawn = self.columns.columns, self.grid.flaws, self.grid.shown
        for field in self.fields:
            at = (row, columns[field.label])
            value = cell_at(self.grid, *at)
            # Of a number without more to it, as nearly all are, no flaw has to be asked.
            plain_number = type(value) is float and at not in flaws and at not in drawn
            problem = None if plain_number else flaw_of(self.grid, *at, value, field)
            found = problem or self._number(value, field)
            if found is None:
                missing.append(field.label)
            elif isinstance(found, Problem):
                self._note_score(row, field, found, value)
            else:
                scores.append(found)
        if missing:
            cell = self._address(row, missing[0])
            self.notes.add("B704", self.grid.name, cell, {"areas": "”“".join(missing)})
        return tuple(scores) if len(scores) == len(self.fields) else None

    def _number(self, value: CellValue, field: Field) -> Decimal | Problem | None:
        """Return a score as a number; the few that experts give are made exact only once."""
        if not isinstance(value, float):
            return None if is_blank(value) else number(value, field)
        found = self.given.get((field.label, value))
        if found is None:
            found = self.given[field.label, value] = number(value, field)
        return found

    def _note_score(self, row: int, field: Field, problem: Problem, value: CellValue) -> None:
        words = {
            "area": field.label,
            "value": shown(value) or str(problem.words.get("value", "")),
            "top": plain(field.high or Decimal(0)),
            "places": field.places,
        }
        code = catalogue()[problem.code].on_ballot
        used = words if code else problem.words
        self.notes.add(code or problem.code, self.grid.name, self._address(row, field.label), used)

    def _total_agrees(self, row: int, total: Decimal) -> bool:
        """Tell whether 合计 lets the row count; B710 for a typed one, B711 for a stale formula."""
        label = self.form.total
        value, flaw = self._at(row, label), self._flaw(row, label)
        formula = self._is_formula(row, label)
        if flaw is Flaw.ERROR:
            value = self.grid.error_texts.get((row, self.columns.columns[label]), _UNIT)
        odd = self._total_shown(row, value)
        if (is_blank(value) and flaw is not Flaw.ERROR) or (_amount(value) == total and not odd):
            return True
        words = {"value": f"{shown(value)}{odd}", "sum": plain(total)}
        code = "B711" if formula else "B710"
        return not self.notes.add(code, self.grid.name, self._address(row, label), words)

    def _total_shown(self, row: int, value: CellValue) -> str:
        """Say what 合计 shows where that is another number; "" else, also where it is hidden."""
        column = self.columns.columns.get(self.form.total, -1)
        drawn = self.grid.shown.get((row, column))
        field = Field(id="total", label=self.form.total, kind="decimal", unit=_UNIT)
        if not drawn or look_problem(self.grid, row, column, value, field) is None:
            return ""
        return f"（显示为“{shown(drawn)}”）"

    def _once(self, rows: Sequence[BallotRow]) -> Iterator[BallotRow]:
        same: dict[Key, list[int]] = {}
        for row in rows:
            same.setdefault(key_of(row.code, row.name), []).append(row.row)
        for row in rows:
            places = same[key_of(row.code, row.name)]
            if len(places) == 1 or not (row.name or row.code):
                yield row
                continue
            other = next(one for one in places if one != row.row)
            cell = address(row.row - 1, 0)
            self.notes.add("B707", self.grid.name, cell, {"name": row.name, "other": other})
            yield row._replace(scores=(), valid=False)


def score_fields(
    edition: Edition, form: BallotForm, rubric: Sequence[Decimal]
) -> tuple[Field, ...]:
    """Return one field an area: 0 to its points, with as many decimals as a score may have."""
    return tuple(
        Field(
            id=area.id,
            label=area.name,
            kind="decimal",
            unit=_UNIT,
            required=True,  # a zero that nobody sees is not one that was given
            high=points,
            places=form.score_places,
        )
        for area, points in zip(edition.areas, rubric, strict=True)
    )


def _keys(form: BallotForm) -> tuple[Field, Field]:
    by_id = {field.id: field for field in form.columns}
    return by_id["name"], by_id["code"]


def _plain_text(value: CellValue) -> str:
    if isinstance(value, str):
        return trim(value[:_LONGEST])
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number_text(value)
    return shown(value)


def _amount(value: CellValue) -> Decimal | None:
    """Return a total as a number, typed as text or not; None when it is none."""
    if isinstance(value, str):
        field = Field(id="total", label=_UNIT, kind="decimal", unit=_UNIT)
        found = number(narrow(value), field)
        return found if isinstance(found, Decimal) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return exact(value)
    return None
