"""Versions of libraries (所用库的版本), on which the bytes of what is written depend."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version

import pytest

from xlpy.steps import evaluate


def test_they_are_those_that_the_libraries_tell_of_themselves() -> None:
    told = evaluate.versions.__wrapped__()

    assert {name: one for name, one in told.items() if name != "xlpy"} == {
        name: version(name)
        for name in ("python-calamine", "XlsxWriter", "openpyxl", "python-stdnum", "cn2an")
    }


def test_a_library_without_its_folder_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])

    with pytest.raises(PackageNotFoundError):
        evaluate.versions.__wrapped__()
