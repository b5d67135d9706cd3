"""What a name alone tells (按文件名甄别): leftovers of systems, unfinished downloads, stubs."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final

from xlpy.excel.reading.refused import Refused

_SYSTEM: Final = frozenset(
    {
        *(
            ".ds_store",
            ".localized",
            ".apdisk",
            ".volumeicon.icns",
            "icon\r",
            ".com.apple.timemachine.donotpresent",
        ),
        *("thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "autorun.inf"),
        *("indexervolumeguid", "wpsettings.dat", "pagefile.sys", "hiberfil.sys"),
        *(".directory", ".hidden", ".nomedia", ".gitkeep", ".gitignore", ".gitattributes", ".keep"),
        *("picasa.ini", ".picasa.ini", ".bridgesort", ".bridgecache", ".bridgecachet"),
        *(".dropbox", ".dropbox.attr", ".owncloudsync.log", ".nextcloudsync.log"),
        *(".sync.ffs_db", "sync.ffs_db", ".stignore", ".syncignore", ".synkron.syncdb"),
    }
)
_SYSTEM_FOLDERS: Final = frozenset(
    {
        *("__macosx", ".appledouble", ".appledb", ".appledesktop", ".fseventsd", ".temporaryitems"),
        *(
            ".spotlight-v100",
            ".trashes",
            ".trash",
            ".documentrevisions-v100",
            ".pkinstallsandboxmanager",
        ),
        *("network trash folder", "temporary items", ".mobilebackups", "thevolumesettingsfolder"),
        *("$recycle.bin", "recycler", "recycled", "system volume information", "msocache"),
        *("@eadir", "#recycle", "#snapshot", "@recycle", "@recently-snapshot", "@tmp"),
        *(".sync", ".stfolder", ".stversions", ".dropbox.cache", ".nextcloud", ".nutstore"),
        *(
            ".git",
            ".svn",
            ".hg",
            ".idea",
            ".vscode",
            ".thumbnails",
            ".caches",
            ".comments",
            "lost+found",
        ),
        *(".synologyworkingdirectory", ".ds_store", "desktop.ini", "thumbs.db"),
    }
)
_SYSTEM_NAME: Final = re.compile(
    r"\._.*|\.(?:fuse_hidden|goutputstream-|smbdelete|panfs\.|afpdeleted|xlpy-).*"
    r"|\.nfs[0-9a-f]{8,}|\.trash-[0-9]+|\.trashinfo|\.sync_[0-9a-z_]+\.db(?:-\w+)?|\._sync_.*"
    r"|.*\.(?:tmp|temp|!sync|sb-[0-9a-f]{8}-\w{6}|sw[a-p]|trashinfo)|found\.[0-9]{3}"
    # A stream beside a file (下载来源标记), made a file of its own by a copy to another system.
    r"|.+[:\uf03a\uff1a](?:zone\.identifier|smartscreen|encryptable|favicon|afp_\w+|com\.[\w.]+"
    r"|\w[\w.]*\uf03a?\$data)(?:[:\uf03a]\$data)?|.+\.zone\.identifier",
    re.DOTALL,
)
_FOLDER_NAME: Final = re.compile(
    r"\.trash-[0-9]+|\.fuse_hidden.*|\.nfs[0-9a-f]{8,}|found\.[0-9]{3}|.*\.sb-[0-9a-f]{8}-\w{6}"
    r"|\._.*|\.xlpy-.*|.*\.(?:tmp|temp)",
    re.DOTALL,
)
_HALF: Final = re.compile(
    r".*\.(?:part|partial|crdownload|opdownload|download|downloading|filepart|aria2|td|xltd|jc!"
    r"|bc!|!ut|!qb|fdmdownload|qkdownloading|part\.met|td\.cfg)",
    re.DOTALL,
)
_STUBS: Final = frozenset(
    {
        *(".icloud", ".lnk", ".url", ".webloc", ".inetloc", ".fileloc", ".desktop", ".website"),
        *(".gsheet", ".gdoc", ".gslides", ".gdrive", ".gform", ".glink", ".gshortcut"),
        *(".cloud", ".cloudf", ".pif", ".appref-ms", ".library-ms", ".mydocs"),
    }
)


def litter(name: str) -> Refused | None:
    """Tell a file nobody sent on purpose by its name (锁定文件、系统文件); None for all others.

    >>> litter("~$甲平台.xlsx"), litter(".DS_Store"), litter("甲平台.xlsx")
    (<Refused.LOCK: 'lock'>, <Refused.SYSTEM: 'system'>, None)
    >>> litter("甲平台.xlsx.crdownload"), litter("甲平台.xlsx:Zone.Identifier")
    (<Refused.HALF: 'half'>, <Refused.SYSTEM: 'system'>)
    """
    folded = name.lower()
    if folded in _SYSTEM or folded in _SYSTEM_FOLDERS or _SYSTEM_NAME.fullmatch(folded):
        return Refused.SYSTEM
    if name.startswith(("~$", ".~")):
        return Refused.LOCK
    return Refused.HALF if _HALF.fullmatch(folded) else None


def litter_folder(name: str) -> Refused | None:
    """Tell a folder that a system or a program left behind (系统文件夹); None for all others.

    >>> litter_folder("@eaDir"), litter_folder("__MACOSX"), litter_folder("甲平台")
    (<Refused.SYSTEM: 'system'>, <Refused.SYSTEM: 'system'>, None)
    """
    folded = name.lower()
    if folded in _SYSTEM_FOLDERS or _FOLDER_NAME.fullmatch(folded):
        return Refused.SYSTEM
    return Refused.HALF if _HALF.fullmatch(folded) else None  # Safari keeps them in a folder


def is_stub(name: str) -> bool:
    """Tell a file that only stands for one elsewhere (快捷方式、网盘占位文件) by its name.

    >>> is_stub(".甲.xlsx.icloud"), is_stub("甲.xlsx.lnk"), is_stub("甲.xlsx")
    (True, True, False)
    """
    return suffix_of(name) in _STUBS


def suffix_of(name: str) -> str:
    """Return the suffix in small letters, "" for none."""
    return PurePath(name).suffix.lower()


def said(text: str, most: int = 20) -> str:
    r"""Return a part of a name as a sentence may quote it: short, without signs nobody sees.

    >>> said(".xl\u202esx\n")
    '.xl·sx·'
    """
    shown = "".join(sign if sign.isprintable() else "·" for sign in text)
    return shown if len(shown) <= most else f"{shown[:most]}…"
