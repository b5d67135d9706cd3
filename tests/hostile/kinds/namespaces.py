"""A2: elements and attributes of another namespace (别的命名空间), which are not ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.hostile import honest
from tests.hostile.case import Case, Outcome, doubted, same, unharmed
from tests.hostile.honest import INCOME, LOAN, NAME, PROFILE, SCORE
from tests.hostile.kinds.changes import Change, on_row
from tests.kit.taken_apart import LINKS, MAIN, ROOT, STRINGS, STYLES, TYPES, WORKBOOK, TakenApart

_FOREIGN = 'xmlns:y="urn:example:y"'
_IGNORED = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    f'{_FOREIGN} mc:Ignorable="y"'
)


def cases() -> Iterator[Case]:
    """Yield foreign elements in every part, and foreign attributes on ours."""
    for name, change, outcome in (*_in_workbook(), *_in_sheets(), *_in_others(), *_attributes()):
        yield Case(item="A2", name=name, make=_made(change), outcome=outcome)
    for name, change, outcome in _in_ballot():
        yield Case(
            item="A2",
            name=f"评分表 {name}",
            make=_made(change, honest.ballot),
            outcome=outcome,
            target="ballot",
        )


def _made(
    change: Change, base: Callable[[], TakenApart] = honest.filing
) -> Callable[[], TakenApart]:
    def make() -> TakenApart:
        parts = base()
        change(parts)
        return parts

    return make


def _swap(part: str, old: str, new: str) -> Change:
    return lambda parts: parts.change(part, old, new)


def _root(part: str, tag: str, new: str, more: Change | None = None) -> Change:
    """Declare the foreign namespace on the root and add `new` right after it."""

    def change(parts: TakenApart) -> None:
        def turned(body: bytes) -> bytes:
            at = body.index(f"<{tag}".encode())
            end = body.index(b">", at)
            said = _IGNORED.encode()
            return body[:end] + b" " + said + body[end:][:1] + new.encode() + body[end + 1 :]

        parts.turn(part, turned)
        if more:
            more(parts)

    return change


def _in_workbook() -> Iterator[tuple[str, Change, Outcome]]:
    for spelling in ("1", "true"):
        yield (
            f"外来 workbookPr date1904={spelling}",
            _root(WORKBOOK, "workbook", f'<y:workbookPr date1904="{spelling}"/>'),
            unharmed(),
        )
    yield (
        "外来 workbookPr 就地声明",
        _swap(WORKBOOK, "<bookViews>", '<workbookPr xmlns="urn:y" date1904="1"/><bookViews>'),
        unharmed(),
    )
    yield (
        "外来属性 date1904",
        _root(
            WORKBOOK,
            "workbook",
            "",
            _swap(WORKBOOK, "<workbookPr ", '<workbookPr y:date1904="1" '),
        ),
        same(),
    )
    yield (
        "外来的 sheet",
        _root(WORKBOOK, "workbook", '<y:sheets><y:sheet name="附件1" sheetId="91"/></y:sheets>'),
        unharmed(),
    )
    yield (
        "外来的 sheet 在 sheets 里",
        _root(
            WORKBOOK,
            "workbook",
            "",
            _swap(WORKBOOK, "<sheets>", '<sheets><y:sheet name="附件9" sheetId="91" r:id="rId2"/>'),
        ),
        unharmed(),
    )
    yield (
        "sheet 换成外来的",
        _root(
            WORKBOOK,
            "workbook",
            "",
            _swap(WORKBOOK, '<sheet name="附件3"', '<y:sheet name="附件3"'),
        ),
        doubted(),
    )
    yield (
        "外来的 r:id",
        _root(
            WORKBOOK,
            "workbook",
            "",
            _swap(WORKBOOK, '<sheet name="附件1" ', '<sheet name="附件1" y:id="rId9" '),
        ),
        unharmed(),
    )
    yield (
        "外来命名空间里的关系 id",
        _swap(
            WORKBOOK,
            '<sheet name="附件1" ',
            '<sheet name="附件1" xmlns:z="urn:z/relationships" z:id="rId3" ',
        ),
        unharmed(),
    )
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    yield (
        "Excel 写的 AlternateContent",
        _swap(
            WORKBOOK,
            "<bookViews>",
            f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="x15" '
            'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main">'
            '<x15ac:absPath xmlns:x15ac="urn:x15ac" url="C:\\"/></mc:Choice></mc:AlternateContent>'
            "<bookViews>",
        ),
        same(),
    )
    yield (
        "AlternateContent 里的 workbookPr date1904",
        _swap(
            WORKBOOK,
            "<bookViews>",
            f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="y" {_FOREIGN}>'
            '<workbookPr date1904="1"/></mc:Choice></mc:AlternateContent><bookViews>',
        ),
        unharmed(),
    )


def _in_sheets() -> Iterator[tuple[str, Change, Outcome]]:
    def cell(turned: Callable[[str], str], spot: tuple[str, str] = INCOME) -> Change:
        def change(parts: TakenApart) -> None:
            old = parts.cell(*spot).decode()
            parts.change(parts.sheet(spot[0]), old, turned(old))

        return change

    for name, turn, outcome in (
        ("包住单元格", lambda c: f'<wrap xmlns="urn:y">{c}</wrap>', doubted(INCOME)),
        ("包住单元格，带前缀", lambda c: f"<y:wrap {_FOREIGN}>{c}</y:wrap>", doubted(INCOME)),
        ("换掉默认命名空间", lambda c: c.replace("<c ", '<c xmlns="urn:y" ', 1), doubted(INCOME)),
        ("单元格带外来前缀", lambda c: _prefixed(c, "c"), doubted(INCOME)),
        ("值带外来前缀", lambda c: _prefixed(c, "v"), doubted(INCOME)),
        ("旁边有外来单元格", lambda c: c + _prefixed(c, "c").replace("436.25", "9"), unharmed()),
        (
            "里面有外来的 v",
            lambda c: c.replace("<v>", f"<y:v {_FOREIGN}>9</y:v><v>"),
            unharmed(),
        ),
        (
            "值里有外来元素",
            lambda c: c.replace("<v>", f"<v><y:b {_FOREIGN}>1</y:b>"),
            doubted(INCOME),
        ),
        ("外来的 f", lambda c: c.replace("<v>", f"<y:f {_FOREIGN}>NOW()</y:f><v>"), unharmed()),
        ("单元格里的 extLst", lambda c: c.replace("</c>", "<extLst/></c>"), same()),
        (
            "AlternateContent 两种值",
            lambda c: (
                '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
                'markup-compatibility/2006"><mc:Choice Requires="y" '
                f"{_FOREIGN}>{c}</mc:Choice><mc:Fallback>{c.replace('436.25', '9')}</mc:Fallback>"
                "</mc:AlternateContent>"
            ),
            doubted(INCOME),
        ),
    ):
        yield f"工作表 {name}", cell(turn), outcome
    yield "台账融资额包在外来元素里", cell(lambda c: f"<y:w {_FOREIGN}>{c}</y:w>", LOAN), doubted()
    for spelling in ("y:c", "y:row"):
        tag = spelling.partition(":")[2]
        yield (
            f"{tag} 之后一份外来的",
            on_row(lambda row, tag=tag: row + row.replace(f"<{tag}", f"<y:{tag} {_FOREIGN}")
                 .replace(f"</{tag}>", f"</y:{tag}>")),
            unharmed(),
        )  # fmt: skip
    yield "行包在外来元素里", on_row(lambda row: f"<y:g {_FOREIGN}>{row}</y:g>"), doubted()
    yield (
        "行的默认命名空间换掉",
        on_row(lambda r: r.replace("<row ", '<row xmlns="urn:y" ', 1)),
        doubted(),
    )
    for name, old, new, outcome in (
        (
            "外来的 sheetData 在前",
            "<sheetData>",
            f'<y:sheetData {_FOREIGN}><row r="23"><c r="C23"><v>9</v></c></row></y:sheetData>'
            "<sheetData>",
            doubted(),
        ),
        (
            "外来的 sheetData 在后",
            "</sheetData>",
            f'</sheetData><y:sheetData {_FOREIGN}><row r="23"><c r="C23"><v>9</v></c></row>'
            "</y:sheetData>",
            doubted(),
        ),
        (
            "外来的 mergeCell",
            "</sheetData>",
            f'</sheetData><y:mergeCells {_FOREIGN}><y:mergeCell ref="B23:C23"/></y:mergeCells>',
            unharmed(),
        ),
        (
            "扩展里的公式和区域",
            "</worksheet>",
            '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" xmlns:x14="http://'
            'schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings>'
            '<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/'
            'main"><x14:cfRule type="expression" id="{1}"><xm:f>C23&gt;1</xm:f></x14:cfRule>'
            "<xm:sqref>C23</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings>"
            "</ext></extLst></worksheet>",
            same(),
        ),
        (
            "扩展里叫 mergeCell 的外来元素",
            "</worksheet>",
            f'<extLst><ext uri="y"><y:mergeCell {_FOREIGN} ref="B23:C23"/></ext></extLst>'
            "</worksheet>",
            same(),
        ),
    ):
        yield f"工作表 {name}", _on_sheet(PROFILE, old, new), outcome


def _in_others() -> Iterator[tuple[str, Change, Outcome]]:
    name = honest.text_of(NAME)
    for what, old, new in (
        ("t 在前", f"<si><t>{name}", f"<si><y:t {_FOREIGN}>别的</y:t><t>{name}"),
        ("t 在后", f"<t>{name}</t>", f"<t>{name}</t><y:t {_FOREIGN}>别的</y:t>"),
        ("r 在前", f"<si><t>{name}", f"<si><y:r {_FOREIGN}><t>别的</t></y:r><t>{name}"),
        ("si 在前", "<si><t>", f"<y:si {_FOREIGN}><y:t>别的</y:t></y:si><si><t>"),
    ):
        yield f"共享字符串里外来的 {what}", _swap(STRINGS, old, new), unharmed()
    yield (
        "共享字符串换掉默认命名空间",
        _swap(STRINGS, f"<si><t>{name}", f'<si xmlns="urn:y"><t>{name}'),
        doubted(),
    )
    for what, change, outcome in (
        (
            "样式里外来的 xf 在前",
            _swap(STYLES, "<cellXfs", f'<y:cellXfs {_FOREIGN}><xf numFmtId="9"/></y:cellXfs><cellXfs'),
            unharmed(),
        ),
        (
            "样式组里外来的 xf",
            _swap(STYLES, "</cellXfs>", f'<y:xf {_FOREIGN} numFmtId="9"/></cellXfs>'),
            unharmed(),
        ),
        (
            "样式组最前面外来的 xf",
            _first_xf(f'<y:xf {_FOREIGN} numFmtId="9"/>'),
            unharmed(),
        ),
        ("外来的 numFmt", _numfmt('<y:numFmt {} numFmtId="{}" formatCode="0"/>'), doubted(INCOME)),
        ("外来的 numFmt 在前", _numfmt('<y:numFmt {} numFmtId="{}" formatCode="0"/>', first=True), doubted(INCOME)),
    ):  # fmt: skip
        yield what, change, outcome
    relation = (
        f'<y:Relationship {_FOREIGN} Id="rId2" Target="worksheets/sheet3.xml" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>'
    )
    yield (
        "外来的 Relationship",
        _swap(LINKS, "</Relationships>", f"{relation}</Relationships>"),
        unharmed(),
    )
    yield (
        "外来的主部件关系",
        _swap(
            ROOT,
            "</Relationships>",
            f'<y:Relationship {_FOREIGN} Id="z" Target="xl/other/workbook.xml" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            'officeDocument"/></Relationships>',
        ),
        unharmed(),
    )
    yield (
        "目录里外来的 Override",
        _swap(TYPES, "</Types>", f'<y:Override {_FOREIGN} PartName="/xl/workbook.xml"/></Types>'),
        unharmed(),
    )
    yield (
        "关系类型只是像",
        _swap(
            LINKS,
            "</Relationships>",
            '<Relationship Id="z9" Type="urn:evil/sharedStrings" Target="other.xml"/>'
            "</Relationships>",
        ),
        unharmed(),
    )
    yield "主命名空间换成别的", _everywhere(PROFILE, MAIN, "urn:example:main"), doubted()


def _attributes() -> Iterator[tuple[str, Change, Outcome]]:
    for what, new in (
        ("r", 'y:r="D23" '),
        ("t", 'y:t="s" '),
        ("s", 'y:s="1" '),
        ("r 在 c 后", 'y:r="A1" '),
    ):

        def change(parts: TakenApart, new: str = new) -> None:
            old = parts.cell(*INCOME)
            said = old.replace(b"<c ", f"<c {_FOREIGN} {new}".encode(), 1)
            parts.change(parts.sheet(PROFILE), old, said)

        yield f"外来属性 {what}", change, unharmed()
    for what, old, new in (
        ("行的外来属性", '<row r="23"', f'<row {_FOREIGN} y:r="99" r="23"'),
        (
            "dyDescent",
            '<row r="23"',
            '<row r="23" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
            'x14ac:dyDescent="0.15"',
        ),
        (
            "xr:uid",
            "<worksheet ",
            '<worksheet xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" '
            'xr:uid="{00000000-0001-0000-0100-000000000000}" ',
        ),
        ("xml:lang", "<worksheet ", '<worksheet xml:lang="zh-CN" '),
    ):
        yield what, _on_sheet(PROFILE, old, new), same()
    yield (
        "xf 的外来格式号",
        _swap(STYLES, "<cellXfs", f"<cellXfs {_FOREIGN} y:count='1'"),
        same(),
    )


def _in_ballot() -> Iterator[tuple[str, Change, Outcome]]:
    def wrapped(parts: TakenApart) -> None:
        old = parts.cell(*SCORE).decode()
        parts.change(parts.sheet(SCORE[0]), old, f"<y:w {_FOREIGN}>{old}</y:w>")

    def foreign(parts: TakenApart) -> None:
        old = parts.cell(*SCORE).decode()
        parts.change(parts.sheet(SCORE[0]), old, _prefixed(old, "c"))

    yield "分数包在外来元素里", wrapped, doubted()
    yield "分数带外来前缀", foreign, doubted()
    yield (
        "外来 workbookPr",
        _root(WORKBOOK, "workbook", '<y:workbookPr date1904="1"/>'),
        unharmed(),
    )


def _prefixed(cell: str, tag: str) -> str:
    said = cell.replace(f"</{tag}>", f"</y:{tag}>")
    return said.replace(f"<{tag} ", f"<y:{tag} {_FOREIGN} ").replace(
        f"<{tag}>", f"<y:{tag} {_FOREIGN}>"
    )


def _on_sheet(sheet: str, old: str, new: str) -> Change:
    return lambda parts: parts.change(parts.sheet(sheet), old, new)


def _everywhere(sheet: str, old: str, new: str) -> Change:
    return lambda parts: parts.change(parts.sheet(sheet), f'xmlns="{old}"', f'xmlns="{new}"')


def _first_xf(new: str) -> Change:
    def change(parts: TakenApart) -> None:
        start = parts.parts[STYLES].index(b"<cellXfs")
        end = parts.parts[STYLES].index(b">", start) + 1
        body = parts.parts[STYLES]
        parts.parts[STYLES] = body[:end] + new.encode() + body[end:]

    return change


def _numfmt(new: str, *, first: bool = False) -> Change:
    """Put a money cell behind a percent format, and a foreign plain one under the same number."""

    def change(parts: TakenApart) -> None:
        parts.style("0.00%", id="188")
        parts.restyle(*INCOME, parts.style_by_id("188"))
        said = new.format(_FOREIGN, "188")
        if first:
            start = parts.parts[STYLES].index(b">", parts.parts[STYLES].index(b"<numFmts")) + 1
            body = parts.parts[STYLES]
            parts.parts[STYLES] = body[:start] + said.encode() + body[start:]
        else:
            parts.change(STYLES, "</numFmts>", f"{said}</numFmts>")

    return change
