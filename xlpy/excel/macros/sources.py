"""The source of the modules in a macro project (模块源码): read, never run."""

from __future__ import annotations

import re
import struct

_FREE = 0xFFFFFFFA
_START = re.compile(rb"\x01..\x00Attribut", re.DOTALL)
_MOST = 4 * 2**20
_KEPT = re.compile(rb"(?im)^attribute vb_name[^\r\n]*|^(?!attribute )[^\r\n]+")


def sources(project: bytes) -> frozenset[bytes]:
    """Return the source of every module with code, case and blanks aside; empty if unreadable.

    Excel sets both as it likes when it saves.
    """
    try:
        streams = _streams(project)
        found = (_module(one) for one in streams)
        return frozenset(one for one in found if one.count(b"\n"))
    except (struct.error, IndexError, ValueError):
        return frozenset()


def _module(stream: bytes) -> bytes:
    """Return a module's lines: its name, and its code."""
    start = _START.search(stream)
    text = _unpacked(stream[start.start() :]) if start else b""
    lines = (re.sub(rb"\s+", b"", one).lower() for one in _KEPT.findall(text))
    return b"\n".join(one for one in lines if one)


def _streams(raw: bytes) -> list[bytes]:
    """Return the streams of a compound file (MS-CFB)."""
    size, mini = 1 << struct.unpack_from("<H", raw, 30)[0], 64
    if size not in (512, 4096) or len(raw) > _MOST:
        raise ValueError("no compound file")
    directory, least, first_mini = struct.unpack_from("<I4xII", raw, 48)
    table = [one for one in struct.unpack_from("<109I", raw, 76) if one < _FREE]
    sectors = [raw[at : at + size] for at in range(size, len(raw), size)]
    fat = [n for one in table for n in struct.unpack(f"<{size // 4}I", sectors[one])]
    whole = _chain(sectors, fat, directory)
    entries = [whole[at : at + 128] for at in range(0, len(whole) - 127, 128)]
    kinds = [(e[66], *struct.unpack_from("<II", e, 116)) for e in entries]
    small = _chain(sectors, fat, kinds[0][1])
    pieces = [small[at : at + mini] for at in range(0, len(small), mini)]
    minis = _chain(sectors, fat, first_mini)
    mini_fat = [n for (n,) in struct.iter_unpack("<I", minis)]
    return [
        (_chain(pieces, mini_fat, at) if length < least else _chain(sectors, fat, at))[:length]
        for kind, at, length in kinds
        if kind == 2 and length
    ]


def _chain(sectors: list[bytes], fat: list[int], at: int) -> bytes:
    parts: list[bytes] = []
    while at < _FREE:
        if len(parts) > len(sectors):
            raise ValueError("a chain without an end")
        parts.append(sectors[at])
        at = fat[at]
    return b"".join(parts)


def _unpacked(packed: bytes) -> bytes:
    """Return what MS-OVBA 2.4.1 compressed."""
    out, at = bytearray(), 1
    while at + 2 <= len(packed) and len(out) < _MOST:
        head = struct.unpack_from("<H", packed, at)[0]
        if head >> 12 & 7 != 3:
            break
        end, begun = min(at + (head & 0xFFF) + 3, len(packed)), len(out)
        at += 2
        if not head >> 15:
            out += packed[at:end]
            at = end
        while at < end:
            flags = packed[at]
            at += 1
            for bit in range(8):
                if at >= end:
                    break
                if not flags >> bit & 1:
                    out.append(packed[at])
                    at += 1
                    continue
                token = struct.unpack_from("<H", packed, at)[0]
                at += 2
                bits = max((len(out) - begun - 1).bit_length(), 4)
                back = (token >> (16 - bits)) + 1
                for _ in range((token & (0xFFFF >> bits)) + 3):
                    out.append(out[-back])
    return bytes(out)
