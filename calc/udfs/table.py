"""A table of scenarios, one a row, read column by column and evaluated in one pass.

A column is converted and checked as a whole. A suspect row is read again as a list of fields, so that its fault has
the same words; the other rows are not affected.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from calc import catalogue
from calc.model import CASES, DAY_ZERO, model_for
from calc.scenario.bounds import bounds
from calc.scenario.currencies import CODES
from calc.scenario.exchange import DOLLAR
from calc.scenario.limits import Between, Days
from calc.scenario.schema import ANSWER_CODES, ENDS, ESTIMATES, FIELDS, PLACES, SCALARS, WEIGHT
from calc.udfs.cells import NUMERIC, Cell, Grid, UnusableError, day, error_text, is_blank, numbers
from calc.udfs.field_names import Field
from calc.udfs.from_cells import as_plain, as_read, case_of, scenario_of
from calc.udfs.ranges import Found, header

# So many rows at a time stay in the processor's cache.
BLOCK = 512
# Answers that need no second look: a text as it stands in the lists, or a blank.
QUICK: dict[str | None, float] = {None: np.nan}
QUICK.update(ANSWER_CODES)
CURRENCY = Field("text", "project", "currency")
QUICK_TYPES = {str, type(None)}


class Table:
    """The scenarios of a table: `number` rows under its header, blank ones too. base: what holds for all of them."""

    def __init__(self, argument: str, head: tuple[Cell, ...], rows: Grid, base: Found) -> None:
        self.argument, self.base, self.model = argument, base, model_for()
        self.fields, self.rows, self.number = header(argument, head), rows, len(rows)
        if not rows:
            raise UnusableError(argument, "found a header without rows", "a scenario in each row under the header")
        quoted = [field.dotted for field in (*self.fields, *base) if field and field.kind == "quote"]
        if quoted:
            raise UnusableError(
                argument, f"a table holds no quotes, but {quoted[0]}", "a scenario with quotes as a list of fields"
            )
        clash = [field.dotted for field in self.fields if field in base]
        if clash:
            raise UnusableError(argument, f"{clash[0]} appears in the table and in another range", "once")
        self.blank = frozenset(at for at, row in enumerate(self.rows) if all(map(is_blank, row)))
        self._suspect = np.zeros(self.number, bool)
        self._given = self._read()
        self.faults = self._faults()
        # Case -> what was asked for by now, in this one call.
        self._known: dict[str | None, dict[str, np.ndarray]] = {}

    def values(self, targets: Sequence[str], cost_case: str | None) -> dict[str, np.ndarray]:
        known = self._known.setdefault(cost_case, {})
        missing = [target for target in targets if target not in known]
        if missing:
            given = self._given
            if cost_case:
                given = given | {"case_number": np.full(1, CASES.index(cost_case) + 1)}
            starts = range(0, self.number, BLOCK)
            blocks = [self._block(given, range(first, first + BLOCK), missing) for first in starts]
            known |= {target: np.concatenate([block[target] for block in blocks]) for target in missing}
        return known

    def _block(self, given: dict[str, np.ndarray], rows: range, targets: Sequence[str]) -> dict[str, np.ndarray]:
        own = {name: array if len(array) == 1 else array[rows.start : rows.stop] for name, array in given.items()}
        count = min(rows.stop, self.number) - rows.start
        values = self.model.graph.evaluate(own, targets)
        return {target: np.broadcast_to(values[target], (count, *values[target].shape[1:])) for target in targets}

    def _read(self) -> dict[str, np.ndarray]:
        """The inputs of the model: of length 1 if the table has no column for them, else one for each row."""
        base = scenario_of(self.argument, self.base)
        given = self.model.inputs([base], case_of(self.argument, self.base))
        columns = list(zip(*self.rows, strict=True))
        by_field = {
            field: list(column) for field, column in zip(self.fields, columns, strict=True) if field is not None
        }
        by_field = self._spelled(by_field, base.project.currency)
        for field, column in by_field.items():
            READERS[field.kind](self, given, field, column)
        self._check_order(given, "given", by_field)
        self._check_order(given, "override", by_field)
        self._check_money(given)
        self._check_rate(by_field)
        last = int(np.max(given["horizon_months"]))
        return given | {"month": given["month"][:, :last]}

    def _spelled(self, by_field: dict[Field, list[Cell]], usual: str) -> dict[Field, list[Cell]]:
        """The columns with what is spelled in their cells read, each row in its own currency. usual: of rows without one."""
        own = by_field.get(CURRENCY, [None] * self.number)
        codes = {cell: usual if is_blank(cell) else str(as_read(CURRENCY, cell, "")) for cell in set(own)}
        currencies = [codes[cell] for cell in own]
        read: dict[tuple[Field, Cell, str], Any] = {}

        def of(field: Field, cell: Cell, currency: str) -> Any:
            if type(cell) in NUMERIC or error_text(cell) or (type(cell) in QUICK_TYPES and cell in QUICK):
                return cell
            key = field, cell, currency
            if key not in read:
                read[key] = as_read(field, cell, currency)
            return read[key]

        return {
            field: column if set(map(type, column)) <= NUMERIC else list(map(partial(of, field), column, currencies))
            for field, column in by_field.items()
        }

    def _scalar(self, given: dict[str, np.ndarray], field: Field, column: list[Cell]) -> None:
        values, wrong = numbers(column)
        values = np.where(np.isnan(values), given[field.name], values)
        given[field.name] = self._within(field, values, wrong, given[field.name])

    def _estimate(self, given: dict[str, np.ndarray], field: Field, column: list[Cell]) -> None:
        key, at = f"given_{field.end}", list(ESTIMATES).index(field.name)
        values, wrong = numbers(column)
        values = np.where(np.isnan(values), given[key][:, at], values)
        likely = given["given_likely"][:1, at]
        checked = self._within(field, np.where(np.isnan(values), likely, values), wrong, likely)
        self._set(given, key, at, np.where(np.isnan(values), np.nan, checked))

    def _within(self, field: Field, values: np.ndarray, wrong: np.ndarray, default: np.ndarray) -> np.ndarray:
        """The values, with the default wherever the limit of the field refuses one; those rows are suspect.

        What money may be depends on the row's exchange rate: `_check_money` looks at it once every column is read.
        """
        dotted = f"{field.section}.{field.name}"
        wrong = wrong | _number_limit(dotted).refuses(values)
        if FIELDS[dotted].is_whole:
            wrong = wrong | ((values % 1 != 0) & ~np.isnan(values))
        self._suspect |= wrong
        return np.where(wrong, default[0], values)

    def _override(self, given: dict[str, np.ndarray], field: Field, column: list[Cell]) -> None:
        model = field.section.removeprefix("overrides.")
        values, wrong = numbers(column)
        wrong = wrong | _override_limit(model, field.name).refuses(values)
        self._suspect |= wrong
        if model == "decision":
            key, at = "override_setting", list(catalogue.settings()).index(field.name)
        else:
            known = [(of, name) for of, name, _ in catalogue.parameter_rows()]
            key, at = f"override_{field.end}", known.index((model, field.name))
        values = np.where(np.isnan(values), given[key][:, at], values)
        self._set(given, key, at, np.where(wrong, np.nan, values))

    def _answer(self, given: dict[str, np.ndarray], field: Field, column: list[Cell]) -> None:
        at = self.model.structure.questions.index(field.name)
        codes = [QUICK[cell] if type(cell) in QUICK_TYPES and cell in QUICK else _code(field, cell) for cell in column]
        values = np.array([np.inf if code is None else code for code in codes])
        wrong = np.isinf(values)
        self._suspect |= wrong
        self._set(given, "given_answer", at, np.where(np.isnan(values) | wrong, given["given_answer"][:, at], values))

    def _weight(self, given: dict[str, np.ndarray], field: Field, column: list[Cell]) -> None:
        at = self.model.structure.lenses.index(field.name)
        values, wrong = numbers(column)
        wrong = wrong | WEIGHT.refuses(values)
        self._suspect |= wrong
        values = np.where(np.isnan(values) | wrong, given["weight"][:, at], values)
        self._set(given, "weight", at, values)

    def _date(self, given: dict[str, np.ndarray], field: Field, column: list[Cell]) -> None:
        days = [day(cell) for cell in column]
        unreadable = np.array([not is_blank(cell) and date is None for cell, date in zip(column, days, strict=True)])
        counts = np.array([np.nan if date is None else float((date - DAY_ZERO).days) for date in days])
        counts = np.where(np.isnan(counts), given["start_day"], counts)
        limit = FIELDS[field.dotted].limit
        if not isinstance(limit, Days):
            raise TypeError(f"{field.dotted} is not a date")
        first, last = (limit.first - DAY_ZERO).days, (limit.last - DAY_ZERO).days
        wrong = unreadable | (counts < first) | (counts > last)
        self._suspect |= wrong
        given["start_day"] = np.where(wrong, given["start_day"][0], counts)

    def _view(self, given: dict[str, np.ndarray], field: Field, column: list[Cell]) -> None:
        if field.name != "case":
            return
        words = [None if is_blank(cell) else str(cell).strip().lower() for cell in column]
        self._suspect |= np.array([word is not None and word not in CASES for word in words])
        default = given["case_number"][0]
        given["case_number"] = np.array([CASES.index(word) + 1 if word in CASES else default for word in words])

    def _choice(self, given: dict[str, np.ndarray], field: Field, column: list[Cell]) -> None:
        """The place of work, the one choice that counts in a figure."""
        words = ["" if is_blank(cell) else as_plain(field, cell) for cell in column]
        self._suspect |= np.array([word != "" and word not in PLACES for word in words])
        default = given["place"][0]
        given["place"] = np.array([PLACES.get(word, default) for word in words])

    def _text(self, given: dict[str, np.ndarray], field: Field, column: list[Cell]) -> None:
        """Check the currency, since all amounts are in it; no other text counts in a figure."""
        if field.name == "currency":
            refused = {cell for cell in set(column) if not is_blank(cell) and as_plain(field, cell) not in CODES}
            self._suspect |= np.array([cell in refused for cell in column])

    def _set(self, given: dict[str, np.ndarray], key: str, at: int, values: np.ndarray) -> None:
        if len(given[key]) != self.number:
            given[key] = np.asfortranarray(np.repeat(given[key], self.number, axis=0))
        given[key][:, at] = values

    def _check_order(self, given: dict[str, np.ndarray], stem: str, fields: dict[Field, list]) -> None:
        """Low, likely and high must stand in this order; an own low or high end of a parameter needs a likely value."""
        if not any(field.kind == ("estimate" if stem == "given" else "override") for field in fields):
            return
        low, likely, high = (given[f"{stem}_{end}"] for end in ENDS)
        wrong = (low > likely) | (high < likely)
        if stem == "override":
            wrong = wrong | ((~np.isnan(low) | ~np.isnan(high)) & np.isnan(likely))
        self._suspect |= wrong.any(axis=1)

    def _check_money(self, given: dict[str, np.ndarray]) -> None:
        """No amount may be more than its row's exchange rate allows."""
        rate = given["usd_rate"]
        for name, section in (SCALARS | ESTIMATES).items():
            limit = _number_limit(f"{section}.{name}")
            if limit.money and name in SCALARS:
                self._suspect |= limit.refuses(given[name], rate)
            elif limit.money:
                at = list(ESTIMATES).index(name)
                for end in ENDS:
                    self._suspect |= limit.refuses(given[f"given_{end}"][:, at], rate)
        for at, (model, name, parameter) in enumerate(catalogue.parameter_rows()):
            if parameter.in_dollars:
                for end in ENDS:
                    self._suspect |= _override_limit(model, name).refuses(given[f"override_{end}"][:, at], rate)

    def _check_rate(self, fields: dict[Field, list]) -> None:
        """A currency other than the dollar needs its rate in the same row."""
        rate = Field("number", "project", "usd_rate")
        if CURRENCY in fields and rate not in self.base:
            foreign = [not is_blank(cell) and as_plain(CURRENCY, cell) != DOLLAR for cell in fields[CURRENCY]]
            self._suspect |= np.array(foreign) & np.array([*map(is_blank, fields.get(rate, [None] * self.number))])

    def _faults(self) -> dict[int, str]:
        """Row -> its fault, of the suspect rows."""
        faults = {}
        for at in np.flatnonzero(self._suspect):
            try:
                self._read_as_list(int(at))
            except UnusableError as error:
                faults[int(at)] = str(error)
            else:
                faults[int(at)] = (
                    f"{self.argument}: row {at + 1} cannot be read as part of a table; allowed: the row as a list of fields"
                )
        return faults

    def _read_as_list(self, at: int) -> None:
        """The row as a list of fields; raises UnusableError where it cannot be used."""
        own: Found = {}
        for field, cell in zip(self.fields, self.rows[at], strict=True):
            if field is not None and not is_blank(cell):
                if error_text(cell):
                    raise UnusableError(
                        self.argument, f"{field.dotted} holds the error {error_text(cell)}", "a value, or an empty cell"
                    )
                own[field] = cell
        case_of(self.argument, self.base | own)
        scenario_of(self.argument, self.base | own)


READERS = {
    "text": Table._text,
    "choice": Table._choice,
    "date": Table._date,
    "number": Table._scalar,
    "estimate": Table._estimate,
    "answer": Table._answer,
    "weight": Table._weight,
    "override": Table._override,
    "view": Table._view,
}


def _number_limit(dotted: str) -> Between:
    """The bounds of a number among the fields."""
    limit = FIELDS[dotted].limit
    if not isinstance(limit, Between):
        raise TypeError(f"{dotted} is not a number")
    return limit


def _override_limit(model: str, name: str) -> Between:
    """The bounds of a parameter that the model has."""
    limit = bounds(model, name)
    if limit is None:
        raise TypeError(f"{model} has no parameter {name}")
    return limit


def _code(field: Field, cell: Cell) -> float | None:
    """The code of an answer, NaN for a blank, None for anything else."""
    if is_blank(cell):
        return np.nan
    answer = as_plain(field, cell)
    return ANSWER_CODES.get(answer) if isinstance(answer, str) else None
