"""From the sources to the macro project: texts in ASCII, and what stops a build."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from xlpy.errors import CaseError
from xlpy.excel.macros.vba import macro_project, module_source
from xlpy.excel.macros.words import words_module
from xlpy.steps.build.templates import stale

ROOT = Path(__file__).parent.parent.parent
WORDS = ROOT / "workbook/vba/words.toml"


def test_a_text_becomes_four_hexadecimal_digits_a_sign():
    assert 'XlpyTextTitle = FromHex( _\n        "8BC44EF70041")' in words_module({"title": "评价A"})


def test_a_line_break_is_that_of_windows():
    assert '"8BC4000D000A4EF7"' in words_module({"title": "评\n价"})


def test_the_module_is_ascii_in_lines_vba_can_read():
    """At most 1,023 signs a line."""
    module = words_module(tomllib.loads(WORDS.read_text(encoding="utf-8")))
    assert module.isascii()
    assert max(map(len, module.splitlines())) < 1023


def test_a_text_too_long_for_vba_is_refused():
    """24 lines of 24 signs still go."""
    words_module({"title": "评" * 24 * 24})
    with pytest.raises(ValueError, match="title"):
        words_module({"title": "评" * (24 * 24 + 1)})


def test_chinese_in_a_source_is_refused_by_name(tmp_path: Path):
    file = tmp_path / "xlpy_buttons.bas"
    file.write_text("' 按钮", encoding="utf-8")
    with pytest.raises(CaseError, match=r"xlpy_buttons\.bas”第3字节不是 ASCII"):
        module_source(file)


@pytest.mark.parametrize("library", ["pyopenvba", "xlwings"])
def test_a_missing_library_says_what_to_install(library: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(CaseError, match=r'请先运行 pip install -e "\.\[build\]"'):
        macro_project({}, ["Sheet1"])


def test_a_stale_macro_project_and_add_in_are_named(tmp_path: Path):
    """Where nothing is built yet, everything is stale."""
    (tmp_path / "workbook").mkdir()
    for folder in ("vba", "ribbon"):
        (tmp_path / "workbook" / folder).symlink_to(ROOT / "workbook" / folder)
    names = {"xlpy/excel/macros/vbaProject.bin", "workbook/xlpy.xlam", "workbook/evaluate.xlsm"}
    assert names <= set(stale(tmp_path))
