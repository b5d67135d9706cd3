"""The documents filed with the papers: versions, hand-made changes, agreement with the sheets."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.kit.clerk import Clerk, retype
from xlpy.steps.case import Case
from xlpy.word.reading import read_letter


def names(case: Case) -> set[str]:
    """Return the documents of a case, by their path below 输出."""
    return {path.relative_to(case.output).as_posix() for path in case.output.rglob("*.docx")}


def tables(path: Path) -> list[list[tuple[str, ...]]]:
    return [list(table) for table in read_letter(path.read_bytes()).tables]


def rows_of(path: Path, first: str) -> list[list[object]]:
    """Return the rows of a filed sheet below its heading, as far as they are numbered."""
    sheet = load_workbook(path).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    heading = next(at for at, row in enumerate(rows) if row[0] == first)
    return [row for row in rows[heading + 1 :] if isinstance(row[0], int)]


def excused(clerk: Clerk, name: str) -> None:
    """Excuse a platform, and publish again."""
    case = clerk.case
    clerk.roster(name, attendance="有正当理由", explanation="停业整顿，已报备")
    sent = next(p for p in case.filings.glob("*.xlsx") if name in p.name)
    superseded = case.filings / "作废"
    superseded.mkdir()
    sent.rename(superseded / sent.name)
    clerk.parameters(notice_from=date(2023, 7, 11), notice_to=date(2023, 7, 18))
    clerk.run("evaluate")
    clerk.accepts()
    clerk.run("evaluate")
    assert clerk.run("export", "--notice")["refused"] == []


@pytest.fixture
def filed(ready: Case, xlpy) -> Case:
    """A case whose notice and whose money are out."""
    assert xlpy("export", ready.folder, "--notice")[0] == 0
    assert xlpy("export", ready.folder, "--finance")[0] == 0
    return ready


def test_the_notice_brings_its_documents_and_the_money_its_own(ready: Case, xlpy) -> None:
    xlpy("export", ready.folder, "--notice")
    letters = {name for name in names(ready) if name.startswith("结果告知书/")}
    kept = {f"已导出/结果告知书-第1版/{name.partition('/')[2]}" for name in letters}
    assert len(letters) == 4
    assert names(ready) == {"公示.docx", "已导出/公示-第1版.docx", *letters, *kept}
    before = names(ready)
    xlpy("export", ready.folder, "--finance")
    assert names(ready) - before == {"资金拨付请示.docx", "已导出/资金拨付请示-第1版.docx"}


def test_a_refused_export_writes_no_document(case: Case, xlpy) -> None:
    assert xlpy("export", case.folder)[0] == 1
    assert names(case) == set()


def test_a_report_writes_none_of_them(ready: Case, xlpy) -> None:
    assert xlpy("report", ready.folder)[0] == 0
    assert not [name for name in names(ready) if not name.startswith("会议材料/")]


def test_the_notice_has_the_rows_of_the_list(filed: Case) -> None:
    wanted = [tuple(map(str, row)) for row in rows_of(filed.notice, "序号")]
    assert wanted
    assert tables(filed.output / "公示.docx")[0][1:] == wanted


def test_the_request_agrees_with_the_sheet_to_the_yuan(filed: Case) -> None:
    sheet = rows_of(filed.finance, "序号")
    (listed,) = [t for t in tables(filed.output / "资金拨付请示.docx") if len(t[0]) == 7]
    assert [(row[1], row[-1]) for row in listed[1:-1]] == [(r[1], f"{r[7]:,}") for r in sheet]
    total = sum(int(str(row[7])) for row in sheet)
    assert listed[-1][-1] == f"{total:,}"
    book = load_workbook(filed.finance).active
    assert book is not None
    cells = [str(c) for row in book.iter_rows(values_only=True) for c in row if c is not None]
    (capital,) = {c for c in cells if c.endswith("元整") and c in cells[-40:]} - {
        str(row[8]) for row in sheet
    } or {str(sheet[0][8])}
    said = "".join(read_letter((filed.output / "资金拨付请示.docx").read_bytes()).paragraphs)
    assert capital in said


def test_the_same_again_is_no_new_version(filed: Case, xlpy) -> None:
    before = {path: path.read_bytes() for path in filed.output.rglob("*.docx")}
    assert xlpy("export", filed.folder, "--notice")[0] == 0
    assert xlpy("export", filed.folder, "--finance")[0] == 0
    assert {path: path.read_bytes() for path in filed.output.rglob("*.docx")} == before
    assert Clerk(filed).run("verify")["problems"] == []


def test_another_grade_is_the_next_version_of_list_and_letters(filed: Case, xlpy) -> None:
    clerk = Clerk(filed)
    name = clerk.rows("results")[0]["name"]
    clerk.results(name, ruling="C", ruling_reason="会议研究")
    clerk.parameters(notice_from=date(2023, 7, 11), notice_to=date(2023, 7, 18))
    clerk.run("evaluate")
    assert xlpy("export", filed.folder, "--notice")[0] == 0
    assert {"已导出/公示-第2版.docx", "已导出/公示-第1版.docx"} <= names(filed)
    (own,) = [p for p in filed.results.iterdir() if p.stem.startswith(name)]
    said = "".join(read_letter(own.read_bytes()).paragraphs)
    assert "更正" in said
    kept = filed.filed / "结果告知书-第1版" / own.name
    assert "更正" not in "".join(read_letter(kept.read_bytes()).paragraphs)
    assert "更正" in "".join(read_letter((filed.output / "公示.docx").read_bytes()).paragraphs)
    (told,) = Clerk(filed).run("verify")["problems"]
    assert "奖补资金安排表-第1版" in told  # the money is of before, as it should be said


@pytest.mark.parametrize("grade", ["", "C"])
def test_the_letter_under_a_new_name_corrects_the_one_under_the_old(filed: Case, grade: str):
    clerk = Clerk(filed)
    name, new = clerk.rows("results")[0]["name"], "淮畔新名平台"
    sent = next(p for p in filed.filings.glob("*.xlsx") if name in p.name)
    (old,) = [p for p in filed.results.iterdir() if p.stem.startswith(name)]
    others = {p.name for p in filed.results.iterdir()} - {old.name}
    retype(sent, name=new)
    clerk.roster(name, name=new, former_names=name)
    if grade:
        clerk.run("evaluate")
        clerk.results(new, ruling=grade, ruling_reason="会议研究")
    clerk.parameters(notice_from=date(2023, 7, 11), notice_to=date(2023, 7, 18))
    clerk.run("evaluate")
    assert clerk.run("export", "--notice")["refused"] == []
    (own,) = [p for p in filed.results.iterdir() if p.stem.startswith(new)]
    said = "".join(read_letter(own.read_bytes()).paragraphs)
    assert "更正：此前送达的告知书作废" in said
    assert not old.exists()
    for other in others:
        read = read_letter((filed.results / other).read_bytes())
        assert "更正" not in "".join(read.paragraphs)


def test_what_was_changed_in_word_is_kept_beside(filed: Case, xlpy) -> None:
    path = filed.output / "公示.docx"
    path.write_bytes(path.read_bytes() + b" ")
    changed = path.read_bytes()
    told = Clerk(filed).run("verify")["problems"]
    assert len(told) == 1
    assert "公示.docx" in told[0]
    _, out, _ = xlpy("export", filed.folder, "--notice")
    assert "原来的“公示.docx”被手工改过" in out
    (kept,) = filed.filed.glob("公示-手工改动-*.docx")
    assert kept.read_bytes() == changed
    assert path.read_bytes() == (filed.filed / "公示-第1版.docx").read_bytes()
    assert Clerk(filed).run("verify")["problems"] == []


def test_a_lost_document_is_written_again_the_same(filed: Case, xlpy) -> None:
    kept, plain = filed.filed / "公示-第1版.docx", filed.output / "公示.docx"
    before = kept.read_bytes()
    kept.unlink()
    plain.unlink()
    assert "公示.docx" in "".join(Clerk(filed).run("verify")["problems"])
    xlpy("export", filed.folder, "--notice")
    assert (kept.read_bytes(), plain.read_bytes()) == (before, before)


def test_who_is_told_no_more_loses_the_letter_and_the_version_keeps_it(filed: Case) -> None:
    clerk = Clerk(filed)
    name = clerk.rows("results")[0]["name"]
    letter = next(p for p in filed.results.iterdir() if p.stem.startswith(name))
    excused(clerk, name)
    assert not letter.exists()
    assert (filed.filed / "结果告知书-第1版" / letter.name).exists()
    told = clerk.run("verify")["problems"]
    assert not [one for one in told if "告知书" in one]


def test_documents_filed_later_with_a_version_that_had_none(filed: Case, xlpy) -> None:
    """Filed by a program without letters: the same version, with them now."""
    log = filed.log.read_text(encoding="utf-8")
    assert '"letters"' in log
    other = Case(Path(shutil.copytree(filed.folder, filed.folder.parent / "旧")))
    for path in other.output.rglob("*.docx"):
        path.unlink()
    assert xlpy("export", other.folder, "--notice")[0] == 0
    assert "已导出/公示-第2版.docx" not in names(other)
    assert "已导出/公示-第1版.docx" in names(other)


def test_a_changed_letter_that_no_longer_applies_is_kept_and_goes(filed: Case) -> None:
    clerk = Clerk(filed)
    name = clerk.rows("results")[0]["name"]
    letter = next(p for p in filed.results.iterdir() if p.stem.startswith(name))
    letter.write_bytes(changed := letter.read_bytes() + b" ")
    excused(clerk, name)
    assert not letter.exists()
    (kept,) = filed.filed.glob(f"{name}*手工改动*.docx")
    assert kept.read_bytes() == changed
    assert not [one for one in clerk.run("verify")["problems"] if "告知书" in one]
    assert not [one for one in clerk.run("export", "--notice")["notes"] if "手工改过" in one]


def test_who_is_told_again_has_a_letter_that_corrects(filed: Case) -> None:
    """Its first letter was called void meanwhile."""
    clerk = Clerk(filed)
    name = clerk.rows("results")[0]["name"]
    excused(clerk, name)
    for sent in (filed.filings / "作废").iterdir():
        sent.rename(filed.filings / sent.name)
    clerk.roster(name, attendance="", explanation="")
    clerk.parameters(notice_from=date(2023, 7, 19), notice_to=date(2023, 7, 26))
    clerk.run("evaluate")
    assert clerk.run("export", "--notice")["refused"] == []
    said = {
        path.stem: "更正" in "".join(read_letter(path.read_bytes()).paragraphs)
        for path in filed.results.iterdir()
    }
    assert [one for one, corrected in said.items() if corrected] == [
        one for one in said if one.startswith(name)
    ]


@pytest.mark.parametrize("file", ["我的说明.docx", "~$告知书.docx"])
def test_a_file_of_the_clerk_s_own_stays_and_nobody_copies_it(filed: Case, xlpy, file: str) -> None:
    """Also what Word lays beside a document that is open."""
    (filed.results / file).write_bytes(b"mine")
    _, out, _ = xlpy("export", filed.folder, "--notice")
    assert "手工改过" not in out
    assert (filed.results / file).read_bytes() == b"mine"
    assert not list(filed.filed.glob("*手工改动*"))


@pytest.mark.parametrize("name", ["公示-第1版.docx", "结果告知书-第1版"])
def test_a_kept_document_that_was_changed_is_kept_beside(filed: Case, xlpy, name: str) -> None:
    path = filed.filed / name
    path = sorted(path.iterdir())[0] if path.is_dir() else path
    path.write_bytes(changed := path.read_bytes() + b" ")
    _, out, _ = xlpy("export", filed.folder, "--notice")
    assert "手工改过" in out
    (kept,) = filed.filed.glob("*手工改动*.docx")
    assert kept.read_bytes() == changed
    assert path.read_bytes() != changed


def test_of_two_platforms_of_one_name_only_the_changed_one_is_corrected(ready: Case) -> None:
    """The list has no codes: rows of one name are told apart by their grades."""
    clerk = Clerk(ready)
    twins = [row["name"] for row in clerk.rows("results")[:2]]
    for old in twins:
        retype(next(p for p in ready.filings.glob("*.xlsx") if old in p.name), name="同名平台")
        clerk.roster(old, name="同名平台", former_names=old)
    clerk.run("evaluate")
    clerk.accepts()
    clerk.run("evaluate")
    assert clerk.run("export", "--notice")["refused"] == []
    row = next(row for row in clerk.rows("results") if row["name"] == "同名平台")
    clerk.sets("results", row["code"], "code", ruling="C", ruling_reason="会议研究")
    clerk.parameters(notice_from=date(2023, 7, 11), notice_to=date(2023, 7, 18))
    clerk.run("evaluate")
    assert clerk.run("export", "--notice")["refused"] == []
    book = load_workbook(ready.notice)["更正说明"]
    told = [one[1:5] for one in book.iter_rows(values_only=True) if one[1] == "同名平台"]
    assert told == [("同名平台", "评价等次", row["final"], "C")]
