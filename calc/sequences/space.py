"""Every sequence that the grammar allows, as paths; and the model of them all, which is made once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from calc import catalogue
from calc.catalogue.path import Opening, Words
from calc.model import Model
from calc.structure import PathRow, QuoteRow, path_row, published_paths

Parts = tuple["Opening | None", "float | None", "Who", "Who", "str | None"]
Quotes = tuple[QuoteRow, ...]


class Who(NamedTuple):
    """Who does the core or the feature work: a model, or a vendor on the terms of a quote of that model."""

    model: str
    quote: QuoteRow | None = None

    @property
    def vendor(self) -> str | None:
        return self.quote.vendor if self.quote else None

    @property
    def words(self) -> Words:
        """How names of sequences call it."""
        vendor = self.vendor
        return (
            Words(core=vendor, alone=vendor, runs=f"{vendor} runs it")
            if vendor
            else catalogue.grammar().words[self.model]
        )


class Step(NamedTuple):
    """A phase in the form of the scenario. quote: the vendor, where one has made an offer for it."""

    work: str
    model: str
    share: float | None = None
    weeks: float | None = None
    quote: str | None = None


@lru_cache(maxsize=8)
def sequences(quotes: Quotes = ()) -> tuple[PathRow, ...]:
    """All of them in the order of the grammar, the last factor fastest; the id of each is its number in it.

    quotes: offers that do the core or the feature work wherever a model may, after the models.
    """
    by_vendor = {quote.vendor: quote for quote in quotes}
    return tuple(
        path_row(f"sequence_{number}", _name(*parts), "", _phases(*parts), by_vendor)
        for number, parts in enumerate(_parts(quotes), 1)
    )


@lru_cache(maxsize=8)
def space(quotes: Quotes = ()) -> Model:
    """The model in which every path is a sequence of the grammar."""
    return Model(sequences(quotes))


@lru_cache(maxsize=8)
def published(quotes: Quotes = ()) -> dict[int, str]:
    """Position of a sequence, from 0 -> the published path that it is; those that are none are left out."""
    known = {shape(path): path.id for path in published_paths()}
    return {at: known[shape(one)] for at, one in enumerate(sequences(quotes)) if shape(one) in known}


def _parts(quotes: Quotes) -> Iterator[Parts]:
    """Opening, share of the prototype, who does the core, who the feature work, and who is on retainer."""
    grammar = catalogue.grammar()
    everybody = [*(Who(model) for model in catalogue.models()), *(Who(quote.model, quote) for quote in quotes)]
    for opening, share, core in product((None, *grammar.opening), (None, *grammar.prototype.shares), everybody):
        if share is not None and core.model == grammar.prototype.model:
            continue
        worked = {core.model, *([opening.model] if opening else []), *([grammar.prototype.model] if share else [])}
        keepers = (None, grammar.retainer.model) if grammar.retainer.model in worked else (None,)
        for run, keeper in product(everybody, keepers):
            yield opening, share, core, run, keeper


def _phases(opening: Opening | None, share: float | None, core: Who, run: Who, keeper: str | None) -> list[Step]:
    phases = [Step("audit", opening.model, weeks=opening.weeks)] if opening else []
    if share:
        phases.append(Step("core", catalogue.grammar().prototype.model, share))
    phases.append(Step("core", core.model, 1 - (share or 0), quote=core.vendor))
    phases.append(Step("run", run.model, quote=run.vendor))
    return [*phases, *([Step("retainer", keeper)] if keeper else [])]


def _name(opening: Opening | None, share: float | None, core: Who, run: Who, keeper: str | None) -> str:
    """In words: "Audit, then a shop, freelancers run it"."""
    grammar = catalogue.grammar()
    first = [opening.name] if opening else []
    if share:
        first += [f"{share:.0%} {grammar.prototype.name}"]
        builds = core.words.alone
    else:
        builds = f"then {core.words.core}" if first else core.words.core
    runs = [f"{builds} throughout"] if run == core else [builds, run.words.runs]
    said = ", ".join([*first, *runs, *([grammar.retainer.name] if keeper else [])])
    return said[:1].upper() + said[1:]


def shape(path: PathRow) -> tuple:
    """What a path consists of, whatever it is called."""
    phases = tuple((phase.work, phase.who, phase.share, phase.weeks) for phase in path.phases)
    return phases, path.run_by, path.keeper
