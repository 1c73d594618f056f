"""Writing to the terminal: harmless text, notes, tables, and JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import typer

from calc.text.printable import printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

__all__ = ["console", "print_notes", "printable", "table", "write_json"]


# What is said to be narrower, as by COLUMNS=0, would show nothing, or a letter in each line.
NARROWEST = 20


def console() -> Console:
    """Standard output; without markup, emoji codes and guessed highlights, so that user text is shown as it is."""
    from rich.console import Console

    class Output(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    made = Output(markup=False, emoji=False, highlight=False)
    if made.width < NARROWEST:
        made.width = NARROWEST
    return made


def table(*columns: tuple[str, str], title: str) -> Table:
    """An empty table. columns: heading and alignment, `left`, `right` or `number` (right, and never wrapped)."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    made.title, made.title_justify = Text(title, style="bold"), "left"
    for heading, alignment in columns:
        made.add_column(
            Text(heading),
            justify="left" if alignment == "left" else "right",
            no_wrap=alignment == "number",
            overflow="fold",
        )
    return made


def print_notes(notes: Iterable[str]) -> None:
    """Notes on what was read, a line each, to standard error."""
    for note in notes:
        typer.echo(printable(f"note: {note}"), err=True)


def write_json(data: Any) -> None:
    """JSON to standard output: indented on a terminal, on one line elsewhere."""
    sys.stdout.flush()
    sys.stdout.buffer.write(_json(data, sys.stdout.isatty()))
    sys.stdout.buffer.flush()


def _json(data: Any, is_indented: bool) -> bytes:
    import orjson

    try:
        return orjson.dumps(data, option=orjson.OPT_APPEND_NEWLINE | (orjson.OPT_INDENT_2 if is_indented else 0))
    except orjson.JSONEncodeError:
        # The name of a file may hold bytes that are no text; this keeps them as escapes, from which it can be found again.
        import json

        separators = None if is_indented else (",", ":")
        return f"{json.dumps(data, indent=2 if is_indented else None, separators=separators)}\n".encode()
