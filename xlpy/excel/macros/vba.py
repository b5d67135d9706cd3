"""The macro project (宏工程) of our workbooks: xlwings' own, with our modules. Build time only.

The project comes from the standalone workbook inside the installed xlwings, so the VBA and the
Python of xlwings always are of one version. pyOpenVBA drops its sample and adds our modules.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from xlpy.errors import CaseError
from xlpy.excel.writing.package import extract_vba

SAMPLE = "Module1"
"""The module of xlwings' workbook that calls a sample; we have our own."""

_STANDALONE = "quickstart_standalone.xlsm"
_TEMPLATE_SHEETS = ("Sheet1", "Sheet2")
_INSTALL = '重新生成宏工程需要 pyOpenVBA 和 xlwings，请先运行 pip install -e ".[build]"。'


def macro_project(modules: Mapping[str, str], sheets: Sequence[str]) -> bytes:
    """Return vbaProject.bin with `modules` (name -> source) and a document module a sheet.

    The same bytes for the same modules: nothing in it depends on clock or chance. CaseError when
    what only `xlpy build` needs is not installed.
    """
    try:
        from pyopenvba import ExcelFile, VBAModuleKind
    except ImportError:
        raise CaseError(_INSTALL) from None

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / _STANDALONE
        copy.write_bytes(_standalone().read_bytes())
        with ExcelFile(copy) as book:
            project = book.vba_project()
            sheet = project.get_module(_TEMPLATE_SHEETS[0]).source
            for name in (SAMPLE, *(one for one in _TEMPLATE_SHEETS if one not in sheets)):
                project.delete_module(name)
            added = [one for one in sheets if one not in _TEMPLATE_SHEETS]
            for name in added:
                named = sheet.replace(f'"{_TEMPLATE_SHEETS[0]}"', f'"{name}"', 1)
                project.add_module(name, named, kind=VBAModuleKind.other)
            for name, source in modules.items():
                project.add_module(name, _crlf(source))
            book.save()
        return _as_documents(extract_vba(copy), added)


def module_source(path: Path) -> str:
    """Return the source of a .bas file; CaseError when it is not plain ASCII."""
    try:
        return path.read_text(encoding="ascii")
    except UnicodeDecodeError as problem:
        raise CaseError(
            f"“{path.name}”第{problem.start + 1}字节不是 ASCII 字符：中文请写在 words.toml 中。"
        ) from None


def _standalone() -> Path:
    # Found without importing it: `import xlwings` imports pandas.
    found = find_spec("xlwings")
    if found is None or found.origin is None:
        raise CaseError(_INSTALL)
    return Path(found.origin).parent / _STANDALONE


def _crlf(source: str) -> str:
    return "\r\n".join(source.splitlines()) + "\r\n"


def _as_documents(project: bytes, names: Sequence[str]) -> bytes:
    """Declare the modules as those of sheets; pyOpenVBA writes every new one as a class.

    A module that belongs to a sheet is `Document=` in the PROJECT stream (MS-OVBA 2.3.1.4); the
    `VB_Base` in its source says which kind.
    """
    from pyopenvba.cfb import CFB

    container = CFB.from_bytes(project)
    text = container.get_stream("PROJECT")
    for name in names:
        declared = f"Class={name}\r\n".encode("ascii")
        if declared not in text:
            raise ValueError(f"no module {name} in the macro project")
        text = text.replace(declared, f"Document={name}/&H00000000\r\n".encode("ascii"), 1)
    container.write_stream("PROJECT", _without_gap(text))
    return bytes(container.to_bytes())


def _without_gap(text: bytes) -> bytes:
    """Return the PROJECT stream without the empty line xlwings' ends with, inside [Workspace]."""
    head, mark, windows = text.partition(b"[Workspace]\r\n")
    return head + mark + b"".join(line for line in windows.splitlines(True) if line.strip())
