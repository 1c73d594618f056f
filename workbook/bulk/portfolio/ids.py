"""Checks the id of a row, which names its workbook: every system must accept it, and no two may look the same."""

from __future__ import annotations

import unicodedata

from calc.scenario.faults import Fault, problem, shown

LONGEST, MOST_BYTES = 100, 200
MARKS = " -_.,()+&'@#"
# Names reserved by Windows, whatever follows their first dot.
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³")]
)
# Invisible letters and marks: those that Unicode calls "default ignorable", as ranges.
INVISIBLE = (
    (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x3164, 0x3164), (0xFE00, 0xFE0F),
    (0xFFA0, 0xFFA0), (0xE0000, 0xE0FFF),
)  # fmt: skip
ALLOWED = f"letters, digits and {MARKS.strip()} or spaces within, up to {LONGEST} characters; a letter or digit first"
EXAMPLE = "checkout-rescue"


def fault(id: str) -> Fault | None:
    """Why an id cannot be the name of a file, or None."""
    if invisible := next((character for character in id if _is_invisible(character)), ""):
        says = f"{shown(id)} contains an invisible character (U+{ord(invisible):04X})"
        return problem("id", says, f"remove it, as in {EXAMPLE}")
    stem = id.partition(".")[0].rstrip().casefold()
    if stem in RESERVED:
        return problem("id", f"{shown(id)} is a name reserved by Windows", f"choose another, for example {EXAMPLE}")
    good = 0 < len(id) <= LONGEST and len(file_name(id).encode(errors="replace")) <= MOST_BYTES
    if good and all(map(_allowed, id)) and id[0].isalnum() and id[-1] not in " .":
        return None
    return Fault("id", shown(id), ALLOWED, EXAMPLE)


def _is_invisible(character: str) -> bool:
    code = ord(character)
    return unicodedata.category(character) == "Cf" or any(low <= code <= high for low, high in INVISIBLE)


def _allowed(character: str) -> bool:
    return character in MARKS or unicodedata.category(character)[0] in "LMN"


def file_name(id: str) -> str:
    """The file name of the workbook with that id, in the composed form that most systems keep."""
    return unicodedata.normalize("NFC", id) + ".xlsx"


def key(id: str) -> str:
    """Equal for ids that some file system treats as one: upper or lower case, composed or decomposed.

    >>> key("Report") == key("rEPORT")
    True
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", id).casefold())
