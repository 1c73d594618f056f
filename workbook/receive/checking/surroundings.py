"""What differs around the cells: sheets, rows and columns, defined names, links, what charts read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from workbook.files.address import address, column_letters
from workbook.receive.checking.alignment import Aligned
from workbook.receive.checking.report import Finding
from workbook.receive.checking.same_formula import canonical
from workbook.receive.checking.samenesses import is_a_program_s
from workbook.receive.intake import Book


def sheets(received: Book, expected: Book, lines: Mapping[str, Aligned]) -> Iterator[Finding]:
    """Sheets added, deleted, renamed or hidden, and lines in them that are new or gone."""
    for name in expected.sheets:
        if name not in lines:
            yield Finding("sheet", name, "", "a sheet", "deleted")
        elif lines[name].name != name:
            yield Finding("sheet", lines[name].name, "", name, f"renamed to {lines[name].name}")
    known = {line.name for line in lines.values()}
    for name, sheet in received.sheets.items():
        if name not in known:
            yield Finding("sheet", name, "", None, "added")
        if sheet.hidden:
            yield Finding("sheet", name, "", "visible", "hidden")
        for hidden in sheet.hidden_lines:
            yield Finding("sheet", name, "", "visible", f"{hidden} hidden")
        for cell, target in sheet.links.items():
            yield Finding("link", name, cell, None, target)
    for name, line in lines.items():
        if not line.same:
            yield from _lines(line, expected.sheets[name].cells)


def _lines(line: Aligned, cells: Mapping[tuple[int, int], object]) -> Iterator[Finding]:
    for axis, (kept_at, what) in enumerate(((line.rows, "row"), (line.columns, "column"))):
        used = sorted({place[axis] for place in cells})
        gone = [at for at in used if at not in kept_at]
        kept = [kept_at[at] for at in used if at in kept_at]
        new = len(range(min(kept), max(kept) + 1)) - len(range(used[0], used[-1] + 1)) + len(gone) if kept else 0
        shown = [str(at) if axis == 0 else column_letters(at) for at in gone]
        if gone:
            yield Finding("rows", line.name, "", f"{what} {', '.join(shown[:10])}", f"{len(gone)} deleted")
        if kept != sorted(kept):
            yield Finding("rows", line.name, "", f"{what}s in their order", "reordered")
        if new > 0:
            yield Finding("rows", line.name, "", None, f"{new} {what}{'s' if new > 1 else ''} added")


def charts(received: Book, expected: Book) -> Iterator[Finding]:
    """The ranges and titles that charts do not read any more, and those that they read instead."""
    yield from _read_elsewhere(received.charts, expected.charts)
    # LibreOffice keeps what titles say and none of the cells that they say it from.
    if received.chart_titles:
        yield from _read_elsewhere(received.chart_titles, expected.chart_titles)


def _read_elsewhere(received: Sequence[str], expected: Sequence[str]) -> Iterator[Finding]:
    written = {canonical(text): text.replace("'", "") for text in (*expected, *received)}
    ours, theirs = Counter(map(canonical, expected)), Counter(map(canonical, received))
    gone, new = sorted((ours - theirs).elements()), sorted((theirs - ours).elements())
    for meant, actual in zip_longest(gone, new):
        yield Finding("chart", "", "", written.get(meant), written.get(actual))


def names(received: Book, expected: Book, lines: Mapping[str, Aligned]) -> Iterator[Finding]:
    """Defined names of the template that are gone or lead elsewhere, and new ones."""
    there = {name.casefold(): (name, place) for name, place in received.names.items()}
    for name, (sheet, *place) in expected.names.items():
        now = lines[sheet].place(*place) if sheet in lines else None
        meant = f"{lines[sheet].name}!{address(*now)}" if now else None
        target = there.pop(name.casefold(), (name, None))[1]
        actual = f"{target[0]}!{address(*target[1:])}" if target else None
        if actual != meant:
            yield Finding("name", "", name, meant, actual)
    for name, added in there.values():
        if is_a_program_s(name):
            continue
        yield Finding("name", "", name, None, f"{added[0]}!{address(*added[1:])}")
    ours = set(map(str.casefold, expected.names))
    for name, text in received.other_names.items():
        if name.casefold() not in ours and not is_a_program_s(name):
            yield Finding("name", "", name, None, text)
