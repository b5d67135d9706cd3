"""Every code the judging can draw is drawn by some test (校验问题目录)."""

from __future__ import annotations

import re
from pathlib import Path

import xlpy.judge.evaluate
from xlpy.policy.findings.catalogue import catalogue

JUDGE = Path(xlpy.judge.evaluate.__file__).parent
HERE = Path(__file__).parent
WANTED = {
    *(f"D60{n}" for n in range(1, 9)),
    *("D610", "D611", "D612", "D615", "D616"),
    *(
        "B705",
        "B706",
        "B707",
        "B712",
        "B713",
        "B714",
        "B715",
        "B718",
        "B719",
        "B720",
        "B721",
        "B724",
        "B727",
        "B728",
        "B730",
        "B731",
    ),
    *(f"R8{n:02d}" for n in (*range(4, 15), 16, 19, 20, *range(27, 42))),
    *("C322", "P901", "R802"),
}


def drawn(folder: Path, pattern: str) -> set[str]:
    paths = sorted(one for one in folder.rglob(pattern) if one.name != Path(__file__).name)
    text = "".join(path.read_text(encoding="utf-8") for path in paths)
    return set(re.findall(r'"([A-Z][0-9]{3})"', text))


def test_the_judging_draws_exactly_the_codes_it_should():
    assert drawn(JUDGE, "*.py") == WANTED


def test_every_code_of_the_judging_is_in_the_catalogue():
    assert set(catalogue()) >= WANTED


def test_every_code_of_the_judging_is_expected_by_a_test():
    tests = drawn(HERE, "test_*.py") | drawn(HERE.parent / "cases", "*.toml")
    assert tests >= WANTED
