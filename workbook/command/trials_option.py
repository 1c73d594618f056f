"""How many trials of the simulation a command is asked for."""

from __future__ import annotations

import typer


def checked_trials(trials: int) -> int:
    """The same number; raises BadParameter for more than can be simulated, before anything is calculated."""
    from calc.simulation import MOST_TRIALS

    if not 0 <= trials <= MOST_TRIALS:
        raise typer.BadParameter(f"{trials:,} trials; allowed: 0 to {MOST_TRIALS:,}")
    return trials
