"""Recipients from a CSV file: columns `to`, `name` and `workbook`; any further ones are fields for the templates."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path

from calc.scenario.faults import Fault, Refused, problem, shown
from calc.scenario.text import twice
from workbook.files.not_text import SAVE_AS_UTF_8, not_text
from workbook.mail.outgoing import Outgoing

COLUMNS = {"to": "ada@example.com", "name": "Ada Lovelace", "workbook": "out/checkout_rescue.xlsx"}
LARGEST = 10_000_000
MOST, MOST_COLUMNS = 20_000, 1_000
QUOTING = "put a cell that contains a quote into quotes, and double each quote inside it"


def recipients(path: str | os.PathLike[str]) -> list[Outgoing]:
    """Read every row of the file, each with the faults of its form; paths of workbooks start at the file's folder.

    Rows are numbered from 1, after the column names, like those of a portfolio.
    Raises Refused if the file as a whole is not a list of recipients.
    """
    path = Path(path)
    rows = list(_rows(path))
    if not rows:
        hint = "write a row of column names, then a row for each recipient"
        raise Refused(str(path), [problem("", "no recipients", hint)])
    return [_outgoing(path.parent, row, f"row {number} (line {line})") for number, (line, row) in enumerate(rows, 1)]


def _outgoing(folder: Path, row: dict[str, str] | csv.Error, where: str) -> Outgoing:
    if isinstance(row, csv.Error):
        return Outgoing("", "", {}, folder, where, faults=(problem(where, f"invalid CSV: {row}", QUOTING),))
    if None in row or None in row.values():
        fault = problem(where, "has more or fewer cells than columns", "a text with commas needs quotes")
        return Outgoing("", "", {}, folder, where, faults=(fault,))
    faults = tuple(
        Fault(f"{where}, {column}", "nothing", "a text", example)
        for column, example in COLUMNS.items()
        if not row[column].strip()
    )
    fields = {column: value.strip() for column, value in row.items() if column not in ("to", "workbook")}
    attachment = folder / row["workbook"].strip()
    return Outgoing(row["to"].strip(), row["name"].strip(), fields, attachment, where, faults=faults)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str] | csv.Error]]:
    """The line on which each row ends, and the row, or why it is none."""
    text = _text(path)
    first = text.partition("\n")[0]
    # Excel writes semicolons where the comma is the decimal mark.
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        reader.fieldnames = names = [name.strip().casefold() for name in reader.fieldnames or []]
    except csv.Error as error:
        raise Refused(str(path), [problem("the column names", f"invalid CSV: {error}", QUOTING)]) from None
    _check_columns(path, names)
    while (row := _next(reader)) is not None:
        if reader.reader.line_num > MOST:
            raise Refused(str(path), [problem("", f"more than {MOST:,} lines", "split the file")])
        if isinstance(row, csv.Error) or any(row.values()):
            yield reader.reader.line_num, row


def _next(reader: csv.DictReader[str]) -> dict[str, str] | csv.Error | None:
    """The next row, why it is none, or None at the end."""
    try:
        return next(reader, None)
    except csv.Error as error:
        return error


def _check_columns(path: Path, names: list[str]) -> None:
    faults = [
        problem(f"column {name}", "is missing", f"it holds texts such as {example}")
        for name, example in COLUMNS.items()
        if name not in names
    ]
    faults += [problem(f"column {shown(name)}", "appears twice") for name in twice(names)]
    if len(names) > MOST_COLUMNS:
        faults.append(Fault("the column names", f"{len(names):,} columns", f"at most {MOST_COLUMNS:,}"))
    if faults:
        raise Refused(str(path), faults)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise Refused(str(path), [problem("", error.strerror or str(error))]) from None
    if len(data) > LARGEST:
        raise Refused(str(path), [problem("", f"larger than {LARGEST // 1_000_000} MB", "split the file")])
    if kind := not_text(data, SAVE_AS_UTF_8):
        raise Refused(str(path), [problem("", *kind)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        says = f"not UTF-8 (byte {data[error.start]:#04x} at {error.start:,})"
        raise Refused(str(path), [problem("", says, SAVE_AS_UTF_8)]) from None
