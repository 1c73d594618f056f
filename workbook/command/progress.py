"""The progress of a batch: a bar on a terminal, a line every few seconds elsewhere; always on standard error."""

from __future__ import annotations

import sys
import time
from collections import Counter
from types import TracebackType
from typing import TYPE_CHECKING

from workbook.command.terminal import printable

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

SECONDS_BETWEEN_LINES = 10.0


class Progress:
    """Called for every row that is done. rows: how many there are in all."""

    def __init__(self, rows: int) -> None:
        self._rows, self._done = rows, 0
        self._began = self._printed = time.monotonic()
        self._bar: Bar | None = None

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            self._bar = _bar()
            self._task = self._bar.add_task("workbooks", total=self._rows, rate="", more="")
            self._bar.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()

    def __call__(self, tally: Counter, message: str) -> None:
        self._done = sum(tally.values())
        text = "\n".join(map(printable, message.split("\n")))
        if self._bar:
            if message:
                self._bar.console.print(text, markup=False, highlight=False, emoji=False)
            bad = tally["refused"] + tally["failed"]
            more = f"{bad:,} not written" if bad else ""
            self._bar.update(self._task, completed=self._done, rate=f"{self._rate():,.1f}/s", more=more)
            return
        if message:
            print(text, file=sys.stderr, flush=True)
        if time.monotonic() - self._printed >= SECONDS_BETWEEN_LINES:
            self._printed = time.monotonic()
            print(self._line(), file=sys.stderr, flush=True)

    def _rate(self) -> float:
        return self._done / max(time.monotonic() - self._began, 1e-9)

    def _line(self) -> str:
        left = (self._rows - self._done) / max(self._rate(), 1e-9)
        share = self._done / max(self._rows, 1)
        return f"{self._done:,} of {self._rows:,} rows ({share:.0%}), {self._rate():,.1f} a second, {_span(left)} left"


def _span(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    return f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[more]}"),
    )
    return Bar(*columns, console=Console(stderr=True, markup=False, emoji=False, highlight=False))
