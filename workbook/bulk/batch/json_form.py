"""The form of a line of a manifest, as a JSON Schema for programs that read it: made from what lines are checked by."""

from __future__ import annotations

from typing import Any

from calc.scenario.json_schema import DRAFT
from workbook.bulk.batch.manifest_line import FAULT, NOTHING, PARTS, SHA256, WRITTEN

NAMES: dict[type, str] = {
    str: "string", int: "integer", float: "number", bool: "boolean", list: "array", dict: "object", NOTHING: "null",
}  # fmt: skip
TEXT = {"type": "string"}


def manifest_schema() -> dict[str, Any]:
    """The JSON Schema of one line: of a workbook, or of a row that was refused or failed."""
    head = {"row": {"type": "integer", "minimum": 1}, "id": TEXT}
    fault = {"type": "object", "required": list(FAULT), "properties": dict.fromkeys(FAULT, TEXT)}
    written = {name: _entry(name, kinds) for name, kinds in WRITTEN.items()}
    written["sha256"] = {"type": "string", "pattern": f"^{SHA256.pattern}$"}
    return {
        "$schema": DRAFT,
        "title": "Manifest",
        "description": "A line of manifest.jsonl: a workbook, or a row that was refused or failed.",
        "type": "object",
        "anyOf": [
            _line(head | written),
            _line(head | {"refused": {"type": "array", "items": fault}}),
            _line(head | {"failed": TEXT}),
        ],
    }


def _line(entries: dict[str, Any]) -> dict[str, Any]:
    return {"required": list(entries), "properties": entries}


def _entry(name: str, kinds: tuple[type, ...]) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": _types(kinds)}
    if name in PARTS:
        whole = {
            "required": list(PARTS[name]),
            "properties": {part: {"type": _types(of)} for part, of in PARTS[name].items()},
        }
        schema |= {"items": whole} if list in kinds else whole
    return schema


def _types(kinds: tuple[type, ...]) -> list[str]:
    return [NAMES[kind] for kind in kinds]
