"""The macros of evaluate.xlsm as a script cscript runs (宏代码转为脚本): VBScript is nearly VBA.

Our modules come whole; of xlwings' module the functions between RunPython and WScript.Shell.Run.
What these ask of Excel and of VBA itself stands in click.vbs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

_OURS: Final = ("xlpy_preflight", "xlpy_buttons", "xlpy_words")
_THEIRS: Final = ("RunPython", "ExecuteWindows", "ShowError", "ParentFolder")
_HEX: Final = re.compile(r'FromHex\(((?:\s|_|&|"[0-9A-F]*")+)\)')
_TYPES: Final = "String|Boolean|Integer|Long|Object|Variant|Workbook|Worksheet"
_TYPED: Final = re.compile(rf" As (?:{_TYPES})\b")
_CHANGES: Final = (
    (r"^Attribute .*$|^Option Explicit$|^.*err_handling.*$", ""),
    (r', Optional (?:FrozenArgs|Message)(?: = "")?', ""),  # never given here: they stay empty
    (r"\bOptional ", ""),
    (r"\b(Left|Right|Mid|Hex)\$\(", r"\1("),
    (r'Left\((\w+), 2\) Like "\[A-Za-z\]:"', r"IsDrive(\1)"),
    (r'GetConfig\(("[^"]+")\)', r'GetConfig(\1, "")'),
    (r"\bWScript\.Run\(", "Ran("),
    (r"\bWScript\.", "Shell."),
    (r"\bNext \w+", "Next"),
)


def script(modules: Mapping[str, str]) -> str:
    """Return the modules of a workbook as VBScript; each button is a Sub without arguments."""
    theirs = _for_windows(modules["xlwings"])
    parts = [_function(theirs, name) for name in _THEIRS]
    parts += [_for_windows(modules[name]) for name in _OURS]
    text = _HEX.sub(_text, "\n".join(parts))
    text = re.sub(r"Private Function FromHex.*?^End Function", "", text, flags=re.S | re.M)
    text = _TYPED.sub("", text)
    for old, new in _CHANGES:
        text = re.sub(old, new, text, flags=re.M)
    return text


def _function(source: str, name: str) -> str:
    """Return one function of a module, whole."""
    pattern = rf"^(?:Public )?(Function|Sub) {name}\(.*?^End \1"
    found = re.search(pattern, source, flags=re.S | re.M)
    assert found, f"xlwings has no {name} any more"
    return found[0]


def _for_windows(source: str) -> str:
    """Leave out what is compiled on a Mac only, or where the program is not Excel."""
    return "\n".join(_compiled(source.replace("\r\n", "\n").split("\n")))


def _compiled(lines: list[str]) -> Iterator[str]:
    taken: list[bool] = []
    for line in lines:
        word = line.strip()
        if word.startswith("#If"):
            taken.append(word == '#If App = "Microsoft Excel" Then')
        elif word.startswith("#Else"):
            taken[-1] = not taken[-1]
        elif word.startswith("#End If"):
            taken.pop()
        elif all(taken):
            yield line


def _text(found: re.Match[str]) -> str:
    """Return the text that FromHex makes of four digits a sign, as VBScript writes it."""
    digits = "".join(re.findall(r'"([0-9A-F]*)"', found[1]))
    text = bytes.fromhex(digits).decode("utf-16-be").replace('"', '""')
    return '"' + text.replace("\r\n", '" & vbCrLf & "') + '"'
