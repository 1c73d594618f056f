"""Tables of pandas and polars, in and out; neither is needed for anything else."""

from __future__ import annotations

import importlib
import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Protocol, Union, get_args, get_origin, runtime_checkable

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


# What a column holds; whatever else is shown in it as text.
Kind = type[str] | type[float] | type[bool]


def kind_of(annotation: Any) -> Kind | None:
    """What a column of values of this type holds: also of `float | None`; None for lists, mappings and parts of their own."""
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) is Literal:
        return str
    if get_origin(annotation) in (Union, UnionType):
        [*some] = {kind_of(part) for part in get_args(annotation) if part is not NoneType}
        return some[0] if len(some) == 1 else None
    known: dict[Any, Kind] = {str: str, float: float, int: float, bool: bool}
    return known.get(annotation)


def flat(record: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """A record with what its parts hold as entries of its own.

    >>> flat({"fit": 1.0, "beyond": {"core": 2.0}})
    {'fit': 1.0, 'beyond.core': 2.0}
    """
    made: dict[str, Any] = {}
    for name, value in record.items():
        made |= flat(value, f"{before}{name}.") if isinstance(value, Mapping) else {f"{before}{name}": value}
    return made


def frame(columns: Mapping[str, Kind], records: Iterable[Mapping[str, Any]], library: Library | None = None) -> Any:
    """A DataFrame of the records with these columns, of the same types whatever they hold. A record may lack any.

    library: the first of them that is installed if it is None. Raises ImportError.
    """
    for name in (library,) if library else LIBRARIES:
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        lines = list(records)
        values = {column: [_cell(line.get(column), kind) for line in lines] for column, kind in columns.items()}
        return _pandas(module, values, columns) if name == "pandas" else _polars(module, values, columns)
    wanted = library or " or ".join(LIBRARIES)
    raise ImportError(f"a DataFrame needs {wanted}; install it beside the calculator")


def _cell(value: Any, kind: Kind) -> Any:
    return None if value is None else kind(value)


def _pandas(module: Any, values: Mapping[str, list[Any]], columns: Mapping[str, Kind]) -> Any:
    names = {str: "string", float: "float64", bool: "boolean"}
    return module.DataFrame({name: module.Series(of, dtype=names[columns[name]]) for name, of in values.items()})


def _polars(module: Any, values: Mapping[str, list[Any]], columns: Mapping[str, Kind]) -> Any:
    types = {str: module.String, float: module.Float64, bool: module.Boolean}
    return module.DataFrame(dict(values), schema={name: types[kind] for name, kind in columns.items()})
