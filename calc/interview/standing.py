"""Where a scenario stands: what is recommended now, how firmly, and which question to ask next."""

from __future__ import annotations

from dataclasses import dataclass

from calc.model import model_for, user_paths
from calc.scenario import Scenario
from calc.searches import Searches, Swing
from calc.sentences import answer, told


@dataclass(frozen=True)
class Standing:
    """headline: the recommended path by name, or that there is none. path: its id, None without one.

    holds: share of the completions of the open questions in which it is recommended, None without a path; ask: the open
    questions, those that decide most first.
    """

    headline: str
    path: str | None
    holds: float | None
    ask: tuple[Swing, ...]

    @property
    def is_settled(self) -> bool:
        """Whether no answer to an open question changes what comes out."""
        return self.holds == 1 if self.path else not any(swing.swing for swing in self.ask)


def standing(given: Scenario) -> Standing:
    """The standing of a scenario with as many of its questions answered as there are."""
    model = model_for(user_paths(given))
    status = int(model.evaluate([given], ("status",))["status"][0])
    searches = Searches(model, given)
    path = searches.paths[searches.now - 1] if searches.now else None
    label = model.structure.paths[searches.now - 1].label if searches.now else ""
    said = told(answer.headline, {"status": status, "label": label})
    return Standing(said, path, searches.firmness.holds, searches.firmness.ask)
