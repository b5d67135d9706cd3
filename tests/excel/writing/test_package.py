"""The package around the parts: compressed, and always such that our own reader takes it."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from xlpy.errors import TooLargeError
from xlpy.excel.reading.archive import open_archive
from xlpy.excel.reading.refused import (
    AREA,
    COLUMNS,
    FILE_BYTES,
    MEMBERS,
    RATIO,
    RATIO_FROM,
    ROWS,
    UNPACKED_BYTES,
)
from xlpy.excel.writing import bounds
from xlpy.excel.writing.bounds import check_file, check_lines, check_parts
from xlpy.excel.writing.package import packed
from xlpy.model.sheets.sheet import Line

ROW = b'<row r="1"><c r="A1" s="3"/></row>'


@pytest.mark.parametrize("size", [0, 999, 1000, 1001, 70_000])
def test_a_part_comes_back_as_it_was(size: int) -> None:
    body = (ROW * 3000)[:size]
    content = packed({"a.xml": body, "b.bin": body[::-1]})
    archive = open_archive(content)
    assert (archive.part("a.xml"), archive.part("b.bin")) == (body, body[::-1])
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert package.testzip() is None


def test_a_large_part_takes_a_tenth_of_its_room() -> None:
    assert len(packed({"a.xml": ROW * 10_000})) < len(ROW) * 1_000


@pytest.mark.parametrize("more", [-1, 0, 1, 10 * 2**20])
def test_rows_all_alike_do_not_look_like_a_bomb(more: int) -> None:
    """A part larger than RATIO_FROM packs at most RATIO to one, so that it is read again."""
    body = b" " * (RATIO_FROM + more)
    archive = open_archive(packed({"a.xml": body}))
    assert archive.part("a.xml") == body
    member = archive.members["a.xml"]
    if more > 0:
        assert member.compress_size * RATIO >= len(body)
    assert member.compress_size < len(body) // 100


@pytest.mark.parametrize(
    ("rows", "columns", "fits"),
    [
        (ROWS, 1, True),
        (ROWS + 1, 1, False),
        (1, COLUMNS, True),
        (1, COLUMNS + 1, False),
        (AREA // COLUMNS, COLUMNS, True),
        (AREA // COLUMNS + 1, COLUMNS, False),
    ],
)
def test_a_sheet_reaches_no_further_than_the_reader(rows: int, columns: int, fits: bool) -> None:
    lines = [Line((None,) * columns), *[Line(())] * (rows - 1)]
    assert refused(lambda: check_lines("校验问题", lines)) is not fits


@pytest.mark.parametrize(
    ("sizes", "fits"),
    [
        ([0] * MEMBERS, True),
        ([0] * (MEMBERS + 1), False),
        ([UNPACKED_BYTES], True),
        ([UNPACKED_BYTES, 1], False),
    ],
)
def test_parts_are_no_larger_than_the_reader_unpacks(sizes: list[int], fits: bool) -> None:
    assert refused(lambda: check_parts(sizes)) is not fits


@pytest.mark.parametrize(("size", "fits"), [(FILE_BYTES, True), (FILE_BYTES + 1, False)])
def test_a_file_is_no_larger_than_the_reader_takes(size: int, fits: bool) -> None:
    assert refused(lambda: check_file(bytes(size))) is not fits


def test_packing_asks_for_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "FILE_BYTES", 100)
    assert refused(lambda: packed({"a.xml": b"x"}))
    monkeypatch.setattr(bounds, "UNPACKED_BYTES", 0)
    assert refused(lambda: packed({"a.xml": b"x"}))


def test_the_refusal_says_what_to_do() -> None:
    with pytest.raises(
        TooLargeError, match=r"超过本程序能读的 50 MB.*原来的文件没有动.*移入“作废”"
    ):
        check_file(bytes(FILE_BYTES + 1))


def refused(check: object) -> bool:
    assert callable(check)
    try:
        check()
    except TooLargeError:
        return True
    return False
