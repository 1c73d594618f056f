"""Recipients from a CSV file: columns `to`, `name` and `workbook`; any further ones are fields for the templates."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path

from calc.scenario.faults import Fault, Refused, shown
from calc.scenario.text import twice
from workbook.mail.outgoing import Outgoing

COLUMNS = {"to": "ada@example.com", "name": "Ada Lovelace", "workbook": "out/checkout_rescue.xlsx"}
LARGEST = 10_000_000
MOST, MOST_COLUMNS = 20_000, 1_000


def recipients(path: str | os.PathLike[str]) -> list[Outgoing]:
    """Every row of the file, each with the faults of its form; workbooks are found from the file's folder.

    Raises Refused where the file as a whole is no list of recipients.
    """
    path = Path(path)
    rows = list(_rows(path))
    if not rows:
        raise Refused(
            str(path), [Fault("the whole file", "no recipient", "a row of column names, then a row for each recipient")]
        )
    return [_outgoing(path.parent, row, f"row {number}") for number, row in rows]


def _outgoing(folder: Path, row: dict[str, str], where: str) -> Outgoing:
    if None in row or None in row.values():
        found, allowed = "more or fewer cells than columns", "a cell for each column; commas in a text need quotes"
        return Outgoing("", "", {}, folder, where, faults=(Fault(where, found, allowed),))
    faults = tuple(
        Fault(f"{where}, {column}", "nothing", "a text", example)
        for column, example in COLUMNS.items()
        if not row[column].strip()
    )
    fields = {column: value.strip() for column, value in row.items() if column not in ("to", "workbook")}
    attachment = folder / row["workbook"].strip()
    return Outgoing(row["to"].strip(), row["name"].strip(), fields, attachment, where, faults=faults)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    text = _text(path)
    first = text.partition("\n")[0]
    delimiter = (
        ";" if first.count(";") > first.count(",") else ","
    )  # Excel writes semicolons where a comma is the decimal mark
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        reader.fieldnames = names = [name.strip().casefold() for name in reader.fieldnames or []]
        _check_columns(path, names)
        for row in reader:
            if reader.line_num > MOST:
                raise Refused(str(path), [Fault("the whole file", "too many rows", f"at most {MOST:,} lines")])
            if any(row.values()):
                yield reader.line_num, row
    except csv.Error as error:
        raise Refused(str(path), [Fault("the whole file", f"no valid CSV: {error}", "a CSV file")]) from None


def _check_columns(path: Path, names: list[str]) -> None:
    faults = [
        Fault(f"column {name}", "no such column", "this column", example)
        for name, example in COLUMNS.items()
        if name not in names
    ]
    faults += [Fault(f"column {shown(name)}", "twice", "each column once") for name in twice(names)]
    if len(names) > MOST_COLUMNS:
        faults.append(Fault("the column names", f"{len(names):,} columns", f"at most {MOST_COLUMNS:,}"))
    if faults:
        raise Refused(str(path), faults)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise Refused(str(path), [Fault("the whole file", f"not readable: {error.strerror}", "a CSV file")]) from None
    if len(data) > LARGEST:
        raise Refused(str(path), [Fault("the whole file", "too large", f"at most {LARGEST // 1_000_000} MB")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"byte {data[error.start]:#04x} at {error.start:,}, which is not UTF-8"
        raise Refused(str(path), [Fault("the whole file", found, "CSV UTF-8, as Excel's Save As offers it")]) from None
