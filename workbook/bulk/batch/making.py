"""A chunk of rows becomes workbooks: evaluated at once, laid out once, stamped one after the other."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from calc.model import CASES, Model
from calc.scenario import Scenario
from workbook.files.collecting import uncollected
from workbook.write.book import Book
from workbook.write.build import book
from workbook.write.once import spread
from workbook.write.pack import Package

# The last layout: of a model (that is, of a set of paths) and a number of trials.
LAYOUTS: dict[tuple[Model, int], Package] = {}


@dataclass(frozen=True)
class Order:
    """A row whose workbook is wanted. input: the fingerprint of its scenario."""

    number: int
    id: str
    input: str
    scenario: Scenario


class Made(NamedTuple):
    """A workbook with what the manifest tells of it. template: the fingerprint of all that it shares with others."""

    number: int
    id: str
    content: bytes
    template: str
    figures: dict[str, Any]
    seconds: float


class Failed(NamedTuple):
    """A row that could not be made, and why. trace: where in the program that was, for its log."""

    number: int
    why: str
    trace: str = ""


def made(orders: Sequence[Order], runs: int) -> Iterator[Made | Failed]:
    """The workbooks of a chunk whose scenarios define the same paths. runs: trials of the large simulation, 0 for none.

    Each is, byte for byte, what `workbook.write.build.build` gives for its scenario alone.
    """
    began = time.perf_counter()
    try:
        laid_out, package = _packed([order.scenario for order in orders], runs)
        template = template_of(laid_out)
    except Exception as error:
        yield from _one_by_one(orders, runs, error)
        return
    shared = (time.perf_counter() - began) / len(orders)
    for at, order in enumerate(orders):
        began = time.perf_counter()
        try:
            content, found = package.bytes(at), figures(laid_out, at)
        except Exception as error:
            yield _failed(order, error)
            continue
        yield Made(order.number, order.id, content, template, found, shared + time.perf_counter() - began)
    package.forget()
    # The sheets' layouts know their book: out of this circle, it goes at once.
    laid_out.layouts.clear()


def _packed(scenarios: Sequence[Scenario], runs: int) -> tuple[Book, Package]:
    """The workbooks of scenarios, in the layout of an earlier chunk with the same paths where there was one."""
    with uncollected():
        laid_out = book(scenarios, runs)
        key = laid_out.model, runs
        package = LAYOUTS[key].again(laid_out) if key in LAYOUTS else Package(laid_out)
        # Only where there are several scenarios is what differs between them told from what does not.
        if key not in LAYOUTS and len(scenarios) > 1:
            LAYOUTS.clear()
            LAYOUTS[key] = package
        return laid_out, package


def forget() -> None:
    """Let the last layout go, so that its memory serves what comes after the workbooks."""
    LAYOUTS.clear()


def _one_by_one(orders: Sequence[Order], runs: int, error: Exception) -> Iterator[Made | Failed]:
    """What a chunk gives that fails as a whole: its halves, until the row that makes it fail stands alone."""
    if len(orders) > 1:
        middle = len(orders) // 2
        yield from made(orders[:middle], runs)
        yield from made(orders[middle:], runs)
    else:
        yield _failed(orders[0], error)


def _failed(order: Order, error: Exception) -> Failed:
    trace = "".join(traceback.format_exception(error))
    return Failed(order.number, f"internal error, {type(error).__name__}: {error}", f"row {order.number}\n{trace}")


def template_of(laid_out: Book) -> str:
    """The fingerprint of the template of a finished book, as its own sheet About gives it."""
    about = laid_out.sheets["About"].cells
    [(row, column)] = [
        place for place, cell in about.items() if isinstance(cell.value, str) and cell.value == "Template"
    ]
    return str(about[row, column + 1].value)


def figures(laid_out: Book, scenario: int) -> dict[str, Any]:
    """The answer of one scenario; costs are those of the recommended path, else null.

    All as `engagement calc` gives it, but for P10 and P90, which are those on the first page of the workbook.
    """
    values = laid_out.values

    def of(key: str, path: int | None = None) -> float | None:
        array = values[key][scenario if len(values[key]) > 1 else 0]
        found = float(array if path is None else array[path])
        return found if np.isfinite(found) else None

    chosen = int(of("recommended") or 0) - 1
    known = chosen >= 0
    totals = laid_out.trials["total"][scenario, :, chosen]
    low, high = spread(totals)
    path = laid_out.structure.paths[chosen] if known else None
    return {
        "recommendation": path.id if path else None,
        "label": path.label if path else None,
        "provisional": of("provisional") == 1,
        "total": of("total", chosen) if known else None,
        "npv": of("npv", chosen) if known else None,
        "best": float(totals[CASES.index("best")]) if known else None,
        "worst": float(totals[CASES.index("worst")]) if known else None,
        "p10": low if known else None,
        "p90": high if known else None,
        "weeks_to_stable": of("weeks_to_stable", chosen) if known else None,
        "core_cost": of("core_cost", chosen) if known else None,
        "cheapest": _path(laid_out, of("cheapest")),
    }


def _path(laid_out: Book, position: float | None) -> str | None:
    return laid_out.structure.path_ids[int(position) - 1] if position else None
