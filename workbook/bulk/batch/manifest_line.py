"""The entries of a line of the manifest, and a check of lines that were read back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from calc.scenario.faults import Fault, shown
from workbook.bulk.batch.file_names import FOLDER
from workbook.bulk.portfolio import ids

Record = dict[str, Any]

TEXT, NUMBER, WHOLE, YES_NO, LIST, OBJECT = (str,), (int, float), (int,), (bool,), (list,), (dict,)
NOTHING = type(None)
SHA256 = re.compile("[0-9a-f]{64}")
WRITTEN: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("file", "input", "template", "edition", "sha256", "name", "owner", "currency"), TEXT),
    **dict.fromkeys(("status", "answer", "why", "cost"), TEXT),
    **dict.fromkeys(("runs", "size"), WHOLE),
    **dict.fromkeys(("usd_rate", "seconds"), NUMBER),
    "provisional": YES_NO,
    **dict.fromkeys(("recommendation", "label", "cheapest"), (*TEXT, NOTHING)),
    **dict.fromkeys(
        (
            "total", "npv", "paid", "own_time", "losses", "same_scope", "invoiced", "best", "worst", "p10", "p50", "p80",
            "p90", "weeks_to_stable", "core_cost",
        ),
        (*NUMBER, NOTHING),
    ),
    **dict.fromkeys(("budget", "why_not", "runner_up", "design", "tracking"), (*OBJECT, NOTHING)),
    "alerts": LIST,
    "contenders": LIST,
    "by_year": LIST,
}  # fmt: skip
# What an entry with parts must hold.
PARTS: dict[str, dict[str, tuple[type, ...]]] = {
    "budget": {
        "amount": NUMBER, "text": TEXT, **dict.fromkeys(("invoiced", "headroom", "chance_above"), (*NUMBER, NOTHING)),
    },
    "why_not": {
        **dict.fromkeys(("path", "label", "text"), TEXT), "kind": (*TEXT, NOTHING),
        **dict.fromkeys(("amount", "break_even_chance"), (*NUMBER, NOTHING)),
    },
    "runner_up": {
        **dict.fromkeys(("path", "label"), TEXT), **dict.fromkeys(("total", "same_scope"), (*NUMBER, NOTHING)),
    },
    "design": {
        "text": TEXT, **dict.fromkeys(("name", "path"), (*TEXT, NOTHING)),
        **dict.fromkeys(("same_scope", "saves", "weeks_to_stable"), (*NUMBER, NOTHING)),
    },
    "tracking": {
        **dict.fromkeys(("path", "label", "end_date", "advice"), TEXT), "month": WHOLE,
        **dict.fromkeys(("plan", "actual", "forecast", "variance"), NUMBER),
        **dict.fromkeys(("budget", "headroom"), (*NUMBER, NOTHING)),
    },
    "alerts": {"id": TEXT, "text": TEXT},
    "contenders": {**dict.fromkeys(("path", "label"), TEXT), **dict.fromkeys(("invoiced", "same_scope"), NUMBER)},
    "by_year": {**dict.fromkeys(("year", "line"), TEXT), "amount": NUMBER},
}  # fmt: skip
IN_WORDS = {
    str: "text", int: "a whole number", float: "a number", bool: "true or false", NOTHING: "null", list: "a list",
    dict: "an object",
}  # fmt: skip
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
        if name not in record or not _is(value, kinds):
            yield name, shown(value), " or ".join(IN_WORDS[kind] for kind in kinds if kind is not int or kinds is WHOLE)
        elif name in PARTS and not _is_whole(value, PARTS[name]):
            yield name, shown(value), f"{', '.join(PARTS[name])}, as a batch writes them"
        elif name == "usd_rate" and isinstance(value, int | float) and value <= 0:
            yield name, shown(value), "a number above 0"
        elif name == "sha256" and isinstance(value, str) and not SHA256.fullmatch(value):
            yield name, shown(value), "64 hexadecimal digits"


def _is(value: Any, kinds: tuple[type, ...]) -> bool:
    return isinstance(value, kinds) and isinstance(value, bool) == (kinds is YES_NO)


def _is_whole(value: Any, parts: dict[str, tuple[type, ...]]) -> bool:
    """Whether an entry with parts, or each of a list of them, has all parts and no other; nothing is whole too."""
    each = value if isinstance(value, list) else [] if value is None else [value]
    return all(
        isinstance(one, dict) and set(one) == set(parts) and all(_is(one[part], kinds) for part, kinds in parts.items())
        for one in each
    )


def _is_refusal(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(fault, dict) and set(fault) == set(FAULT) and all(isinstance(text, str) for text in fault.values())
        for fault in value
    )
