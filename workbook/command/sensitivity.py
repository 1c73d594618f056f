"""`engagement sensitivity`: which figures move the choice, which single changes flip it, where two paths break even."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbook.command.completion import paths
from workbook.command.defaults_option import DefaultsName
from workbook.command.json_option import AsJson
from workbook.command.scenario_argument import ScenarioName, read_scenario
from workbook.files.collecting import uncollected

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from calc.model import Model
    from calc.scenario import Scenario

SCHEMA = 1
BARS = 12
# Gaps that move by less than this have not moved: half a cent.
NOTHING = 0.005


@uncollected()
def sensitivity(
    scenario: ScenarioName,
    between: Annotated[
        str | None,
        typer.Option(
            "--between",
            metavar="PATH",
            autocompletion=paths,
            help="The first path of the break-even; default: the recommended one.",
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--and", metavar="PATH", autocompletion=paths, help="The second path; default: the next best one."
        ),
    ] = None,
    json: AsJson = False,
    defaults: DefaultsName = None,
) -> None:
    """Show what the recommendation depends on.

    The figures that move the gap to the next best path most, the single answers and figures that would change the
    recommendation, and where two paths break even. PATH is a path's id or name.
    """
    given = read_scenario(scenario, defaults)
    from calc.model import model_for, user_paths
    from workbook.command.terminal import write_json

    model = model_for(user_paths(given))
    named = [_id(model, path, option) for path, option in ((between, "--between"), (against, "--and"))]
    found = sensitivities(model, given, *named)
    if json:
        write_json(found)
    else:
        show(found)


def sensitivities(model: Model, scenario: Scenario, between: str | None = None, against: str | None = None) -> dict:
    """Tornado, flips and break-even as JSON-ready data.

    between, against: ids of the two paths to break even; the recommended path and the runner-up where they are None.
    `break_even` is null where one of the two is missing.
    """
    from calc.reasons import answer
    from calc.results import flip_of, results
    from calc.searches import Searches
    from calc.sensitivity import Flips, tornado

    swings = tornado(model, scenario)
    [result] = results([scenario], flips=False, trials=0)
    first, second = between or swings.recommended, against or swings.runner_up
    if first == second is not None:
        raise typer.BadParameter("both name the same path", param_hint="--between, --and")
    totals = {path: result["paths"][path]["total"] for path in (first, second) if path}
    return {
        "schema": SCHEMA,
        "project": scenario.project.name,
        "currency": scenario.project.currency,
        "answer": answer(result)[0],
        "recommended": swings.recommended,
        "runner_up": swings.runner_up,
        "gap": swings.gap,
        "tornado": [asdict(bar) | {"swing": bar.swing} for bar in swings.bars],
        "flips": {
            "answers": [flip_of(flip) for flip in Searches(model, scenario).flips],
            "figures": [
                {name: getattr(flip.factor, name) for name in ("id", "label", "unit", "current", "low", "high")}
                | {"value": flip.value, "path": flip.path}
                for flip in Flips(model, scenario).values()
            ],
        },
        "break_even": _break_even(model, scenario, (first, second), totals) if first and second else None,
        "paths": {path.id: path.label for path in model.structure.paths},
    }


def _break_even(model: Model, scenario: Scenario, pair: tuple[str, str], totals: dict[str, float]) -> dict[str, Any]:
    """Where the two change places, each null for never; with the totals and the figures of today."""
    from calc.break_even import break_even

    figures = ("revenue_loss_per_month", "core_hours")
    values = model.evaluate([scenario], [f"likely_{name}" for name in figures])
    now = {name: float(values[f"likely_{name}"][0]) for name in figures}
    return {"totals": totals, "now": now} | asdict(break_even(model, scenario, *pair))


def _id(model: Model, given: str | None, option: str) -> str | None:
    """The id of the path that an option names by its id or its label."""
    if given is None:
        return None
    known = {name.casefold(): path.id for path in model.structure.paths for name in (path.label, path.id)}
    if given.casefold() in known:
        return known[given.casefold()]
    from calc.text.suggestion import near
    from workbook.command.terminal import printable

    like = near(given.casefold(), known)
    hint = f"did you mean: {known[like]}?" if like else f"known: {', '.join(model.structure.path_ids)}"
    raise typer.BadParameter(f"no path is called {printable(given[:60])}; {hint}", param_hint=option)


def show(found: dict) -> None:
    """Print the answer, the tornado as a table, what would change the recommendation, and the break-even."""
    from workbook.command.sentences import heading, paragraph
    from workbook.command.terminal import console

    out = console()
    heading(out, found["project"])
    paragraph(out, found["answer"], style="bold")
    _gap(out, found)
    _answers(out, found)
    _figures(out, found)
    if found["break_even"]:
        _places(out, found)
    else:
        paragraph(out, "Break-even: name two paths with --between and --and.")


def _gap(out: Console, found: dict) -> None:
    """The next best path, and what moves the gap between the two."""
    from workbook.command.sentences import paragraph

    if found["recommended"] is None:
        out.print()
        return
    if found["runner_up"] is None:
        paragraph(out, "There is no next best path: the answers speak for no other that can be taken.")
        out.print()
        return
    second, moving = found["paths"][found["runner_up"]], _moving(found)
    size, side = abs(found["gap"]), "more" if found["gap"] > 0 else "less"
    costs = f"{_amount(found, size)} {side}" if size >= NOTHING else "the same"
    paragraph(out, f"Next best: {second}. For the same scope it would cost {costs}.")
    out.print()
    if not moving:
        paragraph(out, "No figure moves the gap between the two.")
        out.print()
        return
    out.print(_tornado(found, moving))
    more = f" {len(moving) - BARS} more figures move it less; --json has them." if len(moving) > BARS else ""
    gap = "Gap: how much more the same scope costs on the next best path with this one figure changed; below 0 it costs less."
    paragraph(out, gap + more, style="dim")
    if not all(bar["own_range"] for bar in moving[:BARS]):
        paragraph(out, "* A figure without a range of its own, moved by an assumed share.", style="dim")
    out.print()


def _moving(found: dict) -> list[dict]:
    return [bar for bar in found["tornado"] if bar["swing"] >= NOTHING]


def _tornado(found: dict, moving: list[dict]) -> Table:
    """The figures that move the gap most, each at its low and at its high."""
    from workbook.command.terminal import printable, table

    made = table(
        ("Figure", "left"),
        ("Low", "number"),
        ("High", "number"),
        ("Gap at low", "number"),
        ("Gap at high", "number"),
        title=f"What moves the gap of {_amount(found, found['gap'])} most",
    )
    for bar in moving[:BARS]:
        made.add_row(
            printable(_named(found, bar)) + ("" if bar["own_range"] else " *"),
            _number(bar["low"]),
            _number(bar["high"]),
            f"{bar['at_low']:,.0f}",
            f"{bar['at_high']:,.0f}",
        )
    return made


def _answers(out: Console, found: dict) -> None:
    """Every single answer that would change the recommendation; questions that are still open come first."""
    from calc.reasons import answer_to
    from workbook.command.sentences import heading, paragraph

    heading(out, "Single answers that would change the recommendation")
    for flip in found["flips"]["answers"]:
        now = "open" if flip["from"] == "unknown" else flip["from"]
        paragraph(out, f"{answer_to(flip['question'], flip['answer'])} (now {now}): {_then(found, flip)}", indent=2)
    if not found["flips"]["answers"]:
        paragraph(out, "None.", indent=2)
    out.print()


def _figures(out: Console, found: dict) -> None:
    """Every single figure that would change it within its range, the smallest move first."""
    from workbook.command.sentences import heading, paragraph
    from workbook.command.terminal import printable, table

    title = "Single figures that would change the recommendation"
    if not found["flips"]["figures"]:
        heading(out, title)
        paragraph(out, "None within its range.", indent=2)
        out.print()
        return
    heads = (("Figure", "left"), ("Now", "number"), ("Changes at", "number"), ("Then recommended", "left"))
    made = table(*heads, title=title)
    for flip in found["flips"]["figures"]:
        then = printable(_then(found, flip))
        made.add_row(printable(_named(found, flip)), _number(flip["current"]), _turning(flip), then)
    out.print(made)


def _places(out: Console, found: dict) -> None:
    """Where the two paths change places, in sentences."""
    from workbook.command.sentences import heading, paragraph

    between, names = found["break_even"], found["paths"]
    first, second = (names[between[side]] for side in ("first", "second"))
    heading(out, f"Break-even: {first}, and {second}")
    costs = [f"{names[path]} {_amount(found, total)}" for path, total in between["totals"].items()]
    paragraph(out, f"Within the horizon, today: {'; '.join(costs)}.", indent=2)
    loss, hours = between["now"]["revenue_loss_per_month"], between["now"]["core_hours"]
    paragraph(out, _crossing(found, "revenue_loss_per_month", "Revenue lost a month", _amount(found, loss)), indent=2)
    paragraph(out, _crossing(found, "core_hours", "Core job", f"{hours:,.0f} h"), indent=2)
    paragraph(out, _month(found), indent=2)


def _crossing(found: dict, name: str, label: str, now: str) -> str:
    place = found["break_even"][name]
    if place is None:
        return f"{label} (now {now}): never within the range searched."
    at = _amount(found, place["at"]) if name == "revenue_loss_per_month" else f"{place['at']:,.1f} h"
    side = "above" if round(place["at"] - found["break_even"]["now"][name], 2) >= 0 else "below"
    return f"{label} (now {now}): {side} {at}, {found['paths'][place['cheaper']]} costs less."


def _month(found: dict) -> str:
    between, names = found["break_even"], found["paths"]
    if between["month"]:
        at, ahead = between["month"]["at"], names[between["month"]["cheaper"]]
        return f"Month: from the end of month {at:.0f} on, {ahead} has spent less and stays ahead."
    costs = between["totals"]
    if abs(costs[between["first"]] - costs[between["second"]]) < NOTHING:
        return "Month: both have spent the same at the horizon."
    return f"Month: {names[min(costs, key=costs.get)]} has spent less from the start."


def _then(found: dict, flip: dict) -> str:
    return found["paths"][flip["path"]] if flip["path"] else "no recommendation"


def _amount(found: dict, value: float) -> str:
    return f"{found['currency']} {value:,.0f}"


def _named(found: dict, item: dict) -> str:
    """A figure with its unit."""
    from calc.sensitivity import unit_in

    return f"{item['label']}, {unit_in(found['currency'], item['id'], item['unit'])}"


def _turning(flip: dict) -> str:
    """The value at which it changes, in more digits where it reads like the one of today; else which side of that."""
    from calc.text.figure import figure, just_beside

    now, at = _number(flip["current"]), _number(flip["value"])
    if at != now:
        return at
    side = just_beside(flip["value"], flip["current"])
    return f"{side} {now}" if side else figure(flip["value"])


def _number(value: float) -> str:
    """In as many digits as people read."""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.4g}" if abs(value) >= 1e-4 else f"{value:.6f}".rstrip("0").rstrip(".")
