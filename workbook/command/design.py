"""`engagement design`: the best of all sequences, in the terminal, as JSON, or as user-defined paths of the scenario."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbook.command.defaults_option import DefaultsName
from workbook.command.json_option import AsJson
from workbook.command.output_file import Replaced, check_output
from workbook.command.scenario_argument import ScenarioName
from workbook.files.collecting import uncollected

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from calc.scenario import Scenario

# So many rows of the frontier fit on a screen beside the rest.
SHOWN = 10
CHOSEN, SILENT, PLAIN = ">", "?", " "


@uncollected()
def design(
    scenario: ScenarioName,
    json: AsJson = False,
    top: Annotated[
        int | None,
        typer.Option(
            min=1, help=f"How many sequences; default: {SHOWN} in the terminal, all in JSON, all that fit in FILE."
        ),
    ] = None,
    add: Annotated[
        Path | None,
        typer.Option(
            "--add", metavar="FILE.toml", help="Write the scenario with the best sequences as user-defined paths."
        ),
    ] = None,
    force: Replaced = False,
    defaults: DefaultsName = None,
) -> None:
    """Search every sequence of phases for the best, not only the published paths.

    An audit, a pilot or neither; a prototype or none; who does the core; who runs it afterwards; a retainer or none. All
    are judged by the same rules, compared among themselves. Shows those that no other beats in fit, cost and time, the one
    that is recommended, and what each way on costs after its first phase.
    """
    from calc.sequences import designed, or_better, recommended_own, search
    from workbook.command.actuals_noted import read_noted
    from workbook.command.terminal import write_json

    given = read_noted(scenario, defaults)

    if add:
        _add(given, add, top, force)
    searched = search(given)
    found = designed(searched, top)
    if json:
        write_json(found)
    else:
        _show(found, given, top or SHOWN, or_better(searched, given.project.currency, recommended_own(given)))
    if add:
        typer.echo(f"written: {add}", err=True)


def _add(given: Scenario, target: Path, top: int | None, force: bool) -> None:
    from calc.sequences import NothingToAdd, with_best
    from workbook.files.saving import WriteError, save_by, writable_by
    from workbook.receive.reading import as_toml

    check_output(target, ".toml", option="--add", example="designed")
    writable_by("design", target, force)
    try:
        scenario, added = with_best(given, top)
    except NothingToAdd as error:
        raise WriteError(target, str(error)) from None
    head = "\n".join(["With the best sequences as user-defined paths:", *added])
    save_by("design", target, as_toml(scenario, head).encode(), force)


def _show(found: dict[str, Any], given: Scenario, top: int, line: str) -> None:
    """Print the one line, the frontier, the phases of the best sequence, and what each way on costs."""
    from workbook.command.sentences import heading, paragraph
    from workbook.command.terminal import console

    out, currency = console(), given.project.currency
    heading(out, given.project.name)
    paragraph(out, line, style="bold")
    out.print()
    frontier = found["frontier"][:top]
    if not frontier:
        return
    out.print(_frontier(found, frontier, given))
    for sentence in _legend(found, frontier):
        paragraph(out, sentence, style="dim")
    out.print()
    if found["recommended"]:
        out.print(_phases(found["recommended"]))
    _ways_on(out, [*([found["recommended"]] if found["recommended"] else []), *frontier], currency)


def _frontier(found: dict[str, Any], frontier: list[dict[str, Any]], given: Scenario) -> Table:
    from workbook.command.terminal import table

    made = table(
        ("", "left"),
        ("Sequence", "left"),
        ("To be\npaid", "number"),
        ("Own\ntime", "number"),
        ("Losses", "number"),
        ("Same\nscope", "number"),
        ("Saves", "number"),
        ("Core\ndone", "number"),
        ("Fit", "number"),
        title=f"What no other sequence beats, over {given.project.horizon_months} months, in {given.project.currency}",
    )
    best = found["recommended"]
    for one in frontier:
        chosen = best is not None and one["name"] == best["name"]
        made.add_row(
            CHOSEN if chosen else PLAIN if one["evidence"] else SILENT,
            one["name"],
            *(f"{one[name]:,.0f}" for name in ("paid", "own_time", "losses", "same_scope")),
            "" if one["saves"] is None else f"{one['saves']:,.0f}",
            _core(one)["end"] or "",
            f"{one['fit']:.0%}",
            style="bold" if chosen else "",
        )
    return made


def _core(one: dict[str, Any]) -> dict[str, Any]:
    """The last core phase of a sequence."""
    return [phase for phase in one["phases"] if phase["work"] == "core"][-1]


def _legend(found: dict[str, Any], frontier: list[dict[str, Any]]) -> list[str]:
    from calc import catalogue

    marks = [f"{CHOSEN} recommended"] if found["recommended"] else []
    marks += [f"{SILENT} no answer so far speaks for it"] if not all(one["evidence"] for one in frontier) else []
    columns = ["Reviewed: a production engineering firm stays on retainer."]
    if found["against"]:
        columns.append(f"Saves: for the same scope, against “{catalogue.paths()[found['against']['path']].label}”.")
    more = len(found["frontier"]) - len(frontier)
    columns += [f"{more} more: --top {len(found['frontier'])}."] if more else []
    return [*(["   ".join(marks)] if marks else []), " ".join(columns)]


def _phases(one: dict[str, Any]) -> Table:
    from calc.sequences import by_whom, work_of
    from workbook.command.terminal import table

    made = table(
        ("Work", "left"),
        ("By", "left"),
        ("Share", "number"),
        ("Start", "number"),
        ("End", "number"),
        title=f"Its phases: {one['name']}",
    )
    for phase in one["phases"]:
        made.add_row(
            work_of(phase),
            by_whom(phase),
            "" if phase["share"] is None else f"{phase['share']:.0%}",
            phase["start"] or "",
            phase["end"] or "",
        )
    return made


def _ways_on(out: Console, sequences: list[dict[str, Any]], currency: str) -> None:
    """What has been paid after the first phase of each sequence that has one before its core, and what comes then."""
    from calc.sequences import ways_on
    from workbook.command.answer import print_list

    said = {one["name"]: ways_on(one, currency) for one in sequences if one["ways_on"]}
    print_list(out, "After the first phase", [f"{name}: {sentence}" for name, sentence in said.items()])
