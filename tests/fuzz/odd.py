"""What a mutation puts in (怪写法): tags, values of attributes, texts, number formats, and nothings."""

from __future__ import annotations

ODD_TOKENS = (
    b'<!-- <c r="C23"><v>9</v></c> -->', b"<![CDATA[9]]>", b"<?x y?>", b"<c>", b"</c>", b"<row>", b"</row>",
    b"<v>9</v>", b"<f>NOW()</f>", b"<is><t>x</t></is>", b"<sheetData>", b"</sheetData>", b"9", b"&amp;", b"&#x0;",
    b"<y:v xmlns:y=\"urn:y\">9</y:v>", b"<mergeCell ref=\"A1:E100\"/>", b"<!DOCTYPE a>", b"\xff", b"\x00", b" ",
    b"<c r=\"C23\"><v>9</v></c>", b"<row r=\"23\"><c r=\"C23\"><v>9</v></c></row>", b"<t>x</t>", b"<r><t>x</t></r>",
    b"<rPh sb=\"0\" eb=\"1\"><t>x</t></rPh>", b"<extLst/>", b"<numFmt numFmtId=\"9\" formatCode=\"0\"/>", b"<xf/>",
)  # fmt: skip
ODD_VALUES = (
    b"", b"0", b"1", b"-1", b"9", b"09", b" 9", b"999999", b"4000000000", b"XFD1048576", b"A1", b"c23", b"s", b"str",
    b"inlineStr", b"b", b"d", b"e", b"n", b"true", b"0%", b";;;", b"../x.xml", b"xl/workbook.xml", b"&#57;", b"\xe8\xa1\xa8",
)  # fmt: skip
ODD_TEXTS = (
    "0", "1", "-1", "9", "1e3", "1e999", " 5 ", "5.", ".5", "+5", "5000万元", "4亿元", "约200", "/", "无", "５", "=1+1",
    "2021年3月5日", "2021-02-30", "44260", "0.5", "TRUE", "甲\u200b乙", "甲\u202e乙", "[red]", "{0}", "甲&#10;乙",
    "_x001B_", "A" * 40_000, "12345678901234567890", "国家级", "是", "合计", "#REF!", "1,000", "1，000", "二〇二一年",
)  # fmt: skip
SHAPES = (
    ' t="inlineStr"><is><t>{}</t></is></c>', ' t="str"><v>{}</v></c>', "><v>{}</v></c>", ' t="d"><v>{}</v></c>',
    ' t="e"><v>{}</v></c>', ' t="b"><v>{}</v></c>', ' t="str"><f>NOW()</f><v>{}</v></c>', "><f>1+1</f></c>",
    ' t="s"><v>{}</v></c>', "/>", "><is><t>{}</t></is><v>5</v></c>",
)  # fmt: skip
FORMAT_PIECES = (
    "0",
    "#,##0",
    ".",
    "00",
    ",",
    '"万"',
    "!",
    "\\",
    "%",
    ";",
    "[Red]",
    "@",
    "y",
    "?",
    "E+",
    "_",
)
SAYS_NOTHING = (
    (b"<!-- nothing -->", False),
    (b"<?nothing at all?>", False),
    (b"\r\n   ", False),
    (b'<!-- <row r="1"> -->', False),
    (b"<!--</sheetData>-->", False),
    (b'<row r="1048576"><c r="A1048576" s="1"/></row>', True),
    (b'<row r="900000"/>', True),
    (b'<row r="9000"><c r="XFD9000" s="1"/></row>', True),
)
"""XML that says nothing, and whether it stands below the last row."""
