"""The folder 佐证材料 as it lies on the disk: listed whole, whatever is in it."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from xlpy.model.filing import NO_EVIDENCE
from xlpy.steps.case import Case
from xlpy.steps.evidence import read_evidence


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Return a case that has nothing but the folder 佐证材料."""
    made = Case(tmp_path)
    made.evidence.mkdir()
    return made


def put(folder: Path, name: str, content: bytes = b"x") -> Path:
    """Write a file and the folders above it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_a_case_without_the_folder_has_no_evidence(tmp_path):
    """A case of version 1.0 has none."""
    assert read_evidence(Case(tmp_path)) == NO_EVIDENCE


def test_files_are_listed_by_platform_with_their_sizes(case):
    """Subfolders too, in order; nothing is read."""
    put(case.evidence, "乙平台/b.pdf", b"12")
    put(case.evidence, "甲平台/第一季度/P2.jpg", b"123")
    put(case.evidence, "甲平台/P1.pdf")
    found = read_evidence(case)
    assert [
        (one.name, [(file.path, file.size, file.digest) for file in one.files])
        for one in found.folders
    ] == [
        ("乙平台", [("b.pdf", 2, "")]),
        ("甲平台", [("P1.pdf", 1, ""), ("第一季度/P2.jpg", 3, "")]),
    ]


def test_digests_come_when_they_are_asked_for(case):
    """The SHA-256 of the bytes."""
    put(case.evidence, "甲/P1.pdf", b"abc")
    [folder] = read_evidence(case, digests=True).folders
    assert [one.digest for one in folder.files] == [hashlib.sha256(b"abc").hexdigest()]


def test_files_beside_the_folders_are_loose(case):
    """Nobody knows whose they are."""
    put(case.evidence, "P1.pdf")
    found = read_evidence(case)
    assert ([one.path for one in found.loose], found.folders) == (["P1.pdf"], ())


def test_what_systems_leave_behind_does_not_count(case):
    """Neither in a folder nor beside it."""
    put(case.evidence, ".DS_Store")
    put(case.evidence, "甲/Thumbs.db")
    put(case.evidence, "甲/~$P1.docx")
    found = read_evidence(case)
    assert (found.loose, found.folders[0].files) == ((), ())


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_no_link_is_followed(case, tmp_path):
    """Neither to a file, nor to a folder, nor in a circle."""
    secret = put(tmp_path, "别处/P1.pdf")
    home = case.evidence / "甲"
    home.mkdir()
    (home / "P1.pdf").symlink_to(secret)
    (home / "圈").symlink_to(home, target_is_directory=True)
    (case.evidence / "乙").symlink_to(secret.parent, target_is_directory=True)
    found = read_evidence(case)
    assert [(one.name, one.files) for one in found.folders] == [("甲", ())]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_in_place_of_the_folder_is_not_followed(tmp_path):
    """It is told that the folder could not be read."""
    (tmp_path / "别处").mkdir()
    case = Case(tmp_path)
    case.evidence.symlink_to(tmp_path / "别处", target_is_directory=True)
    assert not read_evidence(case).whole


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe has a name on Unix only")
def test_a_pipe_stops_nothing(case):
    """Reading it would wait for ever."""
    (case.evidence / "甲").mkdir()
    os.mkfifo(case.evidence / "甲" / "P1")
    [folder] = read_evidence(case, digests=True).folders
    assert folder.files == ()


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text exist there")
def test_a_name_that_is_no_text_is_listed(case):
    """Files packed on an old Chinese system."""
    home = case.evidence / "甲"
    home.mkdir()
    Path(os.fsdecode(os.fsencode(home) + b"/P1\xbc\xd7.pdf")).write_bytes(b"x")
    [folder] = read_evidence(case, digests=True).folders
    assert len(folder.files) == 1
    assert folder.files[0].name.startswith("P1")


def test_a_folder_that_cannot_be_read_is_told(case, monkeypatch):
    """The others are listed all the same."""
    put(case.evidence, "甲/P1.pdf")
    put(case.evidence, "乙/锁着/P2.pdf")
    scan = os.scandir

    def locked(path):
        if Path(path).name == "锁着":
            raise PermissionError
        return scan(path)

    monkeypatch.setattr("xlpy.steps.evidence.os.scandir", locked)
    assert [(one.name, len(one.files), one.whole) for one in read_evidence(case).folders] == [
        ("乙", 0, False),
        ("甲", 1, True),
    ]


def test_a_file_that_cannot_be_read_has_no_digest(case, monkeypatch):
    """Its name and size are known all the same."""
    put(case.evidence, "甲/P1.pdf", b"abc")

    def refused(*_: object):
        raise PermissionError

    monkeypatch.setattr("xlpy.steps.evidence.os.open", refused)
    [folder] = read_evidence(case, digests=True).folders
    assert [(one.size, one.digest) for one in folder.files] == [(3, "")]
