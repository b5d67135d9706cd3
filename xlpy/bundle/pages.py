"""The manual as pages a browser opens (说明): nobody at an office has a program for Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PAGES: Final = ("使用手册", "安装", "新办法", "数据分析", "安全与可靠性", "第三方许可")
_PICTURES: Final = "图"
_ELSEWHERE: Final = {
    "../LICENSE": "../许可/xlpy-LICENSE.txt",
    "../xlpy/excel/macros/vbaProject.LICENSE.txt": "../许可/vbaProject.LICENSE.txt",
}
"""Where files beside the pages lie in the package."""
_LINK: Final = re.compile(r"(?P<page>[^/#:]*)\.md(?P<part>#.*)?")
_SIGNS: Final = re.compile(r"[^\w\- ]")
_STYLE: Final = (
    "body{font-family:'Microsoft YaHei','Noto Sans CJK SC',sans-serif;line-height:1.7;"
    "max-width:60em;margin:2em auto;padding:0 1em;color:#222}"
    "table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid #bbb;padding:.3em .6em;"
    "vertical-align:top}th{background:#f0f3f7}img{max-width:100%;border:1px solid #ddd}"
    "code{background:#f4f4f4;padding:.1em .3em}pre{background:#f4f4f4;padding:.8em;overflow:auto}"
    "blockquote{border-left:4px solid #9bb;margin:1em 0;padding:.1em 1em;background:#f7fafa}"
)
_PAGE: Final = (
    '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
    "<title>{title}</title><style>{style}</style></head>\n<body>\n{body}</body></html>\n"
)


def pages(root: Path) -> Mapping[str, bytes]:
    """Return the pages of the manual, and its pictures, by path; `root` is the checkout."""
    docs = root / "docs"
    texts = {name: (docs / f"{name}.md").read_text(encoding="utf-8") for name in _PAGES}
    pictures = {
        f"{_PICTURES}/{path.name}": path.read_bytes()
        for path in sorted((docs / _PICTURES).glob("*.png"))
        if any(f"{_PICTURES}/{path.name})" in text for text in texts.values())
    }
    return {**{f"{name}.html": page(text).encode() for name, text in texts.items()}, **pictures}


def page(text: str) -> str:
    """Return one page of Markdown as HTML. Links between pages lead to pages.

    >>> '<a href="安装.html#一页">看</a>' in page("[看](安装.md#一页)")
    True
    """
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    titles = list(_anchored(tokens))
    for token in tokens:
        for inner in token.children or ():
            if inner.type == "link_open":
                inner.attrSet("href", _led(str(inner.attrGet("href") or "")))
            elif inner.type == "image":
                inner.attrSet("src", _plain(str(inner.attrGet("src") or "")))
    body = reader.renderer.render(tokens, reader.options, {})
    return _PAGE.format(title=html.escape(titles[0] if titles else ""), style=_STYLE, body=body)


def _anchored(tokens: list[Token]) -> list[str]:
    """Give every heading the anchor that links in the texts mean; return the headings."""
    titles = []
    for token, inner in pairwise(tokens):
        if token.type == "heading_open":
            titles.append(inner.content)
            token.attrSet("id", _SIGNS.sub("", inner.content.lower()).replace(" ", "-"))
    return titles


def _led(link: str) -> str:
    link = _plain(link)
    if link in _ELSEWHERE:
        return _ELSEWHERE[link]
    found = _LINK.fullmatch(link)
    if found and found["page"] in _PAGES:
        return f"{found['page']}.html{found['part'] or ''}"
    return link


def _plain(link: str) -> str:
    """Return a link as typed: Markdown's reader spells Chinese in percents."""
    from urllib.parse import unquote

    return unquote(link)
