"""The option --table: a file for the costs by project, path, line and month."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

TableName = Annotated[
    Path | None,
    typer.Option(
        "--table",
        metavar="FILE",
        help="Also write the costs as a table, one row per project, path, line and month: .csv or .parquet.",
    ),
]


def check_table(path: Path | None) -> None:
    """Refuse, before anything is done, a name whose ending says no form, or a place where no file can be."""
    if path is None:
        return
    from workbook.costs import NoParquetError, check
    from workbook.files.saving import writable

    try:
        check(path)
    except (ValueError, NoParquetError) as error:
        raise typer.BadParameter(str(error), param_hint="--table") from None
    writable(path)
