"""Empty rows and columns deleted in LibreOffice, which leaves styled blanks at the sheet's end."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.kit.typed_staff import xlpy
from tests.kit.typist import Typist
from xlpy.excel.reading.archive import open_archive
from xlpy.excel.reading.book import read_book
from xlpy.model.grid import Book

SHEETS = {"申报材料": ("附件1", "附件3"), "专家评分": ("评分表",), "": ("参评名单", "参数")}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deleted") / "示例"
    assert xlpy("demo", folder).status == 0
    return folder


def sent(demo: Path, folder: str) -> Path:
    """Return one file of the case: the first filing, the first ballot, the workbook itself."""
    return sorted((demo / folder).glob("*.xlsx"))[0] if folder else demo / "evaluate.xlsm"


@pytest.mark.parametrize("folder", sorted(SHEETS))
def test_a_book_with_deleted_blanks_reads_the_same(
    typist: Typist, demo: Path, tmp_path: Path, folder: str
) -> None:
    """Filing, ballot and the staff's own workbook, after deleting far below and far right."""
    source = sent(demo, folder)
    saved, touched = tmp_path / f"存{source.suffix}", tmp_path / f"删{source.suffix}"
    typist.work(source, save=saved)
    steps = [
        step
        for sheet in SHEETS[folder]
        for step in (
            ("unprotect", sheet),
            ("delete_rows", sheet, 5_000, 10),
            ("delete_columns", sheet, "AZ", 3),
        )
    ]
    done = typist.work(source, steps, save=touched)
    assert done.refused == ()
    assert cells(touched) == cells(saved)


def cells(path: Path) -> list[tuple[str, list[list[object]]]]:
    got = read_book(path)
    assert isinstance(got, Book), got
    return [(grid.name, [list(row) for row in grid.rows]) for grid in got.grids]


def test_the_year_goes_on_with_a_workbook_that_was_tidied_up(
    typist: Typist, demo: Path, tmp_path: Path
) -> None:
    """No older copy is asked for: nothing staff typed is lost."""
    case = tmp_path / "项目"
    shutil.copytree(demo, case)
    steps = [("unprotect", "参评名单"), ("delete_rows", "参评名单", 900, 5)]
    typist.work(case / "evaluate.xlsm", steps, save=tmp_path / "删.xlsm")
    assert b"1048576" in b"".join(parts(tmp_path / "删.xlsm")), "the fault is not there to be seen"
    shutil.copyfile(tmp_path / "删.xlsm", case / "evaluate.xlsm")
    run = xlpy("evaluate", case)
    assert (run.status, run.complained) == (0, "")


def parts(path: Path) -> list[bytes]:
    archive = open_archive(path.read_bytes())
    return [archive.part(name) or b"" for name in archive.members if "worksheets" in name]
