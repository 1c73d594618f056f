"""Which sheet, row and column of a received workbook is which of the expected one, whatever was renamed or inserted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from workbook.receive.intake import Book, Cell, Sheet

Line = dict[int, int]
SIMILAR = 0.5
# Far more than any sheet of ours has; matching takes time with the square of it.
MOST_ROWS = 3000
# Empty lines after the last one that still have their place.
FURTHER = 1001


@dataclass(frozen=True)
class Aligned:
    """A sheet of the expected workbook in the received one. same: nothing was inserted, deleted or moved.

    rows, columns: expected -> received, those deleted left out; empty where everything is the same.
    """

    name: str
    rows: Line
    columns: Line
    same: bool

    def place(self, row: int, column: int) -> tuple[int, int] | None:
        """Where a cell is now, None if its row or column was deleted."""
        if self.same:
            return row, column
        now_row, now_column = self.rows.get(row), self.columns.get(column)
        return None if now_row is None or now_column is None else (now_row, now_column)


def aligned(expected: Book, received: Book) -> dict[str, Aligned]:
    """Expected sheet -> where it is now; sheets that were deleted are left out."""
    names = _sheets(expected, received)
    return {name: _lines(expected.sheets[name], received.sheets[now]) for name, now in names.items()}


def moved(lines: Mapping[str, Aligned]) -> bool:
    """Whether anything of them is not where it was."""
    return any(_is_apart(name, line) for name, line in lines.items())


def elsewhere(expected: Book, lines: Mapping[str, Aligned]) -> frozenset[str]:
    """Expected sheets that were renamed, in which something was moved, or that are gone; none where sheets are only gone."""
    if not moved(lines):
        return frozenset()
    return frozenset(name for name in expected.sheets if name not in lines or _is_apart(name, lines[name]))


def _is_apart(name: str, line: Aligned) -> bool:
    """Whether the expected sheet of that name, or anything on it, is not where it was."""
    return not line.same or line.name != name


def _sheets(expected: Book, received: Book) -> dict[str, str]:
    """By name; then those left over by how many of their texts they share."""
    names = {name: name for name in expected.sheets if name in received.sheets}
    for name, sheet in expected.sheets.items():
        if name in names:
            continue
        texts = _texts(sheet)
        shares = {
            other: len(texts & _texts(received.sheets[other])) / max(len(texts), 1)
            for other in received.sheets
            if other not in names.values()
        }
        best = max(shares, key=lambda other: shares[other], default=None)
        if best is not None and shares[best] > SIMILAR:
            names[name] = best
    return names


def _texts(sheet: Sheet) -> set[str]:
    return {cell.value for cell in sheet.cells.values() if cell.formula is None and isinstance(cell.value, str)}


def _lines(expected: Sheet, received: Sheet) -> Aligned:
    """Rows by the texts in them, then columns; left as they are where that explains the cells as well."""
    still = Aligned(received.name, {}, {}, True)
    if not _apart(expected, received, still) or len({row for row, _ in received.cells}) > MOST_ROWS:
        return still
    ours, theirs = _signatures(expected, 0, {}), _signatures(received, 0, {})
    candidates = [still]
    for rows in (_filled(_matched(ours, theirs)), _reordered(ours, theirs)):
        back = {now: then for then, now in rows.items()}
        columns = _matched(_signatures(expected, 1, {row: row for row in rows}), _signatures(received, 1, back))
        candidates.append(Aligned(received.name, rows, _filled(columns), False))
    # The first of equals: as they were, before moved; moved in order, before reordered.
    return min(candidates, key=lambda lines: _apart(expected, received, lines))


def _apart(expected: Sheet, received: Sheet, lines: Aligned) -> int:
    """How many texts of the expected sheet do not stand where the lines say."""
    count = 0
    for (row, column), cell in expected.cells.items():
        if cell.formula is None and isinstance(cell.value, str) and cell.value:
            now = lines.place(row, column)
            there = received.cells.get(now) if now else None
            count += there is None or there.value != cell.value
    return count


def _signatures(sheet: Sheet, axis: int, known: Mapping[int, int]) -> dict[int, frozenset[Hashable]]:
    """Row or column -> its distinguishing marks: its constants, with where they stand on the other axis if known."""
    marks: dict[int, set[Hashable]] = {}
    for place, cell in sorted(sheet.cells.items()):
        line = marks.setdefault(place[axis], set())
        if axis == 0 and _is_a_mark(cell):
            line.add(cell.value)
        elif axis == 1 and _is_a_mark(cell) and place[0] in known:
            line.add((known[place[0]], cell.value))
    return {at: frozenset(line) for at, line in marks.items() if line}


def _is_a_mark(cell: Cell) -> bool:
    return cell.formula is None and cell.value not in (None, "")


def _matched(expected: Mapping[int, frozenset], received: Mapping[int, frozenset]) -> Line:
    """Lines matched in order: equal ones first, then the ones between them that share the most."""
    ours, theirs = sorted(expected), sorted(received)
    before, after = [expected[at] for at in ours], [received[at] for at in theirs]
    line: Line = {}
    for tag, low, high, first, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and high - low == end - first):
            line |= zip(ours[low:high], theirs[first:end], strict=True)
        elif tag == "replace":
            line |= _paired(expected, received, ours[low:high], theirs[first:end])
    return line


def _reordered(expected: Mapping[int, frozenset], received: Mapping[int, frozenset]) -> Line:
    """Lines matched by content unique to them, in any order, then the others in the remaining order; empty ones stay."""
    ours, theirs = _alone(expected), _alone(received)
    line = {at: theirs[signature] for signature, at in ours.items() if signature in theirs}
    taken = set(line.values())
    left = {at: signature for at, signature in expected.items() if at not in line}
    line |= _matched(left, {at: signature for at, signature in received.items() if at not in taken})
    taken = set(line.values())
    return line | {at: at for at in range(1, max(line, default=0) + FURTHER) if at not in line and at not in taken}


def _alone(lines: Mapping[int, frozenset]) -> dict[frozenset, int]:
    """What one line alone holds -> the line."""
    counts = Counter(lines.values())
    return {signature: at for at, signature in lines.items() if counts[signature] == 1}


def _paired(expected: Mapping, received: Mapping, ours: Sequence[int], theirs: Sequence[int]) -> Line:
    """Of lines between, each with the next that shares something with it."""
    line: Line = {}
    left = list(theirs)
    for at in ours:
        shared = [other for other in left if expected[at] & received[other]]
        if shared:
            best = max(shared, key=lambda other: len(expected[at] & received[other]))
            line[at] = best
            left = [other for other in left if other > best]
    return line


def _filled(line: Line) -> Line:
    """Lines without a cell stand as far from the one before them as they did; so do those after the last."""
    if not line:
        return line
    filled, distance = {}, 0
    taken = set(line.values())
    for at in range(1, max(line) + FURTHER):
        if at in line:
            distance = line[at] - at
        elif at + distance in taken or at + distance < 1:
            continue
        filled[at] = line.get(at, at + distance)
    return filled
