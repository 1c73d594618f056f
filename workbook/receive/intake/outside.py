"""Formulas that reach outside the workbook: to other files, to the network, to other programs."""

from __future__ import annotations

import re

# What to put in the place of such a formula.
NO_OUTSIDE = "use a formula over cells of this workbook, or a number"

FIRST_LOOK = ("DDE", "EXEC", "CALL", "REGISTER", "RTD", "WEBSERVICE")
OUTSIDE_FUNCTIONS = re.compile(
    r"(?<![\w.])(?:_xlfn\.)?(DDE|DDEINITIATE|DDEEXECUTE|EXEC|CALL|REGISTER(?:\.ID)?|RTD|WEBSERVICE)\s*\(", re.IGNORECASE
)
TEXTS = re.compile(r"\"(?:[^\"]|\"\")*\"")
QUOTED_OR_ARRAY = re.compile(r"'(?:[^']|'')*'|\{[^{}]*\}")
FILE = re.compile(r"'(?:file|https?|ftp)://", re.IGNORECASE)


def reaches_outside(formula: str) -> str | None:
    """How the formula reaches outside the workbook (DDE, other files, the network, programs), or None."""
    large = formula.upper()
    if "|" not in formula and "://" not in formula and not any(word in large for word in FIRST_LOOK):
        return None
    bare = TEXTS.sub("", formula)
    if match := OUTSIDE_FUNCTIONS.search(bare):
        return f"a formula that reaches outside the workbook ({match[1].upper()})"
    if FILE.search(bare):
        return "a formula that reads another file"
    if "|" in QUOTED_OR_ARRAY.sub("", bare):
        return "a formula that starts another program (DDE)"
    return None
