"""Writing to the terminal: text that cannot do harm there, tables, and JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

# Joins emoji and letters of some scripts; not printable by itself, and harmless.
JOINERS = "\u200c\u200d"


def printable(text: str) -> str:
    """The text with every control character, bidirectional mark and lone surrogate as its number, for example \\x1b."""
    return "".join(c if c.isprintable() or c in JOINERS else _number(c) for c in text)


def _number(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def console() -> Console:
    """Standard output; without markup, emoji codes and guessed highlights, so that user text stays what it is."""
    from rich.console import Console

    class Output(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Output(markup=False, emoji=False, highlight=False)


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


def write_json(data: Any) -> None:
    """JSON to standard output: indented on a terminal, on one line elsewhere."""
    import orjson

    option = orjson.OPT_APPEND_NEWLINE | (orjson.OPT_INDENT_2 if sys.stdout.isatty() else 0)
    sys.stdout.flush()
    sys.stdout.buffer.write(orjson.dumps(data, option=option))
    sys.stdout.buffer.flush()
