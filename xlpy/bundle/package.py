"""The package as a whole (便携包): what lies where in it, and the zip."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from xlpy import __version__
from xlpy.bundle import starters
from xlpy.bundle.licences import licences, texts
from xlpy.bundle.pages import pages
from xlpy.bundle.parts import TAG, apart, library_files, own_files, python_files, wheels
from xlpy.errors import CaseError
from xlpy.policy.editions.load import DEFAULT, rulebook_of, source_named
from xlpy.steps.case import WORKBOOK

TOP: Final = "xlpy"
"""The one folder of the zip."""
SUMS: Final = "SHA256SUMS"
FORMS, ADDIN, TOLD, LICENCES = "空白表", "加载项", "说明", "许可"
MEETING: Final = "会议材料"
"""What the second zip is for, and its name ends in."""

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_MODE: Final = 0o644 << 16
_PATHS: Final = f"python{TAG}.zip\r\n.\r\nLib\\site-packages\r\nimport site\r\n"
_SITE: Final = "python/Lib/site-packages"


def build(folder: Path, root: Path | None = None) -> tuple[Path, Path]:
    """Write both zips into `folder` and return their paths: the package, and 会议材料.

    The second one is unpacked over the first: it brings the statistics the report asks for.

    `root` is the checkout, this one by default. Raises CaseError outside a checkout, or when
    pip cannot fetch what is needed.
    """
    root = root or Path(__file__).parents[2]
    if not (root / "requirements.lock").is_file():
        raise CaseError(f"“{root}”不是本程序的源代码文件夹，便携包只能在那里生成。")
    path = folder / f"xlpy-{__version__}-windows.zip"
    second = path.with_name(f"{path.stem}-{MEETING}.zip")
    found = wheels(root, folder / "parts" / "wheels")
    main, statistics = apart(found)
    folder.mkdir(parents=True, exist_ok=True)
    pack(laid_out(root, folder / "parts", main), path)
    pack(laid_over(root, statistics), second)
    return path, second


def laid_out(root: Path, parts: Path, found: Iterable[Path]) -> Mapping[str, bytes]:
    """Return every file of the package by its path in it; what was fetched stays in `parts`.

    `found` are the wheels of its libraries.
    """
    python = dict(python_files(parts / "python"))
    python[f"python{TAG}._pth"] = _PATHS.encode("ascii")
    libraries = {**library_files(found), **own_files(root)}
    files = {
        **{f"python/{name}": content for name, content in python.items()},
        **{f"{_SITE}/{name}": content for name, content in libraries.items()},
        **{f"{FORMS}/{path.name}": path.read_bytes() for path in _blanks(root)},
        f"{ADDIN}/xlpy.xlam": (root / "workbook/xlpy.xlam").read_bytes(),
        **{f"{TOLD}/{name}": content for name, content in pages(root).items()},
        **{f"{LICENCES}/{name}": text for name, text in licences(root, python, libraries)},
        **starters.files(),
    }
    return {**files, SUMS: sums(files).encode()}


def laid_over(root: Path, found: Iterable[Path]) -> Mapping[str, bytes]:
    """Return every file of the second package by its path: libraries and their licences."""
    libraries = library_files(found)
    files = {
        **{f"{_SITE}/{name}": content for name, content in libraries.items()},
        **{f"{LICENCES}/{name}": text for name, text in texts(root, libraries)},
    }
    return {**files, f"{SUMS}-{MEETING}": sums(files).encode()}


def _blanks(root: Path) -> Iterator[Path]:
    """Yield the blank forms and the workbook of the program's own edition; CaseError without."""
    forms = rulebook_of(source_named(DEFAULT)).forms
    for name in (forms.filing.file, forms.ballot.file, WORKBOOK):
        path = root / ("workbook" if name == WORKBOOK else "templates") / name
        if not path.is_file():
            raise CaseError(f"缺少“{path}”，请先运行 xlpy build，再生成一次。")
        yield path


def sums(files: Mapping[str, bytes]) -> str:
    """Return the list of digests, as `sha256sum -c` reads it."""
    return "".join(f"{hashlib.sha256(files[n]).hexdigest()}  {n}\n" for n in sorted(files))


def pack(files: Mapping[str, bytes], path: Path) -> None:
    """Write the files as a zip whose bytes depend on nothing else but the zlib that packs them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for name in sorted(files):
            info = zipfile.ZipInfo(f"{TOP}/{name}", _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = _MODE
            info.create_system = 3
            made.writestr(info, files[name])
