"""Workbooks compared by what is in them, however they were compressed."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.excel.books import parts, sheet, zipped
from xlpy.excel.reading.contents import content_digest, same_content

PARTS = parts({"附件1": sheet('<row r="1"><c r="A1"><v>5</v></c></row>' * 99)})
PACKED = zipped(PARTS)


def repacked(method: int, *, level: int | None = None, year: int = 1980) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name in sorted(PARTS, reverse=True):
            member = zipfile.ZipInfo(name, (year, 1, 1, 0, 0, 0))
            package.writestr(member, PARTS[name], method, level)
    return stream.getvalue()


@pytest.mark.parametrize(
    "other",
    [
        repacked(zipfile.ZIP_STORED),
        repacked(zipfile.ZIP_DEFLATED, level=1),
        repacked(zipfile.ZIP_DEFLATED, level=9, year=2024),
    ],
)
def test_packing_order_and_dates_play_no_part(other: bytes) -> None:
    assert other != PACKED
    assert same_content(other, PACKED)
    assert content_digest(other) == content_digest(PACKED)


@pytest.mark.parametrize(
    "other",
    [
        {**PARTS, "xl/styles.xml": b""},
        {**PARTS, "xl/more.xml": b""},
        {name: xml for name, xml in PARTS.items() if name != "xl/styles.xml"},
        {name.upper(): xml for name, xml in PARTS.items()},
    ],
)
def test_another_part_is_another_content(other: dict[str, str | bytes]) -> None:
    assert not same_content(zipped(other), PACKED)


def test_parts_that_run_into_each_other_are_told_apart() -> None:
    """`ab` with `c` is not `a` with `bc`."""
    assert not same_content(zipped({"ab": "c"}), zipped({"a": "bc"}))


@pytest.mark.parametrize("broken", [b"", b"no zip", PACKED[:-30], PACKED + b"more"])
def test_what_is_no_package_is_like_itself_only(broken: bytes) -> None:
    assert content_digest(broken) == ""
    assert same_content(broken, broken)
    assert not same_content(broken, PACKED)
    assert not same_content(broken, broken + b"x")


def test_a_bomb_is_not_unpacked() -> None:
    assert content_digest(zipped({"xl/a.xml": bytes(40 * 2**20)})) == ""
