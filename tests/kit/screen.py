"""A screen nobody looks at (虚拟屏幕): Xvfb, a mouse, and an onlooker inside LibreOffice."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.kit.typist import office_program, uno_python

SIZE = "1500x950"
_OPENED = "opened.txt"
_SCRIPT = Path(__file__).with_name("onlooker.py")
_BROWSER = '#!/bin/sh\nprintf "%s\\n" "$1" >>"{opened}"\n'
_SHIM = '#!/bin/sh\nexec "{office}" "-env:UserInstallation={profile}" "--accept={pipe};urp;" "$@"\n'


class Screen:
    """A screen with a mouse; every program started with `environment` shows on it."""

    def __init__(self, folder: Path, environment: Mapping[str, str], pipe: str) -> None:
        """Know the screen's number and the pipe into the LibreOffice that comes."""
        self.environment = environment
        self._folder = folder
        self._pipe = pipe

    def click(self, x: int, y: int) -> None:
        """Move the mouse there and press its left button."""
        self._xdotool("mousemove", str(x), str(y), "click", "1")

    def follow(self, x: int, y: int) -> None:
        """Click a link: with Ctrl held, as LibreOffice wants it."""
        self._xdotool("mousemove", str(x), str(y), "keydown", "ctrl", "click", "1", "keyup", "ctrl")

    @property
    def opened(self) -> list[str]:
        """Return the addresses of all links that were clicked."""
        kept = self._folder / _OPENED
        return kept.read_text(encoding="utf-8").split("\n")[:-1] if kept.is_file() else []

    def onlooker(self) -> Onlooker:
        """Return somebody who sees LibreOffice from inside, once it is there."""
        return Onlooker(self._pipe)

    def picture(self, target: Path) -> None:
        """Keep what the screen shows as PNG."""
        dump = subprocess.run(
            ["import", "-window", "root", str(target)], env=self.environment, check=False
        )
        assert dump.returncode == 0, "ImageMagick's `import` is needed for pictures of the screen"

    def _xdotool(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self.environment, check=True, timeout=20)


class Onlooker:
    """Somebody inside LibreOffice (旁观者): sees the cells, types into them, finds the buttons.

    The connection is another than the product's.
    """

    def __init__(self, pipe: str) -> None:
        """Come in through the pipe."""
        self._script = subprocess.Popen(
            [str(uno_python()), str(_SCRIPT), pipe],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.ask("book")

    def ask(self, question: str, *words: object) -> Any:
        """Return the answer; AssertionError with LibreOffice's words when there is none."""
        assert self._script.stdin is not None
        assert self._script.stdout is not None
        self._script.stdin.write(json.dumps([question, *words]) + "\n")
        self._script.stdin.flush()
        answer = json.loads(self._script.stdout.readline() or '{"failed": "gone"}')
        assert "failed" not in answer, answer["failed"]
        return answer["answer"]

    def end(self) -> None:
        """End LibreOffice, and go; AssertionError where a box is still open and holds it."""
        answer, _ = self._script.communicate(json.dumps(["end"]) + "\n", timeout=20)
        failed = json.loads(answer or "{}").get("failed", "")
        assert not failed or "disposed" in failed.lower(), f"LibreOffice stays: {failed}"


@contextmanager
def lit(folder: Path) -> Iterator[Screen]:
    """Light a screen; LibreOffice gets a profile of its own and a second pipe in `folder`.

    The product starts a program called soffice: on the PATH of this environment that is a
    script which adds both. A link that is clicked is handed to xdg-open: that keeps the address.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pipe = f"pipe,name=onlooker-{uuid.uuid4().hex}"
    profile = (folder / "profile").as_uri()
    office = _SHIM.format(office=office_program(), profile=profile, pipe=pipe)
    browser = _BROWSER.format(opened=folder / _OPENED)
    for name, script in (("soffice", office), ("xdg-open", browser)):
        shim = folder / name
        shim.write_text(script, encoding="utf-8")
        shim.chmod(shim.stat().st_mode | stat.S_IXUSR)
    xvfb, number = server()
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    try:
        yield Screen(folder, {**os.environ, "DISPLAY": f":{number}", "PATH": path}, pipe)
    finally:
        xvfb.terminate()
        xvfb.wait()


def until(seen: Callable[[], Any], *, seconds: float = 60) -> Any:
    """Return what `seen` returns once that is true; AssertionError when it stays away."""
    end = time.monotonic() + seconds
    while not (found := seen()):
        assert time.monotonic() < end, f"not seen in {seconds} s"
        time.sleep(0.1)
    return found


def has_screen() -> bool:
    """Tell whether a screen and a mouse can be had here."""
    return bool(shutil.which("Xvfb") and shutil.which("xdotool"))


def server() -> tuple[subprocess.Popen[bytes], str]:
    """Start Xvfb; it chooses a free number itself."""
    reader, writer = os.pipe()
    xvfb = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{SIZE}x24", "-nolisten", "tcp"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(writer,),
    )
    os.close(writer)
    with os.fdopen(reader) as told:
        number = told.readline().strip()
    assert number, "Xvfb did not start"
    return xvfb, number
