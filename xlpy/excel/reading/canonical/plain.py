"""Rows written the plain way (常规写法): a quick yes spares the slow walk of `rows`.

Digits become 0 and the rows are compared as wholes; a ledger of 120 rows has some dozens of
shapes then, nearly all of them known from the file before. Each shape is matched once. Whatever
is written otherwise is no fault: `rows` looks at it closely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from string import ascii_uppercase
from typing import Final, NamedTuple

from xlpy.excel.reading.refused import (
    AREA,
    CELLS,
    COLUMNS,
    LAST_COLUMN,
    LAST_ROW,
    MARKED,
    ROWS,
    Refused,
    RefusedError,
)
from xlpy.model.grid import column_number

_ZEROS: Final = bytes.maketrans(b"123456789", b"000000000")
_CAPITALS: Final = ascii_uppercase.encode()
_START: Final = b"<row r="
_CELL: Final = b"<c r="
_EXTENDED: Final = b" x14ac:"
_ANY_EXTENDED: Final = _EXTENDED.translate(_ZEROS)
_END: Final = b"</c>"

_NUMBER: Final = rb"-?0{1,40}+(?:\.0{1,40}+)?+(?:[eE][-+]?0{1,2})?+"
_FORMULA: Final = rb'<f(?: (?!xmlns)[\w:]{1,20}="[^"<>&]{0,200}")*+(?:/>|>[^<]*+</f>)'
_TEXT: Final = rb"(?:<v>[^<]*+</v>|<v/>)"
_ROW: Final = re.compile(
    rb'"0{1,7}"(?: (?!r=|xmlns)(?:x00ac:)?[A-Za-z]\w{0,20}+="[\w.: -]{0,40}")*+'
    rb"(?:/>|>(?:"
    rb'<c r="[A-Z]{1,3}0{1,7}"(?: s="0{1,9}")?+'
    rb"(?:/>"
    rb'|(?: t="n")?+><v>' + _NUMBER + rb"</v></c>"
    rb'| t="s"><v>0{1,9}</v></c>'
    rb'|(?: t="n")?+>' + _FORMULA + rb"(?:<v>(?:" + _NUMBER + rb")?+</v>|<v/>)?+</c>"
    rb'| t="str">(?:' + _FORMULA + rb")?+" + _TEXT + rb"?+</c>"
    rb'| t="e">(?:' + _FORMULA + rb")?+<v>#[^<]++</v></c>"
    rb'| t="inlineStr"><is><t(?: xml:space="preserve")?+>[^<]*+</t></is></c>)'
    rb")*+</row>)"
)
_ATTRIBUTE: Final = re.compile(rb" ([\w:]+)=")
_COLUMN: Final = re.compile(rb'<c r="([A-Z]+)')
_FILLED: Final = re.compile(rb'<c r="([A-Z]+)0+"(?: s="0+")?+(?!/>)')
_ODD_STYLE: Final = re.compile(rb' s="0[0-9]')
_FREE: Final = re.compile(rb'<f|<is>|t="(?:str|e)"')

_REMEMBERED: Final = 8_000
_KINDS: Final = 10_000  # shapes of one sheet; a ledger of 5,000 rows has fewer
_SHORT: Final = 2_000  # bytes of a shape worth remembering


class Plain(NamedTuple):
    """What plain rows need beside: their `free` cells, and whether they use the prefix x14ac."""

    free: bytes
    extended: bool


class _Shape(NamedTuple):
    """What is known of a row from its shape (行的形状); blank cells count in `cells` alone."""

    cells: int
    filled: int
    width: int  # up to the last filled cell
    free: tuple[int, ...]  # which cells, from 1, hold a formula, an error or text of their own
    extended: bool  # uses the prefix x14ac


# How the first rows begin behind `_START`, and their cells without their letters.
_COUNTED: Final = 2_500
_NUMBERS: Final = [b'"%d"' % number for number in range(_COUNTED)]
_CELLS: Final = [b'<c r="%d"' % number for number in range(_COUNTED)]
_known: Final[dict[bytes, _Shape]] = {}


def plain_rows(body: bytes) -> Plain | None:
    """Return the cells that are not blank, numbers or shared texts (公式、错误和自带文字).

    None unless all rows are plain: numbered upwards, their cells in order and addressed, and no
    more of them than a sheet may have. The free text itself is not checked, nor whether the
    prefix is declared. Raises `RefusedError` for more than any sheet may hold.
    """
    zeros = body.translate(_ZEROS)
    lead, *rows = zeros.split(_START)
    if lead:
        return None
    if _ODD_STYLE.search(body):
        return None
    kinds = set(rows)
    if len(kinds) > _KINDS:
        return None
    known: dict[bytes, _Shape] = {}
    width, most, marked, extended = 0, 0, False, False
    for row in kinds:
        shape = _known.get(row) or _learnt(row)
        if shape is None:
            return None
        known[row] = shape
        if shape.width > width:
            width = shape.width
        if shape.filled > most:
            most = shape.filled
        marked = marked or bool(shape.free)
        extended = extended or shape.extended
    if extended and zeros.count(_ANY_EXTENDED) != body.count(_EXTENDED):
        return None
    shapes = [known[row] for row in rows]
    high = _last_row(body, shapes)
    if high is None:
        return None
    if high * width > AREA:
        raise RefusedError(Refused.FAR_CELL, f"第 {high} 行")
    if most * len(shapes) > min(CELLS, MARKED):  # most sheets have too few, were they all filled
        _check_counts(shapes)
    if not marked:
        return Plain(b"", extended)
    return Plain(b"".join(_all_free(body, rows, shapes)), extended)


def _check_counts(shapes: Sequence[_Shape]) -> None:
    """Raise `RefusedError` for too many cells."""
    if sum(shape.filled for shape in shapes) > CELLS:
        raise RefusedError(Refused.TOO_MANY, f"的有内容的单元格超过{CELLS}个")
    if sum(len(shape.free) for shape in shapes) > MARKED:
        raise RefusedError(Refused.TOO_MANY, f"的公式和错误超过{MARKED}个")


def _all_free(body: bytes, rows: Sequence[bytes], shapes: Sequence[_Shape]) -> Iterator[bytes]:
    """Yield the free cells; `rows` are as long as those of the body."""
    end = 0
    for row, shape in zip(rows, shapes, strict=True):
        start = end + len(_START)
        end = start + len(row)
        if shape.free:
            yield from _free(body[start:end], shape)


def _free(row: bytes, shape: _Shape) -> Iterator[bytes]:
    cells = row.split(_CELL)
    for at in shape.free:
        yield _CELL + cells[at].partition(_END)[0] + _END


def _learnt(row: bytes) -> _Shape | None:
    """Match a shape for the first time; None when it is not plain."""
    if not _ROW.fullmatch(row):
        return None
    attributes = _ATTRIBUTE.findall(row, 0, row.index(b">"))
    if len(set(attributes)) < len(attributes):
        return None
    columns = list(map(column_number, _COLUMN.findall(row)))
    filled = _FILLED.findall(row)
    width = column_number(filled[-1]) + 1 if filled else 0
    if width > COLUMNS or columns[-1:] > [LAST_COLUMN - 1] or columns != sorted(set(columns)):
        return None
    free: tuple[int, ...] = ()
    if _FREE.search(row):
        free = tuple(at for at, cell in enumerate(row.split(_CELL)) if at and _FREE.search(cell))
    extended = _ANY_EXTENDED in row
    shape = _Shape(len(columns), len(filled), width, free, extended)
    if len(_known) < _REMEMBERED and len(row) <= _SHORT:
        _known[row] = shape
    return shape


def _last_row(body: bytes, shapes: Sequence[_Shape]) -> int | None:
    """Return the last filled row's number; None for a row out of order, or with another's cell."""
    rows = body.translate(None, _CAPITALS).split(_START)[1:]
    if _is_counted(rows, shapes):
        high = next((at for at in range(len(shapes), 0, -1) if shapes[at - 1].width), 0)
        return high if high <= ROWS else None
    last = high = 0
    for row, shape in zip(rows, shapes, strict=True):
        here = last + 1
        if here >= _COUNTED or not row.startswith(_NUMBERS[here]):
            here = _number(row[1 : row.index(b'"', 1)])
        cell = _CELLS[here] if here < _COUNTED else b'<c r="%d"' % here
        if here <= last or row.count(cell) != shape.cells:
            return None
        last = here
        if shape.width:
            high = here
    return high if high <= ROWS else None


def _is_counted(rows: Sequence[bytes], shapes: Sequence[_Shape]) -> bool:
    """Tell whether rows follow each other from the first on with all their cells, as most do."""
    count = len(rows)
    return (
        count < _COUNTED
        and all(map(bytes.startswith, rows, _NUMBERS[1 : count + 1]))
        and list(map(bytes.count, rows, _CELLS[1 : count + 1])) == [one.cells for one in shapes]
    )


def _number(written: bytes) -> int:
    """Return a row's number, 0 for an odd one."""
    return 0 if written.startswith(b"0") or int(written) > LAST_ROW else int(written)
