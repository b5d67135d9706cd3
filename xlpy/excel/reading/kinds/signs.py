"""What the bytes of a file tell (按内容甄别) where it is neither a zip nor an OLE container.

A sign of one or two bytes proves nothing by itself, so the weak ones ask for a second fact.
"""

from __future__ import annotations

import re
from typing import Final

from xlpy.excel.reading.kinds.names import suffix_of
from xlpy.excel.reading.refused import Refused

_SIGNATURES: Final = (
    (b"%PDF-", Refused.PDF),
    (b"\x89PNG", Refused.PICTURE),
    (b"\xff\xd8\xff", Refused.PICTURE),
    (b"GIF8", Refused.PICTURE),
    (b"II*\x00", Refused.PICTURE),
    (b"MM\x00*", Refused.PICTURE),
    (b"8BPS", Refused.PICTURE),
    (b"\x00\x00\x00\x0cjP  ", Refused.PICTURE),
    (b"\xd7\xcd\xc6\x9a", Refused.PICTURE),
    (b"\x01\x00\x00\x00\x58\x00\x00\x00", Refused.PICTURE),
    (b"Rar!\x1a", Refused.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Refused.ARCHIVE),
    (b"\x1f\x8b", Refused.ARCHIVE),
    (b"\xfd7zXZ\x00", Refused.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Refused.ARCHIVE),
    (b"MSCF\x00\x00\x00\x00", Refused.ARCHIVE),
    (b"{\\rtf", Refused.OTHER_OFFICE),
    (b"\x78\x9f\x3e\x22", Refused.MAIL),
    (b"\x7fELF", Refused.PROGRAM),
    (b"ID3\x03", Refused.MEDIA),
    (b"ID3\x04", Refused.MEDIA),
    (b"OggS", Refused.MEDIA),
    (b"fLaC", Refused.MEDIA),
    (b"\x1aE\xdf\xa3", Refused.MEDIA),
    (b"FLV\x01", Refused.MEDIA),
    (b"#!AMR", Refused.MEDIA),
    (b"0&\xb2u\x8ef\xcf\x11", Refused.MEDIA),
)
_RIFF: Final = {b"WEBP": Refused.PICTURE, b"AVI ": Refused.MEDIA, b"WAVE": Refused.MEDIA}
_STILLS: Final = frozenset({b"heic", b"heix", b"hevc", b"heif", b"mif1", b"msf1", b"avif"})
# What 单位加密软件 puts in front. Known from files: %TSD-Header-###%, b.#e and E-SafeNet (亿赛通);
# from their makers' own words: DRMONE, NASCA, SCDSA, MSMAMARPCRYPT, .pfile; the rest is hearsay.
# Whatever carries none of them is Refused.SCRAMBLED, whose sentence names encryption too.
_PROTECTED: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:%TSD-Header-###%|b\x14#e|(?:.{0,64}\x00)?E-SafeNet|.{1,64}E-SafeNet\x00"
    rb"|\x9b ?DRMONE|<## NASCA DRM FILE|SCDSA0|<?DOCUMENT SAFER|MSMAMARPCRYPT|\.pfile"
    rb"|(?:LOCK|%?TSD)[\x00-\x1f]|<DRM[ >])",
    re.DOTALL,
)
# Few files need what follows: `re` compiles and remembers these patterns when one does.
_XML_2003: Final = (
    rb"""(?i)progid\s*=\s*["']Excel\.Sheet|urn:schemas-microsoft-com:office:spreadsheet"""
)
_WORD_2003: Final = rb"""(?i)progid\s*=\s*["'](?:Word|PowerPoint)\."""
_FLAT_ODF: Final = rb"opendocument\.(spreadsheet)?|office:document\b"
_UOF: Final = rb"(?i)<[^<>]{0,40}uof:|schemas\.uof\.org"
_WEB: Final = (
    rb"(?i)<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<table[\s>]|<script[\s>]|<meta\s"
)
_MHTML: Final = rb"(?i)multipart/related|<html[\s>]|text/html"
_MAIL: Final = (
    rb"(?i)(?:received|return-path|delivered-to|message-id|x-[\w-]+|from|mime-version|date|subject)"
    rb":\s"
)
_CONTROLS: Final = r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]"
_SAMPLE: Final = 65_536

_BY_SUFFIX: Final = {
    suffix: kind
    for kind, suffixes in {
        Refused.PDF: ".pdf .ofd",
        Refused.OTHER_OFFICE: ".doc .docx .docm .dot .dotx .rtf .odt .wps .wpt .ppt .pptx .pps"
        " .ppsx .pptm .odp .dps .dpt .pages .key",
        Refused.PICTURE: ".png .jpg .jpeg .gif .bmp .tif .tiff .webp .heic .heif .svg .psd .raw",
        Refused.MEDIA: ".mp3 .mp4 .m4a .m4v .mov .avi .wmv .wav .amr .mkv .flv .3gp .mpg .mpeg",
        Refused.ARCHIVE: ".zip .rar .7z .gz .tgz .tar .bz2 .xz .zst .cab .iso .arj .lzh .z01 .001"
        " .r00 .zipx",
        Refused.MAIL: ".eml .msg .mbox .pst",
        Refused.PROGRAM: ".exe .com .bat .cmd .vbs .vbe .js .jse .wsf .hta .ps1 .scr .msi .dll .jar"
        " .apk .ipa .dmg .pkg .deb .rpm .sh .py .reg .chm .hlp .cpl .msix .appx",
        Refused.WEBPAGE: ".htm .html .mht .mhtml .xhtml",
        Refused.TEXT: ".csv .tsv .tab .txt .xml .json .md .log .ini .dif .slk .prn .dbf .sql .yaml",
    }.items()
    for suffix in suffixes.split()
}


def kind_of(name: str, raw: bytes) -> tuple[Refused, str]:
    """Return what a file is that is neither a zip nor an OLE container, and a fact or ""."""
    if _PROTECTED.match(raw):
        return Refused.PROTECTED, ""
    kind = _signed(raw)
    if kind is not None:
        return kind, ""
    if not raw.strip(b"\0"):
        return Refused.TRUNCATED, "内容全是空字节"
    suffix = suffix_of(name)
    text = _text(raw[:_SAMPLE])
    if text is not None:
        return _text_kind(suffix, text.encode("utf-8", "replace"))
    return _BY_SUFFIX.get(
        suffix, Refused.SCRAMBLED if is_workbook_name(name) else Refused.UNKNOWN
    ), ""


def kind_by_name(name: str) -> Refused | None:
    """Return what a file's suffix says it is (扩展名); None for workbooks and unknown ones."""
    return _BY_SUFFIX.get(suffix_of(name))


def is_workbook_name(name: str) -> bool:
    """Tell whether a file goes by the name of a workbook, or by no suffix at all.

    >>> is_workbook_name("甲.XLS"), is_workbook_name("甲"), is_workbook_name("甲.pdf")
    (True, True, False)
    """
    return suffix_of(name) in _WORKBOOKS


_WORKBOOKS: Final = frozenset(
    {
        *("", ".xlsx", ".xlsm", ".xls", ".xlsb", ".xlt", ".xltx", ".xltm", ".xlam", ".xlw"),
        *(".et", ".ett", ".ods", ".ots", ".fods", ".sxc", ".uos", ".uof", ".numbers", ".ksheet"),
    }
)


def _signed(raw: bytes) -> Refused | None:
    for signature, kind in _SIGNATURES:
        if raw.startswith(signature):
            return kind
    if raw[:2] == b"BM" and raw[6:10] == bytes(4):
        return Refused.PICTURE
    if raw[:4] == b"RIFF":
        return _RIFF.get(raw[8:12])
    if raw[4:8] == b"ftyp":
        return Refused.PICTURE if raw[8:12] in _STILLS else Refused.MEDIA
    if raw[:2] == b"MZ" and (b"PE\0\0" in raw[:4096] or b"DOS mode" in raw[:4096]):
        return Refused.PROGRAM
    packed = raw[:3] == b"BZh" and raw[4:10] == b"1AY&SY"
    if packed or raw[257:262] == b"ustar" or raw[32_769:32_774] == b"CD001" or raw[2:5] == b"-lh":
        return Refused.ARCHIVE
    return None


def _text(sample: bytes) -> str | None:
    """Return a sample as text (UTF-8, UTF-16, GB 18030); None when it is none."""
    if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in sample:
        encodings = ("utf-16-le", "utf-16-be")
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        for cut in range(4):  # the sample may end within a sign
            try:
                text = sample[: len(sample) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            if text.strip() and not re.search(_CONTROLS, text):
                return text
    return None


def _text_kind(suffix: str, text: bytes) -> tuple[Refused, str]:
    head = text[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if suffix in (".eml", ".mbox"):
        return Refused.MAIL, ""
    if re.match(_MAIL, head):
        return (Refused.WEBPAGE if re.search(_MHTML, head) else Refused.MAIL), ""
    if head.startswith(b"<"):
        return _marked_up(head)
    kind = _BY_SUFFIX.get(suffix)
    if kind in (Refused.PROGRAM, Refused.WEBPAGE):
        return kind, ""
    return (Refused.WEBPAGE if re.search(_WEB, head[:1024]) else Refused.TEXT), ""


def _marked_up(head: bytes) -> tuple[Refused, str]:
    if re.search(_XML_2003, head):
        # Excel's own web pages name this schema too.
        if not re.search(_WEB, head):
            return Refused.XML_SHEET, "Excel 2003 XML"
        return Refused.WEBPAGE, ""
    if re.search(_WORD_2003, head):
        return Refused.OTHER_OFFICE, ""
    if re.search(_UOF, head):
        return Refused.XML_SHEET, "标文通 UOF"
    flat = re.search(_FLAT_ODF, head)
    if flat:
        sheet = b"opendocument.spreadsheet" in head or b"opendocument" not in head
        return (Refused.ODS if sheet else Refused.OTHER_OFFICE), ""
    if re.search(rb"<svg[\s>]", head, re.IGNORECASE):
        return Refused.PICTURE, ""
    return (Refused.WEBPAGE if re.search(_WEB, head) else Refused.TEXT), ""
