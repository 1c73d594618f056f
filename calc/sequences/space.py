"""Every sequence that the grammar allows, as paths; and the model of them all, which is made once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

from calc import catalogue
from calc.catalogue.schema import Opening, Phase
from calc.model import Model
from calc.structure import PathRow, path_row, published_paths

Parts = tuple["Opening | None", "float | None", str, str, "str | None"]


@cache
def sequences() -> tuple[PathRow, ...]:
    """All of them in the order of the grammar, the last factor fastest; the id of each is its number in it."""
    return tuple(
        path_row(f"sequence_{number}", _name(*parts), "", _phases(*parts)) for number, parts in enumerate(_parts(), 1)
    )


@cache
def space() -> Model:
    """The model in which every path is a sequence of the grammar."""
    return Model(sequences())


@cache
def published() -> dict[int, str]:
    """Position of a sequence, from 0 -> the published path that it is; those that are none are left out."""
    known = {_shape(path): path.id for path in published_paths()}
    return {at: known[_shape(one)] for at, one in enumerate(sequences()) if _shape(one) in known}


def _parts() -> Iterator[Parts]:
    """Opening, share of the prototype, model of the core, model of the run, and who is on retainer."""
    grammar, models = catalogue.grammar(), list(catalogue.models())
    for opening, share, core in product((None, *grammar.opening), (None, *grammar.prototype.shares), models):
        if share is not None and core == grammar.prototype.model:
            continue
        worked = {core, *([opening.model] if opening else []), *([grammar.prototype.model] if share else [])}
        keepers = (None, grammar.retainer.model) if grammar.retainer.model in worked else (None,)
        for run, keeper in product(models, keepers):
            yield opening, share, core, run, keeper


def _phases(opening: Opening | None, share: float | None, core: str, run: str, keeper: str | None) -> list[Phase]:
    phases = [Phase(work="audit", model=opening.model, weeks=opening.weeks)] if opening else []
    if share:
        phases.append(Phase(work="core", model=catalogue.grammar().prototype.model, share=share))
    phases.append(Phase(work="core", model=core, share=1 - (share or 0)))
    phases.append(Phase(work="run", model=run))
    return [*phases, *([Phase(work="retainer", model=keeper)] if keeper else [])]


def _name(opening: Opening | None, share: float | None, core: str, run: str, keeper: str | None) -> str:
    """In words: "Audit, then a shop, freelancers run it"."""
    grammar = catalogue.grammar()
    words = grammar.words[core]
    first = [opening.name] if opening else []
    if share:
        first += [f"{share:.0%} {grammar.prototype.name}"]
        builds = words.alone
    else:
        builds = f"then {words.core}" if first else words.core
    runs = [f"{builds} throughout"] if run == core else [builds, grammar.words[run].runs]
    said = ", ".join([*first, *runs, *([grammar.retainer.name] if keeper else [])])
    return said[:1].upper() + said[1:]


def _shape(path: PathRow) -> tuple:
    """What a path consists of, whatever it is called."""
    return tuple((phase.work, phase.model, phase.share, phase.weeks) for phase in path.phases), path.runner, path.keeper
