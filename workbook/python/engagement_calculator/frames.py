"""Tables of pandas and polars, in and out; neither is needed for anything else."""

from __future__ import annotations

import importlib
import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Literal, Protocol, runtime_checkable

Library = Literal["pandas", "polars"]
LIBRARIES: tuple[Library, ...] = ("pandas", "polars")


@runtime_checkable
class Frame(Protocol):
    """A DataFrame of pandas or polars."""

    @property
    def columns(self) -> Any: ...

    @property
    def shape(self) -> tuple[int, int]: ...


def rows(frame: Frame) -> Iterator[dict[str, Any]]:
    """Each row as column -> value, as a scenario takes them; a cell without a value is left out."""
    made: Any = frame
    records: Iterable[Mapping[Any, Any]] = (
        made.iter_rows(named=True) if hasattr(made, "iter_rows") else made.to_dict("records")
    )
    for record in records:
        plain = {str(column): _plain(value) for column, value in record.items()}
        yield {column: value for column, value in plain.items() if value is not None}


def _plain(value: Any) -> Any:
    """A cell in Python's own types; None where there is none: None, NaN, NaT and pandas' NA."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, datetime):
        return value.date() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value
    if hasattr(value, "item") and getattr(value, "shape", None) == ():  # a number of NumPy
        value = value.item()
    return None if isinstance(value, float) and math.isnan(value) else value


def frame(records: Iterable[Mapping[str, Any]], library: Library | None = None) -> Any:
    """A DataFrame of the records. library: the first of them that is installed if it is None. Raises ImportError."""
    for name in (library,) if library else LIBRARIES:
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        return module.DataFrame(list(records))
    wanted = library or " or ".join(LIBRARIES)
    raise ImportError(f"a DataFrame needs {wanted}; install it beside the calculator")
