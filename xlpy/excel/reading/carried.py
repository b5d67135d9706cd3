"""What a workbook carries beside its cells (文件夹带的内容): macros, links, objects; never opened.

Told by member names, content types and types of relations, whichever shows it: a part that is
linked nowhere counts, and so does a link to a part that is missing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from xlpy.excel.reading.archive import Archive
from xlpy.excel.reading.canonical.markup import elements
from xlpy.excel.reading.refused import RefusedError

_MACROS, _SHEETS, _DIALOGS = "宏（VBA）", "Excel 4.0 宏表", "对话框工作表"
_OBJECTS, _ACTIVEX, _LINKS = "嵌入的对象（OLE）", "ActiveX 控件", "外部链接"
_DDE, _CONNECTIONS, _WEB = "DDE 链接", "数据连接或查询", "Office 加载项（Web 扩展）"
_RIBBON, _TEMPLATE, _LIVE = "自定义功能区", "附加模板", "实时数据（RTD）"
_FROM_OUTSIDE, _PROGRAMS, _MODEL = "引用的外部文件", "程序或脚本文件", "数据模型"
_ORDER: Final = (
    *(_MACROS, _SHEETS, _DIALOGS, _OBJECTS, _ACTIVEX, _DDE, _LINKS, _CONNECTIONS, _MODEL, _LIVE),
    *(_WEB, _RIBBON, _TEMPLATE, _FROM_OUTSIDE, _PROGRAMS),
)
_NAMES: Final = (
    (re.compile(r".*vbaproject[^/]*\.bin|.*/vbadata\.xml|.*attachedtoolbars\.bin"), _MACROS),
    (re.compile(r"(?:.*/)?(?:intl)?macrosheets/.+"), _SHEETS),
    (re.compile(r"(?:.*/)?dialogsheets/.+"), _DIALOGS),
    (re.compile(r"(?:.*/)?embeddings/.+|.*oleobject[0-9]*\.bin"), _OBJECTS),
    (re.compile(r"(?:.*/)?activex/.+"), _ACTIVEX),
    (re.compile(r"(?:.*/)?externallinks/.+"), _LINKS),
    (re.compile(r"(?:.*/)?(?:connections\.xml|querytables/.+|xmlmaps\.xml)"), _CONNECTIONS),
    (re.compile(r"(?:.*/)?model/.+|.*powerpivot.*"), _MODEL),
    (re.compile(r"(?:.*/)?volatiledependencies\.xml"), _LIVE),
    (re.compile(r"(?:.*/)?webextensions/.+"), _WEB),
    (re.compile(r"(?:.*/)?(?:customui|usercustomization)/.+"), _RIBBON),
    (
        re.compile(r".+\.(?:exe|dll|com|bat|cmd|scr|msi|js|vbs|vbe|wsf|hta|ps1|jar|lnk|sct)"),
        _PROGRAMS,
    ),
)
# Ends of relation types and parts of content types, both in small letters.
_TYPES: Final = (
    (re.compile(r".*(?:vbaproject|wordvbadata|attachedtoolbars).*"), _MACROS),
    (re.compile(r".*(?:/xl(?:intl)?macrosheet|ms-excel\.(?:intl)?macrosheet\+xml)"), _SHEETS),
    (re.compile(r".*(?:/dialogsheet|\.dialogsheet\+xml)"), _DIALOGS),
    (re.compile(r".*(?:/oleobject|/relationships/package|\.oleobject)"), _OBJECTS),
    (re.compile(r".*(?:/relationships/control|activex\S*)"), _ACTIVEX),
    (
        re.compile(r".*(?:/externallink(?:path|missing|startup|library)?|\.externallink\+xml)"),
        _LINKS,
    ),
    (re.compile(r".*(?:/xlpathmissing|/xlexternallinkpath/\S*)"), _LINKS),
    (
        re.compile(r".*(?:/connections|\.connections\+xml|/querytable|\.querytable\+xml)"),
        _CONNECTIONS,
    ),
    (re.compile(r".*(?:/xmlmaps|/powerpivotdata|\.model\+data)"), _MODEL),
    (re.compile(r".*(?:/volatiledependencies|\.volatiledependencies\+xml)"), _LIVE),
    (re.compile(r".*webextension\S*"), _WEB),
    (re.compile(r".*(?:/ui/extensibility|/ui/usercustomization)"), _RIBBON),
    (re.compile(r".*/attachedtemplate"), _TEMPLATE),
)
_TYPES_PART: Final = "[content_types].xml"
_DDE_LINK: Final = re.compile(rb"<(?:[\w.-]+:)?ddeLink[\s>/]")
_MOST: Final = 200
"""Parts of relations looked at; no honest form has a tenth of them."""
_LARGEST: Final = 2**20
_LONG: Final = 200


def carried(archive: Archive) -> tuple[str, ...]:
    """Return in Chinese what the file carries beside its cells, in a fixed order (夹带内容)."""
    found = set(_known_members(frozenset(archive.members)))
    names = [name for name in archive.members if name.endswith(".rels") or name == _TYPES_PART]
    for name in names[:_MOST]:
        if xml := _small_part(archive, name):
            found |= _declared(xml)
    if _LINKS in found and _dde(archive):
        found.add(_DDE)
    return tuple(one for one in _ORDER if one in found)


@lru_cache(maxsize=64)  # forms begun from one blank have the same members
def _known_members(names: frozenset[str]) -> frozenset[str]:
    short = [name if len(name) < _LONG else name[:_LONG] + name[-_LONG:] for name in names]
    return frozenset(what for name in short for sign, what in _NAMES if sign.fullmatch(name))


def _small_part(archive: Archive, name: str) -> bytes:
    """Return a part of bearable size; b"" for one that cannot be unpacked and so links nothing."""
    try:
        small = archive.members[name].file_size <= _LARGEST
        return (archive.part(name) or b"") if small else b""
    except (KeyError, RefusedError):
        return b""


@lru_cache(maxsize=64)
def _declared(xml: bytes) -> frozenset[str]:
    told: set[str] = set()
    try:
        found = elements(xml, "")
    except RefusedError:
        return frozenset()
    for _, attributes in found:
        type_ = attributes.get("Type") or attributes.get("ContentType") or ""
        outside = attributes.get("TargetMode", "").lower() == "external"
        told |= _of_type(type_.lower()[-99:], outside)
    return frozenset(told)


@lru_cache(maxsize=512)
def _of_type(type_: str, outside: bool) -> frozenset[str]:
    found = frozenset(what for sign, what in _TYPES if sign.fullmatch(type_))
    # A hyperlink is followed by a click alone; whatever else lies outside is read on opening.
    if outside and not found and not type_.endswith("/hyperlink"):
        return frozenset({_FROM_OUTSIDE})
    return found


def _dde(archive: Archive) -> bool:
    links = [name for name in archive.members if "externallink" in name and name.endswith(".xml")]
    return any(_DDE_LINK.search(_small_part(archive, name)) for name in links[:_MOST])
