"""The shape of the articles' stories: claims that the model is held against, and what it gave for them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from calc.catalogue.cited import Placed, Strict, Text

Verdict = Literal["agrees", "differs"]


class Measure(Strict):
    """A figure out of results: the sum of `of`, times a factor of units, per the sum of `per` where there is one, less a number.

    A term is a way into a result, `paths.freelancer.lines.rework`; `name:` before it picks another story, `-` takes it off.
    """

    of: Annotated[list[Text], Field(min_length=1)]
    per: list[Text] = []
    times: float = 1
    less: float = 0


class Claim(Placed):
    """What an article says of a story, and what the model is asked for it: figures (one, or two ends), or a recommendation.

    reading: how words became the range. verdict: the one that we know of; a test plays the story and compares.
    """

    id: Text
    story: Text
    claim: Text
    unit: str = ""
    low: float | None = None
    high: float | None = None
    tolerance: Annotated[float, Field(ge=0, le=0.25)] = 0
    figures: Annotated[list[Measure], Field(max_length=2)] = []
    measures: str = ""
    expects: list[Text] = []
    reading: str = ""
    verdict: Verdict
    why: str = ""

    @property
    def range(self) -> tuple[float, float]:
        """The article's range; an end that is missing is the other one."""
        given = [end for end in (self.low, self.high) if end is not None]
        return given[0], given[-1]

    @model_validator(mode="after")
    def asks_for_one_thing(self) -> Claim:
        figures = (
            bool(self.figures),
            self.low is not None or self.high is not None,
            bool(self.unit),
            bool(self.measures),
        )
        if any(figures) is bool(self.expects) or (any(figures) and not all(figures)):
            raise ValueError("a claim has figures with a range, a unit and what they measure, or the paths it expects")
        if self.verdict == "differs" and not self.why:
            raise ValueError("a claim that differs says why")
        if self.range_is_reversed:
            raise ValueError(f"low {self.low} <= high {self.high} does not hold")
        return self

    @property
    def range_is_reversed(self) -> bool:
        return self.low is not None and self.high is not None and self.low > self.high


class Played(Strict):
    """What the model gave for a claim when the stories were played last."""

    low: float | None = None
    high: float | None = None
    path: str = ""
    status: str = ""
    verdict: Verdict
