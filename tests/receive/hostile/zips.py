"""Zips that no archiver writes: members by the million, sizes that lie, members that share their bytes."""

import io
import struct
import zipfile
import zlib

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")


def raw(entries, shared=False):
    """A zip of (name, packed bytes, checksum, size); shared: every entry of the list points to the first one's bytes."""
    local, central, offset = [], [], 0
    for name, data, checksum, size in entries:
        name = name.encode()
        if not (shared and local):
            local.append(LOCAL.pack(b"PK\3\4", 20, 0, 8, 0, 33, checksum, len(data), size, len(name), 0) + name + data)
        central.append(
            CENTRAL.pack(b"PK\1\2", 20, 20, 0, 8, 0, 33, checksum, len(data), size, len(name), 0, 0, 0, 0, 0, offset)
            + name
        )
        offset += 0 if shared else len(local[-1])
    body, listed = b"".join(local), b"".join(central)
    count = min(len(central), 0xFFFF)
    return body + listed + END.pack(b"PK\5\6", 0, 0, count, count, len(listed), len(body), 0)


def deflated(data):
    """(packed bytes, checksum, size) of the data."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush(), zlib.crc32(data), len(data)


def of_many(count):
    """That many empty members."""
    return raw((f"m{number}", b"\3\0", 0, 0) for number in range(count))


def with_size(data, member, size):
    """The zip with the size of a member as its headers tell it changed."""
    data = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        offset = archive.getinfo(member).header_offset
    struct.pack_into("<L", data, offset + 22, size)
    at = data.index(member.encode(), data.index(b"PK\1\2")) - CENTRAL.size
    struct.pack_into("<L", data, at + 24, size)
    return bytes(data)


def with_flag(data, flag):
    """The zip with a flag set for every member."""
    data = bytearray(data)
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= flag
            at = data.find(mark, at + 4)
    return bytes(data)


def with_long_member(members, name, pieces):
    """A zip with one member more, written from pieces, so that it never has to be in memory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for other, data in members.items():
            archive.writestr(other, data)
        with archive.open(name, "w") as member:
            for piece in pieces:
                member.write(piece)
    return buffer.getvalue()
