"""The tables of a survey (汇总的表): sums, cases, platforms, matters, as they are drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from xlpy.model.decision import Status
from xlpy.model.sheets.board import TOTAL, Board, Cell
from xlpy.model.survey import Survey, matters, measure_labels, measures
from xlpy.policy.form import Field
from xlpy.policy.forms.boards import board_of
from xlpy.policy.forms.load import load_survey
from xlpy.report.papers.boards.rows import BOLD
from xlpy.report.survey.totals import Group, Totals
from xlpy.report.survey.words import SHORT, UNKNOWN, Names, key_of
from xlpy.visible import visible

Row = dict[str, object]
"""Values of one row by column id (一行)."""

_SUM = "合计"
_STATUS, _COUNT, _MONEY, _MEASURE = 8.5, 7, 10, 11  # widths, of which figures may need more
_AROUND = 2  # signs of a column beside its figures


def drawn(
    name: str, rows: Iterable[Row], more: Sequence[Field] = (), marks: dict[int, str] | None = None
) -> Board:
    """Return the table of survey.toml called `name` with these rows."""
    board = board_of(load_survey()[name], rows, _cell, more=more, marks=marks)
    wide = (max(one.width, _figures(board, at)) for at, one in enumerate(board.columns))
    pairs = zip(board.columns, wide, strict=True)
    return board._replace(columns=tuple(one._replace(width=width) for one, width in pairs))


def _figures(board: Board, at: int) -> float:
    """Return the width that the longest figure of a column needs, which is a sum's in bold."""
    figures = (row[at] for row in board.rows)
    longest = max((len(f"{one:,}") for one in figures if isinstance(one, int | Decimal)), default=0)
    return (longest + _AROUND) / BOLD if longest else 0


def _cell(value: object, field: Field) -> Cell:
    """Return one value as it is written; text of strangers on one line, all of it seen."""
    if isinstance(value, str):
        return visible(value) or None
    assert value is None or isinstance(value, int | Decimal | date), field.id
    return value


def city_board(sums: Totals) -> Board:
    """Return 按城市: a row a city and year, the sum below."""
    more = [
        *(Field(id=one.value, label=one.label, kind="whole", width=_STATUS) for one in Status),
        load_survey()["level"].column("subsidy"),
    ]
    rows: list[Row] = [
        {"city": one.city, "year": one.year, "cases": one.cases, "base": one.base}
        | _counted(one.group)
        for one in sums.city
    ]
    cases = sum(one.cases for one in sums.city)
    total = {"city": _SUM, "cases": cases, "base": sums.base} | _counted(sums.all)
    return _with_total("city", rows, total, more)


def level_board(sums: Totals, names: Names) -> Board:
    """Return 按级别: a row a level of each edition, the sum below."""
    rows: list[Row] = [
        {"edition": names[key_of(one.rule)], "level": one.level or UNKNOWN} | _counted(one.group)
        for one in sums.level
    ]
    return _with_total("level", rows, {"edition": _SUM} | _counted(sums.all))


def grade_board(sums: Totals, names: Names) -> Board:
    """Return 按等次: a row a grade of each edition, best first, the sum below."""
    rows: list[Row] = [
        {
            "edition": names[key_of(one.rule)],
            "grade": one.printed,
            "platforms": None if one.share is None else one.platforms,
            "share": one.share,
            "subsidy": one.subsidy,
        }
        for one in sums.grade
    ]
    platforms = sum(one.platforms for one in sums.grade)
    subsidy = sum((one.subsidy or Decimal(0) for one in sums.grade), Decimal(0))
    total: Row = {"edition": _SUM, "platforms": platforms, "subsidy": subsidy}
    return _with_total("grade", rows, total)


def county_board(survey: Survey, sums: Totals, names: Names) -> Board:
    """Return 县区: a row a county of each city, year and edition; others' grades stay blank."""
    printed = Counter(word for one in sums.editions for word in one.rule.printed)
    more = [
        *(Field(id=f"grade {one}", label=one, kind="whole", width=_COUNT) for one in printed),
        replace(load_survey()["level"].column("subsidy"), width=_MONEY),
        *measure_fields(survey),
    ]
    rows: list[Row] = []
    for one in sums.county:
        words = zip(one.rule.printed, one.grades.values(), strict=False)  # {} while all wait
        known = {each.id: (each.label, each.unit) for each in one.rule.measures}
        rows.append(
            {"city": one.rule.city, "year": one.year, "edition": names[key_of(one.rule)]}
            | {"county": one.county or UNKNOWN}
            | _counted(one.group)
            | {f"grade {word}": count for word, count in words}
            | {measure_id(*known[id]): value for id, value in one.proved.items()}
        )
    own = [one for one in more if printed.get(one.label, 1) == 1]
    return _with_total("county", rows, _county_sum(rows, own, sums), more)


def _county_sum(rows: Sequence[Row], own: Sequence[Field], sums: Totals) -> Row:
    """Return the last row; a grade that several editions call alike is not added up."""
    total: Row = {"city": _SUM} | _counted(sums.all)
    for field in own:
        figures = [one for row in rows if isinstance(one := row.get(field.id), int | Decimal)]
        total[field.id] = sum(figures, type(figures[0])(0)) if figures else None
    return total


def matter_board(survey: Survey, names: Names) -> Board:
    """Return 未了事项: a row a matter, by case."""
    rows: Iterator[Row] = (
        {
            "folder": one.case.folder,
            "city": one.case.rule.city,
            "year": one.case.year,
            "edition": names[key_of(one.case.rule)],
            "topic": one.topic,
            "text": one.text,
        }
        for one in matters(survey)
        if one.case.rule
    )
    return drawn("open", rows)


def edition_board(sums: Totals) -> Board:
    """Return 政策版本: a row an edition in use; two of one id are two."""
    rows: Iterator[Row] = (
        {
            "edition": one.rule.id,
            "title": one.rule.title,
            "city": one.rule.city,
            "valid_from": one.rule.valid_from,
            "valid_to": one.rule.valid_to,
            "digest": one.rule.digest[:SHORT],
            "cases": one.cases,
            "platforms": one.platforms,
        }
        for one in sums.editions
    )
    return drawn("editions", rows)


def measure_fields(survey: Survey) -> list[Field]:
    """Return a column for each measure that ledgers prove under some edition (台账的量)."""
    found = measures(survey)
    return [
        Field(id=measure_id(one.label, one.unit), label=label, kind="decimal", width=_MEASURE)
        for one, label in zip(found, measure_labels(found), strict=True)
    ]


def measure_id(label: str, unit: str) -> str:
    return f"proved {label} {unit}"


def _counted(group: Group) -> Row:
    statuses = {one.value: group.statuses.get(one, 0) for one in Status}
    return {"platforms": group.platforms, **statuses, "subsidy": group.subsidy}


def _with_total(name: str, rows: Sequence[Row], total: Row, more: Sequence[Field] = ()) -> Board:
    return drawn(name, [*rows, total] if rows else (), more, {len(rows): TOTAL} if rows else None)
