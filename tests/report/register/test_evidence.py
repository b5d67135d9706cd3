"""Which numbers the files of 佐证材料 cover, and whose a folder is."""

from __future__ import annotations

import pytest

from xlpy.model.filing import Evidence, EvidenceFile, EvidenceFolder
from xlpy.report.register.evidence import covered, folders_by_platform


def folder(name: str, *files: str) -> EvidenceFolder:
    """Return a folder with these files."""
    return EvidenceFolder(name=name, files=tuple(EvidenceFile(path=one, size=1) for one in files))


@pytest.mark.parametrize(
    ("file", "number"),
    [
        ("P1.pdf", "P1"),
        ("a1-发票.pdf", "Ａ１"),
        ("Ａ１（签到表）.jpg", "a1"),
        ("P1发票.pdf", "P1"),
        ("P1 2.pdf", "P1"),
        ("第一季度/P1.pdf", "P1"),
        ("P1", "P1"),
        ("3-012.pdf", "3-012"),
    ],
)
def test_a_number_is_covered_by_a_file_that_begins_with_it(file, number):
    """Width, case and subfolders aside."""
    assert covered([number], [folder("甲", file)]) == (number,)


@pytest.mark.parametrize(
    ("file", "number"),
    [
        ("P10.pdf", "P1"),
        ("P1a.pdf", "P1"),
        ("P１２.pdf", "P1"),
        ("P1 2.pdf", "P12"),
        ("附P1.pdf", "P1"),
        ("P1/照片.jpg", "P1"),
        ("P.pdf", "P1"),
    ],
)
def test_a_number_is_not_covered_by_one_that_goes_on_or_only_holds_it(file, number):
    """P1 is not P10; what counts is how the file's own name begins."""
    assert covered([number], [folder("甲", file)]) == ()


def test_numbers_keep_their_order_and_any_folder_of_the_platform_counts():
    """A platform may have two folders, one by its name, one by its code."""
    assert covered(["b", "a", "c"], [folder("甲", "a.pdf"), folder("913", "b.pdf")]) == ("b", "a")


def test_thousands_of_files_are_looked_through_at_once():
    """Numbers that begin alike cost nothing more."""
    numbers = [f"P{n}" for n in range(2000)]
    assert len(covered(numbers, [folder("甲", *(f"{one}.pdf" for one in numbers))])) == 2000


def test_a_folder_belongs_to_the_platform_that_answers_to_its_name():
    """By name, code or former name, width and blanks aside."""
    there = Evidence(folders=(folder("甲 平台"), folder("９１３"), folder("老甲"), folder("谁")))
    found, strangers = folders_by_platform(there, [("甲平台", "913", "老甲"), ("乙平台", "")])
    assert [[one.name for one in mine] for mine in found] == [["甲 平台", "９１３", "老甲"], []]
    assert [one.name for one in strangers] == ["谁"]


def test_a_folder_that_two_platforms_answer_to_is_nobodys():
    """Two platforms of one operator share the code."""
    there = Evidence(folders=(folder("913"),))
    found, strangers = folders_by_platform(there, [("甲", "913"), ("乙", "913")])
    assert (found, strangers) == (((), ()), there.folders)
