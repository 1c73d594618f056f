"""A whole .xlsx: the workbook part, its sheets in order, its defined names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from workbook.receive.intake import limits
from workbook.receive.intake.book import Book, Sheet
from workbook.receive.intake.grid import named_position
from workbook.receive.intake.markup import Listener, listen
from workbook.receive.intake.members import Members
from workbook.receive.intake.moments import DAY_ZERO_1904
from workbook.receive.intake.names import Names
from workbook.receive.intake.texts import Collector
from workbook.receive.intake.unsafe import SAVE_AGAIN, WHOLE, Finding, Unsafe, damaged, too_large
from workbook.receive.intake.xlsx import MAIN, RELATIONS
from workbook.receive.intake.xlsx.charts import chart_ranges
from workbook.receive.intake.xlsx.formats import style_formats
from workbook.receive.intake.xlsx.plain_rows import taken_apart
from workbook.receive.intake.xlsx.relations import links_to_outside, relations
from workbook.receive.intake.xlsx.sheet import SheetListener, Surroundings
from workbook.receive.intake.xlsx.strings import shared_strings
from workbook.receive.intake.xlsx.unread import is_harmless

MACRO_NAME = Finding("a defined name", "macros (a name that runs a macro function)", "save it without macros")
INSTEAD = {
    "word/": "a Word document, not a workbook",
    "ppt/": "a PowerPoint presentation, not a workbook",
    "xl/": "damaged: a workbook whose parts are not connected",
}


class _Workbook(Listener):
    spaces: Mapping[str, str] = {**MAIN, **RELATIONS}
    root = "workbook"

    def __init__(self, member: str) -> None:
        super().__init__()
        self._member, self._text = member, Collector()
        self._name: Mapping[str, str] = {}
        self.sheets: list[tuple[str, str, bool]] = []
        self.findings: list[Finding] = []
        self.names = Names(member, self.findings)
        self.day_zero = 0

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet" and self.path[-1:] == ["sheets"]:
            if len(self.sheets) >= limits.SHEETS:
                raise too_large(self._member, "too many sheets", f"{limits.SHEETS}")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), attributes.get("r:id", ""), hidden))
        elif name == "definedName":
            self._name = attributes
            if {attributes.get("xlm"), attributes.get("vbProcedure"), attributes.get("function")} & {"1", "true"}:
                raise Unsafe(MACRO_NAME)
        elif name == "workbookPr":
            self.day_zero = DAY_ZERO_1904 if attributes.get("date1904") in ("1", "true") else 0

    def characters(self, text: str) -> None:
        if self.path[-1] == "definedName":
            self._text.add(text, lambda: self._member)

    def closed(self, name: str) -> None:
        if name == "definedName":
            text = self._text.taken()
            self.names.add(self._name.get("name", ""), named_position(text), "localSheetId" in self._name, text)


def read_xlsx(members: Members, without: Sequence[Collection[str]] = (), only: Collection[str] | None = None) -> Book:
    """The cells and names of an .xlsx. without: groups of sheets; those of the first that is there as a whole are not read, where
    they look harmless, see `unread`.

    only: the sheets whose cells are wanted, None for all; charts are then left out too. Raises Unsafe where it is no workbook.
    """
    part = next(
        (relation.member for relation in relations(members).values() if relation.kind == "officeDocument"), None
    )
    if part is None or not part.startswith("xl/"):
        raise Unsafe(Finding(WHOLE, _instead(members), SAVE_AGAIN))
    if part.endswith(".bin"):
        raise Unsafe(Finding(WHOLE, "a binary workbook (.xlsb)", SAVE_AGAIN))
    heard = _Workbook(part)
    listen(part, members.chunks(part), heard)
    leads = relations(members, part)
    by_kind = {relation.kind: relation.member for relation in leads.values()}
    strings = shared_strings(members, by_kind["sharedStrings"]) if "sharedStrings" in by_kind else []
    formats = style_formats(members, by_kind["styles"]) if "styles" in by_kind else []
    around = Surroundings(strings, formats, heard.day_zero, Collector(), heard.findings)
    book = Book("xlsx", day_zero=heard.day_zero)
    there = {name for name, _, _ in heard.sheets}
    unwanted = next((group for group in without if there.issuperset(group)), ())
    for name, relation, hidden in heard.sheets:
        if relation not in leads:
            raise damaged(name or WHOLE, "a sheet whose member is missing")
        if not name or name.casefold() in map(str.casefold, book.sheets):
            raise damaged(part, f"a sheet without a unique name ({name[:40]})")
        book.sheets[name] = sheet = Sheet(name, hidden=hidden)
        if leads[relation].kind == "worksheet" and (only is None or name in only):
            member = leads[relation].member
            if name in unwanted and is_harmless(member, members[member]):
                sheet.is_unread = True
                continue
            cells = _heard(member, members[member], sheet, around)
            if not cells.has_data:
                raise damaged(name, "a sheet without its cells")
            targets = links_to_outside(members, member)
            sheet.links = {cell: targets[link] for link, cell in cells.frame.links.items() if link in targets}
    if not book.sheets:
        raise damaged(part, "a workbook without a sheet")
    if around.findings:
        raise Unsafe(*around.findings[:20])
    book.names, book.other_names = heard.names.within(book.sheets), heard.names.others
    if only is None:
        book.charts, book.chart_titles = chart_ranges(members)
    return book


def _heard(member: str, content: bytes, sheet: Sheet, around: Surroundings) -> SheetListener:
    """Fill the sheet from its member; returns what heard it. Raises Unsafe."""
    rest, rows = taken_apart(member, content) or (content, ())
    cells = SheetListener(sheet, around, rows)
    listen(member, [rest], cells)
    return cells


def _instead(members: Members) -> str:
    for folder, name in INSTEAD.items():
        if any(member.startswith(folder) for member in members):
            return name
    return "a zip file, but not a workbook"
