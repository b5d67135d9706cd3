"""The package as a whole (便携包): what lies where in it, and the zip."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from xlpy import __version__
from xlpy.bundle import starters
from xlpy.bundle.licences import licences
from xlpy.bundle.pages import pages
from xlpy.bundle.parts import TAG, library_files, own_files, python_files, wheels
from xlpy.errors import CaseError
from xlpy.policy.editions.load import DEFAULT, rulebook_of, source_named
from xlpy.steps.case import WORKBOOK

TOP: Final = "xlpy"
"""The one folder of the zip."""
SUMS: Final = "SHA256SUMS"
FORMS, ADDIN, TOLD, LICENCES = "空白表", "加载项", "说明", "许可"

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_MODE: Final = 0o644 << 16
_PATHS: Final = f"python{TAG}.zip\r\n.\r\nLib\\site-packages\r\nimport site\r\n"
_SITE: Final = "python/Lib/site-packages"


def build(folder: Path, root: Path | None = None) -> Path:
    """Write the zip into `folder` and return its path.

    `root` is the checkout, this one by default. Raises CaseError outside a checkout, or when
    pip cannot fetch what is needed.
    """
    root = root or Path(__file__).parents[2]
    if not (root / "requirements.lock").is_file():
        raise CaseError(f"“{root}”不是本程序的源代码文件夹，便携包只能在那里生成。")
    path = folder / f"xlpy-{__version__}-windows.zip"
    files = laid_out(root, folder / "parts")
    folder.mkdir(parents=True, exist_ok=True)
    pack(files, path)
    return path


def laid_out(root: Path, parts: Path) -> Mapping[str, bytes]:
    """Return every file of the package by its path in it; what was fetched stays in `parts`."""
    python = dict(python_files(parts / "python"))
    python[f"python{TAG}._pth"] = _PATHS.encode("ascii")
    libraries = {**library_files(wheels(root, parts / "wheels")), **own_files(root)}
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
