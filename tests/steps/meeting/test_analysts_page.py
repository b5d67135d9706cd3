"""docs/数据分析.md is followed to the letter: its code runs on the demo, its columns are there."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from tests.steps.meeting.texts import TABLES
from xlpy import frames
from xlpy.errors import CaseError
from xlpy.steps.case import Case

PAGE = (Path(__file__).parents[3] / "docs" / "数据分析.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)\n```\n\n```text\n(.*?)\n?```", PAGE, re.DOTALL)
_OF_AN_EDITION = ("claimed_", "proved_", "area_")


@pytest.fixture
def beside(played: Case, monkeypatch: pytest.MonkeyPatch) -> Case:
    """The demo case, and whoever reads the page in the folder it lies in."""
    monkeypatch.chdir(played.folder.parent)
    return played


def test_every_block_of_code_has_what_it_prints_below():
    assert PAGE.count("```python") == len(BLOCKS) == 6


def test_the_code_prints_what_the_page_says(beside: Case):
    assert beside.folder.name == "示例"
    known: dict[str, object] = {}
    printed = []
    with pd.option_context("display.unicode.east_asian_width", False):  # set back afterwards
        for code, _ in BLOCKS:
            with redirect_stdout(StringIO()) as out:
                exec(code, known)
            printed.append("\n".join(map(str.rstrip, out.getvalue().rstrip().split("\n"))))
    assert printed == [said for _, said in BLOCKS]


@pytest.mark.parametrize("name", TABLES)
def test_the_columns_are_those_of_the_table(name: str, played: Case):
    row = re.search(rf"^\| `{name}` \| (`code`.*|`id`.*) \|$", PAGE, re.MULTILINE)
    assert row
    told = re.findall(r"`(\w+)` ([^、|]+?)(?:、|$)", row[1])
    labels = getattr(frames, name)(played.folder).attrs["labels"]
    assert dict(told) == {k: v for k, v in labels.items() if not k.startswith(_OF_AN_EDITION)}


@pytest.mark.parametrize("name", TABLES)
def test_what_waits_for_the_ballots_is_what_the_page_says(name: str, played: Case):
    """A ballot taken away is one that is out."""
    next((played.folder / "专家评分").glob("*.xlsx")).unlink()
    row = re.search(rf"^\| `frames\.{name}\(项目\)` \|.*\| (是|否) \|$", PAGE, re.MULTILINE)
    assert row
    if row[1] == "是":
        with pytest.raises(CaseError, match="收齐"):
            getattr(frames, name)(played.folder)
    else:
        assert len(getattr(frames, name)(played.folder))
