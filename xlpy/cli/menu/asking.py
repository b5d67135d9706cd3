"""Questions and what is typed in answer (提问和回答): digits of any width, words, dragged paths."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from xlpy.visible import visible

_QUOTES = ('""', "''", "“”", "‘’")
_BACK = ("0", "返回")


class LeaveError(Exception):
    """Nothing more comes from whoever typed (输入已结束): the menu ends."""


class BackError(Exception):
    """Whoever typed wants to be asked no further (返回菜单); the text says why, or nothing."""


class Item(NamedTuple):
    """A line of a menu (菜单项): the digit, the word, and other words for the same."""

    digit: str
    word: str
    also: tuple[str, ...] = ()


def read_anything() -> None:
    """Let no byte of the input end the menu: one that is no text becomes a sign."""
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def ask(question: str) -> str:
    """Return the line typed in answer, without blanks around it."""
    try:
        return input(visible(question)).strip()
    except (EOFError, OSError, ValueError, RuntimeError):  # the window is gone, or never was
        print()
        raise LeaveError from None
    except KeyboardInterrupt:
        print()
        raise BackError("要离开，请输入 0 再按回车。") from None


def ask_more(question: str) -> str:
    """Return the answer to a question below an item; `BackError` for 0."""
    answer = ask(f"{question}（返回菜单请输入 0）：")
    if folded(answer) in _BACK:
        raise BackError("")
    return answer


def folded(text: str) -> str:
    """Return what was typed for comparing: width, blanks, case, stops and brackets aside.

    >>> folded(" １．校验 "), folded("（2）")
    ('1校验', '2')
    """
    return re.sub(r"[\s.,:、。()\[\]【】]", "", unicodedata.normalize("NFKC", text)).casefold()


def chosen(answer: str, items: Sequence[Item]) -> Item | None:
    """Return the item that is meant by its digit, its very word, or nearly; None for none or two.

    >>> years = [Item("1", "2"), Item("2", "2022(1)"), Item("3", "20221")]
    >>> chosen("2", years).word, chosen("20221", years).digit, chosen("2022.1", years)
    ('2022(1)', '3', None)
    """
    key, typed = folded(answer), answer.strip()
    nearly = [(one, [folded(word) for word in (one.word, *one.also)]) for one in items]
    for meant in (
        [one for one in items if key == one.digit],
        [one for one in items if typed == one.word],
        [one for one, words in nearly if key in (*words, *(f"{one.digit}{w}" for w in words))],
    ):
        if meant:
            return meant[0] if len(meant) == 1 else None
    return None


def is_path(answer: str) -> bool:
    """Tell whether this can be nothing but a path, as a dragged folder or file leaves it."""
    return any(sign in answer for sign in "/\\\"'")


def dragged(answer: str, home: Path) -> Path:
    """Return the path that was typed or dragged into the window (拖入的文件夹).

    Quotes around it go, and what shells put before it or before its blanks. A name alone is one
    in `home`.
    """
    text = answer.removeprefix("& ").strip()
    if len(text) > 1 and text[0] + text[-1] in _QUOTES:
        text = text[1:-1].strip()
    path = home / text
    if os.sep == "/" and "\\" in text and not path.exists():
        return home / re.sub(r"\\(.)", r"\1", text)
    return path
