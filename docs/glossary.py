"""The glossary (术语表): drawn again from the docstrings of the rooms that hold the rule.

    python -m docs.glossary

A term stands where its thing is defined: the docstring of a class names it in its first line,
the English with the Chinese beside it in brackets, and names an attribute as `quota` (等次比例).
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xlpy.excel.files.atomic import write_files

GLOSSARY = Path(__file__).parent / "glossary.md"

_HOUSE = Path(__file__).parents[1] / "xlpy"
_ROOMS = ("model", "policy", "judge", "steps/case.py")
_MACHINERY = (
    *("model/grid.py", "model/once.py", "model/survey.py"),
    *("model/sheets/", "model/letter/", "model/look/"),
    *("policy/frozen.py", "policy/strict.py", "policy/table.py"),
)
"""Cells, sheets, paragraphs, rows of a survey: words of programs and of Python, not of the rule."""

_CHINESE = r"\(([一-鿿][一-鿿、]*)\)"
_TERM = re.compile(_CHINESE)
_ATTRIBUTE = re.compile(rf"`([a-z_]+)` {_CHINESE}")
_WORD = re.compile("[A-Z][a-z]+")
_HEAD = """# Glossary

Every word of the rule and its one name in the code. Drawn from the docstrings by
`python -m docs.glossary`: a term is changed where it lives.

| 中文 | English | where it lives |
|---|---|---|
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of the rule (术语): its name in the code, and the dotted place below `xlpy`."""

    chinese: str
    english: str
    home: str


def main() -> int:
    """Write the glossary."""
    write_files({GLOSSARY: page().encode("utf-8")})
    return 0


def page() -> str:
    """Return the glossary as it is now, by English name."""
    rows = (f"| {one.chinese} | {one.english} | `{one.home}` |" for one in sorted_terms())
    return _HEAD + "".join(f"{row}\n" for row in rows)


def sorted_terms() -> list[Term]:
    """Return every term by English name; a class whose docstring names none is left out."""
    found = (term for name, doc in public_classes() for term in terms_of(name, doc))
    return sorted(found, key=lambda one: (one.english, one.home))


def terms_of(home: str, doc: str) -> Iterator[Term]:
    """Yield the term of a class and those of its attributes.

    >>> [one.english for one in terms_of("a.RosterRow", "A row (名单行) of `places` (名额).")]
    ['roster row', 'places']
    """
    own = _TERM.search(doc.partition("\n")[0])
    if own:
        words = _WORD.findall(home.rpartition(".")[2])
        yield Term(chinese=own[1], english=" ".join(words).lower(), home=home)
    for name, chinese in _ATTRIBUTE.findall(" ".join(doc.split())):
        yield Term(chinese=chinese, english=name.replace("_", " "), home=f"{home}.{name}")


def public_classes() -> Iterator[tuple[str, str]]:
    """Yield (dotted place, docstring) of every class that may have a term; errors have none."""
    for module, path in _modules():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and _may_have_a_term(node.name):
                yield f"{module}.{node.name}", ast.get_docstring(node) or ""


def _may_have_a_term(name: str) -> bool:
    return not name.startswith("_") and not name.endswith("Error")


def _modules() -> Iterator[tuple[str, Path]]:
    for room in _ROOMS:
        at = _HOUSE / room
        for path in sorted(at.rglob("*.py")) if at.is_dir() else [at]:
            name = path.relative_to(_HOUSE).as_posix()
            if not name.startswith(_MACHINERY):
                yield name.removesuffix(".py").replace("/", "."), path


if __name__ == "__main__":
    sys.exit(main())
