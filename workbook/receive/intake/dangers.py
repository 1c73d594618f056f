"""Finds dangerous content of a received workbook by the names, the declared types and the relations of its members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from workbook.receive.intake.markup import XML_NAMES, Listener, listen, plain_start
from workbook.receive.intake.members import Members
from workbook.receive.intake.unsafe import Finding, Unsafe

MACROS = "save it without macros (in Excel: as Excel Workbook, .xlsx)"
LINKS = "remove its links to other files (in Excel: Data > Edit Links > Break Link)"
OBJECTS = "delete its embedded objects and save it again"
CONNECTIONS = "delete its data connections (in Excel: Data > Queries & Connections > Delete)"

# Part of a member's name, declared type or relation, in small letters -> the problem, and what to do about it.
NAMED = {
    "vbaproject": ("macros (VBA)", MACROS),
    "vbadata": ("macros (VBA)", MACROS),
    "macrosheet": ("macros (Excel 4.0 macro sheet)", MACROS),
    "dialogsheet": ("macros (Excel 5.0 dialog sheet)", MACROS),
    "macroenabled": ("a macro-enabled workbook (.xlsm)", MACROS),
    "externallink": ("links to other files", LINKS),
    "activex": ("ActiveX controls", OBJECTS),
    "embeddings/": ("embedded OLE objects", OBJECTS),
    "oleobject": ("embedded OLE objects", OBJECTS),
    "relationships/package": ("embedded documents", OBJECTS),
    "relationships/control": ("ActiveX controls", OBJECTS),
    "webextension": ("an Office add-in", OBJECTS),
    "xl/connections": ("data connections", CONNECTIONS),
    "relationships/connections": ("data connections", CONNECTIONS),
    "querytable": ("data connections", CONNECTIONS),
}
NAMED_IN_ODS = {
    "basic/": ("macros (Basic)", MACROS),
    "scripts/": ("macros (scripts)", MACROS),
    "dialogs/": ("macros (dialogs)", MACROS),
    "sun.star.oleobject": ("embedded OLE objects", OBJECTS),
    "application/vnd.oasis.opendocument.text": ("embedded documents", OBJECTS),
}
CONTENT_TYPES = "[Content_Types].xml"
MANIFEST = "META-INF/manifest.xml"
# Relations that may lead outside: nobody follows a hyperlink while reading.
HARMLESS_OUTSIDE = "/hyperlink"


class _Declared(Listener):
    """Types by ending and by member, relations with whether they lead outside, as they are declared."""

    spaces: Mapping[str, str] = {
        "http://schemas.openxmlformats.org/package/2006/content-types": "",
        "http://schemas.openxmlformats.org/package/2006/relationships": "",
        "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest:",
    }

    def __init__(self) -> None:
        super().__init__()
        self.of_endings: dict[str, str] = {}
        self.of_members: dict[str, str] = {}
        self.relations: list[tuple[str, bool]] = []
        self.encrypted = False

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Default":
            self.of_endings[attributes.get("Extension", "").lower()] = attributes.get("ContentType", "")
        elif name == "Override":
            self.of_members[attributes.get("PartName", "").lstrip("/").lower()] = attributes.get("ContentType", "")
        elif name == "Relationship":
            self.relations.append((attributes.get("Type", ""), attributes.get("TargetMode") == "External"))
        elif name == "manifest:file-entry":
            self.of_members[attributes.get("manifest:full-path", "").lower()] = attributes.get(
                "manifest:media-type", ""
            )
        elif name == "manifest:encryption-data":
            self.encrypted = True

    def types(self, members: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Each member, and each folder that is declared, with its type. A type that no member has is harmless: SheetJS and
        ONLYOFFICE declare types for endings that none of their members has."""
        if not self.of_members and not self.of_endings:
            return
        for member in members:
            lowered = member.lower()
            folders = [lowered[: at + 1] for at, letter in enumerate(lowered) if letter == "/"]
            yield member, self.of_members.get(lowered, self.of_endings.get(lowered.rpartition(".")[2], ""))
            for folder in folders:
                yield member, self.of_members.get(folder, self.of_members.get(folder.rstrip("/"), ""))


def refuse_dangers(members: Members, ods: bool) -> None:
    """Raise Unsafe with everything in the members that is dangerous: each kind once, where it was first seen."""
    seen: dict[str, Finding] = {}
    for place, problem, remedy in _dangers(members, NAMED_IN_ODS if ods else NAMED):
        seen.setdefault(problem, Finding(place, problem, remedy))
    if seen:
        raise Unsafe(*seen.values())


def _dangers(members: Members, named: Mapping[str, tuple[str, str]]) -> Iterator[Finding]:
    for member in members:
        yield from _known(member, member, named)
        if member.lower().endswith(XML_NAMES):
            try:
                plain_start(member, members.chunks(member))
            except Unsafe as unsafe:
                yield from unsafe.findings
    for member in members:
        if member not in (CONTENT_TYPES, MANIFEST) and not member.endswith(".rels"):
            continue
        declared = _Declared()
        listen(member, members.chunks(member), declared)
        if declared.encrypted:
            yield Finding(member, "a password-protected workbook", "save it without a password")
        for bearer, what in declared.types(members):
            yield from _known(bearer, what, named)
        for what, outside in declared.relations:
            yield from _known(member, what, named)
            if outside and not what.endswith(HARMLESS_OUTSIDE):
                yield Finding(member, f"a link to outside ({what.rpartition('/')[2][:40]})", LINKS)


def _known(place: str, text: str, named: Mapping[str, tuple[str, str]]) -> Iterator[Finding]:
    lowered = text.lower()
    for part, (problem, remedy) in named.items():
        if part in lowered:
            yield Finding(place, problem, remedy)
