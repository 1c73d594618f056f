"""The stories of the articles, played through the model: what an article says, what the model gives, and whether they agree.

The claims are data (stories.toml in the catalogue). A story is a scenario; what the model gives for it is a result in the
shape of `calc --json`, which whoever plays the stories hands in. Figures are picked out of results and never typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calc.catalogue.story import Claim, Measure, Played, Verdict

# Digits to which a played figure is kept: more than a reader needs, fewer than processors differ in.
DIGITS = 4

Results = Mapping[str, Mapping[str, Any]]


def stories_of(claim: Claim) -> list[str]:
    """The stories that the claim reads, its own first."""
    terms = [term for measure in claim.figures for term in (*measure.of, *measure.per)]
    others = [term.lstrip("-").partition(":")[0] for term in terms if ":" in term]
    return list(dict.fromkeys([claim.story, *others]))


def played(claim: Claim, results: Results) -> Played:
    """What the model gives for a claim, and whether it agrees. results: story -> its result."""
    if claim.expects:
        recommendation = results[claim.story]["recommendation"]
        path = recommendation["path"]
        return Played(path=path or "", status=recommendation["status"], verdict=verdict(path in claim.expects))
    ends = [round(measured(measure, claim.story, results), DIGITS) for measure in claim.figures]
    return Played(low=min(ends), high=max(ends), verdict=verdict(all(is_within(end, claim) for end in ends)))


def verdict(agrees: bool) -> Verdict:
    """The same in a word."""
    return "agrees" if agrees else "differs"


def measured(measure: Measure, story: str, results: Results) -> float:
    """A figure out of results: a sum, per another sum where there is one, in the unit of the article."""
    value = sum(_term(term, story, results) for term in measure.of)
    divisor = sum(_term(term, story, results) for term in measure.per) if measure.per else 1
    return value * measure.times / divisor - measure.less


def is_within(figure: float, claim: Claim) -> bool:
    """Whether a figure of the model lies in the range of the article, each end wider by the claim's tolerance."""
    low, high = claim.range
    return low * (1 - claim.tolerance) <= figure <= high * (1 + claim.tolerance)


def _term(term: str, story: str, results: Results) -> float:
    """`-other_story:paths.freelancer.invoiced`: one figure, negative after a minus, of this story unless another is named."""
    name, _, way = term.lstrip("-").rpartition(":")
    found: Any = results[name or story]
    for key in way.split("."):
        found = found[int(key)] if isinstance(found, list) else found[key]
    # All lines of a phase together are its cost.
    value = sum(found.values()) if isinstance(found, Mapping) else float(found)
    return -value if term.startswith("-") else value
