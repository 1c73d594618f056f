"""The id of a row, which names its workbook: what every system takes for a file name, and no two that look the same."""

from __future__ import annotations

import unicodedata

from calc.scenario.faults import Fault, shown

LONGEST, MOST_BYTES = 100, 200
MARKS = " -_.,()+&'@#"
# Names that Windows keeps for itself, whatever follows their first dot.
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³")]
)
# Letters and marks that nobody sees: Unicode's "default ignorable" ones among letters, marks and numbers, as ranges.
UNSEEN = (
    (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x3164, 0x3164), (0xFE00, 0xFE0F),
    (0xFFA0, 0xFFA0), (0xE0000, 0xE0FFF),
)  # fmt: skip
ALLOWED = f"letters, digits and {MARKS.strip()} or spaces within, up to {LONGEST} characters; a letter or digit first"
EXAMPLE = "checkout-rescue"


def fault(id: str) -> Fault | None:
    """Why an id cannot name a file, or None."""
    if unseen := next((c for c in id if _is_unseen(c)), ""):
        found = f"{shown(id)}, with a character that cannot be seen (U+{ord(unseen):04X})"
        return Fault("id", found, "only characters that can be seen", EXAMPLE)
    stem = id.partition(".")[0].rstrip().casefold()
    if stem in RESERVED:
        return Fault("id", f"{shown(id)}, a name that Windows keeps for itself", "another name", EXAMPLE)
    good = 0 < len(id) <= LONGEST and len(file_name(id).encode(errors="replace")) <= MOST_BYTES
    if good and all(map(_allowed, id)) and id[0].isalnum() and id[-1] not in " .":
        return None
    return Fault("id", shown(id), ALLOWED, EXAMPLE)


def _is_unseen(character: str) -> bool:
    code = ord(character)
    return unicodedata.category(character) == "Cf" or any(low <= code <= high for low, high in UNSEEN)


def _allowed(character: str) -> bool:
    return character in MARKS or unicodedata.category(character)[0] in "LMN"


def file_name(id: str) -> str:
    """The workbook of that id, in the composed form that most systems keep."""
    return unicodedata.normalize("NFC", id) + ".xlsx"


def key(id: str) -> str:
    """The same for ids that some file system takes for one: upper or lower case, composed or decomposed."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", id).casefold())
