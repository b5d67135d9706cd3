"""The second reader of documents (回读)."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from tests.kit.letters import LETTER, written
from xlpy.errors import ReadBackError
from xlpy.model.letter.letter import Spoken
from xlpy.word import write
from xlpy.word.reading import disagreement, read_letter
from xlpy.word.texts import spoken


def changed(part: str, old: str, new: str) -> bytes:
    """Return the sample letter with a text of one of its parts replaced."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(written(LETTER))) as package, zipfile.ZipFile(out, "w") as again:
        for name in package.namelist():
            content = package.read(name)
            if name == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            again.writestr(name, content)
    return out.getvalue()


def test_paragraphs_tables_and_feet_are_read():
    assert read_letter(written(LETTER)) == Spoken(
        paragraphs=(
            "关于评价结果的公示",
            "各单位：",
            "现将评价结果予以公示。",
            "一、结果",
            "某市某局",
            "2023年5月1日",
            "附件",
        ),
        tables=(
            (
                ("序号", "名称", "金额"),
                ("1", "甲平台", "50"),
                ("2", "乙平台", "1.5"),
                ("合计", "51.5"),
            ),
            (("地点", "会议室"),),
        ),
        footers=("供会议研究参考",),
    )


def test_a_letter_as_it_was_written_agrees():
    assert disagreement(written(LETTER), spoken(LETTER)) == ""


@pytest.mark.parametrize(
    ("part", "old", "new", "told"),
    [
        ("word/document.xml", "甲平台", "丙平台", "第1个表格回读不一致"),
        ("word/document.xml", "各单位：", "某单位：", "第2个段落回读不一致"),
        ("word/footer2.xml", "供会议研究参考", "别的", "页脚回读到2个，应为1个"),
        ("word/document.xml", ">各单位：<", "> <", "段落回读到6个，应为7个"),
        ("word/footer1.xml", '"PAGE"', '"FILENAME"', "页脚回读到2个，应为1个"),
    ],
)
def test_a_changed_file_is_told(part: str, old: str, new: str, told: str):
    assert disagreement(changed(part, old, new), spoken(LETTER)) == told


def test_a_field_in_the_body_is_refused():
    content = changed("word/document.xml", "<w:t", "<w:instrText/><w:t")
    with pytest.raises(ValueError, match="field"):
        read_letter(content)


@pytest.mark.parametrize("content", [b"", b"PK", written(LETTER)[:-40]])
def test_what_is_no_document_is_refused(content: bytes):
    with pytest.raises(ValueError, match="no document"):
        read_letter(content)


def test_a_letter_that_does_not_read_back_is_not_handed_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(write, "shown", lambda text: text.replace("公示", "公布"))
    with pytest.raises(ReadBackError, match="第1个段落回读不一致"):
        written(LETTER)
