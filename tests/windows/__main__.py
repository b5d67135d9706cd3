"""Prepare the Windows machine that tests/windows runs (准备 Windows 机器).

python -m tests.windows

Needs wine, wine64, the mingw-w64 compiler and the locale zh_CN.UTF-8; what is missing is said, and
the exit status is 2. A machine that was prepared from the same checkout is kept.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.windows.machine import MARK, PYTHON, ROOT, Machine, digest, is_ready, machine
from xlpy.bundle.package import build
from xlpy.bundle.parts import TAG, apart, python_files

_COMPILER: Final = "x86_64-w64-mingw32-gcc"
_HELPER: Final = Path(__file__).with_name("bcryptprimitives.c")
_TEST_LIBRARIES: Final = ("pytest", "pytest-xdist", "hypothesis")
_LOCALE: Final = "zh_CN.utf8"
TESTS: Final = r"C:\测试 库"
"""Where the test libraries lie, and our tests."""


def main() -> int:
    """Prepare the machine; 2 when something it needs is missing."""
    if lacking := tuple(_lacking()):
        print(f"Windows tests need: {'; '.join(lacking)}", file=sys.stderr)
        return 2
    one = machine()
    if is_ready(one):
        return 0
    mark, wanted = one.home / MARK, digest()
    one.home.mkdir(parents=True, exist_ok=True)
    mark.unlink(missing_ok=True)
    package, _ = build(one.home)
    _make_prefix(one)
    _put_python(one)
    _install(one)
    _put_tests(one)
    _unpack(one, package)
    mark.write_text(wanted, encoding="ascii")
    return 0


def _lacking() -> Iterator[str]:
    for program, where in {
        "wine": "wine wine64",
        "taskset": "util-linux",
        _COMPILER: "gcc-mingw-w64-x86-64-posix",
    }.items():
        if shutil.which(program) is None:
            yield f"{program} (apt-get install {where})"
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout
    if _LOCALE not in known.split():
        yield "the locale zh_CN.UTF-8 (apt-get install locales; locale-gen zh_CN.UTF-8)"


def _make_prefix(one: Machine) -> None:
    made = one.home / "prefix" / "made"
    if made.is_file():
        return
    shutil.rmtree(made.parent, ignore_errors=True)  # what died halfway is no machine
    made.parent.mkdir()
    assert one.run("wineboot", "-i", folder=one.home).status == 0
    version = ("HKCU\\Software\\Wine", "/v", "Version", "/d", "win10", "/f")
    assert one.run("reg", "add", *version, folder=one.home).status == 0
    # Asked at every look at a file, it takes a third of the time; drives are found without it.
    mounts = "HKLM\\System\\CurrentControlSet\\Services\\MountMgr"
    disabled = ("/v", "Start", "/t", "REG_DWORD", "/d", "4", "/f")
    assert one.run("reg", "add", mounts, *disabled, folder=one.home).status == 0
    _stop(one)
    library = one.drive / "windows/system32/bcryptprimitives.dll"
    compiled = ("-O2", "-shared", "-s", "-o", str(library), str(_HELPER), "-ladvapi32")
    subprocess.run([_COMPILER, *compiled], check=True)
    made.touch()


def _stop(one: Machine) -> None:
    """End all that runs on that machine: what it is told at its start holds from then on."""
    subprocess.run(["wineserver", "-k"], env=one.environment, check=False)
    subprocess.run(["wineserver", "-w"], env=one.environment, check=False)


def _put_python(one: Machine) -> None:
    """Lay Python out as its installer does: the library in Lib, no list of paths."""
    home = one.path(PYTHON).parent
    shutil.rmtree(home, ignore_errors=True)
    for name, content in python_files(one.home / "parts" / "python").items():
        if name.endswith("._pth"):
            continue
        if name == f"python{TAG}.zip":
            packed = home / name
            packed.parent.mkdir(parents=True, exist_ok=True)
            packed.write_bytes(content)
            with zipfile.ZipFile(packed) as library:
                library.extractall(home / "Lib")
            packed.unlink()
            continue
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (home / "Lib/site-packages").mkdir(exist_ok=True)


def _install(one: Machine) -> None:
    """Install xlpy from wheels by pip on that machine, offline, as an administrator would."""
    wheels = one.drive / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    wheels.mkdir()
    main, _ = apart((one.home / "parts" / "wheels").glob("*.whl"))
    for wheel in main:  # numpy aborts in Wine
        shutil.copy2(wheel, wheels)
    _pip("wheel", "--no-deps", "--wheel-dir", str(wheels), str(ROOT))
    _pip("download", "--no-deps", "--only-binary=:all:", "-d", str(wheels), "pip")
    (pip,) = wheels.glob("pip-*.whl")
    found = [one.name(wheel) for wheel in sorted(wheels.glob("*.whl")) if wheel != pip]
    done = one.run(PYTHON, f"{one.name(pip)}\\pip", "install", "--no-index", "--no-deps", *found)
    assert done.status == 0, done.why


def _put_tests(one: Machine) -> None:
    libraries = one.path(TESTS)
    shutil.rmtree(libraries, ignore_errors=True)
    _pip(
        *("install", "--only-binary=:all:", "--platform", "win_amd64", "--implementation", "cp"),
        *("--python-version", "3.11", "--no-compile", "-c", str(ROOT / "constraints.txt")),
        *("--target", str(libraries), *_TEST_LIBRARIES),
    )
    for top in ("tests", "templates", "workbook", "docs"):
        shutil.copytree(
            ROOT / top, libraries / top, ignore=shutil.ignore_patterns("__pycache__", "*.png")
        )
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "constraints.txt"):
        shutil.copy2(ROOT / name, libraries)


def _unpack(one: Machine, package: Path) -> None:
    r"""Unpack the package on a path with Chinese and blanks: C:\便携 包."""
    shutil.rmtree(one.drive / "便携 包", ignore_errors=True)
    with zipfile.ZipFile(package) as packed:
        packed.extractall(one.drive / "便携 包")


def _pip(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", *words, "--quiet"], check=True)


if __name__ == "__main__":
    sys.exit(main())
