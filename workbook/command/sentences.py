"""Headings and sentences on the terminal, wrapped to its width; user text in them is made printable first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.command.terminal import printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


def heading(out: Console, text: str) -> None:
    out.print(_text(text), style="bold underline")


def paragraph(out: Console, text: str, style: str = "", indent: int = 0) -> None:
    """One sentence or list item; wrapped lines are indented like the first."""
    from rich.padding import Padding

    out.print(Padding(_text(text, style), (0, 0, 0, indent), expand=False) if indent else _text(text, style))


def _text(text: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(printable(text), style=style)
