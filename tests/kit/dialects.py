"""The habits of the programs forms come from (各家软件的写法), one line each."""

from __future__ import annotations

from collections.abc import Mapping

from tests.kit.emitted import Dialect

_LF = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BARE = '<?xml version="1.0" encoding="utf-8"?>'
_MARKED = '\ufeff<?xml version="1.0" encoding="utf-8"?>'
_NONE = ""
_AC = (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr"'
    ' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
    ' xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
    ' xr:uid="{00000000-0001-0000-0000-000000000000}"'
)
_DESCENT = ' x14ac:dyDescent="0.25"'

DIALECTS: Mapping[str, Dialect] = {
    # Shared strings, ignorable attributes everywhere, spans.
    "Excel": Dialect(attributes=_AC, row_attributes=_DESCENT),
    # Days from 1904 in older books, phonetic runs of names.
    "Excel for Mac": Dialect(
        application="Microsoft Macintosh Excel", dates="1904", phonetic=True, attributes=_AC,
        row_attributes=_DESCENT,
    ),
    # The same parts, without calculation chain or theme; extensions at the end of sheets.
    "Excel Online": Dialect(
        application="Microsoft Excel Online", attributes=_AC, extensions=True, spans=False
    ),
    # The whole rectangle styled, rich texts, its own date format.
    "WPS": Dialect(
        application="WPS 表格", styled_blanks=True, rich=True, dimension="A1",
        date_format='yyyy"年"m"月"d"日";@',
    ),
    "Kingsoft Docs": Dialect(
        application="WPS 表格", declaration=_LF, blank_rows_below=900, date_format="yyyy/m/d;@"
    ),
    # Texts inline, no spans, a sheet of a thousand blank rows.
    "Tencent Docs": Dialect(
        application="", declaration=_BARE, texts="inline", spans=False, blank_rows_below=200,
        properties=False, date_format="yyyy-mm-dd",
    ),
    "Feishu": Dialect(
        application="", declaration=_LF, spans=False, styled_blanks=True, properties=False,
        date_format="yyyy/MM/dd",
    ),
    "DingTalk": Dialect(
        application="", declaration=_BARE, spans=False, blank_rows_below=100, counts=False,
        date_format="yyyy-MM-dd",
    ),
    # Styled blank cells, custom date codes, standalone.
    "LibreOffice": Dialect(
        application="LibreOffice/24.2", declaration=_LF, typed_numbers=True, spans=False,
        styled_blanks=True, date_format="yyyy\\-mm\\-dd", row_attributes=' customFormat="false"'
    ),
    "Gnumeric": Dialect(
        application="gnumeric", declaration=_LF, spans=False, dimension="", stored=False,
        date_format="yyyy-mm-dd",
    ),
    # Everything behind a prefix, numbers with a point.
    "Numbers": Dialect(
        application="Numbers", declaration=_LF, spans=False, doubles=True, styled_blanks=True,
        date_format="yyyy-mm-dd",
    ),
    "Google Sheets": Dialect(
        application="", declaration=_LF, spans=False, doubles=True, blank_rows_below=800,
        properties=False, attributes=' xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main"',
        date_format="yyyy-mm-dd",
    ),
    "ONLYOFFICE": Dialect(application="ONLYOFFICE", attributes=_AC, row_attributes=_DESCENT, rich=True),
    # Texts written as they come, no shared table; doubles.
    "Apache POI": Dialect(
        application="Apache POI", declaration=_LF, doubles=True, spans=False, typed_numbers=True
    ),
    "Apache POI, SXSSF": Dialect(
        application="Apache POI", declaration=_LF, texts="inline", typed_numbers=True, spans=False,
        dimension="A1", doubles=True,
    ),
    # A byte order mark in every part, absolute targets.
    "EPPlus": Dialect(declaration=_MARKED, targets="/xl/", spans=False, contents_last=True),
    # The prefix x on everything, absolute targets.
    "ClosedXML": Dialect(declaration=_BARE, prefix="x", targets="/xl/", dimension="A1"),
    "Open XML SDK": Dialect(
        declaration=_BARE, prefix="x", texts="str", properties=False, dimension="", spans=False,
        sheets="worksheets/sheet{}.xml",
    ),
    "SheetJS": Dialect(application="SheetJS", declaration=_LF, spans=False, typed_numbers=True),
    "exceljs": Dialect(declaration=_LF, attributes=_AC, row_attributes=_DESCENT, targets="/xl/"),
    "excelize": Dialect(declaration=_LF, spans=False, date_format="yyyy-mm-dd"),
    "PhpSpreadsheet": Dialect(declaration=_LF, spaced=True, doubles=False, date_format="yyyy-mm-dd"),
    "Aspose": Dialect(application="Aspose.Cells", declaration=_BARE, styled_blanks=True),
    "Spire": Dialect(application="Spire.XLS", declaration=_MARKED, rich=True, sheets="worksheets/Sheet{}.xml"),
    "jxls": Dialect(application="JXLS", declaration=_LF, texts="inline", spans=False, dimension=""),
    # Neither addresses nor styles of its own beyond a date.
    "writexl": Dialect(declaration=_NONE, texts="inline", spans=False, dimension="", properties=False),
    "R openxlsx": Dialect(declaration=_LF, targets="/xl/", typed_numbers=True, spans=False),
    "pandas": Dialect(declaration=_NONE, texts="inline", typed_numbers=True, spans=False,
                      date_format="YYYY-MM-DD HH:MM:SS"),
    "a script without addresses": Dialect(
        declaration=_NONE, texts="inline", addresses=False, spans=False, dimension="",
        properties=False, styles="",
    ),
    "strict OOXML": Dialect(strict=True, dates="iso"),
    "UTF-16": Dialect(encoding="utf-16", stored=True),
    "Crystal Reports": Dialect(declaration=_LF, escapes=True, spaced=True, counts=False),
    "a report server": Dialect(
        declaration=_BARE, workbook="workbook22.xml", sheets="sheets/s{}.xml",
        strings="sharedStrings1.xml", styles="styles2.xml", dimension="",
    ),
    "parts at the root": Dialect(folder="", workbook="book.xml", sheets="s{}.xml", declaration=_BARE),
}  # fmt: skip
"""The program and how it writes."""
