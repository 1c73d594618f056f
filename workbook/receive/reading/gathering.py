"""Every input of a workbook gathered into a scenario, with all faults and notes on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from calc import __version__
from calc.scenario import Scenario, scenario
from calc.scenario.actuals import KEY as ACTUALS
from calc.scenario.actuals import PATH
from calc.scenario.basis import KEY as BASIS
from calc.scenario.date_text import DAY_ZERO
from calc.scenario.faults import Refused, problem, shown
from calc.scenario.schema import ENDS
from calc.scenario.unclear_value import UnclearValueError
from calc.scenario.value import Meaning, is_noted
from workbook.files.agreed import QUOTE_FORM
from workbook.receive.intake import HIDDEN, Book
from workbook.receive.reading import actual_months, actual_places, asking
from workbook.receive.reading.addresses import shown_place
from workbook.receive.reading.cell_fault import PlacedFault
from workbook.receive.reading.content import Content, content, meaning
from workbook.receive.reading.expected_inputs import Field, fields
from workbook.receive.reading.own_paths import KEY, QUOTES, own_paths, recorded_quotes
from workbook.receive.reading.picks import left_out, picks
from workbook.receive.reading.places import Places, places
from workbook.receive.reading.published import offers_overwritten, overwritten
from workbook.receive.reading.record import answers_gone
from workbook.receive.reading.recorded_basis import defaults_named, recorded_basis
from workbook.receive.reading.version import is_older, key_then, made_by, refuse_newer
from workbook.write.picks import STANDARD

# The choice of the path that the plan shows, which is the one that is followed.
PICK = "plan_path"
NO_INPUTS = "none of the inputs that engagement asks for are in it"
USE_OURS = "use a workbook made by engagement new or engagement build"
A_FORM = "a vendor's form, which is no scenario"
TAKE_IT = "engagement quotes FOLDER -o FILE.toml --scenario SCENARIO takes it into one"
NOTHING = "nothing"
# What stands for a field that has a fault, so that the others are still checked.
STAND_INS = {"project.name": "name", "project.start": "2026-01-01"}


@dataclass
class Gathered:
    """The content of a workbook. scenario: None where there are faults; values: field and end -> the meaning of its cell."""

    book: Book
    where: str
    version: str | None
    places: Places
    values: dict[tuple[str, str], Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    faults: list[PlacedFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    scenario: Scenario | None = None


def gathered(book: Book, where: str) -> Gathered:
    """Everything that the workbook says of its scenario. Raises Refused for a newer version or a foreign workbook."""
    version = made_by(book)
    refuse_newer(version, where)
    wanted = [_then(one, version) for one in fields()]
    cells = places(book, wanted)
    if len(cells.missing) == len(wanted):
        sentence_and_hint = (A_FORM, TAKE_IT) if QUOTE_FORM in book.sheets else (NO_INPUTS, USE_OURS)
        raise Refused(where, [problem("", *sentence_and_hint)])
    inputs = gathered_from(book, where, version, wanted, cells)
    _answers(inputs)
    if inputs.scenario and version == __version__:
        inputs.notes += offers_overwritten(book, inputs.scenario)
    inputs.notes += left_out(book, () if ACTUALS not in inputs.data else (PICK,))
    if note := defaults_named(inputs.data.get(BASIS, {})):
        inputs.notes.append(note)
    return inputs


def gathered_from(
    book: Book, where: str, version: str | None, wanted: Sequence[Field], cells: Places, of_record: bool = False
) -> Gathered:
    """The scenario that these cells say. of_record: what happened is read as the sheet Record keeps it."""
    inputs = Gathered(book, where, version, cells, faults=list(cells.faults), notes=list(cells.notes))
    _missing(inputs)
    if version == __version__:
        inputs.notes += overwritten(book)
    currency = ""
    for one in sorted(wanted, key=lambda one: one.dotted != "project.currency"):
        values = _values(inputs, one, currency)
        if values is not None:
            _put(inputs, one, values)
        if one.dotted == "project.currency":
            currency = inputs.data.get("project", {}).get("currency", "")
    _own_paths(inputs)
    if basis := recorded_basis(book, inputs.values, inputs.data):
        inputs.data[BASIS] = basis
    _actuals(inputs, currency, of_record)
    _check(inputs)
    return inputs


def refused(inputs: Gathered) -> Refused:
    return Refused(inputs.where, inputs.faults)


def _then(one: Field, version: str | None) -> Field:
    key = key_then(one.key, version)
    return one if key == one.key else Field(**{**vars(one), "key": key})


def _missing(inputs: Gathered) -> None:
    """Report inputs without a cell: a default where an older version did not ask for them, else a fault; one for a whole
    table."""
    reported = set()
    for one in inputs.places.missing:
        if one.table in inputs.places.gone:
            if one.table not in reported:
                inputs.faults.append(asking.of_no_table(one.table))
            reported.add(one.table)
        elif is_older(inputs.version):
            inputs.notes.append(f"{one.dotted}: version {inputs.version} did not ask for it; its default was taken")
        else:
            inputs.faults.append(asking.of_no_cell(one))


def _values(inputs: Gathered, one: Field, currency: str) -> dict[str, Any] | None:
    """End -> the meaning of its cell, for filled cells; None where the field has no cell or has a fault."""
    values: dict[str, Any] = {}
    before = len(inputs.faults)
    cells = [
        (end, inputs.places.cells[one.dotted, end]) for end, _ in one.ends if (one.dotted, end) in inputs.places.cells
    ]
    for end, place in cells:
        try:
            cell = content(inputs.book, place)
            value = meaning(cell, one.asked, currency)
        except UnclearValueError as unclear:
            inputs.faults.append(asking.of_cell(inputs.places, one, end, unclear))
            continue
        inputs.values[one.dotted, end] = value
        if value is None:
            continue
        values[end] = value
        if stands := _otherwise(one, cell, value):
            inputs.notes.append(f"{shown_place(place)} ({one.dotted}): {stands} was read as {_shown(value)}")
        elif cell.is_hidden:
            inputs.notes.append(f"{shown_place(place)} ({one.dotted}): {HIDDEN}; {_shown(value)} was read")
    known = (one.dotted, "likely") in inputs.places.cells
    if known and len(inputs.faults) == before and "likely" not in values and (values or not one.optional):
        beside = " beside its low or high end" if values else ""
        inputs.faults.append(asking.of_cell(inputs.places, one, "likely", UnclearValueError(f"{NOTHING}{beside}")))
    return values if known and len(inputs.faults) == before else None


def _otherwise(one: Field, cell: Content, value: Meaning) -> str:
    """The content of a cell that was read as something else; empty where it was read as it stands."""
    if cell.formula is not None:
        return f"={cell.formula}"[:60]
    kind = one.asked.kind
    if isinstance(cell.value, str) and (kind in ("number", "date") or is_noted(cell.value, value)):
        return repr(cell.value)[:60]
    if kind == "date" and cell.day_zero and isinstance(cell.value, float):
        return f"{cell.value:g}, counted from {DAY_ZERO + timedelta(days=cell.day_zero)} as this workbook does,"
    if cell.is_hidden or not is_noted(cell.value, value, cell.kind):
        return ""
    return f"{cell.value:.15g}" if isinstance(cell.value, float) else shown(cell.value)


def _shown(value: Any) -> str:
    return f"{value:,.15g}" if isinstance(value, float) else str(value)


def _put(inputs: Gathered, one: Field, values: dict[str, Any]) -> None:
    """Write the field into the data as a scenario file has it."""
    if not values:
        return
    section, _, rest = one.dotted.partition(".")
    model, _, name = rest.rpartition(".")
    table = inputs.data.setdefault(section, {})
    table = table.setdefault(model, {}) if model else table
    if len(values) == 1:
        table[name] = values["likely"]
    else:
        table[name] = [values.get(end, values["likely"]) for end in ENDS]


def _own_paths(inputs: Gathered) -> None:
    try:
        paths, place = own_paths(inputs.book)
        quotes = recorded_quotes(inputs.book)
    except UnclearValueError as unclear:
        inputs.faults.append(PlacedFault(KEY, unclear.says, "", "restore the sheet Record as it was"))
        return
    if place:
        inputs.places.cells[KEY, "likely"] = place
    if paths:
        inputs.data[KEY] = paths
    if quotes:
        inputs.data[QUOTES] = quotes


def _actuals(inputs: Gathered, currency: str, of_record: bool) -> None:
    """What happened by month, and the path that is followed: the one in the plan."""
    try:
        then = actual_months.recorded(inputs.book)
    except UnclearValueError as unclear:
        inputs.faults.append(PlacedFault(ACTUALS, unclear.says, "", "restore the sheet Record as it was"))
        return
    now = None if of_record else actual_months.entered(inputs.book, currency, then, is_older(inputs.version))
    values = now.values if now else actual_months.of_section(then)
    inputs.values |= {(actual_places.dotted(of), "likely"): value for of, value in values.items()}
    section = now.lists if now else {name: of for name, of in then.items() if name != PATH}
    if now:
        inputs.places.cells |= {(actual_places.dotted(of), "likely"): place for of, place in now.places.items()}
        inputs.faults += now.faults
        inputs.notes += now.notes
    place, pick = (None, then.get(PATH)) if of_record else picks(inputs.book).get(PICK, (None, then.get(PATH)))
    if (section or then.get(PATH)) and pick not in (None, "", STANDARD[PICK]):
        section = {PATH: pick} | section
        if place:
            inputs.places.cells[f"{ACTUALS}.{PATH}", "likely"] = place
    if section:
        inputs.data[ACTUALS] = section


def _answers(inputs: Gathered) -> None:
    """Count the answers against the record of them."""
    try:
        if note := answers_gone(inputs.book, inputs.values):
            inputs.notes.append(note)
    except UnclearValueError as unclear:
        inputs.faults.append(PlacedFault("answers", unclear.says, "", unclear.question))
        inputs.scenario = None


def _check(inputs: Gathered) -> None:
    """Check the data as a scenario; a value that the scenario does not allow is a fault of its cell."""
    for dotted, value in STAND_INS.items():
        section, _, name = dotted.partition(".")
        inputs.data.setdefault(section, {}).setdefault(name, value)
    try:
        checked = scenario(inputs.data, inputs.where)
    except Refused as error:
        for fault in error.faults:
            _report(inputs, asking.of_scenario(inputs.places, fault))
    else:
        inputs.scenario = checked if not inputs.faults else None
    _sort(inputs)


def _report(inputs: Gathered, fault: PlacedFault) -> None:
    """Add a fault of the scenario, unless its cell has one; what the scenario says of an empty cell is better."""
    earlier = next((one for one in inputs.faults if one.place and one.place == fault.place), None)
    if earlier and earlier.found == NOTHING:
        inputs.faults.remove(earlier)
    elif earlier:
        return
    inputs.faults.append(fault)


def _sort(inputs: Gathered) -> None:
    """The faults in the order of sheets, rows and columns; those of the whole workbook last."""
    sheets = list(inputs.book.sheets)
    inputs.faults.sort(
        key=lambda fault: (sheets.index(fault.place[0]), *fault.place[1:]) if fault.place else (len(sheets),)
    )
