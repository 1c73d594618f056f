"""`engagement merge`: joins the shards of a batch."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbook.command.folder import filling, local_folder


def merge(
    folders: Annotated[
        list[Path],
        typer.Argument(metavar="DIR...", parser=local_folder, help="The folders of all shards, in any order."),
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", parser=local_folder, help="The folder to write to.")
    ],
) -> None:
    """Join the shards of a batch.

    First proves that every row of the portfolio is there exactly once, and every workbook as its shard built it.
    Otherwise it lists everything missing, duplicated or changed, and writes nothing. It can be resumed.
    """
    from workbook.bulk.batch import merged
    from workbook.bulk.portfolio.reports import WORKBOOK

    with filling(output):
        about = merged(folders, output)
    typer.echo(
        f"{output}: {about.rows:,} row{'s' if about.rows != 1 else ''} of {about.portfolio}, each exactly once",
        err=True,
    )
    typer.echo(str(output / WORKBOOK))
