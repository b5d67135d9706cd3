"""The hands in LibreOffice (LibreOffice 里的手): run by a Python that has `uno`, not by ours.

`python uno_script.py PIPE` reads one JSON job a line from standard input and answers with one
JSON object a line. It stands alone: the Python that runs it knows nothing of this project.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.table import CellAddress, CellRangeAddress
from com.sun.star.util import Date

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xlsm": "Calc MS Excel 2007 VBA XML"}
ERRORS = 4  # com.sun.star.sheet.FormulaResult.ERROR
PATIENCE = 90.0  # seconds until LibreOffice has to listen


class Desk:
    """LibreOffice with at most one book open."""

    def __init__(self, pipe):
        context = connected(pipe)
        self.make = context.ServiceManager.createInstanceWithContext
        self.context = context
        self.desktop = self.make("com.sun.star.frame.Desktop", context)
        self.dispatcher = self.make("com.sun.star.frame.DispatchHelper", context)
        self.book = None
        self.shown = False

    def work(self, job):
        """Open, do, calculate, look, save, close."""
        self.shown = job["shown"]
        self.book = self.desktop.loadComponentFromURL(
            Path(job["open"]).as_uri(),
            "_blank",
            0,
            properties(MacroExecutionMode=0, Hidden=not self.shown),
        )
        if self.book is None:
            return {"failed": f"LibreOffice does not open {job['open']}"}
        try:
            # Counting the ledger anew after every key press makes typing twenty times slower.
            self.book.enableAutomaticCalculation(False)
            refused = [step for step in job["steps"] if not getattr(self, step[0])(*step[1:])]
            self.book.enableAutomaticCalculation(True)
            self.book.calculateAll()
            seen = [self.look(*place) for place in job["look"]]
            answer = {"refused": refused, "seen": seen, "errors": list(self.errors())}
            if job["save"]:
                target = Path(job["save"])
                self.book.storeToURL(target.as_uri(), properties(FilterName=FILTERS[target.suffix]))
            return answer
        finally:
            self.book.close(True)
            self.book = None

    # What a person does; each tells whether the sheet let it happen.

    def type(self, sheet, cell, text):
        """Go to the cell, type, press Enter."""
        one = self.cell(sheet, cell)
        # LibreOffice 7.4 dies of showing its refusal where no window is shown.
        if locked(one) and not self.shown:
            return False
        before = one.getFormula()
        self.go(one, cell)
        self.dispatch("EnterString", StringName=text)
        return one.getFormula() != before or not locked(one)

    def clear(self, sheet, cell):
        """Go to the cell and press Delete."""
        one = self.cell(sheet, cell)
        self.go(one, cell)
        self.dispatch("ClearContents")
        return one.getFormula() == ""

    def insert_rows(self, sheet, row, count):
        """Insert rows above a one-based row, through the menu."""
        one = self.cell(sheet, f"A{row}")
        text = one.getFormula()
        self.go(one, f"A{row}:A{row + count - 1}")
        self.dispatch("InsertRowsBefore")
        return self.cell(sheet, f"A{row + count}").getFormula() == text

    def unprotect(self, sheet):
        """Take the protection off; it has no password."""
        self.sheet(sheet).unprotect("")
        return not self.sheet(sheet).isProtected()

    def move_column(self, sheet, column, before):
        """Cut a column and insert it before another; the sheet must not be protected."""
        one = self.sheet(sheet)
        source, target = letters(column), letters(before)
        last = one.getRows().getCount() - 1
        number = one.getRangeAddress().Sheet
        one.getColumns().insertByIndex(target, 1)
        source += source >= target
        moved = CellRangeAddress(number, source, 0, source, last)
        one.moveRange(CellAddress(number, target, 0), moved)
        one.getColumns().removeByIndex(source, 1)
        return True

    def delete_rows(self, sheet, row, count):
        """Delete whole rows, empty ones too; the sheet must not be protected."""
        self.sheet(sheet).getRows().removeByIndex(row - 1, count)
        return True

    def delete_columns(self, sheet, column, count):
        """Delete whole columns, as `delete_rows` does rows."""
        self.sheet(sheet).getColumns().removeByIndex(letters(column), count)
        return True

    def calendar_of_1904(self):
        """Count dates from 1904, as Excel for the Macintosh did."""
        self.book.NullDate = Date(1, 1, 1904)
        return True

    # What a person sees

    def look(self, sheet, cell):
        one = self.cell(sheet, cell)
        return {"text": one.getString(), "value": one.getValue(), "formula": one.getFormula()}

    def errors(self):
        for sheet in self.book.getSheets():
            for area in sheet.queryFormulaCells(ERRORS).getRangeAddresses():
                for row in range(area.StartRow, area.EndRow + 1):
                    for column in range(area.StartColumn, area.EndColumn + 1):
                        one = sheet.getCellByPosition(column, row)
                        yield [sheet.getName(), one.AbsoluteName, one.getString()]

    # Fingers

    def sheet(self, name):
        return self.book.getSheets().getByName(name)

    def cell(self, sheet, cell):
        return self.sheet(sheet).getCellRangeByName(cell)

    def go(self, cell, place):
        self.book.getCurrentController().setActiveSheet(cell.getSpreadsheet())
        self.dispatch("GoToCell", ToPoint=place)

    def dispatch(self, command, **arguments):
        frame = self.book.getCurrentController().getFrame()
        self.dispatcher.executeDispatch(frame, f".uno:{command}", "", 0, properties(**arguments))


def connected(pipe):
    """Return LibreOffice's component context, once it listens on the pipe."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    url = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return resolver.resolve(url)
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def locked(cell):
    """Tell whether the sheet keeps this cell from being changed."""
    return cell.getSpreadsheet().isProtected() and cell.CellProtection.IsLocked


def properties(**values):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def letters(column):
    """Return the zero-based number of a column."""
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - 64
    return number - 1


def main():
    desk = Desk(sys.argv[1])
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        try:
            answer = desk.work(json.loads(line))
        except Exception as problem:
            answer = {"failed": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(answer), flush=True)
    desk.desktop.terminate()


if __name__ == "__main__":
    main()
