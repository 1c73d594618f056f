"""`engagement calibrate`: what a team's own past jobs say of its estimates, and the ranges that follow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.command.json_option import AsJson
from workbook.command.outcome import SOME_FAILED
from workbook.command.output_file import Replaced, check_output

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from calc.calibration import Calibration, Distribution, Held
    from workbook.history import History

ALL = "All jobs"
# One job in ten lies beyond P10, and one beyond P90.
ENDS_ARE_SEEN = 10


def calibrate(
    history: Annotated[
        Path,
        typer.Argument(metavar="HISTORY", help="One past job a row: .csv, .jsonl or .xlsx.", show_default=False),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE.toml", help="Write the ranges, for --defaults."),
    ] = None,
    workbook: Annotated[
        Path | None,
        typer.Option(
            "--workbook", metavar="FILE.xlsx", help="Write the jobs, what they say and a chart as a workbook."
        ),
    ] = None,
    estimate: Annotated[
        str | None,
        typer.Option(
            "--estimate", metavar="HOURS", help="The estimate of a job to come: shows the range of its hours."
        ),
    ] = None,
    named: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN=FIELD", help="Read the column COLUMN of the file as FIELD."),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="MODEL", help="How the jobs that name no model were done, such as freelancer."),
    ] = None,
    json: AsJson = False,
    force: Replaced = False,
) -> None:
    """Learn from past jobs: how far actual hours were from estimated ones, and the ranges that follow.

    Columns: estimated_hours and actual_hours; if known, model, finished (a date), actual_weeks, lead_weeks, people,
    departures, months, name. A row that is not a job is named and left out (exit 3).
    """
    from calc.calibration import calibrated
    from workbook.command.terminal import print_notes, printable, write_json
    from workbook.files.saving import save_by, writable_by
    from workbook.history import history as read_history
    from workbook.table import Spellings

    if workbook:
        check_output(workbook, ".xlsx", option="--workbook", example="history")
    if output:
        writable_by("calibrate", output, force)
    hours = None if estimate is None else _hours(estimate)
    read = read_history(history, _named(named or []), None if model is None else _model(model))
    spellings = Spellings()
    print_notes(spellings.new(read.notes))
    if rest := spellings.rest:
        print_notes([rest])
    found = calibrated(read.jobs, hours)
    if workbook:
        from workbook.history import report

        jobs = report(found, read.jobs, history.name)
        writable_by("calibrate", workbook, force, jobs)
    if json:
        write_json(found.as_json([row.as_json() for row in read.refused]))
    else:
        show(read, found, hours)
    if output:
        from workbook.history import defaults

        save_by("calibrate", output, defaults(found, history.name).encode(), force)
        use = f"for engagement calc SCENARIO --defaults {output}"
        typer.echo(f"{output}: {use if found.ranges else 'holds no range, since no job has a model'}", err=True)
    if workbook:
        save_by("calibrate", workbook, jobs, force)
        typer.echo(str(workbook), err=True)
    for row in read.refused:
        for fault in row.faults:
            typer.echo(printable(f"left out: {row.place}   {fault}"), err=True)
    if read.refused:
        raise typer.Exit(SOME_FAILED)


def _hours(text: str) -> float:
    from calc.scenario.unclear_value import UnclearValueError
    from calc.scenario.value import Asked

    try:
        hours = Asked("number", "h").meaning(text)
    except UnclearValueError as unclear:
        raise typer.BadParameter(f"{unclear.says} {unclear.question}".strip(), param_hint="--estimate") from None
    if not isinstance(hours, float) or hours <= 0:
        raise typer.BadParameter(f"{text} is not a number of hours above 0", param_hint="--estimate")
    return hours


def _named(pairs: list[str]) -> dict[str, str]:
    """What --map says. Raises BadParameter where a pair is none, or names no field."""
    from workbook.command.terminal import printable
    from workbook.history import COLUMNS

    named = {}
    for pair in pairs:
        column, sign, field = pair.rpartition("=")
        if not sign or not column or field not in COLUMNS:
            allowed = f"write COLUMN=FIELD; fields: {', '.join(COLUMNS)}"
            raise typer.BadParameter(f"{printable(pair[:60])}: {allowed}", param_hint="--map")
        named[column] = field
    return named


def _model(name: str) -> str:
    from calc.scenario.unclear_value import UnclearValueError
    from workbook.history import model_named

    try:
        return model_named(name)
    except UnclearValueError as unclear:
        from calc import catalogue

        hint = unclear.question or f"known: {', '.join(catalogue.models())}"
        raise typer.BadParameter(f"no model is called {unclear.says}; {hint}", param_hint="--model") from None


def show(read: History, found: Calibration, estimate: float | None) -> None:
    """Print the distributions, the ranges and how well they would have held."""
    from workbook.command.sentences import heading, paragraph
    from workbook.command.terminal import console, printable

    out = console()
    heading(out, printable(read.path.name))
    paragraph(out, _overrun(found.all), style="bold")
    out.print()
    out.print(_distributions(found))
    if found.core_hours and estimate:
        paragraph(out, _to_come(found.all, found.core_hours, estimate))
        out.print()
    if found.ranges:
        out.print(_ranges(found))
        paragraph(out, LIMITED if _is_limited(found) else DRAWN, style="dim")
    else:
        paragraph(out, "No job tells how it was done: name a model with --model, or a column with --map COLUMN=model.")
    out.print()
    _held(out, found)
    for job in found.far:
        paragraph(out, f"{job.place}: {job.ratio:.2g} times its estimate, far from the others. It counts.", indent=2)


def _to_come(all: Distribution, hours: list[float], estimate: float) -> str:
    """What the history says of an estimate: its ends only where there are jobs enough to show them."""
    low, likely, high = hours
    if all.n < ENDS_ARE_SEEN:
        ends = "So few jobs do not show how far such a job may go: widen the range that they give."
    else:
        ends = f"8 of 10 took between {low:,.0f} and {high:,.0f} h."
    said = f"An estimate of {estimate:,.0f} h: half of such jobs took at most {likely:,.0f} h. {ends}"
    return f"{said} {_as_core_hours(hours)}"


def _as_core_hours(hours: list[float]) -> str:
    """How to enter P10, median and P90 of a job's hours, or what to do where a scenario does not take them."""
    from calc.scenario.schema import FIELDS

    allowed = FIELDS["work.core_hours"].between
    if any(allowed.refuses(hour) for hour in hours):
        return f"core_hours takes {allowed.said()}: estimate a part of the job, and build a workbook for each part."
    low, likely, high = hours
    return (
        f"As core_hours: [{low:.0f}, {likely:.0f}, {high:.0f}], with rework and hidden_scope overridden by 0, since what a "
        "history overran holds both."
    )


DRAWN = (
    "Likely and the ends are the median, P10 and P90 of the jobs, drawn towards the published range: n jobs weigh "
    "n / (n + 3)."
)
LIMITED = DRAWN + " * An end that no scenario may have stands at its limit."


def _overrun(all: Distribution) -> str:
    """The history in a sentence; the ends of the distribution are seen from ten jobs on."""
    if all.n < ENDS_ARE_SEEN:
        return (
            f"{all.n} job{'s' if all.n != 1 else ''}: the median took {all.p50:.2f} times the estimate. "
            "Fewer than ten show no ends of a range; the published ranges weigh the more."
        )
    return (
        f"{all.n:,} jobs: half took at most {all.p50:.2f} times the estimate, "
        f"8 of 10 between {all.p10:.2f} and {all.p90:.2f} times."
    )


def _distributions(found: Calibration) -> Table:
    from calc import catalogue
    from workbook.command.terminal import table

    heads = (("", "left"), ("Jobs", "number"), *((name, "number") for name in ("P10", "Median", "P80", "P90")))
    made = table(*heads, title="Actual hours ÷ estimated hours")
    named = {ALL: found.all} | {catalogue.models()[model].label: own for model, own in found.models.items()}
    for name, own in named.items():
        made.add_row(name, f"{own.n:,}", *(f"{value:.2f}" for value in own.quantiles))
    return made


def _ranges(found: Calibration) -> Table:
    """The ranges beside those that are published."""
    from calc import catalogue
    from workbook.command.terminal import table

    heads = (("Figure", "left"), ("Jobs", "number"), ("Low", "number"), ("Likely", "number"), ("High", "number"))
    made = table(*heads, ("Published", "number"), title="Ranges")
    for model, of_model in found.ranges.items():
        for name, own in of_model.items():
            parameter = catalogue.parameters()[model][name]
            published = parameter.range
            label = f"{catalogue.models()[model].label}: {parameter.label}" + (" *" if own.limited else "")
            before = f"{published.low:g} / {published.likely:g} / {published.high:g}"
            made.add_row(label, f"{own.n:,}", *(f"{end:.3g}" for end in own.ends), before)
    return made


def _is_limited(found: Calibration) -> bool:
    return any(own.limited for of_model in found.ranges.values() for own in of_model.values())


def _held(out: Console, found: Calibration) -> None:
    """How well the ranges would have held, in sentences."""
    from workbook.command.sentences import paragraph

    if found.held is None or found.one_out is None:
        paragraph(out, "Too few jobs to say how well their ranges would have held: four are needed.")
        return
    for held, how in (
        (found.held, "The first half of the jobs, judged on the second"),
        (found.one_out, "Every job, judged by the others of its model"),
    ):
        paragraph(
            out,
            f"{how}: {held.within_p10_p90:.0%} of {held.n:,} lay between P10 and P90 (80% is expected). {_loss(held)}",
        )


def _loss(held: Held) -> str:
    best = held.history <= min(held.published, held.as_estimated)
    return (
        f"Mean error of the quantiles: {held.history:.3f} with the history, {held.published:.3f} with the published "
        f"ranges, {held.as_estimated:.3f} with the estimate alone" + ("." if best else "; the history does not help.")
    )
