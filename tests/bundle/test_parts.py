"""What goes into the package, and what is refused."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from xlpy.bundle import __main__ as bundle
from xlpy.bundle import package
from xlpy.bundle.licences import licences
from xlpy.bundle.parts import library_files, own_files
from xlpy.errors import CaseError

ROOT = Path(__file__).parents[2]
PYTHON = {"LICENSE.txt": b"PSF"}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with one known file of the program."""
    (tmp_path / "xlpy").mkdir()
    (tmp_path / "xlpy/judge.py").write_text("", encoding="utf-8")
    for words in (("init", "-q"), ("add", ".")):
        subprocess.run(["git", "-C", tmp_path, *words], check=True)
    return tmp_path


def _texts(libraries: dict[str, bytes]) -> dict[str, bytes]:
    return dict(licences(ROOT, PYTHON, libraries))


def test_a_library_without_a_text_is_not_handed_on() -> None:
    """Authors are no licence, and what the metadata says is not its text."""
    metadata = {"a-1.0.dist-info/METADATA": b"License: MIT", "a-1.0.dist-info/AUTHORS": b"A"}
    with pytest.raises(CaseError, match=r"“a-1\.0”没有自带许可文本"):
        _texts(metadata)
    assert _texts({**metadata, "a-1.0.dist-info/COPYING": b"text"})["a-1.0-COPYING.txt"] == b"text"


def test_a_text_of_what_is_left_out_is_no_text_of_the_library() -> None:
    """pywin32's adodbapi and xlwings' PRO stay out, and their licences with them."""
    pro = {"xlwings-1.dist-info/LICENSE_PRO.txt": b"pro"}
    with pytest.raises(CaseError, match=r"xlwings-1"):
        _texts(pro)
    given = _texts(
        {
            **pro,
            "xlwings-1.dist-info/LICENSE.txt": b"BSD",
            "pywin32-1.dist-info/licenses/adodbapi/license.txt": b"LGPL",
            "pywin32-1.dist-info/licenses/win32/License.txt": b"PSF",
        }
    )
    assert [name for name in given if name.startswith(("xlwings", "pywin32"))] == [
        "xlwings-1-LICENSE.txt",
        "pywin32-1-licenses-win32-License.txt",
    ]


def test_the_text_that_a_wheel_lacks_is_brought() -> None:
    """chinesecalendar's; of another version too."""
    text = _texts({"chinesecalendar-9.9.dist-info/METADATA": b""})[
        "chinesecalendar-9.9-LICENSE.txt"
    ]
    assert b"Permission is hereby granted, free of charge" in text
    assert b"Lirian Su" in text


def test_what_git_does_not_know_is_not_taken_along(checkout: Path) -> None:
    """A leftover among the sources is named; what git ignores is one too."""
    assert list(own_files(checkout)) == ["xlpy/judge.py"]
    (checkout / "xlpy/密码.txt").write_text("", encoding="utf-8")
    with pytest.raises(CaseError, match=r"没有登记的文件（xlpy/密码\.txt）"):
        own_files(checkout)
    (checkout / ".gitignore").write_text("*.txt\n", encoding="utf-8")
    with pytest.raises(CaseError, match=r"没有登记的文件（xlpy/密码\.txt）"):
        own_files(checkout)


def test_a_leftover_among_the_blank_forms_is_named(checkout: Path) -> None:
    """As Excel leaves one while a form is open."""
    (checkout / "templates").mkdir()
    (checkout / "templates/~$平台申报表.xlsx").write_text("", encoding="utf-8")
    with pytest.raises(CaseError, match=r"templates/~\$平台申报表\.xlsx"):
        own_files(checkout)


def test_without_git_nobody_can_tell_and_all_is_taken(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (checkout / "xlpy/b.py").touch()
    monkeypatch.setenv("PATH", "")
    assert sorted(own_files(checkout)) == ["xlpy/b.py", "xlpy/judge.py"]


def test_a_repository_that_git_cannot_read_is_told(checkout: Path) -> None:
    (checkout / ".git/HEAD").write_text("", encoding="ascii")
    with pytest.raises(CaseError, match=r"git 没有列出源代码文件：fatal"):
        own_files(checkout)


def test_an_archive_of_the_source_is_taken_whole(tmp_path: Path) -> None:
    """Without a repository there is nobody to ask."""
    for name in ("xlpy/a.py", "xlpy/__pycache__/a.pyc", "xlpy/bundle/b.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"1")
    assert own_files(tmp_path) == {"xlpy/a.py": b"1"}


def test_a_blank_form_that_is_gone_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package without a form would go out unseen."""
    for name in ("python_files", "library_files", "own_files"):
        monkeypatch.setattr(package, name, lambda *_: {})
    with pytest.raises(CaseError, match=r"缺少“.*templates.*”，请先运行 xlpy build"):
        package.laid_out(tmp_path, tmp_path / "parts", ())


def test_what_is_no_folder_builds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor does a question for help, or a word too many."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").touch()
    for words in (["--help"], ["a", "b"], ["x"]):
        assert bundle.main(words) == 2
        assert [path.name for path in tmp_path.iterdir()] == ["x"]
        assert "Traceback" not in capsys.readouterr().err


def test_programs_and_leftovers_of_the_libraries_stay_out(tmp_path: Path) -> None:
    """Of a wheel: its modules; not its scripts, records, and what nobody asked for."""
    import zipfile

    wheel = tmp_path / "p-1-py3-none-any.whl"
    names = (
        "p/a.py",
        "PyWin32.chm",
        "adodbapi/a.py",
        "pythonwin/Pythonwin.exe",
        "build/lib/p/a.py",
    )
    with zipfile.ZipFile(wheel, "w") as packed:
        for name in (
            *names,
            "p-1.dist-info/RECORD",
            "p-1.data/scripts/p.exe",
            "p-1.data/purelib/b.py",
        ):
            packed.writestr(name, "")
    assert sorted(library_files([wheel])) == ["b.py", "p/a.py"]
