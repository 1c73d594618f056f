"""Which part of an .xlsx leads to which: the .rels members."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import NamedTuple

from workbook.intake.markup import Listener, listen
from workbook.intake.members import Members


class Relation(NamedTuple):
    """One relation: its kind, the last word of its type such as "worksheet", and the member that it leads to."""

    kind: str
    member: str


class _Relations(Listener):
    spaces: Mapping[str, str] = {"http://schemas.openxmlformats.org/package/2006/relationships": ""}

    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = folder
        self.found: dict[str, Relation] = {}

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", self._folder, attributes.get("Target", "")))
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found[attributes.get("Id", "")] = Relation(kind, target.lstrip("/"))


def relations(members: Members, part: str = "") -> dict[str, Relation]:
    """The relations of a part, or of the whole package, by their id; only those to members that are there."""
    folder, name = posixpath.split(part)
    member = posixpath.join(folder, "_rels", f"{name}.rels")
    if member not in members:
        return {}
    heard = _Relations(folder)
    listen(member, members.chunks(member), heard)
    return {key: relation for key, relation in heard.found.items() if relation.member in members}
