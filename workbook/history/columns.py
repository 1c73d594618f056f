"""The columns of a history, and how their cells are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from calc import catalogue
from calc.scenario.faults import Fault, Refused, problem, short, shown
from calc.scenario.text import twice
from calc.scenario.unclear_value import UnclearValueError
from calc.scenario.value import Asked, is_noted, noted
from calc.text.suggestion import near
from workbook.table import Form

REQUIRED = ("estimated_hours", "actual_hours")
MOST_COLUMNS = 1_000
MODEL = "model"
# What no job exceeds, and what is less than a minute of one: their ratio is a number in any case.
MOST, LEAST = 1e9, 0.001
# Column -> what its cells hold; whether 0 is allowed.
NUMBERS: Mapping[str, tuple[Asked, bool]] = {
    "estimated_hours": (Asked("number", "h"), False),
    "actual_hours": (Asked("number", "h"), False),
    "estimated_weeks": (Asked("number", "weeks"), False),
    "actual_weeks": (Asked("number", "weeks"), False),
    "months": (Asked("number", "months"), False),
    "people": (Asked("number", "people"), False),
    "departures": (Asked("number", "departures"), True),
    "lead_weeks": (Asked("number", "weeks"), True),
}
DATES = {"finished": Asked("date")}
# Every column that is used; `name` is shown beside the row.
COLUMNS = (*NUMBERS, MODEL, *DATES, "name")


class Columns:
    """The columns of one history. named: column of the file -> column of COLUMNS, where the file calls it otherwise."""

    def __init__(self, named: Mapping[str, str]) -> None:
        self._named = {_folded(column): field for column, field in named.items()}
        self._as_typed = {_folded(column): column for column in named}

    def field(self, column: str) -> str:
        """The column of COLUMNS that a column of the file is; any other keeps its name, and is not used."""
        folded = _folded(column)
        return self._named.get(folded, folded)

    def check(self, where: str, columns: Sequence[str]) -> None:
        """Raise Refused with every fault of the column names."""
        fields = [self.field(column) for column in columns if column]
        used = [field for field in fields if field in COLUMNS]
        faults = [
            problem(f"column {field}", "missing", _hint(field, columns)) for field in REQUIRED if field not in fields
        ]
        faults += [problem(f"column {field}", "duplicated", "give each column once") for field in twice(used)]
        there = set(map(_folded, columns))
        unknown = [typed for folded, typed in self._as_typed.items() if folded not in there]
        faults += [problem(f"--map {short(column)}", "no such column", _listed(columns)) for column in unknown]
        if len(columns) > MOST_COLUMNS:
            faults.append(Fault("the first row", f"{len(columns):,} columns", f"at most {MOST_COLUMNS:,}"))
        if faults:
            raise Refused(where, faults)

    @property
    def form(self) -> Form:
        return Form(
            what="a history",
            columns="model,estimated_hours,actual_hours",
            line='{"model": "freelancer", "estimated_hours": 400, "actual_hours": 520}',
            check=self.check,
            row=lambda cells: Row(self),
            flat=True,
        )


class Row:
    """The cells of one job, read one by one. fields: column of COLUMNS -> value."""

    def __init__(self, columns: Columns) -> None:
        self.fields: dict[str, Any] = {}
        self.faults: list[Fault] = []
        self.notes: list[str] = []
        self._columns = columns

    def read(self, column: str, given: Any, place: str = "", shown_as: str = "", day_zero: int = 0) -> None:
        """Read a cell; blank ones and those of columns that are not used say nothing."""
        field = self._columns.field(column)
        if field not in COLUMNS or given is None or (isinstance(given, str) and not given.strip()):
            return
        named = f"{field} ({place})" if place else field
        try:
            meant = _meaning(field, given, shown_as, day_zero)
        except UnclearValueError as unclear:
            says = f"{unclear.says}: {unclear.question}" if unclear.question else unclear.says
            self.faults.append(Fault(named, says, _allowed(field), unclear.example or _example(field)))
            return
        if isinstance(meant, float) and not _is_allowed(field, meant):
            self.faults.append(Fault(named, shown(given), _allowed(field), _example(field)))
            return
        self.fields[field] = meant
        if field != MODEL and is_noted(given, meant, shown_as):
            self.notes.append(f"{named}: {noted(given, meant)}")


def _meaning(field: str, given: Any, shown_as: str, day_zero: int) -> float | str | date:
    if field in NUMBERS:
        return NUMBERS[field][0].meaning(given, shown_as=shown_as, day_zero=day_zero)
    if field in DATES:
        return DATES[field].meaning(given, shown_as=shown_as, day_zero=day_zero)
    if field == MODEL:
        return model_named(given)
    return str(given)


def model_named(given: Any) -> str:
    """The id of a model that is named by its id or its label. Raises UnclearValueError."""
    said = _folded(str(given))
    known = {_folded(name): id for id, model in catalogue.models().items() for name in (id, model.label)}
    if said in known:
        return known[said]
    # People write the name of a path as well; whoever finishes its core is the model.
    suggested = known | {
        _folded(path.label): phase.model
        for path in catalogue.paths().values()
        for phase in path.phases
        if phase.work == "core"
    }
    like = near(said, suggested)
    raise UnclearValueError(shown(given), f"did you mean {suggested[like]}?" if like else "")


def _is_allowed(field: str, value: float) -> bool:
    return LEAST <= value <= MOST or (value == 0 and NUMBERS[field][1])


def _allowed(field: str) -> str:
    if field in NUMBERS:
        return f"{'0, or ' if NUMBERS[field][1] else ''}a number from {LEAST} to {MOST:,.0f}"
    if field == MODEL:
        return "one of " + ", ".join(catalogue.models())
    return "a date"


def _example(field: str) -> str:
    return {MODEL: next(iter(catalogue.models())), "finished": "2026-03-31"}.get(field, "12")


def _folded(name: str) -> str:
    """A name as columns are compared: capitals, blanks and hyphens make no difference."""
    return "_".join(name.strip().casefold().replace("-", " ").replace("_", " ").split())


def _hint(field: str, columns: Sequence[str]) -> str:
    """How to name a column that is missing."""
    like = near(field, [_folded(column) for column in columns if column])
    named = next((column for column in columns if like and _folded(column) == like), "COLUMN")
    return f"name it by --map {named}={field}" if named != "COLUMN" else f"if it has another name: --map COLUMN={field}"


def _listed(columns: Sequence[str]) -> str:
    return "the file has: " + ", ".join(short(column) for column in list(columns)[:20] if column)
