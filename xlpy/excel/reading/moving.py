"""Formulas that read outside the file or change by themselves (会变的公式): found, never evaluated.

What they stored is read as any formula's value; a person is told what it hangs on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import unescape
from pyexpat import ExpatError, ParserCreate
from typing import Final

from xlpy.excel.reading.canonical.markup import remembered
from xlpy.excel.reading.refused import NAMES, Refused, RefusedError
from xlpy.model.grid import column_number

Cell = tuple[int, int]

_FORMULA: Final = re.compile(rb"<c(\s[^<>]*)>\s*<f(\s[^<>]*?)?(?:/>|>([^<]*)</f>)")
_TEXT: Final = re.compile(rb"<f(?:\s[^<>]*)?>([^<]+)</f>")
_ADDRESS: Final = re.compile(rb"""\sr=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_SHARED: Final = re.compile(rb"""\st=["']shared["']""")
_INDEX: Final = re.compile(rb"""\ssi=["']([0-9]{1,9})["']""")
_SPREAD: Final = re.compile(rb"""\sref=["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})["']""")
_ARRAY: Final = re.compile(rb"""\st=["']array["']""")

_BY_ITSELF: Final = (
    *("TODAY", "NOW", "RAND", "RANDBETWEEN", "RANDARRAY", "RAND.NV", "RANDBETWEEN.NV"),
    *("CELL", "INFO", "OFFSET", "INDIRECT"),
)
_FROM_OUTSIDE: Final = (
    *("WEBSERVICE", "FILTERXML", "RTD", "DDE", "STOCKHISTORY", "FIELDVALUE", "IMAGE", "HYPERLINK"),
    *("PY", "COPILOT", "TRANSLATE", "DETECTLANGUAGE", "SQL.REQUEST", "GETURL", "DUMMYFUNCTION"),
    *("IMPORTRANGE", "IMPORTDATA", "IMPORTHTML", "IMPORTXML", "IMPORTFEED"),
    *("GOOGLEFINANCE", "GOOGLETRANSLATE"),
)
_OF_PROGRAMS: Final = (
    *("CALL", "REGISTER", "REGISTER.ID", "UNREGISTER", "EVALUATE", "EXEC", "EXECUTE", "RUN"),
    *("INITIATE", "REQUEST", "POKE", "TERMINATE", "CALLER", "FILES", "DIRECTORY", "DOCUMENTS"),
    *("FOPEN", "FREAD", "FREADLN", "FWRITE"),
)
_MOVING: Final = frozenset({*_BY_ITSELF, *_FROM_OUTSIDE, *_OF_PROGRAMS})
_FAMILIES: Final = ("GET.", "CUBE", "WPSAI", "WPS_", "KS_")
_PROGRAMS: Final = re.compile(r"_{1,2}(?:xll|xludf)\.", re.IGNORECASE)
_PREFIX: Final = re.compile(
    r"(?:_{1,2}(?:xlfn|xlws|xll|xludf|xlbgnm|xlpm|xleta)\.|(?:of|msoxl|oooc):"
    r"|(?:org|com)\.(?:libreoffice|sun|microsoft|openoffice)\.)*+",
    re.IGNORECASE,
)

# One pass over a formula: texts, quoted sheets, brackets with what follows them, words.
_TOKEN: Final = re.compile(
    r'"[^"]*+"?'
    r"|(?P<quoted>'(?:[^']|'')*+')(?P<mark>[!#]?)"
    r"|(?P<outside>\[[^\[\]]{0,300}\][^\s!'\"()\[\],;+\-*/^&=<>{}]{0,300}!)"
    r"|(?P<word>(?:[^\W\d]|[\\_])[\w.\\?]*+)(?P<after>\s*+[(!|]?)"
    r"|[0-9][\w.]*+"
)
_TARGET: Final = re.compile(r"\$?[\w.$\\]{1,40}(?::\$?[\w.$]{1,40})?|#REF!")
_FILE: Final = re.compile(
    r".*\.(?:xls[xmb]?|xlt[xm]?|xla[m]?|et|ett|csv|ods|dbf|mdb)", re.IGNORECASE
)
# A sheet's name has none of these; 'S1:S2'! is a range of sheets.
_PATH: Final = re.compile(r"[\[\]\\/]|https?:|file:", re.IGNORECASE)
_LONGEST: Final = 8_192  # characters of a formula; Excel allows no more
_SHORT: Final = 1_000  # bytes of a formula worth remembering
_SAID: Final = 40
_NAMED: Final = 3
_SPREAD_MOST: Final = 20_000  # cells that the ranges of array formulas may mark in one sheet
# What every moving formula has, and some that stay: most have none of it and are passed over.
_SIGN: Final = re.compile(rb"[\[|\\]|&#|_xl|\.(?:xl|et|csv|ods|dbf)|'[^']*+/", re.IGNORECASE)
_CALLED: Final = re.compile(rb"([A-Za-z_][\w.]*+)\s*+\(")


def moving_cells(marked: bytes, names: Mapping[str, str]) -> dict[Cell, str]:
    """Return by cell what its formula uses that moves (会变的公式): `TODAY`, `[1]S!A1`.

    `marked` holds the cells with formulas in one shape, `names` what the names of the workbook
    use (see `moving_names`), in capitals.
    """
    if not marked:
        return {}
    told = {text: used for text in set(_TEXT.findall(marked)) if (used := _uses(text, names))}
    return _told_cells(marked, told) if told else {}


def _told_cells(marked: bytes, told: Mapping[bytes, str]) -> dict[Cell, str]:
    """Return what the cells use, given what the texts of formulas do."""
    found: dict[Cell, str] = {}
    shared: dict[bytes, str] = {}
    followers: list[tuple[Cell, bytes]] = []
    spread = _SPREAD_MOST
    for cell, attributes, text in _formulas(marked):
        used = told.get(text, "")
        if _SHARED.search(attributes) and (index := _INDEX.search(attributes)):
            if used:
                shared[index[1]] = used
            elif not text:
                followers.append((cell, index[1]))
        if used:
            found[cell] = used
            if _ARRAY.search(attributes):
                for one in _spread(attributes, spread):
                    found.setdefault(one, used)
                    spread -= 1
    found.update({cell: shared[index] for cell, index in followers if index in shared})
    return found


def _formulas(marked: bytes) -> Iterator[tuple[Cell, bytes, bytes]]:
    for one in _FORMULA.finditer(marked):
        at = _ADDRESS.search(one[1])
        if at is not None:
            yield (int(at[2]) - 1, column_number(at[1])), one[2] or b"", one[3] or b""


def _spread(attributes: bytes, most: int) -> Iterator[Cell]:
    """Yield the cells an array formula fills, at most so many."""
    span = _SPREAD.search(attributes)
    if span is None:
        return
    left, right = column_number(span[1]), column_number(span[3])
    for row in range(int(span[2]) - 1, int(span[4])):
        for column in range(left, right + 1):
            if most <= 0:
                return
            most -= 1
            yield row, column


def _uses(text: bytes, names: Mapping[str, str]) -> str:
    text = text[: 6 * _LONGEST]  # a reference of XML takes six signs for one
    if not names:
        return (_known_uses if len(text) <= _SHORT else _plain_uses)(text)
    return uses(unescape(text.decode("utf-8", "replace")), names)


def _plain_uses(text: bytes) -> str:
    if not (_SIGN.search(text) or any(map(_moves, _CALLED.findall(text)))):
        return ""
    return uses(unescape(text.decode("utf-8", "replace")))


_known_uses: Final = lru_cache(maxsize=4096)(_plain_uses)  # one blank, one set of formulas


def _moves(called: bytes) -> bool:
    word = called.decode("ascii").upper()
    return word in _MOVING or word.startswith(_FAMILIES)


def uses(formula: str, names: Mapping[str, str] | None = None) -> str:
    """Return what a formula uses that lies outside the file or changes by itself; "" for nothing.

    >>> uses('IF(A1="TODAY()",RAND!A1,TODAYS)'), uses("today()+[1]S!A1"), uses("cmd|'/c calc'!A0")
    ('', 'TODAY、[1]S!A1', "cmd|'/c calc'!A0")
    """
    told = dict.fromkeys(one[:_SAID] for one in _moving(formula[:_LONGEST], names or {}))
    listed = list(told)
    return "、".join(listed[:_NAMED]) + ("等" if len(listed) > _NAMED else "")


def _moving(formula: str, names: Mapping[str, str]) -> Iterator[str]:
    for token in _TOKEN.finditer(formula):
        end = token.end()
        if token["outside"]:
            yield token["outside"] + _target(formula, end)
        elif token["quoted"] and token["mark"]:
            if _PATH.search(token["quoted"]) or _follows_dde(formula, token.start()):
                before = _dde_start(formula, token.start())
                yield before + token["quoted"] + token["mark"] + _target(formula, end)
        elif token["word"]:
            yield from _of_word(token["word"], token["after"].strip(), formula, token.end(), names)


def _of_word(
    word: str, after: str, formula: str, end: int, names: Mapping[str, str]
) -> Iterator[str]:
    """Yield what a word means: a function, a sheet, a program spoken to (DDE), a name."""
    if after == "|":
        if not formula.startswith("'", end):  # a quoted topic tells the whole of it
            yield f"{word}|{_target(formula, end)}"
        return
    if after == "!":
        if _FILE.fullmatch(word):
            yield f"{word}!{_target(formula, end)}"
        return
    if after == "(":
        bare = word[_PREFIX.match(word).end() :].upper()  # type: ignore[union-attr]
        if bare in _MOVING or bare.startswith(_FAMILIES) or _PROGRAMS.match(word):
            yield bare
            return
    if word.upper() in names:
        yield names[word.upper()]


def _follows_dde(formula: str, at: int) -> bool:
    return at > 0 and formula[at - 1] == "|"


def _dde_start(formula: str, at: int) -> str:
    if not _follows_dde(formula, at):
        return ""
    begun = re.search(r"[\w.\\]{1,40}\|\Z", formula[max(at - 60, 0) : at])
    return begun[0] if begun else "|"


def _target(formula: str, at: int) -> str:
    found = _TARGET.match(formula, at)
    return found[0] if found else ""


def moving_names(workbook: bytes) -> Mapping[str, str]:
    """Return by name, in capitals, what the workbook's names use that moves (会变的名称).

    A name that uses such a name moves with it. Given the XML of the workbook's part; raises
    `RefusedError` for more names than any workbook has.
    """
    if b"definedName" not in workbook and b"d\0e\0f\0i\0n\0e\0d\0N" not in workbook:
        return {}
    return _moving_names(workbook)


@remembered
def _moving_names(workbook: bytes) -> Mapping[str, str]:
    formulas = _defined(workbook)
    found = {
        name: f"{shown[:_SAID]}（{used}）" for name, shown, text in formulas if (used := uses(text))
    }
    if not found:
        return found
    words = {name: _words(text) for name, _, text in formulas}
    users: dict[str, list[str]] = {}
    for name, used_words in words.items():
        for word in used_words & words.keys():
            users.setdefault(word, []).append(name)
    waiting = list(found)
    while waiting:
        moved = waiting.pop()
        for name in users.get(moved, ()):
            if name not in found:
                found[name] = found[moved]
                waiting.append(name)
    return found


def _words(formula: str) -> frozenset[str]:
    tokens = _TOKEN.finditer(formula[:_LONGEST])
    return frozenset(token["word"].upper() for token in tokens if token["word"])


def _defined(workbook: bytes) -> Iterable[tuple[str, str, str]]:
    """Return the names of the workbook: in capitals, as written, and what each stands for."""
    found: list[tuple[str, str, list[str]]] = []
    inside: list[bool] = [False]

    def start(tag: str, attributes: dict[str, str]) -> None:
        inside[0] = tag.endswith("}definedName")
        if inside[0]:
            name = attributes.get("name", "")
            if len(found) == NAMES:
                raise RefusedError(Refused.TOO_MANY, f"名称超过{NAMES}个")
            found.append((name.upper(), name, []))

    def text(piece: str) -> None:
        if inside[0]:
            found[-1][2].append(piece)

    def end(_: str) -> None:
        inside[0] = False

    parser = ParserCreate(namespace_separator="}")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(workbook, True)
    except (ExpatError, ValueError):  # whoever reads the part for its sheets says what is wrong
        return ()
    return tuple((name, shown, "".join(pieces)) for name, shown, pieces in found)
