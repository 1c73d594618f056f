"""`engagement calc`: the recommendation, every path and its costs, in the terminal or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workbook.command.scenario_argument import ScenarioName, read_scenario

if TYPE_CHECKING:
    from rich.table import Table


def calc(
    scenario: ScenarioName,
    json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    trials: Annotated[int, typer.Option(min=0, help="Trials of the simulation; 0 for none.")] = 10_000,
) -> None:
    """Recommend a path, with the cost of every path."""
    from calc.results import results
    from workbook.command.terminal import write_json

    [result] = results([read_scenario(scenario)], trials=trials)
    if json:
        write_json(result)
    else:
        show(result)


def show(result: dict) -> None:
    """Print the answer, the table of all paths, and the cost lines of the recommended path against another one."""
    from calc.reasons import alternatives, answer, doubts
    from workbook.command.sentences import heading, paragraph
    from workbook.command.terminal import console

    out = console()
    heading(out, result["scenario"]["project"]["name"])
    first, *more = answer(result)
    paragraph(out, first, style="bold")
    for sentence in (*more, *alternatives(result), *doubts(result)):
        paragraph(out, sentence)
    out.print()
    out.print(_paths(result))
    for number, gate in enumerate(_excluding(result), 1):
        paragraph(out, f"{number} {_gate_label(gate)}", style="dim")
    if _excluding(result):
        out.print()
    if result["recommendation"]["path"]:
        out.print(_lines(result))


def _excluding(result: dict) -> list[str]:
    return [gate for gate, state in result["gates"].items() if state["excludes"]]


def _gate_label(gate: str) -> str:
    from calc import catalogue

    return catalogue.gates()[gate].label


def _paths(result: dict) -> Table:
    """All paths: the recommended one, the others that no gate excludes by present value, then the excluded ones."""
    from workbook.command.terminal import printable, table

    project = result["scenario"]["project"]
    made = table(
        ("  Path", "left"),
        ("Total", "number"),
        ("NPV", "number"),
        ("Weeks", "number"),
        ("Fit", "number"),
        ("Out by", "left"),
        title=f"Every path over {project['horizon_months']} months, in {project['currency']}",
    )
    gates, chosen = _excluding(result), result["recommendation"]["path"]

    def order(item: tuple[str, dict]) -> tuple[bool, bool, float]:
        path, found = item
        return path != chosen, not found["eligible"], found["npv"]

    for path, found in sorted(result["paths"].items(), key=order):
        numbers = [str(at) for at, gate in enumerate(gates, 1) if path in result["gates"][gate]["excludes"]]
        made.add_row(
            ("> " if path == chosen else "  ") + printable(found["label"]),
            f"{found['total']:,.0f}",
            f"{found['npv']:,.0f}",
            f"{found['weeks_to_stable']:.1f}" + ("" if found["finished"] else " late"),
            f"{found['fit']:.2f}",
            " ".join(numbers),
            style="bold" if path == chosen else "" if found["eligible"] else "dim",
        )
    return made


def _lines(result: dict) -> Table:
    """The cost lines of the recommended path against the cheapest, or the runner-up where it is the cheapest."""
    from calc.quantities.lines import LINES
    from calc.quantity import QUANTITIES
    from workbook.command.terminal import printable, table

    choice = result["recommendation"]
    chosen = choice["path"]
    other = choice["cheapest"] if choice["cheapest"] != chosen else choice["runner_up"]
    shown = [path for path in (chosen, other) if path]
    labels = [printable(result["paths"][path]["label"]) for path in shown]
    made = table(
        ("Cost line", "left"),
        *((label, "right") for label in labels),
        *([("Difference", "number")] if len(shown) > 1 else []),
        title="Where the money goes",
    )
    rows = [(QUANTITIES[LINES[line]].label, [result["paths"][p]["lines"][line] for p in shown]) for line in LINES]
    for label, costs in rows:
        if any(costs):
            made.add_row(label, *_amounts(costs))
    made.add_section()
    made.add_row("Total", *_amounts([result["paths"][path]["total"] for path in shown]), style="bold")
    return made


def _amounts(costs: list[float]) -> list[str]:
    shown = [f"{cost:,.0f}" for cost in costs]
    return shown + ([f"{costs[0] - costs[1]:+,.0f}"] if len(costs) > 1 else [])
