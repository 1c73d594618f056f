"""The Engagement Calculator, for programs in Python.

    import engagement_calculator as ec

    answer = ec.calc({"project": {"name": "Rescue", "start": "2026-12-01"}, "answers": {"shifting": "yes"}})
    answer.recommendation.path          which path, as `engagement calc --json` has it
    answer.to_frame()                   a row for each path, for pandas or polars
    ec.build("rescue.toml").save("rescue.xlsx")
    ec.read("returned.xlsx").scenario   what somebody has filled in
    ec.check("returned.xlsx").findings  what somebody has changed
    ec.design("rescue.toml").frontier   the best of all sequences
    ec.facts().to_frame()               every figure with its source

A scenario is a mapping in the form of a scenario file, the name of such a file or of a filled-in workbook, or the
`scenario` of a `Reading`. Input that is refused raises `Refused`, which names every fault at once. Amounts are in the
project's currency.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, overload

# Before the function `calc` is defined: a package inside this one takes its name when it is first imported.
from calc import __version__ as __version__

if TYPE_CHECKING:
    from calc.results.json_form import Recommendation
    from calc.scenario import Fault, Refused, Scenario
    from calc.sequences.json_form import Sequence
    from engagement_calculator.answers import Answer, Answers, Design, Facts, Findings, Reading, Workbook
    from engagement_calculator.frames import Frame

    Given = Scenario | Mapping[str, Any] | str | os.PathLike[str]

__all__ = [
    "Answer",
    "Answers",
    "Design",
    "Facts",
    "Fault",
    "Findings",
    "Frame",
    "Reading",
    "Recommendation",
    "Refused",
    "Scenario",
    "Sequence",
    "Workbook",
    "build",
    "calc",
    "check",
    "design",
    "facts",
    "read",
]


@overload
def calc(
    scenario: Given,
    *,
    trials: int = ...,
    defaults: str | os.PathLike[str] | None = ...,
) -> Answer: ...
@overload
def calc(
    scenario: Frame,
    *,
    trials: int = ...,
    defaults: str | os.PathLike[str] | None = ...,
) -> Answers: ...
def calc(
    scenario: Given | Frame,
    *,
    trials: int = 10_000,
    defaults: str | os.PathLike[str] | None = None,
) -> Answer | Answers:
    """The recommendation and every path: what `engagement calc --json` says, as an object.

    scenario: also a DataFrame of pandas or polars with a scenario in each row and columns as a portfolio has them
    (`work.core_hours`, `answers.shifting`, `id`); the answers then come in the order of its rows. trials: of the
    simulation, 0 for none, at most a million, else ValueError; its figures are then None. defaults: a company's file of
    defaults. Raises Refused.

    >>> job = {"project": {"name": "Rescue", "start": "2026-12-01"}, "answers": {"bounded": "yes"}}
    >>> answer = calc(job, trials=0)
    >>> answer.recommendation.status, len(answer.paths)
    ('provisional', 13)
    """
    from engagement_calculator import calculating

    return calculating.calculated(scenario, trials, defaults)


def build(
    scenario: Given,
    *,
    runs: int = 10_000,
    edition: Literal["full", "light"] = "full",
    defaults: str | os.PathLike[str] | None = None,
) -> Workbook:
    """The live workbook of a scenario. runs: trials of its large simulation, 0 for none, at most a million, else ValueError;
    edition: `light` is small.

    Raises Refused.

    >>> job = {"project": {"name": "Rescue", "start": "2026-12-01"}}
    >>> build(job, runs=0, edition="light").content[:2]
    b'PK'
    """
    from engagement_calculator import calculating

    return calculating.built(scenario, runs, edition, defaults)


def read(workbook: str | os.PathLike[str]) -> Reading:
    """The inputs of a filled-in .xlsx or .ods workbook, whatever program saved it. Raises Refused.

    >>> from tempfile import TemporaryDirectory
    >>> job = {"project": {"name": "Rescue", "start": "2026-12-01"}}
    >>> with TemporaryDirectory() as folder:
    ...     workbook = build(job, runs=0, edition="light").save(f"{folder}/rescue.xlsx")
    ...     read(workbook).scenario.project.name
    'Rescue'
    """
    from engagement_calculator import calculating

    return calculating.read(workbook)


def check(workbook: str | os.PathLike[str], *, rules: bool = False) -> Findings:
    """What was changed in a workbook of ours that came back. rules: also packing, printing and protection.

    Raises Refused.

    >>> from tempfile import TemporaryDirectory
    >>> job = {"project": {"name": "Rescue", "start": "2026-12-01"}}
    >>> with TemporaryDirectory() as folder:
    ...     check(build(job, runs=0, edition="light").save(f"{folder}/rescue.xlsx")).differs
    False
    """
    from engagement_calculator import calculating

    return calculating.checked(workbook, rules)


def design(scenario: Given, *, top: int | None = None, defaults: str | os.PathLike[str] | None = None) -> Design:
    """The best of all sequences of phases, not only of the published paths. top: so many of the frontier, None for all.

    Raises Refused.

    >>> job = {"project": {"name": "Rescue", "start": "2026-12-01"}, "answers": {"bounded": "yes"}}
    >>> [phase.work for phase in design(job, top=1).frontier[0].phases][-1]
    'run'
    """
    from engagement_calculator import calculating

    return calculating.designed(scenario, top, defaults)


def facts(words: str = "") -> Facts:
    """Every figure and rule with its source. words: only what holds them all.

    >>> facts("freelancer rate").parameters["freelancer"]["rate"].unit
    'USD/h'
    """
    from engagement_calculator import calculating

    return calculating.found(words)


def __getattr__(name: str) -> Any:
    """The types of results, fetched when asked for: importing this package loads nothing that calculates."""
    if name in __all__:
        from engagement_calculator import calculating

        return getattr(calculating, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
