"""`engagement track`: actuals against the plan, the forecast, and whether to stay or to switch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbook.command.defaults_option import DefaultsName
from workbook.command.json_option import AsJson

if TYPE_CHECKING:
    from rich.table import Table

    from calc.scenario import Scenario

# Ways to go on that fit on a screen beside the rest.
SHOWN = 5
CHOSEN, SILENT, OUT, PLAIN = ">", "?", "x", ""
MARKS = {CHOSEN: "recommended now", SILENT: "no answer so far speaks for it", OUT: "ruled out"}


def track(
    scenario: Annotated[
        str,
        typer.Argument(
            metavar="WORKBOOK", help="A filled-in workbook, a scenario, - for standard input, or a folder of workbooks."
        ),
    ],
    json: AsJson = False,
    defaults: DefaultsName = None,
) -> None:
    """Compare what really happened with the plan, and forecast the end.

    What was paid by month and line, the leader's hours and how much of the core is done stand on the sheet Actuals of a
    workbook, or in [actuals] of a scenario. For a folder, all tracked workbooks are shown side by side.
    Shows plan, actual and forecast by line, when the core will be done, and what is left decided anew: stay or switch.
    """
    if Path(scenario).is_dir():
        _folder(Path(scenario), json)
        return
    from calc.scenario import Refused
    from calc.tracking import track_and_advise
    from workbook.command.actuals_noted import note_path, read_asked

    given, asked = read_asked(scenario, defaults)
    if asked:
        raise Refused(scenario, asked)
    from workbook.command.terminal import write_json

    found, advice = track_and_advise(given, scenario)
    note_path(scenario, given)
    if json:
        write_json(found)
    else:
        show(found, given, advice)


def _folder(folder: Path, json: bool) -> None:
    """The forecasts of a folder's workbooks; ends with 3 where some cannot be forecast."""
    from workbook.command import track_folder
    from workbook.command.terminal import printable, write_json

    read = track_folder.forecasts(folder)
    write_json(read) if json else track_folder.show(read)
    for line in track_folder.complaints(read):
        typer.echo(printable(line), err=True)
    if read["refused"]:
        raise typer.Exit(3)


def show(found: dict[str, Any], given: Scenario, advice: tuple[str, str]) -> None:
    """Print the one line, whether to stay or to switch and why, the table of lines, and the ways to go on."""
    from calc.model import model_for, user_paths
    from calc.tracking import late
    from workbook.command.sentences import heading, paragraph
    from workbook.command.terminal import console

    out, currency = console(), given.project.currency
    labels = {path.id: path.label for path in model_for(user_paths(given)).structure.paths}
    heading(out, given.project.name)
    first, *more = _sentences(found, labels, currency)
    advised = " ".join(filter(None, advice)) if found["month"] else ""
    for sentence in filter(None, (first, late(given, found["path"]), *more, advised)):
        paragraph(out, sentence)
    out.print()
    if any(any(one.values()) for one in found["lines"].values()):
        out.print(_lines(found, currency))
    if found["stay_or_switch"]:
        ways = [(_mark(one, found["recommended"]), one) for one in found["stay_or_switch"]]
        ways = [way for number, way in enumerate(ways) if number < SHOWN or way[1]["path"] == found["path"]]
        out.print(_ways(found, ways, labels, currency))
        marks = {mark for mark, _ in ways}
        paragraph(out, "   ".join(f"{mark} {says}" for mark, says in MARKS.items() if mark in marks), style="dim")


def _sentences(found: dict[str, Any], labels: dict[str, str], currency: str) -> list[str]:
    plan, forecast = found["plan"]["total"], found["forecast"]
    label = labels[found["path"]]
    if not found["month"]:
        return [f"{label}: the plan comes to {currency} {plan:,.0f}. Nothing is entered under [actuals] yet."]
    apart = forecast["total"] - plan
    against = "as planned" if abs(apart) < 1 else f"{abs(apart):,.0f} {'more' if apart > 0 else 'less'} than planned"
    said = [
        f"{label}, after month {found['month']}: {currency} {found['actual']['to_date']:,.0f} so far, "
        f"{found['plan']['to_date']:,.0f} planned by now. Forecast: {currency} {forecast['total']:,.0f}, {against}; core "
        f"done in week {forecast['end_week']:,.1f}, at a performance of {found['performance']:.2f}."
    ]
    if budget := found["budget"]:
        left = budget["headroom"]
        said.append(
            f"Invoiced for audit and core: {currency} {budget['invoiced']:,.0f} so far, forecast {budget['forecast']:,.0f} of "
            f"a budget of {budget['amount']:,.0f}: {abs(left):,.0f} {'to spare' if left >= 0 else 'too much'}."
        )
    if times := found["came_back"]:
        how_often = {1: "Once", 2: "Twice"}.get(times, f"{times} times")
        said.append(
            f"{how_often} something that was fixed came back: progress fell, or there were incidents after the core was "
            "done. That is the sign of a problem in the system, which an audit looks for."
        )
    return said


def _lines(found: dict[str, Any], currency: str) -> Table:
    from calc.quantities.lines import LINES
    from calc.quantity import QUANTITIES
    from workbook.command.terminal import table

    columns = ("Plan\nby now", "Actual", "Variance", "Forecast")
    made = table(("Line", "left"), *((column, "number") for column in columns), title=f"By cost line, in {currency}")
    for line, one in found["lines"].items():
        if any(one.values()):
            amounts = (one["plan"], one["actual"], one["actual"] - one["plan"], one["forecast"])
            made.add_row(QUANTITIES[LINES[line]].label, *(f"{amount:z,.0f}" for amount in amounts))
    return made


def _mark(way: dict[str, Any], recommended: str | None) -> str:
    if way["path"] == recommended:
        return CHOSEN
    if not way["eligible"]:
        return OUT
    return PLAIN if way["evidence"] else SILENT


def _ways(
    found: dict[str, Any], ways: list[tuple[str, dict[str, Any]]], labels: dict[str, str], currency: str
) -> Table:
    from calc.sentences.stay_or_switch import by_rules
    from workbook.command.terminal import table

    title = f"What is left, decided anew without what is spent, in {currency}, in the order of the decision"
    out = [("Ruled out by", "left")] if any(one["gates"] for _, one in ways) else []
    made = table(
        ("", "left"), ("Way on", "left"), ("To come\n(same scope)", "number"), ("Weeks", "number"), *out, title=title
    )
    for mark, one in ways:
        stays = one["path"] == found["path"]
        name = f"{labels[one['path']]}{' (stay)' if stays else ''}"
        figures = [f"{one['remaining']:,.0f}", f"{one['weeks']:,.1f}", *([by_rules(one)] if out else [])]
        made.add_row(mark, name, *figures, style="bold" if stays else "")
    return made
