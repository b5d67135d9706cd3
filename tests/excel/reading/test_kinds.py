"""What a file is: by its name, by its bytes, by what its zip or its OLE container holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.excel.books import LINK, MAIN, PACKAGE, cell, parts, saved, zipped
from xlpy.excel.reading.book import read_book
from xlpy.excel.reading.guard import maybe_workbook
from xlpy.excel.reading.kinds.names import litter, litter_folder
from xlpy.excel.reading.refused import FILE_BYTES, Refused
from xlpy.model.grid import Refusal
from xlpy.policy.findings.catalogue import refusal

GOOD = parts({"附件1": cell("><v>5</v></c>")})
ODF = "application/vnd.oasis.opendocument."
CSV = "平台名称,得分\r\n蚌埠甲平台,95.5\r\n"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def ole(*names: str) -> bytes:
    """Return an OLE container with entries of these names in its directory."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return head + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)


def package(*types: str, **members: str) -> bytes:
    """Return a package of Office's kind with these content types."""
    listed = "".join(f'<Override PartName="/a" ContentType="{one}"/>' for one in types)
    return zipped({"[Content_Types].xml": f"<Types>{listed}</Types>", "_rels/.rels": "", **members})


def refused(folder: Path, name: str, raw: bytes) -> Refusal:
    got = read_book(saved(folder, raw, name))
    assert isinstance(got, Refusal), got
    return got


@pytest.mark.parametrize(
    "raw",
    [
        b"%TSD-Header-###%" + bytes(range(256)),
        b"b\x14#e\x00\x01\x02" + bytes(range(128, 256)),
        b"\x01\x02\x00E-SafeNet\x00\x00\x00LOCK" + bytes(200),
        b"\x9b DRMONE  This Document is encrypted",
        b"<## NASCA DRM FILE - VER1.00 ##>" + bytes(50),
    ],
)
@pytest.mark.parametrize("name", ["甲.xlsx", "甲.xls", "甲"])
def test_a_file_locked_by_an_offices_software_has_its_own_sentence(
    tmp_path: Path, name: str, raw: bytes
) -> None:
    """It may be a form, so it stands for a platform; the sender unlocks it."""
    got = refused(tmp_path, name, raw)
    assert (got.kind, maybe_workbook(name, got.kind)) == (Refused.PROTECTED, True)
    found, _, mend = refusal(got)
    assert ("加密软件加密" in found, "解密" in mend, "另存为明文" in mend) == (True, True, True)


@pytest.mark.parametrize("name", ["甲.docx", "甲.pdf", "甲.zip", "甲.png"])
def test_a_locked_document_stands_for_no_platform(name: str) -> None:
    assert maybe_workbook(name, Refused.PROTECTED) is False


def test_bytes_of_no_known_kind_may_be_locked_or_broken_and_the_sentence_says_both(
    tmp_path: Path,
) -> None:
    got = refused(tmp_path, "甲.xlsx", bytes(range(1, 256)) * 40)
    found, _, mend = refusal(got)
    assert (got.kind, maybe_workbook("甲.xlsx", got.kind)) == (Refused.SCRAMBLED, True)
    assert ("加密" in found, "损坏" in found, "解密" in mend) == (True, True, True)


@pytest.mark.parametrize(
    ("name", "raw", "kind"),
    [
        ("甲.xlsx", CSV.encode(), Refused.TEXT),
        ("甲.xlsx", CSV.encode("gbk"), Refused.TEXT),
        ("甲.xlsx", CSV.encode("utf-16"), Refused.TEXT),
        ("甲.xlsx", CSV.encode("utf-16-le"), Refused.TEXT),
        ("甲.xls", CSV.replace(",", "\t").encode("utf-8-sig"), Refused.TEXT),
        ("甲.xlsx", (CSV * 9000).encode("gbk")[:65_537], Refused.TEXT),
        ("BM.xlsx", b"BMW,1\r\n", Refused.TEXT),
        ("甲.xlsx", b'{"error":"not logged in"}', Refused.TEXT),
        ("甲.xlsx", b"<!DOCTYPE html>\n<html><form action=login></form></html>", Refused.WEBPAGE),
        ("甲.xlsx", b"\r\n\r\n<script>top.location='/login'</script>", Refused.WEBPAGE),
        ("甲.xls", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", Refused.WEBPAGE),
        ("甲.eml", b"From: a@b.c\r\nSubject: x\r\n\r\n", Refused.MAIL),
        ("甲.msg", ole("__properties_version1.0"), Refused.MAIL),
        (
            "甲.xls",
            b'<?xml version="1.0"?>\r\n<?mso-application progid="Excel.Sheet"?>\r\n<Workbook/>',
            Refused.XML_SHEET,
        ),
        (
            "甲.xls",
            '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'.encode("utf-16"),
            Refused.XML_SHEET,
        ),
        ("甲.xml", b'<?mso-application progid="Word.Document"?><w/>', Refused.OTHER_OFFICE),
        ("甲.uos", b"<uof:UOF xmlns:uof='x'/>", Refused.XML_SHEET),
        ("甲.rtf", b"{\\rtf1\\ansi}", Refused.OTHER_OFFICE),
        ("甲.heic", b"\0\0\0\x18ftypheic", Refused.PICTURE),
        ("甲.mp4", b"\0\0\0\x18ftypmp42", Refused.MEDIA),
        ("甲.tar", b"a".ljust(257, b"\0") + b"ustar\x0000", Refused.ARCHIVE),
        ("甲\u202exslx.exe", b"MZ" + bytes(100) + b"PE\0\0", Refused.PROGRAM),
        ("甲.xlsx", b"MZ" + bytes(100) + b"PE\0\0", Refused.PROGRAM),
        ("甲.vbs", b"MsgBox 1", Refused.PROGRAM),
        (".甲.xlsx.icloud", b"bplist00\xd1", Refused.STUB),
        ("甲.xlsx.lnk", b"L\0\0\0\x01\x14\x02\0", Refused.STUB),
        ("甲.url", b"[InternetShortcut]\r\nURL=https://example.com", Refused.STUB),
        ("甲.webloc", b"<?xml version='1.0'?><plist/>", Refused.STUB),
        ("甲.gsheet", b'{"doc_id":"1"}', Refused.STUB),
        ("甲.desktop", b"", Refused.STUB),
        ("甲.xlsx", bytes(5000), Refused.TRUNCATED),
        ("甲.xlsx", zipped(GOOD)[:-30], Refused.TRUNCATED),
        ("甲.xlsx", zipped(GOOD)[:200] + bytes(2000), Refused.TRUNCATED),
        ("甲.zip", zipped(GOOD)[:-30], Refused.ARCHIVE),
        ("甲.xlsx", zipped({}), Refused.EMPTY_ARCHIVE),
        ("甲.xlsx", zipped({"材料/附件.txt": "x"}), Refused.ARCHIVE),
        ("甲.xlsx", zipped({"申报/xl/workbook.xml": "x"}), Refused.ARCHIVE),
        ("甲.numbers", zipped({"Index/Document.iwa": "x"}), Refused.NUMBERS),
        ("甲.pages", zipped({"Index/Document.iwa": "x"}), Refused.OTHER_OFFICE),
        ("甲.ofd", zipped({"OFD.xml": "<a/>"}), Refused.OFD),
        ("甲.apk", zipped({"AndroidManifest.xml": "x"}), Refused.PROGRAM),
        ("甲.jar", zipped({"META-INF/MANIFEST.MF": "x"}), Refused.PROGRAM),
        ("甲.odt", zipped({"mimetype": f"{ODF}text", "content.xml": ""}), Refused.OTHER_OFFICE),
        ("甲.xlsx", zipped({"mimetype": f"{ODF}spreadsheet", "content.xml": ""}), Refused.ODS),
        ("甲.xlsx", package("application/vnd.ms-visio.drawing.main+xml"), Refused.OTHER_PACKAGE),
        ("甲.xps", package("application/vnd.ms-package.xps-fixedpage+xml"), Refused.OTHER_PACKAGE),
        (
            "甲.xlsx",
            package(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
            ),
            Refused.OTHER_OFFICE,
        ),
        (
            "甲.xlsx",
            package("application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"),
            Refused.OTHER_OFFICE,
        ),
        ("甲.xls", ole("Workbook", "WordDocument"), Refused.OLD_XLS),
        ("甲.xlsx", ole("Book"), Refused.OLD_XLS),
        ("甲.doc", ole("Workbook", "WordDocument"), Refused.OTHER_OFFICE),
        ("甲.xlsx", ole("PowerPoint Document"), Refused.OTHER_OFFICE),
        ("甲.xlsx", ole("EncryptedPackage", "DRMEncryptedDataSpace"), Refused.IRM),
        ("甲.xls", ole("\tDRMContent", "Workbook"), Refused.IRM),
        ("甲.xlsx", ole("EncryptedPackage", "StrongEncryptionDataSpace"), Refused.ENCRYPTED),
        ("甲.docx", ole("EncryptedPackage"), Refused.OTHER_OFFICE),
        ("甲.et", ole("Workbook"), Refused.WPS),
        ("甲.et", CSV.encode("gbk"), Refused.TEXT),
        ("甲.et", zipped(GOOD), Refused.SUFFIX),
    ],
)
def test_content_decides_what_a_file_is_called(
    tmp_path: Path, name: str, raw: bytes, kind: Refused
) -> None:
    assert refused(tmp_path, name, raw).kind is kind


@pytest.mark.parametrize("types", [(SPREADSHEET,), ()])
def test_a_workbook_with_an_odd_main_part_is_no_document_of_word(
    tmp_path: Path, types: tuple[str, ...]
) -> None:
    """Where its types say workbook, or say nothing, the reading itself finds out what it is."""
    root = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" '
        f'Type="{LINK}/officeDocument" Target="xl/workbook22.xml"/></Relationships>'
    )
    listed = "".join(f'<Override PartName="/a" ContentType="{one}"/>' for one in types)
    members = {"_rels/.rels": root, "xl/workbook22.xml": f'<workbook xmlns="{MAIN}"/>'}
    raw = zipped({"[Content_Types].xml": f"<Types>{listed}</Types>", **members})
    got = read_book(saved(tmp_path, raw))
    assert getattr(got, "kind", "") not in (Refused.OTHER_OFFICE, Refused.OTHER_PACKAGE)


def test_a_large_scan_is_called_a_scan_and_not_a_form_too_large(tmp_path: Path) -> None:
    path = tmp_path / "扫描.pdf"
    with path.open("wb") as stream:
        stream.write(b"%PDF-1.7")
        stream.truncate(FILE_BYTES + 1)
    got = read_book(path)
    assert isinstance(got, Refusal)
    assert got.kind is Refused.PDF


@pytest.mark.parametrize("kind", list(Refused))
def test_every_kind_has_a_sentence_and_a_way_out(kind: Refused) -> None:
    found, needed, mend = refusal(Refusal(file="甲", digest="", kind=kind))
    assert all((found, needed, mend))
    assert "（）" not in found


@pytest.mark.parametrize(
    "kind",
    [
        *(Refused.PDF, Refused.OFD, Refused.PICTURE, Refused.MEDIA, Refused.ARCHIVE, Refused.MAIL),
        *(Refused.OTHER_OFFICE, Refused.PROGRAM, Refused.STUB, Refused.EMPTY_ARCHIVE),
    ],
)
def test_what_can_be_no_form_stands_for_no_platform_and_is_to_be_moved(kind: Refused) -> None:
    """Whatever its name says."""
    assert maybe_workbook("甲.xlsx", kind) is False
    assert "佐证材料" in refusal(Refusal(file="甲", digest="", kind=kind))[2]


@pytest.mark.parametrize(
    "kind",
    [
        *(Refused.ENCRYPTED, Refused.IRM, Refused.PROTECTED, Refused.SUFFIX),
        *(Refused.OLD_XLS, Refused.DAMAGED, Refused.TRUNCATED, Refused.SCRAMBLED, Refused.EMPTY),
    ],
)
def test_what_could_be_a_form_stands_for_a_platform(kind: Refused) -> None:
    assert maybe_workbook("甲.xlsx", kind) is True


@pytest.mark.parametrize(
    "name",
    [
        *("甲平台.xlsx:Zone.Identifier", "甲平台.xlsx\uf03aZone.Identifier", "a.xlsx:SmartScreen"),
        *(".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini", "Desktop.INI", ".directory"),
        *("._甲.xlsx", ".fuse_hidden0000", ".nfs000000000012ab", ".localized", "Icon\r"),
        *("~WRL0001.tmp", "甲.xlsx.tmp", ".xlpy-1.tmp", "ppt1A.tmp", "甲.xlsx.sb-0a1b2c3d-AbC123"),
        *("@eaDir", "__MACOSX", "甲\n.tmp"),
    ],
)
def test_what_systems_leave_behind_is_known_by_its_name(name: str) -> None:
    assert litter(name) is Refused.SYSTEM


@pytest.mark.parametrize(
    "name", ["~$甲.xlsx", ".~lock.甲.xlsx#", ".~甲.xlsx", "~$甲平台(1).xlsx", ".~lock.乙.ods#"]
)
def test_a_lock_of_an_open_program_is_known_by_its_name(name: str) -> None:
    assert litter(name) is Refused.LOCK


@pytest.mark.parametrize(
    "name",
    ["甲.xlsx.crdownload", "甲.xlsx.part", "甲.xlsx.xltd", "甲.xlsx.baiduyun.p.downloading"],
)
def test_a_download_that_has_not_ended_is_known_by_its_name(name: str) -> None:
    assert litter(name) is Refused.HALF


@pytest.mark.parametrize(
    "name",
    ["甲.xlsx", "~甲.xlsx", "甲.tmp.xlsx", "temp.xlsx", "甲:乙.xlsx", "part.xlsx", "备份.bak"],
)
def test_what_a_person_may_have_sent_is_no_leftover(name: str) -> None:
    assert litter(name) is None


@pytest.mark.parametrize(
    "name",
    [
        *("@eaDir", "__MACOSX", "$RECYCLE.BIN", ".Trash-1000", ".sync", "#recycle", ".git"),
        *("System Volume Information", "甲.xlsx.sb-0a1b2c3d-AbC123"),
    ],
)
def test_a_folder_of_a_system_is_known_by_its_name(name: str) -> None:
    assert litter_folder(name) is Refused.SYSTEM


@pytest.mark.parametrize("name", ["甲平台", "作废", "旧", "sync", ".甲", "thumbs"])
def test_a_folder_of_a_person_is_none(name: str) -> None:
    assert litter_folder(name) is None


def test_a_suffix_with_signs_nobody_sees_is_quoted_without_them(tmp_path: Path) -> None:
    got = refused(tmp_path, "甲.xl\u202esx\n", zipped(GOOD))
    assert (got.kind, got.detail) == (Refused.SUFFIX, ".xl·sx·")
