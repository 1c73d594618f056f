"""What the shell offers for an argument that is no file; for files it offers its own."""

from __future__ import annotations

from collections.abc import Iterable


def paths(incomplete: str) -> list[str]:
    """The ids of the paths."""
    from calc import catalogue

    return _beginning(incomplete, catalogue.paths())


def fact_words(incomplete: str) -> list[str]:
    """Models, questions, parameters, settings and sources by their ids."""
    from calc import catalogue

    named: tuple[Iterable[str], ...] = (
        catalogue.models(),
        catalogue.questions(),
        catalogue.parameter_names(),
        catalogue.settings(),
        catalogue.sources(),
    )
    return _beginning(incomplete, dict.fromkeys(name for names in named for name in names))


def _beginning(incomplete: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]
