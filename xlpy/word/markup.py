"""Elements of a document (标记): made by name, their texts set as texts, never parsed."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

Element = Any
"""An element of the document: lxml has no types."""


def made(tag: str, **attributes: str | int) -> Element:
    """Return an element of the namespace w (or that of its prefix) with attributes of w.

    >>> made("spacing", line=579).tag.rpartition("}")[2]
    'spacing'
    """
    element: Element = OxmlElement(tag if ":" in tag else f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element


def under(parent: Element, tag: str, **attributes: str | int) -> Element:
    """Add such an element to `parent` and return it."""
    element = made(tag, **attributes)
    parent.append(element)
    return element


def paragraph(
    parent: Element,
    style: str,
    text: str,
    *,
    size: int = 0,
    leads: bool = False,
    line: int = 0,
    before: int = 0,
    after: int = 0,
) -> Element:
    """Add a paragraph of a style: its text in one run, line ends as breaks; return it.

    `size` in half points, the distance of lines and what is before and after it, in twips,
    replace those of the style where given; one that `leads` stays on the page of the next.
    """
    element = under(parent, "p")
    properties = under(element, "pPr")
    under(properties, "pStyle", val=style)
    if leads:
        under(properties, "keepNext")
    given = {"before": before, "after": after, "line": line}
    spacing: dict[str, str | int] = {name: one for name, one in given.items() if one}
    if spacing:
        under(properties, "spacing", **spacing, **({"lineRule": "exact"} if line else {}))
    if text:
        run(element, text, size=size)
    return element


def run(parent: Element, text: str, *, size: int = 0) -> None:
    """Add a text to a paragraph: a run whose line ends are breaks."""
    element = under(parent, "r")
    if size:
        properties = under(element, "rPr")
        under(properties, "sz", val=size)
        under(properties, "szCs", val=size)
    for number, line in enumerate(text.split("\n")):
        if number:
            under(element, "br")
        if line:
            written = under(element, "t")
            written.text = line
            written.set(qn("xml:space"), "preserve")


def field(parent: Element, instruction: str) -> None:
    """Add a field of ours (域), such as the number of the page."""
    element = under(parent, "fldSimple", instr=instruction)
    run(element, "1")
