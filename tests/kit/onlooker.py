"""Inside LibreOffice for a test (旁观者的脚本): run by a Python that has `uno`, not by ours.

`python onlooker.py CONNECTION` reads `[question, …]` a line and answers with one JSON object a
line. It knows nothing of the product and shares no line of code with it.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time

import uno
from com.sun.star.accessibility.AccessibleRole import PUSH_BUTTON, TABLE
from com.sun.star.lang import DisposedException, IndexOutOfBoundsException
from com.sun.star.sheet import TableFilterField
from com.sun.star.sheet.FilterOperator import EQUAL

PATIENCE = 60.0
CONTROL = "com.sun.star.drawing.ControlShape"


class Onlooker:
    """Sees the one open document."""

    def __init__(self, connection):
        self.connection = connection
        self.desktop = self.helper = self.toolkit = self.document = None

    def book(self):
        """Wait for the document; return its name."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self.come_in()
                found = [one for one in self.desktop.getComponents() if getattr(one, "URL", "")]
                self.document = found[0]
                self.document.getCurrentController().getFrame()
                return self.document.getURL()
            except Exception:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def buttons(self):
        """Return the middle of each button of the sheet that is shown, in pixels."""
        controller = self.document.getCurrentController()
        places = {}
        page = controller.getActiveSheet().getDrawPage()
        for number in range(page.getCount()):
            shape = page.getByIndex(number)
            if shape.supportsService(CONTROL):
                seen = controller.getControl(shape.Control).getAccessibleContext()
                corner, size = seen.getLocationOnScreen(), seen.getSize()
                middle = [corner.X + size.Width // 2, corner.Y + size.Height // 2]
                places[shape.Control.Label] = middle
        return places

    def box(self):
        """Return the middle of the button of the message box that is shown; None without one."""
        for number in range(self.toolkit.getTopWindowCount()):
            window = self.toolkit.getTopWindow(number)
            found = list(pushable(window.getAccessibleContext())) if window.isVisible() else []
            if len(found) == 1:
                return found[0]
        return None

    def show(self, sheet):
        """Show a sheet."""
        self.document.getCurrentController().setActiveSheet(self.sheet(sheet))

    def settle(self):
        """Wait until everything that is to be drawn has been drawn."""
        self.toolkit.processEventsToIdle()

    def place(self, cell):
        """Return where the text of a cell of the sheet that is shown begins, in pixels."""
        address = self.document.getCurrentController().getActiveSheet().getCellRangeByName(cell)
        row, column = address.getCellAddress().Row, address.getCellAddress().Column
        frame = self.document.getCurrentController().getFrame()
        for table in tables(frame.getComponentWindow().getAccessibleContext()):
            try:
                seen = table.getAccessibleCellAt(row, column).getAccessibleContext()
            except IndexOutOfBoundsException:
                continue
            corner, size = seen.getLocationOnScreen(), seen.getSize()
            if size.Width > 0:  # else another pane shows it
                return [corner.X + 40, corner.Y + size.Height // 2]
        return None

    def sheets(self):
        return list(self.document.getSheets().getElementNames())

    def cells(self, sheet):
        """Return the texts of a sheet as shown, by row, from A1 on."""
        cursor = self.sheet(sheet).createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.getRangeAddress()
        area = self.sheet(sheet).getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
        return [list(map(str, row)) for row in area.getDataArray()]

    def shown(self, sheet, cell):
        return self.sheet(sheet).getCellRangeByName(cell).getString()

    def formula(self, sheet, cell):
        return self.sheet(sheet).getCellRangeByName(cell).getFormula()

    def colour(self, sheet, cell):
        return self.sheet(sheet).getCellRangeByName(cell).CellBackColor

    def notes(self, sheet):
        return [note.getString() for note in self.sheet(sheet).getAnnotations()]

    def type(self, sheet, cell, text):
        """Type as a person does: numbers become numbers, dates dates."""
        controller = self.document.getCurrentController()
        shown = controller.getActiveSheet()
        controller.setActiveSheet(self.sheet(sheet))
        frame = controller.getFrame()
        self.helper.executeDispatch(frame, ".uno:GoToCell", "", 0, named(ToPoint=cell))
        self.helper.executeDispatch(frame, ".uno:EnterString", "", 0, named(StringName=text))
        controller.setActiveSheet(shown)

    def filter(self, sheet, area, field, text):
        """Show only the rows below a heading that hold a text in one column."""
        cells = self.sheet(sheet).getCellRangeByName(area)
        wanted = cells.createFilterDescriptor(True)
        wanted.ContainsHeader = True
        one = TableFilterField()
        one.Field, one.Operator, one.StringValue = field, EQUAL, text
        wanted.setFilterFields((one,))
        cells.filter(wanted)

    def hidden(self, sheet, row):
        return not self.sheet(sheet).getRows().getByIndex(row - 1).IsVisible

    def protect(self, sheet):
        self.sheet(sheet).protect("")

    def held(self):
        """Tell whether the window still waits for somebody to let it follow."""
        return self.document.hasControllersLocked()

    def save(self):
        self.document.store()

    def close(self):
        # With its last window LibreOffice goes too, perhaps before it has answered.
        with contextlib.suppress(DisposedException):
            self.document.close(True)

    def end(self):
        """End LibreOffice, whatever is open."""
        for one in self.desktop.getComponents():
            if getattr(one, "URL", ""):
                one.close(True)
        self.desktop.terminate()

    def sheet(self, name):
        return self.document.getSheets().getByName(name)

    def come_in(self):
        """Connect, if that is not done."""
        if self.desktop is None:
            context, make = connected(self.connection)
            self.helper = make("com.sun.star.frame.DispatchHelper", context)
            self.desktop = make("com.sun.star.frame.Desktop", context)
            self.toolkit = make("com.sun.star.awt.Toolkit", context)


def connected(connection):
    """Return LibreOffice's context and what makes its services."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    context = resolver.resolve(f"uno:{connection};urp;StarOffice.ComponentContext")
    return context, context.ServiceManager.createInstanceWithContext


def pushable(context, depth=4):
    """Give the middle of every push button of a small window."""
    if context.getAccessibleRole() == PUSH_BUTTON:
        corner, size = context.getLocationOnScreen(), context.getSize()
        yield [corner.X + size.Width // 2, corner.Y + size.Height // 2]
    few = context.getAccessibleChildCount() < 20
    for number in range(context.getAccessibleChildCount() if depth and few else 0):
        yield from pushable(context.getAccessibleChild(number).getAccessibleContext(), depth - 1)


def tables(context, depth=8):
    """Give every pane of the sheet that is shown."""
    if context.getAccessibleRole() == TABLE:
        yield context
        return
    few = context.getAccessibleChildCount() < 50
    for number in range(context.getAccessibleChildCount() if depth and few else 0):
        yield from tables(context.getAccessibleChild(number).getAccessibleContext(), depth - 1)


def named(**values):
    from com.sun.star.beans import PropertyValue

    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def main():
    onlooker = Onlooker(sys.argv[1])
    for line in sys.stdin:
        question, *words = json.loads(line)
        try:
            answer = {"answer": getattr(onlooker, question)(*words)}
        except Exception as problem:
            answer = {"failed": f"{question}: {type(problem).__name__}: {problem}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
