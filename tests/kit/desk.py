"""`xlpy desk` on a screen (屏幕上的操作台): started as a person would, clicked with a mouse."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.kit.screen import Onlooker, Screen, until

_OPEN = "已在 LibreOffice 中打开"


class Desk:
    """A running `xlpy desk` with its window."""

    def __init__(
        self, screen: Screen, program: subprocess.Popen[bytes], said: Path, onlooker: Onlooker
    ) -> None:
        """Sit down at it."""
        self.screen = screen
        self.see = onlooker.ask
        self._program = program
        self._said = said

    @property
    def said(self) -> str:
        """Return what the terminal shows."""
        return self._said.read_text(encoding="utf-8")

    def click(self, caption: str, *, told: bool = False) -> None:
        """Click a button of 操作台 and wait until its work is done; close the box it shows.

        `told`: the button shows a box this time, though it does not always.
        """
        before = self._ended(caption)
        self.press(caption)
        until(lambda: self._ended(caption) > before)
        if told or caption in ("公示", "资金", "核验", "生成评分表"):
            self.close_box()

    def press(self, caption: str) -> None:
        """Click a button of 操作台 until the program has heard it, as a person would."""
        begun = self._begun(caption)
        end = time.monotonic() + 60
        while self._begun(caption) == begun:
            assert time.monotonic() < end, f"{caption} was never heard"
            self.see("show", "操作台")
            self.screen.click(*until(lambda: self.see("buttons").get(caption)))
            patience = time.monotonic() + 5
            while self._begun(caption) == begun and time.monotonic() < patience:
                time.sleep(0.1)

    def close_box(self) -> None:
        """Click the one button of the message box that is to come, until it is gone."""
        until(lambda: self.see("box"))
        until(self._box_gone)

    def table(self, sheet: str, head: str) -> list[dict[str, Any]]:
        """Return the rows of a sheet by heading; `head` stands in the row of headings."""
        rows = self.see("cells", sheet)
        top = next(number for number, row in enumerate(rows) if head in row)
        return [dict(zip(rows[top], row, strict=True)) for row in rows[top + 1 :] if any(row)]

    def cell(self, sheet: str, head: str, key: str) -> str:
        """Return the address of the cell below `head` in the row that holds `key`."""
        rows = self.see("cells", sheet)
        top = next(number for number, row in enumerate(rows) if head in row)
        row = next(number for number, row in enumerate(rows) if number > top and key in row)
        return f"{chr(ord('A') + rows[top].index(head))}{row + 1}"

    def ends(self) -> int:
        """Wait until the program has ended; return its exit status."""
        return self._program.wait(timeout=60)

    def _begun(self, caption: str) -> int:
        return self.said.count(f"{caption}……")

    def _ended(self, caption: str) -> int:
        return sum(self.said.count(f"{caption}{how}") for how in ("完成", "没有完成", "被拒绝"))

    def _box_gone(self) -> bool:
        place = self.see("box")
        if place:
            self.screen.click(*place)
        return not place


@contextmanager
def seated(screen: Screen, path: Path, said: Path) -> Iterator[Desk]:
    """Start `xlpy desk` on a case or a form; close everything afterwards."""
    with said.open("wb") as terminal:
        program = subprocess.Popen(
            [sys.executable, "-m", "xlpy", "desk", str(path)],
            env=dict(screen.environment),
            stdout=terminal,
            stderr=subprocess.STDOUT,
        )
    onlooker = None
    try:
        onlooker = screen.onlooker()
        desk = Desk(screen, program, said, onlooker)
        until(lambda: _OPEN in desk.said)
        yield desk
    finally:
        if onlooker:
            onlooker.end()
        program.kill()
        program.wait()
