"""The manual and the README say what is there: pictures, commands, tables, chapters."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from docs import desk_pictures
from docs.appendix import MANUAL, TABLES, with_tables
from docs.pictures import PICTURES, SHEETS
from xlpy.cli.commands import cli
from xlpy.policy.edition import Edition
from xlpy.policy.editions.load import default_edition
from xlpy.policy.findings.catalogue import catalogue
from xlpy.policy.forms.load import load_forms

README = MANUAL.parent.parent / "README.md"
INSTALL = MANUAL.parent / "安装.md"
SAFETY = MANUAL.parent / "安全与可靠性.md"
PAGES = (README, MANUAL, INSTALL, SAFETY)
EDITION: Edition = default_edition()

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"```[a-z]*\n(.*?)```|`([^`\n]+)`", re.DOTALL)
_COMMAND = re.compile(r"(?<![\w/.-])xlpy ([a-z]+)((?: [^\n|&;]*)?)")
_OPTION = re.compile(r"(--[a-z-]+)")


@pytest.mark.parametrize(
    "named", sorted(set(re.findall(r"tests/[\w/]+(?:\.py)?", SAFETY.read_text("utf-8"))))
)
def test_each_test_that_keeps_a_promise_is_there(named: str) -> None:
    """安全与可靠性 names what keeps each promise."""
    assert (README.parent / named).exists()


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def links(page: Path) -> list[str]:
    return [link for link in _LINK.findall(text(page)) if "://" not in link]


def commands(page: Path) -> list[tuple[str, str]]:
    """Return every (command, options) of our command line that the page shows as code."""
    code = "\n".join(fenced or inline for fenced, inline in _CODE.findall(text(page)))
    return _COMMAND.findall(code)


def anchor(heading: str) -> str:
    """Return the anchor a heading gets on a Markdown page."""
    kept = "".join(c for c in heading.lower() if c.isalnum() or c in " -_")
    return kept.strip().replace(" ", "-")


def anchors(page: Path) -> set[str]:
    """Return the anchors of all headings of a page."""
    return {anchor(one) for one in re.findall(r"^#+ (.+)$", text(page), re.MULTILINE)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_linked_file_exists(page: Path):
    files = [link.partition("#")[0] for link in links(page)]
    assert [name for name in files if name and not (page.parent / name).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_chapter_linked_on_the_same_page_exists(page: Path):
    wanted = [link[1:] for link in links(page) if link.startswith("#")]
    assert [one for one in wanted if one not in anchors(page)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_chapter_linked_on_another_page_exists(page: Path):
    parts = (link.partition("#") for link in links(page))
    wanted = {(name, chapter) for name, _, chapter in parts if name and chapter}
    assert [one for one in wanted if one[1] not in anchors(page.parent / one[0])] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_named_exists(page: Path):
    named = {command for command, _ in commands(page)}
    assert named
    assert named <= cli.commands.keys()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_option_shown_belongs_to_its_command(page: Path):
    wrong = [
        (command, option)
        for command, rest in commands(page)
        for option in _OPTION.findall(rest)
        if option not in _options(cli.commands[command])
    ]
    assert wrong == []


def test_the_manual_names_every_command_of_the_office():
    """Only `build` is for maintainers."""
    assert {command for command, _ in commands(MANUAL)} >= cli.commands.keys() - {"build"}


def test_the_manual_shows_every_option_of_the_office():
    """But for --help, which every command has, and what `build` has."""
    shown = set(_OPTION.findall(text(MANUAL)))
    wanted = {name for id, one in cli.commands.items() if id != "build" for name in _options(one)}
    assert {name for name in wanted if name.startswith("--")} - shown == set()


def test_the_manual_says_what_every_button_is_a_command_for():
    """In the table of 用按钮代替命令, in the order they stand on 操作台."""
    captions = [one.caption for one in load_forms(EDITION).staff.buttons]
    assert re.findall(r"^\| ([^ |]+) \| `xlpy", text(MANUAL), re.MULTILINE) == captions


def test_the_manual_tells_what_every_day_and_number_of_the_year_is_for():
    """In the table of 参数, where several may share a row."""
    labels = [one.label for one in load_forms(EDITION).staff.dates]
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| [^|]+ \|$", text(MANUAL), re.MULTILINE)
    told = {word for row in rows for word in row.split("、")}
    assert [label for label in labels if label not in told] == []


def test_the_tables_of_the_manual_are_fresh():
    """After a change of the policy files: python -m docs.appendix."""
    assert with_tables(text(MANUAL)) == text(MANUAL)


def test_a_manual_without_the_place_of_a_table_is_refused():
    name = next(iter(TABLES))
    with pytest.raises(ValueError, match=name):
        with_tables(text(MANUAL).replace(f"<!-- 表完：{name} -->", ""))


def test_the_manual_lists_every_finding():
    listed = re.findall(r"^\| ([A-Z][0-9]{3}) \|", text(MANUAL), re.MULTILINE)
    assert listed[-len(catalogue()) :] == list(catalogue())


def test_the_manual_names_every_finding_code_rightly():
    assert set(re.findall(r"\b[FSCLXDBRP][1-9][0-9]{2}\b", text(MANUAL))) <= catalogue().keys()


def test_every_picture_drawn_is_shown_in_the_manual():
    drawn = {f"图/{picture}.png" for pictures in SHEETS.values() for picture in pictures.values()}
    assert drawn - {link for link in links(MANUAL) if link.endswith(".png")} == set()


def test_every_sheet_of_the_desk_is_shown_as_it_looks_on_the_screen():
    """Drawn again by python -m docs.desk_pictures."""
    wanted = [f"图/desk-{sheet}.png" for sheet in desk_pictures.SHEETS]
    assert [link for link in links(MANUAL) if "desk-" in link] == wanted


def test_the_pictures_are_small():
    sizes = {path.name: path.stat().st_size for path in PICTURES.glob("*.png")}
    assert [name for name, size in sizes.items() if size > 250_000] == []
    assert sum(sizes.values()) < 4_000_000


def test_no_picture_lies_about_unused():
    shown = {link for page in PAGES for link in links(page)}
    names = {Path(link).name for link in shown}
    assert [path.name for path in PICTURES.iterdir() if path.name not in names] == []


def test_every_sheet_of_the_three_workbooks_is_in_the_manual():
    forms = load_forms(EDITION)
    sheets = [
        *(forms.filing.guide, *forms.filing.sheets, forms.filing.check),
        *(forms.ballot.guide, forms.ballot.sheet, forms.ballot.reference),
        *(forms.staff.desk, *(t.sheet for t in forms.staff.tables.values()), forms.staff.charts),
    ]
    manual = text(MANUAL)
    assert [sheet for sheet in sheets if sheet not in manual] == []


def _options(command: click.Command) -> set[str]:
    named = {option for parameter in command.params for option in parameter.opts}
    return {*named, "--help"}
