"""The floor: the bare reading and writing that `xlpy evaluate` cannot do without.

python-calamine reads once every sheet that evaluate reads, XlsxWriter writes the cells that
evaluate wrote; nothing is checked, judged or hashed, and there are no formats.

`python tests/bench/floor.py CASE CELLS OUT`, after
`python tests/bench/floor.py --remember CASE CELLS` (not measured) has kept what evaluate wrote.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

Rows = Sequence[Sequence[object]]

FILING = ("附件1", "附件2", "附件3", "附件4", "_meta")
BALLOT = ("评分表", "_meta")
WRITTEN = ("输出/评价结果.xlsx", "evaluate.xlsm")


def read(path: Path, wanted: tuple[str, ...] | None = None) -> dict[str, Rows]:
    """Return the sheets of a workbook by name; all of them, or those wanted."""
    book = CalamineWorkbook.from_path(path)
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
        if wanted is None or name in wanted
    }


def write(path: Path, sheets: dict[str, Rows]) -> None:
    """Write the cells, texts as texts and numbers as numbers."""
    book = xlsxwriter.Workbook(path)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, int | float):
                    sheet.write_number(number, column, value)
                elif value != "":
                    sheet.write_string(number, column, str(value))
    book.close()


def remember(case: Path, cells: Path) -> None:
    """Keep the cells of what evaluate wrote in `cells`."""
    cells.write_bytes(pickle.dumps({name: read(case / name) for name in WRITTEN}))


def main(case: Path, cells: Path, out: Path) -> None:
    """Read all of the case and write what was remembered into the folder `out`."""
    read(case / "evaluate.xlsm")
    for path in sorted((case / "申报材料").iterdir()):
        read(path, FILING)
    for path in sorted((case / "专家评分").iterdir()):
        read(path, BALLOT)
    for number, sheets in enumerate(pickle.loads(cells.read_bytes()).values()):
        write(out / f"floor-{number}.xlsx", sheets)


if __name__ == "__main__":
    if sys.argv[1] == "--remember":
        remember(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(*(Path(argument) for argument in sys.argv[1:4]))
