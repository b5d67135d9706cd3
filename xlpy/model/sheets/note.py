"""Words around a note on a cell (批注): which are ours, which are the person's."""

from __future__ import annotations

HEAD = "【xlpy校验】"
"""How a note of 校验本表 begins; the next run takes it back."""

OWN = "【原批注】"
"""In such a note: what follows is the person's own note, which stood there before."""


THREAD = ("[Threaded comment]", "[线程批注]")
"""How Excel shows a discussion (批注讨论) as a note: taking that away takes all the answers."""


def own_words(text: str) -> str:
    """Return what the person wrote of a note; "" when all of it is ours.

    >>> own_words("请核对"), own_words(f"{HEAD}\\n错误\\n{OWN}请核对"), own_words(f"{HEAD}\\n错误")
    ('请核对', '请核对', '')
    """
    return text.partition(f"\n{OWN}")[2] if text.startswith(HEAD) else text
