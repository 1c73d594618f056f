"""Zip files whose bytes follow from their members alone: sorted by name, with one fixed date, deflated by libdeflate.

ISA-L would take half the time, but gave other bytes for the same members in one process of a hundred, and on ARM.
Members are deflated apart from being put together, so that one that stays the same is deflated once.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterable
from itertools import product
from typing import NamedTuple

# A tenth smaller than at 1, in twice the time; a workbook that would be too large takes twice the
# time for a twentieth less, and forty times the time for a tenth less only if it still is.
FASTEST, LEVEL, HARDER = 1, 5, (5, 7, 12)
# For what is deflated once for many files: a twentieth smaller again where that takes eight times the time.
ONCE, ONCE_HARDER = 7, 10
DEFLATED, VERSION, UNIX, FIRST_DOS_DATE = 8, 20, 3, (1 << 5) | 1
OWNER_MAY_READ_AND_WRITE = 0o600 << 16
LOCAL, CENTRAL, END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s2B5H3L5H2L"), struct.Struct("<4s4H2LH")


class Member(NamedTuple):
    """One deflated member. crc and size are those of its content."""

    name: bytes
    crc: int
    size: int
    deflated: bytes | bytearray


class Packing(NamedTuple):
    """How a workbook is packed. size: it has fewer bytes than these, as far as deflating harder can reach that; level: how
    hard its members are deflated where that is enough; once: the least level of a member that many workbooks have alike,
    and that is deflated once for all of them."""

    size: float = math.inf
    level: int = LEVEL
    once: int = ONCE


def deflated(name: str, content: bytes, level: int = LEVEL) -> Member:
    """The member of that name and content."""
    # Here and below: not where nothing is packed, as in Pyodide, which has no wheel of it.
    import deflate

    return Member(name.encode(), deflate.crc32(content), len(content), deflate.deflate_compress(content, level))


def within(
    packing: Packing, contents: Iterable[tuple[str, bytes]], made: Callable[[str, bytes, int], Member]
) -> list[Member]:
    """The members, the largest of them deflated harder as far as it takes. contents: the name and content of each, one at a
    time, so that it is deflated while the processor's cache holds it; made: the member at that level."""
    given, members = {}, []
    for name, content in contents:
        given[name] = content
        members.append(made(name, content, packing.level))
    by_size = sorted(members, key=lambda member: (-len(member.deflated), member.name))
    heads = sum(LOCAL.size + CENTRAL.size + 2 * len(member.name) for member in by_size) + END.size
    total = heads + sum(len(member.deflated) for member in by_size)
    for level, at in product(HARDER, range(len(by_size))):
        if total < packing.size:
            break
        largest = by_size[at].name.decode()
        member = made(largest, given[largest], level)
        total += len(member.deflated) - len(by_size[at].deflated)
        by_size[at] = member
    return by_size


def archive(members: Iterable[Member]) -> bytes:
    """The zip file of the members."""
    parts: list[bytes | bytearray] = []
    directory: list[bytes] = []
    offset = 0
    for name, crc, size, content in sorted(members):
        about = (VERSION, 0, DEFLATED, 0, FIRST_DOS_DATE, crc, len(content), size, len(name), 0)
        parts += (LOCAL.pack(b"PK\3\4", *about), name, content)
        place = (0, 0, 0, OWNER_MAY_READ_AND_WRITE, offset)
        directory += (CENTRAL.pack(b"PK\1\2", VERSION, UNIX, *about, *place), name)
        offset += LOCAL.size + len(name) + len(content)
    listed = b"".join(directory)
    count = len(directory) // 2
    end = END.pack(b"PK\5\6", 0, 0, count, count, len(listed), offset, 0)
    return b"".join((*parts, listed, end))


def is_packed_here(beginning: bytes) -> bool:
    """Whether a file may have been written here, by how its first member is packed."""
    if len(beginning) < LOCAL.size:
        return False
    signature, *about = LOCAL.unpack_from(beginning)
    return (signature, *about[:5]) == (b"PK\3\4", VERSION, 0, DEFLATED, 0, FIRST_DOS_DATE)


def contents(data: bytes) -> dict[str, bytearray]:
    """The members of a zip file that was written here, name -> content, all checked. Raises ValueError if damaged."""
    import deflate

    try:
        return _contents(data)
    except (struct.error, deflate.DeflateError, UnicodeDecodeError) as error:
        raise ValueError(f"incomplete zip file: {error}") from None


def entries(data: bytes) -> list[tuple[str, int, int]]:
    """The name, size and checksum of each member of a zip file that was written here, as its directory says."""
    *_, count, _, offset, _ = END.unpack_from(data, len(data) - END.size)
    entries = []
    for _ in range(count):
        known = CENTRAL.unpack_from(data, offset)
        begin = offset + CENTRAL.size
        offset = begin + known[11]
        entries.append((data[begin:offset].decode(), known[10], known[8]))
    return entries


def _contents(data: bytes) -> dict[str, bytearray]:
    import deflate

    *_, count, length, offset, comment = END.unpack_from(data, len(data) - END.size)
    _whole(data.startswith(b"PK\5\6", len(data) - END.size) and offset + length + END.size == len(data) and not comment)
    members, at, end = {}, 0, offset
    for _ in range(count):
        known = CENTRAL.unpack_from(data, offset)
        crc, packed, size, name_length, place = known[8], known[9], known[10], known[11], known[17]
        name = data[offset + CENTRAL.size : offset + CENTRAL.size + name_length]
        offset += CENTRAL.size + name_length
        local = LOCAL.unpack_from(data, at)
        _whole(place == at and local == (b"PK\3\4", *known[3:13]) and data.startswith(name, at + LOCAL.size))
        at += LOCAL.size + name_length
        content = deflate.deflate_decompress(memoryview(data)[at : at + packed], size)
        _whole(len(content) == size and deflate.crc32(content) == crc)
        members[name.decode()] = content
        at += packed
    _whole(at == end)
    return members


def _whole(is_whole: bool) -> None:
    if not is_whole:
        raise ValueError("incomplete zip file")
