"""Text as a document holds it (文字): legal signs only, and what nobody sees as its number."""

from __future__ import annotations

import re
from typing import Final

from xlpy.model.letter.blocks import Listing, Paragraph, Signature, listed
from xlpy.model.letter.letter import Letter, Spoken
from xlpy.visible import visible

LONGEST: Final = 32_000
"""Characters of one line of a text; what people type into a cell is shorter."""

_ENDS: Final = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")


def shown(text: str) -> str:
    """Return a text as it stands in the file: line ends are `\\n`, unseen signs their number.

    >>> shown("甲\\r\\n乙\\x00"), shown("\\ud800\\ufffe")
    ('甲\\n乙<U+0000>', '<U+D800><U+FFFE>')
    """
    return "\n".join(visible(line, LONGEST) for line in _ENDS.split(text))


def spoken(letter: Letter) -> Spoken:
    """Return what a letter says (文字内容), as it is read back from what was written of it."""
    paragraphs: list[str] = []
    tables: list[tuple[tuple[str, ...], ...]] = []
    for block in letter.blocks:
        if isinstance(block, Paragraph):
            paragraphs.append(shown(block.text))
        elif isinstance(block, Signature):
            paragraphs += [shown(block.signer), shown(block.day)]
        elif isinstance(block, Listing):
            tables.append(tuple(tuple(map(shown, row)) for row in listed(block)))
    said = tuple(one for one in paragraphs if one.strip())
    return Spoken(said, tuple(tables), (shown(letter.footer),) if letter.footer else ())
