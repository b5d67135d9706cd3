"""The macros of evaluate.xlsm and xlpy.xlam: the sources we have, and what each Sub does."""

from __future__ import annotations

import ast
import re
import tomllib
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.kit.macros import opened, sources
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms
from xlpy.steps.build.templates import built

ROOT = Path(__file__).parent.parent.parent
VBA = ROOT / "workbook/vba"
BUTTONS = load_forms(default_edition()).staff.buttons
BOOK, ADDIN = "workbook/evaluate.xlsm", "workbook/xlpy.xlam"
FORMER = "XlpyExport"
"""The macro of a button that only workbooks of version 1.0 have."""
MODULES = {
    BOOK: ("xlpy_preflight", "xlpy_buttons", "xlpy_words"),
    ADDIN: ("xlpy_preflight", "xlpy_ribbon", "xlpy_words"),
}
TEXTS = tomllib.loads((VBA / "words.toml").read_text(encoding="utf-8"))
INTERPRETER = r"C:\Python 3\python.exe"

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@dataclass(frozen=True)
class Clicked:
    """What a click did: the Python it ran, the messages it showed."""

    ran: list[str]
    shown: list[str]


def content(name: str) -> bytes:
    return (ROOT / name).read_bytes()


def source(module: str) -> str:
    return (VBA / f"{module}.bas").read_text(encoding="ascii")


def clicked(
    name: str, macro: str, tmp_path: Path, *, interpreter: str, key: str = "Interpreter_Win"
) -> Clicked:
    """Run a macro of the file with `interpreter` in the first free row of xlwings.conf."""
    app = opened(content(name), tmp_path / Path(name).name)
    conf = app.sheet("xlwings.conf")
    row = next(n for n in range(1, 20) if conf.value(f"A{n}") in (None, "", key))
    conf.set_value(f"A{row}", key)
    conf.set_value(f"B{row}", interpreter)
    app.run(macro, *([app.workbook] if macro in callbacks() else []))  # any object will do
    return Clicked(app.console, [prompt for _, prompt, *_ in app.dialogs])


def callbacks() -> dict[str, str]:
    """Return the callback Subs of the ribbon and the function of xlpy.addin each calls."""
    return dict(
        re.findall(r"Sub (\w+)\(control .*\n.*xlpy\.addin\.(\w+)\(\)", source("xlpy_ribbon"))
    )


@pytest.mark.parametrize("name", MODULES)
def test_the_file_holds_exactly_our_sources(name: str):
    """Beside xlwings' two modules; line ends are those of VBA."""
    read = sources(content(name))
    ours = {module: code for module, code in read.items() if module.startswith("xlpy")}
    assert ours == {module: source(module).replace("\n", "\r\n") for module in MODULES[name]}
    assert {"xlwings", "Dictionary"} < read.keys()
    assert "SampleCall" not in "".join(read.values())


@pytest.mark.parametrize("name", MODULES)
def test_the_xlwings_module_is_of_the_locked_version(name: str):
    locked = re.search("^xlwings==(.*)$", (ROOT / "constraints.txt").read_text(), re.MULTILINE)
    assert locked
    assert f'XLWINGS_VERSION As String = "{locked[1]}"' in sources(content(name))["xlwings"]


@pytest.mark.parametrize("name", MODULES)
def test_every_sheet_has_its_module_and_every_module_its_sheet(name: str):
    """By code name; ThisWorkbook and the class Dictionary stand beside them."""
    package = zipfile.ZipFile(BytesIO(content(name)))
    parts = [part for part in package.namelist() if part.startswith("xl/worksheets/sheet")]
    named = [re.findall('codeName="(.*?)"', package.read(part).decode()) for part in parts]
    standard = {*MODULES[name], "xlwings", "Dictionary"}
    assert {("ThisWorkbook",), *map(tuple, named)} == {
        (module,) for module in sources(content(name)) if module not in standard
    }


@pytest.mark.parametrize("name", MODULES)
def test_modules_of_sheets_are_documents_not_classes(name: str):
    """The PROJECT stream says so, and has no empty line inside [Workspace]."""
    import olefile

    project = zipfile.ZipFile(BytesIO(content(name))).read("xl/vbaProject.bin")
    with olefile.OleFileIO(BytesIO(project)) as container:
        text = container.openstream("PROJECT").read().decode("ascii")
    assert re.findall("^Class=(.*)\r$", text, re.MULTILINE) == ["Dictionary"]
    assert "\r\n\r\n" not in text.partition("[Workspace]")[2]


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.macro)
def test_a_button_runs_its_python(button, tmp_path: Path):
    """Exactly one call of its own function, no message."""
    done = clicked(BOOK, button.macro, tmp_path, interpreter=INTERPRETER)
    assert done == Clicked([f"import xlpy.addin; xlpy.addin.{button.id}()"], [])


@pytest.mark.parametrize("macro", callbacks())
def test_a_callback_of_the_ribbon_runs_its_python(macro: str, tmp_path: Path):
    done = clicked(ADDIN, macro, tmp_path, interpreter=INTERPRETER)
    assert done == Clicked([f"import xlpy.addin; xlpy.addin.{callbacks()[macro]}()"], [])


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.macro)
def test_without_an_interpreter_a_button_says_what_to_do(button, tmp_path: Path):
    done = clicked(BOOK, button.macro, tmp_path, interpreter="")
    assert done == Clicked([], [message("unnamed", "book")])


def test_an_interpreter_that_is_gone_is_named(tmp_path: Path):
    """The path stands in the message, which says where to mend it."""
    path = r"D:\lost\python.exe"
    done = clicked(BOOK, "XlpyEvaluate", tmp_path, interpreter=path)
    assert done == Clicked([], [message("lost", "book").replace("{path}", path)])


def test_a_case_made_on_linux_names_the_python_that_made_it(tmp_path: Path):
    """It is in the row xlwings reads last, and not there on a Windows machine."""
    path = "/lost/venv/bin/python"
    done = clicked(BOOK, "XlpyEvaluate", tmp_path, interpreter=path, key="Interpreter")
    assert done == Clicked([], [message("lost", "book").replace("{path}", path)])


def test_the_add_in_gives_its_own_advice(tmp_path: Path):
    done = clicked(ADDIN, "XlpyRibbonCheckForm", tmp_path, interpreter="")
    assert done == Clicked([], [message("unnamed", "addin")])


@pytest.mark.parametrize("macro", callbacks())
def test_without_a_workbook_the_ribbon_says_so(macro: str, tmp_path: Path):
    """None is open, or the only one is in Protected View: Python would find none."""
    app = opened(content(ADDIN), tmp_path / "xlpy.xlam")
    control = app.workbook  # any object will do
    app.application.active_book = None
    app.run(macro, control)
    shown = [prompt for _, prompt, *_ in app.dialogs]
    assert (app.console, shown) == ([], [crlf(TEXTS["closed"])])


def test_the_words_are_those_of_the_toml_file(tmp_path: Path):
    """Every text comes back through ChrW as it was written."""
    app = opened(content(BOOK), tmp_path / "evaluate.xlsm")
    said = {name: app.evaluate(f"XlpyText{name.capitalize()}()") for name in TEXTS}
    assert said == {name: crlf(text) for name, text in TEXTS.items()}


def test_every_button_of_the_desk_has_its_macro():
    """On the sheet 操作台 of the file itself."""
    drawing = zipfile.ZipFile(BytesIO(content(BOOK))).read("xl/drawings/vmlDrawing1.vml").decode()
    macros = re.findall(r"<x:FmlaMacro>\[0\]!(\w+)</x:FmlaMacro>", drawing)
    assert macros == [button.macro for button in BUTTONS]
    subs = re.findall(r"^Public Sub (\w+)\(\)", source("xlpy_buttons"), re.MULTILINE)
    assert sorted(subs) == sorted([*macros, FORMER])


def test_the_button_of_version_1_0_goes_on_working(tmp_path: Path):
    """导出 stands on the workbooks of that version."""
    done = clicked(BOOK, FORMER, tmp_path, interpreter=INTERPRETER)
    assert done == Clicked(["import xlpy.addin; xlpy.addin.export()"], [])


def test_every_action_of_the_ribbon_has_its_sub():
    """The ribbon is well-formed, and what it names stands in the module xlpy_ribbon."""
    ribbon = ElementTree.fromstring(zipfile.ZipFile(BytesIO(content(ADDIN))).read(RIBBON_PART))
    tags = [element for element in ribbon.iter() if element.get("onAction")]
    assert [element.get("onAction") for element in tags] == [
        f"xlpy_ribbon.{macro}" for macro in callbacks()
    ]
    labels = [element.get("label") for element in tags]
    assert labels == ["校验本表", "新建评价", "评价", "公示", "资金", "会议材料", "核验"]
    assert [tab.get("label") for tab in ribbon.iter(f"{NAMESPACE}tab")] == ["平台评价"]


def test_the_ribbon_is_related_to_the_package_and_the_book_is_an_add_in():
    package = zipfile.ZipFile(BytesIO(content(ADDIN)))
    assert f'extensibility" Target="{RIBBON_PART}"' in package.read("_rels/.rels").decode()
    types = package.read("[Content_Types].xml").decode()
    assert "application/vnd.ms-excel.addin.macroEnabled.main+xml" in types
    assert package.read(RIBBON_PART) == (ROOT / "workbook/ribbon/customUI14.xml").read_bytes()


def test_the_macros_call_only_what_the_addin_has():
    """Every function named in a macro is defined at the top of xlpy/addin.py."""
    called = {*(button.id for button in BUTTONS), *callbacks().values()}
    tree = ast.parse((ROOT / "xlpy/addin.py").read_text(encoding="utf-8"))
    assert called <= {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_two_builds_give_the_same_bytes():
    assert built(ROOT) == built(ROOT)


RIBBON_PART = "customUI/customUI14.xml"
NAMESPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"


def crlf(text: str) -> str:
    return text.strip().replace("\n", "\r\n")


def message(complaint: str, cure: str) -> str:
    return f"{TEXTS[complaint]}\r\n\r\n{crlf(TEXTS[cure])}"


def test_the_buttons_stand_in_their_rows_and_keep_their_width():
    """From the fourth row to the sixth; each begins and ends in one column."""
    drawing = zipfile.ZipFile(BytesIO(content(BOOK))).read("xl/drawings/vmlDrawing1.vml").decode()
    anchors = [
        [int(number) for number in anchor.split(",")]
        for anchor in re.findall("<x:Anchor>(.*?)</x:Anchor>", drawing)
    ]
    assert [(left, right) for left, _, _, _, right, _, _, _ in anchors] == [
        (1, 1),
        (3, 3),
        (3, 3),
        (3, 3),
        (4, 4),
        (4, 4),
        (4, 4),
    ]
    assert {(top, bottom) for _, _, top, _, _, _, bottom, _ in anchors} == {(3, 5)}
