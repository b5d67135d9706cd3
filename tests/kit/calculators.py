"""Two calculators beside ours (两个计算程序): LibreOffice and IronCalc, from no stored result."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import ironcalc
import python_calamine
from openpyxl.utils.cell import coordinate_to_tuple

from tests.kit.stripped import CELL, stripped

Cell = tuple[str, str]
"""Sheet and address of a formula."""

Results = Mapping[Cell, str | float]

_SECONDS = 240
_STALE = "987654"
_SHEET = "xl/worksheets/sheet{}.xml"


def stored(content: bytes) -> Results:
    """Return what people see before anything is calculated: what is stored, or nothing."""
    return _values(content, list(_formulas(content)))


def by_libreoffice(books: Mapping[str, bytes]) -> Mapping[str, Results]:
    """Return the results of all formulas of these workbooks, by file name; one start for all."""
    soffice = shutil.which("soffice")
    assert soffice, "soffice is not on the PATH: install LibreOffice (libreoffice-calc)"
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        sources = [place / f"{at}{Path(name).suffix}" for at, name in enumerate(books)]
        for source, content in zip(sources, books.values(), strict=True):
            source.write_bytes(stripped(content))
        profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
        command = [soffice, profile, "--headless", "--convert-to", "xlsx"]
        command += ["--outdir", str(place / "out"), *map(str, sources)]
        subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)
        results = [(place / "out" / f"{source.stem}.xlsx").read_bytes() for source in sources]
    return {
        name: _values(result, list(_formulas(content)))
        for (name, content), result in zip(books.items(), results, strict=True)
    }


def by_ironcalc(content: bytes, *, wrong: tuple[str, str] = ("", "")) -> Results:
    """Return the results of all formulas of a workbook, with a piece of them another if asked."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(stripped(content, stale=_STALE, wrong=wrong))
        model = ironcalc.load_from_xlsx(str(path), "en", "Asia/Shanghai", "en")
    model.evaluate()
    sheets = {one["name"]: at for at, one in enumerate(model.get_worksheets_properties())}
    return {
        (sheet, cell): _plain(model.get_cell_value(sheets[sheet], *coordinate_to_tuple(cell)))
        for sheet, cell in _formulas(content)
    }


def _formulas(content: bytes) -> Iterator[Cell]:
    """Yield the cells with a formula."""
    names = python_calamine.load_workbook(io.BytesIO(content)).sheet_names
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for number, name in enumerate(names, 1):
            for one in CELL.finditer(package.read(_SHEET.format(number)).decode()):
                yield name, one[1]


def _values(content: bytes, cells: Iterable[Cell]) -> Results:
    book = python_calamine.load_workbook(io.BytesIO(content))
    sheets = {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in {sheet for sheet, _ in cells}
    }
    found = {}
    for sheet, cell in cells:
        row, column = coordinate_to_tuple(cell)
        rows = sheets[sheet]
        there = row <= len(rows) and column <= len(rows[row - 1])
        found[sheet, cell] = _plain(rows[row - 1][column - 1] if there else "")
    return found


def _plain(value: Any) -> str | float:
    """Return a result to compare: numbers to nine digits, nothing as an empty text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(f"{value:.9g}")
    return "" if value is None else str(value)
