"""The entries of a line of the manifest, and a check of lines that were read back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from calc.scenario.faults import Fault, shown
from workbook.bulk.batch.file_names import FOLDER
from workbook.bulk.portfolio import ids

Record = dict[str, Any]

TEXT, NUMBER, WHOLE, YES_NO = (str,), (int, float), (int,), (bool,)
NOTHING = type(None)
SHA256 = re.compile("[0-9a-f]{64}")
WRITTEN: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("file", "input", "template", "sha256", "name", "owner", "currency"), TEXT),
    **dict.fromkeys(("runs", "size"), WHOLE),
    **dict.fromkeys(("usd_rate", "seconds"), NUMBER),
    "provisional": YES_NO,
    **dict.fromkeys(("recommendation", "label", "cheapest"), (*TEXT, NOTHING)),
    **dict.fromkeys(
        ("budget", "total", "npv", "best", "worst", "p10", "p90", "weeks_to_stable", "core_cost"), (*NUMBER, NOTHING)
    ),
}
IN_WORDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false", NOTHING: "null"}
FAULT = ("field", "found", "allowed", "example")


def faults(record: Record, where: str = "") -> list[Fault]:
    """A fault for every entry of a line that is wrong. where: a prefix to the name of the entry."""
    return [Fault(f"{where}{entry}", value, allowed) for entry, value, allowed in _wrong(record)]


def _wrong(record: Record) -> Iterator[tuple[str, str, str]]:
    """For each wrong entry its name, its value as shown, and what is allowed."""
    id = record.get("id")
    if not isinstance(id, str):
        yield "id", shown(id), "text"
    elif "file" in record and ids.fault(id):
        yield "id", shown(id), ids.ALLOWED
    elif "file" in record and record["file"] != (file := f"{FOLDER}/{ids.file_name(id)}"):
        yield "file", shown(record["file"]), file
    if "failed" in record and not isinstance(record["failed"], str):
        yield "failed", shown(record["failed"]), "text"
    if "refused" in record and not _is_refusal(record["refused"]):
        yield "refused", shown(record["refused"]), "a list of faults"
    if "failed" in record or "refused" in record:
        if "file" in record:
            yield "file", shown(record["file"]), "none, for a row that was not written"
        return
    if "content" in record and not isinstance(record["content"], str):
        yield "content", shown(record["content"]), "text"
    for name, kinds in WRITTEN.items():
        value = record.get(name)
        if name not in record or not isinstance(value, kinds) or isinstance(value, bool) != (kinds is YES_NO):
            yield name, shown(value), " or ".join(IN_WORDS[kind] for kind in kinds if kind is not int or kinds is WHOLE)
        elif name == "usd_rate" and isinstance(value, int | float) and value <= 0:
            yield name, shown(value), "a number above 0"
        elif name == "sha256" and isinstance(value, str) and not SHA256.fullmatch(value):
            yield name, shown(value), "64 hexadecimal digits"


def _is_refusal(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(fault, dict) and set(fault) == set(FAULT) and all(isinstance(text, str) for text in fault.values())
        for fault in value
    )
