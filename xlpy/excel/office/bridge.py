"""The bridge into LibreOffice (LibreOffice 桥): run by a Python that has `uno`, not by ours.

`python bridge.py PIPE` speaks one JSON object a line. Questions come on standard input as
`{"ask": name, "with": {…}}`; each gets one answer `{"answer": …}` or `{"failed": kind, "said": …}`
on standard output, between events `{"event": …}` of what the person does. It stands alone and
keeps to Python 3.8: LibreOffice brings its own, and that one knows nothing of this project.
Areas are `[top, left, bottom, right]`, zero-based, both ends included.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path
from typing import Any

import uno
import unohelper
from com.sun.star.awt import XActionListener
from com.sun.star.beans import PropertyValue
from com.sun.star.document import XDocumentEventListener
from com.sun.star.lang import DisposedException, Locale, XEventListener
from com.sun.star.sheet import XActivationEventListener
from com.sun.star.table import CellAddress

PATIENCE = 60.0  # seconds until LibreOffice has to listen
NO_MACROS = 0  # com.sun.star.document.MacroExecMode.NEVER_EXECUTE
DATE_OR_TIME = 2 | 4  # com.sun.star.util.NumberFormat
DATES = 2  # com.sun.star.sheet.CellFlags.DATETIME
VALUES, ERRORS = 1, 4  # com.sun.star.sheet.FormulaResult
CONTROL = "com.sun.star.drawing.ControlShape"
BOXES = {"critical": "ERRORBOX", "exclamation": "WARNINGBOX"}

TOLD = {"OnSaveDone": "saved", "OnSaveAsDone": "saved", "OnUnload": "closed"}

_printing = threading.Lock()


class Refused(Exception):
    """Something that is not done."""

    def __init__(self, kind: str, said: str = "") -> None:
        """Keep the kind, a word for the parent, and what it is about."""
        super().__init__(said)
        self.kind = kind


def tell(**message: Any) -> None:
    """Write one line to the parent."""
    with _printing:
        print(json.dumps(message), flush=True)


class Ears(unohelper.Base, XActionListener, XDocumentEventListener, XActivationEventListener):
    """Hear what the person does, tell it, and let LibreOffice go on at once."""

    def __init__(self, desk: Desk) -> None:
        """Listen for the desk."""
        self._desk = desk

    def actionPerformed(self, event: Any) -> None:
        """Hear a click on a button."""
        tell(event="clicked", caption=event.Source.getModel().Label)

    def activeSpreadsheetChanged(self, event: Any) -> None:
        """Hear that another sheet is shown: its buttons are made anew each time."""
        self._desk.listen_to_buttons()

    def documentEventOccured(self, event: Any) -> None:
        """Hear what happens to the document; the misspelling is LibreOffice's."""
        if event.EventName in TOLD:
            tell(event=TOLD[event.EventName])

    def disposing(self, source: Any) -> None:
        """Do without the button, or the document, that is gone."""


class EndOfOffice(unohelper.Base, XEventListener):
    """Tells when LibreOffice itself is gone."""

    def disposing(self, source: Any) -> None:
        """Hear the end."""
        tell(event="closed")


class Desk:
    """One open document, and everything the parent may ask about it."""

    def __init__(self, context: Any) -> None:
        """Work in a connected LibreOffice."""
        make = context.ServiceManager.createInstanceWithContext
        self.desktop = make("com.sun.star.frame.Desktop", context)
        self.book: Any = None
        self.ears = Ears(self)

    # The document

    def open(self, path: str) -> dict[str, Any]:
        """Open a workbook with its macros asleep; listen to what happens to it."""
        set_up = (PropertyValue(Name="MacroExecutionMode", Value=NO_MACROS),)
        self.book = self.desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, set_up)
        if self.book is None:
            raise Refused("unreadable", path)
        self.book.addDocumentEventListener(self.ears)
        self.controller.addActivationEventListener(self.ears)
        self.listen_to_buttons()
        null = self.book.NullDate
        return {"null_date": [null.Year, null.Month, null.Day], "readonly": self.book.isReadonly()}

    def listen_to_buttons(self) -> None:
        """Hear every button of the sheet that is shown."""
        page = self.controller.getActiveSheet().getDrawPage()
        for shape in page:
            if shape.supportsService(CONTROL):
                control = self.controller.getControl(shape.Control)
                control.removeActionListener(self.ears)
                control.addActionListener(self.ears)

    # The sheets

    def sheets(self) -> list[str]:
        """Return the names of all sheets, in order."""
        return list(self.book.getSheets().getElementNames())

    def add_sheet(self, name: str, at: int) -> None:
        """Insert an empty sheet."""
        self.book.getSheets().insertNewByName(name, at)

    def used(self, sheet: str) -> list[int]:
        """Return the used area of a sheet, from A1 on."""
        cursor = self.sheet(sheet).createCursor()
        cursor.gotoEndOfUsedArea(False)
        address = cursor.getRangeAddress()
        return [0, 0, address.EndRow, address.EndColumn]

    # The cells

    def read(self, sheet: str, area: list[int]) -> dict[str, Any]:
        """Return the values, and which cells hold dates or errors, counted from the corner."""
        cells = self.area(sheet, area)
        return {
            "rows": cells.getDataArray(),
            "dates": self.dates(cells, area),
            "errors": list(errors(cells, area)),
        }

    def write(
        self, sheet: str, area: list[int], rows: list[list[Any]], formulas: list[list[Any]]
    ) -> None:
        """Write values; text stays text whatever it begins with, "" empties a cell.

        `formulas` are the cells, counted from the corner, that hold one.
        """
        cells = self.changeable(sheet, area)
        cells.setDataArray(tuple(map(tuple, rows)))
        for (row, column), texts in runs(formulas):
            below = cells.getCellRangeByPosition(column, row, column, row + len(texts) - 1)
            below.setFormulaArray(tuple((text,) for text in texts))

    def number_format(
        self, sheet: str, areas: list[list[int]], code: str | None = None
    ) -> str | None:
        """Return the number format (None: several), after setting it, given in English."""
        formats, locale = self.book.getNumberFormats(), Locale("en", "US", "")
        if code is not None:
            key = formats.queryKey(code, locale, False)
            key = formats.addNew(code, locale) if key == -1 else key
            for cells in [self.changeable(sheet, area) for area in areas]:
                cells.NumberFormat = key
            return code
        alike = self.area(sheet, areas[0]).getUniqueCellFormatRanges()
        keys = {one.NumberFormat for one in alike}
        return formats.getByKey(keys.pop()).FormatString if len(keys) == 1 else None

    def colour(self, sheet: str, area: list[int], to: int | None = None) -> int:
        """Return the fill of a cell (-1 is none), after changing it when asked."""
        if to is not None:
            self.changeable(sheet, area).CellBackColor = to
        return int(self.area(sheet, area).CellBackColor)

    def notes(self, sheet: str) -> list[list[Any]]:
        """Return every note of a sheet: row, column, text."""
        notes = self.sheet(sheet).getAnnotations()
        return [[note.Position.Row, note.Position.Column, note.getString()] for note in notes]

    def annotate(self, sheet: str, row: int, column: int, text: str) -> None:
        """Give a cell this note; "" takes it away."""
        cell = self.changeable(sheet, [row, column, row, column])
        notes = self.sheet(sheet).getAnnotations()
        places = [place[:2] for place in self.notes(sheet)]
        if [row, column] in places:
            notes.removeByIndex(places.index([row, column]))
        if text:
            address = cell.getRangeAddress()
            notes.insertNew(CellAddress(address.Sheet, column, row), text)

    # The window

    def screen(self, on: bool) -> None:
        """Let the window follow the changes, or not."""
        while on and self.book.hasControllersLocked():
            self.book.unlockControllers()
        if not on and not self.book.hasControllersLocked():
            self.book.lockControllers()

    def say(self, text: str) -> None:
        """Show a line in the status bar; "" gives the bar back."""
        bar = self.controller.getStatusIndicator()
        bar.end()
        if text:
            bar.start(text, 0)

    def alert(self, text: str, title: str, icon: str) -> None:
        """Show a message box; the answer does not wait for the person."""
        window = self.controller.getFrame().getContainerWindow()
        kind = uno.Enum("com.sun.star.awt.MessageBoxType", BOXES.get(icon, "INFOBOX"))
        box = window.getToolkit().createMessageBox(window, kind, 1, title, text)
        threading.Thread(target=box.execute, daemon=True).start()

    # Fingers

    @property
    def controller(self) -> Any:
        """Return the window's controller."""
        return self.book.getCurrentController()

    def sheet(self, name: str) -> Any:
        """Return a sheet by its name."""
        sheets = self.book.getSheets()
        if not sheets.hasByName(name):
            raise Refused("no sheet", name)
        return sheets.getByName(name)

    def area(self, sheet: str, area: list[int]) -> Any:
        """Return a cell range."""
        return self.sheet(sheet).getCellRangeByPosition(area[1], area[0], area[3], area[2])

    def changeable(self, sheet: str, area: list[int]) -> Any:
        """Return a cell range, unless the sheet's protection keeps it as it is."""
        cells = self.area(sheet, area)
        # Of cells that differ, LibreOffice tells the protection of none.
        if self.sheet(sheet).isProtected() and getattr(cells.CellProtection, "IsLocked", True):
            raise Refused("protected", sheet)
        return cells

    def dates(self, cells: Any, area: list[int]) -> list[list[int]]:
        """Return the areas with dates, typed or calculated, counted from the corner."""
        found = list(cells.queryContentCells(DATES).getRangeAddresses())
        formats = self.book.getNumberFormats()
        for formulas in cells.queryFormulaCells(VALUES):
            for alike in formulas.getUniqueCellFormatRanges():
                if formats.getByKey(alike.NumberFormat).Type & DATE_OR_TIME:
                    found += alike.getRangeAddresses()
        return [inside(one, area) for one in found]


def runs(formulas: list[list[Any]]) -> list[tuple[tuple[int, int], list[str]]]:
    """Return formulas below one another together: the first one's row and column, their texts."""
    found: list[tuple[tuple[int, int], list[str]]] = []
    for row, column, text in sorted(formulas, key=lambda one: (one[1], one[0])):
        if found and (row - len(found[-1][1]), column) == found[-1][0]:
            found[-1][1].append(text)
        else:
            found.append(((row, column), [text]))
    return found


def errors(cells: Any, area: list[int]) -> Any:
    """Give every error cell as shown: row and column counted from the corner, text."""
    for address in cells.queryFormulaCells(ERRORS).getRangeAddresses():
        top, left, bottom, right = inside(address, area)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                yield [row, column, cells.getCellByPosition(column, row).getString()]


def inside(found: Any, area: list[int]) -> list[int]:
    """Return an address counted from the corner of an area."""
    top, left = area[:2]
    corner = [found.StartRow - top, found.StartColumn - left]
    return [*corner, found.EndRow - top, found.EndColumn - left]


def connected(pipe: str) -> Desk:
    """Return a desk in LibreOffice, once that listens; a new profile makes it start twice."""
    local = uno.getComponentContext()
    make = local.ServiceManager.createInstanceWithContext
    connector = make("com.sun.star.connection.Connector", local)
    factory = make("com.sun.star.bridge.BridgeFactory", local)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            line = connector.connect(f"pipe,name={pipe}")
            bridge = factory.createBridge("", "urp", line, None)
            desk = Desk(bridge.getInstance("StarOffice.ComponentContext"))
            bridge.addEventListener(EndOfOffice())
            return desk
        except Exception:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def answered(desk: Desk, question: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to one question."""
    try:
        return {"answer": getattr(desk, question["ask"])(**question["with"])}
    except Refused as refusal:
        return {"failed": refusal.kind, "said": str(refusal)}
    except DisposedException:
        return {"failed": "closed", "said": ""}
    except Exception as problem:
        return {"failed": "error", "said": f"{type(problem).__name__}: {problem}"}


def main() -> None:
    """Connect, then answer until there are no more questions."""
    desk = connected(sys.argv[1])
    tell(event="ready")
    for line in sys.stdin:
        tell(**answered(desk, json.loads(line)))


if __name__ == "__main__":
    main()
