"""`engagement batch`: one workbook for each row of a portfolio."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.command.budget_option import BudgetAmount, budget_sentence, check_budget
from workbook.command.defaults_option import DefaultsName, read_defaults
from workbook.command.outcome import SOME_FAILED
from workbook.command.portfolio_argument import Form, portfolio_file
from workbook.command.table_option import TableName, check_table
from workbook.write.edition import Edition

if TYPE_CHECKING:
    from workbook.bulk.batch import Outcome

# What can become of a row.
ROWS = ("written", "unchanged", "refused", "failed")
# With fewer rows for each, another process costs more than it gains.
ROWS_PER_JOB = 24
# The address of a Dask scheduler: a host by name, by IPv4 or by IPv6 address.
ADDRESS = re.compile(r"((tcp|tls|ws|wss|ucx)://)?(\[[\da-f:.]+\]|[\w.-]+):(?P<port>\d{1,5})", re.ASCII | re.IGNORECASE)

EditionName = Annotated[
    Edition,
    typer.Option("--edition", help="full: the simulation follows the inputs; light: its figures are computed once."),
]
PlaceName = Annotated[
    str,
    typer.Option(
        "-o", "--output", metavar="DIR", help="The folder to write to, or an address such as s3://bucket/folder."
    ),
]


def batch(
    portfolio: Annotated[
        Path,
        typer.Argument(
            metavar="PORTFOLIO", help="A .csv, .jsonl or .xlsx file with one scenario per row, or - for standard input."
        ),
    ],
    output: PlaceName,
    jobs: Annotated[
        int,
        typer.Option("--jobs", min=0, metavar="N", help="Processes; default: one per processor, fewer for few rows."),
    ] = 0,
    shard: Annotated[
        str, typer.Option("--shard", metavar="I/N", help="Build only every N-th row, starting with the I-th.")
    ] = "1/1",
    scheduler: Annotated[
        str, typer.Option("--scheduler", metavar="ADDRESS", help="Build on the Dask cluster at this address.")
    ] = "",
    edition: EditionName = Edition.light,
    studies: Annotated[
        bool,
        typer.Option(
            "--studies", help="Also run the one-off studies for each workbook, which takes several times as long."
        ),
    ] = False,
    runs: Annotated[
        int | None,
        typer.Option(
            "--runs",
            min=0,
            max=100_000,
            metavar="N",
            help="Run the studies with this many trials of the large simulation; 0 for none.",
        ),
    ] = None,
    force: Annotated[
        bool,
        typer.Option("--force", help="Rebuild workbooks that are already up to date, and replace an existing table."),
    ] = False,
    form: Annotated[
        Form | None,
        typer.Option("--format", help="The format of standard input; default: recognized by its first line."),
    ] = None,
    table: TableName = None,
    budget: BudgetAmount = None,
    design: Annotated[
        bool,
        typer.Option(
            "--design",
            help="Also recommend, for each row, over the whole space of sequences, as `engagement design` does: the best"
            " one, what it costs for the same scope, and what it saves against the best of the published paths.",
        ),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print what was done as JSON.")] = False,
    defaults: DefaultsName = None,
) -> None:
    """Build a workbook for every row of a portfolio.

    Light workbooks without the one-off studies, unless told otherwise; with a manifest, an overview of the portfolio and
    reports for CI. Invalid rows are rejected and reported; the others are written. Run the same command again to resume.
    Exit code 3 when some rows have no workbook.
    """
    number, of = _shard(shard)
    _check_address(scheduler)
    check_table(table)
    check_budget(budget)
    if budget is not None and of > 1:
        raise typer.BadParameter(
            "a budget is for the whole portfolio, not for a shard of it; give it to merge", param_hint="--budget"
        )
    from workbook.bulk.batch import LARGE_RUN, Kind, Options, is_address, run, run_at
    from workbook.bulk.portfolio import Portfolio
    from workbook.bulk.portfolio.reports import WORKBOOK
    from workbook.command.folder import filling
    from workbook.command.progress import Progress
    from workbook.command.terminal import write_json
    from workbook.files.day import today

    trials = (LARGE_RUN if studies else 0) if runs is None else runs
    remote = is_address(output)
    with portfolio_file(portfolio, form) as path:
        rows = Portfolio(path, read_defaults(defaults))
        own = len(range(number, len(rows) + 1, of))
        options = Options(
            Kind(trials, edition, design, today()), jobs or _jobs(own), (number, of), scheduler, force, table, budget
        )
        with filling(output), Progress(own) as progress:
            outcome = run_at(rows, output, options, progress) if remote else run(rows, Path(output), options, progress)
    _summarize(outcome, output)
    overview = f"{output.rstrip('/')}/{WORKBOOK}" if remote else str(Path(output) / WORKBOOK)
    if json:
        write_json(_as_json(outcome, output, overview))
    else:
        typer.echo(overview)
    if outcome.tally["refused"] or outcome.tally["failed"]:
        raise typer.Exit(SOME_FAILED)


def _as_json(outcome: Outcome, output: str, overview: str) -> dict:
    return {
        "schema": 1,
        "folder": output,
        "overview": overview,
        "rows": {kind: outcome.tally[kind] for kind in ROWS},
        "left": outcome.left,
        "budget": outcome.budget,
        "design": outcome.design,
    }


def _shard(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text, re.ASCII)
    if not match or not 1 <= int(match[1]) <= int(match[2]):
        raise typer.BadParameter(f"{text!r} is not I/N with I from 1 to N, such as 2/4", param_hint="--shard")
    return int(match[1]), int(match[2])


def _check_address(text: str) -> None:
    match = ADDRESS.fullmatch(text)
    if text and (not match or not 1 <= int(match["port"]) <= 65535):
        raise typer.BadParameter(f"{text!r} is not HOST:PORT, such as tcp://10.0.0.5:8786", param_hint="--scheduler")


def _jobs(rows: int) -> int:
    """One process for each processor that this one may use, as long as there are enough rows for each."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(processors, rows // ROWS_PER_JOB))


def _summarize(outcome: Outcome, output: str) -> None:
    tally = outcome.tally
    words = [f"{tally[kind]:,} {kind}" for kind in ROWS if tally[kind]]
    typer.echo(f"{output}: {', '.join(words) or 'no rows'}", err=True)
    if outcome.left:
        belong = (
            "1 workbook in it belongs to a row"
            if outcome.left == 1
            else f"{outcome.left:,} workbooks in it belong to rows"
        )
        typer.echo(f"{belong} not written this time", err=True)
    if outcome.design:
        from workbook.bulk.portfolio.reports import design_saves

        found = outcome.design
        typer.echo(
            f"a sequence outside the published paths is best for {found['rows']:,} row{'s' if found['rows'] != 1 else ''}"
            f" and saves {design_saves(found)} in all",
            err=True,
        )
    if outcome.budget:
        typer.echo(budget_sentence(outcome.budget), err=True)
    if outcome.traces:
        from workbook.command.log import logged

        typer.echo("details of the failures: {}".format(logged("\n".join(outcome.traces))), err=True)
