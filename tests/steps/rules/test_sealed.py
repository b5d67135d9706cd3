"""A case is judged by its own copy of the rule (政策副本), sealed by digest, whatever happens."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.kit.edition import REAL, TEXT, changed, written
from xlpy.errors import CaseError
from xlpy.forms.cells.identity import read_meta
from xlpy.model.identity import EDITION, EDITION_DIGEST
from xlpy.policy.editions import load
from xlpy.policy.editions.folder import read_source
from xlpy.policy.editions.load import default_edition
from xlpy.steps.case import Case
from xlpy.steps.edition.apply import apply
from xlpy.steps.evaluate import decide, evaluate
from xlpy.steps.gather import gather, staff_book
from xlpy.steps.log import journal
from xlpy.steps.new import new
from xlpy.steps.rules.sealed import Sealed, case_rules, rules_of
from xlpy.steps.verify import verify

TODAY = date(2023, 6, 30)
Xlpy = Callable[..., tuple[int, str, str]]

DEARER = changed(
    (
        'amount = 50, unit = "万元", phrase = "A级50万"',
        'amount = 60, unit = "万元", phrase = "A级60万"',
    )
)


def own(folder: Path, *more: tuple[str, str]) -> Path:
    """Write an edition that no program knows, which pays the first grade 60."""
    text = changed(('id = "bengbu-2022"', 'id = "huainan-2023"'), *more, text=DEARER)
    return written(folder, text)


def test_a_new_case_carries_its_edition(tmp_path: Path):
    """The same files in 政策, later beside the backups too; id and digest in `_meta`."""
    case = new(tmp_path / "2022年度", year=2022, as_of=TODAY)
    real = {
        path.name: path.read_text(encoding="utf-8")
        for path in REAL.glob("*.toml")
        if path.name != "demo.toml"
    }
    assert {one.name: one.read_text(encoding="utf-8") for one in case.policy.iterdir()} == real
    meta = read_meta(staff_book(case))
    assert meta[EDITION] == "bengbu-2022"
    assert meta[EDITION_DIGEST] == default_edition().digest
    evaluate(case.folder, today=TODAY)
    assert len(list(case.backups.glob("政策-*.toml"))) == len(real)


def test_the_case_is_judged_by_its_copy_on_a_program_that_has_it_not(tmp_path: Path):
    """An office's own edition: its id is known to nobody else."""
    source = read_source(own(tmp_path))
    case = new(tmp_path / "2022年度", year=2022, as_of=TODAY, edition=source)
    shutil.rmtree(tmp_path / "huainan-2023")
    gathered = gather(case, today=TODAY)
    assert gathered.edition.id == "huainan-2023"
    assert gathered.edition.levels[0].subsidy["A"] == 60
    evaluate(case.folder, today=TODAY)
    entry = journal.lines(case)[-1]
    assert (entry["edition"], entry["edition_digest"]) == ("huainan-2023", source.digest)


def test_a_changed_copy_is_not_judged_by_but_told(case: Case):
    """Somebody pays 60 by a text editor: the sealed 50 stands, evaluate and verify say so."""
    path = case.policy / "edition.toml"
    path.write_text(DEARER, encoding="utf-8")
    run = evaluate(case.folder, today=TODAY)
    assert gather(case, today=TODAY).edition.levels[0].subsidy["A"] == 50
    assert any("政策/edition.toml被改动过" in one and "仍按封存的" in one for one in run.notes)
    seen = verify(case.folder, today=TODAY)
    assert [
        one
        for one in seen.problems
        if "政策/edition.toml被改动过，与本项目封存的政策版本不同" in one
    ]
    assert path.read_text(encoding="utf-8") == DEARER


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_another_program_may_save_the_copy_as_it_is(ends: str, case: Case):
    """Line ends and a byte order mark are no change."""
    path = case.policy / "edition.toml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", ends).encode())
    assert evaluate(case.folder, today=TODAY).notes == ()
    assert not [one for one in verify(case.folder, today=TODAY).problems if "政策" in one]


def test_a_lost_copy_comes_back(case: Case):
    """By the digest, from beside the backups; the run that finds it gone writes it again."""
    evaluate(case.folder, today=TODAY)
    shutil.rmtree(case.policy)
    run = evaluate(case.folder, today=TODAY)
    assert any("“政策”文件夹不见了" in one and "重新写出" in one for one in run.notes)
    assert not any("edition apply" in one for one in run.notes)
    assert (case.policy / "edition.toml").read_text(encoding="utf-8") == TEXT
    assert verify(case.folder, today=TODAY).problems == ()


def test_what_is_sealed_and_nowhere_to_be_found_is_refused_with_the_way_out(tmp_path: Path):
    """Never another edition, not even one of the same id."""
    case = new(tmp_path / "a", year=2022, as_of=TODAY, edition=read_source(own(tmp_path)))
    own(tmp_path / "a", ('phrase = "3次以上"', 'phrase = "三次以上"')).rename(tmp_path / "other")
    shutil.rmtree(case.policy)
    shutil.move(tmp_path / "other", case.policy)
    for one in case.backups.glob("政策-*"):
        one.unlink()
    with pytest.raises(CaseError, match=r"不能评价；.*放回“政策”.*xlpy edition apply"):
        gather(case, today=TODAY)


def test_an_edition_the_program_does_not_know_is_never_replaced(case: Case):
    """A workbook of before the copies names its edition by id alone."""
    with pytest.raises(CaseError, match="“huainan-2020”建立，本程序没有这一版本，不能用别的"):
        case_rules(case, Sealed("huainan-2020", ""))
    known = case_rules(replace(case, folder=case.folder / "nowhere"), Sealed("bengbu-2022", ""))
    assert known.edition == default_edition()
    assert not known.sealed


def test_a_case_of_1_0_gets_its_copy_with_the_next_run(old_case: Case):
    """It goes on with its edition, and is sealed then."""
    assert not old_case.policy.exists()
    assert EDITION_DIGEST not in read_meta(staff_book(old_case))
    before = [one.final for one in _decisions(old_case)]
    evaluate(old_case.folder, today=TODAY)
    assert [one.final for one in _decisions(old_case)] == before
    assert read_meta(staff_book(old_case))[EDITION_DIGEST] == default_edition().digest
    assert sorted(path.name for path in old_case.policy.iterdir()) == sorted(
        path.name for path in REAL.glob("*.toml") if path.name != "demo.toml"
    )


@contextmanager
def later_rule(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[None]:
    """Let the program come with the editions beside this one."""
    cached = (load.source_named, load.known_editions, load.edition_named, load.default_edition)
    monkeypatch.setattr(load, "_FOLDER", folder.parent)
    for one in (*cached, rules_of):
        one.cache_clear()
    try:
        assert load.default_edition().levels[0].subsidy["A"] == 60
        yield
    finally:
        monkeypatch.undo()
        for one in (*cached, rules_of):
            one.cache_clear()


def test_a_later_program_with_another_rule_of_the_same_id_changes_nothing(
    case: Case, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """The copy decides, not what comes with the program."""
    with later_rule(monkeypatch, written(tmp_path, DEARER, "bengbu-2022")):
        assert gather(case, today=TODAY).edition.levels[0].subsidy["A"] == 50


def test_a_workbook_that_only_stood_open_is_sealed_by_the_log(
    old_case: Case, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """Of 1.0 and left alone by every run: a later program's rule of the same id is not taken."""
    owner = old_case.workbook.with_name("~$evaluate.xlsm")
    owner.write_bytes(b"\x05clerk")
    evaluate(old_case.folder, today=TODAY)
    owner.unlink()
    assert EDITION_DIGEST not in read_meta(staff_book(old_case))
    with later_rule(monkeypatch, written(tmp_path, DEARER, "bengbu-2022")):
        assert gather(old_case, today=TODAY).edition.levels[0].subsidy["A"] == 50


def test_a_strange_file_in_the_copy_is_named(case: Case):
    (case.policy / "说明.docx").write_bytes(b"PK")
    assert any(
        "“政策”文件夹中的“说明.docx”不是" in one for one in verify(case.folder, today=TODAY).notes
    )


def _decisions(case: Case):
    return decide(gather(case, today=TODAY), today=TODAY).decisions


def test_a_surplus_file_of_an_edition_is_named_and_changes_nothing(case: Case):
    """Nobody reads it; the others are not said to be changed."""
    (case.policy / "note.toml").write_text("###", encoding="utf-8")
    told = verify(case.folder, today=TODAY).problems
    assert [one for one in told if "政策/" in one] == [
        one for one in told if one.startswith("政策/note.toml是多出的")
    ]
    assert evaluate(case.folder, today=TODAY).notes == ()


def test_a_link_in_place_of_the_copy_is_never_written_through(case: Case, tmp_path: Path):
    """It may lead to the office's own edition."""
    own = tmp_path / "own"
    shutil.move(case.policy, own)
    case.policy.symlink_to(own, target_is_directory=True)
    before = {path.name: path.read_bytes() for path in own.iterdir()}
    run = evaluate(case.folder, today=TODAY)
    assert any("它是指向别处的链接" in one for one in run.notes)
    assert any("是指向别处的链接" in one for one in verify(case.folder, today=TODAY).problems)
    with pytest.raises(CaseError, match="请删去这个链接再试"):
        apply(case.folder, "bengbu-2022", reason="x", today=TODAY)
    assert {path.name: path.read_bytes() for path in own.iterdir()} == before


def test_a_changed_copy_beside_the_backups_is_told_and_no_other_accused(ready: Case):
    """The files that nobody touched are no strangers because one was changed, or is gone."""
    evaluate(ready.folder, today=TODAY)
    assert verify(ready.folder, today=TODAY).problems == ()
    [path] = ready.backups.glob("政策-*-edition.toml")
    text = path.read_bytes()
    path.write_bytes(text + b"# x\n")
    [told] = verify(ready.folder, today=TODAY).problems
    assert "的留底不是当时的原件，有文件被改动过或缺少" in told
    path.unlink()
    [told] = verify(ready.folder, today=TODAY).problems
    assert "的留底不是当时的原件" in told
    for one in ready.backups.glob("政策-*"):
        one.unlink()
    seen = verify(ready.folder, today=TODAY)
    assert seen.problems == ()
    assert any("没有政策版本的留底，下次校验或评价时重新写出" in one for one in seen.notes)
    evaluate(ready.folder, today=TODAY)
    assert path.read_bytes() == text


def test_a_link_in_the_copy_is_none_of_its_files(case: Case, tmp_path: Path):
    """It may point at anything tomorrow."""
    path = case.policy / "staff.toml"
    path.rename(tmp_path / "elsewhere.toml")
    path.symlink_to(tmp_path / "elsewhere.toml")
    told = verify(case.folder, today=TODAY).problems
    assert any("政策/staff.toml被改动过" in one for one in told)
    evaluate(case.folder, today=TODAY)  # by the copy beside the backups
