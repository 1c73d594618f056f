"""`engagement merge`: the shards of a batch as one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbook.command.batch import FolderName


def merge(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR...", help="The folders of all shards, in any order.")],
    output: FolderName,
) -> None:
    """Join the shards of a batch.

    Proves first that every row of the portfolio is there exactly once, and every workbook as its shard made it.
    Otherwise everything that is missing, doubled or changed is told, and nothing is written.
    """
    from workbook.bulk.batch import merged
    from workbook.bulk.portfolio.reports import WORKBOOK
    from workbook.command.folder import filling

    with filling(output):
        about = merged(folders, output)
    typer.echo(f"{output}: {about.rows:,} rows of {about.portfolio}, each exactly once", err=True)
    typer.echo(str(output / WORKBOOK))
