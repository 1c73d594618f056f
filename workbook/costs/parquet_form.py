"""The table of costs as Parquet, by pyarrow: texts as they are, amounts as numbers, one group of rows after another."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from calc.quantities.lines import KINDS
from calc.results.monthly import Monthly
from workbook.costs.columns import COLUMNS, Project, evaluated


class _Pieces(io.RawIOBase):
    """Takes what is written, until it is taken over."""

    def __init__(self) -> None:
        self._kept, self._place = bytearray(), 0

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._kept += content
        self._place += len(content)
        return len(content)

    def tell(self) -> int:
        return self._place

    def taken(self) -> bytes:
        content = bytes(self._kept)
        self._kept.clear()
        return content


def parquet_table(projects: Iterable[Project]) -> Iterator[bytes]:
    """The file in pieces, one for each group of rows. Raises ImportError without pyarrow."""
    import pyarrow
    from pyarrow import parquet

    kinds = {"row": pyarrow.int64(), "month": pyarrow.int16(), "month_start": pyarrow.date32()}
    kinds |= {"eligible": pyarrow.bool_(), "recommended": pyarrow.bool_(), "amount": pyarrow.float64()}
    words = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    schema = pyarrow.schema([(name, kinds.get(name, words)) for name in COLUMNS])
    pieces = _Pieces()
    with parquet.ParquetWriter(pieces, schema, compression="snappy") as writer:
        for some in evaluated(projects):
            columns = [_column(name, some) for name in COLUMNS]
            arrays = [
                pyarrow.DictionaryArray.from_arrays(pyarrow.array(index, pyarrow.int32()), pyarrow.array(values))
                if name not in kinds
                else pyarrow.array(values if index is None else np.asarray(values)[index], kinds[name])
                for name, (index, values) in zip(COLUMNS, columns, strict=True)
            ]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
            yield pieces.taken()
    yield pieces.taken()


def _column(name: str, some: Sequence[tuple[Project, Monthly]]) -> tuple[np.ndarray | None, Any]:
    """A column of a group of rows: its values, and for each row which of them it has."""
    if name == "amount":
        return None, np.concatenate([months.amounts.ravel() for _, months in some])
    values: list[Any] = []
    index: list[np.ndarray] = []
    for project, months in some:
        own, axis = _own(name, project, months)
        shape = [1, 1, 1]
        if axis is not None:
            shape[axis] = len(own)
        places = np.arange(len(own)).reshape(shape) + len(values)
        index.append(np.broadcast_to(places, months.amounts.shape).ravel())
        values += own
    return np.concatenate(index), values


def _own(name: str, project: Project, months: Monthly) -> tuple[list[Any], int | None]:
    """The values of one project, and whether they run over its paths (0), lines (1), months (2) or none of them."""
    about = project.scenario.project
    if name in ("path", "eligible", "recommended"):
        by_path = {
            "path": months.paths,
            "eligible": months.eligible,
            "recommended": [at == months.recommended for at in range(len(months.paths))],
        }
        return list(by_path[name]), 0
    if name in ("line", "kind"):
        return list(KINDS if name == "line" else KINDS.values()), 1
    if name in ("month", "month_start", "fiscal_year"):
        by_month = {
            "month": range(1, len(months.months) + 1),
            "month_start": months.months,
            "fiscal_year": months.years,
        }
        return list(by_month[name]), 2
    of_project = {
        "row": project.row,
        "id": project.id,
        "project": about.name,
        "owner": about.owner,
        "currency": about.currency,
    }
    return [of_project[name]], None
