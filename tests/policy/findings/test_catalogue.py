"""The catalogue of findings (校验问题目录), read strictly; what its traits say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.edition import changed
from xlpy.errors import EditionError
from xlpy.model.finding import EXPORTS, FINANCE_ONLY
from xlpy.policy.findings import catalogue as module
from xlpy.policy.findings.catalogue import catalogue

TEXT = Path(module.__file__).with_name("findings.toml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the folder the catalogue is read from, the reading not remembered."""
    monkeypatch.setattr(module, "_FOLDER", tmp_path)
    for one in (module.catalogue, module._refusals):
        one.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    for one in (module.catalogue, module._refusals):
        one.cache_clear()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            '[F101]\ntitle = "',
            '[F101]\ntitel = "',
            "F101.titel”不是这里认得的键，请改为“title”或删去",
        ),
        ("[F101]", "[F1O1]", "F1O1”不是代码，请写成一个大写字母和三位数字"),
        (
            '[F101]\ntitle = "文件读不了"\nseverity = "错误"',
            '[F101]\ntitle = "文件读不了"\nseverity = "严重"',
            "F101.severity”为“严重”，请改为错误、警告、提示之一",
        ),
        (
            '[F102]\ntitle = "子文件夹"',
            '[F102]\ncause = "tie"\ntitle = "子文件夹"',
            "F102.cause”为“tie”，请改为ruling、orphan、unconfirmed之一",
        ),
        (
            '[F102]\ntitle = "子文件夹"',
            '[F102]\nstage = "notice"\ntitle = "子文件夹"',
            "F102.stage”为“notice”，请改为exports、finance之一",
        ),
        (
            '[F102]\ntitle = "子文件夹"',
            '[F102]\nlossy = "yes"\ntitle = "子文件夹"',
            "F102.lossy”的值“yes”类型不对，请改为true 或 false",
        ),
        ('on_ballot = "B702"', 'on_ballot = "B792"', "on_ballot”为“B792”，请改为目录中的代码"),
        ('[F103]\ntitle = "读取超时"\n', "[F103]\n", "F103.title”缺失，请补上这一项"),
    ],
)
def test_a_mistake_in_the_catalogue_is_refused_by_file_and_key(
    folder: Path, old: str, new: str, told: str
) -> None:
    (folder / "findings.toml").write_text(changed((old, new), text=TEXT), encoding="utf-8")
    with pytest.raises(EditionError) as refused:
        module.catalogue()
    assert "findings.toml的“" in str(refused.value)
    assert told in str(refused.value)


def test_a_mistake_in_the_words_of_a_refusal_is_refused_too(folder: Path) -> None:
    text = '[locked]\nfound = "有密码"\nneeded = "无密码"\n'
    (folder / "refused.toml").write_text(text, encoding="utf-8")
    with pytest.raises(EditionError, match=r"refused\.toml的“locked\.mend”缺失"):
        module._refusals()


def test_whatever_is_wrong_in_the_staffs_own_workbook_is_the_bureaus_to_mend() -> None:
    for code, entry in catalogue().items():
        ours = code[0] == "R" or "D604" <= code <= "D612" or code in ("D615", "B730", "B731")
        assert (entry.concerns == "bureau") is ours, code


def test_only_what_blocks_is_counted_among_the_causes_of_a_refused_export() -> None:
    for code, entry in catalogue().items():
        assert not entry.cause or (entry.severity == "错误" and not entry.acceptable), code


def test_what_only_the_papers_wait_for_is_said_of_each_kind() -> None:
    """R816 and what stands beside it; no evaluation is about these."""
    stages = {code: entry.stage for code, entry in catalogue().items() if entry.stage}
    assert stages == {
        **dict.fromkeys(("R816", "R829", "R830", "R841"), EXPORTS),
        **dict.fromkeys((f"R83{n}" for n in range(1, 7)), FINANCE_ONLY),
    }


def test_what_a_paper_waits_for_is_counted_by_itself_and_concerns_the_bureau() -> None:
    for code, entry in catalogue().items():
        assert not entry.stage or (not entry.cause and entry.concerns == "bureau"), code


def test_what_the_bureau_has_not_confirmed_has_a_cause_of_its_own() -> None:
    assert [one.code for one in catalogue().values() if one.cause == "unconfirmed"] == ["R837"]


def test_of_what_the_papers_wait_for_four_may_be_accepted() -> None:
    """Published otherwise, too short, not run out, not shown again: the bureau may decide so."""
    staged = [one for one in catalogue().values() if one.stage]
    assert {one.code for one in staged if one.acceptable} == {"R832", "R833", "R834", "R841"}


def test_a_score_that_is_no_number_of_the_ballot_never_counts() -> None:
    told = {entry.code: entry.on_ballot for entry in catalogue().values() if entry.on_ballot}
    without_value = dict.fromkeys(("C330", "C331", "C332"), "B701")
    of_numbers = {"C302": "B701", "C303": "B701", "C305": "B702", "C321": "B703"}
    assert told == of_numbers | without_value
    assert {catalogue()[code].severity for code in told.values()} == {"错误"}
