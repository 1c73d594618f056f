"""What goes to whom from the folder of a batch: workbooks of a finished run alone, as its manifest tells of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from calc.scenario.faults import Fault, Refused, shown
from workbook.command.mail_fields import ANSWER, NO_PATH, NOTHING_LEFT
from workbook.mail import Outgoing

if TYPE_CHECKING:
    from workbook.bulk.batch import Record
    from workbook.bulk.portfolio.reports import About

EXAMPLES = ("ada@example.com", "Ada Lovelace")
FILLED = "a folder that engagement batch has filled"
AGAIN = "run engagement batch again, it goes on where it was stopped"


def from_batch(folder: Path, column: str, name_column: str) -> list[Outgoing]:
    """A message for each workbook, with the faults of its row. column, name_column: of the manifest.

    Raises Refused where a run is at work in the folder, or none has come to its end.
    """
    from workbook.bulk.batch import NAME

    made = [record for record in _finished(folder) if isinstance(record.get("file"), str)]
    if not made:
        raise Refused(str(folder), [Fault(NAME, "no workbook", "a row for each workbook")])
    return [_outgoing(folder, record, column, name_column, f"{NAME}, row {record['row']}") for record in made]


def _finished(folder: Path) -> list[Record]:
    """The lines that the last run left. Until a run ends, its lines stand below those of the run before."""
    from workbook.bulk.batch import NAME, InUseError, alone, records
    from workbook.bulk.portfolio.reports import totals

    if not (folder / NAME).is_file():
        raise Refused(str(folder), [Fault(NAME, "no manifest", FILLED)])
    with ExitStack() as held:
        try:
            held.enter_context(alone(folder))
        except InUseError:
            found = "another run is at work there"
            raise Refused(str(folder), [Fault("the folder", found, "a batch that has come to its end")]) from None
        except OSError:
            pass  # Where nothing may be written, nothing is locked; what is not finished shows by its lines.
        try:
            lines = list(records(folder))
        except OSError as error:
            raise Refused(str(folder), [Fault(NAME, f"not readable: {error.strerror}", FILLED)]) from None
        try:
            about = totals.about((folder / totals.NAME).read_bytes())
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise Refused(str(folder), [Fault(totals.NAME, why, "", f"no run is finished: {AGAIN}")]) from None
    if not _each_row_once(lines, about):
        raise Refused(str(folder), [Fault(NAME, "not what a finished run leaves", "", AGAIN)])
    return lines


def _each_row_once(lines: list[Record], about: About) -> bool:
    """Whether the lines are those of all rows of the shard, in their order."""
    rows = range(about.shard[0], about.rows + 1, about.shard[1])
    return len(lines) == len(rows) and all(line["row"] == row for line, row in zip(lines, rows, strict=True))


def _outgoing(folder: Path, record: Record, column: str, name_column: str, where: str) -> Outgoing:
    from workbook.bulk.batch import FOLDER, SHA256

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
    # Never what stands in the manifest as its file: that may lead anywhere.
    place = folder / FOLDER / name
    sha256 = str(record.get("sha256"))
    # A damaged line vouches for nothing, its hash of the content neither.
    made = {"sha256": sha256, "content": str(record.get("content") or "") if SHA256.fullmatch(sha256) else ""}
    return Outgoing(recipient, called, dict(_told(record)), place, where, **made, faults=tuple(faults))


def _file_name(record: Record) -> str:
    """The name of a row's workbook, empty where its id can name none."""
    from workbook.bulk.portfolio import ids

    id = record.get("id")
    return "" if not isinstance(id, str) or ids.fault(id) else ids.file_name(id)


def _told(record: Record) -> Iterator[tuple[str, str]]:
    """What the manifest says of a workbook, under the names that the templates know."""
    known = {"project": "name", ANSWER: "label"}
    known |= {same: same for same in ("currency", "total", "p10", "p90", "id")}
    for field, column in known.items():
        value = record.get(column)
        yield field, "" if value is None else f"{value:,.0f}" if isinstance(value, float) else str(value)
    yield from NOTHING_LEFT.items() if record.get("recommendation") is None else [(NO_PATH, "")]
