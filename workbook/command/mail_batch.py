"""Messages from the folder of a batch: the workbooks of a finished run, as listed in its manifest."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from calc.scenario.faults import Fault, Refused, problem, shown
from workbook.command.mail_fields import FIELDS, fields
from workbook.mail import Outgoing

if TYPE_CHECKING:
    from workbook.bulk.batch import Record
    from workbook.bulk.portfolio.reports import About

EXAMPLES = ("ada@example.com", "Ada Lovelace")
FILLED = "name a folder that engagement batch has filled"
AGAIN = "run engagement batch again to resume it"


def from_batch(folder: Path, column: str, name_column: str) -> list[Outgoing]:
    """A message for each workbook, with the faults of its row. column, name_column: of the manifest.

    Raises Refused where a run is still writing to the folder, or none has finished.
    """
    from workbook.bulk.batch import NAME

    made = [record for record in _finished(folder) if isinstance(record.get("file"), str)]
    if not made:
        raise Refused(str(folder), [problem(NAME, "lists no workbook")])
    _refuse_unknown({"--to": column, "--name": name_column}, made)
    return [_outgoing(folder, record, column, name_column, f"{NAME}, row {record['row']}") for record in made]


def _refuse_unknown(columns: Mapping[str, str], made: list[Record]) -> None:
    """Raises Refused with each option that names a column that no line of the manifest has."""
    known = dict.fromkeys(name for record in made for name, value in record.items() if isinstance(value, str))
    says = f"one of the manifest's columns of texts: {', '.join(known)}"
    faults = [
        Fault(option, shown(column), says, "owner")
        for option, column in columns.items()
        if column and all(column not in record for record in made)
    ]
    if faults:
        raise Refused("mail", faults)


def _finished(folder: Path) -> list[Record]:
    """The lines of the last run. Until a run ends, its lines stand below those of the run before."""
    from workbook.bulk.batch import NAME, InUseError, alone, records
    from workbook.bulk.portfolio.reports import totals

    if not (folder / NAME).is_file():
        raise Refused(str(folder), [problem(NAME, "no such file", FILLED)])
    with ExitStack() as held:
        try:
            held.enter_context(alone(folder))
        except InUseError:
            raise Refused(
                str(folder), [problem("", "in use by another run", "try again when it has finished")]
            ) from None
        except OSError:
            pass  # A folder that is read-only cannot be locked; an unfinished run shows by its lines.
        try:
            lines = list(records(folder))
        except OSError as error:
            raise Refused(str(folder), [problem(NAME, f"cannot be read ({error.strerror})", FILLED)]) from None
        try:
            about = totals.about((folder / totals.NAME).read_bytes())
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise Refused(str(folder), [problem(totals.NAME, f"no run has finished ({why})", AGAIN)]) from None
    if not _each_row_once(lines, about):
        raise Refused(str(folder), [problem(NAME, "not the manifest of a finished run", AGAIN)])
    return lines


def _each_row_once(lines: list[Record], about: About) -> bool:
    """Whether the lines are those of all rows of the shard, in their order."""
    rows = range(about.shard[0], about.rows + 1, about.shard[1])
    return len(lines) == len(rows) and all(line["row"] == row for line, row in zip(lines, rows, strict=True))


def _outgoing(folder: Path, record: Record, column: str, name_column: str, where: str) -> Outgoing:
    from workbook.bulk.batch import FOLDER

    name = _file_name(record)
    faults = [
        Fault(f"{where}, {field}", f"{shown(record.get(given))} in the column {given}", "a text", example)
        for field, given, example in zip(("to", "name"), (column, name_column), EXAMPLES, strict=True)
        if given and not (isinstance(record.get(given), str) and record[given].strip())
    ]
    if record["file"] != f"{FOLDER}/{name}":
        found = f"{shown(record['file'])} for the id {shown(record.get('id'))}"
        faults.append(Fault(f"{where}, workbook", found, f"the workbook of that id in {FOLDER}"))
    recipient, called = (str(record.get(given) or "").strip() for given in (column, name_column))
    # Never the path in the manifest: it may lead anywhere.
    place = folder / FOLDER / name
    made = {"sha256": str(record.get("sha256")), "content": str(record.get("content") or "")}
    return Outgoing(recipient, called, _fields(record), place, where, **made, faults=tuple(faults))


def _file_name(record: Record) -> str:
    """The name of a row's workbook, empty where its id can name none."""
    from workbook.bulk.portfolio import ids

    id = record.get("id")
    return "" if not isinstance(id, str) or ids.fault(id) else ids.file_name(id)


def _fields(record: Record) -> dict[str, str]:
    """What the manifest says about a workbook, under the field names of the templates."""
    from workbook.bulk.batch import faults_of

    own = {"id": str(record.get("id", ""))}
    if faults_of(record):
        return dict.fromkeys(FIELDS, "") | own
    return fields(record, record["name"], record["currency"]) | own
