"""The rows of a portfolio file, whatever its form, numbered and with their ids checked against each other."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from calc.scenario.faults import Fault, Refused, shown
from workbook.portfolio import delimited, ids, lines
from workbook.portfolio.entry import Entry

FORMS = "a portfolio as .csv, .jsonl or .xlsx"
BLOCK = 1 << 20


def entries(path: Path) -> Iterator[Entry]:
    """Every row in order. Raises Refused where the file as a whole is no portfolio.

    A row whose id was taken by an earlier one carries that as a fault, and so does a row whose id can be no file's name.
    """
    taken: dict[str, int] = {}
    for number, (place, given, fields, faults) in enumerate(_rows(path), 1):
        id = str(number) if given is None or given == "" else _text(given)
        fault = ids.fault(id) if isinstance(id, str) else Fault("id", shown(given), ids.ALLOWED, ids.EXAMPLE)
        if fault is None:
            earlier = taken.setdefault(ids.key(id), number)
            if earlier != number:
                fault = Fault("id", f"{shown(id)}, the id of row {earlier} too", "an id that no other row has")
        where = f"{path.name}, row {number} ({place})"
        yield Entry(number, where, id if isinstance(id, str) else shown(given), fields, (*faults, *([fault] if fault else [])))


def _text(given: Any) -> str | None:
    """An id as text: a whole number is one too."""
    if isinstance(given, str):
        return given
    return str(given) if isinstance(given, int) and not isinstance(given, bool) else None


def _rows(path: Path) -> Iterator[tuple[str, Any, dict[str, Any], list[Fault]]]:
    kind = path.suffix.lower()
    if kind == ".csv":
        return delimited.rows(path)
    if kind in (".jsonl", ".ndjson"):
        return lines.rows(path)
    if kind == ".xlsx":
        from workbook.portfolio import spreadsheet

        return spreadsheet.rows(path)
    raise Refused(str(path), [Fault("the file's name", shown(path.name), FORMS, "portfolio.csv")])


def fingerprint(path: Path) -> str:
    """The SHA-256 of the file. Raises Refused where it cannot be read, or is text that is not UTF-8."""
    found = hashlib.sha256()
    decoder = None if path.suffix.lower() == ".xlsx" else codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                found.update(block)
                if decoder:
                    decoder.decode(block)
        if decoder:
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise Refused(str(path), [Fault("the whole file", "text that is not UTF-8", "text saved as UTF-8")]) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Refused(str(path), [Fault("the whole file", f"not readable: {why}", FORMS)]) from None
    return found.hexdigest()
