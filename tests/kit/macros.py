"""Macros without Excel (宏的试运行): a workbook's own VBA in pyOpenVBA's interpreter.

The interpreter does not know all of xlwings' module, so a stub of the three functions we call
takes its place in a copy: RunPython prints its command, GetConfig reads the sheet xlwings.conf,
FileExists says yes to every path that does not hold the word "lost".
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyopenvba import ExcelFile
from pyopenvba.apps.excel import ExcelApplication

STUB = """Attribute VB_Name = "xlwings"
Public Function RunPython(PythonCommand As String)
    Debug.Print PythonCommand
End Function

Public Function GetConfig(configKey As String, Optional default As String = "") As Variant
    Dim row As Long
    GetConfig = default
    For row = 1 To 20
        If UCase(Sheets("xlwings.conf").Cells(row, 1).Value) = configKey Then
            GetConfig = Sheets("xlwings.conf").Cells(row, 2).Value
        End If
    Next row
End Function

Public Function FileExists(ByVal FileSpec As String) As Boolean
    FileExists = (InStr(FileSpec, "lost") = 0)
End Function
"""


def opened(content: bytes, file: Path) -> Any:
    """Return the workbook open in pyOpenVBA's Excel, its xlwings module replaced by the stub."""
    file.write_bytes(content)
    with ExcelFile(file) as book:
        book.set_module("xlwings", STUB.replace("\n", "\r\n"))
        book.save()
    return ExcelApplication.open(file)


def sources(content: bytes) -> dict[str, str]:
    """Return the source of every module as olevba reads it, by name without ending."""
    from oletools.olevba import VBA_Parser  # here: its import warns thirty times

    parser = VBA_Parser("book.xlsm", data=content)
    found = {name: code for _, _, name, code in parser.extract_macros()}
    parser.close()
    return {name.rpartition(".")[0]: code for name, code in found.items()}
