"""Rule 9: no external link, broken name, error value, number stored as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbook.receive.soundness.address import Area
from workbook.receive.soundness.breach import Breach
from workbook.receive.soundness.contents import Cell, Contents, DefinedName, Error, Sheet
from workbook.receive.soundness.package_xml import target
from workbook.receive.soundness.tokens import Pattern, Patterns

NUMBER = re.compile(r"\s*[-+]?(\d[\d,]*(\.\d+)?|\.\d+)%?\s*$")
TITLES = re.compile(r"(?:'(?:[^']|'')+'|[^'!]+)!(?:\$\d+:\$\d+|\$[A-Z]+:\$[A-Z]+)$")


def breaches(workbook: Contents) -> Iterator[Breach]:
    """Whatever points outside or nowhere, and values that are errors or numbers in disguise."""
    yield from _links(workbook)
    for name in workbook.names:
        yield from _name(workbook, name)
    for sheet in workbook.sheets.values():
        yield from _values(workbook, sheet)
        yield from _formulas(workbook, sheet)
        yield from _places(workbook, sheet)


def _links(workbook: Contents) -> Iterator[Breach]:
    for part, relations in workbook.relations.items():
        for relation in relations.values():
            kind = relation.type.rpartition("/")[2]
            if relation.external and not (kind == "hyperlink" and relation.target.startswith("https://")):
                yield Breach(9, "", part, f"an external {kind}: {relation.target}")
            if not relation.external and relation.target not in workbook.parts:
                yield Breach(9, "", part, f"leads to {relation.target}, which is not in the file")
    for part in workbook.parts:
        if part.startswith("xl/externalLinks/") or part.endswith("vbaProject.bin") or part == "xl/connections.xml":
            yield Breach(9, "", part, "links, macros and connections have no place in the workbook")


def _name(workbook: Contents, name: DefinedName) -> Iterator[Breach]:
    if "#REF!" in name.text or not (
        _exists(workbook, name.area) or (name.name == "_xlnm.Print_Titles" and TITLES.match(name.text))
    ):
        yield Breach(9, name.sheet or "", name.name, f"a name that leads nowhere: {name.text}")
    elif (
        name.area
        and not name.name.startswith("_xlnm.")
        and (name.area.top, name.area.left) not in _cells(workbook, name.area)
    ):
        yield Breach(9, name.sheet or "", name.name, f"a name of an empty place: {name.text}")


def _exists(workbook: Contents, area: Area | None) -> bool:
    return area is not None and area.sheet in workbook.sheets


def _cells(workbook: Contents, area: Area) -> dict[tuple[int, int], Cell]:
    return workbook.sheets[area.sheet].cells


def _values(workbook: Contents, sheet: Sheet) -> Iterator[Breach]:
    for cell in sheet.cells.values():
        if isinstance(cell.value, Error):
            yield Breach(9, sheet.name, cell.address, f"the error {cell.value}")
        elif isinstance(cell.value, str) and NUMBER.match(cell.value) and not _free_text(workbook, cell):
            yield Breach(9, sheet.name, cell.address, f"the number {cell.value} stored as text")


def _free_text(workbook: Contents, cell: Cell) -> bool:
    """A text of the user's own, or a plain link to one, may look like a number."""
    if cell.formula is None:
        return cell.look.quoted
    if not cell.formula.pattern.is_link or not _exists(workbook, cell.formula.areas[0]):
        return False
    area = cell.formula.areas[0]
    origin = _cells(workbook, area).get((area.top, area.left))
    return origin is not None and origin.look.quoted


def _formulas(workbook: Contents, sheet: Sheet) -> Iterator[Breach]:
    known = {
        pattern: list(_dangling(workbook, pattern)) for pattern in {cell.formula.pattern for cell in sheet.formulas}
    }
    for cell in sheet.formulas:
        for message in known[cell.formula.pattern]:
            yield Breach(9, sheet.name, cell.address, message)


def _places(workbook: Contents, sheet: Sheet) -> Iterator[Breach]:
    """Formulas outside cells, and links inside the workbook."""
    for tag in ("formula", "formula1", "formula2"):
        for element in sheet.all(tag):
            for message in _dangling(workbook, Patterns().formula(element.text or "", sheet.name).pattern):
                kind = "conditional format" if tag == "formula" else "validation"
                yield Breach(9, sheet.name, "", f"a {kind}, {element.text}: {message}")
    for link in sheet.all("hyperlink"):
        place = link.get("location")
        if place:
            try:
                goal: Area | None = target(sheet.name, place)
            except ValueError:
                goal = workbook.named[place.lower()].area if place.lower() in workbook.named else None
            if not _exists(workbook, goal):
                yield Breach(9, sheet.name, link.get("ref", ""), f"a link to {place}, which is not there")


def _dangling(workbook: Contents, pattern: Pattern) -> Iterator[str]:
    if any(token.kind == "error" for token in pattern.tokens):
        yield "an error value in the formula"
    for token in pattern.references:
        if token.sheet not in workbook.sheets:
            yield f"reads the sheet {token.sheet}, which is not there"
    for name in pattern.names:
        if name.lower() not in workbook.named:
            yield f"reads the name {name}, which is not defined"
