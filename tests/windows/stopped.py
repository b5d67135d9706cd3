"""The clock stopped in a Python of its own (停住的时钟): copied as sitecustomize.py, found by site.

What tests stop by monkeypatch in their own process: the operator's day, and the moment and login
of the log.
"""

from __future__ import annotations

import sys
from datetime import date
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

TODAY = date(2023, 8, 1)
MOMENT = ("2023-08-01T09:00:00+08:00", "clerk")


def stop(module: ModuleType) -> None:
    """Stop the clock in one of our modules that asks it."""
    if module.__name__ == "xlpy.addin":
        module._today = lambda: TODAY  # type: ignore[attr-defined]
    else:
        moment = module.Stamp(*MOMENT)
        module.stamp = lambda: moment  # type: ignore[attr-defined]


class _Stopper:
    """Finds the two modules that ask the clock, and stops it once they are loaded."""

    @staticmethod
    def find_spec(name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name not in ("xlpy.addin", "xlpy.steps.log.journal"):
            return None
        spec = PathFinder.find_spec(name, path, target)
        assert spec
        assert spec.loader
        load = spec.loader.exec_module

        def loaded(module: ModuleType) -> None:
            load(module)
            stop(module)

        spec.loader.exec_module = loaded  # type: ignore[method-assign]
        return spec


if __name__ == "sitecustomize":
    sys.meta_path.insert(0, _Stopper())
