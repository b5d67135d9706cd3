"""Letters to be written (公文), as values: what `word.write` turns into a .docx file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from xlpy.model.letter.blocks import Block, Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter to write (公文): its title for the properties of the file, its blocks in order.

    `footer` stands at the foot of every page. A `tight` one has narrow margins and no number of
    the page: all of it stands on one.
    """

    title: str
    blocks: tuple[Block, ...]
    footer: str = ""
    tight: bool = False

    @property
    def drawings(self) -> tuple[Drawing, ...]:
        """Return the charts in order: `excel.charted` draws them, `word.write` takes them in."""
        return tuple(one for one in self.blocks if isinstance(one, Drawing))


class Charted(NamedTuple):
    """A drawing as files (图表部件): the chart's XML, and the workbook that holds its figures."""

    chart: bytes
    workbook: bytes


class Spoken(NamedTuple):
    """What a letter says (文字内容): its paragraphs, its tables row by row, the foot of its pages.

    Blank paragraphs are left out.
    """

    paragraphs: tuple[str, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    footers: tuple[str, ...] = ()
