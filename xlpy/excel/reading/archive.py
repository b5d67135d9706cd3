"""The zip around a workbook (压缩包): its members, each checked before it is unpacked."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zipfile import ZipInfo

from xlpy.excel.reading.refused import (
    MEMBERS,
    RATIO,
    RATIO_FROM,
    UNPACKED_BYTES,
    Refused,
    RefusedError,
)

_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_END = struct.Struct("<4sHHHHLLH")
_STREAMED, _ENCRYPTED, _UTF8 = 0x08, 0x41, 0x800
_SMALL = 2**14
_ZIP64_END = 76  # record and locator between the directory and its end


@dataclass(frozen=True, eq=False)
class Archive:
    """A zip whose directory was checked; members are found by their folded names.

    `starts` tells where the packed bytes of a member begin, by the offset of its local header.
    """

    raw: bytes
    members: Mapping[str, ZipInfo]
    starts: Mapping[int, int] = field(repr=False)
    _small: dict[str, bytes] = field(default_factory=dict, repr=False)

    def part(self, name: str) -> bytes | None:
        """Return the unpacked member (部件), None when there is none; sizes and CRC are checked.

        Small ones, which several readings ask for, are unpacked once.
        """
        name = folded(name)
        if name in self._small:
            return self._small[name]
        member = self.members.get(name)
        if member is None:
            return None
        body = _unpacked(self.raw, member, self.starts[member.header_offset])
        if len(body) <= _SMALL:
            self._small[name] = body
        return body


def folded(name: str) -> str:
    r"""Return a member's name as readers compare it.

    >>> folded("XL\\Workbook.XML")
    'xl/workbook.xml'
    """
    return name.replace("\\", "/").lower()


def open_archive(raw: bytes) -> Archive:
    """Return the zip with its directory checked (压缩包目录); raises `RefusedError`.

    Checked are: one directory right before the end, sizes and counts, names, no doubled names,
    and that the local headers agree with the directory and no two members share a byte.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as opened:
            members, start = opened.infolist(), opened.start_dir
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error):
        raise RefusedError(Refused.DAMAGED, "压缩包目录") from None
    _check_end(raw, start, len(members))
    _check_sizes(members)
    starts = _spans(raw, members, start)
    return Archive(raw=raw, members=_by_name(members), starts=starts)


def _check_end(raw: bytes, start: int, count: int) -> None:
    at = raw.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(raw):
        raise RefusedError(Refused.DAMAGED, "压缩包结尾")
    *_, total, size, offset, comment = _END.unpack_from(raw, at)
    follows = start + size in {at, at - _ZIP64_END}
    if offset != start or not follows or at + _END.size + comment != len(raw) or total != count:
        raise RefusedError(Refused.DAMAGED, "压缩包结尾")


def _check_sizes(members: Sequence[ZipInfo]) -> None:
    if len(members) > MEMBERS:
        raise RefusedError(Refused.BOMB, f"部件超过 {MEMBERS} 个")
    if sum(member.file_size for member in members) > UNPACKED_BYTES:
        raise RefusedError(Refused.BOMB, f"解压后超过 {UNPACKED_BYTES // 2**20} MB")
    for member in members:
        if member.file_size > max(RATIO_FROM, RATIO * member.compress_size):
            raise RefusedError(Refused.BOMB, f"压缩比超过 {RATIO}")


def _by_name(members: Sequence[ZipInfo]) -> dict[str, ZipInfo]:
    found: dict[str, ZipInfo] = {}
    for member in members:
        name = folded(member.orig_filename)
        if name.startswith("/") or ":" in name or "\0" in name or ".." in name.split("/"):
            raise RefusedError(Refused.MEMBER_NAME)
        if name in found:
            raise RefusedError(Refused.DOUBLED_MEMBER, name)
        found[name] = member
    return found


def _spans(raw: bytes, members: Sequence[ZipInfo], directory: int) -> dict[int, int]:
    """Return where the packed bytes of members begin by their offset; no two share a byte."""
    # Python's own check of overlaps came only with 3.11.8 and 3.12.2.
    free = 0
    starts: dict[int, int] = {}
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.flag_bits & _ENCRYPTED:
            raise RefusedError(Refused.ENCRYPTED, "压缩包加密")
        if member.header_offset < free:
            raise RefusedError(Refused.OVERLAP)
        starts[member.header_offset] = start = _body_start(raw, member)
        free = start + member.compress_size
    if free > directory:
        raise RefusedError(Refused.OVERLAP)
    return starts


def _body_start(raw: bytes, member: ZipInfo) -> int:
    """Return where the packed bytes begin, after the local header was found to agree."""
    try:
        signature, _, flags, method, _, _, crc, packed, size, name, extra = _LOCAL.unpack_from(
            raw, member.header_offset
        )
    except struct.error:
        raise RefusedError(Refused.DAMAGED, "压缩包部件") from None
    at = member.header_offset + _LOCAL.size
    declared = member.orig_filename.encode("utf-8" if member.flag_bits & _UTF8 else "cp437")
    same = (
        signature == b"PK\x03\x04"
        and raw[at : at + name] == declared
        and method == member.compress_type
        and (flags ^ member.flag_bits) & (_ENCRYPTED | _STREAMED | _UTF8) == 0
    )
    if not flags & _STREAMED:
        sizes = {(member.compress_size, member.file_size), (0xFFFFFFFF, 0xFFFFFFFF)}
        same = same and (packed, size) in sizes and crc == member.CRC
    if not same:
        raise RefusedError(Refused.OVERLAP, "部件名称或大小前后不一")
    return at + int(name) + int(extra)


def _unpacked(raw: bytes, member: ZipInfo, start: int) -> bytes:
    packed = raw[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        body, whole = packed, True
    elif member.compress_type == zipfile.ZIP_DEFLATED:
        body, whole = _inflated(packed, member.file_size)
    else:
        raise RefusedError(Refused.DAMAGED, "压缩方式")
    if not whole or len(body) != member.file_size or zlib.crc32(body) != member.CRC:
        raise RefusedError(Refused.DAMAGED, "压缩包部件")
    return body


def _inflated(packed: bytes, size: int) -> tuple[bytes, bool]:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        body = stream.decompress(packed, size + 1)
    except zlib.error:
        return b"", False
    return body, stream.eof and not stream.unused_data
