"""The tables behind the charts (图表数据): formulas on 评价结果 with their values; the areas."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from xlpy.model.decision import Decision
from xlpy.model.filing import Filing, Tally
from xlpy.model.grid import column_letters
from xlpy.model.look.measures import NAMED_BARS
from xlpy.model.number import half_up
from xlpy.model.sheets.formula import column_range, quoted
from xlpy.model.sheets.sheet import Formula, Value
from xlpy.policy.edition import Area, AreaRow, Edition, Grade, Rules
from xlpy.policy.form import Table
from xlpy.report.workbook.table import HEADING

ChartRows = tuple[tuple[Value, ...], ...]
"""The rows of a chart's table, without its headings."""

_PLACES = 2  # of per cent
_SIGNS = 4  # of the name of one without a rank


class Results(NamedTuple):
    """The sheet 评价结果 as formulas see it: decisions in the order of its rows."""

    table: Table
    decisions: Sequence[Decision]

    def score_rows(self, grades: Sequence[str]) -> ChartRows:
        """Return platform and score in order of rank, the score under the column of its grade.

        More than `NAMED_BARS` platforms stand by their rank. Who is scored and not ranked (vetoed)
        stands behind, best first.
        """
        scored = [
            ((decision.rank is None, decision.rank or 0, -value, row), value, row, decision)
            for row, decision in enumerate(self.decisions, HEADING + 2)
            if (value := decision.score.value) is not None
        ]
        scored.sort(key=lambda one: one[0])
        score, final = (self._column(id) for id in ("score", "final"))
        below = self._ranks if len(scored) > NAMED_BARS else self._names
        rows: list[tuple[Value, ...]] = []
        for _, value, row, decision in scored:
            cells: list[Value] = [below(row, decision)]
            for grade in grades:
                own = (decision.final or "") == grade
                formula = f'=IF({final}{row}={quoted(grade)},{score}{row},"")'
                cells.append(Formula(formula, value if own else ""))
            rows.append(tuple(cells))
        return tuple(rows)

    def _names(self, row: int, decision: Decision) -> Formula:
        return Formula(f"={self._column('name')}{row}", decision.name)

    def _ranks(self, row: int, decision: Decision) -> Formula:
        """Return the rank, of one without any the first signs of its name."""
        rank, name = f"{self._column('rank')}{row}", f"{self._column('name')}{row}"
        shown = decision.name[:_SIGNS] if decision.rank is None else decision.rank
        return Formula(f'=IF({rank}="",LEFT({name},{_SIGNS}),{rank})', shown)

    def count_rows(self, levels: Sequence[str], grades: Sequence[str]) -> ChartRows:
        """Return for each level how many platforms have each grade."""
        by_level, by_grade = self._range("level"), self._range("final")
        rows: list[tuple[Value, ...]] = []
        for level in levels:
            finals = [d.final for d in self.decisions if d.level == level]
            counts = (
                Formula(
                    f"=COUNTIFS({by_level},{quoted(level)},{by_grade},{quoted(grade)})",
                    finals.count(grade),
                )
                for grade in grades
            )
            rows.append((level, *counts))
        return tuple(rows)

    def sum_rows(self, grades: Sequence[Grade], levels: Sequence[str]) -> ChartRows:
        """Return for each grade what each level is paid, in 万元."""
        paid, by_level, by_grade = (self._range(id) for id in ("subsidy", "level", "final"))
        rows: list[tuple[Value, ...]] = []
        for grade in grades:
            own = [d for d in self.decisions if d.final == grade.name]
            sums = (
                Formula(
                    f"=SUMIFS({paid},{by_level},{quoted(level)},{by_grade},{quoted(grade.name)})",
                    sum((d.subsidy or Decimal(0) for d in own if d.level == level), Decimal(0)),
                )
                for level in levels
            )
            rows.append((grade.printed, *sums))
        return tuple(rows)

    def _column(self, id: str) -> str:
        return f"'{self.table.sheet}'!${column_letters(self._at(id))}"

    def _range(self, id: str) -> str:
        cells = column_range(self._at(id), HEADING + 1, HEADING + len(self.decisions))
        return f"'{self.table.sheet}'!{cells}"

    def _at(self, id: str) -> int:
        return [field.id for field in self.table.columns].index(id)


def area_rows(edition: Edition, rules: Rules, decisions: Sequence[Decision]) -> ChartRows:
    """Return for each area: name, mean per cent of its points, per cent on target (Art. 5)."""
    scored = [d.score.areas for d in decisions if d.score.areas]
    filings = [d.filing for d in decisions if d.filing and d.filing.readable]
    return tuple(
        (
            area.name,
            _mean_share([areas[number] for areas in scored], points),
            _reached_share(area, filings),
        )
        for number, (area, points) in enumerate(zip(edition.areas, rules.rubric, strict=True))
    )


def _mean_share(means: Sequence[Decimal], points: Decimal) -> Value:
    if not means or not points:
        return None
    return half_up(
        100 * Fraction(sum(means, Decimal(0))) / (len(means) * Fraction(points)), _PLACES
    )


def _reached_share(area: Area, filings: Sequence[Filing]) -> Value:
    rows = [row for row in area.rows if row.targets]
    if not filings or not rows:
        return None
    reached = sum(any(_reached(row, filing) for row in rows) for filing in filings)
    return half_up(Fraction(100 * reached, len(filings)), _PLACES)


def _reached(row: AreaRow, filing: Filing) -> bool | None:
    proved = filing.proof.by_row.get(row.name, Tally())
    return row.reached(filing.summary.get(row.name, {}), proved)
