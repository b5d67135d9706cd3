"""Why a file is not read (拒收原因): one word for each reason, and the limits of this program.

The Chinese sentence for each word stands with the wording of findings, not here. The limits
are those of the reader, set far above any honest form; no rule of the policy is among them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

FILE_BYTES: Final = 50 * 2**20
UNPACKED_BYTES: Final = 300 * 2**20
MEMBERS: Final = 5_000
SHEETS: Final = 1_000  # of one workbook
RATIO: Final = 200  # unpacked to packed, of a member larger than RATIO_FROM
RATIO_FROM: Final = 20 * 2**20
ROWS: Final = 200_000
COLUMNS: Final = 1_000
AREA: Final = 2_000_000  # cells from A1 to the last used one; the reader keeps them all
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of the format; blanks may lie there
CELLS: Final = 1_000_000  # that hold something, of one sheet
ODD_CELLS: Final = 60_000  # the same, where rows are not written the plain way
DOUBTS: Final = 10_000  # cells of one sheet that are not read
MARKED: Final = 200_000  # formulas and errors of one sheet
NAMES: Final = 60_000  # of one workbook
LINKED: Final = 50_000  # relations of one part
TEXTS: Final = 1_000_000  # shared texts of one workbook
TAG_BYTES: Final = 2**16  # of one element's name and attributes
MERGED: Final = 20_000  # merged ranges of one sheet
CELL_SIGNS: Final = 32_767  # of one cell: no spreadsheet takes more
QUOTED_SIGNS: Final = 64 * 2**20  # of all cells together that quote the shared texts
SHEET_BYTES: Final = 96 * 2**20  # of the XML of one sheet
ELEMENTS_BYTES: Final = 4 * 2**20  # of a part whose elements are listed
WALKED: Final = 300_000  # elements of a part that is not written the plain way
DEPTH: Final = 256  # of elements within elements that nobody reads
PART_BYTES: Final = 16 * 2**20  # of the parts that say how the workbook hangs together


class Refused(StrEnum):
    """What a file is, or has, that keeps it from being read (拒收原因)."""

    # not a workbook of ours to begin with
    LOCK = "lock"  # ~$x.xlsx: an Office program has x.xlsx open
    SYSTEM = "system"  # .DS_Store, Thumbs.db and their like
    HALF = "half"  # x.xlsx.crdownload: a download that has not ended
    STUB = "stub"  # a link, or what a cloud drive leaves in a file's place
    NOT_A_FILE = "not_a_file"  # a folder, a link of the file system, a device
    UNREADABLE = "unreadable"  # the system does not let us read it
    TOO_LONG = "too_long"  # its path is longer than the system takes
    EMPTY = "empty"
    TOO_BIG = "too_big"
    OLD_XLS = "old_xls"
    ENCRYPTED = "encrypted"
    IRM = "irm"  # locked by rights management or a sensitivity label
    PROTECTED = "protected"  # locked by the encryption software of an office
    WPS = "wps"
    XLSB = "xlsb"
    ODS = "ods"
    NUMBERS = "numbers"
    XML_SHEET = "xml_sheet"  # a workbook written as one XML file
    OTHER_OFFICE = "other_office"
    OTHER_PACKAGE = "other_package"  # a file of another program in a zip or an OLE container
    PDF = "pdf"
    OFD = "ofd"
    PICTURE = "picture"
    MEDIA = "media"
    ARCHIVE = "archive"
    EMPTY_ARCHIVE = "empty_archive"
    MAIL = "mail"
    PROGRAM = "program"
    WEBPAGE = "webpage"
    TEXT = "text"
    UNKNOWN = "unknown"
    SUFFIX = "suffix"  # a good workbook under a name that says otherwise
    TRUNCATED = "truncated"  # the end is missing: a download or a copy that was cut off
    SCRAMBLED = "scrambled"  # called a workbook, and its bytes are nothing we know
    # a workbook that is broken, or that was made to deceive a reader
    DAMAGED = "damaged"
    BOMB = "bomb"
    OVERLAP = "overlap"
    MEMBER_NAME = "member_name"
    DOUBLED_MEMBER = "doubled_member"
    DTD = "dtd"
    NOT_UTF8 = "not_utf8"
    ODD_PARTS = "odd_parts"  # parts linked in a way that readers follow differently
    DOUBLED_SHEET = "doubled_sheet"
    FAR_CELL = "far_cell"
    DISORDER = "disorder"  # rows or cells doubled or out of order
    TWO_READINGS = "two_readings"  # something of ours where the format has no place for it
    TOO_MANY = "too_many"  # more of one thing than any form has
    READER = "reader"  # the workbook library gave up
    MEMORY = "memory"


class RefusedError(Exception):
    """Carries a refusal to the one place that returns it (拒收); never leaves `read_book`."""

    def __init__(self, kind: Refused, detail: str = "") -> None:
        super().__init__(kind, detail)
        self.kind = kind
        self.detail = detail
