"""Workbooks by what is in them (按内容比较): the parts count, however they were compressed.

The same parts give other bytes with another zlib. So files that two machines made are compared
here and not by their own digests.
"""

from __future__ import annotations

import hashlib

from xlpy.excel.reading.archive import open_archive
from xlpy.excel.reading.refused import FILE_BYTES, RefusedError


def content_digest(raw: bytes) -> str:
    """Return the SHA-256 of a workbook's parts (内容摘要), their names included; "" for no package.

    The order of the parts, their dates and how they are compressed play no part. What our reader
    would not unpack (damaged, too large, overlapping) is no package.
    """
    if len(raw) > FILE_BYTES:
        return ""
    try:
        archive = open_archive(raw)
        whole = hashlib.sha256()
        for key in sorted(archive.members):
            part = archive.part(key)
            assert part is not None
            name = archive.members[key].orig_filename.encode("utf-8", errors="backslashreplace")
            whole.update(hashlib.sha256(name).digest() + hashlib.sha256(part).digest())
    except RefusedError:
        return ""
    return whole.hexdigest()


def same_content(one: bytes, other: bytes) -> bool:
    """Tell whether two files hold the same parts; files that are no packages, the same bytes."""
    if one == other:
        return True
    digest = content_digest(one)
    return digest != "" and digest == content_digest(other)
