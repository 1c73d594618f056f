"""`engagement merge`: joins the shards of a batch."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbook.command.budget_option import BudgetAmount, budget_sentence, check_budget
from workbook.command.folder import filling, local_folder


def merge(
    folders: Annotated[
        list[Path],
        typer.Argument(metavar="DIR...", parser=local_folder, help="The folders of all shards, in any order."),
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", parser=local_folder, help="The folder to write to.")
    ],
    budget: BudgetAmount = None,
    json: Annotated[bool, typer.Option("--json", help="Print what was joined as JSON.")] = False,
) -> None:
    """Join the shards of a batch.

    First proves that every row of the portfolio is there exactly once, and every workbook as its shard built it.
    Otherwise it lists everything missing, duplicated or changed, and writes nothing. It can be resumed.
    """
    check_budget(budget)
    from workbook.bulk.batch import merged
    from workbook.bulk.portfolio.reports import WORKBOOK, totals
    from workbook.command.terminal import write_json

    with filling(output):
        about = merged(folders, output, budget)
    typer.echo(
        f"{output}: {about.rows:,} row{'s' if about.rows != 1 else ''} of {about.portfolio}, each exactly once",
        err=True,
    )
    summary = totals.summary(output)
    if choice := summary["budget"]:
        typer.echo(budget_sentence(choice), err=True)
    overview = str(output / WORKBOOK)
    if not json:
        typer.echo(overview)
        return
    write_json(
        {
            "schema": 1,
            "folder": str(output),
            "overview": overview,
            "portfolio": about.portfolio,
            "rows": about.rows,
            "budget": choice,
            "design": summary["design"],
        }
    )
