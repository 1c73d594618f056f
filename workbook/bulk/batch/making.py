"""Turns a chunk of rows into workbooks: evaluated together, laid out once, stamped one after another."""

from __future__ import annotations

import time
import traceback
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from calc.scenario import Refused, Scenario
from calc.scenario.faults import Fault
from calc.sequences import best_of_each
from calc.tracking import outlook
from workbook.files.collecting import uncollected
from workbook.files.temporary import TemporaryError
from workbook.write.answer import answer, reading
from workbook.write.book import Book
from workbook.write.build import book, layout_of, packed
from workbook.write.edition import Edition
from workbook.write.once import LARGE_RUN
from workbook.write.pack import Package


class Kind(NamedTuple):
    """What the workbooks of a batch hold, and their lines. runs: trials of the large simulation, 0 for none of the one-off
    studies; design: whether a line names the best sequence of the whole space; made_on: the day that all workbooks of
    one run bear, whoever makes them."""

    runs: int = 0
    edition: Edition = Edition.light
    design: bool = False
    made_on: date | None = None


__all__ = ["LARGE_RUN", "Failed", "Kind", "Made", "Order", "forget", "made", "template_of"]

# The last layout, by what scenarios of one layout have in common, and kind.
LAYOUTS: dict[tuple[Hashable, Kind], Package] = {}


@dataclass(frozen=True)
class Order:
    """A row whose workbook is to be made. input: the fingerprint of its scenario."""

    number: int
    id: str
    input: str
    scenario: Scenario


class Made(NamedTuple):
    """A workbook with its entries for the manifest.

    template: the fingerprint of everything it shares with others; is_sample: whether it stands for those that were laid
    out with it, when what was written is checked.
    """

    number: int
    id: str
    content: bytes
    template: str
    figures: dict[str, Any]
    seconds: float
    is_sample: bool


class Failed(NamedTuple):
    """A row that could not be made, and why. trace: the traceback, for the log; asked: what must be answered before."""

    number: int
    why: str = ""
    trace: str = ""
    asked: Sequence[Fault] = ()


def made(orders: Sequence[Order], kind: Kind) -> Iterator[Made | Failed]:
    """Make the workbooks of a chunk whose scenarios have the same layout.

    Each equals, byte for byte, the one that `workbook.write.build.build` makes for its scenario.
    """
    began = time.perf_counter()
    clear: list[Order] = []
    outlooks: list[dict[str, Any] | None] = []
    for order in orders:
        try:
            outlooks.append(outlook(order.scenario))
        except Refused as refused:
            yield Failed(order.number, asked=refused.faults)
        except Exception as error:
            yield _failed(order, error)
        else:
            clear.append(order)
    if clear:
        # What is laid out lives as long as the chunk: collecting garbage meanwhile would take a third of the time.
        with uncollected():
            yield from _made(clear, outlooks, kind, began)


def _made(
    orders: Sequence[Order], outlooks: Sequence[dict[str, Any] | None], kind: Kind, began: float
) -> Iterator[Made | Failed]:
    """The workbooks of rows that ask nothing, with what is forecast for each that is tracked."""
    try:
        package, template, answers = _packed([order.scenario for order in orders], kind)
        designs = list(best_of_each([order.scenario for order in orders]) if kind.design else [None] * len(orders))
    except TemporaryError:
        raise  # no fault of a row
    except Exception as error:
        yield from _by_halves(orders, kind, error)
        return
    shared = (time.perf_counter() - began) / len(orders)
    for at, order in enumerate(orders):
        began = time.perf_counter()
        try:
            content = package.bytes(at)
        except Exception as error:
            yield _failed(order, error)
            continue
        seconds = shared + time.perf_counter() - began
        figures = answers[at] | {"design": designs[at], "tracking": outlooks[at]}
        yield Made(order.number, order.id, content, template, figures, seconds, at == 0)
    package.forget()


def _packed(scenarios: Sequence[Scenario], kind: Kind) -> tuple[Package, str, list[dict[str, Any]]]:
    """The workbooks of scenarios, in the layout of an earlier chunk with the same paths if there was one; the fingerprint of
    their template; and what each of them answers."""
    laid_out = book(scenarios, kind.runs, edition=kind.edition, made_on=kind.made_on)
    laid_out.finish()
    # Every cell has its value now, and those of the model are a large part of a chunk.
    laid_out.values.clear()
    template, answers = template_of(laid_out), [answer(laid_out, reading(laid_out, at)) for at in range(len(scenarios))]
    key = layout_of(scenarios[0], kind.edition), kind
    # Threads of a cluster share them.
    known = LAYOUTS.get(key)
    package = known.again(laid_out, is_kept=False) if known else packed(laid_out, is_kept=False)
    # Only several scenarios show which cells differ between them.
    if known is None and len(scenarios) > 1:
        LAYOUTS.clear()
        LAYOUTS[key] = package
    return package, template, answers


def forget() -> None:
    """Drop the last layout, to free its memory for what follows."""
    LAYOUTS.clear()


def _by_halves(orders: Sequence[Order], kind: Kind, error: Exception) -> Iterator[Made | Failed]:
    """Make a chunk that failed as a whole by halves, until only the row that makes it fail is left."""
    if len(orders) > 1:
        middle = len(orders) // 2
        yield from made(orders[:middle], kind)
        yield from made(orders[middle:], kind)
    else:
        yield _failed(orders[0], error)


def _failed(order: Order, error: Exception) -> Failed:
    trace = "".join(traceback.format_exception(error))
    return Failed(order.number, f"internal error, {type(error).__name__}: {error}", f"row {order.number}\n{trace}")


def template_of(laid_out: Book) -> str:
    """The fingerprint of the template of a finished book, as its sheet About shows it."""
    about = laid_out.sheets["About"].cells
    [(row, column)] = [
        place for place, cell in about.items() if isinstance(cell.value, str) and cell.value == "Template"
    ]
    return str(about[row, column + 1].value)
