"""A second reader of documents (回读): what a file says, read without the library that wrote it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from xlpy.model.letter.letter import Spoken

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_FIELDS = (f"{_W}fldSimple", f"{_W}instrText", f"{_W}fldChar", f"{_W}hyperlink")
_NUMBER = "PAGE"


def read_letter(content: bytes) -> Spoken:
    """Return what a document of ours says: paragraphs, tables, the texts at the foot of its pages.

    Raises ValueError for what is none, and for a field or a link in its body.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            body = fromstring(package.read(_BODY), forbid_dtd=True).find(f"{_W}body")
            feet = [
                fromstring(package.read(name), forbid_dtd=True)
                for name in sorted(package.namelist())
                if name.startswith("word/footer")
            ]
    except (zipfile.BadZipFile, KeyError) as error:
        raise ValueError("no document") from error
    if body is None or any(next(body.iter(tag), None) is not None for tag in _FIELDS):
        raise ValueError("a document without body, or with a field in it")
    notes = dict.fromkeys(note for foot in feet for note in _notes(foot))
    return Spoken(tuple(_paragraphs(body)), tuple(map(_table, body.iter(f"{_W}tbl"))), tuple(notes))


def disagreement(content: bytes, said: Spoken) -> str:
    """Return in Chinese where a file does not say what was to be written, "" where it does."""
    read = read_letter(content)
    for words, one, other in zip(("段落", "表格", "页脚"), read, said, strict=True):
        if len(one) != len(other):
            return f"{words}回读到{len(one)}个，应为{len(other)}个"
        for number, (found, meant) in enumerate(zip(one, other, strict=True), start=1):
            if found != meant:
                return f"第{number}个{words}回读不一致"
    return ""


def _paragraphs(body: Element) -> Iterator[str]:
    """Yield the paragraphs of the body itself, but for blank ones."""
    for one in body.findall(f"{_W}p"):
        text = _text(one)
        if text.strip():
            yield text


def _table(table: Element) -> tuple[tuple[str, ...], ...]:
    rows = table.findall(f"{_W}tr")
    return tuple(
        tuple("\n".join(map(_text, cell.findall(f"{_W}p"))) for cell in row.findall(f"{_W}tc"))
        for row in rows
    )


def _notes(foot: Element) -> Iterator[str]:
    """Yield what stands at the foot beside the number of the page."""
    for one in foot.findall(f"{_W}p"):
        number = one.find(f"{_W}fldSimple")
        text = _text(one)
        if number is None and text:
            yield text
        elif number is not None and number.get(f"{_W}instr") != _NUMBER:
            yield f"{{{number.get(f'{_W}instr')}}}"


def _text(paragraph: Element) -> str:
    pieces = []
    for one in paragraph.iter():
        if one.tag == f"{_W}t":
            pieces.append(one.text or "")
        elif one.tag == f"{_W}br":
            pieces.append("\n")
    return "".join(pieces)
