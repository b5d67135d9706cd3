"""What we replace or use of XlsxWriter beyond its public face (私有成员), by name.

The row loop and the packaging of XlsxWriter are replaced by ours through these members; another
minor version may have changed them. So pyproject.toml caps it, and whoever lifts the cap sees
here what to look at.
"""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStringTable
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

ROOT = Path(__file__).parents[3]
OVERRIDDEN = {
    (Worksheet, "_write_rows"): "self",
    (Worksheet, "_prepare_formula"): "self, formula, expand_future_functions",
    (Workbook, "_get_packager"): "self",
    (Packager, "_create_package"): "self",
}
"""What our subclasses put something else in the place of, and the arguments it has."""
USED = {
    (SharedStringTable, "_get_shared_string_index"): "self, string",
    (Format, "_get_xf_index"): "self",
    (Packager, "_create_package"): "self",
}
"""What we call."""


@pytest.mark.parametrize(("member", "arguments"), [*OVERRIDDEN.items(), *USED.items()])
def test_the_member_is_there_with_these_arguments(member: tuple[type, str], arguments: str) -> None:
    owner, name = member
    assert ", ".join(inspect.signature(getattr(owner, name)).parameters) == arguments


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (Worksheet, "_write_rows"),
        (Worksheet, "_prepare_formula"),
        (Workbook, "_get_packager"),
    ],
)
def test_the_library_itself_calls_what_we_replace(owner: type, name: str) -> None:
    assert f"self.{name}(" in inspect.getsource(inspect.getmodule(owner))  # type: ignore[arg-type]


def test_nothing_else_private_is_touched() -> None:
    called, defined = set(), set()
    for path in (ROOT / "xlpy/excel/writing").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        own = {
            node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
        } | _assigned(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and re.match("_[a-z]", node.attr):
                called |= {node.attr} - own - {"_replace"}
        defined |= own & {name for _, name in OVERRIDDEN}
    assert called | {"_create_package"} == {name for _, name in USED}
    assert defined == {name for _, name in OVERRIDDEN}


def _assigned(tree: ast.Module) -> set[str]:
    """Return the attributes a module gives its own objects."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }


def test_the_version_is_capped_below_the_next_minor_one() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (wanted,) = (one for one in settings["project"]["dependencies"] if "XlsxWriter" in one)
    major, minor = map(int, xlsxwriter.__version__.split(".")[:2])
    assert wanted == f"XlsxWriter>={major}.{minor},<{major}.{minor + 1}"
