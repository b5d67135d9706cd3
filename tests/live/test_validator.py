"""Every kind of workbook we write: valid for Excel, and without an error in LibreOffice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.kit.typed_staff import xlpy
from tests.kit.typist import Typist
from tests.kit.validator import Validator

KINDS = (
    "平台申报表.xlsx",
    "专家评分表.xlsx",
    "evaluate.xlsm",
    "申报材料/*.xlsx",
    "专家评分/*.xlsx",
    "输出/专家评分表/*.xlsx",
    "输出/校验反馈/*.xlsx",
    "输出/评价结果.xlsx",
    "输出/奖补资金安排表.xlsx",
    "输出/公示名单.xlsx",
    "输出/备份/*.xlsm",
    "输出/已导出/*.xlsx",
    "输出/收件登记.xlsx",
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written") / "示例"
    assert xlpy("demo", folder).status == 0
    return folder


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the workbook of a case nobody has typed in yet."""
    folder = tmp_path_factory.mktemp("new") / "2022年度"
    assert xlpy("new", folder, "--year", 2022).status == 0
    return folder / "evaluate.xlsm"


@pytest.fixture(scope="module")
def written(demo: Path, fresh: Path) -> dict[str, Path]:
    """Return one workbook of each kind, the last by name: the one with most to say."""
    return {**{kind: sorted(demo.glob(kind))[-1] for kind in KINDS}, "new": fresh}


def test_the_validator_has_nothing_against_any_workbook(validator, written):
    """The Open XML SDK finds no error in any kind of workbook we write."""
    with ThreadPoolExecutor(2) as pool:
        found = dict(zip(written, pool.map(validator.complaints, written.values()), strict=True))
    assert found == dict.fromkeys(written, ())


def test_the_validator_sees_what_is_wrong(validator: Validator, written, tmp_path):
    """A file that is no workbook has complaints: an empty list means something."""
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(written["输出/公示名单.xlsx"].read_bytes()[:-100])
    assert validator.complaints(broken) != ()


def test_no_workbook_has_an_error_cell_in_libreoffice(typist: Typist, written):
    """Opened and calculated anew, no formula of any sheet ends in an error."""
    assert {kind: typist.work(path).errors for kind, path in written.items()} == dict.fromkeys(
        written, ()
    )
