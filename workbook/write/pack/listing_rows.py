"""The rows of a listing as XML, one by one as they are asked for: any number of them in the memory of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workbook.files.address import column_letters
from workbook.write.pack.heights import of_row
from workbook.write.pack.rows import StyleNumber, escaped, number_value, row_start, text_element
from workbook.write.sheet import Cell, Listing


class ListingRows:
    """The rows below those that a sheet holds itself. Their texts stand in their cells, not among the shared ones."""

    def __init__(self, listing: Listing, widths: Mapping[int, float], style: StyleNumber) -> None:
        self._listing, self._widths = listing, widths
        self._styles = {key: style(*key, False) for key in listing.styles}
        self._letters = [column_letters(column) for column in range(1, listing.columns + 1)]

    def __iter__(self) -> Iterator[bytes]:
        for row, cells in enumerate(self._listing.cells, self._listing.row):
            written = (self._cell(f"{letters}{row}", cell) for letters, cell in zip(self._letters, cells, strict=True))
            yield f"{row_start(row, of_row(cells, self._widths))}{''.join(written)}</row>".encode()

    def _cell(self, place: str, cell: Cell) -> str:
        head = f'<c r="{place}" s="{self._styles[cell.style, cell.format]}"'
        formula = "" if cell.formula is None else f"<f>{escaped(cell.formula)}</f>"
        if isinstance(cell.value, str) and cell.value and not formula:
            return f'{head} t="inlineStr"><is><t xml:space="preserve">{escaped(cell.value)}</t></is></c>'
        if cell.value is None or isinstance(cell.value, str):
            return f'{head} t="str">{formula}{text_element(cell.value or "", "v")}</c>' if formula else f"{head}/>"
        return f"{head}>{formula}<v>{number_value(cell)}</v></c>"
