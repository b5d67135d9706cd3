"""CONTRIBUTING.md names files that exist, and the checks that run."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
HOOKS = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
BIN = ".venv/bin/"
CHECKS = re.findall(
    rf"^{BIN}(.+)$", CI.partition('step "Style')[2].partition("step ")[0], re.MULTILINE
)


def test_every_file_named_exists():
    named = {one for one in re.findall(r"`([\w./-]+/[\w./-]*)`", PAGE) if not one.startswith(BIN)}
    assert len(named) > 20
    assert sorted(one for one in named if not (ROOT / one).exists()) == []


def test_every_linked_page_exists():
    assert [one for one in re.findall(r"\]\(([^)]+)\)", PAGE) if not (ROOT / one).exists()] == []


def test_the_test_shown_exists():
    path, name = re.findall(r"-n 0 (\S+\.py) -k \"(\w+)\"", PAGE)[0]
    assert re.search(rf"^def test_\w*{name}", (ROOT / path).read_text("utf-8"), re.MULTILINE)


def test_every_check_of_ci_is_on_the_page_and_is_a_hook():
    assert len(CHECKS) == 5
    assert [one for one in CHECKS if f"\n{BIN}{one}\n" not in PAGE] == []
    assert [one for one in CHECKS if f"entry: {one}\n" not in HOOKS] == []


def test_the_hooks_fetch_nothing():
    """They run what .venv holds: no repository, no registry, no address."""
    assert re.findall(r"repo: (\S+)", HOOKS) == ["local"]
    assert set(re.findall(r"language: (\S+)", HOOKS)) == {"system"}
    assert "://" not in HOOKS
