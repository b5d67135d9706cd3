"""The styles of a document (式样表) and its table of fonts (字体表), in place of the library's."""

from __future__ import annotations

from docx.oxml.ns import nsdecls, qn

from xlpy.word.looks import (
    ALSO,
    BODY,
    LATIN,
    OTHERS,
    SIZE,
    STYLES,
    Style,
)
from xlpy.word.markup import Element, made, under

_CHINESE = "86"  # the set of characters, in hexadecimal
_ROMAN = (LATIN,)
_CHARACTER = 20  # twips in a point


def fill_styles(root: Element) -> None:
    """Replace all styles of the document by ours."""
    for child in list(root):
        root.remove(child)
    _defaults(under(root, "docDefaults"))
    _normal(root)
    _table(root)
    for style in (*STYLES.values(), *OTHERS):
        root.append(_style(style))


def fonts_part() -> bytes:
    """Return the table of fonts: what each is called elsewhere, for who does not have it."""
    lines = []
    for name, also in ALSO.items():
        charset, family = ("00", "roman") if name in _ROMAN else (_CHINESE, "auto")
        lines.append(
            f'<w:font w:name="{name}"><w:altName w:val="{also}"/><w:charset w:val="{charset}"/>'
            f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<w:fonts {nsdecls('w')}>{''.join(lines)}</w:fonts>".encode()


def _defaults(root: Element) -> None:
    runs = under(under(root, "rPrDefault"), "rPr")
    _font(runs, BODY)
    under(runs, "kern", val=0)
    under(runs, "sz", val=SIZE)
    under(runs, "szCs", val=SIZE)
    under(runs, "lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    under(root, "pPrDefault")


def _normal(root: Element) -> None:
    normal = under(root, "style", type="paragraph", default=1, styleId="Normal")
    under(normal, "name", val="Normal")
    under(normal, "qFormat")


def _table(root: Element) -> None:
    """The table all others come from."""
    table = under(root, "style", type="table", default=1, styleId="TableNormal")
    under(table, "name", val="Normal Table")
    under(table, "uiPriority", val=99)
    under(table, "semiHidden")
    properties = under(table, "tblPr")
    under(properties, "tblInd", w=0, type="dxa")


def _style(style: Style) -> Element:
    element = made("style", type="paragraph", styleId=style.id)
    if not style.name.isascii():
        element.set(qn("w:customStyle"), "1")
    under(element, "name", val=style.name)
    under(element, "basedOn", val="Normal")
    under(element, "qFormat")
    paragraphs = under(element, "pPr")
    if style.leads:
        under(paragraphs, "keepNext")
        under(paragraphs, "keepLines")
    under(paragraphs, "widowControl")
    under(paragraphs, "snapToGrid", val=0)
    under(
        paragraphs,
        "spacing",
        before=style.before,
        after=style.after,
        line=style.line,
        lineRule="exact",
    )
    if style.indent or style.left:
        paragraphs.append(_indent(style))
    under(paragraphs, "jc", val=style.justified)
    if style.level:
        under(paragraphs, "outlineLvl", val=style.level - 1)
    runs = under(element, "rPr")
    _font(runs, style.font)
    under(runs, "sz", val=style.size)
    under(runs, "szCs", val=style.size)
    return element


def _indent(style: Style) -> Element:
    """Return an indent in characters; the twips beside are for who does not count them."""
    character = style.size * _CHARACTER // 2
    if style.hanging:
        return made(
            "ind",
            leftChars=100 * (style.left + style.hanging),
            left=character * (style.left + style.hanging),
            hangingChars=100 * style.hanging,
            hanging=character * style.hanging,
        )
    return made("ind", firstLineChars=100 * style.indent, firstLine=character * style.indent)


def _font(runs: Element, name: str) -> None:
    under(runs, "rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=name, cs=LATIN)
