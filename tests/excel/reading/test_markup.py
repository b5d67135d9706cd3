"""The quick look at texts between known tags: a yes is never more than the parser would say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlpy.excel.reading.canonical.markup import parse, proper_texts
from xlpy.excel.reading.refused import RefusedError

ODD = (
    *(b"]", b"]]>", b"]]", b">", b"&", b"&amp;", b"&lt;", b"&foo;", b"&#65;", b"&#0;", b"&amp"),
    *(b"\x00", b"\x0b", b"\x1f", b"\t", b"\r\n", b"\x7f", b"\xc2\x85", b"\xff", b"\xe4\xb8"),
    *(b"\xef\xbf\xbe", b"\xef\xbf\xbf", b"\xef\xbf\xa5", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"),
    *("甲".encode(), "😀".encode(), b"a", b" "),
)


def parses(text: bytes) -> bool:
    """Tell what expat says of a text between two tags."""
    try:
        parse(b"<t>" + text + b"</t>", "共享文字")
    except RefusedError:
        return False
    return True


@given(st.lists(st.sampled_from(ODD), max_size=6).map(b"".join))
def test_a_quick_yes_is_what_the_parser_says(text: bytes) -> None:
    """The other way round a doubt is no more than that."""
    assert not proper_texts(text) or parses(text)


@pytest.mark.parametrize("text", ["", "蚌埠市甲平台￥5", "a&amp;b&lt;c&gt;&quot;&apos;", "一]二\n"])
def test_honest_texts_are_seen_at_once(text: str) -> None:
    """Else every file would go the slow way."""
    assert proper_texts(text.encode())
    assert parses(text.encode())


@pytest.mark.parametrize(
    "text",
    [b"]]>", b"&foo;", b"&", b"\x01", b"\xff", b"\xef\xbf\xbe", b"\xef\xbf\xbf", b"\xed\xa0\x80"],
)
def test_what_the_parser_refuses_is_a_doubt(text: bytes) -> None:
    """Each of them alone among honest signs."""
    assert not proper_texts("甲".encode() + text + "乙".encode())
    assert not parses(text)
