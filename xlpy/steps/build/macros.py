"""The macros and the add-in (宏与加载项), from the sources in workbook/vba and workbook/ribbon."""

from __future__ import annotations

import tomllib
from pathlib import Path

from xlpy.excel.macros.addin import addin_bytes
from xlpy.excel.macros.vba import macro_project, module_source
from xlpy.excel.macros.words import WORDS_MODULE, words_module
from xlpy.excel.writing.write import DOCUMENT_MODULES, Macros
from xlpy.model.sheets.sheet import Document
from xlpy.policy.form import Forms
from xlpy.report.workbook.document import conf_sheet

SOURCES = "workbook/vba"
RIBBON = "workbook/ribbon/customUI14.xml"
WORDS = f"{SOURCES}/{WORDS_MODULE}.bas"
"""Built too: the Chinese of words.toml in ASCII."""

_SHARED = "xlpy_preflight"
_BUTTONS = "xlpy_buttons"
_CALLBACKS = "xlpy_ribbon"
_ADDIN_TITLE = "平台评价"


def words_source(root: Path) -> str:
    """Return the module with the Chinese texts, made from words.toml."""
    text = (root / SOURCES / "words.toml").read_text(encoding="utf-8")
    return words_module(tomllib.loads(text))


def workbook_macros(root: Path, words: str) -> Macros:
    """Return the macro project of evaluate.xlsm."""
    return _macros(root, words, _BUTTONS, DOCUMENT_MODULES)


def addin(root: Path, forms: Forms, words: str) -> bytes:
    """Return the add-in xlpy.xlam.

    Its xlwings.conf names no interpreter: it is the same file for everybody, and xlwings then
    looks into the user's own xlwings.conf (`xlwings config create`).
    """
    own = {key: value for key, value in forms.staff.settings.items() if "Interpreter" not in key}
    sheet = conf_sheet(forms, own, hidden=False)
    document = Document(title=_ADDIN_TITLE, sheets=(sheet,), vba=True)
    macros = _macros(root, words, _CALLBACKS, DOCUMENT_MODULES[:1])
    return addin_bytes(document, macros, (root / RIBBON).read_bytes())


def _macros(root: Path, words: str, face: str, sheets: tuple[str, ...]) -> Macros:
    read = {name: module_source(root / SOURCES / f"{name}.bas") for name in (_SHARED, face)}
    project = macro_project({**read, WORDS_MODULE: words}, sheets)
    return Macros(project=project, sheets=sheets)
