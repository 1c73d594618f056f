"""Rule 1: one formula per column down its rows, or per row across its columns.

On a sheet of workings, formula cells that follow each other without a gap, down a column or along a row, are a run. A
cell keeps the rule where its run down, or its run along, has one and the same formula in R1C1 throughout. A list of
single values, each with a formula of its own, keeps it too, so do plain links (a row may fetch a column), and units,
which are links to a text, are not part of a run. So these break it:

- a formula that differs from the one that most of its run has;
- formulas that are the same but for addresses that dollar signs hold in place, so that they cannot be filled down;
- a number where the formula of a run should stand: between two of its cells, or before its first or after its last
  cell in a row where other runs of the table go on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workbook.receive.soundness.breach import Breach
from workbook.receive.soundness.contents import Cell, Contents, FormulaCell, Sheet

SHORTEST = 3  # a run of fewer cells says nothing about the intention
DOWN, ALONG = (1, 0), (0, 1)


def breaches(workbook: Contents) -> Iterator[Breach]:
    """Cells on sheets of workings that break the run that they stand in."""
    for sheet in workbook.sheets.values():
        if sheet.kind == "working":
            yield from _odd_formulas(sheet)
            yield from _numbers_in_runs(sheet)


def _odd_formulas(sheet: Sheet) -> Iterator[Breach]:
    down, along = runs(sheet, DOWN), runs(sheet, ALONG)
    keeping = {cell.address for run in down + along if len(run) > 1 and _forms(run) == 1 for cell in run}
    odd: dict[str, Breach] = {}
    for run in down + along:
        open_ = [cell for cell in run if cell.address not in keeping]
        if len(run) < SHORTEST or not open_:
            continue
        form, count = Counter(cell.formula.pattern for cell in run).most_common(1)[0]
        if count > len(run) / 2 or (run in down and count >= SHORTEST):
            like = next(cell for cell in run if cell.formula.pattern == form).address
            message = f"its formula is not the one of its {'column' if run in down else 'row'} (see {like})"
            odd |= {
                cell.address: Breach(1, sheet.name, cell.address, message)
                for cell in open_
                if cell.formula.pattern != form
            }
        elif run in down:
            odd |= {breach.cell: breach for breach in _held_in_place(sheet, open_)}
    yield from odd.values()


def _held_in_place(sheet: Sheet, run: list[FormulaCell]) -> Iterator[Breach]:
    """One breach for cells of a run whose formulas differ only in what their addresses are."""
    run = [cell for cell in run if not cell.formula.pattern.is_link]
    shapes = Counter(cell.formula.pattern.shape for cell in run).most_common(1)
    if not shapes or shapes[0][1] < SHORTEST or shapes[0][1] <= len(run) / 2:
        return
    alike = [cell for cell in run if cell.formula.pattern.shape == shapes[0][0]]
    place = f"{alike[0].address}:{alike[-1].address}"
    message = f"one formula, but its addresses do not move with it: ={alike[0].formula.text}"
    yield Breach(1, sheet.name, place, message)


def _numbers_in_runs(sheet: Sheet) -> Iterator[Breach]:
    for address in dict.fromkeys(_numbers_in_columns(sheet)):
        yield Breach(1, sheet.name, address, "a number where the formula of its column should stand")
    for run in runs(sheet, ALONG):
        last = run[-1]
        cell, after = (sheet.cells.get((last.row, last.column + step)) for step in (1, 2))
        if cell and _is_constant(cell) and after and after.formula and after.formula.pattern is last.formula.pattern:
            yield Breach(1, sheet.name, cell.address, "a number where the formula of its row should stand")


def _numbers_in_columns(sheet: Sheet) -> Iterator[str]:
    """Their addresses; that of one with formulas above and below it comes twice."""
    down = [part for run in runs(sheet, DOWN) for part in _uniform_parts(run)]
    for part in down:
        for row in (part[0].row - 1, part[-1].row + 1):
            cell = sheet.cells.get((row, part[0].column))
            if (
                cell
                and _is_constant(cell)
                and any(other[0].row <= row <= other[-1].row for other in down if _beside(other, part))
            ):
                yield cell.address


def _beside(one: list[FormulaCell], other: list[FormulaCell]) -> bool:
    """Whether two runs down stand in the same rows of one table, if not from end to end."""
    shared = min(one[-1].row, other[-1].row) - max(one[0].row, other[0].row) + 1
    return one[0].column != other[0].column and shared >= SHORTEST


def _is_constant(cell: Cell) -> bool:
    return cell.formula is None and cell.is_number


def _uniform_parts(run: list[FormulaCell]) -> Iterator[list[FormulaCell]]:
    """The longest parts of a run that have one formula, if they are long enough to say something."""
    start = 0
    for at in range(1, len(run) + 1):
        if at == len(run) or run[at].formula.pattern != run[start].formula.pattern:
            if at - start >= SHORTEST:
                yield run[start:at]
            start = at


def _forms(run: list[FormulaCell]) -> int:
    return len({cell.formula.pattern for cell in run})


def runs(sheet: Sheet, step: tuple[int, int]) -> list[list[FormulaCell]]:
    """Formula cells that follow each other without a gap in the direction of the step."""
    down, along = step
    cells = {
        (c.row, c.column): c for c in sheet.formulas if not (c.formula.pattern.is_link and isinstance(c.value, str))
    }
    all_runs = []
    for (row, column), cell in cells.items():
        if (row - down, column - along) in cells:
            continue
        run = [cell]
        while (nearest := (run[-1].row + down, run[-1].column + along)) in cells:
            run.append(cells[nearest])
        all_runs.append(run)
    return all_runs
