"""Random damage to a good workbook: in the zip's bytes, in its members, in the XML inside them."""

import random
import re

from tests.receive.hostile.good import packed

TAG = re.compile(rb"<[^>]*>|[^<]+")
JUNK = [
    b"&", b"&#0;", b"&amp;", b"]]>", b"<![CDATA[x]]>", b"<!-- -->", b"<?x?>", b"<v>", b"</c>", b"\0", b"\xff", b"NaN", b"1e999",
    b"-1", b"99999999999999999999", b' r="A1"', b' t="s"', b' t="b"', b"A0", b"XFE1", b"1_000", b" ", b"<row>", b"\xef\xbb\xbf",
]  # fmt: skip


def mutated(members: dict[str, bytes], chance: random.Random) -> bytes:
    """The members as a zip with one to three kinds of damage."""
    members = dict(members)
    for _ in range(chance.randint(1, 3)):
        kind = chance.choice(INSIDE)
        name = chance.choice(sorted(members))
        if kind is cut_member:
            del members[name]
            members = members or {"x": b""}
        elif kind is swap_members:
            other = chance.choice(sorted(members))
            members[name], members[other] = members[other], members[name]
        else:
            members[name] = kind(members[name], chance)
    data = packed(members)
    if chance.random() < 0.25:
        data = chance.choice((flip_bytes, cut_end, swap_slices))(data, chance)
    return data


def cut_member(data, chance):
    raise NotImplementedError("done where the members are known")


def swap_members(data, chance):
    raise NotImplementedError("done where the members are known")


def flip_bytes(data, chance):
    data = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        if data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def cut_end(data, chance):
    return data[: chance.randrange(len(data) + 1)]


def slices(data, chance):
    """Two slices of the data that do not overlap, as (start, end, start, end)."""
    return sorted(chance.randrange(len(data) + 1) for _ in range(4))


def swap_slices(data, chance):
    a, b, c, d = slices(data, chance)
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def delete_slice(data, chance):
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.randint(1, 40) :]


def swap_pieces(data, chance):
    """Two tags or texts in each other's place: often still XML."""
    pieces = TAG.findall(data)
    if len(pieces) > 1:
        a, b = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        pieces[a], pieces[b] = pieces[b], pieces[a]
    return b"".join(pieces)


def double_piece(data, chance):
    pieces = TAG.findall(data) or [data]
    at = chance.randrange(len(pieces))
    return b"".join(pieces[: at + 1] + pieces[at:])


def change_digit(data, chance):
    places = [at for at, byte in enumerate(data) if chr(byte).isdigit()]
    if not places:
        return data
    at = chance.choice(places)
    return data[:at] + str(chance.randrange(10)).encode() + data[at + 1 :]


def change_word(data, chance):
    """Another word of the document in a word's place: names, types and values get mixed up."""
    words = list(re.finditer(rb"\w+", data))
    if not words:
        return data
    word, other = chance.choice(words), chance.choice(words)
    return data[: word.start()] + other[0] + data[word.end() :]


def insert_junk(data, chance):
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(JUNK) + data[at:]


INSIDE = (
    cut_member, swap_members, flip_bytes, cut_end, swap_slices, delete_slice, swap_pieces, double_piece, change_digit, change_digit,
    change_digit, change_word, change_word, insert_junk,
)  # fmt: skip


def of_xml(data, chance):
    """The bytes of a member with one to three kinds of damage."""
    for _ in range(chance.randint(1, 3)):
        data = chance.choice(INSIDE[2:])(data, chance)
    return data
