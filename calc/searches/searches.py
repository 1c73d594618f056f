"""The searches of one scenario, each made when it is first asked for."""

from __future__ import annotations

from functools import cached_property

from calc import catalogue
from calc.model import Model
from calc.scenario import Scenario
from calc.searches.answering import Answering
from calc.searches.completions import Firmness, firmness
from calc.searches.finding_out import FindingOut, finding_out
from calc.searches.must_be_true import Sets, must_be_true
from calc.searches.price_factor import price_factors
from calc.searches.single_answers import AnswerFlip, single_answers


class Searches:
    """What other answers, prices and states would lead to, which no formula can say."""

    def __init__(self, model: Model, scenario: Scenario) -> None:
        self.model, self.scenario = model, scenario
        self.questions, self.paths = tuple(catalogue.questions()), tuple(model.structure.path_ids)

    @cached_property
    def _answering(self) -> Answering:
        return Answering(self.model, self.scenario)

    @cached_property
    def now(self) -> int:
        """Position of the path that is recommended today, from 1; 0 for none."""
        return int(self._answering.recommended(self._answering.given[None])[0])

    @cached_property
    def flips(self) -> list[AnswerFlip]:
        """Every other answer to a single question that changes the recommendation."""
        return single_answers(self._answering, self.now, self.questions, self.paths)

    @cached_property
    def must_be_true(self) -> dict[str, Sets]:
        """Path -> the smallest sets of changed answers with which it would be recommended."""
        return must_be_true(self._answering, self.now, self.questions, self.paths)

    @cached_property
    def price_factors(self) -> dict[str, float | None]:
        """Path in the band -> the factor on its prices with which it would be recommended; None for no factor."""
        return price_factors(self.model, self.scenario)

    @cached_property
    def firmness(self) -> Firmness:
        """How firmly the recommendation stands, and what to ask first."""
        return firmness(self._answering, self.now, self.questions)

    @cached_property
    def finding_out(self) -> FindingOut | None:
        """What it is worth to know whether the problem is systemic; None where that is known."""
        return finding_out(self.model, self.scenario, self.now)
