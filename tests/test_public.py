"""What of xlpy is public (公开的部分): it is there, it is typed, and it is all of it."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from importlib.metadata import requires, version
from importlib.resources import files

import pytest

import xlpy


@pytest.mark.parametrize("name", sorted(set(xlpy.__all__) - {"__version__"}))
def test_every_public_room_can_be_imported(name: str) -> None:
    assert import_module(f"xlpy.{name}").__doc__


@pytest.mark.parametrize("step", ["new", "check", "ballots", "evaluate", "export", "verify"])
def test_every_step_of_a_year_is_a_function_of_its_name(step: str) -> None:
    assert callable(getattr(import_module(f"xlpy.steps.{step}"), step))


def test_the_version_is_that_of_the_package() -> None:
    assert xlpy.__version__ == version("xlpy")


def test_the_package_is_typed_for_those_who_import_it() -> None:
    assert files("xlpy").joinpath("py.typed").is_file()


def test_importing_xlpy_imports_nothing_else() -> None:
    code = "import sys; before = set(sys.modules); import xlpy; print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["xlpy"]


def test_what_only_the_build_and_the_tests_need_is_no_runtime_dependency() -> None:
    runtime = [one for one in requires("xlpy") or () if "extra ==" not in one]
    assert not [
        one
        for one in runtime
        if one.lower().startswith(("pyopenvba", "scipy", "statsmodels", "pytest"))
    ]
