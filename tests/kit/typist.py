"""A typist in LibreOffice (在 LibreOffice 里打字的人): opens a book, types, saves it.

Everything goes through the program's own commands, as from the keyboard: text cells keep text,
typed dates become dates, locked cells refuse. The locale is Chinese.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Timer
from typing import Any

Step = tuple[Any, ...]
"""("type", sheet, A1, text), ("clear", sheet, A1), ("insert_rows", sheet, row, count),
("unprotect", sheet), ("move_column", sheet, column, before), ("calendar_of_1904",),
("delete_rows", sheet, row, count), ("delete_columns", sheet, column, count)."""

_SECONDS = 180  # the longest a book may take; then LibreOffice hangs

_SCRIPT = Path(__file__).with_name("uno_script.py")
_SETTING = (
    '<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" '
    'oor:op="fuse"><value>zh-CN</value></prop></item>'
)
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    f"{_SETTING}</oor:items>\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A cell as the program shows it (看到的单元格)."""

    text: str
    value: float
    formula: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What came of the typing (打字结果).

    `refused` are the steps the sheet did not let happen; `seen` the cells asked for, in order;
    `errors` every formula cell of the book that ended in an error: sheet, place, text.
    """

    refused: tuple[Step, ...]
    seen: tuple[Seen, ...]
    errors: tuple[tuple[str, str, str], ...]


class Typist:
    """LibreOffice and the hands in it, kept for many books."""

    def __init__(self, hands: subprocess.Popen[str]) -> None:
        """Work with hands that are ready."""
        self._hands = hands

    def work(
        self,
        book: Path,
        steps: Sequence[Step] = (),
        *,
        save: Path | None = None,
        look: Sequence[tuple[str, str]] = (),
        shown: bool = False,
    ) -> Typed:
        """Open `book`, do the steps, calculate, look, and save under `save`; .xlsx or .xlsm.

        `shown` opens it in a window: much slower, and LibreOffice itself refuses locked cells.
        AssertionError with LibreOffice's words when it cannot.
        """
        job = {
            "open": str(book.resolve()),
            "steps": list(steps),
            "look": list(look),
            "save": str(save.resolve()) if save else "",
            "shown": shown,
        }
        impatience = Timer(_SECONDS, self._hands.kill)
        impatience.start()
        try:
            answer = _asked(self._hands, json.dumps(job))
        finally:
            impatience.cancel()
        assert "failed" not in answer, answer["failed"]
        return Typed(
            refused=tuple(tuple(step) for step in answer["refused"]),
            seen=tuple(Seen(**cell) for cell in answer["seen"]),
            errors=tuple(tuple(cell) for cell in answer["errors"]),
        )


@contextmanager
def hired(place: Path) -> Iterator[Typist]:
    """Start LibreOffice with a profile of its own in `place`, and end it afterwards."""
    profile = place / "profile"
    (profile / "user").mkdir(parents=True)
    settings = profile / "user" / "registrymodifications.xcu"
    settings.write_text(_SETTINGS, encoding="utf-8")
    pipe = f"xlpy-{uuid.uuid4().hex}"
    office = subprocess.Popen(
        [
            str(office_program()),
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    hands = subprocess.Popen(
        [str(uno_python()), str(_SCRIPT), pipe],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        assert _answer(hands) == {"ready": True}
        yield Typist(hands)
    finally:
        hands.communicate()  # the end of its input ends LibreOffice too
        _ended(office)


def office_program() -> str | None:
    """Return LibreOffice's program, or None when there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@cache
def uno_python() -> str | None:
    """Return a Python that can import `uno`: ours, LibreOffice's own, or the system's."""
    office = office_program()
    beside = Path(office).resolve().parent if office else None
    own = [str(beside / name) for name in ("python", "python.exe")] if beside else []
    for program in (sys.executable, *own, "/usr/bin/python3", "python3"):
        if shutil.which(program) and _has_uno(program):
            return program
    return None


def _has_uno(program: str) -> bool:
    run = subprocess.run([program, "-c", "import uno"], capture_output=True, check=False)
    return run.returncode == 0


def _asked(hands: subprocess.Popen[str], question: str) -> dict[str, Any]:
    assert hands.stdin is not None
    hands.stdin.write(question + "\n")
    hands.stdin.flush()
    return _answer(hands)


def _answer(hands: subprocess.Popen[str]) -> dict[str, Any]:
    assert hands.stdout is not None
    line = hands.stdout.readline()
    assert line, "LibreOffice, or the hands in it, ended; see standard error"
    answer: dict[str, Any] = json.loads(line)
    return answer


def _ended(office: subprocess.Popen[bytes]) -> None:
    try:
        office.wait(timeout=20)
    except subprocess.TimeoutExpired:
        # `soffice` is a script that starts the program: end both.
        os.killpg(office.pid, signal.SIGKILL)
        office.wait()
