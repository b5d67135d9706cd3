"""Chinese for VBA (提示语): an ASCII module whose functions return the texts.

VBA keeps its source in the code page of the machine that wrote it; only ASCII is safe everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

WORDS_MODULE = "xlpy_words"

_DIGITS = 4  # of one UTF-16 unit
_LINE = 24 * _DIGITS
_MOST_LINES = 24  # VBA joins no more than 25 lines into one
_HEAD = f"""Attribute VB_Name = "{WORDS_MODULE}"
' Made by `xlpy build` from words.toml; change that file, not this one.
Option Explicit
"""
_TAIL = """
Private Function FromHex(ByVal codes As String) As String
    Dim place As Long
    For place = 1 To Len(codes) Step 4
        FromHex = FromHex & ChrW(CLng("&H" & Mid$(codes, place, 4)))
    Next place
End Function
"""


def words_module(texts: Mapping[str, str]) -> str:
    """Return the module: the text `unnamed` is returned by the function XlpyTextUnnamed.

    Raises ValueError for a text too long for a VBA line.
    """
    return _HEAD + "".join(_function(name, text.strip()) for name, text in texts.items()) + _TAIL


def _function(name: str, text: str) -> str:
    lines = [f'"{part}"' for part in _parts(text)]
    if len(lines) > _MOST_LINES:
        raise ValueError(f"the text {name!r} is too long for VBA")
    title = f"XlpyText{name.capitalize()}"
    joined = " & _\n        ".join(lines)
    return (
        f"\nPublic Function {title}() As String\n"
        f"    {title} = FromHex( _\n        {joined})\nEnd Function\n"
    )


def _parts(text: str) -> Iterator[str]:
    codes = text.replace("\n", "\r\n").encode("utf-16-be").hex().upper()
    yield from (codes[at : at + _LINE] for at in range(0, len(codes), _LINE))
