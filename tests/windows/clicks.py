"""A case open in the stand-in Excel, its buttons clicked (点按钮): over cmd.exe, Python and COM."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from tests.kit.macros import sources
from tests.kit.screen import server
from tests.windows import stopped
from tests.windows.machine import PYTHON, ROOT, Done, Machine
from tests.windows.vba import script

CONF: Final = "xlwings.conf"
_SURROUNDINGS: Final = Path(__file__).with_name("click.vbs")
_OURS: Final = ("tests/__init__.py", "tests/kit", "tests/windows")
_LOG: Final = re.compile('2> "([^"]+)"')
_ZONE: Final = "CST-8"  # China, as the C libraries of both systems read it

_UNMANAGED: Final = """
[Software\\\\Wine\\\\X11 Driver]
"Managed"="N"
"""
"""Else Wine waits two seconds, each time a box closes, for a window manager there is not."""


@dataclass(frozen=True, slots=True)
class Click:
    """What a click came to: `status` is None where no Python was started."""

    status: int | None
    line: str
    log: bytes
    boxes: tuple[tuple[str, str], ...]
    made: tuple[str, ...]
    refused: tuple[str, ...]
    seconds: float

    @property
    def said(self) -> str:
        """Return the text of the one box that was shown."""
        [(_, text)] = self.boxes
        return text


class Excel:
    """The stand-in, from outside: what it has open, and who clicks there."""

    def __init__(self, windows: Machine, folder: Path, display: str) -> None:
        """Start it; `folder` is empty."""
        self.windows = windows
        self._folder = folder
        self._display = display
        self._orders = 0
        self._clicks = 0
        self._path = Path()
        library, self._clock = folder / "库", folder / "钟"
        self._clock.mkdir()
        shutil.copy(stopped.__file__, self._clock / "sitecustomize.py")
        for name in _OURS:
            source, target = ROOT / name, library / name
            target.parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, target)
        self._process = windows.start(
            *(PYTHON, "-B", "-m", "tests.windows.stand_in", windows.name(folder)),
            environment={**self.environment, "PYTHONPATH": windows.name(library)},
        )
        self.window = self.ask("window")

    @cached_property
    def environment(self) -> Mapping[str, str]:
        """Return what a click finds in its environment: a stopped clock, and China's zone."""
        clock = self.windows.name(self._clock)
        return {"DISPLAY": f":{self._display}", "TZ": _ZONE, "PYTHONPATH": clock}

    def ask(self, order: str, *words: object) -> Any:
        """Give an order; return what came of it."""
        self._orders += 1
        path = self._folder / f"{self._orders}.order"
        waiting = path.with_suffix(".waiting")
        waiting.write_text(json.dumps([order, *words]), encoding="utf-8")
        waiting.rename(path)
        answer, end = path.with_suffix(".answer"), time.monotonic() + 60
        while not answer.is_file():
            if self._process.poll() is not None:
                raise AssertionError(self._last_words())
            assert time.monotonic() < end, f"no answer to {order}"
            time.sleep(0.02)
        done, found = json.loads(answer.read_text(encoding="utf-8"))
        assert done, found
        return found

    def open(self, path: Path, *, python: str = PYTHON) -> None:
        """Open a workbook; `python` is the interpreter it names."""
        self._path = path
        self.ask("open", self.windows.name(path))
        self.register(python)
        self.ask("told")

    def register(self, python: str) -> None:
        """Type the interpreter into the sheet xlwings.conf (登记解释器)."""
        keys = {text: row for row, column, text in self.ask("sheets")[CONF] if column == 0}
        self.ask("type", CONF, keys["Interpreter_Win"], 1, python)

    def sheets(self) -> dict[str, dict[tuple[int, int], Any]]:
        """Return the cells of every sheet."""
        found = self.ask("sheets")
        return {name: {(row, col): v for row, col, v in rows} for name, rows in found.items()}

    @contextmanager
    def held(self, path: Path) -> Iterator[None]:
        """Have another program keep a file to itself."""
        self.ask("hold", self.windows.name(path))
        try:
            yield
        finally:
            self.ask("release", self.windows.name(path))

    def click(self, button: str, *, gone: bool = False, **environment: str) -> Click:
        """Click a button by the name of its macro, and wait until all is over.

        `gone` gives Python a window that is none: Excel was closed meanwhile.
        """
        self._clicks += 1
        written = self._folder / f"click{self._clicks}.vbs"
        macros = "\n".join((self._macros, *self._values(gone), button, ""))
        written.write_bytes(macros.replace("\n", "\r\n").encode("gbk"))
        begun = time.monotonic()
        done = self.windows.run(
            *("cscript", "//nologo", self.windows.name(written)),
            seconds=120,
            environment={**self.environment, **environment},
        )
        seconds = time.monotonic() - begun
        assert done.status == 0, done.why
        report = self._report()
        text = report.read_text("utf-16") if report.is_file() else ""
        line, _, status = text.partition("\n")
        told = self.ask("told")
        return Click(
            status=int(status) if status else None,
            line=line,
            log=self._log(line),
            boxes=tuple((title, said) for title, said in told["boxes"]),
            made=tuple(told["made"]),
            refused=tuple(told["refused"]),
            seconds=seconds,
        )

    def python(self, code: str) -> Done:
        """Run code of ASCII in the Windows Python."""
        return self.windows.run(PYTHON, "-c", code, environment=self.environment)

    def end(self) -> None:
        """Close the stand-in."""
        try:
            self.ask("end")
            self._process.communicate(timeout=20)
        except (AssertionError, subprocess.TimeoutExpired):
            self._process.kill()
            raise

    @cached_property
    def _macros(self) -> str:
        """Return click.vbs and the macros of the workbook that every case begins with."""
        macros = script(sources((ROOT / "workbook/evaluate.xlsm").read_bytes()))
        return _SURROUNDINGS.read_text(encoding="ascii") + macros

    def _values(self, gone: bool) -> Iterator[str]:
        """Yield what Excel knows when the button is clicked."""
        yield f"ThisWorkbook.Name = {_quoted(self._path.name)}"
        yield f"ThisWorkbook.FullName = {_quoted(self.windows.name(self._path))}"
        yield f"Application.Hwnd = {1 if gone else self.window}"
        yield f"Report = {_quoted(self.windows.name(self._report()))}"
        yield f"LogName = {_quoted(f'click-{self._clicks}')}"
        conf = self.sheets()[CONF]
        for (row, column), key in conf.items():
            if column == 0:
                value = str(conf.get((row, 1), ""))
                yield f"Conf.Add {_quoted(str(key).upper())}, {_quoted(value)}"

    def _report(self) -> Path:
        """Return where a click leaves its line and exit code."""
        return self._folder / f"click{self._clicks}.txt"

    def _log(self, line: str) -> bytes:
        found = _LOG.search(line)
        if not found:
            return b""
        log = self.windows.path(found[1])
        content = log.read_bytes()
        log.unlink()
        return content

    def _last_words(self) -> str:
        out, _ = self._process.communicate()
        return f"the stand-in is gone: {out.decode('gbk', errors='replace')}"


@contextmanager
def excel(windows: Machine) -> Iterator[Excel]:
    """Start the stand-in on a screen of its own; its cases lie on the machine it gives."""
    screen, display = server()
    try:
        with seat(windows) as own:
            one = Excel(own, own.folder("点 按"), display)
            try:
                yield one
            finally:
                one.end()
    finally:
        screen.terminate()
        screen.wait()


@contextmanager
def seat(windows: Machine) -> Iterator[Machine]:
    """Give a machine with the same C: drive, and a registry and a desktop of its own.

    A desktop of Wine is lit by whoever comes first, with a screen or without.
    """
    home = windows.home / f"seat-{os.getpid()}"
    shutil.rmtree(home, ignore_errors=True)
    prefix = home / "prefix"
    (prefix / "dosdevices").mkdir(parents=True)
    (prefix / "dosdevices/c:").symlink_to("../drive_c")
    (prefix / "dosdevices/z:").symlink_to("/")
    (prefix / "drive_c").symlink_to(windows.drive)
    for name in ("system.reg", "user.reg", "userdef.reg", ".update-timestamp"):
        shutil.copy2(windows.drive.parent / name, prefix)
    with (prefix / "user.reg").open("a", encoding="ascii") as registry:
        registry.write(_UNMANAGED)
    own = Machine(home)
    try:
        yield own
    finally:
        subprocess.run(["wineserver", "-k"], env=dict(own.environment), check=False)
        shutil.rmtree(home, ignore_errors=True)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
