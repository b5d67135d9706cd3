"""Cases made once a session: a province, copied a test, and a share where nobody writes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.kit.case import AS_OF, make_case
from xlpy.model.survey import SurveyedCase
from xlpy.steps.survey.here import here

SHOWN = ("东市/2022年度", "西市/甲", "西市/乙")


@pytest.fixture(scope="session")
def _province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("province") / "全省 100%"
    for seed, shown in enumerate(SHOWN, 1):
        (top / shown).parent.mkdir(parents=True, exist_ok=True)
        make_case(top / shown, platforms=1 + seed, experts=3, ledger=20, seed=seed, findings=0.0)
    return top


@pytest.fixture
def province(_province: Path, tmp_path: Path) -> Path:
    """Return a folder of three cases that nobody has evaluated yet."""
    return Path(shutil.copytree(_province, tmp_path / _province.name))


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
    return Share(top, folders, here(folders, today=AS_OF, workers=2))
