"""A province of two cities and three cases, made once a session; each test has its own copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.kit.case import make_case

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
