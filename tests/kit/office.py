"""LibreOffice as a second calculator (另一个表格程序): opens a workbook, calculates, saves."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.kit.stripped import stripped

_SECONDS = 240
_FILTERS = {"xlam": "Calc MS Excel 2007 VBA XML"}
"""LibreOffice does not know an add-in (.xlam) by its type, and opens it with this filter."""


def recalculated(content: bytes, suffix: str = "xlsx") -> bytes:
    """Return a workbook of ours as LibreOffice calculates and saves it, from no stored result.

    Raises AssertionError with what is missing when LibreOffice cannot do it.
    """
    return _converted(stripped(content), suffix, "xlsx")


def printed(content: bytes, suffix: str = "xlsx") -> bytes:
    """Return the workbook as a PDF."""
    return _converted(content, suffix, "pdf")


def _converted(content: bytes, suffix: str, wanted: str) -> bytes:
    soffice = shutil.which("soffice")
    assert soffice, "soffice is not on the PATH: install LibreOffice (libreoffice-calc)"
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        source = place / f"book.{suffix}"
        source.write_bytes(content)
        command = [
            soffice,
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            "--headless",
            *([f"--infilter={_FILTERS[suffix]}"] if suffix in _FILTERS else []),
            "--convert-to",
            wanted,
            "--outdir",
            str(place / "out"),
            str(source),
        ]
        run = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        result = place / "out" / f"book.{wanted}"
        assert result.exists(), f"LibreOffice wrote nothing: {run.stderr.decode(errors='replace')}"
        return result.read_bytes()
