"""Every edition of tests/broken is refused in one sentence that names file, key and cure."""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from tests.kit.edition import changed, written
from xlpy.errors import EditionError
from xlpy.policy.editions.folder import read_source
from xlpy.policy.editions.load import faults_of, load_edition

FOLDER = Path(__file__).parents[2] / "broken"
FILES = sorted(FOLDER.glob("*.toml"))
RAW = {
    "empty.toml": "“id”缺失，请补上这一项。",
    "only-an-id.toml": "“title”缺失，请补上这一项。",
    "prose.toml": "第1行不合TOML语法",
    "open-quote.toml": "第1行不合TOML语法",
    "gb18030.toml": "不是UTF-8编码，请另存为UTF-8后再试。",
}


def refusal(path: Path) -> str:
    """Return the sentence with which the edition at `path` is refused."""
    with pytest.raises(EditionError) as caught:
        load_edition(path)
    return str(caught.value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_edition_wrong_in_one_way_is_refused_by_name(path: Path, tmp_path: Path):
    """The sentence names the file, the key and the words the officer's file asks for."""
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    pairs = [(one["old"], one["new"]) for one in case["replace"]]
    said = refusal(written(tmp_path, changed(*pairs), path.stem))
    assert said.startswith(f"政策文件{path.stem}/edition.toml的")
    assert re.search(f"“{re.escape(case['broken']['key'])}”|的{case['broken']['key']}", said), said
    assert [word for word in case["broken"]["says"] if word not in said] == [], said
    assert "请" in said
    assert said.endswith("。")
    assert "\n" not in said


def test_more_than_fifteen_kinds_of_mistake_are_kept():
    """The collection is not emptied by accident."""
    assert len(FILES) > 80


@pytest.mark.parametrize("name", sorted(RAW))
def test_a_file_that_is_no_edition_at_all_is_refused(name: str, tmp_path: Path):
    """Prose, an open quote, another encoding and an empty file get a sentence of their own."""
    folder = tmp_path / "raw"
    folder.mkdir()
    shutil.copy(FOLDER / "raw" / name, folder / "edition.toml")
    said = refusal(folder)
    assert "raw/edition.toml" in said
    assert RAW[name] in said


def test_every_raw_file_has_its_words():
    """No file lies in tests/broken/raw untested."""
    assert sorted(path.name for path in (FOLDER / "raw").iterdir()) == sorted(RAW)


def test_a_missing_file_is_refused(tmp_path: Path):
    """The sentence names the file that is not there."""
    assert "读不到政策文件nowhere/edition.toml" in refusal(tmp_path / "nowhere")


def test_a_folder_is_no_edition(tmp_path: Path):
    """A folder without its rule is refused like a missing one."""
    assert "读不到政策文件" in refusal(tmp_path)


def test_a_deeply_nested_file_is_refused(tmp_path: Path):
    """Ten thousand brackets do not bring the program down."""
    assert "不合TOML语法" in refusal(written(tmp_path, "a = " + "[" * 10_000))


@pytest.mark.parametrize(
    ("line", "words"),
    [(".".join("a" * 1500) + " = 1", "层以上"), ("a = 0x" + "f" * 5000, "数字太长")],
)
def test_what_no_edition_holds_is_refused_as_its_syntax(line: str, words: str, tmp_path: Path):
    """Neither fifteen hundred tables nor a number of thousands of digits is an internal error."""
    said = refusal(written(tmp_path, f"{line}\n"))
    assert "不合TOML语法" in said
    assert words in said


def test_signs_nobody_sees_are_shown_and_a_sentence_is_bounded(tmp_path: Path):
    """A control sign of a key reaches no terminal."""
    said = refusal(written(tmp_path, '"a\\u001b[2J' + "x" * 5000 + '" = 1\n'))
    assert "a<U+001B>[2Jx" in said
    assert len(said) < 1000


def entry(folder: Path, name: str, kind: str) -> None:
    """Put one more entry into an edition's folder."""
    path = folder / name
    match kind:
        case "folder":
            path.mkdir()
        case "link":
            path.symlink_to(folder / "nowhere")
        case "pipe":
            os.mkfifo(path)
        case "large":
            path.write_text("#" * (1 << 20) + "\n", encoding="utf-8")
        case _:
            path.write_text("", encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("ballot.toml.txt", "file", "不是认得的文件，请改名为ballot.toml。"),
        ("ballot.TOML", "file", "不是认得的文件，请改名为ballot.toml。"),
        ("filing.toml.txt", "file", "不是认得的文件，请移到别处，这是另存的一份。"),
        ("edition.toml.bak", "file", "不是认得的文件，请移到别处，这是另存的一份。"),
        ("filing - 副本.toml", "file", "不是认得的文件，请移到别处，这里只认edition.toml、"),
        ("ballot - 副本.toml", "file", "不是认得的文件，请改名为ballot.toml。"),
        ("ballot.toml", "folder", "不是文件，请移到别处。"),
        ("ballot.toml", "pipe", "不是文件，请移到别处。"),
        ("ballot.toml", "link", "是链接，请换成文件本身。"),
        ("ballot.toml", "large", "超过1MB，不是政策版本的文件，请换成正确的文件。"),
    ],
)
def test_what_is_no_file_of_an_edition_is_refused_by_name(
    name: str, kind: str, said: str, tmp_path: Path
):
    """Nobody would read it, and whoever put it there would think it counts."""
    folder = written(tmp_path, changed())
    entry(folder, name, kind)
    assert refusal(folder).startswith(f"政策版本“huainan-2023”里的{name}{said}")


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path):
    """What it points to may change behind the program's back."""
    link = tmp_path / "linked"
    link.symlink_to(written(tmp_path, changed()))
    assert refusal(link) == "政策版本“linked”是链接，请改用文件夹本身。"


def test_a_story_that_is_no_toml_is_told(tmp_path: Path):
    """The check reads it too, after all that an evaluation needs."""
    folder = written(tmp_path, changed())
    (folder / "demo.toml").write_text("x = [", encoding="utf-8")
    [fault] = faults_of(read_source(folder))
    cure = "示例huainan-2023/demo.toml的末尾不合TOML语法，请补上等号后面的内容"
    assert fault.sentence.startswith(cure)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_one_mistake_is_one_fault_when_all_are_asked_for(path: Path, tmp_path: Path):
    """What follows from a mistake is not told beside it; the first sentence is the same."""
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    pairs = [(one["old"], one["new"]) for one in case["replace"]]
    folder = written(tmp_path, changed(*pairs), path.stem)
    said = refusal(folder)
    faults = [one.sentence for one in faults_of(read_source(folder))]
    assert faults[0] == said
    assert len(faults) <= case["broken"].get("faults", 1), faults
