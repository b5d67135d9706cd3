"""Every name and sign the readings know, with what writes it: taking one out is a decision."""

import pytest

from xlpy.excel.reading.guard import maybe_workbook
from xlpy.excel.reading.kinds.names import is_stub, litter, litter_folder
from xlpy.excel.reading.kinds.signs import is_workbook_name, kind_by_name, kind_of
from xlpy.excel.reading.moving import uses
from xlpy.excel.reading.refused import Refused

LEFT_BEHIND = {
    "macOS": ".DS_Store .localized .apdisk .VolumeIcon.icns .com.apple.timemachine.donotpresent"
    " ._甲 .afpDeleted1",
    "Windows": "Thumbs.db ehthumbs.db ehthumbs_vista.db desktop.ini autorun.inf IndexerVolumeGuid"
    " WPSettings.dat pagefile.sys hiberfil.sys 甲.xlsx:encryptable 甲.xlsx:favicon found.000",
    "Linux": ".directory .hidden .nomedia .fuse_hidden01 .goutputstream-A1 .nfs0000ab12 .Trash-1000"
    " 甲.trashinfo .smbdelete1 .panfs.1",
    "git": ".gitkeep .gitignore .gitattributes .keep",
    "pictures": "Picasa.ini .picasa.ini .BridgeSort .BridgeCache .BridgeCacheT",
    "cloud drives": ".dropbox .dropbox.attr .owncloudsync.log .nextcloudsync.log .sync.ffs_db"
    " sync.ffs_db .stignore .syncignore .synkron.syncdb .sync_0a.db 甲.!sync ._sync_1.db",
    "editors": "甲.swp 甲.swo 甲.tmp 甲.temp .xlpy-1",
    "downloads": "甲.xlsx:Zone.Identifier 甲.xlsx:SmartScreen 甲.xlsx:com.apple.quarantine"
    " 甲.xlsx:AFP_AfpInfo 甲.xlsx.Zone.Identifier 甲.xlsx:Zone.Identifier:$DATA",
}
FOLDERS = {
    "macOS": "__MACOSX .AppleDouble .AppleDB .AppleDesktop .fseventsd .TemporaryItems .Trashes"
    " .Spotlight-V100 .Trash .DocumentRevisions-V100 .PKInstallSandboxManager .MobileBackups"
    " TheVolumeSettingsFolder",
    "Windows": "$RECYCLE.BIN RECYCLER RECYCLED MSOCache",
    "stores": "@eaDir #recycle #snapshot @Recycle @Recently-Snapshot @tmp"
    " .SynologyWorkingDirectory",
    "cloud drives": ".sync .stfolder .stversions .dropbox.cache .nextcloud .nutstore",
    "programs": ".git .svn .hg .idea .vscode .thumbnails .caches .comments lost+found",
    "names of files": ".DS_Store desktop.ini Thumbs.db",
    "temporary": ".Trash-1000 .fuse_hidden1 .nfs0000ab12 found.000 ._甲 .xlpy-1 甲.tmp 甲.temp",
}
STUBS = (
    ".icloud .lnk .url .webloc .inetloc .fileloc .desktop .website .gsheet .gdoc .gslides .gdrive"
    " .gform .glink .gshortcut .cloud .cloudf .pif .appref-ms .library-ms .mydocs"
)
HALVES = (
    ".part .partial .crdownload .opdownload .download .downloading .filepart .aria2 .td .xltd .jc!"
    " .bc! .!ut .!qb .fdmdownload .qkdownloading .part.met .td.cfg"
)
WORKBOOKS = (
    ".xlsx .xlsm .xls .xlsb .xlt .xltx .xltm .xlam .xlw .et .ett .ods .ots .fods .sxc .uos .uof"
    " .numbers .ksheet"
)
SUFFIXES = {
    Refused.PDF: ".pdf .ofd",
    Refused.OTHER_OFFICE: ".doc .docx .docm .dot .dotx .rtf .odt .wps .wpt .ppt .pptx .pps .ppsx"
    " .pptm .odp .dps .dpt .pages .key",
    Refused.PICTURE: ".png .jpg .jpeg .gif .bmp .tif .tiff .webp .heic .heif .svg .psd .raw",
    Refused.MEDIA: ".mp3 .mp4 .m4a .m4v .mov .avi .wmv .wav .amr .mkv .flv .3gp .mpg .mpeg",
    Refused.ARCHIVE: ".zip .rar .7z .gz .tgz .tar .bz2 .xz .zst .cab .iso .arj .lzh .z01 .001 .r00"
    " .zipx",
    Refused.MAIL: ".eml .msg .mbox .pst",
    Refused.PROGRAM: ".exe .com .bat .cmd .vbs .vbe .js .jse .wsf .hta .ps1 .scr .msi .dll .jar"
    " .apk .ipa .dmg .pkg .deb .rpm .sh .py .reg .chm .hlp .cpl .msix .appx",
    Refused.WEBPAGE: ".htm .html .mht .mhtml .xhtml",
    Refused.TEXT: ".csv .tsv .tab .txt .xml .json .md .log .ini .dif .slk .prn .dbf .sql .yaml",
}
MOVING = (
    "TODAY NOW RAND RANDBETWEEN RANDARRAY RAND.NV RANDBETWEEN.NV CELL INFO OFFSET INDIRECT"
    " WEBSERVICE FILTERXML RTD DDE STOCKHISTORY FIELDVALUE IMAGE HYPERLINK PY COPILOT TRANSLATE"
    " DETECTLANGUAGE SQL.REQUEST GETURL DUMMYFUNCTION IMPORTRANGE IMPORTDATA IMPORTHTML IMPORTXML"
    " IMPORTFEED GOOGLEFINANCE GOOGLETRANSLATE CALL REGISTER REGISTER.ID UNREGISTER EVALUATE EXEC"
    " EXECUTE RUN INITIATE REQUEST POKE TERMINATE CALLER FILES DIRECTORY DOCUMENTS FOPEN FREAD"
    " FREADLN FWRITE GET.CELL CUBEMEMBER WPSAI WPS_A KS_A"
)
SIGNS = {
    Refused.PICTURE: (
        *(b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"II*\0", b"MM\0*", b"8BPS\0"),
        *(b"\0\0\0\x0cjP  ", b"\xd7\xcd\xc6\x9a", b"\1\0\0\0\x58\0\0\0", b"BM\1\1\1\1\0\0\0\0"),
        *(b"RIFF\0\0\0\0WEBP", b"\0\0\0\x18ftypheic", b"\0\0\0\x18ftypheix", b"\0\0\0\x18ftyphevc"),
        *(b"\0\0\0\x18ftypheif", b"\0\0\0\x18ftypmif1", b"\0\0\0\x18ftypmsf1"),
        b"\0\0\0\x18ftypavif",
    ),
    Refused.MEDIA: (
        *(b"ID3\3", b"ID3\4", b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"FLV\1", b"#!AMR"),
        *(b"0&\xb2u\x8ef\xcf\x11", b"RIFF\0\0\0\0AVI ", b"RIFF\0\0\0\0WAVE"),
        b"\0\0\0\x18ftypmp42",
    ),
    Refused.ARCHIVE: (
        *(
            b"Rar!\x1a\7",
            b"7z\xbc\xaf\x27\x1c",
            b"\x1f\x8b\x08",
            b"\xfd7zXZ\0",
            b"\x28\xb5\x2f\xfd",
        ),
        *(b"MSCF\0\0\0\0", b"BZh91AY&SY", bytes(257) + b"ustar", b"\1\2-lh5-"),
        bytes(9) + b"\1" + bytes(32_759) + b"CD001",
    ),
    Refused.PROGRAM: (b"\x7fELF\2", b"MZ\x90\0PE\0\0", b"MZ\x90\0 in DOS mode."),
    Refused.PDF: (b"%PDF-1.7",),
    Refused.MAIL: (b"\x78\x9f\x3e\x22",),
    Refused.OTHER_OFFICE: (b"{\\rtf1",),
    Refused.PROTECTED: (
        *(b"%TSD-Header-###%", b"\xef\xbb\xbf%TSD-Header-###%", b"b\x14#e", b"a\0E-SafeNet"),
        *(b"\1E-SafeNet\0", b"\x9bDRMONE", b"\x9b DRMONE", b"<## NASCA DRM FILE", b"SCDSA0"),
        *(b"DOCUMENT SAFER", b"<DOCUMENT SAFER", b"MSMAMARPCRYPT", b".pfile", b"LOCK\0", b"TSD\1"),
        *(b"%TSD\0", b"<DRM>", b"<DRM "),
    ),
}
PLAIN = {
    # What looks like a sign and is none: the second fact is missing.
    b"BZh is a text": Refused.TEXT,
    b"BM3 and more": Refused.TEXT,
    b"MZ and more": Refused.TEXT,
    b'<?xml version="1.0"?><office:document mimetype="x.opendocument.spreadsheet"/>': Refused.ODS,
    b'<?xml version="1.0"?><office:document x="opendocument.text"/>': Refused.OTHER_OFFICE,
    b'<?xml version="1.0"?><office:document/>': Refused.ODS,
    b'<?mso-application progid="Excel.Sheet"?>': Refused.XML_SHEET,
    b'<?mso-application progid="Word.Document"?>': Refused.OTHER_OFFICE,
    b'<a xmlns:uof="x"/>': Refused.TEXT,
    b"<uof:UOF>": Refused.XML_SHEET,
    b"<svg width='1'>": Refused.PICTURE,
    b"<html><table>": Refused.WEBPAGE,
    b"<a/>": Refused.TEXT,
}


def words(table: dict[str, str]) -> list[str]:
    return [word for line in table.values() for word in line.split()]


@pytest.mark.parametrize(
    "name", [*words(LEFT_BEHIND), "Icon\r", "Network Trash Folder", "Temporary Items"]
)
def test_leftovers(name: str) -> None:
    assert litter(name) is Refused.SYSTEM


@pytest.mark.parametrize(
    "name",
    [*words(FOLDERS), "Network Trash Folder", "Temporary Items", "System Volume Information"],
)
def test_folders(name: str) -> None:
    assert litter_folder(name) is Refused.SYSTEM


@pytest.mark.parametrize("suffix", STUBS.split())
def test_stubs(suffix: str) -> None:
    assert is_stub(f"甲.xlsx{suffix.upper()}") is True


@pytest.mark.parametrize("suffix", HALVES.split())
def test_downloads(suffix: str) -> None:
    assert litter(f"甲.xlsx{suffix}") is litter_folder(f"甲.xlsx{suffix}") is Refused.HALF


@pytest.mark.parametrize("suffix", WORKBOOKS.split())
def test_workbooks(suffix: str) -> None:
    assert is_workbook_name(f"甲{suffix}") is True
    assert maybe_workbook(f"甲{suffix}", Refused.DAMAGED) is True


@pytest.mark.parametrize(
    ("suffix", "kind"), [(one, kind) for kind, line in SUFFIXES.items() for one in line.split()]
)
def test_suffixes(suffix: str, kind: Refused) -> None:
    assert kind_by_name(f"甲{suffix.upper()}") is kind


@pytest.mark.parametrize("name", MOVING.split())
def test_functions_that_move(name: str) -> None:
    assert uses(f"{name}(A1)") == name
    assert uses(f"{name}+A1") == ""


@pytest.mark.parametrize(
    ("raw", "kind"), [(one, kind) for kind, all in SIGNS.items() for one in all]
)
def test_signs(raw: bytes, kind: Refused) -> None:
    assert kind_of("甲.xlsx", raw + bytes(range(128, 200)))[0] is kind


@pytest.mark.parametrize(("raw", "kind"), PLAIN.items())
def test_no_signs(raw: bytes, kind: Refused) -> None:
    assert kind_of("甲.xlsx", raw)[0] is kind
