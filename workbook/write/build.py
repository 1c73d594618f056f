"""From scenarios to workbooks: the quantities are evaluated once, laid out once, and packed for each scenario."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import orjson

from calc import catalogue
from calc.model import Model, model_for, user_paths
from calc.quantity import QUANTITIES
from calc.scenario import Scenario, as_given, scenario
from calc.scenario.actuals import KEY as ACTUALS
from calc.scenario.actuals import SERIES, as_plain, is_tracked
from calc.scenario.basis import KEY as BASIS
from calc.scenario.basis import basis_by_field, fields_with_basis
from calc.scenario.quotes import KEY as QUOTES
from calc.simulation import draws
from workbook.write import ready
from workbook.write.book import Book
from workbook.write.edition import Edition
from workbook.write.once.large_run import LARGE_RUN
from workbook.write.once.live_trials import COLUMNS_OF, draws_of, trial_values
from workbook.write.once.studies import Studies
from workbook.write.pack.package import Package
from workbook.write.picks import picks_for
from workbook.write.sheets import (
    about,
    actuals,
    answers,
    cash_flow,
    checklists,
    checks,
    comparison,
    costs,
    criteria,
    decision,
    decision_workings,
    evidence,
    forecast,
    gantt,
    inputs,
    months,
    parameters,
    phases,
    plan,
    quotes,
    ranking,
    recorded_inputs,
    searches,
    sensitivity,
    sequences,
    simulation,
    sources,
    stages,
    start,
    summary,
    tracking,
    trials,
    two_paths,
    values,
    worked_examples,
)
from workbook.write.sheets.values import CHOICES, UNNAMED

# In the order of the tabs.
SHEETS = (
    summary, start, inputs, answers, parameters, decision, comparison, quotes, criteria, plan, gantt, cash_flow, actuals,
    forecast, simulation, sensitivity, sequences, checklists, worked_examples, sources, evidence, values, costs, phases, stages,
    months, tracking, decision_workings, ranking, two_paths, trials, recorded_inputs, searches, checks, about,
)  # fmt: skip

# The sheets that an edition leaves out. A cell that reads one of them holds its value alone, as it was when it was made.
WITHOUT = {Edition.full: (), Edition.light: (trials, evidence, actuals, forecast, tracking)}

# The layouts that come with the distribution: those of `build` and of `batch` unless they are told otherwise. The others are
# made when they are first needed.
SHIPPED = ((True, Edition.full), (False, Edition.light))
# The least that a scenario may say.
SAYS_NOTHING = {"project": {"name": "any", "start": "2026-01-01"}, "work": {"core_hours": 1}}


def build(
    scenario: Scenario, runs: int = LARGE_RUN, edition: Edition = Edition.full, made_on: date | None = None
) -> bytes:
    """The workbook of one scenario, as the bytes of an .xlsx file.

    runs: trials of the large simulation; 0 for none. made_on: the day that its first page bears; None for none.
    """
    return package([scenario], runs, edition, made_on).bytes()


def package(
    scenarios: Sequence[Scenario], runs: int = LARGE_RUN, edition: Edition = Edition.full, made_on: date | None = None
) -> Package:
    """The workbooks of scenarios that are laid out alike, see `layout_of`."""
    return packed(book(scenarios, runs, edition=edition, made_on=made_on))


def layout_of(scenario: Scenario, edition: Edition) -> Hashable:
    """Equal for scenarios whose workbooks are laid out alike: of the same paths, and all with actuals or none, where these are
    shown on as many printed pages."""
    shown = actuals.pages(scenario) if actuals not in WITHOUT[edition] else is_tracked(scenario.actuals)
    return user_paths(scenario), shown


def packed(laid_out: Book, is_kept: bool = True) -> Package:
    """The package of a book as `book` makes it, in the layout that is ready, where there is one; is_kept: as in `again`."""
    trials = laid_out.studies.trials
    layout = _layout(laid_out.model, bool(trials), laid_out.edition, actuals.is_tracked(laid_out))
    # Another number of trials is another constant in a cell.
    usable = layout.template if trials in (0, LARGE_RUN) else None
    return usable.again(laid_out, is_kept) if usable else Package(laid_out)


def book(
    scenarios: Sequence[Scenario],
    runs: int = LARGE_RUN,
    picks: Mapping[str, str] | None = None,
    originals: Sequence[Scenario] | None = None,
    is_usual: bool = True,
    edition: Edition = Edition.full,
    made_on: date | None = None,
    studies: Studies | None = None,
) -> Book:
    """The sheets of the workbook, with the values of all scenarios in their cells.

    picks: the choices on the sheet Inputs: `case`, `plan_path`, `compare_path`, `compare_with`. originals: the scenarios
    that the workbooks were made for, where the inputs have changed since; the recorded inputs and the one-off results
    belong to these. Both are for checking a workbook that came back.
    is_usual: False where the caller adds sheets of its own, so that this layout is not kept for the books that follow.
    made_on: the day that the first page bears, None for none. It is no input, and belongs to no template.
    studies: those of the originals, in as many trials, where they were run already.
    """
    model = model_for(user_paths(scenarios[0]))
    tracked = is_tracked((originals or scenarios)[0].actuals)
    formulas = _layout(model, bool(runs), edition, tracked).formulas if is_usual else {}
    return _laid_out(model, scenarios, runs, edition, formulas, picks, originals, made_on, studies)


def _laid_out(
    model: Model,
    scenarios: Sequence[Scenario],
    runs: int,
    edition: Edition,
    formulas: dict[Hashable, Any],
    picks: Mapping[str, str] | None = None,
    originals: Sequence[Scenario] | None = None,
    made_on: date | None = None,
    studies: Studies | None = None,
) -> Book:
    """As `book`. formulas: those that are known; what is missing is added."""
    recorded, known = originals or scenarios, _known(model, scenarios, edition)
    drawn = trial_values(model, known, len(scenarios), COLUMNS_OF[edition])
    if picks:
        known = _known(model, scenarios, edition, picks)
    cell_texts = texts(scenarios, recorded) | {name: _each([pick]) for name, pick in (picks or {}).items()}
    cell_texts[actuals.PAGES] = actuals.pages(recorded[0])
    studies = studies or Studies(model, recorded, runs)
    as_made = _original(model, originals or (scenarios if picks else None), studies, edition)
    laid_out = Book(model, known, cell_texts, drawn, studies, len(scenarios), formulas, as_made, edition, made_on)
    nothing_to_show = {sequences: not runs, quotes: not model.structure.quotes}
    left_out = [*WITHOUT[edition], *(sheet for sheet, empty in nothing_to_show.items() if empty)]
    for sheet in SHEETS:
        if sheet not in left_out:
            sheet.add(laid_out)
    return laid_out


def _original(model: Model, scenarios: Sequence[Scenario] | None, studies: Studies, edition: Edition) -> Book | None:
    """The book as it was made, where that is known: its inputs alone if all else follows them, else the whole."""
    if scenarios is None:
        return None
    if WITHOUT[edition]:
        whole = book(scenarios, studies.trials, edition=edition, studies=studies)
        whole.finish()
        return whole
    given = Book(model, model.inputs(scenarios), texts(scenarios, scenarios), {}, None, len(scenarios))
    for sheet in (inputs, answers, parameters):
        sheet.add(given)
    return given


@dataclass(frozen=True)
class Layout:
    """What books with the same paths have in common: their formulas, and all that is around their values.

    The first book adds the formulas where they are not ready; template: None where it is not.
    """

    formulas: dict[Hashable, Any]
    template: Package | None = None


@lru_cache(maxsize=8)
def _layout(model: Model, has_studies: bool, edition: Edition, tracked: bool) -> Layout:
    """The layout for one set of paths; ready for the published ones alone, while nothing has happened."""
    if tracked or model is not model_for():
        return Layout(_formulas(model, edition, tracked))
    name = _name(has_studies, edition)
    known = ready.layout(name)
    if known is None and ready.can_keep():
        known = made(has_studies, edition)
        ready.keep(name, known)
    if known is None:
        return Layout(_formulas(model, edition, tracked))
    draws.know(known["draws"])
    return Layout(ready.formulas_of(known["formulas"]), Package.of_plain(known["package"], edition.packing))


@lru_cache(maxsize=8)
def _formulas(model: Model, edition: Edition, tracked: bool) -> dict[Hashable, Any]:
    """The formulas of the workbook for one set of paths, filled by the first that is laid out.

    tracked: whether anything had happened when it was made, which decides what is printed.
    """
    return {}


def ship() -> None:
    """Make the layouts that come with the distribution, for this program as it is."""
    for has_studies, edition in SHIPPED:
        ready.keep(_name(has_studies, edition), made(has_studies, edition), ready.SHIPPED)


def _name(has_studies: bool, edition: Edition) -> str:
    return f"{edition.value}-{'with' if has_studies else 'without'}-studies"


def made(has_studies: bool, edition: Edition) -> dict[str, Any]:
    """A layout as plain data, from two scenarios that say nothing: only several show which cells differ between them."""
    formulas: dict[Hashable, Any] = {}
    model, scenarios = model_for(), [scenario(SAYS_NOTHING)] * 2
    package = Package(_laid_out(model, scenarios, LARGE_RUN if has_studies else 0, edition, formulas))
    drawn = draws_of(model, _known(model, scenarios[:1], edition))
    return {"formulas": ready.plain(formulas), "package": package.plain(), "draws": drawn}


def _known(
    model: Model, scenarios: Sequence[Scenario], edition: Edition, picks: Mapping[str, str] | None = None
) -> dict[str, np.ndarray]:
    """Every quantity by its key, in the picked case and with the picked plan."""
    picked = [picks_for(scenario) | dict(picks or {}) for scenario in scenarios]
    inputs_of_model = model.inputs(scenarios, picked[0]["case"])
    numbers = UNNAMED | {path: number for number, path in enumerate(model.structure.path_ids, 1)}
    for key, name in CHOICES.items():
        inputs_of_model[key] = np.array([float(numbers[of[name]]) for of in picked])
    wanted = _wanted(model, forecast not in WITHOUT[edition])
    return inputs_of_model | model.graph.evaluate(inputs_of_model, wanted, everything=True)


@lru_cache(maxsize=8)
def _wanted(model: Model, has_forecast: bool) -> tuple[str, ...]:
    """What the sheets show or are calculated from: what follows from actuals only where there is a forecast."""
    left_out = set() if has_forecast else model.graph.following((f"actual_{name}" for name in SERIES), QUANTITIES)
    return (*(key for key in QUANTITIES if key not in left_out), *catalogue.settings())


def texts(scenarios: Sequence[Scenario], recorded: Sequence[Scenario]) -> dict[str, object]:
    """The texts in the cells: names, answers, choices, and the hash of the recorded inputs."""
    by_cell: dict[str, object] = {
        "name": _each(s.project.name for s in scenarios),
        "owner": _each(s.project.owner for s in scenarios),
        "currency": _each(s.project.currency for s in scenarios),
        "location": _each(s.work.location for s in scenarios),
        **{name: _each(picks_for(s)[name] for s in scenarios) for name in picks_for(scenarios[0])},
        "inputs_hash": _each(inputs_hash(s) for s in recorded),
        BASIS: _each(json.dumps(s.basis, sort_keys=True) for s in recorded),
    }
    by_cell[ACTUALS] = _each(json.dumps(as_plain(s.actuals), sort_keys=True) for s in recorded)
    by_cell[QUOTES] = _each(json.dumps(as_given(s).get(QUOTES, []), sort_keys=True) for s in recorded)
    said = [basis_by_field(s.basis) for s in recorded]
    for dotted in fields_with_basis():
        by_cell[f"{BASIS}.{dotted}"] = _each(texts.get(dotted, "") for texts in said)
    for question in catalogue.questions():
        by_cell[f"answer_{question}"] = _each(s.answers.get(question, "unknown") for s in scenarios)
    return by_cell


def inputs_hash(scenario: Scenario) -> str:
    """A fingerprint of all that a workbook holds of the scenario, to the fifteen digits that every spreadsheet keeps."""
    kept = _shortened(as_given(scenario))
    return hashlib.sha256(orjson.dumps(kept, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def _shortened(value: object) -> object:
    if isinstance(value, float):
        return float(f"{value:.15g}") + 0.0
    if isinstance(value, dict):
        return {key: _shortened(part) for key, part in value.items()}
    return [_shortened(part) for part in value] if isinstance(value, list) else value


def _each(values: Iterable[object]) -> np.ndarray:
    """A text per scenario, as an array even for a single one, so that it is never mistaken for a text of the template."""
    return np.array(list(values), dtype=object)
