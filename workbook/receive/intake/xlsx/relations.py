"""Which part of an .xlsx leads to which: the .rels members."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import NamedTuple

from workbook.receive.intake import limits
from workbook.receive.intake.markup import Listener, listen
from workbook.receive.intake.members import Members


class Relation(NamedTuple):
    """One relation: its kind, the last word of its type such as "worksheet", and the member that it leads to."""

    kind: str
    member: str


class _Relations(Listener):
    spaces: Mapping[str, str] = {"http://schemas.openxmlformats.org/package/2006/relationships": ""}
    root = "Relationships"

    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = folder
        self.by_id: dict[str, Relation] = {}
        self.outside: dict[str, str] = {}

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") == "External":
            self.outside[attributes.get("Id", "")] = attributes.get("Target", "")[: limits.LONGEST_SHOWN]
        elif name == "Relationship":
            target = posixpath.normpath(posixpath.join("/", self._folder, attributes.get("Target", "")))
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.by_id[attributes.get("Id", "")] = Relation(kind, target.lstrip("/"))


def relations(members: Members, part: str = "") -> dict[str, Relation]:
    """The relations of a part, or of the whole package, by their id; only those to members that are there."""
    return {key: relation for key, relation in _heard(members, part).by_id.items() if relation.member in members}


def links_to_outside(members: Members, part: str) -> dict[str, str]:
    """Id -> where it leads, of the relations of a part that leave the file: hyperlinks, as all others are refused."""
    return _heard(members, part).outside


def _heard(members: Members, part: str) -> _Relations:
    folder, name = posixpath.split(part)
    member = posixpath.join(folder, "_rels", f"{name}.rels")
    heard = _Relations(folder)
    if member in members:
        listen(member, members.chunks(member), heard)
    return heard
