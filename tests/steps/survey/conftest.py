"""A few small cases below two folders, made once; nobody writes there."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.kit.case import make_case
from xlpy.model.survey import SurveyedCase
from xlpy.steps.survey.here import here

TODAY = date(2023, 6, 30)


class Share(NamedTuple):
    """Cases on a disk that all see (共享文件夹), and what they come to on one machine."""

    top: Path
    folders: tuple[Path, ...]
    expected: tuple[SurveyedCase, ...]


@pytest.fixture(scope="session")
def share(tmp_path_factory: pytest.TempPathFactory) -> Share:
    """Six cases of two kinds and one that is broken."""
    top = tmp_path_factory.mktemp("share")
    for count, city in ((2, "甲市"), (3, "乙市")):
        make_case(top / city / "第1个", platforms=count, experts=5, ledger=12)
        for number in (2, 3):
            shutil.copytree(top / city / "第1个", top / city / f"第{number}个")
    (top / "乙市" / "第3个" / "evaluate.xlsm").write_bytes(b"no workbook")
    folders = tuple(sorted(top.glob("*/*"), reverse=True))
    return Share(top, folders, here(folders, today=TODAY, workers=2))
