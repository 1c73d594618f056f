"""The forms of what commands print themselves with --json, as JSON Schemas for programs that read them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from calc.json_form import Part, Path
from calc.results.json_form import Flip as AnswerFlip
from calc.sentences.answer import Status

Count = Annotated[int, Field(ge=0)]


class Versioned(Part):
    schema_: Literal[1] = Field(alias="schema")


class Built(Versioned):
    """What `engagement build --json` prints. pdf: null unless one was asked for and made."""

    workbook: str
    pdf: str | None
    recommended: Path | None
    status: Status
    reason: str


class ReadBack(Versioned):
    """What `engagement read --json` prints. file: null if nothing was written; quote: of a vendor's form, else null."""

    workbook: str
    file: str | None
    scenario: dict[str, Any] | None
    quote: dict[str, Any] | None
    notes: list[str]


class Rows(Part):
    written: Count
    unchanged: Count
    refused: Count
    failed: Count


class BatchDone(Versioned):
    """What `engagement batch --json` prints. left: workbooks of no row of this run.

    budget and design: null where they were not asked for, else as in summary.json.
    """

    folder: str
    overview: str
    rows: Rows
    left: Count
    budget: dict[str, Any] | None
    design: dict[str, Any] | None


class Merged(Versioned):
    """What `engagement merge --json` prints. portfolio: the file's name; rows: in it; budget, design: as `batch` has them."""

    folder: str
    overview: str
    portfolio: str
    rows: Count
    budget: dict[str, Any] | None
    design: dict[str, Any] | None


class NoteOnForm(Part):
    file: str
    text: str


class QuotesTaken(Versioned):
    """What `engagement quotes --json` prints. file: what was written; quotes: of the forms, each with file and hash."""

    file: str
    quotes: list[dict[str, Any]]
    notes: list[NoteOnForm]


class Message(Part):
    recipient: str
    state: str
    detail: str
    workbooks: list[str]


class Mailed(Versioned):
    """What `engagement mail --json` prints. stopped: what stopped the run, null where nothing did."""

    complete: bool
    messages: list[Message]
    stopped: str | None


class Figure(Part):
    id: str
    label: str
    unit: str
    current: float | None
    low: float
    high: float


class Bar(Figure):
    """The gap to the next best path with one figure at its low and at its high. own_range: not moved by an assumed share."""

    own_range: bool
    at_low: float
    at_high: float
    swing: float
    tied: list[str]


class FigureFlip(Figure):
    """From which value on another path, or none, is recommended."""

    value: float
    path: Path | None


class Flips(Part):
    answers: list[AnswerFlip]
    figures: list[FigureFlip]


class Crossing(Part):
    at: float
    cheaper: Path


class BreakEven(Part):
    totals: dict[Path, float]
    now: dict[str, float]
    first: Path
    second: Path
    revenue_loss_per_month: Crossing | None
    core_hours: Crossing | None
    month: Crossing | None


class Sensitivity(Versioned):
    """What `engagement sensitivity --json` prints."""

    project: str
    currency: str
    answer: str
    recommended: Path | None
    runner_up: Path | None
    gap: float | None
    tornado: list[Bar]
    flips: Flips
    break_even: BreakEven | None
    paths: dict[Path, str]


class Diagnosis(Versioned):
    """What `engagement addin doctor --json` prints."""

    findings: list[dict[str, Any]]
