"""The fields that a range may hold, with all their names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from calc import catalogue
from calc.scenario.limits import Choice, Days
from calc.scenario.quotes import KEY, OF_QUOTES, field_of_quote
from calc.scenario.schema import ENDS, FIELDS, InputField, Quote
from calc.text.suggestion import near
from calc.udfs.cells import Cell, UnusableError

# Choices of what the workbook shows; they are among its inputs.
VIEW = ("case", "plan_path", "compare_path", "compare_with")
# Headings of columns that are not names of fields.
HEADINGS = ("field", "id", "input", "parameter", "question")


# What a quote says of its vendor, who stands in the name of the field: quotes.Nordlicht.rate.
OF_QUOTE = tuple(name for name in Quote.model_fields if name != "vendor")
# Kinds of fields that are no numbers; others are text.
KINDS = {Days: "date", Choice: "choice"}


class Field(NamedTuple):
    """One field. kind: text, date, choice, number, estimate, answer, weight, override, quote or view; end: low, likely, high."""

    kind: str
    section: str
    name: str
    end: str = "likely"

    @property
    def dotted(self) -> str:
        """The name that the scenario file, the command line and the workbook use."""
        ending = "" if self.end == "likely" else f".{self.end}"
        return f"{self.section}.{self.name}{ending}"

    @property
    def has_ends(self) -> bool:
        """Whether it may have a low and a high end."""
        return self.kind in ("estimate", "override") or (self.kind, self.name) == ("quote", "rate")


def field_named(cell: Cell) -> Field | None:
    """The field of that name in any case; None if there is none.

    >>> field_named("core_hours").dotted
    'work.core_hours'
    """
    if not isinstance(cell, str):
        return None
    name = cell.strip()
    return names().get(name.lower()) or _of_quote(name)


def _of_quote(name: str) -> Field | None:
    """A field of a quote, as the columns of a portfolio are called: quotes.Nordlicht.rate, quotes.Nordlicht.rate.low."""
    vendor, field, *end = field_of_quote(name) or ("", "")
    if field.lower() not in OF_QUOTE:
        return None
    return Field("quote", f"{KEY}.{vendor}", field.lower(), *map(str.lower, end))


def is_figure_of_quote(cell: Cell) -> bool:
    """Whether it is the name of a figure that a quote replaces, as it stands on the sheet Parameters: quote_nordlicht.rate."""
    quote, _, parameter = str(cell).strip().lower().partition(".")
    return quote.startswith(OF_QUOTES) and any(parameter == name for _, name, _ in catalogue.parameter_rows())


def is_heading(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.strip().lower() in HEADINGS


def unknown(argument: str, cell: Cell) -> UnusableError:
    """The error for a name that is not a field."""
    if str(cell).strip().lower().startswith(KEY.removesuffix("s")):
        says = f"is not a field; a quote's are called like {KEY}.Nordlicht.rate, with one of {', '.join(OF_QUOTE)}"
        return UnusableError(argument, f'"{str(cell)[:40]}" {says}')
    like = near(str(cell).strip().lower(), names())
    hint = (
        f"did you mean {like}?" if like else "allowed: fields like work.core_hours, answers.shifting, freelancer.rate"
    )
    return UnusableError(argument, f'"{str(cell)[:40]}" is not a field; {hint}')


@cache
def names() -> dict[str, Field]:
    """Every name that a field goes by, in lower case."""
    known: dict[str, Field] = {}
    for field, aliases in _aliases():
        for alias in aliases:
            if known.setdefault(alias, field) != field:
                raise ValueError(f"{alias} is the name of {known[alias].dotted} and of {field.dotted}")
    return known


def _aliases() -> Iterator[tuple[Field, list[str]]]:
    for field in FIELDS.values():
        yield from _of_section(field)
    for question in catalogue.questions():
        yield Field("answer", "answers", question), [f"answers.{question}", question, f"answer_{question}"]
    for lens in catalogue.lenses():
        yield Field("weight", "weights", lens), [f"weights.{lens}", f"weight_{lens}"]
    for model, name, _ in catalogue.parameter_rows():
        for end in ENDS:
            stems = [f"overrides.{model}.{name}", f"{model}.{name}"]
            yield Field("override", f"overrides.{model}", name, end), _with_end(stems, end)
    for setting in catalogue.settings():
        yield Field("override", "overrides.decision", setting), [f"overrides.decision.{setting}", f"decision.{setting}"]
    for name in VIEW:
        yield Field("view", "view", name), [f"view.{name}", name]


def _of_section(field: InputField) -> Iterator[tuple[Field, list[str]]]:
    stems = [field.dotted, field.name, f"in_{field.name}"]
    if field.is_estimate:
        for end in ENDS:
            yield Field("estimate", field.section, field.name, end), _with_end(stems, end)
    else:
        yield (
            Field("number" if field.is_number else KINDS.get(type(field.limit), "text"), field.section, field.name),
            stems,
        )


def _with_end(stems: list[str], end: str) -> list[str]:
    ended = [f"{stem}{joint}{end}" for stem in stems for joint in "._"]
    return stems + ended if end == "likely" else ended
